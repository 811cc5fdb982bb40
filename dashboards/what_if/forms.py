"""Which standards, and which period."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django import forms
from django.core.exceptions import ValidationError

from frontend.forms import DateField, GovukForm, govuk
from frontend.words import MONTHS, date_words
from standards.models import Charter

OWN_DAYS = "own"
YEAR = relativedelta(years=1)
DAY = timedelta(days=1)
LONGEST = relativedelta(years=10)


class Span(NamedTuple):
    """A period by its first and last day."""

    first: date
    last: date


def presets(today: date, year_starts_in: int) -> dict[str, tuple[str, Span]]:
    """Periods that people ask about, by name: each in words and in days."""
    yesterday = today - DAY
    reporting = date(today.year if today.month >= year_starts_in else today.year - 1, year_starts_in, 1) - YEAR
    months = f"{MONTHS[reporting.month - 1]} {reporting.year}"
    choices = {
        "twelve_months": ("The last 12 months", Span(today - YEAR, yesterday)),
        "three_months": ("The last 3 months", Span(today - relativedelta(months=3), yesterday)),
        "calendar_year": (f"The year {today.year - 1}", Span(date(today.year - 1, 1, 1), date(today.year - 1, 12, 31))),
    }
    if year_starts_in != 1:
        last = reporting + YEAR - DAY
        choices["reporting_year"] = (
            f"The reporting year {months} to {MONTHS[last.month - 1]} {last.year}",
            Span(reporting, last),
        )
    return choices


class AskForm(GovukForm):
    """One question: which standards, for whose history, over which days."""

    partnership = govuk(
        forms.ChoiceField(label="Whose history?", widget=forms.RadioSelect),
        subject="whose history to judge",
        small=True,
    )
    charter = govuk(
        forms.ChoiceField(
            label="Which standards?",
            help_text="Those of any partnership here, or another version of your own.",
        ),
        subject="which standards to judge by",
    )
    period = govuk(
        forms.ChoiceField(label="Cases received in which period?", widget=forms.RadioSelect),
        subject="the period",
        small=True,
        reveals={OWN_DAYS: ["first_day", "last_day"]},
    )
    first_day = DateField(label="First day", past=True)
    last_day = DateField(label="Last day", past=True)

    def __init__(
        self,
        data: Any = None,
        *,
        partnerships: Sequence[tuple[UUID, str]],
        charters: Iterable[Charter],
        today: date,
        year_starts_in: int,
    ) -> None:
        super().__init__(data, initial={"period": "twelve_months"})
        self.presets = presets(today, year_starts_in)
        self.partnerships = partnerships
        self.charters = {str(charter.pk): charter for charter in charters}
        if len(partnerships) > 1:
            self.fields["partnership"].choices = [(str(pk), name) for pk, name in partnerships]
        else:
            del self.fields["partnership"]  # there is nothing to choose
        named = [(pk, charter_words(charter)) for pk, charter in self.charters.items()]
        self.fields["charter"].choices = [("", "Choose"), *named]
        periods = [(name, words) for name, (words, _) in self.presets.items()]
        self.fields["period"].choices = [*periods, (OWN_DAYS, "Other days")]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, last = data.get("first_day"), data.get("last_day")
        if data.get("period") == OWN_DAYS and first and last:
            if last < first:
                self.add_error("last_day", ValidationError("The last day must be the first day or a later one"))
            elif last > first + LONGEST:
                self.add_error("last_day", ValidationError("The last day must be at most 10 years after the first day"))
        return data

    @property
    def asked(self) -> dict[str, Any]:
        """What `standards.replays.ask` takes, of a form that is valid."""
        data = self.cleaned_data
        own = data["period"] == OWN_DAYS
        span = Span(data["first_day"], data["last_day"]) if own else self.presets[data["period"]][1]
        return {
            "partnership": UUID(data["partnership"]) if "partnership" in data else self.partnerships[0][0],
            "charter": int(data["charter"]),
            "first_day": span.first,
            "last_day": span.last,
        }


def charter_words(charter: Charter) -> str:
    """ "Cherwell, version 2, from 1 April 2026"."""
    return f"{charter.short_name}, version {charter.version}, from {date_words(charter.effective_from)}"
