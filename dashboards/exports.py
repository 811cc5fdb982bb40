"""Lists as CSV that a spreadsheet opens without running anything in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from frontend.spreadsheets import csv_lines
from standards.calendar import LONDON
from standards.engine import Outcome
from standards.explained import explained
from standards.figures import ClockFigures, EvidenceFigures, PromiseFigures, Standards
from standards.models import Clock
from standards.selectors import deadline
from standards.words import duty_words

HEADINGS = (
    "Case", "Promise", "Clause", "What was owed", "Agency", "Officer", "Started", "Due", "First due", "Done",
    "Outcome", "Noticed", "Not missed after all", "Reason", "Review",
)  # fmt: skip
STANDARDS_HEADINGS = (
    "Promise", "Clause", "What was promised", "How it is judged", "Judged by", "From", "To", "Owed", "Kept", "Missed",
    "Not due yet", "Half within (hours)", "Nine in ten within (hours)", "Done, no time promised",
    "Could not be reached", "Classified too late", "Not missed after all", "Not applicable", "In words",
)  # fmt: skip


def csv_rows(clocks: Iterable[Clock], now: datetime) -> Iterator[str]:
    """The lines of the file, one for each clock, after a byte-order mark that makes spreadsheets read UTF-8."""
    return csv_lines(chain([HEADINGS], (_row(clock, now) for clock in clocks)))


def standards_rows(standards: Standards, figures: Iterable[PromiseFigures]) -> Iterator[str]:
    """The lines of the file, one for each way in which a promise is judged."""
    return csv_lines(chain([STANDARDS_HEADINGS], (row for one in figures for row in _promise_rows(standards, one))))


def _promise_rows(standards: Standards, figures: PromiseFigures) -> Iterator[list[Any]]:
    promise, document = figures.promise, standards.document_of(figures)
    about = [promise.code, f"{document.short_name} {promise.clause}", promise.summary, " ".join(explained(promise))]
    days = [standards.period.first.isoformat(), standards.period.last.isoformat()]
    if promise.switched_off:
        yield [*about, "", *days, *[""] * 11, figures.verdicts[0]]
    for name, part in figures.parts:
        counts: list[Any] = [""] * 11
        if isinstance(part, ClockFigures):
            took = part.took if part.owed else part.measured
            counts = [part.owed, part.kept, part.missed, part.running, _hours(took.median), _hours(took.ninth),
                      part.measured.number, part.attempted, part.reclassified, part.retracted, ""]  # fmt: skip
        elif isinstance(part, EvidenceFigures):
            counts = [part.owed, part.kept, part.missed, *[""] * 7, part.excused]
        yield [*about, name, *days, *counts, part.words]


def _hours(span: timedelta | None) -> str:
    return f"{span.total_seconds() / 3600:.1f}" if span is not None else ""


def _row(clock: Clock, now: datetime) -> list[Any]:
    matter, promise = clock.matter, clock.promise
    breach = getattr(clock, "breach", None)
    overdue = clock.ended_at is None and deadline(clock) < now
    return [
        matter.reference,
        promise.code,
        f"{promise.charter.short_name} {promise.clause}",
        duty_words(clock),
        clock.agency.name,
        clock.officer.name if clock.officer else "",
        _moment(clock.started_at),
        _moment(clock.due_at),
        _moment(clock.first_due_at),
        _moment(clock.ended_at if clock.done else None),
        Outcome.MISSED.label if overdue else Outcome(clock.outcome).label,
        _moment(breach.detected_at) if breach else "",
        _moment(breach.retracted_at) if breach else "",
        breach.get_reason_display() if breach else "",
        breach.get_verdict_display() if breach else "",
    ]


def _moment(value: datetime | None) -> str:
    return value.astimezone(LONDON).strftime("%Y-%m-%d %H:%M") if value else ""
