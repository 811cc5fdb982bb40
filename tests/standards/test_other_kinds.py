"""Promises without a number, evidence, duties that come again and again, cases merged and opened again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from standards.calendar import LONDON, Unit
from standards.charter import (
    Charter,
    ClockRule,
    Condition,
    EvidenceRule,
    Kind,
    Promise,
    PublicationRule,
    Risk,
    Role,
    Settings,
    Within,
)
from standards.engine import Outcome, State, earliest, judge, missing, show
from standards.facts import merged
from tests.standards.examples import told
from tests.standards.history import DUNN, KHAN, WEBB, at, england, who

VICTIM, WITNESS, MATTER = (Role.VICTIM,), (Role.WITNESS,), (Role.MATTER,)
HOURS_48 = Within(48, Unit.HOURS)
MONTHLY = Within(1, Unit.CALENDAR_MONTHS)


def promised(*promises: Promise, settings: Settings | None = None) -> Charter:
    return Charter("X", "Anywhere", "Anywhere", "Standards", "england-and-wales", settings or Settings(), promises)


def clock(within: Within | None = HOURS_48, **changes: object) -> Promise:
    rule = ClockRule("Contact {person}", VICTIM, ("report.received",), ("contact.made",), within)
    return Promise("X-1", "1", "Contact", clock=replace(rule, **changes))


def evidence(*events: str, owed_to: tuple[Role, ...] = VICTIM, **changes: object) -> Promise:
    return Promise("X-2", "2", "Shown", evidence=EvidenceRule(owed_to=owed_to, events=events, **changes))


def outcomes(charter: Charter, story: str, now: str, kind: Kind = Kind.CASE) -> list[tuple[Outcome, str | None]]:
    """What became of each turn, and when it ended in London."""
    judged = judge(charter, told(story, kind), england(), at(now), kind)
    return [
        (one.outcome, f"{one.ended_at.astimezone(LONDON):%Y-%m-%d %H:%M}" if one.ended_at else None) for one in judged
    ]


def shown(charter: Charter, story: str, kind: Kind = Kind.CASE) -> list[tuple[object, State, bool]]:
    return [(one.about, one.state, one.final) for one in show(charter, told(story, kind), kind)]


# --- timing words without a number -------------------------------------------------------------------


def test_without_a_number_the_time_is_measured_and_nobody_is_late() -> None:
    charter = promised(clock(None))
    (running,) = judge(charter, told(""), england(), at("2030-01-01 09:00"))
    assert (running.outcome, running.within, running.due_at, running.ended_at) == (Outcome.RUNNING, None, None, None)
    (done,) = judge(charter, told("+30d contact.made khan"), england(), at("2030-01-01 09:00"))
    assert (done.outcome, done.due_at, done.done) == (Outcome.MEASURED, None, True)
    assert done.ended_at == at("2026-10-02 09:00")


def test_what_has_no_deadline_is_never_first() -> None:
    timed = replace(clock(), code="X-9")
    first = earliest(judge(promised(clock(None), timed), told(""), england(), at("2026-09-02 10:00")))
    assert first
    assert first.promise == "X-9"
    assert earliest(judge(promised(clock(None)), told(""), england(), at("2026-09-02 10:00"))) is None


def test_somebody_who_cannot_be_reached_ends_what_is_only_measured() -> None:
    story = (
        "+1d contact.attempted khan channel=telephone; +2d contact.attempted khan channel=letter; "
        "+3d contact.attempted khan channel=telephone; +4d unreachable.confirmed khan"
    )
    assert [one for one, _ in outcomes(promised(clock(None)), story, "2026-12-01 09:00")] == [Outcome.ATTEMPTED]


# --- evidence ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("story", "state", "final"),
    [
        ("", State.MISSING, False),  # open: there is time
        ("+30d matter.closed", State.MISSING, True),
        ("+3d rights.explained khan", State.SHOWN, False),
        ("+3d rights.explained khan; +30d matter.closed", State.SHOWN, True),
        ("+3d rights.explained; +30d matter.closed", State.SHOWN, True),  # to everybody
        ("+3d rights.explained dunn; +30d matter.closed", State.MISSING, True),  # to somebody else
        ("+30d matter.closed; +31d rights.explained khan", State.MISSING, True),  # too late
        ("+2d promise.not_applicable khan promise=X-2 reason=declined; +30d matter.closed", State.NOT_APPLICABLE, True),
        ("+2d promise.not_applicable khan promise=X-3 reason=declined; +30d matter.closed", State.MISSING, True),
        ("+30d matter.closed; +40d promise.not_applicable khan promise=X-2 reason=declined", State.MISSING, True),
    ],
)
def test_evidence_is_shown_before_closing_or_missing(story: str, state: State, final: bool) -> None:
    assert shown(promised(evidence("rights.explained")), story) == [(KHAN, state, final)]


def test_what_was_shown_too_late_says_when() -> None:
    charter = promised(evidence("rights.explained"))
    (late,) = missing(show(charter, told("+30d matter.closed; +31d rights.explained khan")))
    assert (late.late, late.at) == (True, at("2026-10-03 09:00"))


def test_evidence_is_owed_to_each_person_and_without_anybody_to_the_matter() -> None:
    charter = promised(evidence("rights.explained", owed_to=(Role.VICTIM, Role.WITNESS)))
    story = "+1d rights.explained dunn; +9d matter.closed"
    assert set(shown(charter, story)) == {(DUNN, State.SHOWN, True), (KHAN, State.MISSING, True)}
    nobody = told("+9d matter.closed", begins="2026-09-02T09:00 report.received")
    assert [(one.about, one.state) for one in show(charter, nobody)] == [(None, State.MISSING)]


@pytest.mark.parametrize(
    ("story", "states"),
    [
        ("+9d matter.closed", []),  # nothing was enforced
        ("+2d proportionality.recorded; +3d enforcement.decided; +9d matter.closed", [State.SHOWN]),
        ("+3d enforcement.decided; +4d proportionality.recorded; +9d matter.closed", [State.MISSING]),  # afterwards
        ("+3d enforcement.decided", [State.MISSING]),  # final at once: the moment has passed
    ],
)
def test_evidence_before_another_act(story: str, states: list[State]) -> None:
    rule = {"start": ("enforcement.decided",), "by": ("enforcement.decided",)}
    judged = shown(promised(evidence("proportionality.recorded", owed_to=MATTER, **rule)), story)
    assert [(state, final) for _, state, final in judged] == [(state, True) for state in states]


def test_what_must_never_happen() -> None:
    charter = promised(evidence(owed_to=MATTER, never=("confidence.breached",)))
    assert shown(charter, "") == [(None, State.SHOWN, False)]
    assert shown(charter, "+9d matter.closed") == [(None, State.SHOWN, True)]
    assert shown(charter, "+3d confidence.breached") == [(None, State.MISSING, True)]
    excused = "+3d confidence.breached; +4d promise.not_applicable promise=X-2 reason=other; +9d matter.closed"
    assert shown(charter, excused) == [(None, State.MISSING, True)]  # what happened cannot be explained away


def test_evidence_on_a_condition_that_held_at_any_time() -> None:
    charter = promised(evidence("hate.reviewed", when=Condition(hate=True)))
    assert shown(charter, "+9d matter.closed") == []
    assert shown(charter, "+3d hate.identified khan; +9d matter.closed") == [(KHAN, State.MISSING, True)]
    reviewed = "+3d hate.identified khan; +4d hate.reviewed khan; +9d matter.closed"
    assert shown(charter, reviewed) == [(KHAN, State.SHOWN, True)]


# --- duties to the public ----------------------------------------------------------------------------


def meetings(kind: Kind = Kind.NEIGHBOURHOOD, every: Within = MONTHLY) -> Charter:
    rule = PublicationRule("Hold a meeting", ("neighbourhood.met",), every, kind)
    return promised(Promise("X-3", "3", "Meetings", publication=rule))


def test_each_month_is_a_turn_of_its_own() -> None:
    """September kept, October missed, November kept twice and December begun: nothing is made good afterwards."""
    story = "2026-09-03T19:00 neighbourhood.met; 2026-11-02T19:00 neighbourhood.met; 2026-11-20T19:00 neighbourhood.met"
    assert outcomes(meetings(), story, "2026-11-25 09:00", Kind.NEIGHBOURHOOD) == [
        (Outcome.KEPT, "2026-09-03 19:00"),
        (Outcome.MISSED, "2026-10-31 23:59"),
        (Outcome.KEPT, "2026-11-02 19:00"),
        (Outcome.RUNNING, None),
    ]


def test_the_first_thursday_of_each_month_is_monthly() -> None:
    """More than a month apart, and yet one in each month."""
    thursdays = ("2026-09-03", "2026-10-01", "2026-11-05", "2026-12-03", "2027-01-07")
    story = ";".join(f"{day}T19:00 neighbourhood.met" for day in thursdays)
    judged = outcomes(meetings(), story, "2027-01-31 09:00", Kind.NEIGHBOURHOOD)
    assert [outcome for outcome, _ in judged] == [Outcome.KEPT] * 5 + [Outcome.RUNNING]


def test_on_the_last_evening_of_the_month_is_in_time() -> None:
    judged = outcomes(meetings(), "2026-09-30T21:30 neighbourhood.met", "2026-10-01 09:00", Kind.NEIGHBOURHOOD)
    assert judged[0] == (Outcome.KEPT, "2026-09-30 21:30")


def test_a_duty_that_began_within_a_month_is_first_owed_in_the_next_whole_one() -> None:
    facts = told("", Kind.NEIGHBOURHOOD, begins="2026-09-15T12:00 matter.opened")
    (turn,) = judge(meetings(), facts, england(), at("2026-09-16 09:00"), Kind.NEIGHBOURHOOD)
    assert (turn.started_at, turn.due_at) == (at("2026-09-15 12:00"), at("2026-10-31 23:59:59"))


@pytest.mark.parametrize(("starts_in", "due"), [(4, "2027-03-31"), (1, "2027-12-31"), (9, "2027-08-31")])
def test_years_are_counted_from_the_month_in_which_they_begin(starts_in: int, due: str) -> None:
    """A duty that begins on 1 September: half a year until March counts as part of the first whole year."""
    charter = replace(
        meetings(Kind.PARTNERSHIP, Within(12, Unit.CALENDAR_MONTHS)), settings=Settings(year_starts_in=starts_in)
    )
    turn = judge(charter, told("", Kind.PARTNERSHIP), england(), at("2026-09-16 09:00"), Kind.PARTNERSHIP)[0]
    expected = {4: "2028-03-31", 1: due, 9: due}[starts_in]
    assert turn.due_at == at(f"{expected} 23:59:59")


def test_a_duty_that_ends_ends_its_turn() -> None:
    story = "2026-09-03T19:00 neighbourhood.met; 2026-10-10T12:00 matter.closed"
    assert outcomes(meetings(), story, "2027-01-01 09:00", Kind.NEIGHBOURHOOD) == [
        (Outcome.KEPT, "2026-09-03 19:00"),
        (Outcome.ENDED, "2026-10-10 12:00"),
    ]


def test_what_is_shown_once_is_missing_until_it_is() -> None:
    rule = PublicationRule("Publish the standards", ("standards.published",))
    charter = promised(Promise("X-3", "3", "Published", publication=rule))
    assert shown(charter, "", Kind.PARTNERSHIP) == [(None, State.MISSING, True)]
    assert shown(charter, "+90d standards.published", Kind.PARTNERSHIP) == [(None, State.SHOWN, True)]


def test_each_promise_binds_its_own_kind_of_matter() -> None:
    charter = promised(clock(), Promise("X-3", "3", "Meetings", publication=meetings().promises[0].publication))
    assert {one.promise for one in judge(charter, told(""), england(), at("2026-09-03 09:00"))} == {"X-1"}
    neighbourhood = judge(charter, told("", Kind.NEIGHBOURHOOD), england(), at("2026-09-03 09:00"), Kind.NEIGHBOURHOOD)
    assert {one.promise for one in neighbourhood} == {"X-3"}


def test_a_promise_that_is_switched_off_is_not_judged() -> None:
    off = replace(clock(), switched_off="Not in force yet")
    assert judge(promised(off), told(""), england(), at("2026-09-03 09:00")) == []
    assert show(promised(replace(evidence("rights.explained"), switched_off="Uncertain")), told("")) == []


# --- cases merged and opened again -------------------------------------------------------------------


def test_a_merged_cases_clock_runs_on_and_what_is_done_in_the_other_counts() -> None:
    """Ms Khan's second case is merged into her first, where she goes by another id (X-30)."""
    there = who("Ms Khan, in the other case")
    own = told(f"+1h party.same khan as={there}; +1h matter.merged into=other")
    other = [
        replace(fact, id=who(f"there, {fact.id}"), about=there if fact.about == KHAN else fact.about)
        for fact in told(
            "2026-09-02T09:30 contact.made khan; 2026-09-03T12:00 contact.made khan",
            begins="2026-08-01T09:00 report.received; 2026-08-01T09:00 party.known khan roles=victim",
        )
    ]
    (judged,) = judge(promised(clock()), merged(own, other), england(), at("2026-09-10 09:00"))
    # The contact before the merging was about the other case only.
    assert (judged.outcome, judged.started_at, judged.ended_at) == (
        Outcome.KEPT,
        at("2026-09-02 09:00"),
        at("2026-09-03 12:00"),
    )


