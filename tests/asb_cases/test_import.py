"""Importing: streamed, repeatable, every rejected row with its reason."""

from __future__ import annotations

import csv
import gc
import tracemalloc
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from asb_cases.imports import reports
from asb_cases.imports.reports import Tally
from asb_cases.management.commands.import_reports import Command
from asb_cases.models import Case, Incident, Party, Report
from notifications.models import Message
from standards.models import Breach, Clock, Matter
from standards.sweep import sweep
from tests.cast import Cast

HEAD = "external_reference,received_at,description,person_family_name,person_roles\n"
ROW = "R{0},2026-09-02 09:00,Shouting,Name{0},victim;reporter\n"

TODAY = "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context\n"
OLDER = TODAY.lower().replace(" ", "_")
STREET = (
    ",2018-01,Essex Police,Essex Police,0.439197,51.642719,On or near Potash Road,E01021237,Basildon 001A,Anti-social behaviour,,\n"
    ",2018-01,Essex Police,Essex Police,0.439197,51.642719,On or near Potash Road,E01021237,Basildon 001A,Anti-social behaviour,,\n"
    "69d0,2018-01,Essex Police,Essex Police,0.738080,52.042187,On or near Banham Drive,E01029913,Babergh 007B,Burglary,,\n"
    ",2018-01,Essex Police,Essex Police,,,No Location,,,Anti-social behaviour,,\n"
)


def written(tmp_path: Path, text: str | bytes, name: str = "reports.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def run(path: Path, **options: object) -> str:
    out = StringIO()
    call_command("import_reports", str(path), partnership="cherwell", stdout=out, **options)
    return out.getvalue()


def rejected(tmp_path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO((tmp_path / "reports.rejects.csv").read_text())))


def test_each_row_becomes_a_case_judged_like_a_typed_one(cast: Cast, tmp_path: Path) -> None:
    words = run(written(tmp_path, HEAD + ROW.format(1) + ROW.format(2)))
    assert words == "2 rows: 2 new, 0 here already, 0 rejected\n"
    typed = cast.case(Matter.objects.values_list("received_at", flat=True).first())
    clocks = Clock.objects.values_list("matter", "promise__code", "due_at", "outcome")
    by_matter = {
        pk: sorted(row[1:] for row in clocks if row[0] == pk) for pk in Matter.objects.values_list("pk", flat=True)
    }
    assert len(by_matter) == 3
    assert set(map(str, by_matter.values())) == {str(by_matter[typed.pk])}
    assert not (tmp_path / "reports.rejects.csv").exists()


def test_running_it_again_changes_nothing(cast: Cast, tmp_path: Path) -> None:
    path = written(tmp_path, HEAD + "".join(ROW.format(n) for n in range(20)))
    run(path)
    assert run(path) == "20 rows: 0 new, 20 here already, 0 rejected\n"
    assert (Case.objects.count(), Party.objects.count()) == (20, 20)


def test_a_longer_file_adds_what_is_new(cast: Cast, tmp_path: Path) -> None:
    run(written(tmp_path, HEAD + ROW.format(1)))
    assert run(written(tmp_path, HEAD + ROW.format(1) + ROW.format(2))) == "2 rows: 1 new, 1 here already, 0 rejected\n"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",2026-09-02 09:00,Shouting,,", "external_reference: is empty"),
        ("R1,,Shouting,,", "received_at: is empty"),
        ("R1,soon,Shouting,,", "received_at: 'soon' is not a time like"),
        ("R1,2199-01-01 09:00,Shouting,,", "received_at: '2199-01-01 09:00' is in the future"),
        ("R1,2026-03-29 01:30,Shouting,,", "received_at: '2026-03-29 01:30' never was"),
        ("R1,0001-01-01T00:00:00+05:00,Shouting,,", "received_at: '0001-01-01T00:00:00+05:00' is too long ago"),
        ("R1,2009-01-05 09:00,Shouting,,", "No standards of this partnership were in force on 5 January 2009."),
        ("R1,2026-09-02 09:00,,,", "description: is empty"),
        ("R1,2026-09-02 09:00,Shouting,,culprit", "person_roles: 'culprit' is none of victim, witness, reporter"),
        ("R1,2026-09-02 09:00,Shouting,,victim", "person_family_name: is empty"),
        ("R1,2026-09-02 09:00,Shouting,Khan,victim,extra", "row: has 6 cells for 5 headings"),
        (f"R1,2026-09-02 09:00,{'x' * 4001},Khan,victim", "description: is longer than 4,000 characters"),
        ("R1,2026-09-02 09:00,Shout\x00ing,Khan,victim", "row: holds a NUL character"),
        (b"R1,2026-09-02 09:00,Shout\xffing,Khan,victim", "row: holds characters that are not UTF-8"),
    ],
)
def test_a_bad_row_is_written_with_its_reason_and_harms_no_other(
    cast: Cast, tmp_path: Path, row: str | bytes, reason: str
) -> None:
    line = row if isinstance(row, bytes) else row.encode()
    words = run(written(tmp_path, (HEAD + ROW.format(8)).encode() + line + b"\n" + ROW.format(9).encode()))
    assert words.startswith("3 rows: 2 new, 0 here already, 1 rejected\n")
    (reject,) = rejected(tmp_path)
    assert reject["line"] == "3"
    assert reject["rejected_because"].startswith(reason)


