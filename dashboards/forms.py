"""Narrowing down missed promises, giving the reason, and reviewing it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import QueryDict

from dashboards.selectors import SORTS, Period, in_state
from frontend.forms import GovukForm, LongTextField, govuk
from partners.models import User
from standards.figures import Period as Days
from standards.figures import PromiseFigures, State, last_months
from standards.models import Clock
from standards.selectors import clocks_led_by
from standards.vocabulary import MissReason, Verdict

STATE_WORDS = [
    ("unexplained", "Missed, no reason yet"),
    ("explained", "Missed, reason given"),
    ("to_review", "Missed, reason to be reviewed"),
    ("at_risk", "At risk today"),
    ("kept", "Kept this month"),
    ("attempted", "Could not be reached, this month"),
    ("reclassified", "Classified too late, this month"),
    ("retracted", "Not missed after all"),
]


class PromiseFilter(GovukForm):
    """What the list of promises shows. Without a choice: what was missed and has no reason yet."""

    mark_optional = False

    q = govuk(forms.CharField(label="Case reference", required=False, max_length=20))
    state = govuk(
        forms.ChoiceField(
            label="Show", choices=STATE_WORDS, initial="unexplained", required=False, widget=forms.RadioSelect
        ),
        small=True,
    )
    promise = forms.ChoiceField(label="Promise", required=False)
    agency = forms.ChoiceField(label="Agency", required=False)
    officer = forms.ChoiceField(label="Officer", required=False)

    def __init__(self, query: QueryDict, *, user: User) -> None:
        sent = any(name in query for name in self.base_fields)
        super().__init__(query if sent else None)
        self.user = user
        sort = query.get("sort", "")
        self.sort = sort if sort in SORTS else "due"
        mine = clocks_led_by(user).order_by()
        promises = mine.values_list("promise__code", "promise__charter__short_name", "promise__clause").distinct()
        named = [(code, f"{name} {clause} ({code})") for code, name, clause in sorted(promises)]
        self.fields["promise"].choices = [("", "Every promise"), *named]
        agencies = mine.values_list("agency", "agency__name").distinct()
        self.fields["agency"].choices = [("", "Every agency"), *_named(agencies)]
        officers = mine.filter(officer__isnull=False).values_list("officer", "officer__name")
        self.fields["officer"].choices = [("", "Every officer"), ("none", "Nobody yet"), *_named(officers.distinct())]

    @property
    def chosen_state(self) -> str:
        return self._chosen_values().get("state") or "unexplained"

    @property
    def many_agencies(self) -> bool:
        """Whether it is worth saying which agency a promise is of."""
        return len(self.fields["agency"].choices) > 2  # "Every agency" and the only one

    def _chosen_values(self) -> dict[str, str]:
        """The valid choices; one made up in the address counts as none, and takes no other with it."""
        if self.is_bound:
            self.is_valid()
            return self.cleaned_data
        return {}

    def apply(self, period: Period) -> QuerySet[Clock]:
        chosen = self._chosen_values()
        condition = in_state(self.chosen_state, period)
        if chosen.get("promise"):
            condition &= Q(promise__code=chosen["promise"])
        if chosen.get("agency"):
            condition &= Q(agency=chosen["agency"])
        if chosen.get("officer"):
            condition &= Q(officer=None if chosen["officer"] == "none" else chosen["officer"])
        if chosen.get("q"):
            condition &= Q(matter__reference__iexact=chosen["q"].strip())
        return clocks_led_by(self.user).filter(condition).order_by(*SORTS[self.sort])


EARLIEST = date(2000, 1, 1)


def _day(label: str, subject: str, usual: date) -> forms.DateField:
    said = f"Enter {subject} as a real date, like 2026-04-01"
    return govuk(
        forms.DateField(
            label=label,
            required=False,
            initial=usual,
            input_formats=["%Y-%m-%d"],
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            error_messages={"invalid": said},
        ),
        subject=subject,
        width=10,
    )


class StandardsFilter(GovukForm):
    """Over which days a partnership's promises are counted, and which of them are shown."""

    mark_optional = False

    show = govuk(
        forms.ChoiceField(
            label="Show",
            choices=[("", "Every promise"), *((state.value, state.label) for state in State)],
            required=False,
            widget=forms.RadioSelect,
        ),
        small=True,
    )
    kind = govuk(
        forms.ChoiceField(
            label="Judged by",
            choices=[
                ("", "Anything"),
                ("clock", "A deadline"),
                ("evidence", "Evidence"),
                ("publication", "Something published"),
                ("measure", "A figure"),
            ],
            required=False,
            widget=forms.RadioSelect,
        ),
        small=True,
    )

    def __init__(self, query: QueryDict, *, today: date) -> None:
        names = ("show", "kind", "from", "to")
        super().__init__(query if any(name in query for name in names) else None)
        self.today = today
        usual = usual_period(today)
        # No name for a variable, but the plain word for a page.
        self.fields["from"] = _day("From", "the first day", usual.first)
        self.fields["to"] = _day("To", "the last day", usual.last)

    def clean(self) -> dict[str, Any]:
        chosen = super().clean() or {}
        latest = self.today + timedelta(days=366)
        for name in ("from", "to"):
            if (day := chosen.get(name)) and not EARLIEST <= day <= latest:
                self.add_error(name, f"Enter a date between {EARLIEST:%-d %B %Y} and {latest:%-d %B %Y}")
        if not self.errors:
            days = self._days(chosen)
            if days.last < days.first:
                self.add_error("to", ValidationError("The last day must not be before the first"))
        return chosen

    @property
    def days(self) -> Days:
        """The period asked for; where that makes no sense, the usual one."""
        if not self.is_bound or not self.is_valid():
            return usual_period(self.today)
        return self._days(self.cleaned_data)

    def _days(self, chosen: dict[str, Any]) -> Days:
        usual = usual_period(self.today)
        return Days(chosen.get("from") or usual.first, chosen.get("to") or usual.last)

    def lets_through(self, figures: PromiseFigures) -> bool:
        chosen = self.cleaned_data if self.is_bound and self.is_valid() else {}
        show, kind = chosen.get("show"), chosen.get("kind")
        return (not show or figures.state == show) and (not kind or kind in figures.promise.kinds)


def usual_period(today: date) -> Days:
    """The last twelve full months, and this one."""
    return last_months(today, and_this=True)


class ReasonForm(GovukForm):
    reason = govuk(
        forms.TypedChoiceField(
            label="Why was it missed?", choices=MissReason.choices, coerce=MissReason, widget=forms.RadioSelect
        ),
        subject="why it was missed",
        small=True,
    )
    explanation = govuk(
        LongTextField(
            label="What happened, and what will be done differently?",
            help_text="No names: this is read by people who may not see the case.",
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 4}),
        ),
        subject="what happened",
        count=True,
    )


class ReviewForm(GovukForm):
    verdict = govuk(
        forms.TypedChoiceField(
            label="What do you make of the reason?", choices=Verdict.choices, coerce=Verdict, widget=forms.RadioSelect
        ),
        subject="what you make of the reason",
        small=True,
    )
    review_note = govuk(
        LongTextField(
            label="Note for the officer", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
        ),
        count=True,
    )


def _named(pairs: Any) -> list[tuple[str, str]]:
    return sorted(((str(pk), name) for pk, name in pairs), key=lambda pair: pair[1])
