"""Geometry of the charts: lengths in percent, and the sentence that says what there is to see. No drawing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# More bars than this have no room for their numbers on a phone.
ROOM_ON_A_PHONE = 8
NOTHING = "There is nothing to show yet."


@dataclass(frozen=True)
class Bar:
    """A row of a bar chart. `alert` draws it in the colour of things that need action."""

    label: str
    value: float
    url: str = ""
    alert: bool = False


@dataclass(frozen=True)
class Column:
    """A place on the time axis of a column chart, with one value for each series (one or two)."""

    label: str
    values: Sequence[float]
    url: str = ""


@dataclass(frozen=True)
class Row:
    """What is drawn, and what the table beside the chart says: values, and their percent of the greatest."""

    label: str
    values: Sequence[float]
    percents: Sequence[float]
    url: str
    alert: bool = False

    @property
    def pairs(self) -> list[tuple[float, float]]:
        return list(zip(self.values, self.percents, strict=True))


def bars(given: Iterable[Bar | Sequence]) -> list[Row]:
    """Rows of a bar chart, from Bars or tuples in their order (label, value, url, alert)."""
    rows = [row if isinstance(row, Bar) else Bar(*row) for row in given]
    most = max((row.value for row in rows), default=0)
    return [Row(row.label, [row.value], [percent(row.value, most)], row.url, row.alert) for row in rows]


def columns(given: Iterable[Column | Sequence]) -> list[Row]:
    """Rows of a column chart, from Columns or tuples in their order (label, values, url)."""
    rows = [row if isinstance(row, Column) else Column(*row) for row in given]
    most = max((value for row in rows for value in row.values), default=0)
    return [Row(row.label, row.values, [percent(value, most) for value in row.values], row.url) for row in rows]


def is_crowded(rows: Sequence[Row]) -> bool:
    return sum(len(row.values) for row in rows) > ROOM_ON_A_PHONE


def percent(part: float, whole: float) -> float:
    return round(100 * part / whole, 1) if whole > 0 else 0


def bar_summary(rows: Sequence[Row]) -> str:
    """`Risk assessment has the most, 5. First contact has the fewest, 2.`"""
    if not any(row.values[0] for row in rows):
        return NOTHING
    most, fewest = max(rows, key=lambda row: row.values[0]), min(rows, key=lambda row: row.values[0])
    if len(rows) == 1:
        return f"{most.label}: {most.values[0]:,}."
    if most.values[0] == fewest.values[0]:
        return f"All have the same, {most.values[0]:,}."
    return f"{most.label} has the most, {most.values[0]:,}. {fewest.label} has the fewest, {fewest.values[0]:,}."


def column_summary(rows: Sequence[Row], series: Sequence[str]) -> str:
    """`Opened: 31 in June, 22 in November, most in August (47).` for each series."""
    if not any(value for row in rows for value in row.values):
        return NOTHING
    return " ".join(_course(rows, number, name) for number, name in enumerate(series))


def _course(rows: Sequence[Row], number: int, name: str) -> str:
    first, last = rows[0], rows[-1]
    top = max(rows, key=lambda row: row.values[number])
    if len(rows) == 1:
        return f"{name}: {first.values[number]:,} in {first.label}."
    return (
        f"{name}: {first.values[number]:,} in {first.label}, {last.values[number]:,} in {last.label}, "
        f"most in {top.label} ({top.values[number]:,})."
    )