def test_other_peoples_columns_dates_and_words(cast: Cast, tmp_path: Path) -> None:
    mapping = written(
        tmp_path,
        """
        [columns]
        external_reference = "Ref"
        received_at = "Logged"
        description = "What"
        category = "Kind"
        hate = "Hate?"
        strands = "Motive"
        lead_agency = "Team"
        officer_email = "Owner"
        person_family_name = "Caller"
        person_2_family_name = "Witness"
        [formats]
        received_at = "%d/%m/%Y %H:%M"
        [values.category]
        "Loud music" = "noise"
        [values.hate]
        "Yes - reported" = "yes"
        [defaults]
        channel = "telephone"
        person_2_roles = "witness"
        """,
        "mapping.toml",
    )
    path = written(
        tmp_path,
        "Ref,Logged,What,Kind,Hate?,Motive,Team,Owner,Caller,Witness,Other\n"
        "A/7,02/09/2026 09:00,Shouting,Loud music,Yes - reported,Race; religion,Neighbourhood Policing,ALEX.gill@example.org,Khan,Webb,x\n",
    )
    assert run(path, mapping=mapping, source="old system").startswith("1 rows: 1 new")
    report = Report.objects.select_related("case__matter").get()
    assert (report.source, report.external_reference, report.channel) == ("old system", "A/7", "telephone")
    assert report.received_at.isoformat() == "2026-09-02T08:00:00+00:00"
    assert (report.case.category, report.case.hate_strands) == ("noise", ["race", "religion"])
    assert (report.case.matter.agency, report.case.matter.officer) == (cast.police, cast.alex)
    roles = Party.objects.values_list("person__family_name", "roles").order_by("person__family_name")
    assert list(roles) == [("Khan", ["victim", "reporter"]), ("Webb", ["witness"])]


def test_a_mapping_with_a_slip_is_refused(cast: Cast, tmp_path: Path) -> None:
    mapping = written(tmp_path, '[columns]\nrecieved_at = "Logged"\n', "mapping.toml")
    with pytest.raises(CommandError, match=r"columns\.recieved_at: no such column"):
        run(written(tmp_path, HEAD), mapping=mapping)


@pytest.mark.parametrize(
    "slip", ["[defaults]\nperson_may_write = true\n", "[columns]\ndescription = 3\n", "[values.hate]\nJa = true\n"]
)
def test_a_mapping_with_anything_but_texts_is_refused(cast: Cast, tmp_path: Path, slip: str) -> None:
    with pytest.raises(CommandError, match="must be a text in quotes"):
        run(written(tmp_path, HEAD + ROW.format(1)), mapping=written(tmp_path, slip, "mapping.toml"))
    assert not Case.objects.exists()


def test_rejected_rows_never_overwrite_what_is_read(cast: Cast, tmp_path: Path) -> None:
    path = written(tmp_path, HEAD + ",,,,\n")
    with pytest.raises(CommandError, match="would be written over what is read"):
        run(path, rejects=path)
    assert path.read_text() == HEAD + ",,,,\n"


def test_a_column_that_nobody_reads_is_named(cast: Cast, tmp_path: Path) -> None:
    said = StringIO()
    run(written(tmp_path, HEAD.strip() + ",hate_crime\n" + ROW.format(1).strip() + ",yes\n"), stderr=said)
    assert said.getvalue() == "Nothing is taken from the columns: hate_crime\n"


