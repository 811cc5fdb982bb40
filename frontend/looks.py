"""How one form field looks, said where the field is declared.

notes = govuk(LongTextField(label="What happened?", max_length=2000), subject="what happened", count=True)
contact = govuk(
    forms.ChoiceField(label="How should we contact you?", choices=..., widget=forms.RadioSelect),
    subject="how we should contact you",
    reveals={"email": ["email_address"]},
)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django import forms

AnyField = TypeVar("AnyField", bound=forms.Field)


@dataclass(frozen=True, kw_only=True)
class Look:
    """What GOV.UK's components can do beyond what a Django field says. All of it may be left out."""

    #: The answer, as it stands inside a sentence: "Enter {subject}", "{Subject} must be a real date".
    #: Taken from the label when that is not a question.
    subject: str = ""
    #: Of the label or legend: "s", "m", "l", "xl", or "" for plain text. None: bold, plain when revealed.
    size: str | None = None
    #: The label or legend is the page's <h1> (one question per page).
    heading: bool = False
    #: For screen readers only. The context must tell everybody else what to enter.
    hide_label: bool = False
    #: False: no "(optional)" after the label although the field may stay empty.
    mark_optional: bool = True
    #: Of the box: 2, 3, 4, 5, 10, 20 or 30 characters, or a part of the page ("one-third", "two-thirds").
    width: int | str = ""
    #: Shows how many of `max_length` characters are left.
    count: bool = False
    #: Standing before or behind the box: "£", "per week".
    prefix: str = ""
    suffix: str = ""
    #: Radios side by side (for two short answers).
    inline: bool = False
    #: Small radios and checkboxes, for filters.
    small: bool = False
    #: A hint for an option, by the option's value.
    hints: Mapping[Any, str] = field(default_factory=dict)
    #: "or" stands before the option with this value.
    divider_before: Any = None
    #: The checkbox with this value ("none of these") excludes all others.
    exclusive: Any = None
    #: Names of fields that an option shows, by the option's value (True for a single checkbox).
    #: GovukForm takes them for required only when their option is chosen, and drops their answers when not.
    reveals: Mapping[Any, Sequence[str]] = field(default_factory=dict)
    #: A file is dropped or chosen (adds JavaScript; the plain box is the more accessible one).
    drop_zone: bool = False


def govuk(field: AnyField, **options: Any) -> AnyField:
    """The same field, carrying a `Look` made of the options. A second call adds to the first."""
    look = Look(**{**vars(look_of(field)), **options})
    if look.count and not getattr(field, "max_length", None):
        raise ValueError("count=True needs the field's max_length: there is nothing to count down from")
    field.govuk = look  # type: ignore[attr-defined]
    return field


def look_of(field: forms.Field) -> Look:
    return getattr(field, "govuk", PLAIN)


PLAIN = Look()
