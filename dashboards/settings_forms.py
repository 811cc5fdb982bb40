"""What a partnership sets for itself, as a form; its answers outlive the way to the preview and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from frontend.dates import DATE_PARTS
from frontend.forms import DateField, GovukForm, govuk, parse_time
from frontend.words import time_words
from standards.calendar import Unit
from standards.changing import RefusedChange, changed_rules, check_effective_from
from standards.charter import AttemptsRule, Within
from standards.charter_file import CharterError
from standards.local_settings import LocalSettings, Target, settings_of, targets_of
from standards.models import Charter
from standards.phrases import amount_words

UNITS = [
    (Unit.MINUTES.value, "minutes"),
    (Unit.HOURS.value, "hours"),
    (Unit.WORKING_DAYS.value, "working days"),
    (Unit.CALENDAR_DAYS.value, "days"),
    (Unit.CALENDAR_MONTHS.value, "months"),
]
PERIODS = [("1", "Every month"), ("2", "Every 2 months"), ("3", "Every 3 months"), ("4", "Every 4 months"),
           ("6", "Every 6 months"), ("12", "Every year")]  # fmt: skip
HOW_OFTEN = {"evidence": "How often it is done", "publication": "How often the public is told"}
# No promise about a case is meant to take longer.
LONGEST = 10_000

Answers = dict[str, str]


class TimeOfDayField(forms.Field):
    """A time as people type it: "5pm", "17:00"."""

    def to_python(self, value: Any) -> time | None:
        text = str(value or "").strip()
        found = parse_time(text) if text else None
        if text and found is None:
            raise ValidationError("Enter a time, like 5:00pm", code="invalid")
        return found

    def prepare_value(self, value: Any) -> Any:
        return time_words(value).split(" ")[0] if isinstance(value, time) else value


class SettingsForm(GovukForm):
    """The settings of the newest version, from which a new one is made."""

    error_anchor = "close_of_day"

    close_of_day = govuk(
        TimeOfDayField(
            label="When does a working day end?",
            help_text="Deadlines that are counted in days end at this time. For example, 5:00pm.",
        ),
        subject="when a working day ends",
        width=5,
    )
    warn_after = govuk(
        forms.IntegerField(
            label="When is the officer warned?",
            help_text="After this much of the time allowed has gone, if the promise is not kept yet.",
            min_value=1,
            max_value=99,
        ),
        subject="when the officer is warned",
        width=2,
        suffix="%",
    )
    attempts_number = govuk(
        forms.IntegerField(label="Attempts", min_value=1, max_value=20), subject="the number of attempts", width=2
    )
    attempts_days = govuk(
        forms.IntegerField(label="On at least so many days", min_value=1, max_value=20),
        subject="the number of days",
        width=2,
    )
    attempts_channels = govuk(
        forms.IntegerField(label="By at least so many channels", min_value=1, max_value=5),
        subject="the number of channels",
        width=2,
    )
    effective_from = DateField(
        label="From which day?",
        subject="the day from which the settings count",
        help_text="Tomorrow or later. What is received from that day on runs under these settings; "
        "what was received before keeps its deadlines.",
    )
    note = govuk(
        forms.CharField(
            label="Why are they changed?",
            help_text="Everybody in the partnership can read this beside the version.",
            max_length=300,
            widget=forms.Textarea(attrs={"rows": 3}),
        ),
        subject="why the settings are changed",
        count=True,
    )

    def __init__(self, data: Any, *, newest: Charter, kept: Mapping[str, str] | None = None) -> None:
        """`kept` are answers given before, which stand in place of the present settings."""
        self.newest = newest
        self.present = settings_of(newest.body)
        self.targets = targets_of(newest.body)
        super().__init__(data)
        for target in self.targets:
            self._add(target)
        self.initial = {**answers_of(newest), **(kept or {})}
        self.initial["effective_from"] = tuple(self.initial[f"effective_from_{part}"] for part in DATE_PARTS)

    def _add(self, target: Target) -> None:
        if target.table == "clock":
            self.fields[_amount(target)] = govuk(
                forms.IntegerField(label="Amount", required=False, min_value=1, max_value=LONGEST),
                subject=f"the amount for {target.code}",
                mark_optional=False,
                width=4,
            )
            units = [*UNITS]
            if target.within and target.within.unit not in dict(UNITS):
                units.append((target.within.unit.value, amount_words(2, target.within.unit).removeprefix("2 ")))
            self.fields[_unit(target)] = govuk(
                forms.ChoiceField(label="Unit", choices=units, required=False), mark_optional=False
            )
        else:
            # A duty to the public always has a period: without one it would be owed once and never again.
            self.fields[_amount(target)] = govuk(
                forms.ChoiceField(label=HOW_OFTEN[target.table], choices=PERIODS),
                subject=f"how often for {target.code}",
            )

    # --- as the page shows it ---

    def general(self) -> list[Any]:
        return [self[name] for name in ("close_of_day", "warn_after")]

    def attempts(self) -> list[Any]:
        return [self[f"attempts_{name}"] for name in ("number", "days", "channels")]

    def intervals(self) -> list[tuple[Target, list[Any]]]:
        return [(target, self._boxes(target)) for target in self.targets if target.recurring]

    def numbers(self) -> list[tuple[Target, list[Any]]]:
        return [
            (target, self._boxes(target)) for target in self.targets if target.table == "clock" and not target.recurring
        ]

    def periods(self) -> list[tuple[Target, list[Any]]]:
        return [(target, self._boxes(target)) for target in self.targets if target.table != "clock"]

    def _boxes(self, target: Target) -> list[Any]:
        return [self[name] for name in (_amount(target), _unit(target)) if name in self.fields]

    def answers(self) -> Answers:
        """What was typed, by the names of the boxes."""
        return {name: str(self.data.get(name, "")).strip() for name in answers_of(self.newest)}

    # --- checking ---

    def clean_effective_from(self) -> date:
        day: date = self.cleaned_data["effective_from"]
        try:
            check_effective_from(day, self.newest, timezone.localdate())
        except RefusedChange as refusal:
            raise ValidationError(str(refusal), params={"parts": list(DATE_PARTS)}) from refusal
        return day

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        number = data.get("attempts_number")
        for name, what in (("attempts_days", "days"), ("attempts_channels", "channels")):
            if number and (data.get(name) or 0) > number:
                self.add_error(name, f"There cannot be more {what} than attempts")
        for target in self.targets:
            if target.table == "clock" and data.get(_amount(target)) and not data.get(_unit(target)):
                self.add_error(_unit(target), f"Select the unit for {target.code}")
        if self.errors:
            return data
        try:
            _, body = changed_rules(self.newest, self.local)
        except CharterError as error:
            raise ValidationError(error.problems) from error
        if body == self.newest.body:
            raise ValidationError("You have not changed any setting. Change one, or leave this page")
        return data

    @property
    def local(self) -> LocalSettings:
        data = self.cleaned_data
        return LocalSettings(
            close_of_day=data["close_of_day"],
            # A share that stays the same is not rewritten because it was shown without its decimals.
            warn_after_share=self._share(data["warn_after"]),
            attempts=AttemptsRule(data["attempts_number"], data["attempts_days"], data["attempts_channels"]),
            targets={target.key: self._within(target) for target in self.targets},
        )

    def _share(self, percent: int) -> float:
        present = self.present.warn_after_share
        return present if percent == round(present * 100) else percent / 100

    def _within(self, target: Target) -> Within | None:
        amount = self.cleaned_data.get(_amount(target))
        if not amount:
            return None
        unit = self.cleaned_data[_unit(target)] if target.table == "clock" else Unit.CALENDAR_MONTHS
        return Within(int(amount), Unit(unit), local=True)


def answers_of(charter: Charter) -> Answers:
    """What the boxes hold for a version as it stands. The day and the reason are always asked anew."""
    now = settings_of(charter.body)
    answers = {
        "close_of_day": time_words(now.close_of_day).split(" ")[0],
        "warn_after": str(round(now.warn_after_share * 100)),
        "attempts_number": str(now.attempts.number),
        "attempts_days": str(now.attempts.days),
        "attempts_channels": str(now.attempts.channels),
    }
    for target in targets_of(charter.body):
        answers[_amount(target)] = str(target.within.amount) if target.within else ""
        if target.table == "clock":
            answers[_unit(target)] = (target.within.unit if target.within else Unit.WORKING_DAYS).value
    return answers | dict.fromkeys([*(f"effective_from_{part}" for part in DATE_PARTS), "note"], "")


def carried_over(typed: Mapping[str, str], base: Charter | None, newest: Charter) -> Answers:
    """What somebody changed upon one version, upon another: what she left alone is as it is there."""
    before = answers_of(base) if base else {}
    asked = answers_of(newest)
    return {name: value for name, value in typed.items() if name in asked and value != before.get(name)}


def _amount(target: Target) -> str:
    return f"amount_{target.key}".replace(".", "_")


def _unit(target: Target) -> str:
    return f"unit_{target.key}".replace(".", "_")
