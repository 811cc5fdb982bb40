"""What holds of every history, found by trying to break it."""

from __future__ import annotations

import random
from datetime import UTC, datetime, time, timedelta
from uuid import UUID, uuid5

from hypothesis import given, settings
from hypothesis import strategies as st

from standards.calendar import LONDON, Calendar, Receipt, Unit
from standards.engine import Outcome, State, judge, show
from standards.facts import Fact
from tests.standards.history import CHARTERS, DUNN, KHAN, WEBB, charter, england

ENGLAND = england()
WORKING_DAYS = ENGLAND.editions[0]
ALL_CHARTERS = [charter(path.stem) for path in sorted(CHARTERS.glob("*.toml"))]
NAMESPACE = UUID(int=7)
START = datetime(2026, 3, 1, tzinfo=UTC)

moments = st.integers(0, 60 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes))
anytime = st.datetimes(datetime(2012, 1, 1), datetime(2028, 6, 1), timezones=st.just(UTC))  # noqa: DTZ001
people = st.sampled_from([None, KHAN, DUNN, WEBB])

DETAILS: dict[str, st.SearchStrategy[dict[str, object]]] = {
    "report.received": st.fixed_dictionaries({"agency_type": st.sampled_from(["police", "council"])}),
    "party.known": st.fixed_dictionaries(
        {
            "roles": st.lists(st.sampled_from(["victim", "witness", "reporter"]), min_size=1, max_size=2, unique=True),
            "writable": st.booleans(),
            "contactable": st.booleans(),
        }
    ),
    "risk.assessed": st.fixed_dictionaries({"band": st.sampled_from(["high", "medium", "standard"])}),
    "contact.attempted": st.fixed_dictionaries({"channel": st.sampled_from(["telephone", "visit", "text"])}),
    "updates.agreed": st.fixed_dictionaries(
        {"amount": st.integers(1, 14), "unit": st.sampled_from(["working_days", "calendar_days"])}
    ),
    "promise.not_applicable": st.fixed_dictionaries({"promise": st.sampled_from(["CHER-P6", "NORT-4", "BOLS-5b"])}),
    "deadline.varied": st.fixed_dictionaries(
        {"promise": st.sampled_from(["CHER-3c", "NORT-6", "COV-4d"]), "due": moments.map(datetime.isoformat)}
    ),
    **{
        kind: st.just({})
        for kind in (
            "hate.identified", "immediate_need.identified", "police.forwarded", "acknowledgement.sent", "contact.made",
            "meeting.held", "meeting.declined", "response.made", "action.advised", "plan.agreed", "update.given",
            "updates.declined", "unreachable.confirmed", "officer.assigned", "matter.transferred", "matter.closed",
            "matter.reopened", "report.repeated", "spoc.named", "spoc.told", "outcome.told", "investigation.completed",
            "evidence.received", "evidence.reviewed", "enforcement.decided", "proportionality.recorded",
            "confidence.breached",
        )
    },
}  # fmt: skip


@st.composite
def histories(draw: st.DrawFn) -> list[Fact]:
    """A report, somebody known or nobody, then anything at all, some of it corrected or withdrawn."""
    kinds = ["report.received", *draw(st.lists(st.sampled_from(sorted(DETAILS)), max_size=14))]
    facts: list[Fact] = []
    for number, kind in enumerate(kinds):
        about = draw(people)
        if kind == "party.known" and about is None:
            about = KHAN
        facts.append(Fact(uuid5(NAMESPACE, str(number)), kind, draw(moments), about, draw(DETAILS[kind])))
    for number in range(draw(st.integers(0, 3))):
        target = draw(st.sampled_from(facts))
        pk = uuid5(NAMESPACE, f"correction {number}")
        if draw(st.booleans()):
            facts.append(Fact(pk, "entry.withdrawn", draw(moments), corrects=target.id))
        else:
            facts.append(Fact(pk, target.kind, draw(moments), target.about, target.detail, corrects=target.id))
    return facts


charters = st.sampled_from(ALL_CHARTERS)


@given(charters, histories(), moments, st.randoms(use_true_random=False))
def test_judging_is_independent_of_the_order_of_entry(charter, facts, now, shuffler: random.Random) -> None:
    shuffled = facts[:]
    shuffler.shuffle(shuffled)
    assert judge(charter, facts, ENGLAND, now) == judge(charter, shuffled, ENGLAND, now)


@given(charters, histories(), st.randoms(use_true_random=False))
def test_showing_is_independent_of_the_order_of_entry_and_says_one_thing(charter, facts, shuffler) -> None:
    shuffled = facts[:]
    shuffler.shuffle(shuffled)
    showings = show(charter, facts)
    assert showings == show(charter, shuffled)
    keys = [(one.promise, one.about) for one in showings]
    assert len(keys) == len(set(keys))
    by_id = {fact.id: fact for fact in facts}
    for one in showings:
        assert one.state is not State.SHOWN or one.fact is None or by_id[one.fact].occurred_at == one.at


@given(charters, histories(), moments)
def test_judging_again_changes_nothing(charter, facts, now) -> None:
    assert judge(charter, facts, ENGLAND, now) == judge(charter, facts, ENGLAND, now)


