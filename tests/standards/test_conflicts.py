"""The register's conflicts and ambiguities, X-01 to X-32: what the system does, and what a charter may set instead.

Each test is named after its row. Settings are those of `standards.charter.Settings`; standards/charters/README.md says
which row each settles.
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from asb_cases.vocabulary import Category, Strand
from ledger.vocabulary import EventKind
from partners.models import Membership, Neighbourhood
from standards.calendar import Receipt, Unit, Weekday
from standards.charter import (
    AttemptsRule,
    Charter,
    ComplaintRoute,
    DefinitionLimb,
    Exhaustion,
    Kind,
    MeasureRule,
    Risk,
    Role,
    Within,
)
from standards.charter_file import CharterError, parse
from standards.engine import Judgement, Outcome, State, earliest, judge, show
from standards.holidays import calendar_of
from standards.measures import Value, Verdict, score
from standards.models import MeasureTarget
from tests.cast import Cast
from tests.standards.examples import told
from tests.standards.history import CHARTERS, DUNN, KHAN, at, charter, england

FIVE = ("cherwell", "bolsover", "northamptonshire", "chesterfield", "coventry")
NORT_TIERS = {"NORT-5", "NORT-6"}

Turns = dict[tuple[str, Any], Judgement]


def judged(rules: Charter, story: str, now: str, *, begins: str | None = None, kind: Kind = Kind.CASE) -> Turns:
    """Each promise's last turn to each person."""
    facts = told(story, kind, begins=begins)
    calendar = replace(england(), close_of_day=rules.settings.close_of_day)
    return {(one.promise, one.about): one for one in judge(rules, facts, calendar, at(now), kind)}


def states(rules: Charter, story: str, kind: Kind = Kind.CASE) -> dict[tuple[str, Any], State]:
    return {(one.promise, one.about): one.state for one in show(rules, told(story, kind), kind)}


def having(rules: Charter, **settings: Any) -> Charter:
    return replace(rules, settings=replace(rules.settings, **settings))


def begins(when: str) -> str:
    return (
        f"{when} report.received channel=telephone agency_type=council; {when} party.known khan roles=victim,reporter"
    )


# --- how time is counted -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("received", "first"),
    [
        ("2026-08-28T17:30", "CHER-3b-i"),  # Friday evening before a bank holiday: 48 hours end on Sunday
        ("2026-09-02T09:00", "NORT-5"),  # Wednesday morning: one working day ends on Thursday
    ],
)
def test_X_01_hours_and_working_days_are_both_counted_and_the_earliest_comes_first(received: str, first: str) -> None:
    both = charter("cherwell").with_layer(charter("northamptonshire"))
    found = earliest(judge(both, told("", begins=begins(received)), england(), at(received.replace("T", " "))))
    assert found
    assert found.promise == first


def due(rules: Charter, received: str, code: str = "CHER-3c") -> datetime | None:
    settings = rules.settings
    calendar = replace(
        england(),
        close_of_day=settings.close_of_day,
        receipt=settings.receipt,
        after_hours=settings.after_hours,
        editions=tuple(replace(edition, week=settings.working_week) for edition in england().editions),
    )
    facts = told("", begins=begins(received))
    now = at(received.replace("T", " "))
    return next(one.due_at for one in judge(rules, facts, calendar, now) if one.promise == code)


def test_X_02_a_working_day_is_monday_to_friday_the_day_of_receipt_is_day_0_and_it_ends_at_five() -> None:
    """Received on Saturday 29 August 2026, the Monday after it a bank holiday: three working days end on Thursday."""
    assert due(charter("cherwell"), "2026-08-29T18:00") == at("2026-09-03 17:00")


