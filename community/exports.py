"""The publication log as a table of plain values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from community.models import Publication
from community.selectors import place_of
from frontend.words import local

HEADINGS = (
    "When", "Partnership", "Where", "What was done", "Title", "Channel", "For whom, or where", "Link", "Words",
    "Recorded by", "Recorded", "Withdrawn", "Withdrawn because",
)  # fmt: skip


def log_rows(publications: Iterable[Publication]) -> Iterator[Iterable[object]]:
    """The headings, then a row for each."""
    yield HEADINGS
    for row in publications:
        yield (
            _moment(row.happened_at), row.matter.partnership.name, place_of(row.matter), row.kind_words,
            row.title, row.channel.name if row.channel else "", row.audience, row.url, row.text, row.recorded_by.name,
            _moment(row.recorded_at), _moment(row.withdrawn_at), row.withdrawn_because,
        )  # fmt: skip


def _moment(value: datetime | None) -> str:
    return local(value).strftime("%Y-%m-%d %H:%M") if value else ""
