"""Importing reports: each becomes a case judged like one that was typed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db import IntegrityError, transaction

from asb_cases.imports.files import Rejects, Rows
from asb_cases.imports.mapping import ColumnMapping
from asb_cases.imports.rows import BadRow, Setting, report
from asb_cases.services.intake import NewReport, Opened, receive_reports
from standards.calendar import HolidaysUnknown
from standards.services import RefusedEntry
from standards.sweep import settle_past

BATCH = 500


@dataclass
class Tally:
    """How far an import has come."""

    rows: int = 0
    opened: int = 0
    known: int = 0
    rejected: int = 0


@dataclass(frozen=True)
class _Item:
    line: int
    cells: list[str]
    report: NewReport


def import_reports(
    rows: Rows,
    mapping: ColumnMapping,
    setting: Setting,
    rejects: Rejects,
    *,
    alert: bool,
    progress: Callable[[Tally], None],
) -> Tally:
    """Open a case for each row not imported before. Batches are transactions: what was reported as done is done.

    `alert=False` records promises that were missed before the import as missed, without telling anybody.
    """
    tally = Tally()
    items = _items(rows, mapping, setting, rejects, tally)
    while batch := list(islice(items, BATCH)):
        _receive(batch, rejects, tally, alert=alert)
        progress(tally)
    tally.rejected = rejects.count
    progress(tally)
    return tally


def _items(rows: Rows, mapping: ColumnMapping, setting: Setting, rejects: Rejects, tally: Tally) -> Iterator[_Item]:
    for line, cells, problem in rows:
        tally.rows += 1
        try:
            if problem:
                raise BadRow("row", problem)
            yield _Item(line, cells, report(mapping.row(rows.named(cells)), setting))
        except BadRow as reason:
            rejects.add(line, cells, str(reason))
            tally.rejected = rejects.count


def _receive(batch: Sequence[_Item], rejects: Rejects, tally: Tally, *, alert: bool) -> None:
    try:
        opened = _open(batch, alert=alert)
    except (RefusedEntry, HolidaysUnknown, IntegrityError) as error:
        if len(batch) > 1:
            # One row spoils the batch: halve it until that one stands alone.
            middle = len(batch) // 2
            _receive(batch[:middle], rejects, tally, alert=alert)
            _receive(batch[middle:], rejects, tally, alert=alert)
            return
        if isinstance(error, IntegrityError):
            tally.known += 1  # somebody else imported it at this moment
            return
        rejects.add(batch[0].line, batch[0].cells, str(error))
        tally.rejected = rejects.count
        return
    tally.opened += len(opened)
    tally.known += len(batch) - len(opened)


@transaction.atomic
def _open(batch: Sequence[_Item], *, alert: bool) -> list[Opened]:
    opened = receive_reports([item.report for item in batch])
    if not alert:
        settle_past([one.case.pk for one in opened])
    return opened