@pytest.mark.parametrize(
    ("settings", "received", "expected"),
    [
        ({"close_of_day": time(23, 59)}, "2026-09-02T09:00", "2026-09-07 23:59"),
        ({"working_week": tuple(Weekday)[:6]}, "2026-09-02T09:00", "2026-09-05 17:00"),  # Saturdays too
        ({"receipt": Receipt.NEXT_WORKING_DAY}, "2026-08-29T12:00", "2026-09-04 17:00"),
        ({"after_hours": Receipt.NEXT_WORKING_DAY}, "2026-09-02T17:30", "2026-09-08 17:00"),
        ({"after_hours": Receipt.NEXT_WORKING_DAY}, "2026-09-02T16:30", "2026-09-07 17:00"),
    ],
)
def test_X_02_each_part_of_it_can_be_set(settings: dict[str, Any], received: str, expected: str) -> None:
    assert due(having(charter("cherwell"), **settings), received) == at(expected)


def test_X_02_the_calendar_of_a_charter_follows_its_settings(holidays_known: None) -> None:
    rules = having(
        charter("cherwell"), close_of_day=time(16), working_week=tuple(Weekday), after_hours=Receipt.NEXT_WORKING_DAY
    )
    # Wednesday after four o'clock counts as Thursday; then Friday, Saturday, Sunday.
    assert calendar_of(rules).due(at("2026-09-02 16:30"), 3, Unit.WORKING_DAYS) == at("2026-09-06 16:00")


def test_X_03_unassessed_counts_as_high() -> None:
    rules = charter("northamptonshire")
    assert rules.settings.unassessed_counts_as is Risk.HIGH
    clocks = judged(rules, "", "2026-09-02 10:00")
    assert {code for code, _ in clocks} & NORT_TIERS == {"NORT-5"}
    assert clocks["NORT-5", KHAN].provisional
    rebased = judged(rules, "+2h risk.assessed khan band=standard", "2026-09-02 12:00")
    assert rebased["NORT-5", KHAN].outcome is Outcome.GAVE_WAY
    assert rebased["NORT-6", KHAN].due_at == at("2026-09-09 17:00")


def test_X_03_what_unassessed_counts_as_can_be_set() -> None:
    lenient = having(charter("northamptonshire"), unassessed_counts_as=Risk.STANDARD)
    assert {code for code, _ in judged(lenient, "", "2026-09-02 10:00")} & NORT_TIERS == {"NORT-6"}


def outcomes_of(rules: Charter, story: str, now: str, code: str) -> list[tuple[Outcome, bool]]:
    facts = told(story)
    return [(one.outcome, one.remedial) for one in judge(rules, facts, england(), at(now)) if one.promise == code]


def test_X_04_what_is_recognised_too_late_is_counted_apart_and_owed_afresh() -> None:
    found = outcomes_of(charter("cherwell"), "+30h hate.identified khan", "2026-09-03 16:00", "CHER-3b-ii")
    assert found == [(Outcome.RECLASSIFIED_LATE, False), (Outcome.RUNNING, True)]


def test_X_04_the_fresh_clock_can_be_left_out() -> None:
    rules = having(charter("cherwell"), remedial_clock=False)
    found = outcomes_of(rules, "+30h hate.identified khan", "2026-09-03 16:00", "CHER-3b-ii")
    assert found == [(Outcome.RECLASSIFIED_LATE, False)]


def test_X_05_one_flag_drives_whatever_each_partnership_promised_to_victims_of_hate_crime() -> None:
    plain, flagged = "+30d matter.closed", "+1h hate.identified khan; +30d matter.closed"

    def drives(name: str) -> set[str]:
        """The promises that the flag makes owed."""
        rules, now = charter(name), "2026-09-02 12:00"
        with_flag = set(judged(rules, flagged, now)) | set(states(rules, flagged))
        return {code for code, _ in with_flag - set(judged(rules, plain, now)) - set(states(rules, plain))}

    assert {name: drives(name) for name in FIVE} == {
        "cherwell": {"CHER-3b-ii"},  # contact within 24 hours
        "bolsover": {"BOLS-6a", "BOLS-6b", "BOLS-6c"},  # quick response, every tool, specialist support
        "northamptonshire": set(),
        "chesterfield": {"CHES-9b"},  # reviewed one by one
        "coventry": set(),
    }


