"""A finished what-if, as its page and its file tell it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from frontend.words import date_words, duration_words
from ledger.vocabulary import EventKind
from standards.charter import Charter as Rules
from standards.charter import Kind, Promise
from standards.models import Replay
from standards.selectors import rules_of
from standards.tally import Figures, from_table

_COUNTED = tuple(name for name in Figures.__dataclass_fields__)
_ELSEWHERE = {
    Kind.COMPLAINT: "It is about complaints, not about cases.",
    Kind.CASE_REVIEW: "It is about case reviews, not about cases.",
    Kind.NEIGHBOURHOOD: "It is about neighbourhoods, not about cases.",
    Kind.PARTNERSHIP: "It is about the partnership as a whole, not about cases.",
}
_FIGURE = "It is about a figure, which depends on no case."


@dataclass(frozen=True)
class Line:
    """A promise with its figures."""

    code: str
    clause: str
    summary: str
    figures: Figures
    unrecorded: tuple[str, ...]

    @property
    def time_words(self) -> str:
        """How long half of them took, and nine in ten."""
        if self.figures.median is None:
            return ""
        return duration_words(timedelta(seconds=self.figures.median))

    @property
    def nine_in_ten_words(self) -> str:
        return duration_words(timedelta(seconds=self.figures.ninetieth)) if self.figures.ninetieth is not None else ""

    @property
    def other(self) -> int:
        """Neither kept nor missed, and not for want of trying."""
        return self.figures.running + self.figures.measured + self.figures.ended

    @property
    def why_not(self) -> str:
        """Why it cannot be compared, in a sentence."""
        return f"Nobody recorded this then, and no standards asked for it: {_any_of(self.unrecorded)}."


@dataclass(frozen=True)
class Side:
    """One charter's result."""

    heading: str
    totals: Figures
    lines: tuple[Line, ...]

    @property
    def timed(self) -> list[Line]:
        return [line for line in self.lines if not line.unrecorded and line.figures.owed]

    @property
    def evidence(self) -> list[Line]:
        return [line for line in self.lines if not line.unrecorded and line.figures.to_show]

    @property
    def never_owed(self) -> list[Line]:
        return [line for line in self.lines if not line.unrecorded and not line.figures.applied]

    @property
    def total_line(self) -> Line:
        return Line("", "", "All promises", self.totals, ())


@dataclass(frozen=True)
class Result:
    """Both, and what was left out of the other."""

    matters: int
    theirs: Side
    ours: Side
    left_out: tuple[tuple[str, str, str], ...]  # code, summary, why

    @property
    def headline(self) -> str:
        theirs, ours = self.theirs.totals, self.ours.totals
        return (
            f"Under {self.theirs.heading}, {theirs.missed:,} of {theirs.owed:,} promises would have been missed. "
            f"Under your own, {ours.missed:,} of {ours.owed:,} were."
        )

    @property
    def evidence_words(self) -> str:
        """The same of what must be on record when a case closes; empty when neither asks for anything."""
        theirs, ours = self.theirs.totals, self.ours.totals
        if not theirs.to_show and not ours.to_show:
            return ""
        return (
            f"When cases closed, {theirs.missing:,} of {theirs.to_show:,} things that {self.theirs.heading} ask for "
            f"were not on record; of what your own ask for, {ours.missing:,} of {ours.to_show:,}."
        )


def result_of(replay: Replay) -> Result:
    """The answer of one that is done."""
    kept: Mapping[str, Any] = replay.result or {}
    theirs = _side(f"the standards of {charter_name(replay)}", kept["theirs"])
    uncompared = [(line.code, line.summary, line.why_not) for line in theirs.lines if line.unrecorded]
    return Result(
        matters=kept["matters"],
        theirs=theirs,
        ours=_side("your own standards", kept["ours"]),
        left_out=(*uncompared, *_not_of_cases(rules_of(replay.charter_id))),
    )


def charter_name(replay: Replay) -> str:
    """ "Northamptonshire", and of the partnership's own which version."""
    charter = replay.charter
    own = charter.partnership_id == replay.partnership_id
    return f"{charter.short_name}, version {charter.version}" if own else charter.short_name


def span_words(replay: Replay) -> str:
    return f"{date_words(replay.first_day)} to {date_words(replay.last_day)}"


def table_of(result: Result) -> Iterator[Sequence[object]]:
    """The rows of the file: every promise under both, with every figure; times in hours."""
    yield ["Standards", "Promise", "Clause", "What was promised", "Compared", *map(_heading, _COUNTED)]
    for side in (result.theirs, result.ours):
        for line in side.lines:
            compared = "no" if line.unrecorded else "yes"
            yield [side.heading, line.code, line.clause, line.summary, compared, *_cells(line.figures)]
        yield [side.heading, "", "", "All that is compared", "", *_cells(side.totals)]


def _heading(name: str) -> str:
    words = {"median": "half done within (hours)", "ninetieth": "nine in ten done within (hours)",
             "attempted": "could not be reached", "reclassified_late": "classified too late",
             "running": "still running", "measured": "no time promised", "ended": "ended otherwise",
             "shown": "on record at closure", "missing": "not on record", "excused": "not applicable"}  # fmt: skip
    return words.get(name, name).capitalize()


def _cells(figures: Figures) -> list[object]:
    return [_cell(name, getattr(figures, name)) for name in _COUNTED]


def _cell(name: str, value: int | None) -> object:
    if value is None:
        return ""
    return f"{value / 3600:.2f}" if name in {"median", "ninetieth"} else value


def _side(heading: str, kept: Mapping[str, Any]) -> Side:
    return Side(heading, _figures(kept["totals"]), tuple(map(_line, kept["lines"])))


def _line(kept: Mapping[str, Any]) -> Line:
    return Line(kept["code"], kept["clause"], kept["summary"], _figures(kept), tuple(kept["unrecorded"]))


def _figures(kept: Mapping[str, Any]) -> Figures:
    return from_table({name: kept[name] for name in _COUNTED})


def _not_of_cases(rules: Rules) -> Iterator[tuple[str, str, str]]:
    """What no case can keep or break, and why."""
    for promise in rules.promises:
        if promise.switched_off:
            yield promise.code, promise.summary, f"It is switched off: {promise.switched_off}"
        elif Kind.CASE not in (kinds := set(_about(promise))):
            yield promise.code, promise.summary, _ELSEWHERE[min(kinds)] if kinds else _FIGURE


def _about(promise: Promise) -> Iterator[Kind]:
    for rule in (promise.clock, promise.evidence, promise.publication):
        if rule:
            yield rule.matter


def _any_of(kinds: Iterable[str]) -> str:
    names = [f"“{EventKind(kind).label if kind in EventKind.values else kind}”" for kind in kinds]
    return " or ".join(names)
