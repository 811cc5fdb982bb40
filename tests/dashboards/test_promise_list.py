"""The list of promises, on the page and as CSV: the same rows in the same order."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from dashboards.forms import STATE_WORDS
from standards.calendar import LONDON
from tests.cast import Cast
from tests.dashboards.conftest import HOUR, Board
from tests.reading import boxes, every, words
from tests.system.scene import signed_in

LIST, CSV = "/dashboard/promises/", "/dashboard/promises.csv"
HEADINGS = [
    "Case", "Promise", "Clause", "What was owed", "Agency", "Officer", "Started", "Due", "First due", "Done",
    "Outcome", "Noticed", "Not missed after all", "Reason", "Review",
]  # fmt: skip


def on_page(client: Any, query: str) -> list[str]:
    text = client.get(f"{LIST}{query}").text
    return [row.partition(":")[0] for row in every(text, "th") if row.startswith("ASB-")]


def in_file(client: Any, query: str) -> list[dict[str, str]]:
    response = client.get(f"{CSV}{query}")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    text = response.getvalue().decode()
    assert text.startswith("\ufeff")
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    rows = list(reader)
    assert reader.fieldnames == HEADINGS
    return rows


# What the address asks for, and the cases whose promises are listed for it, in their order.
ASKED: dict[str, list[str]] = {
    "": ["hate", "late", "missed", "nobodys"],  # what has no reason yet, the oldest deadline first
    "?sort=-due": ["nobodys", "missed", "late", "hate"],
    "?state=explained": ["explained"],
    "?state=to_review": ["explained"],
    "?state=retracted": ["retracted"],
    "?state=attempted": [],
    "?agency={council}": ["missed", "nobodys"],
    "?agency={police}": ["hate", "late"],
    "?officer={priya}": ["missed"],
    "?officer=none": ["nobodys"],
    "?promise=CHER-3b-ii": ["hate"],
    "?promise=CHER-3b-i&agency={police}": ["late"],
    "?q={missed}": ["missed"],
    "?q=ASB-26-0000000": [],
    "?sort=agency": ["missed", "nobodys", "hate", "late"],
    "?sort=-officer": ["missed", "nobodys", "hate", "late"],
    "?sort=nonsense": ["hate", "late", "missed", "nobodys"],
}


def test_the_page_and_the_file_list_what_was_asked_for_in_the_same_order(board: Board) -> None:
    cast, names, grace = board.cast, board.names(), signed_in(board.cast.grace)
    ids = {"council": cast.council.pk, "police": cast.police.pk, "priya": cast.priya.pk}
    asked = {query: query.format(**ids, missed=board.reference("missed").lower()) for query in ASKED}
    assert {query: [names[each] for each in on_page(grace, filled)] for query, filled in asked.items()} == ASKED
    assert {query: [names[row["Case"]] for row in in_file(grace, filled)] for query, filled in asked.items()} == ASKED


def test_the_other_way_round_is_the_other_way_round(board: Board) -> None:
    grace = signed_in(board.cast.grace)
    for sort in ("case", "promise"):
        keys = [[row[sort.capitalize()] for row in in_file(grace, f"?sort={sign}{sort}")] for sign in ("", "-")]
        assert keys[0] == sorted(keys[0])
        assert keys[1] == keys[0][::-1]


def test_a_row_says_what_was_owed_by_whom_and_how_late_it_is(board: Board) -> None:
    said = words(signed_in(board.cast.grace).get(LIST).text)
    assert "4 promises" in said
    assert "Contact the victim Cherwell 3, CHER-3b-ii 1 day overdue" in said
    assert "Missed, done 4 hours late" in said
    assert "Neighbourhood Policing Alex Gill None yet" in said
    assert "Community Safety Team Nobody yet None yet" in said
    assert "Too much other work Not reviewed yet" in words(
        signed_in(board.cast.grace).get(f"{LIST}?state=explained").text
    )


def test_a_line_of_the_file_says_all_of_a_promise(board: Board) -> None:
    late = board.contact("late")
    (row,) = [row for row in in_file(signed_in(board.cast.robin), "") if row["Case"] == board.reference("late")]
    shown = {key: row[key] for key in HEADINGS if not key.startswith(("Started", "Due", "First", "Done", "Noticed"))}
    assert shown == {
        "Case": board.reference("late"),
        "Promise": "CHER-3b-i",
        "Clause": "Cherwell 3",
        "What was owed": "Contact the victim",
        "Agency": "Neighbourhood Policing",
        "Officer": "Alex Gill",
        "Outcome": "Missed",
        "Not missed after all": "",
        "Reason": "",
        "Review": "",
    }
    local = timezone.localtime
    assert row["Due"] == row["First due"] == f"{local(late.due_at):%Y-%m-%d %H:%M}"
    assert row["Started"] == f"{local(late.started_at):%Y-%m-%d %H:%M}"
    assert row["Done"] == f"{local(late.ended_at):%Y-%m-%d %H:%M}"
    assert row["Noticed"] == f"{local(late.breach.detected_at):%Y-%m-%d %H:%M}"
    (explained,) = in_file(signed_in(board.cast.grace), "?state=explained")
    assert (explained["Reason"], explained["Review"]) == ("Too much other work", "")


def test_the_file_is_named_for_what_is_in_it_and_the_day_in_london(cast: Cast) -> None:
    with time_machine.travel(datetime(2026, 9, 3, 0, 30, tzinfo=LONDON), tick=False):
        response = signed_in(cast.grace).get(f"{CSV}?state=kept")
    assert response.headers["Content-Disposition"] == 'attachment; filename="promises-kept-2026-09-03.csv"'


def test_the_file_is_offered_with_the_filter_of_the_page(board: Board) -> None:
    grace = signed_in(board.cast.grace)
    text = grace.get(f"{LIST}?state=unexplained&officer=none&page=1").text
    assert f'href="{CSV}?state=unexplained&amp;officer=none"' in text


def test_the_page_comes_in_twenty_fives_and_the_file_whole(cast: Cast) -> None:
    for number in range(26):
        cast.case(timezone.now() - (49 + number / 100) * HOUR)
    dylan = signed_in(cast.dylan)
    assert [len(on_page(dylan, f"?page={page}")) for page in (1, 2)] == [25, 1]
    assert "Showing 1 to 25 of 26 promises" in words(dylan.get(LIST).text)
    assert len(in_file(dylan, "?page=2")) == 26


def test_a_choice_made_up_in_the_address_is_said_to_be_wrong_and_counts_as_none(board: Board) -> None:
    dylan = signed_in(board.cast.dylan)
    for query in ("?state=guilty", "?officer=somebody", "?promise=CHER-99&agency=ours", "?q=%00"):
        page = dylan.get(f"{LIST}{query}")
        assert (page.status_code, "There is a problem" in page.text) == (422, True)
        assert (len(on_page(dylan, query)), len(in_file(dylan, query))) == (2, 2)


def test_another_agencys_officer_and_promises_are_not_among_the_choices(board: Board) -> None:
    form = signed_in(board.cast.dylan).get(LIST).context["form"]
    choices = {name: [label for _, label in form.fields[name].choices] for name in ("agency", "officer", "promise")}
    assert choices == {
        "agency": ["Every agency", "Community Safety Team"],
        "officer": ["Every officer", "Nobody yet", "Priya Shah", "Tom Ellery"],
        "promise": ["Every promise", "Cherwell 3 (CHER-3b-i)", "Cherwell 3 (CHER-3c)"],
    }


def test_every_state_has_a_heading_of_its_own_and_stays_chosen(board: Board) -> None:
    grace = signed_in(board.cast.grace)
    for state, heading in STATE_WORDS:
        text = grace.get(f"{LIST}?state={state}").text
        assert (every(text, "h1")[0], boxes(text)["state"]) == (heading, state)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "Nothing that was missed waits for a reason."),
        ("?state=kept", "Choose something else to show, or take a filter off."),
    ],
)
def test_an_empty_list_says_so_and_offers_no_file(query: str, said: str, cast: Cast) -> None:
    page = signed_in(cast.leo).get(f"{LIST}{query}")
    assert f"No promises to show {said}" in words(page.text)
    assert CSV not in page.text
    assert in_file(signed_in(cast.leo), query) == []
