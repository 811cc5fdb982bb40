"""Entering what happened in a case: the ledger's entry, the words that go with it, and how things now stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from asb_cases.models import Case, Note, Party
from asb_cases.policies import check_can_record
from asb_cases.services.standing import refresh
from ledger.models import Event
from ledger.services import Author, Entry
from partners.models import User
from standards.services import RefusedEntry, record


@transaction.atomic
def enter(
    *,
    case: Case,
    entries: Sequence[Entry],
    by: User,
    note: str = "",
    check: Callable[[User, Case], None] = check_can_record,
) -> list[Event]:
    """Record entries of one act; the note goes with the first.

    Raises RefusedEntry for a time in the future or a person who is not in the case, NotAllowed for a person who may
    not work on it.
    """
    check(by, case)
    _check_people(case, {entry.about for entry in entries if entry.about})
    author = Author(person=by.pk, agency=case.matter.agency_id)
    events = record(matter=case.pk, entries=[replace(entry, by=author) for entry in entries])
    if note:
        Note.objects.create(event=events[0].pk, case=case, text=note)
    refresh([case.pk], events[0].recorded_at)
    return events


def entry(kind: str, at: datetime, party: Party | None = None, **detail: str | int | bool | list[str]) -> Entry:
    return Entry(kind=kind, occurred_at=at, about=party.pk if party else None, detail=detail)


def _check_people(case: Case, people: set[UUID]) -> None:
    if people and Party.objects.filter(case=case, pk__in=people).count() != len(people):
        raise RefusedEntry("This person is not part of the case.")
