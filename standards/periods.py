"""What is owed once in every period, pure: a monthly meeting, a yearly report.

Periods follow the calendar: months, or quarters and years counted from the month in which the reporting year begins.
A duty that began within a period is first owed in the whole one after it. Each period is a turn of its own: what was
not done in March is not made good in April.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from standards.calendar import LONDON
from standards.charter import Within
from standards.facts import History
from standards.verdicts import Outcome, Turn


@dataclass(frozen=True)
class Period:
    """What must happen once in every so many calendar months, by any of these events."""

    every: Within  # a divisor of twelve calendar months
    events: tuple[str, ...]
    year_starts_in: int


def turns(
    period: Period, history: History, opened_at: datetime, now: datetime, *, judged_from: datetime | None = None
) -> Iterator[Turn]:
    """One turn for each period from the beginning of the duty until now, and the next when this one is kept already.

    What was over or kept at `judged_from` was judged under the standards before.
    """
    facts, closed = history.of(period.events, None), history.closed_at
    length = relativedelta(months=period.every.amount)
    opened = opened_at.astimezone(LONDON).date()
    first = _first_day(opened, period.every.amount, period.year_starts_in)
    start, end = opened_at, first + length * (1 if opened == first else 2)
    while closed is None or start < closed:
        due = _midnight(end) - timedelta(seconds=1)
        turn = Turn(period.every, start, due, due, Outcome.RUNNING)
        fact = next((fact for fact in facts if start <= fact.occurred_at <= due), None)
        if judged_from and min(due, fact.occurred_at if fact else due) <= judged_from:
            pass
        elif fact:
            yield replace(turn, outcome=Outcome.KEPT, ended_at=fact.occurred_at, ended_by=fact.id, done=True)
        elif closed is not None and closed <= due:
            yield replace(turn, outcome=Outcome.ENDED, ended_at=closed)
        elif now <= due:
            yield turn
            return
        else:
            yield replace(turn, outcome=Outcome.MISSED, ended_at=due)
        start, end = _midnight(end), end + length


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=LONDON).astimezone(UTC)


def full_periods(months: int, year_starts_in: int, *, since: date, today: date) -> Iterator[tuple[date, date]]:
    """The periods of so many months that are over, the latest first, back to the one in which `since` lies."""
    length = relativedelta(months=months)
    first = _first_day(today, months, year_starts_in) - length
    while first + length > since:
        yield first, first + length - timedelta(days=1)
        first -= length


def _first_day(day: date, months: int, year_starts_in: int) -> date:
    """The first day of the period that a day lies in."""
    return day.replace(day=1) - relativedelta(months=(day.month - year_starts_in) % 12 % months)
