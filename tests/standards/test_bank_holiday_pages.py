"""The bank holidays as a manager keeps them: what is added or removed moves the deadlines that run."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ledger.models import Event
from standards.models import BankHoliday, BankHolidayEdition
from tests import answers
from tests.cast import Cast, clock
from tests.reading import complaint, every, lost, words
from tests.system.scene import signed_in

PAGE = "/bank-holidays/"


@pytest.fixture
def grace(cast: Cast) -> Client:
    return signed_in(cast.grace)


def add(client: Client, day: date, **changes: Any) -> Any:
    return client.post(PAGE, {**answers.holiday(day), **changes}, follow=True)


def shown(client: Client, query: str) -> list[str]:
    """The days of the table, as "25 December Christmas Day"."""
    text = client.get(f"{PAGE}{query}").text
    rows = text[text.index("<tbody") : text.index("</tbody>")].split("<tr")[1:]
    return [" ".join([*every(row, "th"), every(row, "td")[0]]) for row in rows]


def test_the_days_of_a_year_are_listed_in_order(grace: Client) -> None:
    listed = [" ".join(item.split()[:2]) for item in shown(grace, "?year=2026")]
    assert listed == [
        "1 January", "3 April", "6 April", "4 May", "25 May", "31 August", "25 December", "28 December",
    ]  # fmt: skip
    assert "25 December Christmas Day" in shown(grace, "?year=2026")
    assert shown(grace, "?year=1999") == ["No bank holidays are listed for this year."]


def test_each_part_of_the_kingdom_has_its_own(grace: Client) -> None:
    scottish = shown(grace, "?year=2026&division=scotland")
    assert any(item.startswith("15 June") for item in scottish)
    assert any(item.startswith("30 November") for item in scottish)
    assert not any(item.startswith("6 April") for item in scottish)


def test_the_page_opens_at_this_year_and_says_how_far_the_table_goes(grace: Client) -> None:
    text = grace.get(PAGE).text
    assert every(text, "caption") == [str(timezone.localdate().year)]
    assert "The list is complete until 31 December 2028; later deadlines cannot be given." in words(text)


@pytest.mark.parametrize("query", ["?year=soon", "?year=0", "?division=atlantis", "?year=9999999999"])
def test_a_choice_made_up_in_the_address_counts_as_none(query: str, grace: Client) -> None:
    assert shown(grace, query) == shown(grace, "")


def test_a_day_that_is_added_moves_what_runs_over_it_and_its_removal_moves_it_back(cast: Cast, grace: Client) -> None:
    case = cast.case()
    meeting, contact = clock(case, "CHER-3c"), clock(case, "CHER-3b-i")
    last_day = timezone.localtime(meeting.due_at).date()
    page = add(grace, last_day, name="Day of mourning")
    assert "The day was added. The deadlines of 1 matter were counted again." in words(page.text)
    moved = clock(case, "CHER-3c")
    assert timezone.localtime(moved.due_at).date() > last_day
    assert timezone.localtime(moved.due_at).date().weekday() < 5
    assert clock(case, "CHER-3b-i").due_at == contact.due_at  # hours know no holidays
    assert any(item.endswith("Day of mourning") for item in shown(grace, f"?year={last_day.year}"))
    added = BankHoliday.objects.get(name="Day of mourning")
    address = reverse("remove_bank_holiday", args=[added.pk])
    assert "Day of mourning" in words(grace.get(address).text)
    page = grace.post(address, follow=True)
    assert "The day was removed. The deadlines of 1 matter were counted again." in words(page.text)
    assert clock(case, "CHER-3c").due_at == meeting.due_at
    assert Event.objects.filter(matter=case.pk, kind="calendar.changed").count() == 2
    assert grace.post(address).status_code == 404
    assert list(BankHolidayEdition.objects.order_by("number").values_list("made_by", flat=True))[-2:] == [
        cast.grace.pk,
        cast.grace.pk,
    ]


def test_two_matters_are_told_as_two_and_none_as_none(cast: Cast, grace: Client) -> None:
    cases = [cast.case(), cast.case()]
    last_day = timezone.localtime(clock(cases[0], "CHER-3c").due_at).date()
    assert "The deadlines of 2 matters were counted again." in words(add(grace, last_day).text)
    assert "No running deadline was affected." in words(add(grace, date(2028, 7, 4)).text)


def test_what_was_missed_before_the_day_was_known_stays_missed(cast: Cast, grace: Client) -> None:
    case = cast.case(timezone.now() - timedelta(days=9))
    late = clock(case, "CHER-3c")
    assert late.due_at < timezone.now()
    add(grace, timezone.localtime(late.due_at).date())
    assert clock(case, "CHER-3c").due_at == late.due_at


@pytest.mark.parametrize(
    ("changes", "box", "said"),
    [
        ({"date_day": "", "date_month": "", "date_year": ""}, "date", "Enter the day"),
        ({"date_day": "30", "date_month": "2"}, "date", "The day must be a real date"),
        ({"date_year": "2031"}, "date", "The table covers days until 31 December 2028 only"),
        ({"date_day": "25", "date_month": "12"}, "date", "That day is in the table already for England and Wales"),
        ({"divisions": []}, "divisions", "Select where it is a bank holiday"),
        ({"divisions": ["atlantis"]}, "divisions", "Select where it is a bank holiday"),
        ({"name": ""}, "name", "Enter what it is called"),
        ({"name": "x" * 121}, "name", "What it is called must be 120 characters or less"),
    ],
)
def test_what_cannot_be_added_is_said_beside_its_box_and_everything_typed_is_kept(
    changes: answers.Answers, box: str, said: str, grace: Client
) -> None:
    before = BankHolidayEdition.objects.count()
    typed = {**answers.holiday(date(2028, 3, 2)), **changes}
    page = grace.post(PAGE, typed)
    assert (page.status_code, complaint(page.text, box)) == (422, said)
    assert lost(page.text, {key: value for key, value in typed.items() if value != ["atlantis"]}) == []
    assert BankHolidayEdition.objects.count() == before


def test_a_form_sent_twice_adds_the_day_once(grace: Client) -> None:
    add(grace, date(2028, 3, 2))
    again = add(grace, date(2028, 3, 2))
    assert (again.status_code, BankHoliday.objects.filter(date=date(2028, 3, 2)).count()) == (422, 1)


def test_several_parts_of_the_kingdom_at_once_make_one_edition(grace: Client) -> None:
    before = BankHolidayEdition.objects.count()
    add(grace, date(2028, 3, 2), divisions=["england-and-wales", "scotland"])
    assert BankHoliday.objects.filter(date=date(2028, 3, 2)).count() == 2
    assert BankHolidayEdition.objects.count() == before + 1
