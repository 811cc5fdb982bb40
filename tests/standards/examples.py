"""One kept and one broken example for each promise, told in one line each.

A story is a line of facts, each "<when> <kind> [<who>] [key=value ...]", separated by ";". `when` counts from the
beginning (`+47h`, `+3d`, `+10m`) or is a London time (`2026-09-30T16:00`). `who` is khan (a victim who reported), dunn
(a witness) or webb (another victim, known only when a fact says so); without it the fact is about the whole matter. A
case begins on Wednesday 2 September 2026 at 9:00 with a report by Ms Khan, with Mr Dunn known as a witness; a duty to
the public begins on 1 September 2026 (`matter.opened`); a complaint and a case review with the fact that opens them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from standards.calendar import LONDON, Unit
from standards.charter import Charter, Kind, Within
from standards.engine import Outcome, State, judge, show
from standards.facts import Fact
from standards.measures import Target, Value, Verdict, score
from tests.standards.history import DUNN, KHAN, WEBB, at, england, who

PEOPLE = {"khan": KHAN, "dunn": DUNN, "webb": WEBB}
BEGINS = {
    Kind.CASE: "2026-09-02T09:00 report.received channel=telephone agency_type=council; "
    "2026-09-02T09:00 party.known khan roles=victim,reporter writable=yes contactable=yes; "
    "2026-09-02T09:00 party.known dunn roles=witness writable=yes contactable=yes",
    Kind.COMPLAINT: "2026-09-02T09:00 complaint.received",
    Kind.CASE_REVIEW: "2026-09-02T09:00 review.requested",
    Kind.NEIGHBOURHOOD: "2026-09-01T00:00 matter.opened",
    Kind.PARTNERSHIP: "2026-09-01T00:00 matter.opened",
}
UNITS = {"m": "minutes", "h": "hours", "d": "days"}


def told(story: str, kind: Kind = Kind.CASE, *, begins: str | None = None) -> list[Fact]:
    """The facts of a story, its beginning included."""
    lines = [line.split() for line in f"{BEGINS[kind] if begins is None else begins};{story}".split(";")]
    start = _moment(lines[0][0], None)
    return [_fact(line, start, number) for number, line in enumerate(lines) if line]


def _fact(line: Sequence[str], start: datetime, number: int) -> Fact:
    when, kind, *rest = line
    person = PEOPLE[rest.pop(0)] if rest and "=" not in rest[0] else None
    detail = dict(_detail(*pair.split("=", 1)) for pair in rest)
    return Fact(who(f"fact {number}"), kind, _moment(when, start), person, detail)


def _detail(key: str, value: str) -> tuple[str, object]:
    if key in {"roles", "strands"}:
        return key, value.split(",")
    if value in {"yes", "no"}:
        return key, value == "yes"
    return key, int(value) if value.isdigit() else value


def _moment(text: str, start: datetime | None) -> datetime:
    if text.startswith("+") and start:
        return start + timedelta(**{UNITS[text[-1]]: int(text[1:-1])})
    return datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC)


@dataclass(frozen=True, kw_only=True)
class Clocked:
    """Kept: some turn of the promise is kept and none missed. Broken: some turn is missed, in each of the stories.

    `set` gives a number to a promise that the document leaves without one; unset, it is then shown to be measured only.
    `not_owed` tells of a matter, begun in the usual way, in which nobody is owed it.
    """

    kept: str
    broken: str | tuple[str, ...]
    not_owed: str | None = None
    matter: Kind = Kind.CASE
    begins: str | None = None
    now: str = "2026-12-01 12:00"
    set: tuple[int, Unit] | None = None

    mechanism = "clock"

    def check(self, charter: Charter, code: str) -> None:
        given = _with_number(charter, code, self.set) if self.set else charter
        kept = self._outcomes(given, code, self.kept)
        assert Outcome.KEPT in kept, (code, kept)
        assert Outcome.MISSED not in kept, (code, kept)
        for story in _stories(self.broken):
            assert Outcome.MISSED in self._outcomes(given, code, story), (code, "is not broken", story)
        if self.set:
            assert Outcome.MEASURED in self._outcomes(charter, code, self.kept), (code, "is not measured")
        if self.not_owed is not None:
            assert replace(self, begins=None)._outcomes(given, code, self.not_owed) == [], (code, "is owed")

    def _outcomes(self, charter: Charter, code: str, story: str) -> list[Outcome]:
        facts = told(story, self.matter, begins=self.begins)
        return [
            one.outcome for one in judge(charter, facts, england(), at(self.now), self.matter) if one.promise == code
        ]


def _stories(told: str | tuple[str, ...]) -> tuple[str, ...]:
    return (told,) if isinstance(told, str) else told


def _with_number(charter: Charter, code: str, number: tuple[int, Unit]) -> Charter:
    promise = next(one for one in charter.promises if one.code == code)
    assert promise.clock, (code, "has no clock")
    assert promise.clock.within is None, (code, "has a number already")
    counted = replace(promise, clock=replace(promise.clock, within=Within(*number, local=True)))
    return replace(charter, promises=tuple(counted if one.code == code else one for one in charter.promises))


@dataclass(frozen=True, kw_only=True)
class Shown:
    """Kept: shown for everybody owed when the moment has come. Broken: missing for somebody, in each of the stories.

    `not_owed` tells of a matter, begun in the usual way, in which nobody is owed it. A case is closed 30 days after the
    report unless the story says when; a standing duty never is.
    """

    kept: str
    broken: str | tuple[str, ...] = ""
    not_owed: str | None = None
    matter: Kind = Kind.CASE
    begins: str | None = None

    mechanism = "evidence"

    def check(self, charter: Charter, code: str) -> None:
        kept = self._states(charter, code, self.kept)
        assert kept, (code, "is not owed in the kept example")
        assert set(kept) == {(State.SHOWN, True)}, (code, kept)
        for story in _stories(self.broken):
            broken = self._states(charter, code, story)
            assert (State.MISSING, True) in broken, (code, "is not broken", story, broken)
        if self.not_owed is not None:
            usual = replace(self, begins=None)
            assert usual._states(charter, code, self.not_owed) == [], (code, "is owed in", self.not_owed)

    def _states(self, charter: Charter, code: str, story: str) -> list[tuple[State, bool]]:
        closing = "" if self.matter.standing or "matter.closed" in story else ";+30d matter.closed outcome=resolved"
        facts = told(story + closing, self.matter, begins=self.begins)
        return [(one.state, one.final) for one in show(charter, facts, self.matter) if one.promise == code]


class Published(Shown):
    """The same of something the public is shown once."""

    mechanism = "publication"


class PublishedEvery(Clocked):
    """The same of something the public is shown again and again."""

    mechanism = "publication"


class ShownEvery(Clocked):
    """The same of something that is done again and again."""

    mechanism = "evidence"


@dataclass(frozen=True, kw_only=True)
class Measured:
    """Figures by the year they are for, each published in the April after it ends in March."""

    kept: dict[int, float]
    broken: dict[int, float]
    today: date = date(2026, 9, 1)
    target: Target | None = None

    mechanism = "measure"

    def check(self, charter: Charter, code: str) -> None:
        assert self._verdict(charter, code, self.kept) is Verdict.KEPT, code
        assert self._verdict(charter, code, self.broken) is Verdict.NOT_KEPT, code

    def _verdict(self, charter: Charter, code: str, figures: dict[int, float]) -> Verdict:
        rule = next(one.measure for one in charter.promises if one.code == code)
        assert rule, (code, "has no measure")
        values = [
            Value(date(year - 1, 4, 1), date(year, 3, 31), figure, date(year, 4, 20))
            for year, figure in figures.items()
        ]
        targets = [self.target] if self.target else []
        return score(rule, values, targets, since=date(2020, 4, 1), today=self.today).verdict


Example = Clocked | Shown | Measured