def test_merging_that_is_withdrawn_counts_for_nothing() -> None:
    own = told("+1h matter.merged into=other")
    merging = own[-1]
    withdrawn = replace(merging, id=who("withdrawal"), kind="entry.withdrawn", corrects=merging.id, detail={})
    other = [replace(fact, id=who(f"there, {fact.id}")) for fact in
             told("+2d contact.made", begins="2026-08-01T09:00 report.received")]  # fmt: skip
    assert merged([*own, withdrawn], other) == [*own, withdrawn]
    (judged,) = judge(promised(clock()), [*own, withdrawn], england(), at("2026-09-10 09:00"))
    assert judged.outcome is Outcome.MISSED


def test_a_case_opened_again_owes_again_from_then_on() -> None:
    story = "+10h contact.made khan; +10d matter.closed; +20d matter.reopened"
    assert outcomes(promised(clock()), story, "2026-09-22 10:00") == [
        (Outcome.KEPT, "2026-09-02 19:00"),
        (Outcome.RUNNING, None),
    ]
    assert outcomes(promised(clock()), story, "2026-09-30 10:00")[1] == (Outcome.MISSED, None)
    again = f"{story}; +21d contact.made khan"
    assert outcomes(promised(clock()), again, "2026-09-30 10:00")[1] == (Outcome.KEPT, "2026-09-23 09:00")


