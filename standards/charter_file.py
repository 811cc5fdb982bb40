"""Reading a charter file, pure: from TOML to `Charter`, with every problem named.

The dataclasses of `charter` are the format: their fields are the keys, their types say what may stand there, and
`charter_checks` says what the types cannot. One file per published document lies in `standards/charters/`; README.md
there explains it.
"""

from __future__ import annotations

import re
import reprlib
import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from standards.charter import Charter, EventName, Promise, Within
from standards.charter_checks import misfits, slips
from standards.toml_lines import Place, lines

FORMAT = 1
# A file says `[[promise]]`; everything else is called as in the dataclasses.
RENAMED = {"promises": "promise"}

_ONE_EACH = "every promise has a code of its own"
_UNREADABLE = object()  # what stands for a value that could not be read


_QUOTING = reprlib.Repr()
_QUOTING.maxstring = _QUOTING.maxother = 80


@dataclass(frozen=True)
class Problem:
    """Something wrong in a charter: where, and what would be right."""

    place: Place
    words: str


class CharterError(ValueError):
    """A charter file that cannot be used. Each problem names the line, the key and what would be right."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def load(path: Path, *, event_kinds: Collection[str]) -> tuple[Charter, dict[str, Any]]:
    """Read a charter file: the charter and the plain table it came from. Raises CharterError."""
    content = path.read_bytes()
    try:
        # utf-8-sig: some editors put a byte-order mark before the first key.
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
        table = tomllib.loads(text)
    except UnicodeDecodeError as error:
        number = content.count(b"\n", 0, error.start) + 1
        raise CharterError([f"line {number}: not UTF-8; save the file as plain text in UTF-8"]) from error
    except ValueError as error:  # TOMLDecodeError is one, and so is what Python says of a number of 5,000 digits
        raise CharterError([f"{path.name}: not readable as TOML: {error}"]) from error
    except RecursionError as error:
        raise CharterError([f"{path.name}: lists or tables within one another without end"]) from error
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
    if reader.problems or not isinstance(charter, Charter):
        found = lines(text) if text else {}
        numbered = sorted(
            ((_line(problem.place, found), problem) for problem in reader.problems), key=lambda one: one[0]
        )
        raise CharterError([_words(problem, table, number) for number, problem in numbered])
    return charter


@cache
def keys(kind: type) -> dict[str, tuple[Field[Any], Any]]:
    """The keys of a table in the file: the field behind each, and its type."""
    hints = get_type_hints(kind)
    return {RENAMED.get(field.name, field.name): (field, hints[field.name]) for field in fields(kind)}


def required(kind: type, key: str) -> bool:
    """Whether the key must be in the file. Settings need not: every one of them has a default."""
    field, _ = keys(kind)[key]
    return field.default is MISSING and (kind, key) != (Charter, "settings")


def may_be_local(kind: type, key: str) -> bool:
    """Whether { local = true } may stand there: a timing word without a number, and none set yet."""
    return required(kind, key) and keys(kind)[key][1] == Within | None


class _Reader:
    """Reads tables by the dataclasses and gathers problems instead of stopping at the first."""

    def __init__(self, event_kinds: Collection[str]) -> None:
        self.event_kinds = frozenset(event_kinds)
        self.problems: list[Problem] = []

    def charter(self, table: Mapping[str, Any]) -> Any:
        if type(table.get("format")) is not int or table["format"] != FORMAT:
            self._wrong(("format",), f"must be {FORMAT}, the version of the file format")
        rows = table.get("promise")
        rows = rows if isinstance(rows, list) else []
        codes = [row.get("code") for row in rows if isinstance(row, Mapping)]
        for number, row in enumerate(rows):
            if isinstance(row, Mapping) and "code" in row and codes.count(row["code"]) > 1:
                self._wrong(("promise", number, "code"), f"{_short(row['code'])} stands there twice; {_ONE_EACH}")
        body = {key: value for key, value in table.items() if key != "format"}
        return self._table(Charter, {"settings": {}, **body}, ())

    def _table(self, kind: type, table: Any, place: Place) -> Any:
        """The dataclass that a table makes. It is checked as a whole once each value in it could be read."""
        if not isinstance(table, Mapping):
            self._wrong(place, f"must be {_expected(kind)}")
            return _UNREADABLE
        known, values = keys(kind), {}
        for key, value in table.items():
            if key not in known:
                also = ["format"] if kind is Charter else []
                self._wrong((*place, key), f"no such key; known are {', '.join(sorted([*known, *also]))}")
                values[key] = _UNREADABLE
                continue
            field, hint = known[key]
            if may_be_local(kind, key) and isinstance(value, Mapping) and _is_only_local(value):
                values[field.name] = None
                continue
            values[field.name] = read = self._value(hint, value, (*place, key))
            for words in misfits(kind, key, read) if read is not _UNREADABLE else ():
                self._wrong((*place, key), words)
        for key, (field, hint) in known.items():
            if key not in table and required(kind, key):
                self._wrong((*place, key), f"is missing; it must be {_expected(hint)}")
                values[field.name] = _UNREADABLE
        if _UNREADABLE in values.values():
            return _UNREADABLE
        made = kind(**values)
        for key, words in slips(made):
            self._wrong((*place, *key), words)
        return made

    def _value(self, hint: Any, value: Any, place: Place) -> Any:
        hint = _without_none(hint)
        if get_origin(hint) is tuple:
            return self._list(hint, value, place)
        if isinstance(hint, type) and is_dataclass(hint):
            return self._table(hint, value, place)
        if hint is EventName:
            if not isinstance(value, str) or value not in self.event_kinds:
                self._wrong(place, f'{_short(value)} is no event kind the ledger knows, like "contact.made"')
                return _UNREADABLE
            return value
        if issubclass(hint, StrEnum):
            if value not in tuple(hint):
                self._wrong(place, f"{_short(value)} must be {_expected(hint)}")
                return _UNREADABLE
            return hint(value)
        read = _PLAIN[hint](value)
        if read is None:
            self._wrong(place, f"{_short(value)} must be {_expected(hint)}")
            return _UNREADABLE
        return read

    def _list(self, hint: Any, value: Any, place: Place) -> Any:
        if not isinstance(value, list) or not value:
            self._wrong(place, f"must be {_expected(hint)}")
            return _UNREADABLE
        made = [self._value(get_args(hint)[0], item, (*place, number)) for number, item in enumerate(value)]
        for number, item in enumerate(value):
            if not isinstance(item, Mapping) and item in value[:number]:
                self._wrong((*place, number), f"{_short(item)} stands there twice; once is enough")
        return _UNREADABLE if _UNREADABLE in made else tuple(made)

    def _wrong(self, place: Place, words: str) -> None:
        self.problems.append(Problem(place, words))


def _short(value: Any) -> str:
    """A value as a message can quote it, however long it is."""
    return _QUOTING.repr(value)


def _is_only_local(table: Mapping[str, Any]) -> bool:
    return set(table) == {"local"} and table["local"] is True


def _without_none(hint: Any) -> Any:
    if get_origin(hint) is UnionType:
        return next(part for part in get_args(hint) if part is not NoneType)
    return hint


# --- single values: what is read, or None ---

# Sixteen digits and more are a slip of the keyboard, and no figure of a survey.
_GREATEST = 10**15
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value.strip() and not _CONTROL.search(value) else None


def _number(value: Any) -> int | float | None:
    # Neither true nor false, nor one that is not a number or without end: those are in no order with any other.
    good = isinstance(value, int | float) and not isinstance(value, bool) and -_GREATEST <= value <= _GREATEST
    return value if good else None


def _whole_number(value: Any) -> int | None:
    return value if isinstance(value, int) and _number(value) and value >= 1 else None


def _time(value: Any) -> Any:
    text = value.isoformat() if isinstance(value, time) else value
    return _iso(time, r"\d\d:\d\d(:\d\d)?", text)


def _day(value: Any) -> Any:
    text = value.isoformat() if isinstance(value, date) and not isinstance(value, datetime) else value
    return _iso(date, r"\d{4}-\d\d-\d\d", text)


def _iso(kind: type[Any], pattern: str, text: Any) -> Any:
    try:
        return kind.fromisoformat(text) if isinstance(text, str) and re.fullmatch(pattern, text, re.ASCII) else None
    except ValueError:
        return None


_PLAIN: dict[Any, Callable[[Any], Any]] = {
    str: _text, int: _whole_number, float: _number, time: _time, date: _day,
    bool: lambda value: value if isinstance(value, bool) else None,
}  # fmt: skip

_EXPECTED: dict[Any, str] = {
    str: "a text, and not empty",
    tuple[str, ...]: "a list of one or more texts",
    bool: "true or false",
    int: "a whole number from 1",
    float: "a number",
    time: 'a time like "17:00"',
    date: "a day like 2027-03-31",
    EventName: 'event kinds, like "contact.made"',
    Within: 'a table like { amount = 48, unit = "hours" }',
    Promise: "[[promise]] tables (with two brackets)",
}  # fmt: skip


def _expected(hint: Any) -> str:
    """What would be right, in words."""
    if hint == Within | None:
        return f"{_EXPECTED[Within]}, or {{ local = true }} where the document has no number and none is set"
    hint = _without_none(hint)
    if hint in _EXPECTED:
        return _EXPECTED[hint]
    if get_origin(hint) is tuple:
        return f"a list of one or more {_expected(get_args(hint)[0]).removeprefix('one ')}"
    if issubclass(hint, StrEnum):
        return f"one of {', '.join(hint)}"
    return f"a table with {', '.join(keys(hint))}"


# --- saying where ---


def _line(place: Place, found: Mapping[Place, int]) -> int:
    """The line of a key, or of the table in which it is missing; 0 without a text."""
    return next((found[place[:end]] for end in range(len(place), -1, -1) if place[:end] in found), 0)


def _words(problem: Problem, table: Mapping[str, Any], line: int) -> str:
    """ "line 12: promise CHER-3a, clock.within.unit: 'weeks' must be one of ..." """
    place, name = problem.place, ""
    if len(place) > 1 and place[0] == "promise" and isinstance(place[1], int):
        row = table["promise"][place[1]]
        code = row.get("code") if isinstance(row, Mapping) else None
        name, place = f"promise {code if _text(code) else f'number {place[1] + 1}'}", place[2:]
    # An item of a list is named by what is wrong with it; its number would only be counted wrongly.
    key = ".".join(part for part in place if isinstance(part, str))
    where = ", ".join(filter(None, [name, key]))
    return f"{f'line {line}: ' if line else ''}{where}: {problem.words}"
