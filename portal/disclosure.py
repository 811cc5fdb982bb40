"""What the public may be told of a figure, pure: nothing by which somebody could be recognised.

Fewer than five are not told at all: neither how many, nor how many of them were kept, nor how long they took. Numbers
that are told are rounded, so that one that is not cannot be worked out from others: from two promises that together
are owed to everybody (contact after a hate crime, and after anything else), from this month's page and last month's,
or from a year and its quarters. Duties to the public, a meeting or a report, are about nobody and told as they are.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from frontend.charts import Column
from frontend.words import MONTHS, date_words
from standards.figures import (
    ClockFigures,
    EvidenceFigures,
    MeasureFigures,
    Month,
    Part,
    PromiseFigures,
    State,
    Took,
    is_periodic,
    owed_to_the_public,
)
from standards.phrases import figure_words

FEWEST = 5
ROUNDED_TO = 5
# Of fewer than so many, per cent are told in steps of so many.
_STEPS = ((10, 20), (20, 10), (100, 5), (math.inf, 1))
TOO_FEW = "No figure is given: it was owed fewer than five times, or not at all, and a figure could point to a person."
NO_COURSE = "How it went over the year is not shown: in at least one quarter it was owed fewer than five times."


@dataclass(frozen=True)
class Said:
    """One way in which a promise is judged, as the public is told of it. Without a state it is not told."""

    words: str
    state: State | None
    beside: tuple[str, ...] = ()
    name: str = ""  # of the way in which it is judged, where there are several


def said(figures: PromiseFigures) -> list[Said]:
    """Each part of a promise as the public is told of it."""
    if figures.promise.switched_off:
        return [Said(figures.verdicts[0], State.OFF)]
    public = owed_to_the_public(figures.promise)
    periodic = is_periodic(figures.promise)
    many = len(figures.parts) > 1
    return [
        replace(_part(figures, part, public=public, periodic=periodic), name=name if many else "")
        for name, part in figures.parts
    ]


def about(number: int) -> int:
    """Rounded to the nearest five."""
    return (number + ROUNDED_TO // 2) // ROUNDED_TO * ROUNDED_TO


def percent(kept: int, owed: int) -> int:
    """Rounded so that with the rounded number it never tells the number itself.

    Only what was always kept is 100, and only what never was is 0.
    """
    step = next(step for below, step in _STEPS if about(owed) < below)
    rounded = step * round(100 * kept / owed / step)
    lowest, highest = (step if kept else 0), (100 if kept == owed else 100 - step)
    return max(lowest, min(rounded, highest))


def quarters(months: Sequence[Month]) -> list[Month]:
    """Twelve months as four quarters, each under its first month."""
    grouped = [months[start : start + 3] for start in range(0, len(months), 3)]
    return [
        Month(three[0].first, sum(month.kept for month in three), sum(month.missed for month in three))
        for three in grouped
    ]


def course(figures: PromiseFigures, year: Sequence[Month]) -> list[Column]:
    """What may be told of each quarter: kept and owed of duties to the public, otherwise per cent.

    One quarter that may not be told takes the others with it: it would be what is missing from the year.
    """
    each = quarters(year)
    if owed_to_the_public(figures.promise):
        return [Column(_name(one), [one.kept, one.owed]) for one in each] if any(one.owed for one in each) else []
    if any(one.owed < FEWEST for one in each):
        return []
    return [Column(_name(one), [percent(one.kept, one.owed)]) for one in each]


def _name(quarter: Month) -> str:
    last = (quarter.first.month + 1) % 12
    return f"{MONTHS[quarter.first.month - 1][:3]} to {MONTHS[last][:3]}"


def _part(figures: PromiseFigures, part: Part, *, public: bool, periodic: bool) -> Said:
    if isinstance(part, MeasureFigures):
        # What the system works out from its own cases may be of few of them, and nobody has published it.
        own = figures.promise.measure is not None and figures.promise.measure.computed
        return Said(part.words, part.state, () if own else tuple(_figure(part)))
    if public:
        return Said(part.words, part.state)
    if isinstance(part, ClockFigures) and part.owed < FEWEST <= part.measured.number:
        return Said("Measured, because no time was promised", State.MEASURED, tuple(_took(part.measured)))
    if part.owed < FEWEST:
        return Said(TOO_FEW, None)
    times = f"It was owed about {about(part.owed):,} times."
    return Said(_share(part), part.state, (times, *_beside(part, periodic)))


def _share(part: ClockFigures | EvidenceFigures) -> str:
    if part.kept == part.owed:
        return "Kept every time"
    if not part.kept:
        return "Never kept"
    return f"Kept about {percent(part.kept, part.owed)}% of the time"


def _beside(part: ClockFigures | EvidenceFigures, periodic: bool) -> Iterable[str]:
    if isinstance(part, EvidenceFigures):
        if part.excused >= FEWEST:
            yield f"Besides, it did not apply about {about(part.excused):,} times, for a reason that was recorded."
        return
    if not periodic:
        yield from _took(part.took)
    if part.attempted >= FEWEST:
        yield f"Besides, about {about(part.attempted):,} people could not be reached. They do not count as kept."
    if part.reclassified >= FEWEST:
        yield (
            f"Besides, about {about(part.reclassified):,} times it became known too late that this was promised. "
            "They do not count as kept."
        )


def _took(took: Took) -> Iterable[str]:
    """The middle one only: what nine in ten keep within is, among few, one person's own time."""
    if took.number >= FEWEST and took.median is not None:
        yield f"Where it was done, half were done within about {_roughly(took.median)}."


def _roughly(span: timedelta) -> str:
    """Hours, from two days on days: to the minute, the middle one may be somebody's own time."""
    hours = max(1, round(span / timedelta(hours=1)))
    number, unit = (hours, "hour") if hours < 48 else (round(hours / 24), "day")
    return f"{number} {unit}{'' if number == 1 else 's'}"


def _figure(part: MeasureFigures) -> Iterable[str]:
    latest, target = part.scored.latest, part.scored.target
    if latest:
        number = figure_words(latest.figure, part.figure)
        yield f"The latest figure is {number}, for {date_words(latest.first)} to {date_words(latest.last)}."
    if target:
        yield f"The target is {figure_words(target.figure, part.figure)} by {date_words(target.ends)}."