def test_updates_stop_while_it_is_closed_and_go_on_afterwards() -> None:
    updates = ClockRule(
        "Update {person}", VICTIM, ("plan.agreed",), ("update.given",), Within(5, Unit.CALENDAR_DAYS), recurring=True
    )
    charter = promised(Promise("X-4", "4", "Updates", clock=updates))
    story = "+0d plan.agreed khan; +3d matter.closed; +20d matter.reopened; +22d update.given khan"
    assert outcomes(charter, story, "2026-09-25 10:00") == [
        (Outcome.ENDED, "2026-09-05 09:00"),
        (Outcome.KEPT, "2026-09-24 09:00"),
        (Outcome.RUNNING, None),
    ]
    assert outcomes(charter, "+0d plan.agreed khan; +3d matter.closed", "2026-12-01 10:00") == [
        (Outcome.ENDED, "2026-09-05 09:00")
    ]


def test_evidence_of_a_case_opened_again_is_owed_until_it_closes_again() -> None:
    charter = promised(evidence("rights.explained"))
    story = "+3d matter.closed; +9d matter.reopened"
    assert shown(charter, story) == [(KHAN, State.MISSING, False)]
    assert shown(charter, f"{story}; +10d rights.explained khan; +12d matter.closed") == [(KHAN, State.SHOWN, True)]


