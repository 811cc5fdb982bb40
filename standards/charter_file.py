"""Reading a charter file, pure: from TOML to `Charter`, with every problem named.

The dataclasses of `charter` are the format: their fields are the keys, their types say what may stand there.
One file per published document lies in `standards/charters/`; README.md there explains it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import date, time
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from standards.calendar import DIVISIONS
from standards.charter import (
    Charter,
    ClockRule,
    Condition,
    EventName,
    EvidenceRule,
    MeasureRule,
    Promise,
    PublicationRule,
    Role,
    Settings,
    Within,
)

FORMAT = 1
# A file says `[[promise]]`; everything else is called as in the dataclasses.
RENAMED = {"promises": "promise"}

_Place = tuple[str | int, ...]  # the keys that lead there: ("promise", 0, "clock", "within")


@dataclass(frozen=True)
class Problem:
    """Something wrong in a charter: where, and what would be right."""

    place: _Place
    words: str


class CharterError(ValueError):
    """A charter file that cannot be used. Each problem names the line, the key and what would be right."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def load(path: Path, *, event_kinds: Collection[str]) -> tuple[Charter, dict[str, Any]]:
    """Read a charter file: the charter and the plain table it came from. Raises CharterError."""
    try:
        text = path.read_text(encoding="utf-8")
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CharterError([f"{path.name}: not readable as TOML: {error}"]) from error
    return parse(table, event_kinds=event_kinds, text=text), plain(table)


def plain(value: Any) -> Any:
    """The table as JSON can hold it: days and times as texts."""
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, date | time) else value


def parse(table: Mapping[str, Any], *, event_kinds: Collection[str], text: str = "") -> Charter:
    """Check a charter's table and make it a Charter. `event_kinds` are the kinds the ledger knows.

    Raises CharterError naming every problem: the line when `text` is the file's, the key, and what would be right.
    """
    reader = _Reader(event_kinds)
    charter = reader.charter(table)
    if reader.problems or charter is None:
        lines = _lines(text)
        raise CharterError([_words(problem, table, lines) for problem in reader.problems])
    return charter


@cache
def keys(kind: type) -> dict[str, tuple[Field[Any], Any]]:
    """The keys of a table in the file: the field behind each, and its type."""
    hints = get_type_hints(kind)
    return {RENAMED.get(field.name, field.name): (field, hints[field.name]) for field in fields(kind)}