def test_an_officer_works_for_the_agency_that_leads(cast: Cast, tmp_path: Path) -> None:
    head = "external_reference,received_at,description,lead_agency,officer_email\n"
    rows = "R1,2026-09-02 09:00,Shouting,{0},{1}\nR2,2026-09-02 09:00,Shouting,{0},{2}\n"
    path = written(tmp_path, head + rows.format(cast.police.slug, cast.priya.email, cast.alex.email.upper()))
    assert run(path).startswith("2 rows: 1 new, 0 here already, 1 rejected")
    assert rejected(tmp_path)[0]["rejected_because"].startswith("officer_email: nobody with this address works on")
    assert Matter.objects.get().officer == cast.alex


def test_a_file_without_the_columns_says_which_it_has(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(
        CommandError, match=r"There is no column external_reference, received_at, description\. Columns here: a, b"
    ):
        run(written(tmp_path, "a,b\n1,2\n"))


def test_residents_are_not_written_to_unless_asked(cast: Cast, tmp_path: Path) -> None:
    head = "external_reference,received_at,description,person_family_name,person_email\n"
    row = "R1,2026-09-02 09:00,Shouting,Khan,khan@example.org\n"
    run(written(tmp_path, head + row))
    assert not Message.objects.exists()
    run(written(tmp_path, head + row.replace("R1", "R2")), acknowledge=True)
    assert Message.objects.count() == 1


def test_what_was_missed_long_ago_alerts_as_usual_or_nobody_if_so_asked(cast: Cast, tmp_path: Path) -> None:
    run(written(tmp_path, HEAD + ROW.format(1)), without_alerts=True)
    sweep()
    assert (Breach.objects.count(), Message.objects.count()) == (2, 0)
    run(written(tmp_path, HEAD + ROW.format(2)))
    sweep()
    assert Breach.objects.count() == 4
    assert Message.objects.filter(kind="breach", recipient=cast.dylan.pk).count() == 2


def test_memory_does_not_grow_with_the_file(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[int] = []

    def measure(command: Command, tally: Tally) -> None:
        gc.collect()
        held.append(tracemalloc.get_traced_memory()[0])

    monkeypatch.setattr(reports, "BATCH", 50)
    monkeypatch.setattr(Command, "_progress", measure)
    path = written(tmp_path, HEAD + "".join(ROW.format(number) for number in range(600)))
    tracemalloc.start()
    try:
        run(path)
    finally:
        tracemalloc.stop()
    assert len(held) == 13  # after each batch, and at the end
    assert max(held[6:]) < 1.1 * max(held[:6])


# --- street-level crime ------------------------------------------------------------------------------


@pytest.mark.parametrize("head", [TODAY, OLDER], ids=["today", "older"])
def test_street_level_behaviour_is_stored_once_each(cast: Cast, tmp_path: Path, head: str) -> None:
    path = written(tmp_path, head + STREET)
    assert run(path) == "3 rows: 3 new, 0 here already, 0 rejected\n"
    assert run(path) == "3 rows: 0 new, 3 here already, 0 rejected\n"
    assert (Incident.objects.count(), Case.objects.count()) == (3, 0)
    twice = Incident.objects.filter(place="On or near Potash Road")
    assert [(str(one.month), str(one.longitude), one.lsoa, one.force) for one in twice] == [
        ("2018-01-01", "0.439197", "E01021237", "Essex Police")
    ] * 2


def test_the_same_incident_in_both_spellings_is_the_same(cast: Cast, tmp_path: Path) -> None:
    run(written(tmp_path, TODAY + STREET))
    run(written(tmp_path, OLDER + STREET))
    assert Incident.objects.count() == 3


def test_a_broken_street_level_row_is_rejected(cast: Cast, tmp_path: Path) -> None:
    words = run(written(tmp_path, TODAY + STREET + STREET.splitlines()[0].replace("2018-01", "January") + "\n"))
    assert words.startswith("4 rows: 3 new, 0 here already, 1 rejected")
    (reject,) = rejected(tmp_path)
    assert reject["rejected_because"] == "month: 'January' is not a month like 2018-01"


def test_it_says_how_far_it_is(cast: Cast, tmp_path: Path, monkeypatch) -> None:
    from asb_cases.management.commands import import_reports

    monkeypatch.setattr(import_reports, "SECONDS_BETWEEN_WORDS", 0)
    err = StringIO()
    path = written(tmp_path, HEAD + "".join(ROW.format(n) for n in range(600)))
    call_command("import_reports", str(path), partnership="cherwell", stdout=StringIO(), stderr=err)
    assert err.getvalue().splitlines()[0].startswith("500 rows: 500 new")
