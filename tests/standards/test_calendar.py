"""Deadlines: the oracle, the worked examples of the register, the traps."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import holidays
import pytest

from standards.calendar import LONDON, Calendar, Edition, HolidaysUnknown, Receipt, Unit
from tests.standards.history import at, england


def edition(subdivision: str = "ENG", first: int = 2012, last: int = 2028) -> Edition:
    days = frozenset(holidays.country_holidays("GB", subdiv=subdivision, years=range(first, last + 1)))
    return Edition(days, date(first, 1, 1), date(last, 12, 31))


# commitments.md section 6, worked test vectors: received, then 24 h, 48 h, 1, 3 and 5 working days.
WORKED = [
    ("2026-09-02 09:00", "2026-09-03 09:00", "2026-09-04 09:00", "2026-09-03", "2026-09-07", "2026-09-09"),
    ("2026-08-28 17:30", "2026-08-29 17:30", "2026-08-30 17:30", "2026-09-01", "2026-09-03", "2026-09-07"),
    ("2026-09-05 23:50", "2026-09-06 23:50", "2026-09-07 23:50", "2026-09-07", "2026-09-09", "2026-09-11"),
    ("2026-10-24 10:00", "2026-10-25 09:00", "2026-10-26 09:00", "2026-10-26", "2026-10-28", "2026-10-30"),
    ("2026-03-28 10:00", "2026-03-29 11:00", "2026-03-30 11:00", "2026-03-30", "2026-04-01", "2026-04-07"),
    ("2026-12-24 16:00", "2026-12-25 16:00", "2026-12-26 16:00", "2026-12-29", "2026-12-31", "2027-01-05"),
]


@pytest.mark.parametrize(("received", "h24", "h48", "wd1", "wd3", "wd5"), WORKED)
def test_worked_examples_of_the_register(received: str, h24: str, h48: str, wd1: str, wd3: str, wd5: str) -> None:
    calendar, start = england(), at(received)
    assert calendar.due(start, 24, Unit.HOURS) == at(h24)
    assert calendar.due(start, 48, Unit.HOURS) == at(h48)
    assert calendar.due(start, 1, Unit.WORKING_DAYS) == at(f"{wd1} 17:00")
    assert calendar.due(start, 3, Unit.WORKING_DAYS) == at(f"{wd3} 17:00")
    assert calendar.due(start, 5, Unit.WORKING_DAYS) == at(f"{wd5} 17:00")


def test_which_is_stricter_depends_on_the_weekday() -> None:
    """Rule 5: on Friday evening 48 hours come first, on Wednesday morning one working day does."""
    calendar = england()
    friday, wednesday = at("2026-09-04 18:00"), at("2026-09-02 09:00")
    assert calendar.due(friday, 48, Unit.HOURS) < calendar.due(friday, 1, Unit.WORKING_DAYS)
    assert calendar.due(wednesday, 1, Unit.WORKING_DAYS) < calendar.due(wednesday, 48, Unit.HOURS)


def test_the_working_day_is_the_day_in_london() -> None:
    """23:30 UTC on a Friday in June is Saturday there."""
    assert england().due(datetime(2026, 6, 12, 23, 30, tzinfo=UTC), 1, Unit.WORKING_DAYS) == at("2026-06-15 17:00")


@pytest.mark.parametrize(
    ("received", "receipt", "expected"),
    [
        ("2026-06-13 11:00", Receipt.DAY0, "2026-06-15 17:00"),
        ("2026-06-13 11:00", Receipt.NEXT_WORKING_DAY, "2026-06-16 17:00"),
        ("2026-06-12 23:59", Receipt.NEXT_WORKING_DAY, "2026-06-15 17:00"),  # a working day is itself day 0
    ],
)
def test_receipt_on_a_day_off(received: str, receipt: Receipt, expected: str) -> None:
    assert england().due(at(received), 1, Unit.WORKING_DAYS, receipt=receipt) == at(expected)


@pytest.mark.parametrize(
    ("start", "hours", "unit", "expected"),
    [
        # Starting on a day that does not count, the time begins to run at its end.
        ("2026-12-25 09:00", 48, Unit.HOURS_LESS_CHRISTMAS, "2026-12-28 00:00"),
        ("2026-04-03 15:00", 24, Unit.HOURS_LESS_CHRISTMAS_GOOD_FRIDAY_SUNDAYS, "2026-04-05 00:00"),
        ("2026-04-02 15:00", 24, Unit.HOURS_LESS_CHRISTMAS_GOOD_FRIDAY_SUNDAYS, "2026-04-04 15:00"),
        # Over both: Good Friday 2026 and Easter Sunday.
        ("2026-04-02 15:00", 48, Unit.HOURS_LESS_CHRISTMAS_GOOD_FRIDAY_SUNDAYS, "2026-04-06 15:00"),
        ("2026-06-10 15:00", 24, Unit.HOURS_LESS_CHRISTMAS, "2026-06-11 15:00"),
    ],
)
def test_hours_that_disregard_days(start: str, hours: int, unit: Unit, expected: str) -> None:
    assert england().due(at(start), hours, unit) == at(expected)


def test_calendar_days_end_at_the_close_of_day() -> None:
    assert england().due(at("2026-10-20 09:00"), 7, Unit.CALENDAR_DAYS) == at("2026-10-27 17:00")


def test_close_of_day_is_the_charters() -> None:
    calendar = Calendar("england-and-wales", (edition(),), time(23, 59, 59))
    assert calendar.due(at("2026-06-10 10:00"), 1, Unit.WORKING_DAYS).astimezone(LONDON).time() == time(23, 59, 59)


@pytest.mark.parametrize(
    ("day", "amount"),
    [("2028-12-29 10:00", 1), ("2028-12-20 10:00", 10), ("2011-12-30 10:00", 1), ("2031-06-04 10:00", 1)],
)
def test_an_unknown_year_is_an_error_never_monday_to_friday(day: str, amount: int) -> None:
    with pytest.raises(HolidaysUnknown):
        england().due(at(day), amount, Unit.WORKING_DAYS)


def test_elapsed_hours_need_no_holidays() -> None:
    assert england().due(at("2031-06-04 10:00"), 24, Unit.HOURS) == at("2031-06-05 10:00")


def test_a_holiday_counts_only_once_it_is_known() -> None:
    """The State Funeral, Monday 19 September 2022, was proclaimed on the 10th."""
    known = edition()
    before = Edition(known.holidays - {date(2022, 9, 19)}, known.first, known.last)
    after = Edition(known.holidays, known.first, known.last, since=at("2022-09-10 18:00"))
    calendar = Calendar("england-and-wales", (before, after))
    received = at("2022-09-13 12:00")
    assert calendar.due(received, 5, Unit.WORKING_DAYS, known_at=at("2022-09-09 12:00")) == at("2022-09-20 17:00")
    assert calendar.due(received, 5, Unit.WORKING_DAYS, known_at=received) == at("2022-09-21 17:00")
    assert calendar.due(received, 5, Unit.WORKING_DAYS) == at("2022-09-21 17:00")


def test_a_year_that_only_a_later_edition_knows_is_taken_from_it() -> None:
    calendar = Calendar(
        "england-and-wales",
        (
            edition(last=2026),
            Edition(edition().holidays, date(2012, 1, 1), date(2028, 12, 31), since=at("2026-11-01 09:00")),
        ),
    )
    start = at("2026-10-01 09:00")
    assert calendar.due(start, 70, Unit.WORKING_DAYS, known_at=start) == at("2027-01-12 17:00")
