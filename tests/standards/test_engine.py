"""The rules of judgement (docs/architecture.md), each with the cases that could break it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from standards.calendar import Edition, HolidaysUnknown
from standards.engine import Outcome, earliest
from tests.standards.history import DUNN, KHAN, WEBB, Story, at, england

RUNNING, KEPT, MISSED = Outcome.RUNNING, Outcome.KEPT, Outcome.MISSED


# --- rule 1: how deadlines are counted ---------------------------------------------------------------


def test_rule_1_each_promise_in_its_own_unit() -> None:
    clocks = Story("cherwell").victim("2026-10-24 10:00").deadlines("2026-10-24 12:00")
    assert {key[0]: one.due_at for key, one in clocks.items()} == {
        "CHER-3b-i": at("2026-10-26 09:00"),  # 48 elapsed hours, over the autumn clock change
        "CHER-3c": at("2026-10-28 17:00"),  # 3 working days; Saturday is day 0
    }


def test_nothing_is_promised_before_something_was_received() -> None:
    story = Story("cherwell")
    story.known("2026-09-02 09:00", KHAN)
    assert story.judged("2026-09-30 09:00") == {}


# --- rule 2: clocks belong to people -----------------------------------------------------------------


def test_rule_2_each_victim_has_her_own_clock() -> None:
    story = Story("cherwell").victim("2026-09-02 09:00")
    story.known("2026-09-02 09:00", DUNN, "victim")
    story.add("2026-09-02 10:00", "contact.made", KHAN, channel="telephone")
    clocks = story.judged("2026-09-05 09:00")
    assert clocks["CHER-3b-i", KHAN, 1].outcome is KEPT
    assert clocks["CHER-3b-i", DUNN, 1].outcome is MISSED


def test_rule_2_a_report_with_no_known_person_has_one_for_the_matter() -> None:
    story = Story("cherwell")
    story.received("2026-09-02 09:00")
    clocks = story.deadlines("2026-09-02 10:00")
    assert sorted(clocks) == [("CHER-3b-i", None, 1), ("CHER-3c", None, 1)]


def test_rule_2_the_matters_clock_gives_way_when_a_victim_becomes_known() -> None:
    story = Story("cherwell")
    story.received("2026-09-02 09:00")
    story.known("2026-09-03 09:00", KHAN)
    clocks = story.judged("2026-09-03 10:00")
    assert clocks["CHER-3b-i", None, 1].outcome is Outcome.GAVE_WAY
    assert clocks["CHER-3b-i", KHAN, 1].due_at == at("2026-09-05 09:00")


def test_rule_2_a_victim_of_the_first_report_entered_late_is_owed_from_the_first_report() -> None:
    story = Story("cherwell")
    story.received("2026-09-02 09:00")
    story.known("2026-09-02 09:00", KHAN)  # recorded days later; it happened then
    clocks = story.judged("2026-09-06 10:00")
    assert ("CHER-3b-i", None, 1) not in clocks
    assert clocks["CHER-3b-i", KHAN, 1].outcome is MISSED


@pytest.mark.parametrize(("closed", "outcome"), [("2026-09-03 09:00", Outcome.ENDED), ("2026-09-05 09:00", MISSED)])
def test_rule_2_the_matters_clock_ends_when_it_closes_with_nobody_known(closed: str, outcome: Outcome) -> None:
    """Nobody is there any more to whom it could be owed; what was missed before stays missed."""
    story = Story("cherwell")
    story.received("2026-09-02 09:00")
    story.add(closed, "matter.closed", outcome="no_action")
    clock = story.judged("2026-10-01 09:00")["CHER-3b-i", None, 1]
    assert (clock.outcome, clock.ended_at) == (outcome, at(closed))


def test_rule_2_witnesses_are_updated_but_not_promised_a_first_contact() -> None:
    story = Story("cherwell").victim("2026-09-02 09:00")
    story.known("2026-09-02 09:00", WEBB, "witness")
    story.add("2026-09-03 09:00", "plan.agreed", KHAN)
    clocks = story.deadlines("2026-09-03 10:00")
    assert {key[0] for key in clocks if key[1] == WEBB} == {"CHER-5a"}


def test_rule_2_reporter_and_victim_are_owed_different_things() -> None:
    story = Story("coventry")
    story.received("2026-09-02 09:00")
    story.known("2026-09-02 09:00", DUNN, "reporter")
    story.known("2026-09-02 09:00", KHAN, "victim")
    owed = sorted(key[:2] for key in story.judged("2026-09-02 10:00"))
    assert owed == [("COV-4a", DUNN), ("COV-4b", DUNN), ("COV-4d", DUNN)]


def test_rule_2_whoever_cannot_be_written_to_is_owed_no_letter() -> None:
    story = Story("coventry")
    story.received("2026-09-02 09:00")
    story.known("2026-09-02 09:00", DUNN, "reporter", writable=False, contactable=True)
    assert {key[0] for key in story.judged("2026-09-02 10:00")} == {"COV-4a", "COV-4d"}


# --- rule 3: the first receipt starts it, and nothing resets it --------------------------------------


@pytest.mark.parametrize(
    ("kind", "detail"),
    [
        ("matter.transferred", {"agency": "x", "reason": "wrong_agency"}),
        ("matter.merged", {"into": "x"}),
        ("officer.assigned", {"officer": "x"}),
        ("report.received", {"channel": "email", "agency_type": "housing"}),
    ],
)
def test_rule_3_transfer_merge_officer_or_a_second_report_never_reset_it(kind: str, detail: dict[str, object]) -> None:
    story = Story("cherwell").victim("2026-09-02 09:00")
    before = story.judged("2026-09-03 10:00")
    story.add("2026-09-03 09:30", kind, **detail)
    assert story.judged("2026-09-03 10:00") == before


def test_rule_3_an_earlier_receipt_found_later_moves_the_start() -> None:
    story = Story("cherwell").victim("2026-09-02 09:00")
    story.received("2026-09-01 09:00", agency_type="housing")
    story.known("2026-09-01 09:00", KHAN, "victim")
    assert story.judged("2026-09-02 10:00")["CHER-3b-i", KHAN, 1].started_at == at("2026-09-01 09:00")


# --- rule 4: typed stops -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "stopped"),
    [
        ("contact.attempted", set()),
        ("acknowledgement.sent", set()),
        ("risk.assessed", set()),
        ("response.made", set()),
        ("contact.made", {"CHER-3b-i"}),
        ("meeting.held", {"CHER-3b-i", "CHER-3c"}),
    ],
)
def test_rule_4_each_act_stops_only_its_own_promise(kind: str, stopped: set[str]) -> None:
    story = Story("cherwell").victim("2026-09-02 09:00")
    story.add("2026-09-02 11:00", kind, KHAN, channel="telephone", band="standard")
    clocks = story.judged("2026-09-02 12:00")
    assert {key[0] for key, one in clocks.items() if one.outcome is KEPT} == stopped


def test_rule_4_an_automatic_acknowledgement_stops_only_the_acknowledgement() -> None:
    story = Story("coventry").victim("2026-09-02 09:00")
    story.add("2026-09-02 09:01", "acknowledgement.sent", KHAN, channel="email")
    clocks = story.judged("2026-09-02 12:00")
    assert (clocks["COV-4b", KHAN, 1].outcome, clocks["COV-4d", KHAN, 1].outcome) == (KEPT, RUNNING)


def test_rule_4_nothing_stops_a_clock_before_it_starts() -> None:
    story = Story("cherwell").victim("2026-09-02 09:00")
    story.add("2026-09-02 08:59", "contact.made", KHAN, channel="telephone")
    assert story.judged("2026-09-02 12:00")["CHER-3b-i", KHAN, 1].outcome is RUNNING


@pytest.mark.parametrize(
    ("contact", "outcome"),
    [("2026-09-04 09:00", KEPT), ("2026-09-04 09:01", MISSED)],
)
def test_rule_4_on_the_dot_is_in_time_and_late_stays_missed(contact: str, outcome: Outcome) -> None:
    story = Story("cherwell").victim("2026-09-02 09:00")
    story.add(contact, "contact.made", KHAN, channel="telephone")
    clock = story.judged("2026-09-10 09:00")["CHER-3b-i", KHAN, 1]
    assert (clock.outcome, clock.ended_at) == (outcome, at(contact))


def test_a_miss_is_open_until_the_promise_is_kept_late() -> None:
    clock = Story("cherwell").victim("2026-09-02 09:00").judged("2026-09-10 09:00")["CHER-3b-i", KHAN, 1]
    assert (clock.outcome, clock.ended_at) == (MISSED, None)


# --- rule 5: the earliest is computed ----------------------------------------------------------------


def test_rule_5_the_earliest_deadline_still_owed() -> None:
    story = Story("cherwell").victim("2026-09-02 09:00")
    first = earliest(story.judged("2026-09-02 10:00").values())
    assert first is not None
    assert first.promise == "CHER-3b-i"
    story.add("2026-09-02 11:00", "contact.made", KHAN, channel="telephone")
    second = earliest(story.judged("2026-09-02 12:00").values())
    assert second is not None
    assert second.promise == "CHER-3c"
    story.add("2026-09-02 13:00", "meeting.held", KHAN)
    assert earliest(story.judged("2026-09-02 14:00").values()) is None


# --- rule 6: unassessed counts as high ---------------------------------------------------------------


def test_rule_6_unassessed_risk_takes_the_one_day_clock() -> None:
    clocks = Story("northamptonshire").victim("2026-09-02 09:00").deadlines("2026-09-02 10:00")
    assert [key[0] for key in clocks] == ["NORT-5"]
    assert clocks["NORT-5", KHAN, 1].provisional


@pytest.mark.parametrize("band", ["medium", "standard"])
def test_rule_6_assessment_re_bases_it_from_the_same_start(band: str) -> None:
    story = Story("northamptonshire").victim("2026-09-02 09:00")
    story.add("2026-09-03 09:00", "risk.assessed", KHAN, band=band, score=12)
    clocks = story.judged("2026-09-03 10:00")
    assert clocks["NORT-5", KHAN, 1].outcome is Outcome.GAVE_WAY
    assert clocks["NORT-6", KHAN, 1].started_at == at("2026-09-02 09:00")
    assert clocks["NORT-6", KHAN, 1].due_at == at("2026-09-09 17:00")
    assert not clocks["NORT-6", KHAN, 1].provisional


def test_rule_6_assessed_high_keeps_the_one_day_clock() -> None:
    story = Story("northamptonshire").victim("2026-09-02 09:00")
    story.add("2026-09-02 12:00", "risk.assessed", KHAN, band="high", score=30)
    clocks = story.deadlines("2026-09-02 13:00")
    assert [key[0] for key in clocks] == ["NORT-5"]
    assert not clocks["NORT-5", KHAN, 1].provisional


def test_rule_6_an_assessment_after_the_deadline_does_not_undo_the_miss() -> None:
    """While nobody had looked it counted as high, and nobody responded."""
    story = Story("northamptonshire").victim("2026-09-02 09:00")
    story.add("2026-09-04 09:00", "risk.assessed", KHAN, band="standard", score=5)
    clocks = story.judged("2026-09-04 10:00")
    assert (clocks["NORT-5", KHAN, 1].outcome, clocks["NORT-5", KHAN, 1].ended_at) == (MISSED, at("2026-09-04 09:00"))
    assert clocks["NORT-6", KHAN, 1].outcome is RUNNING


def test_rule_6_each_persons_risk_is_her_own() -> None:
    story = Story("northamptonshire").victim("2026-09-02 09:00")
    story.known("2026-09-02 09:00", DUNN, "victim")
    story.add("2026-09-02 12:00", "risk.assessed", KHAN, band="standard", score=5)
    running = {key[:2] for key, one in story.deadlines("2026-09-02 13:00").items() if one.outcome is RUNNING}
    assert running == {("NORT-6", KHAN), ("NORT-5", DUNN)}


# --- rule 7: a condition that becomes true late ------------------------------------------------------


def test_rule_7_hate_from_the_start_has_the_24_hour_clock_only() -> None:
    story = Story("cherwell").victim("2026-09-02 09:00")
    story.add("2026-09-02 09:00", "hate.identified", strands=["race"])
    clocks = story.deadlines("2026-09-02 10:00")
    assert {key[0] for key in clocks} == {"CHER-3b-ii", "CHER-3c"}
    assert clocks["CHER-3b-ii", KHAN, 1].due_at == at("2026-09-03 09:00")


def test_rule_7_recognised_in_time_the_48_hours_give_way_to_24_from_the_same_start() -> None:
    story = Story("cherwell").victim("2026-09-02 09:00")
    story.add("2026-09-02 15:00", "hate.identified", strands=["race"])
    clocks = story.judged("2026-09-02 16:00")
    assert clocks["CHER-3b-i", KHAN, 1].outcome is Outcome.GAVE_WAY
    assert (clocks["CHER-3b-ii", KHAN, 1].outcome, clocks["CHER-3b-ii", KHAN, 1].due_at) == (
        RUNNING,
        at("2026-09-03 09:00"),
    )


def test_rule_7_recognised_too_late_is_counted_apart_and_owed_afresh() -> None:
    """X-04: reclassified late, with a remedial clock from the moment it became known."""
    story = Story("cherwell").victim("2026-09-02 09:00")
    story.add("2026-09-03 15:00", "hate.identified", strands=["race"])
    clocks = story.judged("2026-09-03 16:00")
    late, remedial = clocks["CHER-3b-ii", KHAN, 1], clocks["CHER-3b-ii", KHAN, 2]
    assert clocks["CHER-3b-i", KHAN, 1].outcome is Outcome.GAVE_WAY
    assert (late.outcome, late.due_at, late.ended_at) == (
        Outcome.RECLASSIFIED_LATE,
        at("2026-09-03 09:00"),
        at("2026-09-03 15:00"),
    )
    assert (remedial.outcome, remedial.due_at, remedial.remedial) == (RUNNING, at("2026-09-04 15:00"), True)


def test_rule_7_recognised_after_both_deadlines_leaves_the_first_miss_standing() -> None:
    story = Story("cherwell").victim("2026-09-02 09:00")
    story.add("2026-09-05 15:00", "hate.identified", strands=["race"])
    clocks = story.judged("2026-09-07 16:00")
    assert clocks["CHER-3b-i", KHAN, 1].outcome is MISSED
    assert clocks["CHER-3b-ii", KHAN, 1].outcome is Outcome.RECLASSIFIED_LATE
    assert clocks["CHER-3b-ii", KHAN, 2].outcome is MISSED


@pytest.mark.parametrize(
    ("contact", "outcome"),
    [("2026-09-03 08:00", KEPT), ("2026-09-03 20:00", Outcome.RECLASSIFIED_LATE)],
)
def test_rule_7_recognised_after_contact_is_judged_by_when_contact_was(contact: str, outcome: Outcome) -> None:
    story = Story("cherwell").victim("2026-09-02 09:00")
    story.add(contact, "contact.made", KHAN, channel="telephone")
    story.add("2026-09-05 09:00", "hate.identified", strands=["race"])
    clocks = story.judged("2026-09-06 09:00")
    assert clocks["CHER-3b-i", KHAN, 1].outcome is KEPT
    assert clocks["CHER-3b-ii", KHAN, 1].outcome is outcome
    assert ("CHER-3b-ii", KHAN, 2) not in clocks


def test_rule_7_risk_raised_again_is_reclassified() -> None:
    story = Story("northamptonshire").victim("2026-09-02 09:00")
    story.add("2026-09-02 12:00", "risk.assessed", KHAN, band="standard", score=5)
    story.add("2026-09-04 12:00", "risk.assessed", KHAN, band="high", score=30)
    clocks = story.judged("2026-09-04 13:00")
    assert [clocks["NORT-5", KHAN, turn].outcome for turn in (1, 2, 3)] == [
        Outcome.GAVE_WAY,
        Outcome.RECLASSIFIED_LATE,
        RUNNING,
    ]
    assert clocks["NORT-5", KHAN, 3].due_at == at("2026-09-07 17:00")
    assert clocks["NORT-6", KHAN, 1].outcome is Outcome.GAVE_WAY


# --- rule 8: later dates, and people who cannot be reached -------------------------------------------


def vary(story: Story, when: str, due: str) -> None:
    story.add(when, "deadline.varied", KHAN, promise="CHER-3c", due=at(due).isoformat())


def test_rule_8_a_later_date_moves_the_deadline_and_keeps_the_first() -> None:
    story = Story("cherwell").victim("2026-09-02 09:00")
    vary(story, "2026-09-03 09:00", "2026-09-14 17:00")
    clock = story.judged("2026-09-10 09:00")["CHER-3c", KHAN, 1]
    assert (clock.outcome, clock.due_at, clock.first_due_at) == (
        RUNNING,
        at("2026-09-14 17:00"),
        at("2026-09-07 17:00"),
    )


def test_rule_8_asked_for_after_the_deadline_the_miss_stays() -> None:
    story = Story("cherwell").victim("2026-09-02 09:00")
    vary(story, "2026-09-08 09:00", "2026-09-14 17:00")
    assert story.judged("2026-09-08 10:00")["CHER-3c", KHAN, 1].outcome is MISSED


def test_rule_8_an_earlier_date_changes_nothing() -> None:
    story = Story("cherwell").victim("2026-09-02 09:00")
    vary(story, "2026-09-03 09:00", "2026-09-04 17:00")
    assert story.judged("2026-09-03 10:00")["CHER-3c", KHAN, 1].due_at == at("2026-09-07 17:00")


def test_rule_8_a_second_later_date_counts_from_the_first() -> None:
    story = Story("cherwell").victim("2026-09-02 09:00")
    vary(story, "2026-09-03 09:00", "2026-09-14 17:00")
    vary(story, "2026-09-11 09:00", "2026-09-21 17:00")  # after the first deadline, before the moved one
    assert story.judged("2026-09-15 10:00")["CHER-3c", KHAN, 1].due_at == at("2026-09-21 17:00")


def test_rule_8_declining_a_meeting_releases_the_partnership() -> None:
    story = Story("cherwell").victim("2026-09-02 09:00")
    story.add("2026-09-03 09:00", "meeting.declined", KHAN)
    assert story.judged("2026-09-10 10:00")["CHER-3c", KHAN, 1].outcome is Outcome.WAIVED


def attempts(story: Story, *tries: tuple[str, str]) -> None:
    for when, channel in tries:
        story.add(when, "contact.attempted", KHAN, channel=channel)


ENOUGH = [("2026-09-02 10:00", "telephone"), ("2026-09-03 10:00", "telephone"), ("2026-09-03 18:00", "visit")]


@pytest.mark.parametrize(
    ("tries", "outcome"),
    [
        (ENOUGH, Outcome.ATTEMPTED),
        (ENOUGH[:2], MISSED),  # too few
        ([("2026-09-02 10:00", "telephone"), ("2026-09-02 11:00", "text"), ("2026-09-02 12:00", "visit")], MISSED),
        ([(when, "telephone") for when, _ in ENOUGH], MISSED),  # one channel only
        ([*ENOUGH[:2], ("2026-09-04 09:01", "visit")], MISSED),  # the third came after the deadline
    ],
)
def test_rule_8_enough_attempts_confirmed_end_it_as_attempted(tries: list[tuple[str, str]], outcome: Outcome) -> None:
    story = Story("cherwell").victim("2026-09-02 09:00")
    attempts(story, *tries)
    story.add("2026-09-04 09:30", "unreachable.confirmed", KHAN)
    assert story.judged("2026-09-10 10:00")["CHER-3b-i", KHAN, 1].outcome is outcome


def test_rule_8_attempts_alone_stop_nothing() -> None:
    story = Story("cherwell").victim("2026-09-02 09:00")
    attempts(story, *ENOUGH)
    assert story.judged("2026-09-10 10:00")["CHER-3b-i", KHAN, 1].outcome is MISSED


def test_rule_8_contact_in_time_after_giving_up_is_kept() -> None:
    story = Story("cherwell").victim("2026-09-02 09:00")
    attempts(story, *ENOUGH)
    story.add("2026-09-03 19:00", "unreachable.confirmed", KHAN)
    story.add("2026-09-03 20:00", "contact.made", KHAN, channel="telephone")
    assert story.judged("2026-09-10 10:00")["CHER-3b-i", KHAN, 1].outcome is KEPT


def test_rule_8_confirmation_without_enough_attempts_leaves_it_running() -> None:
    story = Story("cherwell").victim("2026-09-02 09:00")
    attempts(story, *ENOUGH[:1])
    story.add("2026-09-02 12:00", "unreachable.confirmed", KHAN)
    assert story.judged("2026-09-02 13:00")["CHER-3b-i", KHAN, 1].outcome is RUNNING


# --- rule 9: recurring promises ----------------------------------------------------------------------


def planned(charter: str = "cherwell") -> Story:
    story = Story(charter).victim("2026-09-02 09:00")
    story.add("2026-09-03 10:00", "plan.agreed", KHAN)
    return story


def turns(story: Story, now: str, promise: str = "CHER-5a") -> list[tuple[Outcome, str]]:
    clocks = story.judged(now)
    return [
        (one.outcome, f"{one.due_at:%m-%d}")
        for key, one in sorted(clocks.items(), key=str)
        if key[:2] == (promise, KHAN)
    ]


@pytest.mark.parametrize(
    ("charter", "promise"),
    [
        ("cherwell", "CHER-5a"),
        ("northamptonshire", "NORT-11"),
        ("bolsover", "BOLS-8a"),
        ("bolsover", "BOLS-12b"),
        ("chesterfield", "CHES-3a"),
    ],
)
def test_rule_9_each_update_ends_a_turn_and_starts_the_next(charter: str, promise: str) -> None:
    story = planned(charter)
    assert turns(story, "2026-09-03 11:00", promise) == [(RUNNING, "09-17")]  # 10 working days
    story.add("2026-09-10 10:00", "update.given", KHAN, channel="telephone")
    assert turns(story, "2026-09-10 11:00", promise) == [(KEPT, "09-17"), (RUNNING, "09-24")]
    assert turns(story, "2026-10-01 11:00", promise) == [(KEPT, "09-17"), (MISSED, "09-24")]
    story.add("2026-10-01 12:00", "update.given", KHAN, channel="telephone")
    assert turns(story, "2026-10-01 13:00", promise)[1:] == [(MISSED, "09-24"), (RUNNING, "10-15")]


def test_rule_9_the_interval_agreed_with_the_person_counts() -> None:
    story = planned()
    story.add("2026-09-04 10:00", "updates.agreed", KHAN, amount=7, unit="calendar_days")
    assert turns(story, "2026-09-04 11:00") == [(RUNNING, "09-11")]
    story.add("2026-09-10 10:00", "update.given", KHAN, channel="text")
    assert turns(story, "2026-09-10 11:00") == [(KEPT, "09-11"), (RUNNING, "09-17")]


def test_rule_9_a_longer_interval_counts_from_the_last_update() -> None:
    story = planned()
    story.add("2026-09-04 10:00", "updates.agreed", KHAN, amount=21, unit="calendar_days")
    assert turns(story, "2026-09-04 11:00") == [(RUNNING, "09-24")]  # planned on the 3rd


def test_rule_9_talking_of_intervals_is_no_update() -> None:
    """Agreed anew every week, and never updated: late all the same."""
    story = planned()
    for day in ("09-08", "09-15", "09-22", "09-29"):
        story.add(f"2026-{day} 10:00", "updates.agreed", KHAN, amount=10, unit="working_days")
    assert turns(story, "2026-09-30 11:00") == [(MISSED, "09-17")]


def test_rule_9_what_is_agreed_after_a_miss_does_not_undo_it() -> None:
    story = planned()
    story.add("2026-09-18 10:00", "updates.agreed", KHAN, amount=60, unit="calendar_days")
    assert turns(story, "2026-09-18 11:00") == [(MISSED, "09-17")]
    story.add("2026-09-21 10:00", "update.given", KHAN, channel="text")
    assert turns(story, "2026-09-21 11:00") == [(MISSED, "09-17"), (RUNNING, "11-20")]


def test_rule_9_it_is_known_whether_the_interval_was_agreed() -> None:
    """Also when the person agreed to just what the charter says anyway."""
    story = planned()
    assert not story.judged("2026-09-03 11:00")["CHER-5a", KHAN, 1].agreed
    story.add("2026-09-04 10:00", "updates.agreed", KHAN, amount=10, unit="working_days")
    assert story.judged("2026-09-04 11:00")["CHER-5a", KHAN, 1].agreed


def test_rule_9_an_update_and_a_new_agreement_in_one_conversation() -> None:
    story = planned()
    story.add("2026-09-10 10:00", "update.given", KHAN, channel="telephone")
    story.add("2026-09-10 10:00", "updates.agreed", KHAN, amount=5, unit="working_days")
    assert turns(story, "2026-09-10 11:00") == [(KEPT, "09-17"), (RUNNING, "09-17")]


def test_rule_9_ends_at_closure() -> None:
    story = planned()
    story.add("2026-09-11 10:00", "matter.closed", outcome="resolved")
    assert turns(story, "2026-12-01 11:00") == [(Outcome.ENDED, "09-17")]


def test_rule_9_closing_a_case_does_not_release_what_was_promised_once() -> None:
    story = Story("cherwell").victim("2026-09-02 09:00")
    story.add("2026-09-02 12:00", "matter.closed", outcome="resolved")
    assert story.judged("2026-09-10 11:00")["CHER-3b-i", KHAN, 1].outcome is MISSED


def test_rule_9_opting_out_ends_it_and_opting_in_starts_it_again() -> None:
    story = planned()
    story.add("2026-09-08 10:00", "updates.declined", KHAN)
    assert turns(story, "2026-10-30 11:00") == [(Outcome.ENDED, "09-17")]
    story.add("2026-10-30 12:00", "updates.agreed", KHAN, amount=10, unit="working_days")
    assert turns(story, "2026-10-30 13:00") == [(Outcome.ENDED, "09-17"), (RUNNING, "11-13")]


def test_rule_9_opting_out_before_the_plan_is_heard() -> None:
    story = Story("cherwell").victim("2026-09-02 09:00")
    story.add("2026-09-02 12:00", "updates.declined", KHAN)
    story.add("2026-09-03 10:00", "plan.agreed", KHAN)
    assert turns(story, "2026-10-30 11:00") == []


def test_rule_9_opting_out_after_the_deadline_leaves_the_miss() -> None:
    story = planned()
    story.add("2026-09-20 10:00", "updates.declined", KHAN)
    assert turns(story, "2026-10-30 11:00") == [(MISSED, "09-17")]


def test_rule_9_a_person_who_cannot_be_reached_with_an_update() -> None:
    story = planned()
    attempts(story, ("2026-09-14 10:00", "telephone"), ("2026-09-15 10:00", "text"), ("2026-09-16 10:00", "visit"))
    story.add("2026-09-16 12:00", "unreachable.confirmed", KHAN)
    assert turns(story, "2026-09-16 13:00") == [(Outcome.ATTEMPTED, "09-17"), (RUNNING, "09-30")]


def test_rule_9_a_plan_agreed_with_one_victim_starts_updates_for_all() -> None:
    story = Story("cherwell").victim("2026-09-02 09:00")
    story.known("2026-09-02 09:00", WEBB, "witness")
    story.known("2026-09-08 09:00", DUNN, "witness")
    story.add("2026-09-03 10:00", "plan.agreed", KHAN)
    clocks = story.judged("2026-09-08 10:00")
    assert {key[1]: one.started_at for key, one in clocks.items() if key[0] == "CHER-5a"} == {
        KHAN: at("2026-09-03 10:00"),
        WEBB: at("2026-09-03 10:00"),
        DUNN: at("2026-09-08 09:00"),  # from when she is known
    }


# --- rule 11: bank holidays proclaimed later ---------------------------------------------------------


def proclaimed(when: str) -> Edition:
    known = england().editions[0]
    return Edition(known.holidays | {date(2026, 9, 7)}, known.first, known.last, since=at(when))


def test_rule_11_a_running_clock_gets_the_new_holiday() -> None:
    story = Story("cherwell").victim("2026-09-02 09:00")
    clock = story.judged("2026-09-04 09:00", england(proclaimed("2026-09-03 12:00")))["CHER-3c", KHAN, 1]
    assert clock.due_at == at("2026-09-08 17:00")


def test_rule_11_a_clock_that_had_ended_stays_as_it_was() -> None:
    story = Story("cherwell").victim("2026-09-02 09:00")
    story.add("2026-09-03 11:00", "meeting.held", KHAN)
    clock = story.judged("2026-09-04 09:00", england(proclaimed("2026-09-03 12:00")))["CHER-3c", KHAN, 1]
    assert (clock.outcome, clock.due_at) == (KEPT, at("2026-09-07 17:00"))


def test_rule_11_a_miss_is_not_undone_by_a_holiday_proclaimed_after_it() -> None:
    story = Story("cherwell").victim("2026-09-02 09:00")
    clock = story.judged("2026-09-10 09:00", england(proclaimed("2026-09-09 12:00")))["CHER-3c", KHAN, 1]
    assert (clock.outcome, clock.due_at) == (MISSED, at("2026-09-07 17:00"))


def test_rule_11_a_year_the_table_does_not_know_is_an_error() -> None:
    with pytest.raises(HolidaysUnknown):
        Story("cherwell").victim("2028-12-29 09:00").judged("2028-12-29 10:00")


# --- corrections -------------------------------------------------------------------------------------


def test_a_withdrawn_entry_counts_for_nothing() -> None:
    story = Story("cherwell").victim("2026-09-02 09:00")
    before = story.judged("2026-09-05 09:00")
    contact = story.add("2026-09-02 10:00", "contact.made", KHAN, channel="telephone")
    assert story.judged("2026-09-05 09:00")["CHER-3b-i", KHAN, 1].outcome is KEPT
    withdrawal = story.add("2026-09-05 08:00", "entry.withdrawn", corrects=contact)
    assert story.judged("2026-09-05 09:00") == before
    story.add("2026-09-05 08:30", "entry.withdrawn", corrects=withdrawal)
    assert story.judged("2026-09-05 09:00")["CHER-3b-i", KHAN, 1].outcome is KEPT


def test_a_corrected_time_counts_instead_of_the_first() -> None:
    story = Story("cherwell").victim("2026-09-02 09:00")
    wrong = story.add("2026-09-05 10:00", "contact.made", KHAN, channel="telephone")
    story.add("2026-09-03 10:00", "contact.made", KHAN, channel="telephone", corrects=wrong)
    assert story.judged("2026-09-06 09:00")["CHER-3b-i", KHAN, 1].ended_at == at("2026-09-03 10:00")


def test_a_correction_corrected_again_does_not_bring_back_the_first_entry() -> None:
    story = Story("cherwell").victim("2026-09-02 09:00")
    first = story.add("2026-09-03 10:00", "contact.made", KHAN, channel="telephone")
    second = story.add("2026-09-05 10:00", "contact.made", KHAN, channel="telephone", corrects=first)
    third = story.add("2026-09-06 10:00", "contact.made", KHAN, channel="telephone", corrects=second)
    clock = story.judged("2026-09-07 09:00")["CHER-3b-i", KHAN, 1]
    assert (clock.outcome, clock.ended_at) == (MISSED, at("2026-09-06 10:00"))
    story.add("2026-09-07 10:00", "entry.withdrawn", corrects=third)  # the second counts again
    assert story.judged("2026-09-08 09:00")["CHER-3b-i", KHAN, 1].ended_at == at("2026-09-05 10:00")
    story.add("2026-09-08 10:00", "entry.withdrawn", corrects=second)  # and now the first
    assert story.judged("2026-09-09 09:00")["CHER-3b-i", KHAN, 1].outcome is KEPT


def test_a_late_entry_about_a_timely_contact_keeps_the_promise() -> None:
    """Only when it happened counts: a Fact does not even know when it was entered."""
    story = Story("cherwell").victim("2026-09-02 09:00")
    assert story.judged("2026-09-06 09:00")["CHER-3b-i", KHAN, 1].outcome is MISSED
    story.add("2026-09-03 10:00", "contact.made", KHAN, channel="telephone")
    assert story.judged("2026-09-06 09:00")["CHER-3b-i", KHAN, 1].outcome is KEPT


# --- Coventry: without delay -------------------------------------------------------------------------


def test_immediate_need_is_forwarded_without_delay_and_needs_no_letter() -> None:
    story = Story("coventry").victim("2026-09-02 09:00")
    story.add("2026-09-02 09:00", "immediate_need.identified")
    clocks = story.judged("2026-09-02 09:05")
    assert [key[0] for key in clocks] == ["COV-5"]
    assert clocks["COV-5", None, 1].due_at == at("2026-09-02 09:00") + timedelta(minutes=15)
    story.add("2026-09-02 09:10", "police.forwarded")
    assert story.judged("2026-09-02 09:20")["COV-5", None, 1].outcome is KEPT


def test_a_second_danger_is_forwarded_too() -> None:
    story = Story("coventry").victim("2026-09-02 09:00")
    story.add("2026-09-02 09:00", "immediate_need.identified")
    story.add("2026-09-02 09:05", "immediate_need.identified")  # the same danger, said again before anybody acted
    story.add("2026-09-02 09:10", "police.forwarded")
    story.add("2026-09-09 22:00", "immediate_need.identified")
    clocks = story.judged("2026-09-09 22:20")
    assert [(key[2], clock.outcome, clock.started_at) for key, clock in clocks.items()] == [
        (1, KEPT, at("2026-09-02 09:00")),
        (2, Outcome.MISSED, at("2026-09-09 22:00")),
    ]
    story.add("2026-09-09 22:30", "police.forwarded")
    assert story.judged("2026-09-09 23:00")["COV-5", None, 2].ended_at == at("2026-09-09 22:30")


def test_the_police_need_not_forward_to_themselves() -> None:
    story = Story("coventry").victim("2026-09-02 09:00", agency_type="police")
    story.add("2026-09-02 09:00", "immediate_need.identified")
    assert story.judged("2026-09-02 10:00") == {}


def test_immediate_need_found_later_takes_the_place_of_the_letter() -> None:
    story = Story("coventry").victim("2026-09-02 09:00")
    story.add("2026-09-02 10:00", "immediate_need.identified")
    clocks = story.judged("2026-09-02 10:05")
    assert clocks["COV-4b", KHAN, 1].outcome is Outcome.GAVE_WAY
    assert clocks["COV-5", None, 1].started_at == at("2026-09-02 10:00")
