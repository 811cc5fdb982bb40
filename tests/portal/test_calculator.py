"""The deadline calculator: anybody's, linkable, and every step of the way said."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.test import Client

from standards.holidays import Day, change
from standards.loading import load_charter
from standards.models import BankHoliday, BankHolidayEdition, Charter
from tests.cast import CHARTERS, Cast
from tests.reading import boxes, complaint, every, lost, words
from tests.standards.test_calendar import WORKED

LAW = """
format = 1
code = "LAW"
name = "England"
short_name = "England"
document = "Acts of Parliament"
division = "england-and-wales"
layer = true

[[promise]]
code = "LAW-1"
clause = "s.1"
summary = "A statutory acknowledgement is sent."
[promise.clock]
duty = "Acknowledge to {person}"
owed_to = ["reporter"]
start = ["report.received"]
stop = ["acknowledgement.sent"]
within = { amount = 2, unit = "calendar_months" }

[[promise]]
code = "LAW-2"
clause = "s.2"
summary = "Risk is assessed soon."
[promise.clock]
duty = "Assess the risk to {person}"
owed_to = ["victim"]
start = ["report.received"]
stop = ["risk.assessed"]
within = { local = true }
when = { risk = ["high", "unassessed"] }
"""


def asked(received: str, partnership: str = "cherwell", **more: str) -> dict[str, str]:
    """The form as it is sent: received as "2026-08-28 17:30"."""
    day = date.fromisoformat(received[:10])
    return {
        "partnership": partnership,
        "received_day": str(day.day),
        "received_month": str(day.month),
        "received_year": str(day.year),
        "received_time": received[11:],
        **more,
    }


def open_page(**query: str):
    return Client().get(f"/deadlines/?{urlencode(query)}")


def deadline(text: str) -> str:
    return every(text, "p", "govuk-heading-m")[0]


def way(text: str) -> list[tuple[str, str]]:
    body = text[text.index("<tbody") : text.index("</tbody>")]
    return list(zip(every(body, "th"), every(body, "td"), strict=True))


def test_anybody_chooses_a_partnership_first(cast: Cast) -> None:
    response = Client().get("/deadlines/")
    assert response.status_code == 200
    assert "Which partnership?" in words(response.text)
    assert every(response.text, "label") == [
        "Cherwell Community Safety Partnership",
        "Coventry Community Safety Partnership",
    ]
    unknown = open_page(partnership="atlantis")
    assert unknown.status_code == 422
    assert complaint(unknown.text, "partnership") == "Select the partnership"


@pytest.mark.django_db
def test_without_standards_there_is_nothing_to_work_out() -> None:
    assert "No partnership has published its standards here yet." in words(Client().get("/deadlines/").text)


def test_the_only_partnership_need_not_be_chosen(cast: Cast) -> None:
    Charter.objects.filter(partnership=cast.coventry).update(effective_from=date(2090, 1, 1))
    assert every(Client().get("/deadlines/").text, "span", "govuk-caption-l") == [
        "Cherwell Community Safety Partnership"
    ]


def test_every_step_of_working_days_is_said(cast: Cast) -> None:
    text = open_page(**asked("2026-08-28 17:30", promise="CHER-3c")).text
    assert deadline(text) == "Thursday 3 September 2026, 5:00pm"
    assert way(text) == [
        ("Friday 28 August 2026, 5:30pm", "Received: the day of receipt is day 0"),
        ("Saturday 29 August 2026", "Weekend"),
        ("Sunday 30 August 2026", "Weekend"),
        ("Monday 31 August 2026", "Late Summer Bank Holiday"),
        ("Tuesday 1 September 2026", "Working day 1"),
        ("Wednesday 2 September 2026", "Working day 2"),
        ("Thursday 3 September 2026", "Working day 3: due by 5:00pm, the end of the working day"),
    ]
    assert "Each victim is met, at a place and time agreed with them, within 3 working days." in words(text)


def test_the_conditions_of_a_promise_are_said(cast: Cast) -> None:
    text = open_page(**asked("2026-10-24 10:00", promise="CHER-3b-ii")).text
    assert deadline(text) == "Sunday 25 October 2026, 9:00am"
    assert "When it applies Only for hate crime or a hate incident" in words(text)
    assert "The clocks go back on Sunday 25 October, so 24 hours end at 9:00am" in words(text)
    assert "Counts from A signatory agency received a report" in words(text)


def test_the_choice_says_what_by_when_and_for_whom(cast: Cast) -> None:
    assert every(open_page(partnership="cherwell").text, "option")[:5] == [
        "Choose a promise",
        "Contact the victim within 48 hours, not for hate crime or a hate incident (CHER-3b-i)",
        "Contact the victim within 24 hours, only for hate crime or a hate incident (CHER-3b-ii)",
        "Meet the victim within 3 working days (CHER-3c)",
        "Update the victim or the witness every 10 working days (CHER-5a)",
    ]


@pytest.mark.parametrize("row", WORKED)
def test_the_worked_examples_of_the_register(row: tuple[str, ...], cast: Cast) -> None:
    received, *expected = row
    told = {
        "2026-09-03 09:00": "Thursday 3 September 2026, 9:00am",
        "2026-09-03": "Thursday 3 September 2026, 5:00pm",
        "2026-09-01": "Tuesday 1 September 2026, 5:00pm",
        "2026-08-29 17:30": "Saturday 29 August 2026, 5:30pm",
        "2026-09-06 23:50": "Sunday 6 September 2026, 11:50pm",
        "2026-09-07": "Monday 7 September 2026, 5:00pm",
        "2026-10-25 09:00": "Sunday 25 October 2026, 9:00am",
        "2026-10-26": "Monday 26 October 2026, 5:00pm",
        "2026-03-29 11:00": "Sunday 29 March 2026, 11:00am",
        "2026-03-30": "Monday 30 March 2026, 5:00pm",
        "2026-12-25 16:00": "Friday 25 December 2026, 4:00pm",
        "2026-12-29": "Tuesday 29 December 2026, 5:00pm",
    }
    for amount, unit, due in (("24", "hours", expected[0]), ("1", "working_days", expected[2])):
        text = open_page(**asked(received, count="other", amount=amount, unit=unit)).text
        assert deadline(text) == told[due]


def test_what_arrives_at_the_weekend_follows_the_charters_settings(cast: Cast) -> None:
    version = Charter.objects.get(partnership=cast.cherwell)
    version.body["settings"]["receipt"] = "next_working_day"
    version.body["settings"]["close_of_day"] = "16:30"
    version.save()
    text = open_page(**asked("2026-09-05 11:00", count="other", amount="1", unit="working_days")).text
    assert way(text) == [
        ("Saturday 5 September 2026, 11:00am", "Not a working day, so it counts as received on the next one"),
        ("Sunday 6 September 2026", "Weekend"),
        ("Monday 7 September 2026", "Counts as the day of receipt: day 0"),
        ("Tuesday 8 September 2026", "Working day 1: due by 4:30pm, the end of the working day"),
    ]


def test_a_bank_holiday_proclaimed_later_is_passed_over_by_its_name(cast: Cast) -> None:
    change(add=[Day("england-and-wales", date(2026, 9, 2), "Day of mourning")], remove=(), source="test")
    text = open_page(**asked("2026-09-01 09:00", promise="CHER-3c")).text
    assert way(text)[1] == ("Wednesday 2 September 2026", "Day of mourning")
    assert deadline(text) == "Monday 7 September 2026, 5:00pm"


def test_the_version_in_force_on_that_day_counts(cast: Cast, tmp_path: Path) -> None:
    later = tmp_path / "later.toml"
    later.write_text((CHARTERS / "cherwell.toml").read_text().replace("amount = 3,", "amount = 2,"))
    load_charter(partnership=cast.cherwell.pk, path=later, effective_from=date(2026, 9, 8))
    before = open_page(**asked("2026-09-07 09:00", promise="CHER-3c")).text
    after = open_page(**asked("2026-09-09 09:00", promise="CHER-3c")).text
    assert [deadline(before), deadline(after)] == [
        "Thursday 10 September 2026, 5:00pm",
        "Friday 11 September 2026, 5:00pm",
    ]
    assert "Meet the victim within 3 working days (CHER-3c)" in every(before, "option")
    assert "Meet the victim within 2 working days (CHER-3c)" in every(after, "option")


def test_what_the_law_adds_can_be_chosen_and_a_promise_without_a_number_says_so(cast: Cast, tmp_path: Path) -> None:
    law = tmp_path / "law.toml"
    law.write_text(LAW)
    load_charter(partnership=None, path=law, effective_from=date(2020, 1, 1))
    text = open_page(**asked("2026-12-31 10:00", promise="LAW-1")).text
    assert way(text) == [
        ("Thursday 31 December 2026, 10:00am", "Received: the months are counted from this day"),
        ("Sunday 31 January 2027", "Month 1"),
        (
            "Sunday 28 February 2027",
            "Month 2, February has no 31st, so its last day: due by 5:00pm, the end of the working day",
        ),
    ]
    assert [label for label in every(text, "option") if "LAW" in label] == [
        "Acknowledge to the person who reported within 2 months (LAW-1)"
    ]
    none = open_page(**asked("2026-12-31 10:00", promise="LAW-2"))
    assert none.status_code == 200
    assert every(none.text, "h2", "govuk-heading-m")[0] == "There is no deadline"
    assert "the document names no time, and the partnership has set none" in words(none.text)
    assert "Only for high risk or risk not assessed yet Until the risk is assessed, it counts as high" in words(
        none.text
    )


def test_a_link_from_elsewhere_fills_in_the_promise_without_complaint(cast: Cast) -> None:
    response = open_page(partnership="cherwell", promise="CHER-3c")
    assert response.status_code == 200
    assert "error" not in response.text.partition("<main")[2].partition("</main>")[0]
    assert boxes(response.text)["promise"] == "CHER-3c"


@pytest.mark.parametrize(
    ("typed", "box", "said"),
    [
        (asked("2026-02-28 09:00", promise="CHER-3c", received_day="30"), "received", "The date and time it was received must be a real date"),
        (asked("2026-02-28 morning", promise="CHER-3c"), "received", "Enter a time, like 9:30am or 2:15pm"),
        (asked("2026-03-29 01:30", promise="CHER-3c"), "received", "There is no 1:30am on 29 March 2026, because the clocks go forward from 1am to 2am. Enter another time"),
        (asked("2009-09-01 09:00", promise="CHER-3c"), "received", "No standards of this partnership were in force on 1 September 2009"),
        (asked("2028-12-29 09:00", promise="CHER-3c"), "received", "The bank holidays of 2029 (england-and-wales) are not known, so no working-day deadline can be given."),
        (asked("2026-09-01 09:00", count="promise"), "promise", "Select a promise"),
        (asked("2026-09-01 09:00", promise="COV-4b"), "promise", "Select a promise that was in force on that day"),
        (asked("2026-09-01 09:00", count="other", unit="hours"), "amount", "Enter how much time"),
        (asked("2026-09-01 09:00", count="other", amount="0", unit="hours"), "amount", "How much time must be 1 or more"),
        (asked("2026-09-01 09:00", count="other", amount="367", unit="working_days"), "amount", "How much time must be 366 working days or less"),
        (asked("2026-09-01 09:00", count="other", amount="5", unit="fortnights"), "unit", "Select what it is counted in"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_it_and_nothing_is_lost(typed, box: str, said: str, cast: Cast) -> None:
    response = open_page(**typed)
    assert response.status_code == 422
    assert complaint(response.text, box) == said
    kept = {name: value for name, value in typed.items() if name not in {"unit", "promise"}}
    assert lost(response.text, kept) == []


def test_without_bank_holidays_it_says_so_in_plain_words(cast: Cast) -> None:
    BankHoliday.objects.all().delete()
    BankHolidayEdition.objects.all().delete()
    response = open_page(**asked("2026-09-01 09:00", promise="CHER-3c"))
    assert complaint(response.text, "received") == (
        "The bank holidays are not known at the moment, so no deadline can be given"
    )


def test_the_page_leads_from_signing_in_and_only_reads(cast: Cast) -> None:
    assert '<a class="govuk-footer__link" href="/deadlines/">Work out a deadline</a>' in Client().get("/sign-in/").text
    assert Client().post("/deadlines/").status_code == 405