# --- whom it is about --------------------------------------------------------------------------------


def test_what_is_owed_once_is_shown_whoever_the_act_was_about() -> None:
    charter = promised(evidence("options.considered", owed_to=MATTER, when=Condition(hate=True)))
    story = "+1d hate.identified khan; +2d options.considered dunn; +9d matter.closed"
    assert shown(charter, story) == [(None, State.SHOWN, True)]
    action = clock(owed_to=MATTER, stop=("response.made",))
    assert [one for one, _ in outcomes(promised(action), "+1h response.made khan", "2026-12-01 09:00")] == [
        Outcome.KEPT
    ]


def test_what_is_owed_to_witnesses_is_owed_to_nobody_where_there_is_none() -> None:
    charter = promised(evidence("witness.encouraged", owed_to=WITNESS))
    begins = "2026-09-02T09:00 report.received; 2026-09-02T09:00 party.known khan roles=victim"
    assert show(charter, told("+9d matter.closed", begins=begins)) == []


def test_what_is_only_measured_is_measured_no_further_than_closing() -> None:
    charter = promised(clock(None))
    assert outcomes(charter, "+9d matter.closed", "2026-12-01 09:00") == [(Outcome.ENDED, "2026-09-11 09:00")]
    late = "+9d matter.closed; +10d contact.made khan"
    assert outcomes(charter, late, "2026-12-01 09:00") == [(Outcome.MEASURED, "2026-09-12 09:00")]


