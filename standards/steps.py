"""A deadline shown step by step, pure: which days were counted, which were passed over, and why.

`Calendar.due` gives the deadline; this walks the way to it day by day, so that anybody can check it by hand. The last
step is always at the deadline that `Calendar.due` gives for the latest list of bank holidays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

from frontend.words import MONTHS, WEEKDAYS, date_words, moment_words, time_words
from standards.calendar import DAY, LONDON, Calendar, Edition, HolidaysUnknown, Receipt, Unit, Weekday
from standards.charter import Within
from standards.phrases import amount_words

Names = Mapping[date, str]


@dataclass(frozen=True)
class Step:
    """One step of the way: a day or a moment, what it is, and whether it counts towards the deadline."""

    at: datetime  # in UTC; of the last step, the deadline
    when: str  # "Saturday 29 August 2026"
    words: str  # "weekend"
    counts: bool = False


def steps(start: datetime, within: Within, calendar: Calendar, names: Names) -> list[Step]:
    """The way from `start` to the deadline. `names` are the bank holidays' names by day.

    Raises HolidaysUnknown where `Calendar.due` does: the table does not know a year that the deadline needs.
    """
    start = start.astimezone(UTC)
    if within.unit is Unit.WORKING_DAYS:
        return list(_working_days(start, within.amount, calendar, names))
    if within.unit is Unit.CALENDAR_DAYS:
        return list(_calendar_days(start, within.amount, calendar))
    if within.unit is Unit.CALENDAR_MONTHS:
        return list(_months(start, within.amount, calendar))
    if within.unit in {Unit.MINUTES, Unit.HOURS}:
        return list(_elapsed(start, within))
    return list(_hours_less_days(start, within))


def _received(start: datetime, words: str) -> Step:
    return Step(start, moment_words(start), words)


def _day_words(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()]} {date_words(day)}"


def _london(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()


def _close(day: date, calendar: Calendar) -> datetime:
    return datetime.combine(day, calendar.close_of_day, tzinfo=LONDON).astimezone(UTC)


def _due_by(calendar: Calendar) -> str:
    return f"due by {time_words(calendar.close_of_day)}, the end of the working day"


# --- working days ---


def _working_days(start: datetime, amount: int, calendar: Calendar, names: Names) -> Iterator[Step]:
    week, day = calendar.editions[-1], _london(start)
    if not week.first <= day <= week.last:
        raise HolidaysUnknown(calendar.division, day)
    reason = _counts_later(start, calendar, week)
    yield _received(start, reason or "received: the day of receipt is day 0")
    if reason:
        day += DAY
        while not _is_working(day, calendar, week):
            yield Step(_close(day, calendar), _day_words(day), _passed_over(day, week, names))
            day += DAY
        yield Step(_close(day, calendar), _day_words(day), "counts as the day of receipt: day 0")
    counted = 0
    while counted < amount:
        day += DAY
        if not _is_working(day, calendar, week):
            yield Step(_close(day, calendar), _day_words(day), _passed_over(day, week, names))
            continue
        counted += 1
        last = f": {_due_by(calendar)}" if counted == amount else ""
        yield Step(_close(day, calendar), _day_words(day), f"working day {counted}{last}", counts=True)


def _counts_later(start: datetime, calendar: Calendar, week: Edition) -> str:
    """Why something counts as received on the next working day, when the standards have it so."""
    ends = calendar.close_of_day
    if not week.is_working(_london(start)):
        if calendar.receipt is Receipt.NEXT_WORKING_DAY:
            return "not a working day, so it counts as received on the next one"
    elif calendar.after_hours is Receipt.NEXT_WORKING_DAY and start.astimezone(LONDON).time() > ends:
        return f"after {time_words(ends)}, the end of the working day, so it counts as received on the next working day"
    return ""


def _is_working(day: date, calendar: Calendar, week: Edition) -> bool:
    if day > week.last:
        raise HolidaysUnknown(calendar.division, day)
    return week.is_working(day)


def _passed_over(day: date, week: Edition, names: Names) -> str:
    if tuple(Weekday)[day.weekday()] in week.week:
        return names.get(day, "Bank holiday")
    return "weekend" if day.weekday() >= 5 else "not a working day of this partnership"


# --- calendar days and months ---


def _calendar_days(start: datetime, amount: int, calendar: Calendar) -> Iterator[Step]:
    yield _received(start, "received: the day of receipt is day 0")
    for count in range(1, amount + 1):
        day = _london(start) + count * DAY
        last = f": {_due_by(calendar)}" if count == amount else ""
        yield Step(_close(day, calendar), _day_words(day), f"day {count}{last}", counts=True)


def _months(start: datetime, amount: int, calendar: Calendar) -> Iterator[Step]:
    yield _received(start, "received: the months are counted from this day")
    received = _london(start)
    for count in range(1, amount + 1):
        day = received + relativedelta(months=count)
        words = f"month {count}"
        if day.day != received.day:
            missing = f"{received.day}{'st' if received.day == 31 else 'th'}"
            words += f", {MONTHS[day.month - 1]} has no {missing}, so its last day"
        if count == amount:
            words += f": {_due_by(calendar)}"
        yield Step(_close(day, calendar), _day_words(day), words, counts=True)


# --- elapsed time ---


def _elapsed(start: datetime, within: Within) -> Iterator[Step]:
    minutes = within.amount * (1 if within.unit is Unit.MINUTES else 60)
    due = start + timedelta(minutes=minutes)
    length = amount_words(within.amount, within.unit)
    yield _received(start, "received: every hour counts from now on, nights, weekends and holidays included")
    changes = list(_clock_changes(start, due))
    for moment, direction in changes:
        day = _london(moment)
        words = f"The clocks go {direction} on {WEEKDAYS[day.weekday()]} {date_words(day, short=True)}"
        if len(changes) == 1:
            words += f", so {length} end at {time_words(due)}"
        yield Step(moment, _day_words(day), words)
    yield Step(due, moment_words(due), f"{length} have passed: due", counts=True)


def _clock_changes(start: datetime, end: datetime) -> Iterator[tuple[datetime, str]]:
    """The moments between two at which London's clocks change, and which way. They change at 1:00 in UTC."""
    moment = datetime.combine(start.date(), time(1), tzinfo=UTC)
    while moment <= end:
        before, after = (moment - timedelta(minutes=1)).astimezone(LONDON), moment.astimezone(LONDON)
        if moment > start and before.utcoffset() != after.utcoffset():
            yield moment, "forward" if after.dst() else "back"
        moment += DAY