def test_X_05b_perception_flags_any_strand_and_a_charter_may_name_those_that_count() -> None:
    """The five national strands and the local ones; whoever perceives it, crime or incident."""
    assert {strand.value for strand in Strand} == {
        "disability", "race", "religion", "sexual_orientation", "transgender", "age", "gender",
    }  # fmt: skip
    story, now = "+1h hate.identified khan strands=age", "2026-09-02 11:00"
    assert ("CHER-3b-ii", KHAN) in judged(charter("cherwell"), story, now)
    national = having(charter("cherwell"), hate_strands=("disability", "race", "religion"))
    assert ("CHER-3b-ii", KHAN) not in judged(national, story, now)
    assert ("CHER-3b-ii", KHAN) in judged(national, "+1h hate.identified khan strands=age,race", now)
    assert ("CHER-3b-ii", KHAN) in judged(national, "+1h hate.identified khan", now)  # no strand recorded yet


# --- where a clock starts and what stops it ----------------------------------------------------------


def test_X_06_the_reply_on_action_is_owed_from_the_report() -> None:
    clock = judged(charter("coventry"), "+48h agencies.consulted", "2026-09-05 10:00")["COV-4d", KHAN]
    assert (clock.started_at, clock.due_at) == (at("2026-09-02 09:00"), at("2026-09-09 17:00"))


def test_X_07_the_first_agency_to_receive_it_starts_every_clock() -> None:
    story = (
        "2026-09-01T08:00 report.received channel=partner agency_type=housing;"
        "2026-09-01T08:00 party.known khan roles=victim; +1d matter.transferred"
    )
    clocks = judged(charter("cherwell"), story, "2026-09-02 10:00")
    assert clocks["CHER-3b-i", KHAN].started_at == at("2026-09-01 08:00")


@pytest.mark.parametrize("name", FIVE)
def test_X_08_an_automatic_acknowledgement_keeps_only_the_promise_to_acknowledge(name: str) -> None:
    rules, now = charter(name), "2026-09-02 12:00"
    before = judged(rules, "", now)
    after = judged(rules, "+1h acknowledgement.sent khan channel=email", now)
    changed = {code for (code, person), one in after.items() if one.outcome != before[code, person].outcome}
    assert changed == ({"COV-4b"} if name == "coventry" else set())


ATTEMPTS = (
    "+1h contact.attempted khan channel=telephone; +2h contact.attempted khan channel=text;"
    "+25h contact.attempted khan channel=telephone; +26h unreachable.confirmed khan"
)


def test_X_09_attempts_are_no_contact_and_end_a_clock_only_when_enough_and_confirmed() -> None:
    rules = charter("cherwell")
    assert rules.settings.attempts == AttemptsRule(number=3, days=2, channels=2)
    unconfirmed = ATTEMPTS.rsplit(";", 1)[0]
    assert judged(rules, unconfirmed, "2026-09-06 09:00")["CHER-3b-i", KHAN].outcome is Outcome.MISSED
    assert judged(rules, ATTEMPTS, "2026-09-06 09:00")["CHER-3b-i", KHAN].outcome is Outcome.ATTEMPTED


def test_X_09_how_many_attempts_are_enough_can_be_set() -> None:
    stricter = having(charter("cherwell"), attempts=AttemptsRule(number=4, days=2, channels=2))
    assert judged(stricter, ATTEMPTS, "2026-09-06 09:00")["CHER-3b-i", KHAN].outcome is Outcome.MISSED


def test_X_09_a_later_date_she_asked_for_is_recorded_and_pauses_nothing() -> None:
    story = "+1h deadline.varied khan promise=CHER-3c due=2026-09-11T16:00:00+00:00"
    clock = judged(charter("cherwell"), story, "2026-09-03 09:00")["CHER-3c", KHAN]
    assert (clock.first_due_at, clock.due_at) == (at("2026-09-07 17:00"), at("2026-09-11 17:00"))


def test_X_10_each_person_has_a_clock_of_her_own() -> None:
    story = "+0h party.known webb roles=victim; +1h contact.made khan"
    clocks = judged(charter("cherwell"), story, "2026-09-05 09:00")
    assert {one.outcome for (code, _), one in clocks.items() if code == "CHER-3b-i"} == {Outcome.KEPT, Outcome.MISSED}


UPDATES = {"bolsover": "BOLS-8a", "chesterfield": "CHES-3a", "cherwell": "CHER-5a", "northamptonshire": "NORT-11"}


