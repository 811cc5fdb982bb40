"""Matters, their clocks and what was missed: judgements stored. `standards.services` alone writes them."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from partners.models import Agency, Neighbourhood, Partnership, User
from standards.calendar import Unit
from standards.models.charters import Charter, Promise
from standards.verdicts import Outcome
from standards.vocabulary import MatterKind, MissReason, Verdict

# Plain texts, so that migrations do not import the engine.
OUTCOMES = [outcome.value for outcome in Outcome]
UNITS = [unit.value for unit in Unit]


class Matter(models.Model):
    """Whatever a partnership has undertaken to respond to, with what judging and alerting need and nothing else."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=MatterKind)
    reference = models.CharField(max_length=20, unique=True)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, related_name="matters")
    layer = models.ForeignKey(
        Charter, null=True, on_delete=models.PROTECT, related_name="+", help_text="What the law added when it came in"
    )
    neighbourhood = models.ForeignKey(
        Neighbourhood, null=True, on_delete=models.PROTECT, related_name="+", help_text="Of a neighbourhood's matter"
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", help_text="Answerable agency")
    officer = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", help_text="Answerable officer"
    )
    received_at = models.DateTimeField(help_text="When the first signatory agency received it")
    closed_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="merged", help_text="Its clocks run on (X-30)"
    )
    continues = models.OneToOneField(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="continued",
        help_text="The standing duty that this one is under newer standards",
    )
    next_due_at = models.DateTimeField(null=True, help_text="The nearest deadline still owed; may be past")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MatterKind.values), name="matter_kind_known"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("received_at")),
                name="matter_closed_after_received",
            ),
            models.CheckConstraint(
                condition=Q(kind=MatterKind.NEIGHBOURHOOD, neighbourhood__isnull=False)
                | (~Q(kind=MatterKind.NEIGHBOURHOOD) & Q(neighbourhood__isnull=True)),
                name="matter_neighbourhood_named",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")), name="matter_not_merged_into_itself"
            ),
        ]
        indexes = [
            # Lists: soonest deadline first, those that owe nothing last.
            models.Index(
                "partnership", "agency", F("next_due_at").asc(nulls_last=True), "id", name="matter_agency_due"
            ),
            models.Index("officer", F("next_due_at").asc(nulls_last=True), "id", name="matter_officer_due"),
            # Duties to the public, whose next turn begins when one has passed.
            models.Index(
                fields=["next_due_at"],
                condition=Q(kind__in=[MatterKind.NEIGHBOURHOOD, MatterKind.PARTNERSHIP], closed_at__isnull=True),
                name="matter_standing_due",
            ),
            models.Index(fields=["partnership", "received_at"], name="matter_received"),
            models.Index(
                fields=["partnership", "closed_at"], condition=Q(closed_at__isnull=False), name="matter_closed"
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Clock(models.Model):
    """One promise owed to one person (or to the matter), in one turn: when it is due and what became of it.

    Amount and unit are a snapshot; `due_at` is stored, so whether it is overdue is a comparison of times and stays
    true when no worker runs. Without them no time was promised: the clock only says how long it took.
    """

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="clocks")
    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, related_name="clocks")
    about = models.UUIDField(null=True, help_text="The party owed; empty for the matter")
    agency = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        help_text="Answers for it: the matter's while it runs, and then whoever's it was when it was kept or missed",
    )
    officer = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    turn = models.PositiveIntegerField(default=1)
    amount = models.PositiveIntegerField(null=True)
    unit = models.CharField(max_length=60, choices=[(unit, unit) for unit in UNITS], blank=True)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    first_due_at = models.DateTimeField(null=True, help_text="Before the person asked for a later date")
    ended_at = models.DateTimeField(null=True, help_text="When nothing more was owed; a missed promise may still be")
    ended_by = models.UUIDField(null=True, help_text="The event that ended it")
    outcome = models.CharField(
        max_length=20, choices=[(outcome.value, outcome.label) for outcome in Outcome], default=Outcome.RUNNING.value
    )
    done = models.BooleanField(default=False, help_text="It was done, in time or late")
    remedial = models.BooleanField(default=False, help_text="The fresh clock after one that was reclassified late")
    provisional = models.BooleanField(default=False, help_text="Rests on a risk not assessed yet")
    agreed = models.BooleanField(default=False, help_text="The interval was agreed with the person")
    next_check_at = models.DateTimeField(null=True, help_text="When the sweep must look: to warn, then to mark a miss")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "promise", "about", "turn"],
                name="clock_turn_once",
                nulls_distinct=False,
                deferrable=models.Deferrable.DEFERRED,  # a late entry renumbers turns among themselves
            ),
            models.CheckConstraint(condition=Q(outcome__in=OUTCOMES), name="clock_outcome_known"),
            models.CheckConstraint(
                condition=Q(amount__isnull=False, unit__in=UNITS, due_at__isnull=False, first_due_at__isnull=False)
                | (
                    Q(amount__isnull=True, unit="", due_at__isnull=True, first_due_at__isnull=True)
                    & Q(next_check_at__isnull=True)
                    & ~Q(outcome__in=["kept", "missed", "reclassified_late"])
                ),
                name="clock_deadline_whole_or_none",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="measured") | Q(due_at__isnull=True), name="clock_measured_without_deadline"
            ),
            models.CheckConstraint(
                condition=Q(due_at__gte=F("first_due_at"), first_due_at__gte=F("started_at")) | Q(due_at__isnull=True),
                name="clock_times_in_order",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")), name="clock_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(outcome="running", ended_at__isnull=True)
                | Q(outcome="missed")
                | (~Q(outcome__in=["running", "missed"]) & Q(ended_at__isnull=False)),
                name="clock_open_only_while_owed",
            ),
        ]
        indexes = [
            # The sweep's only question. Clocks that need no look are not in it, so it costs what falls due.
            models.Index(fields=["next_check_at"], condition=Q(next_check_at__isnull=False), name="clock_to_check"),
            models.Index(fields=["due_at"], condition=Q(ended_at__isnull=True), name="clock_still_owed"),
            models.Index(fields=["ended_at"], condition=Q(outcome="kept"), name="clock_kept"),
            # Figures: each promise over a period, by when it fell due; without a deadline by when it was done.
            models.Index(fields=["promise", "due_at"], name="clock_promise_due"),
            models.Index(
                fields=["promise", "ended_at"], condition=Q(due_at__isnull=True), name="clock_promise_measured"
            ),
        ]

    def __str__(self) -> str:
        return f"Clock {self.pk}"


