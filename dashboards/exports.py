"""Lists as CSV that a spreadsheet opens without running anything in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain
from typing import Any

from frontend.spreadsheets import csv_lines
from standards.calendar import LONDON
from standards.engine import Outcome
from standards.models import Clock
from standards.selectors import deadline
from standards.words import duty_words

HEADINGS = (
    "Case", "Promise", "Clause", "What was owed", "Agency", "Officer", "Started", "Due", "First due", "Done",
    "Outcome", "Noticed", "Not missed after all", "Reason", "Review",
)  # fmt: skip


def csv_rows(clocks: Iterable[Clock], now: datetime) -> Iterator[str]:
    """The lines of the file, one for each clock, after a byte-order mark that makes spreadsheets read UTF-8."""
    return csv_lines(chain([HEADINGS], (_row(clock, now) for clock in clocks)))


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