@pytest.mark.parametrize(("name", "code"), UPDATES.items())
def test_X_11_updates_are_given_unless_declined_and_declining_can_be_taken_back(name: str, code: str) -> None:
    rules = charter(name)
    assert rules.settings.updates_by_default
    assert judged(rules, "+1d plan.agreed khan", "2026-09-04 09:00")[code, KHAN].outcome is Outcome.RUNNING
    declined = "+1d plan.agreed khan; +2d updates.declined khan"
    assert judged(rules, declined, "2026-09-10 09:00")[code, KHAN].outcome is Outcome.ENDED
    again = f"{declined}; +9d updates.agreed khan amount=5 unit=working_days"
    assert judged(rules, again, "2026-09-12 09:00")[code, KHAN].started_at == at("2026-09-11 09:00")


def test_X_11_updates_only_for_those_who_ask_can_be_set() -> None:
    asked = having(charter("bolsover"), updates_by_default=False)
    assert ("BOLS-8a", KHAN) not in judged(asked, "+1d plan.agreed khan", "2026-09-20 09:00")
    story = "+1d plan.agreed khan; +3d updates.agreed khan amount=5 unit=working_days"
    assert judged(asked, story, "2026-09-06 09:00")["BOLS-8a", KHAN].started_at == at("2026-09-05 09:00")


def test_X_12_a_new_single_point_of_contact_is_told_to_the_person_again() -> None:
    story = "+1h spoc.named khan; +2h spoc.told khan; +9d spoc.named khan"
    facts = told(story)
    clocks = [one for one in judge(charter("northamptonshire"), facts, england(), at("2026-09-12 09:00"))
              if one.promise == "NORT-8" and one.about == KHAN]  # fmt: skip
    assert [(one.outcome, one.started_at) for one in clocks] == [
        (Outcome.MEASURED, at("2026-09-02 10:00")),
        (Outcome.RUNNING, at("2026-09-11 09:00")),
    ]


@pytest.mark.parametrize("channel", ["email", "text", "letter"])
def test_X_13_e_mail_text_and_letter_are_written(channel: str) -> None:
    clocks = judged(charter("coventry"), f"+1h acknowledgement.sent khan channel={channel}", "2026-09-02 12:00")
    assert clocks["COV-4b", KHAN].outcome is Outcome.KEPT


def test_X_13_what_counts_as_written_can_be_set_and_nobody_without_an_address_is_owed_a_letter() -> None:
    letters = having(charter("coventry"), written_channels=("letter", "email"))
    story = "+1h acknowledgement.sent khan channel=text"
    assert judged(letters, story, "2026-09-02 12:00")["COV-4b", KHAN].outcome is Outcome.RUNNING
    unknown = "2026-09-02T09:00 report.received; 2026-09-02T09:00 party.known khan roles=reporter writable=no"
    assert ("COV-4b", KHAN) not in judged(charter("coventry"), "", "2026-09-02 12:00", begins=unknown)


def test_X_14_without_delay_is_measured_in_minutes_and_stops_no_other_clock() -> None:
    both = charter("coventry").with_layer(charter("cherwell"))
    story = "+0m immediate_need.identified; +9m police.forwarded"
    clocks = judged(both, story, "2026-09-02 12:00")
    forwarded = clocks["COV-5", None]
    assert forwarded.ended_at
    assert (forwarded.within, forwarded.outcome) == (Within(15, Unit.MINUTES, local=True), Outcome.KEPT)
    assert (forwarded.ended_at - forwarded.started_at).total_seconds() == 9 * 60
    assert clocks["CHER-3b-i", KHAN].outcome is Outcome.RUNNING


def test_X_15_an_emergency_is_owed_no_letter_and_the_report_form_says_999_first(cast: Cast, client: Client) -> None:
    clocks = judged(charter("coventry"), "+0m immediate_need.identified", "2026-09-02 09:05")
    assert {code for code, _ in clocks} & {"COV-4b", "COV-4d", "COV-5"} == {"COV-5"}
    client.force_login(cast.jo)
    page = client.get("/reports/new/").content.decode()
    assert page.index("999") < page.index('name="description"')


