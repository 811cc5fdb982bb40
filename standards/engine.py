"""Judging, pure: which clocks a matter's facts make, when each is due, whether each was kept, and what is not shown.

`judge` is the only place where a clock starts or stops. It reads facts and promises and nothing else, so judging the
same facts again, in whatever order they were entered, gives the same answer. The numbered rules are those of
docs/architecture.md; commitments.md is the register that the X numbers refer to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from uuid import UUID

from standards.calendar import Calendar
from standards.charter import Charter, ClockRule, Exhaustion, Kind, Promise, Role
from standards.clocks import ClockOf, may_start
from standards.evidence import showings
from standards.facts import Fact, History
from standards.periods import Period, turns
from standards.verdicts import Judgement, Outcome, Showing, State, Turn


def judge(
    charter: Charter, facts: Iterable[Fact] | History, calendar: Calendar, now: datetime, kind: Kind = Kind.CASE
) -> list[Judgement]:
    """Every clock that these facts make under this charter, as things stand at `now`.

    `facts` may come in any order and include corrected ones. Times are aware. Raises HolidaysUnknown when the calendar
    does not reach far enough.
    """
    return [
        Judgement(promise=code, about=person, turn=number, **vars(turn))
        for code, person, made in turns_of(charter, facts, calendar, now, kind)
        for number, turn in enumerate(made, start=1)
    ]


def turns_of(
    charter: Charter, facts: Iterable[Fact] | History, calendar: Calendar, now: datetime, kind: Kind = Kind.CASE
) -> Iterator[tuple[str, UUID | None, Iterable[Turn]]]:
    """What `judge` says, promise by promise and person by person: for those who only count."""
    history = history_of(charter, facts)
    if history.received_at is None:
        return  # nothing was promised before something was received
    for promise in charter.timed[kind]:
        if not _binds(promise, history.received_at, kind):
            continue
        for person, made in _turns(promise, charter, history, history.received_at, calendar, now, kind):
            yield promise.code, person, made


def show(charter: Charter, facts: Iterable[Fact] | History, kind: Kind = Kind.CASE) -> list[Showing]:
    """For each promise that events must show, and each person owed: shown, missing, or not applicable and why."""
    history = history_of(charter, facts)
    if history.received_at is None:
        return []
    return [
        showing
        for promise, rule in charter.shown[kind]
        if _binds(promise, history.received_at, kind)
        for showing in showings(promise, rule, history, charter.settings)
    ]


def missing(showings: Iterable[Showing]) -> list[Showing]:
    """What has not been shown, and can or could have been."""
    return [showing for showing in showings if showing.state is State.MISSING]


def earliest(judgements: Iterable[Judgement]) -> Judgement | None:
    """What must be done first: the clock still owed with the nearest deadline (X-01: computed, never assumed)."""
    still_owed = [one for one in judgements if one.ended_at is None and one.due_at is not None]
    return min(still_owed, key=lambda one: (one.due_at, one.promise), default=None)


def history_of(charter: Charter, facts: Iterable[Fact] | History) -> History:
    """The facts as this charter reads them."""
    if isinstance(facts, History):
        return facts
    strands, exhaustion = reading(charter)
    return History(facts, hate_strands=strands, exhaustion=exhaustion)


def reading(charter: Charter) -> tuple[tuple[str, ...], Exhaustion]:
    """What of its settings changes how facts are read: charters that are alike in it can share a history."""
    return charter.settings.hate_strands, charter.settings.exhaustion


def _binds(promise: Promise, received_at: datetime, kind: Kind) -> bool:
    """A law binds what came in since it is in force; and of duties that go on, what goes on."""
    return kind.standing or received_at >= promise.in_force_from


def _turns(
    promise: Promise,
    charter: Charter,
    history: History,
    received_at: datetime,
    calendar: Calendar,
    now: datetime,
    kind: Kind,
) -> Iterator[tuple[UUID | None, Iterable[Turn]]]:
    rule = promise.clock
    if rule and rule.matter is kind and may_start(rule, history):
        for person, known_since, gives_way in _owed(rule, history, received_at):
            nobody = person is None and Role.MATTER not in rule.owed_to
            clock = ClockOf(
                rule, person, known_since, gives_way, nobody, promise.code, charter.settings, history, calendar, now
            )
            yield person, clock.turns()
    for shown in (promise.evidence, promise.publication):
        if shown and shown.every and shown.matter is kind:
            period = Period(shown.every, shown.events, charter.settings.year_starts_in)
            since = history.owed_since or received_at
            judged_from = received_at if since < received_at else None
            yield None, turns(period, history, max(since, promise.in_force_from), now, judged_from=judged_from)


def _owed(
    rule: ClockRule, history: History, received_at: datetime
) -> Iterator[tuple[UUID | None, datetime, datetime | None]]:
    """Each person owed, since when known; or the matter (None), until somebody is known (rule 2)."""
    people: Mapping[UUID, datetime] = {} if Role.MATTER in rule.owed_to else history.owed(rule.owed_to)
    first_known = min(people.values(), default=None)
    # A report without a known victim still has one; a witness there need not be.
    somebody = rule.owed_to != (Role.WITNESS,)
    if somebody and not rule.recurring and (first_known is None or first_known > received_at):
        yield None, received_at, first_known
    for person, since in people.items():
        yield person, since, None


__all__ = [
    "Judgement", "Outcome", "Showing", "State", "earliest", "history_of", "judge", "missing", "reading", "show",
    "turns_of",
]  # fmt: skip
