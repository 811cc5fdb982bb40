"""What was shown to the public: the words and ways that belong to an event of a standing duty."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Now

from ledger.vocabulary import EventKind
from partners.models import Partnership, User
from standards.models import Matter, MeasureTarget


class Channel(models.Model):
    """A way in which a partnership reaches the public. What is out of use is retired and kept (X-28)."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, help_text="The last day; empty while it is in use")

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                "partnership", Lower("name"), condition=Q(valid_to__isnull=True), name="channel_once"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="channel_named"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="channel_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Publication(models.Model):
    """The words that go with one event of a standing duty: what was shown, where, and to whom."""

    event = models.UUIDField(primary_key=True, editable=False, help_text="The ledger event's id")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="+", help_text="The standing duty")
    kind = models.CharField(max_length=40, help_text="Of event, as the ledger knows it")
    happened_at = models.DateTimeField()
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True, max_length=4000)
    url = models.URLField(blank=True, max_length=500)
    channel = models.ForeignKey(Channel, null=True, on_delete=models.PROTECT, related_name="+")
    audience = models.CharField(max_length=200, blank=True, help_text="For whom, or where")
    target = models.ForeignKey(
        MeasureTarget, null=True, on_delete=models.PROTECT, related_name="+", help_text="Whose setting this was"
    )
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now())
    withdrawn_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="publication_titled"),
            models.CheckConstraint(condition=~Q(text="") | ~Q(url=""), name="publication_has_words_or_link"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_because="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_because="")),
                name="publication_withdrawn_whole",
            ),
        ]
        indexes = [models.Index("matter", F("happened_at").desc(), name="publication_latest")]

    def __str__(self) -> str:
        return f"Publication of event {self.event}"

    @property
    def kind_words(self) -> str:
        return EventKind(self.kind).label
