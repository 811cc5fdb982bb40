"""What if other standards had been ours? Asked, waited for, read, taken along and deleted, as people who lead see it."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from dashboards.what_if.forms import Span, presets
from partners.models import Posting
from standards import replays
from standards.loading import load_charter
from standards.models import Charter, Replay
from standards.tasks import replay_task
from standards.vocabulary import ReplayState
from tests.cast import CHARTERS, Cast
from tests.reading import complaint, every, words
from tests.standards.test_replay import september
from tests.system.scene import signed_in

PAGE = "/dashboard/what-if/"
IN_SEPTEMBER = {
    "period": "own", "first_day_day": "1", "first_day_month": "9", "first_day_year": "2026",
    "last_day_day": "30", "last_day_month": "9", "last_day_year": "2026",
}  # fmt: skip


@pytest.fixture
def dylan(cast: Cast) -> Client:
    """Northamptonshire's standards are on the installation too."""
    load_charter(partnership=cast.coventry.pk, path=CHARTERS / "northamptonshire.toml", effective_from=date(2020, 1, 1))
    return signed_in(cast.dylan)


def ask(client: Client, **changes: Any) -> Any:
    return client.post(PAGE, {"charter": str(Charter.objects.get(code="NORT").pk), **IN_SEPTEMBER, **changes})


def asked(client: Client) -> Replay:
    response = ask(client)
    assert (response.status_code, response.headers["Location"]) == (302, PAGE)
    return Replay.objects.latest("asked_at")


def address(row: Replay, rest: str = "/") -> str:
    return f"{PAGE}{row.pk}{rest}"


def test_from_the_question_to_the_answer(dylan: Client, cast: Cast) -> None:
    september(cast)
    row = asked(dylan)
    assert "Northamptonshire" in every(dylan.get(PAGE).text, "tbody")[0]
    waiting = words(dylan.get(address(row)).text)
    assert "It waits its turn." in waiting
    assert "Check again" in waiting
    replay_task()
    page = dylan.get(address(row)).text
    assert (
        "Under the standards of Northamptonshire, 2 of 10 promises would have been missed. "
        "Under your own, 8 of 15 were."
    ) in words(page)
    assert (
        "When cases closed, 12 of 16 things that the standards of Northamptonshire ask for were not on record; "
        "of what your own ask for, 30 of 34."
    ) in words(page)
    rows = [row for row in every(page, "tr") if row.startswith(("NORT-5 ", "NORT-10c ", "CHER-3b-i ", "All promises"))]
    assert rows == [
        "NORT-5 High-risk incidents are responded to within one working day. 4 2 2 0 0 0 "
        "1 day 7 hours nine in ten within 1 day 23 hours",
        "All promises 10 3 2 0 0 5 –",
        "NORT-5 High-risk incidents are responded to within one working day. 2 2 0 0",
        "All promises 16 4 12 0",
        "CHER-3b-i Each victim is contacted within 48 hours of the partnership receiving the case. 4 2 2 0 0 0 "
        "1 day 23 hours nine in ten within 5 days",
        "All promises 15 2 8 0 0 5 –",
        "CHER-3b-i Each victim is contacted within 48 hours of the partnership receiving the case. 2 2 0 0",
        "All promises 34 4 30 0",
        "NORT-10c Each victim hears what is going to be done, with the reasons. Nobody recorded this then, "
        "and no standards asked for it: “Told the person what is to be done and why”.",
    ]
    for one in ("ASB-26", "Khan", "Priya", "Orchard"):
        assert one not in words(page), "totals only: no case and no name"


def test_while_it_is_worked_out_the_page_says_how_far_it_is(dylan: Client) -> None:
    row = asked(dylan)
    replays._claim()
    assert "A worker has begun with it." in words(dylan.get(address(row)).text)
    Replay.objects.filter(pk=row.pk).update(done=12345, total=50000)
    page = dylan.get(address(row)).text
    assert "12,345 of 50,000 cases judged, 24%." in words(page)
    assert re.search(r'<progress max="50000"\s+value="12345"', page)


def test_the_file_holds_every_figure(dylan: Client, cast: Cast) -> None:
    september(cast)
    row = asked(dylan)
    assert dylan.get(address(row, ".csv")).status_code == 404, "no answer yet"
    replay_task()
    response = dylan.get(address(row, ".csv"))
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    name = "what-if-nort-2026-09-01-to-2026-09-30.csv"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    text = response.content.decode()
    assert text.startswith("\ufeff")
    first, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    assert first == [
        "Standards", "Promise", "Clause", "What was promised", "Compared", "Owed", "Kept", "Missed",
        "Could not be reached", "Classified too late", "Still running", "No time promised", "Ended otherwise",
        "On record at closure", "Not on record", "Not applicable", "Half done within (hours)",
        "Nine in ten done within (hours)",
    ]  # fmt: skip
    by_code = {row[1]: row for row in rows if row[1]}
    assert by_code["NORT-5"][4:] == ["yes", "4", "2", "2", "0", "0", "0", "0", "0", "2", "0", "0", "31.00", "47.00"]
    assert by_code["NORT-9b"][4:] == ["no", "0", "0", "0", "0", "0", "0", "0", "0", "0", "2", "0", "", ""]
    assert by_code["CHER-3c"][:3] == ["your own standards", "CHER-3c", "3"]
    totals = [row[5:8] for row in rows if row[3] == "All that is compared"]
    assert totals == [["10", "3", "2"], ["15", "2", "8"]]


