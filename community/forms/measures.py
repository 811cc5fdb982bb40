"""Entering figures and setting targets. A target that cannot be scored is refused (X-24)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from community.figures import Figure, period_words
from community.services import measures
from frontend.forms import DateField, GovukForm, govuk
from frontend.words import date_words
from partners.models import User
from standards.models import MeasureTarget, MeasureValue


def number_field(figure: Figure, label: str, subject: str, missing: str, hint: str = "") -> forms.DecimalField:
    """A box for a figure of this measure, with a per cent sign behind it where it is one."""
    percent = figure.rule.figure == "percent"
    field = forms.DecimalField(
        label=label,
        help_text=hint,
        max_digits=12,
        decimal_places=2,
        min_value=None if figure.rule.figure == "score" else 0,
        max_value=100 if percent else None,
        error_messages={"required": missing},
    )
    return govuk(field, subject=subject, width=10, suffix="%" if percent else "")


class MeasureForm(GovukForm):
    def __init__(self, *args: Any, user: User, figure: Figure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.figure = user, figure

    @property
    def whose(self) -> dict[str, Any]:
        return {"partnership": self.figure.partnership.pk, "code": self.figure.code, "by": self.user}


class ValueForm(MeasureForm):
    """A figure for a period that is over."""

    period = govuk(forms.ChoiceField(label="Which period is it for?"), subject="the period")
    source = govuk(
        forms.CharField(label="Where does it come from?", max_length=200, help_text="For example: residents’ survey."),
        subject="where the figure comes from",
        width="two-thirds",
    )
    published_on = DateField(
        label="When was it published?", subject="the day it was published", past=True, initial=timezone.localdate
    )
    field_order = ("period", "number", "source", "published_on")

    def __init__(self, *args: Any, figure: Figure, **kwargs: Any) -> None:
        super().__init__(*args, figure=figure, **kwargs)
        self.periods = {last.isoformat(): (first, last) for first, last in figure.periods(timezone.localdate())}
        choices = [(key, period_words(*period)) for key, period in self.periods.items()]
        self.fields["period"].choices = [("", "Select a period"), *choices]
        self.fields["number"] = number_field(figure, "What is the figure?", "the figure", "Enter the figure")
        self.fields["source"].initial = figure.rule.source or ""
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        super().clean()
        period, day = self.cleaned_data.get("period"), self.cleaned_data.get("published_on")
        if period and day and day < self.periods[period][1]:
            last: date = self.periods[period][1]
            self.add_error("published_on", f"The day must be {date_words(last)}, when the period ended, or later")
        return self.cleaned_data

    def save(self) -> MeasureValue:
        data = self.cleaned_data
        return measures.enter_value(
            period=self.periods[data["period"]], figure=data["number"], source=data["source"],
            published_on=data["published_on"], **self.whose,
        )  # fmt: skip


class TargetForm(MeasureForm):
    """A figure to be reached by a day. Without baseline, source and end date nobody could say whether it was met."""

    source = govuk(
        forms.CharField(
            label="Where does the baseline come from?",
            max_length=200,
            help_text="The survey or record that later figures are to be compared with.",
            error_messages={
                "required": "Enter where the baseline comes from, or nobody can compare later figures with it"
            },
        ),
        subject="where the baseline comes from",
        width="two-thirds",
    )
    starts_on = DateField(
        label="From which day does the target count?", subject="the first day", initial=timezone.localdate
    )
    ends_on = DateField(
        label="By which day is it to be reached?",
        subject="the end date",
        error_messages={"required": "Enter the end date, or nobody can tell when the target is missed"},
    )
    field_order = ("baseline", "source", "target", "starts_on", "ends_on")

    def __init__(self, *args: Any, figure: Figure, **kwargs: Any) -> None:
        super().__init__(*args, figure=figure, **kwargs)
        rule = figure.rule
        baseline = number_field(
            figure, "What is the baseline?", "the baseline",
            "Enter the baseline, or nobody can tell whether the target was met", "The figure from which it starts.",
        )  # fmt: skip
        target = number_field(
            figure, "What is the target?", "the target", "Enter the target", "The figure to be reached."
        )
        latest = figure.latest.figure if figure.latest else None
        baseline.initial = _plain(rule.baseline if rule.baseline is not None else latest)
        target.initial = _plain(rule.aim if rule.aim is not None else rule.target)
        self.fields |= {"baseline": baseline, "target": target}
        self.fields["source"].initial = rule.source or (figure.latest.source if figure.latest else "")
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        if data.get("baseline") is not None and data.get("baseline") == data.get("target"):
            self.add_error("target", "The target must be another figure than the baseline")
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] <= data["starts_on"]:
            self.add_error("ends_on", "The end date must be after the day from which the target counts")
        standing = [one.ends_on for one in self.figure.targets if one.withdrawn_at is None]
        if data.get("ends_on") in standing:
            self.add_error("ends_on", "There is a target for this day already. Withdraw it first")
        return data

    def save(self) -> MeasureTarget:
        data = self.cleaned_data
        return measures.set_target(
            baseline=data["baseline"], figure=data["target"], source=data["source"], starts_on=data["starts_on"],
            ends_on=data["ends_on"], **self.whose,
        )  # fmt: skip


def _plain(number: Any) -> str:
    """As a person would type it: 29, not 29.00."""
    return "" if number is None else f"{number:.2f}".rstrip("0").rstrip(".")
