"""Cases and the reports they came from."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from asb_cases.vocabulary import Category, ReportChannel, RiskBand, Strand
from frontend.words import moment_words
from partners.models import Agency, Partnership, User
from standards.models import Matter


class Case(models.Model):
    """Anti-social behaviour that a partnership works on. Its matter holds who answers for it and when."""

    matter = models.OneToOneField(Matter, on_delete=models.PROTECT, primary_key=True, related_name="case")
    category = models.CharField(max_length=20, choices=Category)
    summary = models.TextField(max_length=4000, help_text="What happened, as first reported")
    place = models.CharField(max_length=200, blank=True, help_text="Where it happened, in words")
    postcode = models.CharField(max_length=8, blank=True)

    # How things stand now, taken from the ledger after every entry (services.standing), for lists and filters.
    risk = models.CharField(max_length=10, choices=RiskBand, blank=True, help_text="Highest band of anybody in it")
    hate_strands = ArrayField(models.CharField(max_length=20, choices=Strand), default=list, blank=True)
    hate = models.BooleanField(default=False)
    immediate_danger = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(category__in=Category.values), name="case_category_known"),
            models.CheckConstraint(condition=Q(risk__in=["", *RiskBand.values]), name="case_risk_known"),
            models.CheckConstraint(condition=Q(hate_strands__contained_by=Strand.values), name="case_strands_known"),
        ]

    def __str__(self) -> str:
        return f"Case {self.pk}"

    @property
    def heading(self) -> str:
        """What and where, without people: "Noise, Orchard Way"."""
        return ", ".join(filter(None, [self.get_category_display(), self.place]))

    @property
    def where(self) -> str:
        return ", ".join(filter(None, [self.place, self.postcode]))

    @property
    def strands_words(self) -> str:
        return ", ".join(str(Strand(strand).label) for strand in self.hate_strands)


class Report(models.Model):
    """One report that reached a signatory agency, as it was taken."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reports")
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=12, choices=ReportChannel)
    received_at = models.DateTimeField()
    taken_for = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    taken_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(db_default=Now())
    reporter = models.ForeignKey(
        "asb_cases.Party", null=True, on_delete=models.PROTECT, related_name="+", help_text="Empty: anonymous"
    )
    description = models.TextField(max_length=4000)
    immediate_danger = models.BooleanField(default=False)
    perceived_hate = models.BooleanField(default=False, help_text="Perceived by the victim or any other person")

    # Where it comes from: the form's token, or another system's reference. The same is never taken twice.
    source = models.CharField(max_length=60)
    external_reference = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "source", "external_reference"], name="report_once"),
            models.CheckConstraint(condition=Q(channel__in=ReportChannel.values), name="report_channel_known"),
            models.CheckConstraint(condition=~Q(source="") & ~Q(external_reference=""), name="report_source_known"),
        ]
        indexes = [models.Index(fields=["taken_by", "-entered_at"], name="report_taken_by")]

    def __str__(self) -> str:
        return f"Report {self.pk}"

    @property
    def words(self) -> str:
        """How and when it came in, and who took it. Needs `taken_for` loaded."""
        return f"{self.get_channel_display()}, {moment_words(self.received_at)}, taken by {self.taken_for.name}"