def _hours_less_days(start: datetime, within: Within) -> Iterator[Step]:
    """Hours of which none pass on Christmas Day (and Good Friday and Sundays)."""
    sundays = within.unit is not Unit.HOURS_LESS_CHRISTMAS
    left, moment = timedelta(hours=within.amount), start
    yield _received(start, "received: the hours are counted from now on")
    while True:
        day = _london(moment)
        midnight = datetime.combine(day + DAY, time(), tzinfo=LONDON).astimezone(UTC)
        if reason := _disregarded(day, sundays=sundays):
            yield Step(midnight, _day_words(day), f"{reason}, no time counts")
        elif moment + left <= midnight:
            yield Step(
                moment + left, moment_words(moment + left), "the last of the hours have passed: due", counts=True
            )
            return
        else:
            passed = midnight - moment
            left -= passed
            words = f"{_hours_words(passed)} counted, {_hours_words(left)} left"
            yield Step(midnight, _day_words(day), words, counts=True)
        moment = midnight


def _hours_words(span: timedelta) -> str:
    """In hours however many they are: these deadlines are given in hours."""
    hours, minutes = divmod(span // timedelta(minutes=1), 60)
    said = [amount_words(hours, Unit.HOURS)] if hours else []
    return " ".join([*said, amount_words(minutes, Unit.MINUTES)] if minutes or not said else said)


def _disregarded(day: date, *, sundays: bool) -> str:
    if (day.month, day.day) == (12, 25):
        return "Christmas Day"
    if sundays and day.weekday() == 6:
        return "Sunday"
    return "Good Friday" if sundays and day == easter(day.year) - 2 * DAY else ""
