"""Charters, matters and their clocks. Rows here are judgements stored; `standards.services` alone writes them."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from partners.models import Agency, Partnership, User
from standards.calendar import Unit
from standards.engine import Outcome
from standards.vocabulary import Division, MatterKind, MissReason, Verdict

# Plain texts, so that migrations do not import the engine.
OUTCOMES = [outcome.value for outcome in Outcome]
UNITS = [unit.value for unit in Unit]

# --- bank holidays ----------------------------------------------------------------------------------


class BankHolidayEdition(models.Model):
    """A version of the list of bank holidays. Earlier ones stay: a deadline that has passed keeps the days it had."""

    number = models.PositiveIntegerField(primary_key=True)
    since = models.DateTimeField(null=True, help_text="When it became known; empty for the first")
    first_day = models.DateField()
    last_day = models.DateField(help_text="Days after this one are not known")
    source = models.CharField(max_length=200)
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(condition=Q(first_day__lte=F("last_day")), name="edition_days_in_order"),
            models.CheckConstraint(condition=Q(number=1) | Q(since__isnull=False), name="edition_since_known"),
        ]

    def __str__(self) -> str:
        return f"Bank holidays, edition {self.number}"


class BankHoliday(models.Model):
    """A day that is no working day in one division, from one edition until another."""

    division = models.CharField(max_length=20, choices=Division)
    date = models.DateField()
    name = models.CharField(max_length=120)
    added_in = models.ForeignKey(BankHolidayEdition, on_delete=models.PROTECT, related_name="added")
    removed_in = models.ForeignKey(BankHolidayEdition, null=True, on_delete=models.PROTECT, related_name="removed")

    class Meta:
        ordering = ["date", "division"]
        constraints = [
            models.UniqueConstraint(
                fields=["division", "date"], condition=Q(removed_in__isnull=True), name="bank_holiday_once"
            ),
            models.CheckConstraint(condition=Q(division__in=Division.values), name="bank_holiday_division_known"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.date} ({self.division})"


# --- charters ---------------------------------------------------------------------------------------


class Charter(models.Model):
    """One version of a partnership's published standards. Never edited once in force: a new version takes over."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="charters")
    version = models.PositiveIntegerField()
    effective_from = models.DateField(help_text="Matters received from this day on run under it")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60)
    document = models.CharField(max_length=200)
    body = models.JSONField(help_text="The charter file as a plain table, checked when it was loaded")
    loaded_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["partnership", "version"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "version"], name="charter_version_once"),
            models.UniqueConstraint(fields=["partnership", "effective_from"], name="charter_day_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, version {self.version}"


class Promise(models.Model):
    """One numbered promise of a charter, so that clocks and figures can point at it."""

    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, related_name="promises")
    code = models.CharField(max_length=20)
    clause = models.CharField(max_length=20)
    summary = models.CharField(max_length=300)
    kinds = ArrayField(models.CharField(max_length=12))
    place = models.PositiveSmallIntegerField(help_text="Its place in the charter")

    class Meta:
        ordering = ["charter", "place"]
        constraints = [models.UniqueConstraint(fields=["charter", "code"], name="promise_code_once")]

    def __str__(self) -> str:
        return self.code


# --- matters and clocks -----------------------------------------------------------------------------


class Matter(models.Model):
    """Whatever a partnership has undertaken to respond to, with what judging and alerting need and nothing else."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=MatterKind)
    reference = models.CharField(max_length=20, unique=True)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", help_text="Answerable agency")
    officer = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", help_text="Answerable officer"
    )
    received_at = models.DateTimeField(help_text="When the first signatory agency received it")
    closed_at = models.DateTimeField(null=True)
    next_due_at = models.DateTimeField(null=True, help_text="The nearest deadline still owed; may be past")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MatterKind.values), name="matter_kind_known"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("received_at")),
                name="matter_closed_after_received",
            ),
        ]
        indexes = [
            # Lists: soonest deadline first, those that owe nothing last.
            models.Index(
                "partnership", "agency", F("next_due_at").asc(nulls_last=True), "id", name="matter_agency_due"
            ),
            models.Index("officer", F("next_due_at").asc(nulls_last=True), "id", name="matter_officer_due"),
        ]

    def __str__(self) -> str:
        return self.reference


class Clock(models.Model):
    """One promise owed to one person (or to the matter), in one turn: when it is due and what became of it.

    Amount and unit are a snapshot; `due_at` is stored, so whether it is overdue is a comparison of times and stays
    true when no worker runs.
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
    amount = models.PositiveIntegerField()
    unit = models.CharField(max_length=60, choices=[(unit, unit) for unit in UNITS])
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    first_due_at = models.DateTimeField(help_text="Before the person asked for a later date")
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
            models.CheckConstraint(condition=Q(unit__in=UNITS), name="clock_unit_known"),
            models.CheckConstraint(
                condition=Q(due_at__gte=F("first_due_at"), first_due_at__gte=F("started_at")),
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
        ]

    def __str__(self) -> str:
        return f"Clock {self.pk}"


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
