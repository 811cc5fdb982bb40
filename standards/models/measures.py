"""Figures that partnerships promised: what they were, and what they are to be."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from partners.models import Partnership, User


class MeasureValue(models.Model):
    """A promise's figure for a period. What was entered wrongly is withdrawn, never changed."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=20, help_text="The promise's code in the charter, whatever its version")
    first_day = models.DateField()
    last_day = models.DateField()
    figure = models.DecimalField(max_digits=12, decimal_places=2)
    source = models.CharField(max_length=200)
    published_on = models.DateField()
    computed = models.BooleanField(default=False, help_text="From the system's own records")
    entered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(db_default=Now())
    withdrawn_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["partnership", "code", "last_day"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "code", "last_day"],
                condition=Q(withdrawn_at__isnull=True),
                name="measure_value_once",
            ),
            models.CheckConstraint(condition=Q(first_day__lte=F("last_day")), name="measure_value_days_in_order"),
            models.CheckConstraint(condition=Q(published_on__gte=F("last_day")), name="measure_value_published_after"),
            models.CheckConstraint(condition=~Q(source=""), name="measure_value_with_source"),
            models.CheckConstraint(
                condition=Q(computed=True) | Q(entered_by__isnull=False), name="measure_value_with_author"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True) | Q(withdrawn_at__isnull=False),
                name="measure_value_withdrawn_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}, {self.last_day}"


class MeasureTarget(models.Model):
    """A figure to be reached by a day. Baseline, source and end date are compulsory (X-24)."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)
    baseline = models.DecimalField(max_digits=12, decimal_places=2)
    figure = models.DecimalField(max_digits=12, decimal_places=2)
    source = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField()
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(db_default=Now())
    withdrawn_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["partnership", "code", "ends_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "code", "ends_on"],
                condition=Q(withdrawn_at__isnull=True),
                name="measure_target_once",
            ),
            models.CheckConstraint(condition=Q(starts_on__lt=F("ends_on")), name="measure_target_days_in_order"),
            models.CheckConstraint(condition=~Q(source=""), name="measure_target_with_source"),
            models.CheckConstraint(condition=~Q(figure=F("baseline")), name="measure_target_is_another_figure"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="measure_target_withdrawn_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}, {self.ends_on}"