# --- since when --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("since", "owed"), [(date(2026, 9, 2), True), (date(2026, 9, 3), False)])
def test_a_law_binds_what_came_in_since_it_is_in_force(since: date, owed: bool) -> None:
    charter = promised(replace(clock(), since=since), replace(evidence("rights.explained"), since=since))
    assert [one.promise for one in judge(charter, told(""), england(), at("2026-09-09 09:00"))] == ["X-1"] * owed
    assert [one.promise for one in show(charter, told(""))] == ["X-2"] * owed


def test_a_duty_that_goes_on_is_owed_from_the_day_of_the_law() -> None:
    law = replace(meetings().promises[0], since=date(2026, 11, 1))
    (turn,) = judge(promised(law), told("", Kind.NEIGHBOURHOOD), england(), at("2026-11-09 09:00"), Kind.NEIGHBOURHOOD)
    assert (turn.started_at, turn.due_at) == (at("2026-11-01 00:00"), at("2026-11-30 23:59:59"))


# --- what a review found ------------------------------------------------------------------------------


def test_somebody_known_after_it_was_opened_again_is_owed_once() -> None:
    story = "+5d matter.closed; +10d matter.reopened; +12d party.known webb roles=victim"
    clocks = judge(promised(clock()), told(story), england(), at("2026-12-01 09:00"))
    assert [(one.turn, one.started_at) for one in clocks if one.about == WEBB] == [(1, at("2026-09-14 09:00"))]


def test_a_report_by_nobody_is_owed_again_when_it_is_opened_again() -> None:
    facts = told("+1d matter.closed; +10d matter.reopened", begins="2026-09-02T09:00 report.received")
    judged = judge(promised(clock()), facts, england(), at("2026-09-12 10:00"))
    assert [(one.outcome, one.started_at) for one in judged] == [
        (Outcome.ENDED, at("2026-09-02 09:00")),
        (Outcome.RUNNING, at("2026-09-12 09:00")),
    ]


def test_conditions_are_those_of_the_moment_when_it_is_due() -> None:
    """Not assessed counts as high at first; that binds nobody when she turned out to be at standard risk."""
    rule = {"when": Condition(risk=(Risk.HIGH,))}
    charter = promised(evidence("contact.made", **rule))
    assert shown(charter, "+1h risk.assessed khan band=standard; +30d matter.closed") == []
    assert shown(charter, "+1h risk.assessed khan band=high; +30d matter.closed") == [(KHAN, State.MISSING, True)]
    unless = promised(evidence("contact.made", unless=Condition(immediate=True)))
    assert shown(unless, "+30m immediate_need.identified khan; +30d matter.closed") == []


def test_whoever_cannot_be_reached_is_no_miss_in_the_other_half_of_the_promise() -> None:
    both = replace(clock(), evidence=EvidenceRule(owed_to=VICTIM, events=("contact.made",)))
    tries = (
        "+1h contact.attempted khan channel=telephone; +20h contact.attempted khan channel=text;"
        "+30h contact.attempted khan channel=telephone"
    )
    confirmed = f"{tries}; +31h unreachable.confirmed khan; +30d matter.closed"
    assert outcomes(promised(both), confirmed, "2026-12-01 09:00")[0][0] is Outcome.ATTEMPTED
    assert shown(promised(both), confirmed) == [(KHAN, State.NOT_APPLICABLE, True)]
    once = "+1h contact.attempted khan channel=telephone; +31h unreachable.confirmed khan; +30d matter.closed"
    assert shown(promised(both), once) == [(KHAN, State.MISSING, True)]
    alone = promised(evidence("contact.made"))  # without a clock of its own, nothing ends it
    assert shown(alone, confirmed) == [(KHAN, State.MISSING, True)]


def test_what_was_corrected_away_in_the_case_merged_into_does_not_come_back() -> None:
    own = told("+1h matter.merged into=other")
    there = [
        replace(fact, id=who(f"there, {fact.id}"))
        for fact in told("2026-09-03T15:00 contact.made", begins="2026-08-01T09:00 report.received")
    ]
    earlier = replace(there[-1], id=who("correction"), occurred_at=at("2026-09-01 15:00"), corrects=there[-1].id)
    (judged,) = judge(promised(clock()), merged(own, [*there, earlier]), england(), at("2026-09-10 09:00"))
    assert judged.outcome is Outcome.MISSED
