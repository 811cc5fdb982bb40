"""The dashboard: missed and unexplained, missed and explained, at risk today, kept this month, by whom and by what."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from asb_cases.services.ownership import assign_officer, transfer_case
from asb_cases.vocabulary import TransferReason
from dashboards.selectors import Period
from partners.policies import NotAllowed
from standards.breaches import explain, review
from standards.calendar import LONDON
from standards.models import Clock, Heartbeat
from standards.sweep import sweep
from standards.vocabulary import MissReason, Verdict
from tests.cast import Cast, clock, use_the_hosts_clock
from tests.dashboards.conftest import HOUR, Board, contacted
from tests.reading import every, plain, words
from tests.system.scene import signed_in


def tiles(client: Any) -> dict[str, int]:
    """The four figures, by their labels."""
    text = client.get("/dashboard/").text
    found = re.findall(r'app-tile__number">([\d,]+)</span>\s*<a[^>]*>(.*?)</a>', text, re.DOTALL)
    return {plain(label): int(number) for number, label in found}


def figures(client: Any, by: str) -> dict[str, list[str]]:
    """The table of figures: for each name its four numbers."""
    text = client.get(f"/dashboard/?by={by}").text
    body = text[text.index("<tbody") : text.index("</tbody>")]
    return {
        every(row, "th")[0]: [re.match(r"\d+", cell)[0] for cell in every(row, "td")] for row in body.split("<tr")[1:]
    }


# Missed without a reason, missed with one, kept (unless that was last month).
FIGURES = {
    "dylan": (2, 1, 2),  # the council's: what was retracted counts as kept
    "robin": (2, 0, 0),  # the police's: done too late is missed all the same
    "grace": (4, 1, 2),  # the partnership's
    "leo": (0, 0, 0),
    "maya": (0, 0, 0),
}


def test_each_leader_sees_the_figures_of_those_she_answers_for(board: Board) -> None:
    kept_this_month = Clock.objects.filter(outcome="kept", ended_at__gte=Period.at(timezone.now()).month).count()
    for who, (unexplained, explained, kept) in FIGURES.items():
        shown = tiles(signed_in(board.cast.staff[who]))
        assert list(shown) == ["Missed, no reason yet", "Missed, reason given", "At risk today", "Kept this month"]
        assert (shown["Missed, no reason yet"], shown["Missed, reason given"]) == (unexplained, explained), who
        assert shown["Kept this month"] == min(kept, kept_this_month), who


def test_what_falls_due_today_is_at_risk_and_what_falls_due_after_midnight_is_not(
    monkeypatch: pytest.MonkeyPatch, cast: Cast
) -> None:
    use_the_hosts_clock(monkeypatch)
    with time_machine.travel(datetime(2026, 9, 3, 9, tzinfo=LONDON), tick=False):
        cast.case(timezone.now() - 40 * HOUR)  # due today at 17:00
        cast.case(timezone.now() - 33 * HOUR)  # due at midnight: belongs to tomorrow's list
        assert tiles(signed_in(cast.dylan))["At risk today"] == 1


def test_what_was_kept_last_month_is_not_counted_this_month(monkeypatch: pytest.MonkeyPatch, cast: Cast) -> None:
    use_the_hosts_clock(monkeypatch)
    with time_machine.travel(datetime(2026, 9, 1, 9, tzinfo=LONDON), tick=False) as traveller:
        contacted(cast.case(timezone.now() - 20 * HOUR), cast, 9.5)  # on 31 August, half past eleven at night
        contacted(cast.case(timezone.now() - 20 * HOUR), cast, 8.5)
        traveller.shift(HOUR)
        assert tiles(signed_in(cast.dylan))["Kept this month"] == 1


def test_a_promise_that_is_past_due_counts_as_missed_before_any_sweep(cast: Cast) -> None:
    cast.case(timezone.now() - 49 * HOUR)
    assert tiles(signed_in(cast.dylan))["Missed, no reason yet"] == 1


def test_figures_by_promise_agency_and_officer_put_the_most_unexplained_first(board: Board) -> None:
    grace = signed_in(board.cast.grace)
    by_agency = figures(grace, "agency")
    assert [(name, row[:2]) for name, row in by_agency.items()] == [
        ("Community Safety Team", ["2", "1"]),
        ("Neighbourhood Policing", ["2", "0"]),
    ]
    by_officer = figures(grace, "officer")
    assert {name: row[:2] for name, row in by_officer.items()} == {
        "Alex Gill": ["2", "0"],
        "Nobody yet": ["1", "0"],
        "Priya Shah": ["1", "0"],
        "Tom Ellery": ["0", "1"],
    }
    assert [int(row[0]) for row in by_officer.values()] == [2, 1, 1, 0]
    by_promise = figures(grace, "promise")
    assert {name.split()[0]: row[:2] for name, row in by_promise.items() if row[:2] != ["0", "0"]} == {
        "CHER-3b-i": ["3", "1"],
        "CHER-3b-ii": ["1", "0"],
    }
    assert figures(grace, "nonsense") == by_promise


def test_every_figure_leads_to_the_list_that_it_counts(board: Board) -> None:
    grace = signed_in(board.cast.grace)
    checked = 0
    for by in ("promise", "agency", "officer"):
        text = grace.get(f"/dashboard/?by={by}").text
        for href, number in re.findall(
            r'<a class="govuk-link[^"]*"\s+href="(/dashboard/promises/\?[^"]*)">([\d,]+)<', text
        ):
            listed = grace.get(href.replace("&amp;", "&"))
            assert listed.context["listing"].paginator.count == int(number), href
            checked += 1
    assert checked >= 9


def test_what_is_neither_kept_nor_missed_is_counted_apart(board: Board) -> None:
    said = words(signed_in(board.cast.grace).get("/dashboard/").text)
    assert "Counted apart, never as kept: 0 could not be reached this month, 0 classified too late this month." in said
    assert "1 not missed after all." in said
    assert "1 to be reviewed" in said


def test_the_longest_overdue_come_first_and_without_names_of_people(board: Board) -> None:
    page = signed_in(board.cast.grace).get("/dashboard/")
    names = board.names()
    overdue = page.text.partition("Longest overdue")[2]
    assert [names[row.split(":")[0]] for row in every(overdue, "th") if row.startswith("ASB-")] == [
        "hate", "explained", "missed", "nobodys",
    ]  # fmt: skip
    assert "Khan" not in page.text


def test_an_agency_without_cases_sees_an_empty_board_that_says_so(cast: Cast) -> None:
    said = words(signed_in(cast.leo).get("/dashboard/").text)
    assert "Nothing was missed, is at risk or was kept yet" in said
    assert "Longest overdue" not in said


def test_the_sweep_that_stopped_is_told_on_every_page(board: Board) -> None:
    alarm = "Nobody is being warned of deadlines at the moment"
    dylan = signed_in(board.cast.dylan)
    assert alarm not in dylan.get("/dashboard/").text
    Heartbeat.objects.update(beat_at=timezone.now() - timedelta(minutes=6))
    assert alarm in dylan.get("/dashboard/").text


def test_passing_a_case_on_passes_on_what_is_to_be_done_and_never_what_was_missed(cast: Cast) -> None:
    case = cast.case(timezone.now() - 49 * HOUR)
    sweep()
    transfer_case(case=case, agency=cast.police.pk, reason=TransferReason.SPECIALIST, by=cast.dylan)
    council, police = signed_in(cast.dylan), signed_in(cast.robin)

    assert tiles(council)["Missed, no reason yet"] == 1
    assert tiles(police)["Missed, no reason yet"] == 0
    assert list(figures(signed_in(cast.grace), "officer")) == ["Priya Shah"]
    missed, meeting = clock(case, "CHER-3b-i"), clock(case, "CHER-3c")
    assert (missed.agency, missed.officer) == (cast.council, cast.priya)
    assert (meeting.agency, meeting.officer) == (cast.police, None)
    # It is still to be done, and that is for those who have the case.
    assert case.matter.reference in police.get("/dashboard/").text
    assert case.matter.reference not in council.get("/dashboard/").text.partition("Longest overdue")[2]

    # Who had it gives the reason, without seeing who it was about any more.
    page = signed_in(cast.priya).get(f"/promises/{missed.pk}/")
    assert "Khan" not in page.text
    assert f"/cases/{case.matter.reference}/" not in page.text
    explain(clock=missed.pk, reason=MissReason.HANDOVER, explanation="Passed on late.", by=cast.priya)
    with pytest.raises(NotAllowed):
        review(clock=missed.pk, verdict=Verdict.ACCEPTED, review_note="", by=cast.robin)
    review(clock=missed.pk, verdict=Verdict.ACCEPTED, review_note="", by=cast.dylan)


def test_an_officer_who_takes_a_case_over_takes_no_miss_over(cast: Cast) -> None:
    case = cast.case(timezone.now() - 49 * HOUR)
    sweep()
    assign_officer(case=case, officer=cast.tom, by=cast.dylan)
    assert (clock(case, "CHER-3b-i").officer, clock(case, "CHER-3c").officer) == (cast.priya, cast.tom)


def test_a_miss_that_nobody_had_is_answered_for_by_whom_the_agency_names(cast: Cast) -> None:
    case = cast.case(timezone.now() - 49 * HOUR, officer=None)
    sweep()
    assign_officer(case=case, officer=cast.tom, by=cast.tom)
    explain(clock=clock(case, "CHER-3b-i").pk, reason=MissReason.OVERSIGHT, explanation="Not seen.", by=cast.tom)
    assert clock(case, "CHER-3b-i").officer == cast.tom
