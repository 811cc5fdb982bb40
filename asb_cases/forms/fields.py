"""Fields that several forms of casework share."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from asb_cases.vocabulary import Strand
from frontend.forms import LongTextField, MomentField, govuk
from standards.calendar import Unit

NOTE_LENGTH = 4000

# The shapes of a UK postcode: outward code, then a digit and two letters.
_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][ABD-HJLNP-UW-Z]{2})")


class PostcodeField(forms.CharField):
    """A UK postcode, typed in any case and spacing. Cleans to `OX16 5QA`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=10, **{"label": "Postcode", "required": False, **options})
        govuk(self, width=10)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        if not text:
            return ""
        match = _POSTCODE.fullmatch(re.sub(r"\s+", "", text).upper())
        if match is None:
            raise ValidationError("Enter a full UK postcode, like OX16 5QA")
        return f"{match[1]} {match[2]}"


class TelephoneField(forms.CharField):
    """A telephone number as people write it."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "off"})
        super().__init__(max_length=30, widget=widget, **{"label": "Telephone number", "required": False, **options})

    def to_python(self, value: Any) -> str:
        text = " ".join((super().to_python(value) or "").split())
        digits = re.sub(r"[\s().+\-]|ext", "", text)
        if text and not (digits.isascii() and digits.isdecimal() and 5 <= len(digits) <= 16):
            raise ValidationError("Enter a telephone number, like 01295 000 123 or +44 7700 900 982")
        return text


def happened_at(label: str = "When did it happen?", hint: str | None = None) -> MomentField:
    """When something happened: now unless said otherwise, never in the future."""
    return MomentField(
        label=label,
        help_text=hint
        or "The true time, even if it was yesterday. Deadlines are judged by this, not by when you enter it.",
        subject="the date and time",
        past=True,
        initial=timezone.now,
    )


def note(label: str = "Notes", hint: str = "", *, required: bool = False) -> LongTextField:
    field = LongTextField(
        label=label,
        help_text=hint,
        required=required,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    return govuk(field, count=True)


def interval_amount() -> forms.IntegerField:
    """How many days an agreed interval between updates has; `interval_unit` says of which kind."""
    return govuk(forms.IntegerField(label="How many?", min_value=1, max_value=60), subject="how many days", width=3)


def interval_unit() -> forms.TypedChoiceField:
    field = forms.TypedChoiceField(
        label="Days of which kind?",
        choices=[(Unit.WORKING_DAYS.value, "Working days"), (Unit.CALENDAR_DAYS.value, "Days")],
        coerce=Unit,
        widget=forms.RadioSelect,
    )
    return govuk(field, subject="the kind of days", inline=True, small=True)


def strands() -> forms.MultipleChoiceField:
    """Against what the hostility is perceived to be."""
    field = forms.MultipleChoiceField(
        label="Against what?",
        help_text="Select all that apply.",
        choices=Strand,
        widget=forms.CheckboxSelectMultiple,
    )
    return govuk(field, subject="what the hostility is against", small=True)
