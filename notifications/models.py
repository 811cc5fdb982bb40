"""The outbox. A row is written in the transaction that makes the message due, so none is lost and none invented."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from notifications.vocabulary import MessageKind, MessageStatus


class Message(models.Model):
    """One message to one person.

    Holds ids, codes and times only. The address and name are looked up when it is sent, so that an erased person
    stays erased and a changed address is honoured.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=120, unique=True, help_text="The same message is never queued twice")
    kind = models.CharField(max_length=20, choices=MessageKind)
    directory = models.CharField(max_length=20, help_text="Who knows the recipient: staff, party")
    recipient = models.UUIDField(help_text="The recipient's id in that directory")
    context = models.JSONField(default=dict, help_text="What the template needs: references, codes, times")
    queued_at = models.DateTimeField(db_default=Now())

    status = models.CharField(max_length=12, choices=MessageStatus, default=MessageStatus.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, db_default=Now(), help_text="Empty once nothing more is to be done")
    sent_at = models.DateTimeField(null=True)
    noted_at = models.DateTimeField(null=True, help_text="When its directory took note that it was sent")
    last_error = models.CharField(max_length=80, blank=True, help_text="The kind of error, without its words")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MessageKind.values), name="message_kind_known"),
            models.CheckConstraint(condition=Q(status__in=MessageStatus.values), name="message_status_known"),
            models.CheckConstraint(
                condition=Q(status=MessageStatus.SENT, sent_at__isnull=False)
                | (~Q(status=MessageStatus.SENT) & Q(sent_at__isnull=True)),
                name="message_sent_with_time",
            ),
        ]
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(next_try_at__isnull=False), name="message_to_send"),
            models.Index(
                fields=["sent_at"],
                condition=Q(sent_at__isnull=False, noted_at__isnull=True),
                name="message_to_note",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.pk})"
