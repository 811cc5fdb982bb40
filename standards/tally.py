"""Counting judgements, pure: what became of each promise over a whole history, in memory that does not grow with it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta

from standards.verdicts import Outcome, Showing, State, Turn

_MINUTE, _HOUR, _DAY = 60, 60 * 60, 24 * 60 * 60


class Times:
    """How long things took: whole minutes up to two days, whole hours up to sixty, whole days beyond.

    So it holds some thousand numbers however many times are added, and a percentile is what people would say.
    """

    def __init__(self) -> None:
        self.counted: Counter[int] = Counter()

    def add(self, span: timedelta) -> None:
        seconds = span.days * _DAY + span.seconds
        unit = _MINUTE if seconds < 2 * _DAY else _HOUR if seconds < 60 * _DAY else _DAY
        self.counted[seconds - seconds % unit] += 1

    def percentile(self, share: float) -> int | None:
        """The seconds within which that share of them was done (nearest rank); None without any."""
        left = max(1, math.ceil(share * self.counted.total()))
        for seconds in sorted(self.counted):
            left -= self.counted[seconds]
            if left <= 0:
                return seconds
        return None


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What became of a promise, or of all. Every clock is in one of the figures after `owed`, which is their sum."""

    owed: int = 0
    kept: int = 0
    missed: int = 0
    attempted: int = 0
    reclassified_late: int = 0
    running: int = 0
    measured: int = 0
    ended: int = 0  # released by the person, or cut short by closure or by opting out
    shown: int = 0  # evidence, of the matters that are closed
    missing: int = 0
    excused: int = 0
    median: int | None = None  # seconds, of what was done
    ninetieth: int | None = None

    @property
    def to_show(self) -> int:
        """How much evidence was owed."""
        return self.shown + self.missing + self.excused

    @property
    def applied(self) -> bool:
        """Whether it was ever owed at all."""
        return bool(self.owed or self.to_show)


_COUNTS = tuple(one.name for one in fields(Figures) if one.name not in {"median", "ninetieth"})
# What gave way was followed by another promise in its place, and counts there.
_NAMES = {
    **{outcome: outcome.value for outcome in Outcome if outcome not in {Outcome.GAVE_WAY, Outcome.VOID}},
    Outcome.WAIVED: "ended",
}
_SHOWN = {State.SHOWN: "shown", State.MISSING: "missing", State.NOT_APPLICABLE: "excused"}


@dataclass
class Tally:
    """One promise's figures while they are being counted."""

    turns: Counter[Outcome] = field(default_factory=Counter)
    showings: Counter[State] = field(default_factory=Counter)
    times: Times = field(default_factory=Times)

    def add_turns(self, turns: Iterable[Turn]) -> None:
        for turn in turns:
            self.turns[turn.outcome] += 1
            if turn.done and turn.ended_at is not None and turn.outcome is not Outcome.GAVE_WAY:
                self.times.add(turn.ended_at - turn.started_at)

    def add_showing(self, showing: Showing) -> None:
        self.showings[showing.state] += 1

    def add(self, other: Tally) -> None:
        self.turns.update(other.turns)
        self.showings.update(other.showings)
        self.times.counted.update(other.times.counted)

    def figures(self) -> Figures:
        counted: Counter[str] = Counter()
        for outcome, name in _NAMES.items():
            counted[name] += self.turns[outcome]
        owed = counted.total()
        for state, name in _SHOWN.items():
            counted[name] = self.showings[state]
        return Figures(owed=owed, **counted, median=self.times.percentile(0.5), ninetieth=self.times.percentile(0.9))


def total(figures: Iterable[Figures]) -> Figures:
    """The sum. How long different promises took has no common middle, so it says none."""
    added: Counter[str] = Counter()
    for one in figures:
        added.update({name: getattr(one, name) for name in _COUNTS})
    return Figures(**added)


def as_table(figures: Figures) -> dict[str, int | None]:
    return {one.name: getattr(figures, one.name) for one in fields(Figures)}


def from_table(table: Mapping[str, int | None]) -> Figures:
    return Figures(**table)  # type: ignore[arg-type]  # what as_table wrote


__all__ = ["Figures", "Tally", "Times", "as_table", "from_table", "total"]
