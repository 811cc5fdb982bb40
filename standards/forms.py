"""Forms for the bank holidays."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from frontend.forms import DateField, GovukForm, govuk
from partners.models import User
from standards import holidays
from standards.models import BankHoliday, BankHolidayEdition
from standards.rejudging import judge_affected
from standards.vocabulary import Division


class AddHolidayForm(GovukForm):
    """A bank holiday that was proclaimed."""

    date = DateField(label="Which day?", subject="the day")
    divisions = govuk(
        forms.MultipleChoiceField(
            label="Where?", choices=Division, initial=[Division.ENGLAND_AND_WALES], widget=forms.CheckboxSelectMultiple
        ),
        subject="where it is a bank holiday",
        small=True,
    )
    name = govuk(
        forms.CharField(label="What is it called?", max_length=120), subject="what it is called", width="two-thirds"
    )

    def clean(self) -> dict[str, Any]:
        super().clean()
        day, divisions = self.cleaned_data.get("date"), self.cleaned_data.get("divisions")
        if day and not BankHolidayEdition.objects.filter(first_day__lte=day, last_day__gte=day).exists():
            self.add_error("date", f"The table covers days until {holidays.known_until():%-d %B %Y} only")
        if day and divisions:
            known = BankHoliday.objects.filter(date=day, division__in=divisions, removed_in=None)
            names = [row.get_division_display() for row in known]
            if names:
                self.add_error("date", f"That day is in the table already for {' and '.join(names)}")
        return self.cleaned_data

    def save(self, by: User) -> int:
        """Make a new edition and judge running deadlines again; how many matters."""
        data = self.cleaned_data
        days = [holidays.Day(division, data["date"], data["name"]) for division in data["divisions"]]
        edition = holidays.change(add=days, remove=(), source="added by hand", by=by)
        return judge_affected(edition)


class HolidayFilter(GovukForm):
    mark_optional = False
    division = forms.ChoiceField(label="Where", choices=Division, initial=Division.ENGLAND_AND_WALES, required=False)
    year = govuk(forms.IntegerField(label="Year", required=False, min_value=1900, max_value=2200), width=4)

    def __init__(self, data: Any) -> None:
        super().__init__(data, initial={"year": timezone.localdate().year})

    def chosen(self) -> tuple[str, int]:
        data = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return data.get("division") or Division.ENGLAND_AND_WALES.value, data.get("year") or timezone.localdate().year
