"""Events and seals. Database triggers (migration 0002) refuse UPDATE, DELETE and TRUNCATE on both."""

from __future__ import annotations

import uuid

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.functions import Now

from ledger.vocabulary import EventKind


class Event(models.Model):
    """One thing that happened to a matter.

    The ledger outlives erasure, so it holds codes and ids only: never names, addresses or free text. People and
    agencies are named by id without a foreign key, because the ground floor knows nobody above it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    matter = models.UUIDField()
    position = models.PositiveIntegerField(help_text="Place in the matter's chain, from 1")
    kind = models.CharField(max_length=40, choices=EventKind)
    occurred_at = models.DateTimeField(help_text="When it happened")
    recorded_at = models.DateTimeField(help_text="When it was entered, by the database's clock")
    recorded_by = models.UUIDField(null=True, help_text="The person who entered it; empty for the system")
    agency = models.UUIDField(null=True, help_text="The agency for which it was entered")
    about = models.UUIDField(null=True, help_text="The party concerned; empty for the whole matter")
    corrects = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, help_text="The entry that this one replaces or withdraws"
    )
    detail = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["matter", "position"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "position"], name="event_position_once"),
            models.CheckConstraint(condition=models.Q(position__gte=1), name="event_position_from_one"),
            models.CheckConstraint(condition=models.Q(kind__in=EventKind.values), name="event_kind_known"),
            models.CheckConstraint(
                condition=~models.Q(kind=EventKind.ENTRY_WITHDRAWN) | models.Q(corrects__isnull=False),
                name="event_withdrawal_names_entry",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.matter}, {self.position})"


class Seal(models.Model):
    """One hash over the heads of all chains at a time. Kept off the machine, it shows a chain cut short."""

    sealed_at = models.DateTimeField(db_default=Now())
    up_to = models.DateTimeField(help_text="Events recorded until then are covered")
    matters = models.PositiveBigIntegerField()
    events = models.PositiveBigIntegerField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"Seal {self.pk} of {self.events} events"