@given(charters, histories(), st.timedeltas(timedelta(0), timedelta(days=30)))
def test_clocks_are_well_formed(charter, facts, later) -> None:
    now = max(fact.occurred_at for fact in facts) + later  # what lies in the future cannot be recorded
    judgements = judge(charter, facts, ENGLAND, now)
    keys = [(one.promise, one.about, one.turn) for one in judgements]
    assert len(keys) == len(set(keys))
    for one in judgements:
        assert one.ended_at is None or one.started_at <= one.ended_at
        if one.within is None:  # without a deadline there is nothing to keep or to miss
            assert (one.first_due_at, one.due_at) == (None, None)
            assert one.outcome not in {Outcome.KEPT, Outcome.MISSED, Outcome.RECLASSIFIED_LATE}
            continue
        assert one.started_at <= one.first_due_at <= one.due_at
        if one.outcome is Outcome.KEPT:
            assert one.ended_at is not None
            assert one.ended_at <= one.due_at
        if one.outcome is Outcome.RUNNING:
            assert one.ended_at is None
            assert now <= one.due_at
        if one.outcome is Outcome.MISSED:
            assert now > one.due_at
            assert one.ended_at is None or one.ended_at > one.due_at


@given(charters, histories(), moments)
def test_no_stop_before_the_start(charter, facts, now) -> None:
    by_id = {fact.id: fact for fact in facts}
    for one in judge(charter, facts, ENGLAND, now):
        if one.ended_by is not None:
            assert by_id[one.ended_by].occurred_at >= one.started_at


@given(charters, histories(), moments, moments, st.data())
def test_withdrawing_a_correction_restores_the_earlier_judgement(charter, facts, when, now, data) -> None:
    before = judge(charter, facts, ENGLAND, now)
    target = data.draw(st.sampled_from(facts))
    correction = Fact(UUID(int=1), target.kind, when, target.about, target.detail, corrects=target.id)
    if target.kind == "entry.withdrawn":
        correction = Fact(UUID(int=1), "entry.withdrawn", when, corrects=target.id)
    withdrawal = Fact(UUID(int=2), "entry.withdrawn", now, corrects=correction.id)
    assert judge(charter, [*facts, correction, withdrawal], ENGLAND, now) == before


@given(charters, histories(), st.timedeltas(timedelta(0), timedelta(days=30)))
def test_time_alone_turns_running_into_missed_and_nothing_else(charter, facts, wait) -> None:
    """The sweep may mark a clock from its stored deadline because of this."""
    now = max(fact.occurred_at for fact in facts) + wait
    later = now + timedelta(days=3)
    after = {(one.promise, one.about, one.turn): one for one in judge(charter, facts, ENGLAND, later)}
    for one in judge(charter, facts, ENGLAND, now):
        then = after[one.promise, one.about, one.turn]
        assert (one.started_at, one.due_at, one.ended_at) == (then.started_at, then.due_at, then.ended_at)
        if one.outcome is Outcome.RUNNING and one.due_at and later > one.due_at:
            assert then.outcome is Outcome.MISSED
        else:
            assert then.outcome is one.outcome


@given(anytime, st.integers(1, 60), st.sampled_from(Receipt))
def test_a_working_day_deadline_is_on_a_working_day(start: datetime, amount: int, receipt: Receipt) -> None:
    due = ENGLAND.due(start, amount, Unit.WORKING_DAYS, receipt=receipt).astimezone(LONDON)
    assert WORKING_DAYS.is_working(due.date())
    assert due.time() == time(17)
    assert due.date() > start.astimezone(LONDON).date()


units = st.sampled_from(Unit)


@given(anytime, st.timedeltas(timedelta(0), timedelta(days=20)), st.integers(1, 60), units, st.sampled_from(Receipt))
def test_a_later_start_is_never_due_earlier(
    start: datetime, delay: timedelta, amount: int, unit: Unit, receipt: Receipt
) -> None:
    later = ENGLAND.due(start + delay, amount, unit, receipt=receipt)
    assert ENGLAND.due(start, amount, unit, receipt=receipt) <= later


@given(anytime, st.integers(1, 60), st.integers(0, 30), units, st.sampled_from(Receipt))
def test_more_time_is_never_due_earlier(start: datetime, amount: int, more: int, unit: Unit, receipt: Receipt) -> None:
    longer = ENGLAND.due(start, amount + more, unit, receipt=receipt)
    assert ENGLAND.due(start, amount, unit, receipt=receipt) <= longer


@given(anytime, st.integers(1, 60), st.sampled_from(Receipt))
@settings(max_examples=50)
def test_working_days_agree_with_counting_them_one_by_one(start: datetime, amount: int, receipt: Receipt) -> None:
    calendar = Calendar("england-and-wales", ENGLAND.editions)
    day = start.astimezone(LONDON).date()
    if receipt is Receipt.NEXT_WORKING_DAY:
        while day.weekday() >= 5 or day in WORKING_DAYS.holidays:
            day += timedelta(days=1)
    left = amount
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5 and day not in WORKING_DAYS.holidays
    assert calendar.due(start, amount, Unit.WORKING_DAYS, receipt=receipt).astimezone(LONDON).date() == day
