"""Where things stand in a TOML text, pure: tomllib says what is in a file, and this on which line.

The text must be one that tomllib has read, so nothing is checked here: it is walked once, from key to key.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping

# The keys and numbers of items that lead to a value: ("promise", 0, "clock", "stop", 1).
Place = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY = re.compile(r'[A-Za-z0-9_-]+|"(?:\\.|[^"\\])*"|\'[^\']*\'')
_DOT = re.compile(r"[ \t]*\.[ \t]*")
# Texts, the long ones first (they may end in two quotes of their own); then numbers, days, times, true and false.
_VALUE = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?:"{0,2})' r"|'''.*?'''(?:'{0,2})" r'|"(?:\\.|[^"\\])*"' r"|'[^']*'" r"|[^,\]}#\n]+",
    re.DOTALL,
)


def lines(text: str) -> Mapping[Place, int]:
    """The line, from 1, on which each table, key and item of a list begins. The whole file, (), begins on line 1."""
    return _Walk(text).found


class _Walk:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.line, self._counted_to = 1, 0
        self.found: dict[Place, int] = {(): 1}
        self._last: dict[Place, int] = {}  # the number of the last [[table]] of each name
        table: Place = ()
        self._pass_over(_BLANK)
        while self.at < len(text):
            if text[self.at] == "[":
                table = self._header()
            else:
                self._pair(table)
            self._pass_over(_BLANK)

    def _header(self) -> Place:
        """[one.two] or [[one.two]]: what it opens."""
        repeated = self.text.startswith("[[", self.at)
        line = self._line()
        self._skip("[[" if repeated else "[")
        *above, name = self._keys()
        self._skip("]]" if repeated else "]")
        place: Place = ()
        for key in above:
            place = (*place, key)
            self.found.setdefault(place, line)
            if place in self._last:  # what follows belongs to the last of them
                place = (*place, self._last[place])
        place = (*place, name)
        self.found.setdefault(place, line)
        if repeated:
            self._last[place] = self._last.get(place, -1) + 1
            place = (*place, self._last[place])
            self.found[place] = line
        return place

    def _pair(self, table: Place) -> None:
        """key = value, where the key may be dotted."""
        line, place = self._line(), table
        for key in self._keys():
            place = (*place, key)
            self.found.setdefault(place, line)
        self._skip("=")
        self._value(place)

    def _keys(self) -> list[str]:
        keys: list[str] = []
        while not keys or self._pass_over(_DOT):
            self._pass_over(_BLANK)
            key = self._pass_over(_KEY)
            # Quoted ones may hold dots and escapes, which tomllib knows better.
            keys.append(str(tomllib.loads(f"key = {key}")["key"]) if key[0] in "\"'" else key)
        return keys

    def _value(self, place: Place) -> None:
        self._pass_over(_BLANK)
        opening = self.text[self.at]
        if opening not in "[{":
            self._pass_over(_VALUE)
            return
        self.at += 1
        self._pass_over(_BLANK)
        number = 0
        while self.text[self.at] not in "]}":
            if opening == "[":
                self.found[(*place, number)] = self._line()
                self._value((*place, number))
            else:
                self._pair(place)
            number += 1
            self._pass_over(_BLANK)
            if self.text[self.at] == ",":
                self._skip(",")
                self._pass_over(_BLANK)
        self.at += 1

    def _skip(self, mark: str) -> None:
        self._pass_over(_BLANK)
        self.at += len(mark)

    def _pass_over(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return found[0] if found else ""

    def _line(self) -> int:
        # Only \n ends a line, as for tomllib. Counted from the last time, so that a long file costs no more.
        self.line += self.text.count("\n", self._counted_to, self.at)
        self._counted_to = self.at
        return self.line
