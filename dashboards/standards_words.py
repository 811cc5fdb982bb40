"""What stands beside a promise's verdict: how long it took, and what is counted apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from frontend.words import date_words, duration_words
from standards import phrases
from standards.figures import ClockFigures, EvidenceFigures, MeasureFigures, Part, PromiseFigures, Took, is_periodic


@dataclass(frozen=True)
class Told:
    """One way in which a promise is judged, in words for a row of a list."""

    name: str
    words: str
    missed: str
    beside: tuple[str, ...]


def told(figures: PromiseFigures) -> list[Told]:
    """Each part of a promise; the name is left out where there is only one."""
    many = len(figures.parts) > 1
    periodic = is_periodic(figures.promise)
    return [
        Told(name if many else "", part.words, _missed(part), tuple(_beside(part, periodic)))
        for name, part in figures.parts
    ]


@dataclass(frozen=True)
class Apart:
    """Something counted apart, and what that means."""

    number: int
    name: str
    meaning: str


def counted_apart(part: Part) -> list[Apart]:
    if isinstance(part, ClockFigures):
        return [
            Apart(part.attempted, "could not be reached", "Tried often enough in time, and a team lead confirmed it. "
                  "Nothing was missed, but nothing was kept either."),
            Apart(part.reclassified, "classified too late", "When it became known that this promise applied, its time "
                  "had passed already. It is owed afresh from then on."),
            Apart(part.retracted, "not missed after all", "Recorded as missed first. A later entry showed that it was "
                  "not; it counts as whatever it is now."),
            Apart(part.running, "not due yet", "Falls due before the end of the period, and can still be kept."),
        ]  # fmt: skip
    if isinstance(part, EvidenceFigures):
        return [Apart(part.excused, "not applicable", "The officer recorded why the promise does not apply there.")]
    return []


def took_words(took: Took) -> str:
    """ "Half were done within 5 hours, nine in ten within 2 days"; nothing when none was done."""
    if took.median is None or took.ninth is None:
        return ""
    if took.number == 1:
        return f"Took {duration_words(took.median)}"
    return f"Half were done within {duration_words(took.median)}, nine in ten within {duration_words(took.ninth)}"


def _missed(part: Part) -> str:
    if isinstance(part, ClockFigures) and part.missed:
        return f"{part.missed:,} missed"
    if isinstance(part, EvidenceFigures) and part.missed:
        return f"{part.missed:,} not shown"
    return ""


def _beside(part: Part, periodic: bool) -> Iterator[str]:
    if isinstance(part, MeasureFigures):
        yield from figure_words(part)
        return
    if isinstance(part, ClockFigures):
        if not periodic and (words := took_words(part.took)):
            yield words
        if words := took_words(part.measured):
            yield f"{words}, no time promised" if part.owed else words
    if isinstance(part, EvidenceFigures) and part.standing and part.owed:
        yield "As it stands now"
    apart = [f"{one.number:,} {one.name}" for one in counted_apart(part) if one.number]
    if apart:
        yield f"Counted apart: {', '.join(apart)}"


def figure_words(part: MeasureFigures) -> Iterator[str]:
    """The latest figure with its period, the one before it, and the target."""
    latest, target = part.scored.latest, part.scored.target

    def number(figure: float) -> str:
        return phrases.figure_words(figure, part.figure)

    if latest:
        before = f", {number(part.scored.before)} before" if part.scored.before is not None else ""
        yield f"{number(latest.figure)} from {date_words(latest.first)} to {date_words(latest.last)}{before}"
    if target:
        yield f"Target: {number(target.figure)} by {date_words(target.ends)}, from {number(target.baseline)}"
