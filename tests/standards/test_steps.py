"""A deadline shown step by step: it ends where the calendar's deadline is, and says why each day was passed over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards.calendar import Calendar, HolidaysUnknown, Receipt, Unit, Weekday
from standards.charter import Within
from standards.steps import steps
from tests.standards.history import at, england
from tests.standards.test_calendar import WORKED

NAMES = {
    date(2026, 4, 3): "Good Friday",
    date(2026, 4, 6): "Easter Monday",
    date(2026, 8, 31): "Summer bank holiday",
    date(2026, 12, 25): "Christmas Day",
}
NEXT = Receipt.NEXT_WORKING_DAY


def walked(start: str, amount: int, unit: Unit, **settings: object) -> list[tuple[str, str]]:
    calendar = replace(england(), **settings)
    return [(step.when, step.words) for step in steps(at(start), Within(amount, unit), calendar, NAMES)]


def test_working_days_pass_over_the_weekend_and_the_bank_holiday() -> None:
    assert walked("2026-08-28 17:30", 3, Unit.WORKING_DAYS) == [
        ("Friday 28 August 2026, 5:30pm", "received: the day of receipt is day 0"),
        ("Saturday 29 August 2026", "weekend"),
        ("Sunday 30 August 2026", "weekend"),
        ("Monday 31 August 2026", "Summer bank holiday"),
        ("Tuesday 1 September 2026", "working day 1"),
        ("Wednesday 2 September 2026", "working day 2"),
        ("Thursday 3 September 2026", "working day 3: due by 5:00pm, the end of the working day"),
    ]


def test_what_arrives_at_the_weekend_counts_from_monday_where_the_standards_say_so() -> None:
    assert walked("2026-09-05 23:50", 1, Unit.WORKING_DAYS, receipt=NEXT) == [
        ("Saturday 5 September 2026, 11:50pm", "not a working day, so it counts as received on the next one"),
        ("Sunday 6 September 2026", "weekend"),
        ("Monday 7 September 2026", "counts as the day of receipt: day 0"),
        ("Tuesday 8 September 2026", "working day 1: due by 5:00pm, the end of the working day"),
    ]


def test_what_arrives_after_hours_counts_from_the_next_working_day_where_the_standards_say_so() -> None:
    assert walked("2026-09-02 18:00", 1, Unit.WORKING_DAYS, after_hours=NEXT, close_of_day=time(16, 30)) == [
        (
            "Wednesday 2 September 2026, 6:00pm",
            "after 4:30pm, the end of the working day, so it counts as received on the next working day",
        ),
        ("Thursday 3 September 2026", "counts as the day of receipt: day 0"),
        ("Friday 4 September 2026", "working day 1: due by 4:30pm, the end of the working day"),
    ]


def test_a_day_on_which_the_partnership_does_not_work_is_no_weekend() -> None:
    four_days = (Weekday.MON, Weekday.TUE, Weekday.WED, Weekday.THU)
    calendar = england()
    short = replace(calendar, editions=tuple(replace(edition, week=four_days) for edition in calendar.editions))
    found = steps(at("2026-09-03 09:00"), Within(1, Unit.WORKING_DAYS), short, NAMES)
    assert [(step.when, step.words) for step in found[1:3]] == [
        ("Friday 4 September 2026", "not a working day of this partnership"),
        ("Saturday 5 September 2026", "weekend"),
    ]


def test_hours_say_what_the_clocks_do() -> None:
    assert walked("2026-10-24 10:00", 24, Unit.HOURS) == [
        (
            "Saturday 24 October 2026, 10:00am",
            "received: every hour counts from now on, nights, weekends and holidays included",
        ),
        ("Sunday 25 October 2026", "The clocks go back on Sunday 25 October, so 24 hours end at 9:00am"),
        ("Sunday 25 October 2026, 9:00am", "24 hours have passed: due"),
    ]
    assert walked("2026-03-28 10:00", 48, Unit.HOURS)[1:] == [
        ("Sunday 29 March 2026", "The clocks go forward on Sunday 29 March, so 48 hours end at 11:00am"),
        ("Monday 30 March 2026, 11:00am", "48 hours have passed: due"),
    ]
    assert walked("2026-09-02 09:00", 15, Unit.MINUTES)[1:] == [
        ("Wednesday 2 September 2026, 9:15am", "15 minutes have passed: due")
    ]


def test_over_both_changes_of_the_clocks_neither_is_blamed_for_the_end() -> None:
    assert [words for _, words in walked("2026-03-01 10:00", 6000, Unit.HOURS)[1:]] == [
        "The clocks go forward on Sunday 29 March",
        "The clocks go back on Sunday 25 October",
        "6000 hours have passed: due",
    ]


def test_hours_that_disregard_days_say_which() -> None:
    assert walked("2026-12-24 16:00", 48, Unit.HOURS_LESS_CHRISTMAS_GOOD_FRIDAY_SUNDAYS) == [
        ("Thursday 24 December 2026, 4:00pm", "received: the hours are counted from now on"),
        ("Thursday 24 December 2026", "8 hours counted, 40 hours left"),
        ("Friday 25 December 2026", "Christmas Day, no time counts"),
        ("Saturday 26 December 2026", "24 hours counted, 16 hours left"),
        ("Sunday 27 December 2026", "Sunday, no time counts"),
        ("Monday 28 December 2026, 4:00pm", "the last of the hours have passed: due"),
    ]
    assert walked("2026-12-27 22:30", 2, Unit.HOURS_LESS_CHRISTMAS)[1:] == [
        ("Sunday 27 December 2026", "1 hour 30 minutes counted, 30 minutes left"),
        ("Monday 28 December 2026, 12:30am", "the last of the hours have passed: due"),
    ]
    good_friday = walked("2026-04-02 22:00", 3, Unit.HOURS_LESS_CHRISTMAS_GOOD_FRIDAY_SUNDAYS)
    assert good_friday[2] == ("Friday 3 April 2026", "Good Friday, no time counts")


def test_days_and_months_of_the_calendar() -> None:
    assert walked("2026-09-04 09:00", 2, Unit.CALENDAR_DAYS) == [
        ("Friday 4 September 2026, 9:00am", "received: the day of receipt is day 0"),
        ("Saturday 5 September 2026", "day 1"),
        ("Sunday 6 September 2026", "day 2: due by 5:00pm, the end of the working day"),
    ]
    assert walked("2026-01-31 16:00", 2, Unit.CALENDAR_MONTHS) == [
        ("Saturday 31 January 2026, 4:00pm", "received: the months are counted from this day"),
        ("Saturday 28 February 2026", "month 1, February has no 31st, so its last day"),
        ("Tuesday 31 March 2026", "month 2: due by 5:00pm, the end of the working day"),
    ]


@pytest.mark.parametrize("row", WORKED)
def test_the_worked_examples_of_the_register(row: tuple[str, ...]) -> None:
    received, *expected = row
    amounts = [(24, Unit.HOURS), (48, Unit.HOURS)] + [(days, Unit.WORKING_DAYS) for days in (1, 3, 5)]
    found = [steps(at(received), Within(*amount), england(), NAMES)[-1].at for amount in amounts]
    assert found == [at(due if " " in due else f"{due} 17:00") for due in expected]


@pytest.mark.parametrize("start", ["2011-12-30 09:00", "2028-12-29 09:00"])
def test_a_year_that_the_table_does_not_know_is_an_error_in_words(start: str) -> None:
    year = 2011 if start < "2012" else 2029
    words = f"The bank holidays of {year} .england-and-wales. are not known, so no working-day deadline can be given."
    with pytest.raises(HolidaysUnknown, match=words):
        steps(at(start), Within(3, Unit.WORKING_DAYS), england(), NAMES)


weeks = st.lists(st.sampled_from(Weekday), min_size=1, unique=True).map(tuple)
# Beyond what the table knows as well: both must refuse the same.
minutes = st.integers(-60 * 24 * 30, 60 * 24 * 365 * 17)
moments = minutes.map(lambda number: datetime(2012, 1, 1, tzinfo=UTC) + timedelta(minutes=number))


def ending(find: Callable[[], datetime]) -> datetime | date:
    """The deadline, or the day that is not known."""
    try:
        return find()
    except HolidaysUnknown as unknown:
        return unknown.day


@given(
    moments,
    st.integers(1, 90),
    st.sampled_from(Unit),
    weeks,
    st.times(),
    st.sampled_from(Receipt),
    st.sampled_from(Receipt),
)
def test_the_last_step_is_at_the_deadline(start, amount, unit, week, close, receipt, after_hours) -> None:
    editions = tuple(replace(edition, week=week) for edition in england().editions)
    calendar = Calendar("england-and-wales", editions, close, receipt, after_hours)
    due = ending(lambda: calendar.due(start, amount, unit))
    assert ending(lambda: steps(start, Within(amount, unit), calendar, NAMES)[-1].at) == due


@given(moments.filter(lambda start: start.year in range(2012, 2028)), st.integers(1, 60))
def test_as_many_days_count_as_are_allowed(start, amount) -> None:
    for unit in (Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.CALENDAR_MONTHS):
        found = steps(start, Within(amount, unit), england(), NAMES)
        assert found[0].at == start
        assert [step.counts for step in found].count(True) == amount
        assert found[-1].counts
