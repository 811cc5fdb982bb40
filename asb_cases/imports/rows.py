"""A row of a file as a report, or the reason why it cannot be one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import TextChoices

from asb_cases.forms.fields import NOTE_LENGTH, PostcodeField, TelephoneField
from asb_cases.imports.mapping import PEOPLE, PERSON_COLUMNS
from asb_cases.services.intake import NewPerson, NewReport
from asb_cases.vocabulary import Category, PartyRole, ReportChannel, Strand
from standards.calendar import LONDON

YES = frozenset({"yes", "y", "true", "1"})
NO = frozenset({"no", "n", "false", "0"})

_Choice = TypeVar("_Choice")


class BadRow(ValueError):
    """A row that cannot be a report: which column, and why."""

    def __init__(self, column: str, why: str) -> None:
        super().__init__(f"{column}: {why}")


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What the rows of one import have in common."""

    partnership: UUID
    source: str
    agencies: Mapping[str, UUID]  # by slug and by name, in lower case
    officers: Mapping[tuple[str, UUID], UUID]  # by e-mail address, in lower case, and the agency they work for
    default_agency: UUID
    time_format: str
    now: datetime
    acknowledge: bool


def report(row: Mapping[str, str], setting: Setting) -> NewReport:
    """The report that a row (in our columns) tells of. Raises BadRow."""
    taken_for = _agency(row, "taken_by_agency", setting)
    lead_agency = _agency(row, "lead_agency", setting, otherwise=taken_for)
    hate = _yes(row, "hate")
    return NewReport(
        partnership=setting.partnership,
        source=setting.source,
        external_reference=_text(row, "external_reference", 100, required=True),
        taken_for=taken_for,
        lead_agency=lead_agency,
        officer=_officer(row, lead_agency, setting),
        channel=_choice(row, "channel", ReportChannel, ReportChannel.PARTNER),
        received_at=_moment(row, setting),
        category=_choice(row, "category", Category, Category.UNCLASSIFIED),
        description=_text(row, "description", NOTE_LENGTH, required=True),
        place=_text(row, "place", 200),
        postcode=_field(row, "postcode", PostcodeField()),
        immediate_danger=_yes(row, "immediate_danger"),
        hate=hate,
        strands=_choices(row, "strands", Strand) if hate else (),
        people=tuple(person for name in PEOPLE if (person := _person(row, name))),
        acknowledge=setting.acknowledge,
    )


def _person(row: Mapping[str, str], name: str) -> NewPerson | None:
    if not any(f"{name}_{column}" in row for column in PERSON_COLUMNS):
        return None
    roles = _choices(row, f"{name}_roles", PartyRole)
    return NewPerson(
        roles=roles or (PartyRole.VICTIM, PartyRole.REPORTER),
        title=_text(row, f"{name}_title", 20),
        given_name=_text(row, f"{name}_given_name", 80),
        family_name=_text(row, f"{name}_family_name", 80, required=True),
        telephone=_field(row, f"{name}_telephone", TelephoneField()),
        email=_field(row, f"{name}_email", forms.EmailField(required=False)),
        address=_text(row, f"{name}_address", 200),
        postcode=_field(row, f"{name}_postcode", PostcodeField()),
        may_write=_yes(row, f"{name}_may_write", otherwise=True),
        safe_contact=_text(row, f"{name}_safe_contact", 300),
    )


def _text(row: Mapping[str, str], column: str, longest: int, *, required: bool = False) -> str:
    text = row.get(column, "")
    if required and not text:
        raise BadRow(column, "is empty")
    if len(text) > longest:
        raise BadRow(column, f"is longer than {longest:,} characters")
    return text


def _field(row: Mapping[str, str], column: str, field: forms.Field) -> Any:
    """Cleaned by the same field as in the browser's form."""
    try:
        return field.clean(row.get(column, ""))
    except ValidationError as error:
        raise BadRow(column, " ".join(error.messages)) from error


def _yes(row: Mapping[str, str], column: str, *, otherwise: bool = False) -> bool:
    text = row.get(column, "").lower()
    if text and text not in YES | NO:
        raise BadRow(column, f"{text!r} is neither yes nor no")
    return text in YES if text else otherwise


def _choice(row: Mapping[str, str], column: str, choices: type[TextChoices], otherwise: _Choice) -> _Choice:
    text = row.get(column, "")
    return _one_of(column, text, choices) if text else otherwise


def _choices(row: Mapping[str, str], column: str, choices: type[TextChoices]) -> tuple[Any, ...]:
    words = [word.strip() for word in row.get(column, "").split(";") if word.strip()]
    return tuple(dict.fromkeys(_one_of(column, word, choices) for word in words))


def _one_of(column: str, text: str, choices: type[TextChoices]) -> Any:
    for choice in choices:
        if text.lower() in {str(choice.value), str(choice.label).lower()}:
            return choice
    raise BadRow(column, f"{text!r} is none of {', '.join(choices.values)}")


def _agency(row: Mapping[str, str], column: str, setting: Setting, otherwise: UUID | None = None) -> UUID:
    text = row.get(column, "")
    if not text:
        return otherwise or setting.default_agency
    if text.lower() not in setting.agencies:
        raise BadRow(column, f"{text!r} is no agency of this partnership")
    return setting.agencies[text.lower()]


def _officer(row: Mapping[str, str], agency: UUID, setting: Setting) -> UUID | None:
    who = row.get("officer_email", "").lower(), agency
    if who[0] and who not in setting.officers:
        raise BadRow("officer_email", "nobody with this address works on cases for the lead agency")
    return setting.officers.get(who)


def _moment(row: Mapping[str, str], setting: Setting) -> datetime:
    """A time with its offset, or as the clock in London showed it."""
    text = _text(row, "received_at", 60, required=True)
    try:
        moment = datetime.strptime(text, setting.time_format) if setting.time_format else datetime.fromisoformat(text)  # noqa: DTZ007  the zone is added below
    except ValueError as error:
        like = setting.time_format or "2026-09-02 09:00 or 2026-09-02T09:00:00+01:00"
        raise BadRow("received_at", f"{text!r} is not a time like {like}") from error
    if moment.tzinfo is None:
        there = moment.replace(tzinfo=LONDON)
        if there.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) != moment:
            raise BadRow("received_at", f"{text!r} never was: the clocks went forward")
        moment = there
    try:
        moment = moment.astimezone(UTC)
    except OverflowError as error:
        raise BadRow("received_at", f"{text!r} is too long ago") from error
    if moment > setting.now:
        raise BadRow("received_at", f"{text!r} is in the future")
    return moment
