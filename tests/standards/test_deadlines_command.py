"""`manage.py deadlines`: CSV in, CSV out, bad rows named."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

AGREED = Path(__file__).parent / "agreed_deadlines.csv"
HEAD = "case_id,received_at,amount,unit\n"


def run(path: Path, *options: str) -> tuple[str, str, int]:
    out, err, code = StringIO(), StringIO(), 0
    try:
        call_command("deadlines", str(path), *options, stdout=out, stderr=err)
    except SystemExit as stop:
        code = int(stop.code or 0)
    return out.getvalue(), err.getvalue(), code


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "in.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_agreed_deadline_to_the_second(holidays_known: None) -> None:
    """Due times on which several independent libraries agree: Christmas, Easter, royal holidays, both clock changes."""
    expected = {row["case_id"]: row["expected_due_at"] for row in csv.DictReader(StringIO(AGREED.read_text()))}
    out, err, code = run(AGREED, "--close-of-day", "23:59:59")
    assert {row["case_id"]: row["due_at"] for row in csv.DictReader(StringIO(out))} == expected
    assert (err, code, len(expected)) == ("", 0, 47)


def test_the_day_closes_at_five_unless_told_otherwise(holidays_known: None, tmp_path: Path) -> None:
    out, _, _ = run(written(tmp_path, HEAD + "a,2026-06-10T10:00:00+01:00,1,working_days\n"))
    assert out == "case_id,due_at\na,2026-06-11T17:00:00+01:00\n"


def test_columns_in_any_order_extra_ones_and_a_byte_order_mark(holidays_known: None, tmp_path: Path) -> None:
    text = "\ufeffnote,unit,amount,received_at,case_id\nhello,hours,24,2026-03-28T10:00:00Z,a\n"
    out, _, code = run(written(tmp_path, text))
    assert (out, code) == ("case_id,due_at\na,2026-03-29T11:00:00+01:00\n", 0)


@pytest.mark.parametrize(
    ("row", "column", "why"),
    [
        ("a,yesterday,1,hours", "received_at", "is not a time like"),
        ("a,2026-02-30T10:00:00Z,1,hours", "received_at", "is not a time like"),
        ("a,2026-01-05T10:00:00,1,hours", "received_at", "has no offset"),
        (",2026-01-05T10:00:00Z,1,hours", "case_id", "is empty"),
        ("a,0001-01-01T00:00:00+05:00,1,hours", "received_at", "is no time between the years"),
        ("a,,1,hours", "received_at", "is not a time like"),
        ("a,2026-01-05T10:00:00Z,0,hours", "amount", "is not a whole number from 1"),
        ("a,2026-01-05T10:00:00Z,-1,hours", "amount", "is not a whole number from 1"),
        ("a,2026-01-05T10:00:00Z,1.5,working_days", "amount", "is not a whole number from 1"),
        ("a,2026-01-05T10:00:00Z,１,hours", "amount", "is not a whole number from 1"),
        ("a,2026-01-05T10:00:00Z,99999999999999999999,hours", "amount", "is not a whole number from 1"),
        ("a,2026-01-05T10:00:00Z,1,days", "unit", "'days' is none of hours, working_days"),
        ("a,2026-01-05T10:00:00Z,1", "unit", "'' is none of"),
        ("a,2028-12-29T10:00:00Z,1,working_days", "received_at", "bank holidays of 2029"),
        ("a,2011-12-29T10:00:00Z,1,working_days", "received_at", "bank holidays of 2011"),
        ("a,9999-12-31T10:00:00Z,48,hours", "amount", "beyond the year 9999"),
    ],
)
def test_bad_rows_are_named_after_the_good_ones_are_printed(
    holidays_known: None, tmp_path: Path, row: str, column: str, why: str
) -> None:
    good = "2026-01-05T10:00:00Z,1,hours"
    out, err, code = run(written(tmp_path, f"{HEAD}before,{good}\n{row}\nafter,{good}\n"))
    assert [line.split(",")[0] for line in out.splitlines()] == ["case_id", "before", "after"]
    assert err.startswith(f"line 3, column {column}: ")
    assert why in err
    assert code == 1


@pytest.mark.parametrize(("column", "value"), [("receipt", "tomorrow"), ("division", "wales"), ("receipt", "DAY0")])
def test_made_up_receipts_and_divisions_are_named(
    holidays_known: None, tmp_path: Path, column: str, value: str
) -> None:
    text = f"case_id,received_at,amount,unit,{column}\na,2026-01-05T10:00:00Z,1,hours,{value}\n"
    _, err, code = run(written(tmp_path, text))
    assert err.startswith(f"line 2, column {column}: {value!r} is none of ")
    assert code == 1


def test_empty_optional_columns_mean_the_default(holidays_known: None, tmp_path: Path) -> None:
    text = "case_id,received_at,amount,unit,receipt,division\na,2026-06-13T11:00:00+01:00,1,working_days,,\n"
    out, _, _ = run(written(tmp_path, text))
    assert out.splitlines()[1] == "a,2026-06-15T17:00:00+01:00"


def test_a_missing_column_stops_at_once(holidays_known: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="line 1: missing column amount, unit"):
        run(written(tmp_path, "case_id,received_at\na,2026-01-05T10:00:00Z\n"))


def test_a_missing_file_is_said_plainly(holidays_known: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        run(tmp_path / "nothing.csv")


def test_no_rows_are_no_fault(holidays_known: None, tmp_path: Path) -> None:
    assert run(written(tmp_path, HEAD)) == ("case_id,due_at\n", "", 0)


def test_a_byte_that_is_not_utf_8_is_a_fault_of_its_cell_alone(holidays_known: None, tmp_path: Path) -> None:
    path = tmp_path / "latin.csv"
    path.write_bytes(
        b"case_id,received_at,amount,unit,note\n"
        b"a,2026-03-28T10:00:00Z,24,hours,caf\xe9\n"
        b"b,2026-03-28T10:00:00Z,24,hour\xe9,\n"
        b"c,2026-03-28T10:00:00Z,24,hours,\n"
        b"\xe9,2026-03-28T10:00:00Z,24,hours,\n"
    )
    out, err, code = run(path)
    assert [row["case_id"] for row in csv.DictReader(StringIO(out))] == ["a", "c"]
    first, second = err.splitlines()
    assert first.startswith("line 3, column unit: ")
    assert second == "line 5, column case_id: holds what is not UTF-8"
    assert code == 1