def test_an_earlier_version_of_ones_own_can_be_tried_and_the_only_one_not(dylan: Client, cast: Cast) -> None:
    def offered() -> list[str]:
        return every(dylan.get(PAGE).text, "option")

    assert offered() == ["Choose", "Northamptonshire, version 2, from 1 January 2020"]
    load_charter(partnership=cast.cherwell.pk, path=CHARTERS / "cherwell.toml", effective_from=date(2026, 10, 1))
    assert offered() == [
        "Choose",
        "Cherwell, version 2, from 1 October 2026",
        "Cherwell, version 1, from 1 April 2010",
        "Northamptonshire, version 2, from 1 January 2020",
    ]
    row = asked(dylan)
    Replay.objects.filter(pk=row.pk).update(charter=Charter.objects.get(code="CHER", version=1))
    replay_task()
    assert "Cherwell, version 1" in words(dylan.get(address(row)).text)


def test_what_is_wrong_is_said_beside_the_box_and_nothing_is_lost(dylan: Client) -> None:
    response = ask(dylan, charter="", last_day_year="2025")
    assert response.status_code == 422
    assert complaint(response.text, "charter") == "Select which standards to judge by"
    assert complaint(response.text, "last_day") == "The last day must be the first day or a later one"
    response = ask(dylan, last_day_year="2040")
    assert complaint(response.text, "last_day") == "Last day must be today or in the past"
    response = ask(dylan, first_day_year="2010")
    assert complaint(response.text, "last_day") == "The last day must be at most 10 years after the first day"
    assert 'value="2010"' in response.text
    assert not Replay.objects.exists()


def test_a_fourth_at_once_is_refused(dylan: Client) -> None:
    for _ in range(3):
        asked(dylan)
    response = ask(dylan)
    assert response.status_code == 422
    assert "3 that you asked for are not finished yet. Wait for one of them, or cancel it." in words(response.text)
    assert Replay.objects.count() == 3


def test_cancelling_takes_effect_at_once(dylan: Client) -> None:
    row = asked(dylan)
    page = dylan.post(address(row, "/cancel/"), follow=True)
    assert "It was cancelled before there was an answer. It can be asked again." in words(page.text)
    replay_task()
    row.refresh_from_db()
    assert row.state == ReplayState.CANCELLED
    assert "It had finished already." in words(dylan.post(address(row, "/cancel/"), follow=True).text)


def test_one_that_is_over_can_be_deleted_after_asking_once_more(dylan: Client) -> None:
    row = asked(dylan)
    assert "It is not finished yet. Cancel it first." in words(dylan.post(address(row, "/delete/"), follow=True).text)
    replay_task()
    assert "Delete this what-if?" in words(dylan.get(address(row, "/delete/")).text)
    assert Replay.objects.exists()
    assert "It was deleted." in words(dylan.post(address(row, "/delete/"), follow=True).text)
    assert not Replay.objects.exists()
    assert dylan.get(address(row)).status_code == 404


def test_a_period_without_cases_says_so(dylan: Client) -> None:
    row = asked(dylan)
    replay_task()
    assert "No cases were received in this period" in words(dylan.get(address(row)).text)


def test_one_that_failed_says_why(dylan: Client) -> None:
    row = asked(dylan)
    Replay.objects.filter(pk=row.pk).update(
        state="failed", failure="The bank holidays of 2031 are not known.", finished_at=timezone.now()
    )
    assert "The bank holidays of 2031 are not known." in words(dylan.get(address(row)).text)


def test_everybody_who_leads_in_the_partnership_reads_it_and_who_asked_or_manages_ends_it(
    dylan: Client, cast: Cast
) -> None:
    row = asked(dylan)
    found = {
        name: (
            signed_in(user).get(address(row)).status_code,
            signed_in(user).post(address(row, "/cancel/")).status_code,
        )
        for name, user in cast.staff.items()
    }
    leading = {"robin": (200, 403), "dylan": (200, 302), "grace": (200, 302), "leo": (404, 404), "maya": (404, 404)}
    assert found == {name: leading.get(name, (403, 403)) for name in cast.staff}
    assert "Cancel it" not in words(signed_in(cast.robin).get(address(row)).text)


def test_who_leads_in_two_partnerships_says_whose_history(dylan: Client, cast: Cast) -> None:
    Posting.objects.create(user=cast.dylan, membership=cast.coventry.memberships.get(), role="team_lead")
    client = signed_in(cast.dylan)
    response = ask(client)
    assert complaint(response.text, "partnership") == "Select whose history to judge"
    assert ask(client, partnership=str(cast.coventry.pk)).status_code == 302
    assert Replay.objects.get().partnership == cast.coventry
    assert "for Coventry Community Safety Partnership" in words(client.get(PAGE).text)


def test_the_periods_that_people_ask_about() -> None:
    assert presets(date(2026, 11, 21), 4) == {
        "twelve_months": ("The last 12 months", Span(date(2025, 11, 21), date(2026, 11, 20))),
        "three_months": ("The last 3 months", Span(date(2026, 8, 21), date(2026, 11, 20))),
        "calendar_year": ("The year 2025", Span(date(2025, 1, 1), date(2025, 12, 31))),
        "reporting_year": ("The reporting year April 2025 to March 2026", Span(date(2025, 4, 1), date(2026, 3, 31))),
    }
    assert presets(date(2026, 3, 31), 4)["reporting_year"][1] == Span(date(2024, 4, 1), date(2025, 3, 31))
    assert "reporting_year" not in presets(date(2026, 11, 21), 1)