# --- definitions, complaints, confidence -------------------------------------------------------------


def test_X_16_each_charter_says_its_definition_and_everything_is_recorded_under_the_widest() -> None:
    harm = {DefinitionLimb.HARASSMENT, DefinitionLimb.ALARM, DefinitionLimb.DISTRESS}
    assert set(charter("cherwell").settings.definition) == harm
    assert set(charter("chesterfield").settings.definition) == {*harm, DefinitionLimb.NUISANCE}
    assert len(Category) == 14  # every national sub-type and "not classified yet", whatever the definition


@pytest.mark.parametrize(("name", "code"), [("cherwell", "CHER-P2"), ("chesterfield", "CHES-P5")])
def test_X_16_which_definitions_are_met_is_recorded_in_each_case(name: str, code: str) -> None:
    assert states(charter(name), "")[code, None] is State.MISSING
    assert states(charter(name), "+1h definition.applied")[code, None] is State.SHOWN


def test_X_17_a_superseded_definition_keeps_nobody_out() -> None:
    """Nuisance is not in Cherwell's definition of 1998; what was reported is owed everything all the same."""
    assert DefinitionLimb.NUISANCE not in charter("cherwell").settings.definition
    assert {code for code, _ in judged(charter("cherwell"), "", "2026-09-02 10:00")} >= {"CHER-3b-i", "CHER-3c"}


def test_X_18_each_charter_names_its_ways_to_complain() -> None:
    routes = {name: charter(name).settings.complaint_routes for name in FIVE}
    assert routes == {
        "cherwell": (ComplaintRoute.DIRECT, ComplaintRoute.WEBSITE),
        "bolsover": (ComplaintRoute.AGENCY, ComplaintRoute.CALL_FOR_ACTION),
        "northamptonshire": (ComplaintRoute.DIRECT,),
        "chesterfield": (ComplaintRoute.CHAIR_IN_WRITING,),
        "coventry": (ComplaintRoute.COUNCILLOR,),
    }


@pytest.mark.parametrize(("name", "code"), [("chesterfield", "CHES-1"), ("coventry", "COV-3"), ("cherwell", "CHER-7b")])
def test_X_19_complaints_are_measured_until_a_target_is_set_and_statutory_times_run_beside(
    name: str, code: str
) -> None:
    rules = charter(name).with_layer(charter("england-2026"))
    landlord = "2026-09-02T09:00 complaint.received landlord=yes"
    clocks = judged(
        rules,
        "+1d complaint.exhausted; +30d complaint.decided",
        "2026-12-01 09:00",
        begins=landlord,
        kind=Kind.COMPLAINT,
    )
    assert clocks[code, None].outcome is Outcome.MEASURED
    acknowledged = next(one for (promise, _), one in clocks.items() if promise == "ENG-HO-ack")
    assert (acknowledged.due_at, acknowledged.outcome) == (at("2026-09-09 17:00"), Outcome.MISSED)


@pytest.mark.parametrize(
    ("setting", "story", "state"),
    [
        (Exhaustion.WAIVABLE, "+1d complaint.exhausted", State.MISSING),
        (Exhaustion.WAIVABLE, "+1d exhaustion.waived", State.MISSING),
        (Exhaustion.WAIVABLE, "+1d exhaustion.waived; +9d complaint.decided", State.SHOWN),
        (Exhaustion.WAIVABLE, "", None),  # the agency has not finished: the chair owes nothing yet
        (Exhaustion.NEEDED, "+1d exhaustion.waived", None),
        (Exhaustion.NEEDED, "+1d complaint.exhausted", State.MISSING),
        (Exhaustion.NOT_NEEDED, "", State.MISSING),
    ],
)
def test_X_20_the_agencys_own_procedure_comes_first_and_the_chair_may_waive_it(
    setting: Exhaustion, story: str, state: State | None
) -> None:
    assert charter("chesterfield").settings.exhaustion is Exhaustion.WAIVABLE
    rules = having(charter("chesterfield"), exhaustion=setting)
    assert states(rules, story, Kind.COMPLAINT).get(("CHES-1", None)) is state


