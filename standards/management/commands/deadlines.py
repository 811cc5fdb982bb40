"""Deadlines of a CSV file: case_id, received_at, amount, unit in; case_id, due_at out."""

from __future__ import annotations

import csv
import os
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, time
from functools import cache
from io import TextIOWrapper
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError

from standards import holidays
from standards.calendar import LONDON, Calendar, HolidaysUnknown, Receipt, Unit
from standards.vocabulary import Division

BROKEN = "\ufffd"  # what Python reads where a byte is not UTF-8
COLUMNS = ("case_id", "received_at", "amount", "unit")
UNITS = {
    str(unit): unit
    for unit in (
        Unit.HOURS,
        Unit.WORKING_DAYS,
        Unit.HOURS_LESS_CHRISTMAS,
        Unit.HOURS_LESS_CHRISTMAS_GOOD_FRIDAY_SUNDAYS,
    )
}
MOST = 1_000_000  # hours or days; more is a slip of the keyboard


class BadCell(ValueError):
    """A cell that cannot be used: which column, and why."""

    def __init__(self, column: str, why: str) -> None:
        super().__init__(why)
        self.column = column


class Command(BaseCommand):
    help = (
        "Prints the deadline of each row of a CSV file with the columns case_id, received_at, amount, unit and, if "
        "wanted, receipt and division. Rows that cannot be used are named on standard error; the answer is then 1."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="The CSV file; - reads standard input")
        parser.add_argument(
            "--close-of-day",
            type=_time,
            default=time(17),
            metavar="HH:MM:SS",
            help="When a working day ends, in London (default 17:00:00)",
        )

    def handle(self, *, file: str, close_of_day: time, **options: Any) -> None:
        with self._open(file) as source:
            try:
                bad = self._convert(source, close_of_day)
            except BrokenPipeError:
                # Whoever read the answer has enough (`| head`). Nothing is left for Python to flush at its end.
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
                sys.exit(1)
        if bad:
            sys.exit(1)

    def _open(self, file: str) -> AbstractContextManager[TextIO]:
        if file == "-":
            if isinstance(sys.stdin, TextIOWrapper):
                sys.stdin.reconfigure(encoding="utf-8-sig", errors="replace")
            return nullcontext(sys.stdin)
        try:
            # utf-8-sig: spreadsheets put a byte-order mark before the first heading. A byte that is not UTF-8 is a
            # fault of its cell, and of no other row.
            return Path(file).open(encoding="utf-8-sig", errors="replace", newline="")
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error

    def _convert(self, source: TextIO, close_of_day: time) -> int:
        """Write a row for each good row; the number of bad ones."""
        calendar_of = cache(lambda division: holidays.calendar(division, close_of_day))
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerow(["case_id", "due_at"])
        bad = 0
        for line, row in self._rows(source):
            try:
                if not row["case_id"] or BROKEN in row["case_id"]:
                    raise BadCell("case_id", "is empty" if not row["case_id"] else "holds what is not UTF-8")
                writer.writerow([row["case_id"], _due(row, calendar_of).isoformat()])
            except BadCell as cell:
                bad += 1
                self.stderr.write(f"line {line}, column {cell.column}: {cell}")
        return bad

    def _rows(self, source: TextIO) -> Iterator[tuple[int, dict[str, str]]]:
        reader = csv.DictReader(source)
        missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
        if missing:
            raise CommandError(f"line 1: missing column {', '.join(missing)}")
        try:
            for row in reader:
                yield (
                    reader.line_num,
                    {key: (value or "").strip() for key, value in row.items() if isinstance(key, str)},
                )
        except csv.Error as error:
            raise CommandError(f"line {reader.line_num + 1}: not readable as CSV: {error}") from error


def _due(row: dict[str, str], calendar_of: Any) -> datetime:
    received_at = _moment(row["received_at"])
    amount = _amount(row["amount"])
    unit = _one_of(UNITS, "unit", row["unit"])
    receipt = _one_of({str(one): one for one in Receipt}, "receipt", row.get("receipt") or Receipt.DAY0)
    divisions = {str(one): str(one) for one in Division.values}
    division = _one_of(divisions, "division", row.get("division") or Division.ENGLAND_AND_WALES.value)
    calendar: Calendar = calendar_of(division)
    try:
        return calendar.due(received_at, amount, unit, receipt=receipt).astimezone(LONDON)
    except HolidaysUnknown as error:
        raise BadCell("received_at", str(error)) from error
    except OverflowError as error:
        raise BadCell("amount", "the deadline would lie beyond the year 9999") from error


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadCell("received_at", f"{text!r} is not a time like 2026-03-28T10:00:00+00:00") from error
    if moment.tzinfo is None:
        raise BadCell("received_at", f"{text!r} has no offset; write it like 2026-03-28T10:00:00+00:00")
    try:
        return moment.astimezone(LONDON)
    except OverflowError as error:
        raise BadCell("received_at", f"{text!r} is no time between the years 1 and 9999") from error


def _amount(text: str) -> int:
    # isdecimal alone would let in other scripts' digits.
    if not (text.isascii() and text.isdecimal() and len(text) <= 9 and 1 <= int(text) <= MOST):
        raise BadCell("amount", f"{text!r} is not a whole number from 1 to {MOST:,}")
    return int(text)


def _one_of(known: dict[str, Any], column: str, text: str) -> Any:
    if text not in known:
        raise BadCell(column, f"{text!r} is none of {', '.join(known)}")
    return known[text]


def _time(text: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is not a time like 17:00:00") from error
