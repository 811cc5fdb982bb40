"""What a case must show of the promises made, line by line: one line for what one act settles for one person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from asb_cases.models import Case
from ledger.vocabulary import EventKind
from standards.charter import EvidenceRule, Kind, Promise
from standards.engine import Showing, State
from standards.selectors import rules_of, showings

WHOLE_CASE = "The case as a whole"


@dataclass(frozen=True)
class Promised:
    """One promise, as people read it: what it says, and where it stands."""

    code: str
    summary: str
    source: str  # "Cherwell 3, CHER-3a"
    timed: bool  # it has a deadline as well


@dataclass(frozen=True, kw_only=True)
class Line:
    """Promises that the same events show for the same person, and whether they are shown."""

    about: UUID | None
    person: str
    promises: tuple[Promised, ...]
    state: State
    kinds: tuple[EventKind, ...]  # any of them shows it; none: it is shown by what did not happen
    before: tuple[EventKind, ...]  # what it must come before, apart from closing
    at: datetime | None  # when it was shown, or done too late, or found not to apply, or happened and should not have
    event: UUID | None

    @property
    def key(self) -> str:
        """What stands for it in an address: its first promise, and the person."""
        return f"{self.promises[0].code}:{self.about or 'case'}"

    @property
    def wronged(self) -> bool:
        """Something happened that was promised never to happen: nothing can show otherwise."""
        return self.state is State.MISSING and not self.kinds

    @property
    def late(self) -> bool:
        return self.state is State.MISSING and bool(self.kinds) and self.event is not None

    @property
    def excusable(self) -> bool:
        """It may still be said that it does not apply here. What has a deadline is not set aside in this way."""
        timed = any(promised.timed for promised in self.promises)
        return self.state is State.MISSING and not (self.wronged or self.late or timed)

    @property
    def codes(self) -> str:
        return ", ".join(promised.code for promised in self.promises)


@dataclass(frozen=True)
class Person:
    """The lines of one person."""

    name: str
    lines: Sequence[Line]


@dataclass(frozen=True)
class Shown:
    """Everything that a case must show, in the three states it can be in."""

    missing: Sequence[Line]
    shown: Sequence[Line]
    excused: Sequence[Line]

    @property
    def to_show(self) -> int:
        """How many promises would be counted as not kept: one that two people are owed is two."""
        return _promises(self.missing)

    @property
    def all(self) -> int:
        return sum(map(_promises, (self.missing, self.shown, self.excused)))


def what_is_shown(case: Case) -> Shown:
    """What the case shows and what not, as things stand. The case comes with its people."""
    lines = _lines(case, showings(case.matter))
    by_state = {state: [line for line in lines if line.state is state] for state in State}
    return Shown(by_state[State.MISSING], by_state[State.SHOWN], by_state[State.NOT_APPLICABLE])


def by_person(lines: Iterable[Line]) -> list[Person]:
    """The lines of each person together, in the order they come in."""
    return [Person(name, list(group)) for name, group in groupby(lines, key=lambda line: line.person)]


def _lines(case: Case, shown: Iterable[Showing]) -> list[Line]:
    """One line for the promises that the same events show for the same person; people in the order of their names."""
    promised = _promised(case)
    names = {party.pk: party.person.short_name for party in case.parties.all()}
    together: dict[tuple[object, ...], list[tuple[Promised, EvidenceRule, Showing]]] = {}
    for showing in shown:
        words, rule = promised[showing.promise]
        shown_by = (frozenset(rule.events), frozenset(rule.never if not rule.events else ()), frozenset(rule.by))
        same = (showing.about, showing.state, showing.fact, words.timed, *shown_by)
        together.setdefault(same, []).append((words, rule, showing))
    lines = [_line(group, names) for group in together.values()]
    places = {name: place for place, name in enumerate([*names, None])}
    return sorted(lines, key=lambda line: places[line.about])


def _line(group: Sequence[tuple[Promised, EvidenceRule, Showing]], names: Mapping[UUID, str]) -> Line:
    _, rule, showing = group[0]
    return Line(
        about=showing.about,
        person=names[showing.about] if showing.about else WHOLE_CASE,
        promises=tuple(words for words, _, _ in group),
        state=showing.state,
        kinds=tuple(map(EventKind, rule.events)),
        before=tuple(map(EventKind, rule.by)),
        at=showing.at,
        event=showing.fact,
    )


def _promised(case: Case) -> dict[str, tuple[Promised, EvidenceRule]]:
    """The promises that the case must show, in words, and what shows them."""
    charters = [rules_of(pk) for pk in (case.matter.charter_id, case.matter.layer_id) if pk]
    return {
        promise.code: (_words(charter.short_name, promise), rule)
        for charter in charters
        for promise in charter.judged
        for rule in promise.shown_by
        if rule.matter is Kind.CASE
    }


def _words(document: str, promise: Promise) -> Promised:
    clock = promise.clock
    timed = clock is not None and clock.matter is Kind.CASE and clock.within is not None
    return Promised(promise.code, promise.summary, f"{document} {promise.clause}, {promise.code}", timed)


def _promises(lines: Iterable[Line]) -> int:
    return sum(len(line.promises) for line in lines)
