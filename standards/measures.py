"""Promises about figures, pure: is the figure known in time, does it move as promised, was its target met?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dateutil.relativedelta import relativedelta

from standards.charter import Expected, MeasureRule
from standards.phrases import figure_words


class Verdict(StrEnum):
    """What a figure says of its promise."""

    KEPT = "kept"
    NOT_KEPT = "not_kept"
    OPEN = "open"  # cannot be told yet

    @property
    def label(self) -> str:
        return {"kept": "Kept", "not_kept": "Not kept", "open": "Cannot be told yet"}[self]


@dataclass(frozen=True)
class Value:
    """A figure for a period (both days included), and the day on which it was published."""

    first: date
    last: date
    figure: float
    published: date


@dataclass(frozen=True)
class Target:
    """A figure to be reached by a day, from where it was (X-24: never without baseline, source and end)."""

    baseline: float
    figure: float
    source: str
    ends: date

    def met_by(self, figure: float) -> bool:
        return figure <= self.figure if self.figure < self.baseline else figure >= self.figure


@dataclass(frozen=True)
class Scored:
    """A figure judged: the verdict, why in words, and what it rests on."""

    verdict: Verdict
    because: str
    latest: Value | None = None
    before: float | None = None
    target: Target | None = None


def score(rule: MeasureRule, values: Iterable[Value], targets: Iterable[Target], *, since: date, today: date) -> Scored:
    """Judge a figure. `since` is the day from which it was promised.

    In this order: not measured within a period of the last time; a target whose day has come and which was not met on
    it; a movement the wrong way, whatever was reached before. What cannot be told yet is open, never kept.
    """
    known = sorted(values, key=lambda value: (value.last, value.published))
    latest = known[-1] if known else None
    target = _target(rule, targets, today)
    # What the system works out itself needs a whole period, and the one that a promise begins in is none.
    first_due = since + relativedelta(months=rule.months * (2 if rule.computed else 1))
    due = latest.published + relativedelta(months=rule.months) if latest else first_due
    if today > due:
        last = f"since {latest.published:%-d %B %Y}" if latest else "at all"
        return Scored(Verdict.NOT_KEPT, f"Not measured {last}", latest, target=target)
    if latest is None:
        return Scored(Verdict.OPEN, f"To be measured by {due:%-d %B %Y}", target=target)
    before = known[-2].figure if len(known) > 1 else rule.baseline
    if target and target.ends <= today and not target.met_by(_on(target.ends, known).figure):
        number = figure_words(target.figure, rule.figure)
        words = f"Target of {number} by {target.ends:%-d %B %Y} not met"
        return Scored(Verdict.NOT_KEPT, words, latest, before, target)
    verdict, words = _moved(rule, latest.figure, before)
    if verdict is Verdict.KEPT and target and target.ends <= today:
        words = f"Target of {figure_words(target.figure, rule.figure)} by {target.ends:%-d %B %Y} met"
    elif verdict is Verdict.KEPT and rule.expect is Expected.MEASURED and (target or rule.aim is not None):
        by = f"by {target.ends:%-d %B %Y}" if target else "without a date yet"
        figure = target.figure if target else rule.aim or 0.0
        return Scored(Verdict.OPEN, f"Target of {figure_words(figure, rule.figure)} {by}", latest, before, target)
    return Scored(verdict, words, latest, before, target)


def _on(day: date, known: list[Value]) -> Value:
    """The figure that a target of that day is held against: the last for a period over by then, else the first."""
    return next((value for value in reversed(known) if value.last <= day), known[0])


def _target(rule: MeasureRule, targets: Iterable[Target], today: date) -> Target | None:
    """The target that counts: the one whose day came last, otherwise the next one."""
    known = list(targets)
    if rule.target is not None and rule.baseline is not None and rule.ends is not None:
        known.append(Target(rule.baseline, rule.target, rule.source or "", rule.ends))
    past = [target for target in known if target.ends <= today]
    if past:
        return max(past, key=lambda target: target.ends)
    return min(known, key=lambda target: target.ends, default=None)


def _moved(rule: MeasureRule, figure: float, before: float | None) -> tuple[Verdict, str]:
    if rule.expect is Expected.MEASURED:
        return Verdict.KEPT, "Measured as promised"
    if before is None:
        return Verdict.OPEN, "No earlier figure to compare with"
    change = figure - before
    if rule.change is not None:
        kept = change <= before * rule.change / 100 if rule.change < 0 else change >= before * rule.change / 100
        words = f"{abs(rule.change):g} per cent {'lower' if rule.change < 0 else 'higher'} was promised"
    else:
        kept = {
            Expected.FALL: change < 0, Expected.RISE: change > 0,
            Expected.NOT_FALL: change >= 0, Expected.NOT_RISE: change <= 0,
        }[rule.expect]  # fmt: skip
        words = "Lower than before" if change < 0 else "Higher than before" if change > 0 else "The same as before"
    return Verdict.KEPT if kept else Verdict.NOT_KEPT, words
