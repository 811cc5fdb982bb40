"""Taking a report: the rows, the facts, the promises and the acknowledgement it makes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from asb_cases.models import Case, Incident, Party, Report
from asb_cases.references import ALPHABET, new_references
from asb_cases.services.intake import receive_report, receive_reports
from asb_cases.vocabulary import PartyRole, Strand
from ledger.models import Event
from notifications.models import Message
from standards.models import Clock
from standards.services import RefusedEntry
from tests.cast import KHAN, WEBB, Cast, party


def kinds(case: Case) -> list[str]:
    return list(Event.objects.filter(matter=case.pk).values_list("kind", flat=True))


def test_every_field_of_a_report_reaches_the_database(cast: Cast) -> None:
    report = cast.report(immediate_danger=True, hate=True, strands=(Strand.RACE, Strand.RELIGION), people=(KHAN, WEBB))
    case = receive_report(report)
    case = Case.objects.get(pk=case.pk)
    assert (case.category, case.summary, case.place, case.postcode) == (
        report.category,
        report.description,
        report.place,
        report.postcode,
    )
    assert (case.hate, case.hate_strands, case.immediate_danger) == (True, ["race", "religion"], True)
    row = Report.objects.get(case=case)
    assert (row.channel, row.received_at, row.taken_for, row.taken_by) == (
        report.channel,
        report.received_at,
        cast.council,
        cast.jo,
    )
    assert row.reporter == party(case, "Khan")
    details = party(case).person.contact_details
    assert (details.telephone, details.email, details.address, details.postcode) == (
        KHAN.telephone,
        KHAN.email,
        KHAN.address,
        KHAN.postcode,
    )
    assert kinds(case) == [
        "report.received",
        "party.known",
        "party.known",
        "immediate_need.identified",
        "hate.identified",
    ]


def test_the_ledger_knows_what_each_person_is_owed_by_without_knowing_who_they_are(cast: Cast) -> None:
    case = receive_report(cast.report(people=(WEBB,)))
    known = Event.objects.get(matter=case.pk, kind="party.known")
    assert known.about == party(case, "Webb").pk
    assert known.detail == {"roles": ["witness"], "writable": True, "contactable": True}


def test_the_same_report_opens_one_case(cast: Cast) -> None:
    report = cast.report()
    first, second = receive_report(report), receive_report(report)
    assert first.pk == second.pk
    assert (Case.objects.count(), Report.objects.count(), Party.objects.count()) == (1, 1, 1)


def test_two_of_the_same_in_one_batch_open_one_case(cast: Cast) -> None:
    report = cast.report()
    assert len(receive_reports([report, report])) == 1


def test_the_same_reference_from_another_source_or_partnership_is_another_report(cast: Cast) -> None:
    receive_report(cast.report(source="a", external_reference="1"))
    receive_report(cast.report(source="b", external_reference="1"))
    receive_report(cast.report(source="a", external_reference="1", partnership=cast.coventry.pk))
    assert Case.objects.count() == 3


def test_an_anonymous_report_owes_the_case_as_a_whole(cast: Cast) -> None:
    case = receive_report(cast.report(people=()))
    assert set(Clock.objects.filter(matter=case.pk).values_list("about", flat=True)) == {None}
    assert not Message.objects.exists()


def test_who_may_be_written_to_is_acknowledged_once(cast: Cast) -> None:
    case = receive_report(cast.report())
    message = Message.objects.get()
    assert (message.kind, message.directory, message.recipient) == ("acknowledgement", "party", party(case).pk)
    assert set(message.context) == {"reference", "received_at"}


@pytest.mark.parametrize(
    "changes",
    [{"may_write": False}, {"email": ""}, {"roles": (PartyRole.VICTIM,)}],
    ids=["unsafe", "no address", "not the reporter"],
)
def test_nobody_else_is_written_to(cast: Cast, changes: dict[str, object]) -> None:
    from dataclasses import replace

    receive_report(cast.report(people=(replace(KHAN, **changes),)))
    assert not Message.objects.exists()


def test_a_report_from_before_the_standards_is_refused(cast: Cast) -> None:
    with pytest.raises(RefusedEntry, match="No standards of this partnership were in force on 1 March 2010"):
        receive_report(cast.report(timezone.datetime(2010, 3, 1, 12, tzinfo=timezone.get_current_timezone())))
    assert not Case.objects.exists()


def test_the_charter_is_the_one_in_force_when_it_was_received(cast: Cast) -> None:
    from datetime import date

    from standards.loading import load_charter
    from tests.cast import CHARTERS

    newer = load_charter(
        partnership=cast.cherwell.pk, path=CHARTERS / "northamptonshire.toml", effective_from=date(2026, 1, 1)
    )
    old = cast.case(timezone.datetime(2025, 12, 31, 23, 0, tzinfo=timezone.get_current_timezone()))
    new = cast.case(timezone.datetime(2026, 1, 1, 1, 0, tzinfo=timezone.get_current_timezone()))
    assert old.matter.charter_id != newer.pk
    assert new.matter.charter_id == newer.pk


def test_references_are_short_random_and_never_twice(cast: Cast) -> None:
    references = new_references([timezone.now()] * 500)
    assert len(set(references)) == 500
    assert all(set(reference.split("-")[2]) <= set(ALPHABET) for reference in references)


def test_incidents_promise_nothing(db: None) -> None:
    assert not [field.name for field in Incident._meta.get_fields() if field.name in {"case", "matter", "person"}]


def test_received_long_ago_is_judged_as_of_then(cast: Cast) -> None:
    case = cast.case(timezone.now() - timedelta(days=10))
    clocks = Clock.objects.filter(matter=case.pk, due_at__isnull=False)
    assert set(clocks.values_list("outcome", flat=True)) == {"missed"}