def required(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


class _Reader:
    """Reads tables by the dataclasses and gathers problems instead of stopping at the first."""

    def __init__(self, event_kinds: Collection[str]) -> None:
        self.event_kinds = event_kinds
        self.problems: list[Problem] = []

    def charter(self, table: Mapping[str, Any]) -> Charter | None:
        if table.get("format") != FORMAT:
            self._wrong(("format",), f"must be {FORMAT}, the version of the file format")
        body = {key: value for key, value in table.items() if key != "format"}
        charter = self._table(Charter, {"settings": {}, **body}, ())
        division = table.get("division")
        if division and division not in DIVISIONS:
            self._wrong(("division",), f"{division!r} must be one of {', '.join(DIVISIONS)}")
        rows = table.get("promise")
        for place, row in enumerate(rows if isinstance(rows, list) else []):
            self._promise(row, ("promise", place), rows)
        if not rows:
            self._wrong(("promise",), "a charter needs at least one [[promise]] table")
        return charter if isinstance(charter, Charter) else None

    def _promise(self, row: Any, place: _Place, rows: Any) -> None:
        if not isinstance(row, Mapping):
            return
        kinds = ("clock", "evidence", "publication", "measure")
        if not any(kind in row for kind in kinds):
            self._wrong(place, f"needs at least one of the tables {', '.join(kinds)}, or nothing judges it")
        if sum(1 for other in rows if isinstance(other, Mapping) and other.get("code") == row.get("code")) > 1:
            self._wrong((*place, "code"), f"the code {row.get('code')!r} stands there twice; every promise has its own")
        for kind in kinds:
            if isinstance(row.get(kind), Mapping):
                _RULES_OF[kind](self, row[kind], (*place, kind))

    # --- what the types cannot say ---

    def _clock(self, table: Mapping[str, Any], place: _Place) -> None:
        recurring = bool(table.get("recurring", False))
        for key in ("opt_out", "agreed_by"):
            if key in table and not recurring:
                self._wrong((*place, key), "only a recurring clock has it; add recurring = true")
        for key in ("when", "unless", "waived_by", "each_start"):
            if key in table and recurring:
                self._wrong((*place, key), "a recurring clock has none; it ends by opt_out")
        if "{" in str(table.get("duty", "")).replace("{person}", ""):
            self._wrong((*place, "duty"), "the only placeholder is {person}")

    def _evidence(self, table: Mapping[str, Any], place: _Place) -> None:
        if not table.get("events") and not table.get("never"):
            self._wrong((*place, "events"), "name the events that show it, or in `never` those that must not happen")
        standing = table.get("matter") in {"partnership", "neighbourhood"}
        if "every" in table and not standing:
            self._wrong((*place, "every"), "only duties of a partnership or neighbourhood come again and again")
        if standing and table.get("owed_to") != [Role.MATTER]:
            self._wrong((*place, "owed_to"), 'a duty to the public is owed to ["matter"]')
        self._period(table, place)

    def _publication(self, table: Mapping[str, Any], place: _Place) -> None:
        if table.get("matter", "partnership") not in {"partnership", "neighbourhood"}:
            self._wrong((*place, "matter"), "what the public is shown belongs to a partnership or a neighbourhood")
        self._period(table, place)

    def _period(self, table: Mapping[str, Any], place: _Place) -> None:
        every = table.get("every")
        if not isinstance(every, Mapping):
            return
        amount = every.get("amount")
        if every.get("unit") != "calendar_months" or not isinstance(amount, int) or amount < 1 or 12 % amount:
            self._wrong((*place, "every"), 'must be 1, 2, 3, 4, 6 or 12 of the unit "calendar_months"')

    def _measure(self, table: Mapping[str, Any], place: _Place) -> None:
        # a target that cannot be scored is no target.
        lacking = [key for key in ("baseline", "source", "ends") if key not in table]
        if "target" in table and lacking:
            self._wrong((*place, "target"), f"needs {', '.join(lacking)} beside it, or it cannot be scored")
        if "months" in table and (not isinstance(table["months"], int) or table["months"] < 1 or 12 % table["months"]):
            self._wrong((*place, "months"), "must be 1, 2, 3, 4, 6 or 12")

    # --- by type ---

    def _table(self, kind: type, table: Any, place: _Place) -> Any:
        if not isinstance(table, Mapping):
            self._wrong(place, f"must be a table with {', '.join(keys(kind))}")
            return None
        if kind is Within and table == {"local": True}:
            return None  # a timing word without a number, and none set yet
        known, values, before = keys(kind), {}, len(self.problems)
        for key, value in table.items():
            if key not in known:
                self._wrong((*place, key), f"no such key; known are {', '.join(sorted(known))}")
            else:
                field, hint = known[key]
                values[field.name] = self._value(hint, value, (*place, key))
        for key, (field, hint) in known.items():
            if required(field) and key not in table and key != "promise":
                self._wrong((*place, key), f"is missing; it must be {_expected(hint)}")
        return None if len(self.problems) > before or "promise" in set(known) - set(table) else kind(**values)

    def _value(self, hint: Any, value: Any, place: _Place) -> Any:
        if get_origin(hint) is UnionType:
            hint = next(part for part in get_args(hint) if part is not type(None))
        if get_origin(hint) is tuple:
            return self._list(get_args(hint)[0], value, place)
        if isinstance(hint, type) and is_dataclass(hint):
            return self._table(hint, value, place)
        if hint is EventName:
            if value not in self.event_kinds:
                self._wrong(place, f'{value!r} is no event kind the ledger knows, like "contact.made"')
            return value
        if isinstance(hint, type) and issubclass(hint, StrEnum):
            if value not in tuple(hint):
                self._wrong(place, f"{value!r} must be one of {', '.join(hint)}")
                return None
            return hint(value)
        return self._plain(hint, value, place)

    def _list(self, hint: Any, value: Any, place: _Place) -> tuple[Any, ...]:
        if not isinstance(value, list) or (not value and hint in {EventName, Role}):
            self._wrong(place, f"must be a list of {_expected(hint)}")
            return ()
        return tuple(
            self._table(hint, item, (*place, number)) if is_dataclass(hint) else self._value(hint, item, place)
            for number, item in enumerate(value)
        )

    def _plain(self, hint: Any, value: Any, place: _Place) -> Any:
        good, made = _PLAIN[hint](value)
        if not good or (place[-1] == "warn_after_share" and not 0 < made < 1):
            self._wrong(place, f"{value!r} must be {_expected(hint, place)}")
        return made

    def _wrong(self, place: _Place, words: str) -> None:
        self.problems.append(Problem(place, words))


_RULES_OF: dict[str, Callable[[_Reader, Mapping[str, Any], _Place], None]] = {
    "clock": _Reader._clock,
    "evidence": _Reader._evidence,
    "publication": _Reader._publication,
    "measure": _Reader._measure,
}


def _time(value: Any) -> tuple[bool, Any]:
    try:
        return True, value if isinstance(value, time) else time.fromisoformat(value)
    except (TypeError, ValueError):
        return False, None


def _day(value: Any) -> tuple[bool, Any]:
    try:
        return True, value if isinstance(value, date) else date.fromisoformat(value)
    except (TypeError, ValueError):
        return False, None


_PLAIN: dict[Any, Callable[[Any], tuple[bool, Any]]] = {
    str: lambda value: (isinstance(value, str) and bool(value.strip()), value),
    bool: lambda value: (isinstance(value, bool), value),
    int: lambda value: (isinstance(value, int) and not isinstance(value, bool) and value >= 1, value),
    float: lambda value: (isinstance(value, int | float) and not isinstance(value, bool), value),
    time: _time,
    date: _day,
}

_EXPECTED: dict[Any, str] = {
    str: "a text, and not empty",
    bool: "true or false",
    int: "a whole number from 1",
    float: "a number",
    time: 'a time like "17:00"',
    date: "a day like 2027-03-31",
    EventName: 'one or more event kinds, like "contact.made"',
    Within: 'a table like { amount = 48, unit = "hours" }, or { local = true } when no number is set',
    Condition: "a table like { hate = true }",
    Settings: "a table",
    ClockRule: "a table", EvidenceRule: "a table", PublicationRule: "a table", MeasureRule: "a table",
    Promise: "[[promise]] tables",
}  # fmt: skip


def _expected(hint: Any, place: _Place = ()) -> str:
    if get_origin(hint) is UnionType:
        hint = next(part for part in get_args(hint) if part is not type(None))
    if get_origin(hint) is tuple:
        return f"a list of {_expected(get_args(hint)[0])}"
    if place and place[-1] == "warn_after_share":
        return "a number between 0 and 1, like 0.75"
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return f"one of {', '.join(hint)}"
    return _EXPECTED[hint]


# --- where in the file ---

_HEADER = re.compile(r"^\s*(\[\[?)\s*([A-Za-z0-9_.\-]+)\s*\]\]?")
_KEY = re.compile(r"^\s*([A-Za-z0-9_\-]+)\s*=")


def _lines(text: str) -> dict[_Place, int]:
    """The line on which each table and key stands, from 1. Keys inside of { } stand on the line of their table."""
    lines: dict[_Place, int] = {}
    counts: dict[str, int] = {}
    table: _Place = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            names = header[2].split(".")
            if header[1] == "[[":
                counts[header[2]] = counts.get(header[2], -1) + 1
            table = tuple(part for name in names for part in ((name, counts[name]) if name in counts else (name,)))
            lines.setdefault(table, number)
        elif key := _KEY.match(line):
            lines.setdefault((*table, key[1]), number)
    return lines


def _words(problem: Problem, table: Mapping[str, Any], lines: Mapping[_Place, int]) -> str:
    """ "line 12: promise CHER-3a, clock.within.unit: 'weeks' must be one of ..." """
    place = problem.place
    number = next((lines[place[:end]] for end in range(len(place), 0, -1) if place[:end] in lines), None)
    where = ".".join(str(part) for part in place)
    if len(place) > 1 and place[0] == "promise" and isinstance(place[1], int):
        row = table["promise"][place[1]]
        name = row.get("code") if isinstance(row, Mapping) else None
        rest = ".".join(str(part) for part in place[2:])
        where = f"promise {name or f'number {place[1] + 1}'}" + (f", {rest}" if rest else "")
    return f"{f'line {number}: ' if number else ''}{where}: {problem.words}"
