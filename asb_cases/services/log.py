"""Entering what happened in a case: the ledger's entry, the words that go with it, and how things now stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from asb_cases.models import Case, Note, Party
from asb_cases.policies import check_can_record
from asb_cases.services.standing import refresh
from frontend.words import moment_words
from ledger.models import Event
from ledger.services import Author, Entry
from ledger.vocabulary import EventKind
from partners.models import User
from partners.selectors import acting_for
from standards import services as standards
from standards.selectors import known_since
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

    Raises RefusedEntry for a time in the future or before there was a case, or a person who is not in it, NotAllowed
    for a person who may not work on it.
    """
    hold(case)
    check(by, case)
    _check_people(case, {entry.about for entry in entries if entry.about})
    author = Author(person=by.pk, agency=acting_agency(by, case))
    told = [replace(entry, occurred_at=at, by=author) for entry, at in zip(entries, _times(case, entries), strict=True)]
    events = record(matter=case.pk, entries=told)
    if note:
        Note.objects.create(event=events[0].pk, case=case, text=note)
    refresh([case.pk], events[0].recorded_at)
    return events


def hold(case: Case) -> None:
    """Lock the case until the transaction ends, and see it as it is now: another may just have passed it on."""
    case.matter = standards.hold(case.pk)


def acting_agency(user: User, case: Case) -> UUID:
    return acting_for(user, partnership=case.matter.partnership_id, agency=case.matter.agency_id)


def _times(case: Case, entries: Sequence[Entry]) -> list[datetime]:
    """When each entry happened: never before its case was received or its person known, or it would settle nothing.

    Forms hold minutes and a report passed on by a system holds seconds, so the same minute is the same time.
    """
    if any(entry.kind == EventKind.REPORT_RECEIVED and entry.about is None for entry in entries):
        return [entry.occurred_at for entry in entries]  # the time of receipt itself is put right
    since = known_since(case.pk) if any(entry.about for entry in entries) else {}
    return [_time(case, entry, since) for entry in entries]


def _time(case: Case, entry: Entry, since: Mapping[UUID, datetime]) -> datetime:
    start, what = case.matter.received_at, "the report was received"
    known = since.get(entry.about) if entry.about and entry.kind != EventKind.PARTY_KNOWN else None
    if known and known > start:
        start, what = known, "any agency knew of this person"
    if entry.occurred_at < start.replace(second=0, microsecond=0):
        raise RefusedEntry(f"The date and time must not be before {what} ({moment_words(start)})")
    return max(entry.occurred_at, start)


def entry(kind: str, at: datetime, party: Party | None = None, **detail: str | int | bool | list[str]) -> Entry:
    return Entry(kind=kind, occurred_at=at, about=party.pk if party else None, detail=detail)


def _check_people(case: Case, people: set[UUID]) -> None:
    if people and Party.objects.filter(case=case, pk__in=people).count() != len(people):
        raise RefusedEntry("This person is not part of the case.")
