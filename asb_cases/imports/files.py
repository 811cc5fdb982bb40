"""Reading a CSV file row by row, and writing what was rejected. Neither holds more than a row."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

REASON = "rejected_because"
LINE = "line"
BROKEN = "\ufffd"


class UnreadableFile(ValueError):
    """A file that is no CSV with headings."""


class Rows:
    """The rows of a CSV file: headings at once, rows as they are asked for."""

    def __init__(self, source: TextIO) -> None:
        self._reader = csv.reader(source)
        try:
            self.headings = [heading.strip() for heading in next(self._reader)]
        except StopIteration:
            raise UnreadableFile("the file is empty") from None
        except csv.Error as error:
            raise UnreadableFile(f"the headings are not readable: {error}") from error

    def __iter__(self) -> Iterator[tuple[int, list[str], str]]:
        """Line number, cells, and what is wrong with the row as such ("" if nothing)."""
        while True:
            try:
                cells = next(self._reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield self._reader.line_num, [], f"not readable as CSV: {error}"
                continue
            if cells:
                yield self._reader.line_num, cells, self._problem(cells)

    def _problem(self, cells: Sequence[str]) -> str:
        if len(cells) > len(self.headings):
            return f"has {len(cells)} cells for {len(self.headings)} headings"
        if any(BROKEN in cell for cell in cells):
            return "holds characters that are not UTF-8"
        if any("\x00" in cell for cell in cells):
            return "holds a NUL character"
        return ""

    def named(self, cells: Sequence[str]) -> dict[str, str]:
        return dict(zip(self.headings, cells, strict=False))


def opened(path: Path) -> TextIO:
    """The file as UTF-8, with or without a byte-order mark; broken characters are marked, and found row by row."""
    return path.open(encoding="utf-8-sig", errors="replace", newline="")


class Rejects:
    """Rejected rows with their line and reason, in a file that exists only when there is one."""

    def __init__(self, path: Path, headings: Sequence[str]) -> None:
        self.path = path
        self.headings = headings
        self.count = 0
        self._file: TextIO | None = None

    def add(self, line: int, cells: Sequence[str], reason: str) -> None:
        if self._file is None:
            self._file = self.path.open("w", encoding="utf-8", newline="")
            csv.writer(self._file).writerow([LINE, REASON, *self.headings])
        csv.writer(self._file).writerow([line, reason, *cells])
        self.count += 1

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