class Evidence(models.Model):
    """What was shown and what was not, of the promises that events must show, when the matter closed.

    Each list holds a promise as often as there are people to whom it was owed. Matters that are open have no row:
    what they still have to show is judged when somebody asks. Standing duties always have one.
    """

    matter = models.OneToOneField(Matter, on_delete=models.CASCADE, primary_key=True, related_name="evidence")
    shown = ArrayField(models.BigIntegerField(), default=list)
    missing = ArrayField(models.BigIntegerField(), default=list)
    excused = ArrayField(models.BigIntegerField(), default=list, help_text="Not applicable, for a recorded reason")

    class Meta:
        indexes = [GinIndex(fields=["missing"], name="evidence_missing")]

    def __str__(self) -> str:
        return f"Evidence of matter {self.matter_id}"


class Breach(models.Model):
    """A missed promise. Never erased: when a late entry shows that it was kept after all, it is marked retracted."""

    clock = models.OneToOneField(Clock, on_delete=models.PROTECT, related_name="breach")
    due_at = models.DateTimeField(help_text="When it was missed: the deadline itself")
    detected_at = models.DateTimeField(help_text="When the system noticed")
    retracted_at = models.DateTimeField(null=True)
    retracted_by = models.UUIDField(null=True, help_text="The event that showed it was not missed")

    reason = models.CharField(max_length=20, choices=MissReason, blank=True)
    explanation = models.TextField(blank=True, max_length=2000)
    explained_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    explained_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=20, choices=Verdict, blank=True)
    review_note = models.TextField(blank=True, max_length=2000)
    reviewed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "breaches"
        constraints = [
            models.CheckConstraint(condition=Q(reason__in=["", *MissReason.values]), name="breach_reason_known"),
            models.CheckConstraint(condition=Q(verdict__in=["", *Verdict.values]), name="breach_verdict_known"),
            models.CheckConstraint(
                condition=Q(reason="", explained_by=None, explained_at=None)
                | (~Q(reason="") & Q(explained_by__isnull=False, explained_at__isnull=False)),
                name="breach_reason_with_author",
            ),
            models.CheckConstraint(
                condition=Q(verdict="", reviewed_by=None, reviewed_at=None)
                | (~Q(verdict="") & ~Q(reason="") & Q(reviewed_by__isnull=False, reviewed_at__isnull=False)),
                name="breach_review_with_author_and_reason",
            ),
            models.CheckConstraint(condition=Q(detected_at__gte=F("due_at")), name="breach_detected_after_due"),
        ]
        indexes = [models.Index(fields=["due_at"], name="breach_due")]

    def __str__(self) -> str:
        return f"Breach of clock {self.clock_id}"

    @classmethod
    def said(cls) -> list[str]:
        """The fields that say something of a miss: all but which clock's it is."""
        return [field.name for field in cls._meta.concrete_fields if field.name not in {"id", "clock"}]


class Heartbeat(models.Model):
    """When a loop last did its work. Written in the transaction of that work."""

    name = models.CharField(max_length=20, primary_key=True)
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} at {self.beat_at}"