@pytest.mark.parametrize(
    ("name", "code"), [("cherwell", "CHER-4a"), ("bolsover", "BOLS-3b"), ("northamptonshire", "NORT-2")]
)
def test_X_21_sharing_under_the_agreement_keeps_confidence_and_anything_else_breaks_it(name: str, code: str) -> None:
    def state(story: str) -> set[State]:
        return {one for (promise, _), one in states(charter(name), story).items() if promise == code}

    assert state("+1d intelligence.shared; +30d matter.closed") == {State.SHOWN}
    assert State.MISSING in state("+1d confidence.breached; +30d matter.closed")


@pytest.mark.parametrize(("name", "code"), [("cherwell", "CHER-5b"), ("coventry", "COV-P6")])
def test_X_22_a_decision_on_file_is_not_a_victim_told(name: str, code: str) -> None:
    """What she is told is written for her: only that act counts, not what officers wrote to each other."""
    on_file = "+9d enforcement.decided; +9d investigation.completed; +9d court.decided; +30d matter.closed"
    assert states(charter(name), on_file)[code, KHAN] is State.MISSING
    assert states(charter(name), f"+10d outcome.told khan; {on_file}")[code, KHAN] is State.SHOWN


def test_X_23_whether_a_sentence_may_be_publicised_is_decided_before_it_is() -> None:
    rules = charter("chesterfield")
    before = "+9d court.decided; +10d publicity.decided; +11d sentence.published; +30d matter.closed"
    after = "+9d court.decided; +10d sentence.published; +11d publicity.decided; +30d matter.closed"
    assert states(rules, before)["CHES-7c", None] is State.SHOWN
    assert states(rules, after)["CHES-7c", None] is State.MISSING
    assert ("CHES-7c", None) not in states(rules, "+30d matter.closed")


# --- figures -----------------------------------------------------------------------------------------


def measure(name: str, code: str) -> MeasureRule:
    rule = next(one.measure for one in charter(name).promises if one.code == code)
    assert rule
    return rule


@pytest.mark.parametrize("lacking", ["baseline", "source", "ends"])
def test_X_24_a_target_that_cannot_be_scored_is_refused_by_the_file(lacking: str) -> None:
    table = tomllib.loads((CHARTERS / "bolsover.toml").read_text())
    row = next(row for row in table["promise"] if row["code"] == "BOLS-1a")
    row["measure"] |= {"target": 29.0, "baseline": 31.9, "source": "Survey", "ends": date(2027, 3, 31)}
    parse(table, event_kinds=EventKind.values)
    del row["measure"][lacking]
    with pytest.raises(CharterError) as error:
        parse(table, event_kinds=EventKind.values)
    assert error.value.problems == [
        f"promise BOLS-1a, measure.target: needs {lacking} beside it, or it cannot be scored"
    ]


def test_X_24_the_database_takes_no_target_without_them(cast: Cast) -> None:
    whole = {
        "partnership": cast.cherwell, "code": "CHER-1a", "baseline": 31, "figure": 29, "source": "Survey",
        "starts_on": date(2026, 4, 1), "ends_on": date(2027, 3, 31), "set_by": cast.grace,
    }  # fmt: skip
    MeasureTarget.objects.create(**whole)
    for wrong in ({"baseline": None}, {"source": ""}, {"ends_on": None}, {"figure": 31}):
        with pytest.raises(IntegrityError), transaction.atomic():
            MeasureTarget.objects.create(**{**whole, "ends_on": date(2028, 3, 31), **wrong})


def test_X_24_bolsovers_target_waits_for_its_date() -> None:
    rule = measure("bolsover", "BOLS-1a")
    assert (rule.baseline, rule.aim, rule.target, rule.ends) == (31.9, 29.0, None, None)
    value = Value(date(2025, 4, 1), date(2026, 3, 31), 28.0, date(2026, 4, 20))
    scored = score(rule, [value], [], since=date(2020, 4, 1), today=date(2026, 9, 1))
    assert (scored.verdict, scored.because) == (Verdict.OPEN, "Target of 29% without a date yet")


