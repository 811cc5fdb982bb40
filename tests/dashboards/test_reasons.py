"""One missed promise: the facts behind it, why it was missed, and what is thought of that."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from ledger.models import Event
from standards.models import Breach
from tests.cast import Cast, clock
from tests.dashboards.conftest import HOUR, Board, contacted
from tests.reading import boxes, complaint, entries, lost, words
from tests.system.scene import fingerprint, signed_in

REASON = {"what": "explain", "reason": "absence", "explanation": "Off sick without cover. A deputy is named now."}
REVIEW = {"what": "review", "verdict": "accepted", "review_note": "Cover is arranged."}


def send(board: Board, who: str, name: str, **typed: str) -> Any:
    address = reverse("promise", args=[board.contact(name).pk])
    return signed_in(board.cast.staff[who]).post(address, typed, follow=True)


def look(board: Board, who: str, name: str) -> str:
    return signed_in(board.cast.staff[who]).get(reverse("promise", args=[board.contact(name).pk])).text


def breach(board: Board, name: str) -> Breach:
    return Breach.objects.get(clock=board.contact(name))


def test_the_officer_gives_the_reason_and_her_team_lead_reviews_it(board: Board) -> None:
    assert "No reason was given yet." in words(look(board, "priya", "missed"))
    given = words(send(board, "priya", "missed", **REASON).text)
    assert "The reason was recorded." in given
    assert "Officer absent without cover Off sick without cover. A deputy is named now. Priya Shah," in given
    assert "Not reviewed yet." in given
    reviewed = words(send(board, "dylan", "missed", **REVIEW).text)
    assert "The review was recorded." in reviewed
    assert "Accepted: outside the officer's control Cover is arranged. Dylan Price," in reviewed
    row = breach(board, "missed")
    assert (row.reason, row.explained_by, row.verdict, row.reviewed_by) == (
        "absence", board.cast.priya, "accepted", board.cast.dylan,
    )  # fmt: skip
    assert board.contact("missed").outcome == "missed"
    told = [event.kind for event in Event.objects.filter(matter=board.cases["missed"].pk)][-2:]
    assert told == ["breach.explained", "breach.reviewed"]


# Whether who may give the reason, and whether who may review it.
SAYS: dict[tuple[str, str], tuple[bool, bool]] = {
    ("priya", "missed"): (True, False),  # her case
    ("tom", "missed"): (False, False),  # a colleague's
    ("dylan", "missed"): (True, False),  # there is nothing to review yet
    ("dylan", "explained"): (True, False),  # he gave that reason himself
    ("tom", "explained"): (True, False),
    ("grace", "missed"): (False, False),
    ("grace", "explained"): (False, True),
    ("alex", "hate"): (True, False),
    ("grace", "retracted"): (False, False),
    ("dylan", "retracted"): (False, False),
    ("dylan", "kept"): (False, False),
}


def test_each_is_offered_what_is_hers_to_say_and_refused_the_rest(board: Board) -> None:
    before, offered = fingerprint(), {}
    for who, name in SAYS:
        text = look(board, who, name)
        offered[who, name] = ("Save the reason" in text, "Save the review" in text)
        for may, typed in zip(SAYS[who, name], (REASON, REVIEW), strict=True):
            if not may:
                answer = send(board, who, name, **typed)
                assert answer.status_code == 403 or "does not stand as missed" in words(answer.text)
    assert offered == SAYS
    assert fingerprint() == before


def test_a_new_reason_puts_away_the_review_of_the_first(board: Board) -> None:
    send(board, "grace", "explained", **{**REVIEW, "verdict": "more_needed"})
    dylan = signed_in(board.cast.dylan)
    assert board.reference("explained") in dylan.get("/dashboard/promises/").text  # not enough: unexplained again
    send(board, "tom", "explained", **REASON)
    row = breach(board, "explained")
    assert (row.reason, row.verdict, row.review_note, row.reviewed_by) == ("absence", "", "", None)
    assert board.reference("explained") not in dylan.get("/dashboard/promises/").text


def test_what_is_missing_is_said_beside_its_box_and_everything_typed_is_kept(board: Board) -> None:
    for who, typed, box, said in (
        ("tom", {**REASON, "reason": ""}, "reason", "Select why it was missed"),
        ("tom", {**REASON, "explanation": ""}, "explanation", "Enter what happened"),
        ("tom", {**REASON, "explanation": "x" * 2001}, "explanation", "What happened must be 2,000 characters or less"),
        ("grace", {**REVIEW, "verdict": ""}, "verdict", "Select what you make of the reason"),
        ("grace", {**REVIEW, "review_note": "x" * 2001}, "review_note", "Note for the officer must be 2,000 characters or less"),
    ):  # fmt: skip
        page = send(board, who, "explained", **typed)
        assert (page.status_code, complaint(page.text, box)) == (422, said)
        assert lost(page.text, {key: value for key, value in typed.items() if key != "what"}) == []
    assert breach(board, "explained").explanation == "Two at once."


def test_the_page_shows_the_facts_behind_the_miss(board: Board) -> None:
    text = look(board, "robin", "late")
    said = words(text)
    assert "What was promised Each victim is contacted within 48 hours" in said
    assert "Where it comes from 48 hours, Cherwell 3" in said
    assert "Outcome Missed, done 4 hours" in said
    assert [entry.partition(" by ")[0] for entry in entries(text)] == [
        "Contact with Ms Khan", "Ms Khan is part of the case: victim, reporter", "Report received",
    ]  # fmt: skip


def test_a_manager_sees_the_facts_without_names_and_without_notes(board: Board) -> None:
    text = look(board, "grace", "late")
    assert "Contact the victim" in words(text)
    assert entries(text)[0].startswith("Contact with somebody by telephone by Alex Gill")
    assert "Khan" not in text
    assert "Open the case" not in words(text)


def test_a_miss_that_no_sweep_has_seen_yet_can_be_explained_and_gets_its_breach_at_the_deadline(cast: Cast) -> None:
    case = cast.case(timezone.now() - 49 * HOUR)
    late = clock(case, "CHER-3b-i")
    address = reverse("promise", args=[late.pk])
    assert signed_in(cast.priya).post(address, REASON).status_code == 302
    row = Breach.objects.get(clock=late)
    assert (row.due_at, row.reason) == (late.due_at, "absence")
    assert row.detected_at - row.due_at > timedelta(minutes=50)


def test_a_reason_given_while_a_late_entry_unmade_the_miss_is_not_saved_and_says_why(board: Board) -> None:
    """She had the form open when a colleague entered that he rang in time."""
    assert "Save the reason" in look(board, "priya", "missed")
    contacted(board.cases["missed"], board.cast, 30)
    page = send(board, "priya", "missed", **REASON)
    assert "Nothing was saved: this promise does not stand as missed." in words(page.text)
    assert (breach(board, "missed").reason, page.status_code) == ("", 200)
    assert "Not missed after all" in words(page.text)


def test_a_reason_that_was_given_stands_in_the_form_for_a_better_one(board: Board) -> None:
    filled = boxes(look(board, "tom", "explained"))
    assert (filled["reason"], filled["explanation"]) == ("workload", "Two at once.")
