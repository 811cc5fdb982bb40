"""Typed dates and times: what is taken, what is refused, in which words and beside which box."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError

from frontend.forms import DateField, GovukForm, MomentField, parse_time
from frontend.words import LONDON
from tests.frontend.markup import ids

pytestmark = pytest.mark.usefixtures("kit")

NOW = dt.datetime(2026, 9, 3, 10, 30, tzinfo=LONDON)
EVERY = ["day", "month", "year"]


@pytest.fixture(autouse=True)
def _third_of_september():
    with time_machine.travel(NOW, tick=False):
        yield


def refusals(field, typed):
    """(words, boxes) of each error."""
    with pytest.raises(ValidationError) as caught:
        field.clean(typed)
    return [(error.messages[0], (error.params or {}).get("parts")) for error in caught.value.error_list]


# --- dates ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        ("3", "9", "2026"),
        ("03", "09", "2026"),
        ("3", "September", "2026"),
        ("3", "sept", "2026"),
        ("3", "Sep.", "2026"),
    ],
)
def test_a_date(typed):
    assert DateField().clean(typed) == dt.date(2026, 9, 3)


def test_the_29th_of_february():
    assert DateField().clean(("29", "2", "2028")) == dt.date(2028, 2, 29)


@pytest.mark.parametrize(
    ("typed", "words", "boxes"),
    [
        (("", "9", "2026"), "Date of birth must include a day", ["day"]),
        (("", "", "2026"), "Date of birth must include a day and month", ["day", "month"]),
        (("3", "", ""), "Date of birth must include a month and year", ["month", "year"]),
        (("31", "2", "2026"), "Date of birth must be a real date", EVERY),
        (("29", "2", "2026"), "Date of birth must be a real date", EVERY),
        (("32", "1", "2026"), "Date of birth must be a real date", ["day"]),
        (("0", "1", "2026"), "Date of birth must be a real date", ["day"]),
        (("1", "13", "2026"), "Date of birth must be a real date", ["month"]),
        (("1", "ma", "2026"), "Date of birth must be a real date", ["month"]),
        (("x", "Brumaire", "2026"), "Date of birth must be a real date", ["day", "month"]),
        (("x", "y", "z"), "Date of birth must be a real date", EVERY),
        (("٣", "9", "2026"), "Date of birth must be a real date", ["day"]),
        (("3", "9", "26"), "Year must include 4 numbers", ["year"]),
        (("3", "9", "1066"), "Year must be between 1900 and 2100", ["year"]),
        (("3", "9", "20260"), "Date of birth must be a real date", ["year"]),
    ],
)
def test_no_date(typed, words, boxes):
    assert refusals(DateField(subject="date of birth"), typed) == [(words, boxes)]


def test_a_missing_date():
    assert refusals(DateField(subject="date of birth"), ("", "", "")) == [("Enter date of birth", None)]
    assert refusals(DateField(error_messages={"required": "Say when"}), None) == [("Say when", None)]
    assert DateField(required=False).clean(("", "", "")) is None


def test_past_and_future_dates():
    today, tomorrow, yesterday = ("3", "9", "2026"), ("4", "9", "2026"), ("2", "9", "2026")
    past, future = DateField(past=True), DateField(future=True)
    assert past.clean(today) == future.clean(today) == dt.date(2026, 9, 3)
    assert refusals(past, tomorrow) == [("The date must be today or in the past", EVERY)]
    assert refusals(future, yesterday) == [("The date must be today or in the future", EVERY)]
    with pytest.raises(ValueError, match="both sides"):
        DateField(past=True, future=True)


def test_today_is_londons():
    # half past midnight in London, the evening before in UTC
    with time_machine.travel(dt.datetime(2026, 9, 3, 23, 30, tzinfo=dt.UTC), tick=False):
        assert DateField(past=True).clean(("4", "9", "2026")) == dt.date(2026, 9, 4)


# --- times of day -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("9:00", 9, 0), ("09:00", 9, 0), ("9.30am", 9, 30), ("9:30 AM", 9, 30), ("21:15", 21, 15),
        ("9pm", 21, 0), ("9 pm", 21, 0), ("9 p.m.", 21, 0), ("9.05 p.m.", 21, 5), ("0930", 9, 30),
        ("930am", 9, 30), ("12am", 0, 0), ("12:00am", 0, 0), ("12pm", 12, 0), ("12:30am", 0, 30),
        ("12.30pm", 12, 30), ("midday", 12, 0), ("noon", 12, 0), ("12 noon", 12, 0), ("midnight", 0, 0),
        ("0:00", 0, 0), ("00:00", 0, 0), ("23:59", 23, 59), ("21:15pm", 21, 15),
    ],
)  # fmt: skip
def test_a_time(text, hour, minute):
    assert parse_time(text) == dt.time(hour, minute)


@pytest.mark.parametrize(
    "text",
    [
        "", "9", "21", "24:00", "25:00", "9:60", "9:5", "13am", "0am", "0:30pm", "late", "9 o'clock",
        "9:00:00", "-9:00", "9:30 xm", "٩:٠٠", "9..30", "1 2 3",
    ],
)  # fmt: skip
def test_no_time(text):
    assert parse_time(text) is None


# --- moments ----------------------------------------------------------------------------------------


def test_a_moment():
    moment = MomentField().clean(("3", "9", "2026", "9.30am"))
    assert moment == dt.datetime(2026, 9, 3, 8, 30, tzinfo=dt.UTC)
    assert moment.tzinfo is LONDON
    assert MomentField(required=False).clean(("", "", "", "")) is None


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (("", "", "", ""), [("Enter the date and time", None)]),
        (("3", "9", "2026", ""), [("The date and time must include a time", ["time"])]),
        (("", "", "", "9am"), [("The date and time must include a day, month and year", EVERY)]),
        (("3", "9", "2026", "9"), [("Enter a time, like 9:30am or 2:15pm", ["time"])]),
        (("31", "2", "2026", "9am"), [("The date and time must be a real date", EVERY)]),
        (
            ("31", "2", "2026", "late"),
            [
                ("The date and time must be a real date", EVERY),
                ("Enter a time, like 9:30am or 2:15pm", ["time"]),
            ],
        ),
    ],
)
def test_no_moment(typed, expected):
    assert refusals(MomentField(), typed) == expected


@pytest.mark.parametrize("time", ["1am", "1:00", "1:30am", "1:59"])
def test_the_hour_that_spring_skips(time):
    [(words, boxes)] = refusals(MomentField(), ("29", "3", "2026", time))
    assert "on 29 March 2026, because the clocks go forward" in words
    assert boxes == ["time"]


@pytest.mark.parametrize(("time", "utc_hour"), [("12:59am", 0), ("2am", 1)])
def test_around_the_hour_that_spring_skips(time, utc_hour):
    moment = MomentField().clean(("29", "3", "2026", time))
    assert moment.astimezone(dt.UTC).hour == utc_hour


@pytest.mark.parametrize(
    ("time", "utc"),
    [
        ("12:59am", dt.datetime(2026, 10, 24, 23, 59, tzinfo=dt.UTC)),
        ("1am", dt.datetime(2026, 10, 25, 0, 0, tzinfo=dt.UTC)),
        ("1:30am", dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)),
        ("2am", dt.datetime(2026, 10, 25, 2, 0, tzinfo=dt.UTC)),
    ],
)
def test_the_hour_that_autumn_repeats_means_the_earlier(time, utc):
    assert MomentField().clean(("25", "10", "2026", time)).astimezone(dt.UTC) == utc


def test_past_moments():
    field = MomentField(past=True)
    assert field.clean(("3", "9", "2026", "10:30")) == NOW
    assert field.clean(("3", "9", "2026", "10:31"))  # a minute's allowance
    assert refusals(field, ("3", "9", "2026", "10:32")) == [("The date and time must be in the past", ["time"])]
    assert refusals(field, ("4", "9", "2026", "9am")) == [("The date and time must be in the past", EVERY)]


def test_future_moments():
    field = MomentField(future=True)
    assert field.clean(("3", "9", "2026", "10:29"))
    assert refusals(field, ("3", "9", "2026", "10:28")) == [("The date and time must be in the future", ["time"])]
    assert refusals(field, ("2", "9", "2026", "11pm")) == [("The date and time must be in the future", EVERY)]


# --- in forms ---------------------------------------------------------------------------------------


class Visit(GovukForm):
    at = MomentField(label="When was the visit?", subject="the date and time of the visit", past=True)
    next = DateField(label="Date of the next visit", required=False, future=True)


def test_names_of_the_boxes():
    form = Visit({"at_day": "1", "at_month": "9", "at_year": "2026", "at_time": "2pm"})
    assert form.is_valid()
    assert form.cleaned_data == {"at": dt.datetime(2026, 9, 1, 14, tzinfo=LONDON), "next": None}


def test_the_boxes_show_a_moment_of_any_zone_in_london():
    html = str(Visit(initial={"at": dt.datetime(2026, 9, 1, 11, 0, tzinfo=dt.UTC), "next": dt.date(2026, 10, 5)}))
    assert [f'value="{text}"' in html for text in ("1", "9", "2026", "12:00pm", "5", "10")] == [True] * 6


def test_the_boxes_show_what_was_typed():
    html = str(Visit({"at_day": "31", "at_month": "x<y", "at_year": "2026", "at_time": "late"}))
    assert 'value="x&lt;y"' in html
    assert 'value="late"' in html


def test_only_the_wrong_boxes_are_marked_and_linked():
    form = Visit({"at_day": "1", "at_month": "9", "at_year": "2026", "at_time": "late"})
    html = form["at"].as_field_group()
    assert html.count("govuk-input--error") == 1
    assert form["at"].error_target == "id_at_time"
    assert "id_at_time" in ids(html)


def test_an_error_of_the_form_marks_all_boxes():
    form = Visit({"at_day": "1", "at_month": "9", "at_year": "2026", "at_time": "9am"})
    form.add_error("at", "Somebody else visited then")
    assert form["at"].as_field_group().count("govuk-input--error") == 4
    assert form["at"].error_target == "id_at_day"


def test_what_counts_as_a_change():
    first = dt.datetime(2026, 9, 1, 14, 0, 37, tzinfo=LONDON)
    typed = {"at_day": "1", "at_month": "9", "at_year": "2026", "at_time": "2:00pm"}
    assert Visit(typed, initial={"at": first}).changed_data == []
    assert Visit({**typed, "at_time": "2:01pm"}, initial={"at": first}).changed_data == ["at"]
    assert Visit({}, initial={"at": first}).changed_data == ["at"]
