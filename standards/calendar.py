"""Deadlines, pure: elapsed time, working days, bank holidays, local time to UTC.

Nothing here imports Django or reads a clock. Times are aware; results are in UTC. Days are days in London.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

LONDON = ZoneInfo("Europe/London")
DAY = timedelta(days=1)
# Parts of the United Kingdom with bank holidays of their own.
DIVISIONS = ("england-and-wales", "scotland", "northern-ireland")


class Unit(StrEnum):
    """What an amount of time is counted in."""

    MINUTES = "minutes"
    HOURS = "hours"
    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    CALENDAR_MONTHS = "calendar_months"
    # Statutory powers: 2014 Act ss.77 and 80 (closure) and ss.9 and 10 (arrest), law.md section 16
    HOURS_LESS_CHRISTMAS = "hours_disregarding_christmas_day"
    HOURS_LESS_CHRISTMAS_GOOD_FRIDAY_SUNDAYS = "hours_disregarding_christmas_day_good_friday_sundays"


class Weekday(StrEnum):
    """The days of the week, in order."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"


MONDAY_TO_FRIDAY = (Weekday.MON, Weekday.TUE, Weekday.WED, Weekday.THU, Weekday.FRI)


class Receipt(StrEnum):
    """Which day counts as day 0 when something arrives on a day that is no working day, or after its close."""

    DAY0 = "day0"  # the day it arrived, whatever day that was: what a victim would expect
    NEXT_WORKING_DAY = "next_working_day"  # it counts as received on the next working day


class HolidaysUnknown(ValueError):
    """The bank-holiday table does not cover a day that the deadline depends on."""

    def __init__(self, division: str, day: date) -> None:
        super().__init__(
            f"The bank holidays of {day.year} ({division}) are not known, so no working-day deadline can be given."
        )
        self.division = division
        self.day = day

    def __reduce__(self) -> tuple[type[HolidaysUnknown], tuple[str, date]]:
        return type(self), (self.division, self.day)  # it may be raised in one process and told in another


@dataclass(frozen=True)
class Edition:
    """The bank holidays of one division as they were known from `since` on (None: from the beginning).

    `first` and `last` are the days between which the list is complete. A day outside is unknown, never
    a plain working day.
    """

    holidays: frozenset[date]
    first: date
    last: date
    since: datetime | None = None
    week: tuple[Weekday, ...] = MONDAY_TO_FRIDAY
    _working: list[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        days = range(self.first.toordinal(), self.last.toordinal() + 1)
        closed = {day.toordinal() for day in self.holidays}
        # Ordinal 1 was a Monday.
        week = {(1 + place) % 7 for place, day in enumerate(Weekday) if day in self.week}
        working = [day for day in days if day % 7 in week and day not in closed]
        object.__setattr__(self, "_working", working)

    def working_day_after(self, day: date, count: int) -> date | None:
        """The count-th working day after `day`; None when the table does not reach that far."""
        if not self.first <= day <= self.last:
            return None
        place = bisect_right(self._working, day.toordinal()) + count - 1
        return date.fromordinal(self._working[place]) if place < len(self._working) else None

    def is_working(self, day: date) -> bool:
        place = bisect_right(self._working, day.toordinal()) - 1
        return place >= 0 and self._working[place] == day.toordinal()


@dataclass(frozen=True)
class Calendar:
    """One division's working days, in the editions in which they became known, with the close of day."""

    division: str
    editions: tuple[Edition, ...]  # oldest first; at least one
    close_of_day: time = time(17)
    receipt: Receipt = Receipt.DAY0
    after_hours: Receipt = Receipt.DAY0  # what arrives on a working day after its close

    def due(
        self,
        start: datetime,
        amount: int,
        unit: Unit,
        *,
        receipt: Receipt | None = None,
        known_at: datetime | None = None,
    ) -> datetime:
        """The deadline, in UTC, for something that started at `start`.

        Minutes and hours are elapsed, so they are added in UTC: 24 hours from Saturday 10:00 before the spring
        clock change end on Sunday at 11:00. Working days, calendar days and calendar months are added to the London
        date of `start` and end at the close of day there; a month later than the 31st is the last day of a shorter
        month. `known_at` chooses the edition of the bank holidays in force then (default: the latest).

        Raises HolidaysUnknown when the table does not cover the days needed.
        """
        start = start.astimezone(UTC)
        if unit is Unit.MINUTES:
            return start + timedelta(minutes=amount)
        if unit is Unit.HOURS:
            return start + timedelta(hours=amount)
        if unit is Unit.CALENDAR_DAYS:
            return self._close(start.astimezone(LONDON).date() + amount * DAY)
        if unit is Unit.CALENDAR_MONTHS:
            return self._close(start.astimezone(LONDON).date() + relativedelta(months=amount))
        if unit is Unit.WORKING_DAYS:
            return self._close(self._working_day(start.astimezone(LONDON), amount, receipt or self.receipt, known_at))
        return _hours_less_days(start, timedelta(hours=amount), sundays=unit is not Unit.HOURS_LESS_CHRISTMAS)

    def proclaimed_after(self, moment: datetime) -> Iterator[datetime]:
        """The times after `moment` at which the list of bank holidays changed."""
        for edition in self.editions:
            if edition.since is not None and edition.since > moment:
                yield edition.since

    def _working_day(self, start: datetime, amount: int, receipt: Receipt, known_at: datetime | None) -> date:
        day = start.date()
        late = self.after_hours is Receipt.NEXT_WORKING_DAY and start.time() > self.close_of_day
        for edition in self._editions_from(known_at):
            received: date | None = day
            if late if edition.is_working(day) else receipt is Receipt.NEXT_WORKING_DAY:
                received = edition.working_day_after(day, 1)
            due = received and edition.working_day_after(received, amount)
            if due:
                return due
        raise HolidaysUnknown(self.division, self._first_unknown(day))

    def _editions_from(self, known_at: datetime | None) -> Iterator[Edition]:
        """The edition in force, then later ones: a year first listed later is still better than none."""
        in_force = 0
        for place, edition in enumerate(self.editions):
            if edition.since is None or known_at is None or edition.since <= known_at:
                in_force = place
        yield from self.editions[in_force:]

    def _first_unknown(self, day: date) -> date:
        latest = self.editions[-1]
        return day if day < latest.first or day > latest.last else latest.last + DAY

    def _close(self, day: date) -> datetime:
        return _in_utc(day, self.close_of_day)


@lru_cache(maxsize=4096)  # the same days come again and again when a whole history is judged
def _in_utc(day: date, london: time) -> datetime:
    return datetime.combine(day, london, tzinfo=LONDON).astimezone(UTC)


def _hours_less_days(start: datetime, amount: timedelta, *, sundays: bool) -> datetime:
    """Add elapsed hours, letting none pass during Christmas Day (and Good Friday and Sundays)."""
    moment, left = start, amount
    while True:
        day = moment.astimezone(LONDON).date()
        midnight = datetime.combine(day + DAY, time(), tzinfo=LONDON).astimezone(UTC)
        if not _disregarded(day, sundays=sundays):
            if moment + left <= midnight:
                return moment + left
            left -= midnight - moment
        moment = midnight


def _disregarded(day: date, *, sundays: bool) -> bool:
    if (day.month, day.day) == (12, 25):
        return True
    return sundays and (day.weekday() == 6 or day == easter(day.year) - 2 * DAY)
