"""Dates, times and spans in plain English, for pages and e-mails alike. Pure: no settings, no own clock.

Every moment must be aware; it is told in the local time of England and Wales, whatever zone it comes in.
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

# Not strftime's names: those follow the locale of the process.
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("January", "February", "March", "April", "May", "June", "July",
          "August", "September", "October", "November", "December")  # fmt: skip

DAY = dt.timedelta(days=1)


def date_words(value: dt.date, *, short: bool = False) -> str:
    """`3 September 2026`; `short` leaves the year out. A moment is told by its day in London."""
    day = local(value).date() if isinstance(value, dt.datetime) else value
    words = f"{day.day} {MONTHS[day.month - 1]}"
    return words if short else f"{words} {day.year}"


def time_words(value: dt.datetime | dt.time) -> str:
    """`9:00am`. Noon and midnight say which they are, because 12am and 12pm are read both ways."""
    time = local(value).time() if isinstance(value, dt.datetime) else value
    words = f"{time.hour % 12 or 12}:{time.minute:02d}{'am' if time.hour < 12 else 'pm'}"
    if (time.hour, time.minute) == (0, 0):
        return f"{words} (midnight)"
    if (time.hour, time.minute) == (12, 0):
        return f"{words} (midday)"
    return words


def moment_words(value: dt.datetime, *, short: bool = False) -> str:
    """`Thursday 3 September 2026, 9:00am`; `short` leaves the year out.

    In the hour that the autumn clock change repeats, the zone is told as well (`1:30am GMT`).
    """
    moment = local(value)
    zone = f" {moment.tzname()}" if _happens_twice(moment) else ""
    return f"{WEEKDAYS[moment.weekday()]} {date_words(moment, short=short)}, {time_words(moment)}{zone}"


def duration_words(span: dt.timedelta) -> str:
    """`2 days 3 hours`, `45 minutes`, `less than a minute`: two neighbouring units at most, rounded down.

    A span has no direction here: a negative one reads like its opposite.
    """
    minutes = int(abs(span).total_seconds()) // 60
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return _joined(_counted(days, "day"), _counted(hours, "hour"))
    if hours:
        return _joined(_counted(hours, "hour"), _counted(minutes, "minute"))
    return _counted(minutes, "minute") or "less than a minute"


def due_words(due: dt.datetime, now: dt.datetime) -> str:
    """A deadline: `Due today by 5:00pm`, `Due tomorrow by 9:00am`, `Due in 4 days`, `2 days overdue`.

    Days are calendar days in London. Under 24 hours late is told in hours or minutes, rounded down. A
    deadline at the stroke of midnight belongs to the day that ends with it (`Due today by midnight`): told
    as 12:00am of the next day it would be taken for a day later than it is.
    """
    due, now = utc(due), utc(now)
    if now > due:
        return _overdue_words(due, now)
    by = "midnight" if _is_midnight(due) else time_words(due)
    days = days_left(due, now)
    if days <= 0:
        return f"Due today by {by}"
    if days == 1:
        return f"Due tomorrow by {by}"
    return f"Due in {days} days"


def days_left(due: dt.datetime, now: dt.datetime) -> int:
    """Calendar days in London until a deadline: 0 today, 1 tomorrow. Midnight ends the day before it."""
    last_day = local(due).date() - (DAY if _is_midnight(due) else dt.timedelta())
    return (last_day - local(now).date()).days


def local(value: dt.datetime) -> dt.datetime:
    """The same moment on London's clocks. A naive value is refused: nobody can say when it is."""
    if value.utcoffset() is None:
        raise ValueError(f"{value!r} has no time zone")
    return value.astimezone(LONDON)


def utc(value: dt.datetime) -> dt.datetime:
    """The same moment in UTC, in which alone moments may be compared and subtracted.

    Between two values of one zone Python goes by the hands of the clock, and is an hour out at its changes.
    """
    return local(value).astimezone(dt.UTC)


def _overdue_words(due: dt.datetime, now: dt.datetime) -> str:
    late = now - due
    days = (local(now).date() - local(due).date()).days
    # The day the clocks go back has 25 hours: 24 of them can pass without a new date.
    if late >= DAY and days:
        return f"{_counted(days, 'day')} overdue"
    hours, minutes = divmod(int(late.total_seconds()) // 60, 60)
    return f"{_counted(hours, 'hour') or _counted(minutes, 'minute') or 'less than a minute'} overdue"


def _is_midnight(moment: dt.datetime) -> bool:
    return local(moment).time() == dt.time.min


def _happens_twice(moment: dt.datetime) -> bool:
    other = moment.replace(fold=1 - moment.fold)
    # In the spring gap the two readings differ as well, but no moment falls into it.
    return moment.utcoffset() != other.utcoffset()


def _counted(number: int, unit: str) -> str:
    return f"{number:,} {unit}{'' if number == 1 else 's'}" if number else ""


def _joined(*words: str) -> str:
    return " ".join(word for word in words if word)
