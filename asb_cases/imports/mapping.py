"""Other people's columns, dates and words, told in ours.

A mapping file is TOML: `[columns]` says which of their columns ours is, `[formats]` how they write times, `[values.X]`
which of their words for column X means which of ours, `[defaults]` what stands where they have nothing.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

REPORT_COLUMNS = (
    "external_reference", "received_at", "channel", "category", "description", "place", "postcode",
    "immediate_danger", "hate", "strands", "taken_by_agency", "lead_agency", "officer_email",
)  # fmt: skip
PERSON_COLUMNS = (
    "roles", "title", "given_name", "family_name", "telephone", "email", "address", "postcode", "may_write",
    "safe_contact",
)  # fmt: skip
# Up to three people a row: person_family_name, person_2_family_name, person_3_family_name, and so on.
PEOPLE = ("person", "person_2", "person_3")
COLUMNS = frozenset({*REPORT_COLUMNS, *(f"{person}_{column}" for person in PEOPLE for column in PERSON_COLUMNS)})
REQUIRED = ("external_reference", "received_at", "description")


class MappingError(ValueError):
    """A mapping file that cannot be used; the message says what in it is wrong."""


@dataclass(frozen=True)
class ColumnMapping:
    """How a file's columns become ours. Without a file, they are ours already."""

    columns: Mapping[str, str] = field(default_factory=dict)  # ours -> theirs
    formats: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # column -> theirs -> ours
    defaults: Mapping[str, str] = field(default_factory=dict)

    def missing(self, headings: Iterable[str]) -> list[str]:
        """Required columns that the file does not have, under their names in the file."""
        known = set(headings)
        return [
            self.columns.get(column, column)
            for column in REQUIRED
            if self.columns.get(column, column) not in known and column not in self.defaults
        ]

    def unread(self, headings: Iterable[str]) -> list[str]:
        """The file's columns that nothing is taken from."""
        read = {self.columns.get(column, column) for column in COLUMNS}
        return [heading for heading in headings if heading not in read]

    def row(self, cells: Mapping[str, str]) -> dict[str, str]:
        """A row in our columns, with our words; a column that is empty or not there is left out."""
        row = {}
        for column in COLUMNS:
            text = (cells.get(self.columns.get(column, column)) or "").strip()
            text = self.values.get(column, {}).get(text, text) or self.defaults.get(column, "")
            if text:
                row[column] = text
        return row


def load(path: Path) -> ColumnMapping:
    """Read a mapping file. Raises MappingError."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MappingError(f"{path.name}: not readable as TOML: {error}") from error
    unknown = set(table) - {"columns", "formats", "values", "defaults"}
    if unknown:
        raise MappingError(f"{path.name}: no such table: {', '.join(sorted(unknown))}")
    for name in ("columns", "formats", "values", "defaults"):
        for column in table.get(name, {}):
            if column not in COLUMNS:
                raise MappingError(f"{path.name}: {name}.{column}: no such column; docs/import.md lists them")
            _check_texts(table[name][column], name == "values", f"{path.name}: {name}.{column}")
    return ColumnMapping(**table)


def _check_texts(value: object, table: bool, where: str) -> None:
    """A text, or in `[values.X]` a table of texts: `true` is "yes" in the file, not TOML's own."""
    texts = list(value.values()) if table and isinstance(value, dict) else [value]
    if not all(isinstance(text, str) for text in texts):
        raise MappingError(f'{where}: must be a text in quotes, like "yes"')
