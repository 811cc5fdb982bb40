"""Words for times. The clocks go forward on 29 March 2026 at 1:00 and back on 25 October 2026 at 2:00."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from frontend.words import (
    LONDON,
    date_words,
    days_left,
    due_words,
    duration_words,
    moment_words,
    time_words,
)

UTC = dt.UTC


def london(month: int, day: int, hour: int = 0, minute: int = 0, fold: int = 0) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, minute, tzinfo=LONDON, fold=fold)


@pytest.mark.parametrize(
    ("value", "words", "short"),
    [
        (dt.date(2026, 9, 3), "3 September 2026", "3 September"),
        (dt.date(1999, 12, 31), "31 December 1999", "31 December"),
        (dt.datetime(2026, 9, 2, 23, 30, tzinfo=UTC), "3 September 2026", "3 September"),
        (dt.datetime(2026, 12, 2, 23, 30, tzinfo=UTC), "2 December 2026", "2 December"),
    ],
)
def test_date_words(value, words, short):
    assert date_words(value) == words
    assert date_words(value, short=True) == short


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [
        (0, 0, "12:00am (midnight)"),
        (0, 1, "12:01am"),
        (9, 0, "9:00am"),
        (11, 59, "11:59am"),
        (12, 0, "12:00pm (midday)"),
        (12, 30, "12:30pm"),
        (21, 5, "9:05pm"),
        (23, 59, "11:59pm"),
    ],
)
def test_time_words(hour, minute, words):
    assert time_words(dt.time(hour, minute)) == words
    assert time_words(london(9, 3, hour, minute)) == words


@pytest.mark.parametrize(
    ("moment", "words", "short"),
    [
        (london(9, 3, 9), "Thursday 3 September 2026, 9:00am", "Thursday 3 September, 9:00am"),
        (
            london(9, 3, 12),
            "Thursday 3 September 2026, 12:00pm (midday)",
            "Thursday 3 September, 12:00pm (midday)",
        ),
        (
            london(1, 1),
            "Thursday 1 January 2026, 12:00am (midnight)",
            "Thursday 1 January, 12:00am (midnight)",
        ),
        # told in London's time, whatever zone it comes in
        (
            dt.datetime(2026, 7, 1, 23, 15, tzinfo=UTC),
            "Thursday 2 July 2026, 12:15am",
            "Thursday 2 July, 12:15am",
        ),
        (
            dt.datetime(2026, 9, 3, 4, 0, tzinfo=ZoneInfo("America/New_York")),
            "Thursday 3 September 2026, 9:00am",
            "Thursday 3 September, 9:00am",
        ),
        # spring: one second before 1:00 is followed by 2:00
        (
            dt.datetime(2026, 3, 29, 0, 59, tzinfo=UTC),
            "Sunday 29 March 2026, 12:59am",
            "Sunday 29 March, 12:59am",
        ),
        (
            dt.datetime(2026, 3, 29, 1, 0, tzinfo=UTC),
            "Sunday 29 March 2026, 2:00am",
            "Sunday 29 March, 2:00am",
        ),
        # autumn: 1:30 comes twice, and each says which it is
        (
            dt.datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
            "Sunday 25 October 2026, 1:30am BST",
            "Sunday 25 October, 1:30am BST",
        ),
        (
            dt.datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
            "Sunday 25 October 2026, 1:30am GMT",
            "Sunday 25 October, 1:30am GMT",
        ),
        (
            dt.datetime(2026, 10, 25, 2, 0, tzinfo=UTC),
            "Sunday 25 October 2026, 2:00am",
            "Sunday 25 October, 2:00am",
        ),
    ],
)
def test_moment_words(moment, words, short):
    assert moment_words(moment) == words
    assert moment_words(moment, short=True) == short


@pytest.mark.parametrize("tell", [moment_words, date_words, time_words])
def test_a_moment_without_zone_is_refused(tell):
    with pytest.raises(ValueError, match="no time zone"):
        tell(dt.datetime(2026, 9, 3, 9))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (dt.timedelta(), "less than a minute"),
        (dt.timedelta(seconds=59), "less than a minute"),
        (dt.timedelta(minutes=1), "1 minute"),
        (dt.timedelta(minutes=45), "45 minutes"),
        (dt.timedelta(minutes=59, seconds=59), "59 minutes"),
        (dt.timedelta(hours=1), "1 hour"),
        (dt.timedelta(hours=1, minutes=1), "1 hour 1 minute"),
        (dt.timedelta(hours=23, minutes=59), "23 hours 59 minutes"),
        (dt.timedelta(days=1), "1 day"),
        (dt.timedelta(days=1, minutes=30), "1 day"),
        (dt.timedelta(days=2, hours=3, minutes=59), "2 days 3 hours"),
        (dt.timedelta(days=1500), "1,500 days"),
        (-dt.timedelta(days=2, hours=3), "2 days 3 hours"),
        (-dt.timedelta(seconds=30), "less than a minute"),
    ],
)
def test_duration_words(span, words):
    assert duration_words(span) == words


@pytest.mark.parametrize(
    ("due", "now", "words"),
    [
        # to come, in calendar days of London
        (london(9, 3, 17), london(9, 3, 9), "Due today by 5:00pm"),
        (london(9, 3, 17), london(9, 3, 17), "Due today by 5:00pm"),
        (london(9, 3, 12), london(9, 3, 9), "Due today by 12:00pm (midday)"),
        (london(9, 4, 9), london(9, 3, 23, 59), "Due tomorrow by 9:00am"),
        (london(9, 4, 9), london(9, 3, 0, 0), "Due tomorrow by 9:00am"),
        (london(9, 7, 9), london(9, 3, 23, 59), "Due in 4 days"),
        (london(9, 5, 9), london(9, 3, 23, 59), "Due in 2 days"),
        # a deadline at midnight belongs to the day it ends
        (london(9, 4), london(9, 3, 9), "Due today by midnight"),
        (london(9, 5), london(9, 3, 9), "Due tomorrow by midnight"),
        (london(9, 3), london(9, 3), "Due today by midnight"),
        # late by less than a day
        (london(9, 3, 17), london(9, 3, 17) + dt.timedelta(seconds=1), "less than a minute overdue"),
        (london(9, 3, 17), london(9, 3, 17, 45), "45 minutes overdue"),
        (london(9, 3, 17), london(9, 3, 18), "1 hour overdue"),
        (london(9, 3, 17), london(9, 4, 16, 59), "23 hours overdue"),
        # late by days
        (london(9, 3, 17), london(9, 4, 17), "1 day overdue"),
        (london(9, 3, 17), london(9, 5, 9), "2 days overdue"),
        (london(9, 1, 17), london(9, 3, 17), "2 days overdue"),
        # the day the clocks go forward has 23 hours, the day they go back has 25
        (london(3, 30, 9), london(3, 28, 10), "Due in 2 days"),
        # ... and Python subtracts the hands of the clock when both sides have one zone
        (london(3, 28, 12), london(3, 29, 12), "23 hours overdue"),
        (london(3, 28, 12), london(3, 29, 13), "1 day overdue"),
        (london(10, 25, 0, 15), london(10, 25, 23, 30), "24 hours overdue"),
        (london(10, 26, 9), london(10, 25, 1, 30, fold=1), "Due tomorrow by 9:00am"),
        # late in the evening in summer, UTC has another date than London
        (
            dt.datetime(2026, 7, 2, 16, tzinfo=UTC),
            dt.datetime(2026, 7, 1, 23, 30, tzinfo=UTC),
            "Due today by 5:00pm",
        ),
    ],
)
def test_due_words(due, now, words):
    assert due_words(due, now) == words


def test_days_left():
    assert days_left(london(9, 3, 17), london(9, 3, 9)) == 0
    assert days_left(london(9, 4), london(9, 3, 9)) == 0
    assert days_left(london(9, 4, 0, 1), london(9, 3, 9)) == 1
    assert days_left(london(9, 2, 9), london(9, 3, 9)) == -1
