"""The table of bank holidays, in editions."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from partners.models import User
from standards.vocabulary import Division


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