def test_X_25_a_figure_may_come_from_another_survey_than_the_one_that_is_gone() -> None:
    """The source is a column of each value; the rule asks for none."""
    value = Value(date(2025, 4, 1), date(2026, 3, 31), 28.0, date(2026, 4, 20))
    scored = score(measure("chesterfield", "CHES-8a"), [value], [], since=date(2020, 4, 1), today=date(2026, 9, 1))
    assert scored.verdict is Verdict.KEPT


def test_X_26_fewer_calls_are_shown_beside_how_many_report() -> None:
    beside = measure("chesterfield", "CHES-P3").beside
    assert measure("chesterfield", beside).computed == "reports"


def test_X_27_slips_in_the_documents_are_read_as_meant() -> None:
    tier = dict(charter("northamptonshire").clocks)["NORT-6"]
    assert tier.within == Within(5, Unit.WORKING_DAYS)
    summaries = {one.code: one.summary for name in FIVE for one in charter(name).promises}
    assert "compliment" not in summaries["CHER-P4"].lower()
    assert "individual an agency" not in summaries["CHES-1"].lower()


# --- bodies, cases, people ---------------------------------------------------------------------------


def test_X_28_what_is_obsolete_ends_and_stays_on_record(cast: Cast) -> None:
    old = Neighbourhood.objects.create(partnership=cast.cherwell, name="Orchard", valid_from=date(2010, 4, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Neighbourhood.objects.create(partnership=cast.cherwell, name="ORCHARD", valid_from=date(2026, 1, 1))
    old.valid_to = date(2025, 12, 31)
    old.save()
    Neighbourhood.objects.create(partnership=cast.cherwell, name="Orchard", valid_from=date(2026, 1, 1))
    assert Neighbourhood.objects.filter(name="Orchard").count() == 2


def test_X_29_an_agency_may_belong_to_several_partnerships_and_each_has_its_own_promises(cast: Cast) -> None:
    Membership.objects.create(partnership=cast.coventry, agency=cast.council)
    here = cast.case(timezone.now())
    there = cast.case(timezone.now(), partnership=cast.coventry.pk)
    assert here.matter.agency_id == there.matter.agency_id
    assert {one.promise.code.split("-")[0] for one in here.matter.clocks.select_related("promise")} == {"CHER"}
    assert {one.promise.code.split("-")[0] for one in there.matter.clocks.select_related("promise")} == {"COV"}


def test_X_30_opened_again_it_is_owed_again_and_merging_stops_nothing() -> None:
    merged = judged(charter("cherwell"), "+1h matter.merged into=other", "2026-09-05 10:00")
    assert merged["CHER-3b-i", KHAN].outcome is Outcome.MISSED
    again = judged(
        charter("cherwell"), "+1h contact.made khan; +9d matter.closed; +20d matter.reopened", "2026-09-22 10:00"
    )
    clock = again["CHER-3b-i", KHAN]
    assert (clock.turn, clock.outcome, clock.started_at) == (2, Outcome.RUNNING, at("2026-09-22 09:00"))


def test_X_31_full_support_is_for_everybody_unless_a_charter_keeps_it_to_a_series() -> None:
    rules, story = charter("chesterfield"), "+1d plan.agreed khan"
    assert judged(rules, story, "2026-09-04 09:00")["CHES-3a", KHAN].outcome is Outcome.RUNNING
    series = having(rules, series_only=True)
    assert ("CHES-3a", KHAN) not in judged(series, story, "2026-09-30 09:00")
    repeated = f"{story}; +10d report.repeated khan"
    assert judged(series, repeated, "2026-09-13 09:00")["CHES-3a", KHAN].started_at == at("2026-09-12 09:00")


@pytest.mark.parametrize(("name", "code"), UPDATES.items())
def test_X_32_witnesses_are_kept_informed_like_victims(name: str, code: str) -> None:
    rule = dict(charter(name).clocks)[code]
    assert set(rule.owed_to) == {Role.VICTIM, Role.WITNESS}
    clocks = judged(charter(name), "+1d plan.agreed khan", "2026-09-04 09:00")
    assert clocks[code, DUNN].outcome is Outcome.RUNNING
