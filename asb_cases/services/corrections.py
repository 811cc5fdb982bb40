"""Putting entries right. The first entry stays in the ledger; a new one says what holds instead."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from asb_cases.models import Case, Note, Report
from asb_cases.policies import check_can_correct, check_can_withdraw
from asb_cases.services.log import enter
from asb_cases.services.repeats import settle_repeats
from ledger.models import Event
from ledger.selectors import events_of
from ledger.services import Entry
from ledger.vocabulary import EventKind
from partners.models import User

# Became known with the report, and so moves with it.
KNOWN_WITH_REPORT = frozenset({EventKind.PARTY_KNOWN, EventKind.IMMEDIATE_NEED, EventKind.HATE_IDENTIFIED})


@transaction.atomic
def withdraw_entry(*, case: Case, event: Event, by: User, note: str) -> None:
    """The entry should not have been made. Deadlines are judged as if it had not been."""
    check_can_withdraw(by, case, event)
    entry = Entry(kind=EventKind.ENTRY_WITHDRAWN, occurred_at=timezone.now(), corrects=event.pk)
    enter(case=case, by=by, note=note, entries=[entry])
    if event.kind == EventKind.REPORT_RECEIVED:
        _forget_report(case, event)
        settle_repeats(case=case, by=by)


@transaction.atomic
def correct_time(*, case: Case, event: Event, at: datetime, by: User, note: str) -> None:
    """It happened, but at another time. The entry's own words move to the correction.

    When the report was received at another time, what became known with it did so at that time too; and whether a
    report is one of two within six months is settled anew.
    Raises RefusedEntry when the case would be closed before it was received.
    """
    check_can_correct(by, case, event)
    moved = [event]
    if event.kind == EventKind.REPORT_RECEIVED and event.about is None:
        moved += _known_with(event)
    words = Note.objects.filter(event=event.pk).values_list("text", flat=True).first()
    corrected, *_ = enter(case=case, by=by, note="\n\n".join(filter(None, [note, words])), entries=list(_at(at, moved)))
    if event.kind == EventKind.REPORT_RECEIVED:
        _rows_of(case, event).update(received_at=corrected.occurred_at)
        settle_repeats(case=case, by=by)


def _at(at: datetime, events: Iterable[Event]) -> Iterable[Entry]:
    for event in events:
        yield Entry(kind=event.kind, occurred_at=at, about=event.about, detail=event.detail, corrects=event.pk)


def _forget_report(case: Case, event: Event) -> None:
    """Take the report off the case; the ledger and its note keep it. A correction withdrawn leaves it as it was."""
    if event.corrects_id is None:
        _rows_of(case, event).delete()
    else:
        before = Event.objects.values_list("occurred_at", flat=True).get(pk=event.corrects_id)
        _rows_of(case, event).update(received_at=before)


def _rows_of(case: Case, event: Event) -> QuerySet[Report]:
    """The report as it was taken, of which the event tells."""
    rows = case.reports.filter(received_at=event.occurred_at)
    return rows.filter(reporter=event.about) if event.about else rows


def _known_with(report: Event) -> list[Event]:
    chain = list(events_of([report.matter]))
    corrected = {event.corrects_id for event in chain}
    return [
        event
        for event in chain
        if event.kind in KNOWN_WITH_REPORT and event.occurred_at == report.occurred_at and event.pk not in corrected
    ]
