"""Somebody reports again: in her case or by a new one, within six months or later, and how that is put right."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from asb_cases.models import Case, Person, Report
from asb_cases.services.intake import KnownPerson
from asb_cases.services.repeats import is_repeated
from asb_cases.vocabulary import PartyRole
from ledger.models import Event
from standards.calendar import LONDON
from standards.facts import effective
from standards.selectors import fact
from tests import answers
from tests.cast import WEBB, Cast, clock, party
from tests.reading import complaint, entries, words
from tests.system.scene import signed_in

HOUR = timedelta(hours=1)
AT = datetime(2026, 9, 2, 11, 15, tzinfo=LONDON)


@pytest.fixture
def case(wednesday: time_machine.Traveller, cast: Cast) -> Case:
    case = cast.case(timezone.now())
    wednesday.shift(3 * HOUR)
    return case


@pytest.fixture
def priya(case: Case, cast: Cast) -> Client:
    return signed_in(cast.priya)


def again(client: Client, case: Case, at: datetime = AT, **typed: Any) -> Any:
    address = reverse("record_act", args=[case.matter.reference, "report-again"])
    return client.post(address, {**answers.acts(at)["report-again"], **typed}, follow=True)


def correct(client: Client, case: Case, event: Event, **typed: Any) -> Any:
    address = reverse("correct_entry", args=[case.matter.reference, event.pk])
    return client.post(address, {"note": "Wrong.", **typed}, follow=True)


def standing(case: Case, kind: str) -> list[datetime]:
    facts = effective(map(fact, Event.objects.filter(matter=case.pk)))
    return [one.occurred_at for one in facts if one.kind == kind]


def test_another_report_is_kept_as_taken_and_marked_as_repeated(case: Case, priya: Client, cast: Cast) -> None:
    page = again(priya, case, note="Louder than ever.")
    _, second = case.reports.order_by("received_at")
    assert (second.received_at, second.reporter, second.taken_by, second.taken_for, second.description) == (
        AT, party(case), cast.priya, cast.council, "Louder than ever.",
    )  # fmt: skip
    event = Event.objects.get(kind="report.received", about=party(case).pk)
    assert event.detail == {"channel": "telephone", "agency_type": "council"}
    assert standing(case, "report.repeated") == [AT]
    assert "Report Telephone, Wednesday 2 September 2026, 11:15am, taken by Community Safety Team" in words(page.text)
    told = entries(priya.get(reverse("case_timeline", args=[case.matter.reference])).text)
    assert any(item.startswith("Ms Khan reported again by telephone by Priya Shah") for item in told)
    assert any(item.startswith("Second or later report of Ms Khan within six months") for item in told)


def test_it_moves_neither_the_time_of_receipt_nor_a_deadline(case: Case, priya: Client) -> None:
    received, due = case.matter.received_at, clock(case, "CHER-3b-i").due_at
    again(priya, case)
    case.matter.refresh_from_db()
    assert (case.matter.received_at, clock(case, "CHER-3b-i").due_at) == (received, due)
    early = again(priya, case, AT - 3 * HOUR, token="another")
    assert (early.status_code, complaint(early.text, "at")) == (
        422,
        "The date and time must not be before the report was received (Wednesday 2 September 2026, 9:00am)",
    )


def test_sent_twice_it_is_taken_once(case: Case, priya: Client) -> None:
    again(priya, case)
    again(priya, case)
    assert (Report.objects.count(), len(standing(case, "report.repeated"))) == (2, 1)


def test_a_further_report_is_corrected_and_withdrawn_with_what_follows_from_it(case: Case, priya: Client) -> None:
    again(priya, case)
    event = Event.objects.get(kind="report.received", about=party(case).pk)
    correct(priya, case, event, what="time", **answers.moment("at", AT + HOUR / 2))
    assert standing(case, "report.repeated") == [AT + HOUR / 2]
    assert standing(case, "party.known") == [case.matter.received_at]
    assert case.reports.latest("received_at").received_at == AT + HOUR / 2
    corrected = Event.objects.get(corrects=event)
    correct(priya, case, corrected, what="withdraw")  # what was entered first holds again
    assert standing(case, "report.repeated") == [AT]
    assert case.reports.latest("received_at").received_at == AT
    correct(priya, case, event, what="withdraw")
    assert (standing(case, "report.received"), standing(case, "report.repeated")) == ([case.matter.received_at], [])
    assert case.reports.count() == 1


def test_the_first_report_is_corrected_alone_and_never_withdrawn(case: Case, priya: Client, cast: Cast) -> None:
    again(priya, case)
    dylan = signed_in(cast.dylan)
    first = Event.objects.get(kind="report.received", about=None)
    correct(dylan, case, first, what="time", **answers.moment("at", AT - 3 * HOUR))
    case.matter.refresh_from_db()
    assert case.matter.received_at == AT - 3 * HOUR
    assert (standing(case, "report.received"), standing(case, "report.repeated")) == ([AT - 3 * HOUR, AT], [AT])
    assert correct(dylan, case, Event.objects.get(corrects=first), what="withdraw").status_code == 422


@pytest.mark.parametrize(
    ("first", "second", "repeated"),
    [
        ("2026-03-02T09:00", "2026-09-02T08:00", True),
        ("2026-03-01T23:00", "2026-09-02T08:00", False),
        ("2025-08-31T09:00", "2026-02-28T23:00", True),
        ("2026-09-02T08:00", "2026-09-02T08:00", False),
        ("2026-09-02T09:00", "2026-09-02T08:00", False),
    ],
)
def test_six_calendar_months_before(first: str, second: str, repeated: bool) -> None:
    earlier, at = (datetime.fromisoformat(each).replace(tzinfo=LONDON) for each in (first, second))
    assert is_repeated(at, [earlier]) is repeated


@pytest.mark.parametrize(("days", "repeated"), [(100, 1), (200, 0)])
def test_somebody_known_who_reports_by_a_new_case_has_reported_again(days: int, repeated: int, cast: Cast) -> None:
    now = timezone.now()
    old = cast.case(now - timedelta(days=days))
    khan = KnownPerson(person=party(old).person_id, roles=(PartyRole.VICTIM, PartyRole.REPORTER))
    new = cast.case(now - HOUR, people=(khan, WEBB))
    assert len(standing(new, "report.repeated")) == repeated
    assert (Person.objects.count(), party(new).person_id) == (2, party(old).person_id)
    assert standing(old, "report.repeated") == []


def test_only_a_report_of_her_own_counts_and_only_in_the_same_partnership(cast: Cast) -> None:
    now = timezone.now()
    council = cast.coventry.memberships.get().agency.pk
    elsewhere = cast.case(
        now - timedelta(days=9), partnership=cast.coventry.pk, taken_for=council, lead_agency=council, taken_by=None,
        officer=None,
    )  # fmt: skip
    khan = KnownPerson(person=party(elsewhere).person_id, roles=(PartyRole.VICTIM, PartyRole.REPORTER))
    first = cast.case(now - 5 * HOUR, people=(khan,))
    assert standing(first, "report.repeated") == []
    witness = cast.case(now - 4 * HOUR, people=(KnownPerson(person=khan.person, roles=(PartyRole.WITNESS,)),))
    assert standing(witness, "report.repeated") == []
    third = cast.case(now - 3 * HOUR, people=(khan,))
    assert standing(third, "report.repeated") == [third.matter.received_at]


def test_a_call_taker_comes_back_to_her_own_report_after_another_was_taken(
    case: Case, priya: Client, cast: Cast
) -> None:
    again(priya, case)
    for client in (signed_in(cast.jo), priya):
        assert client.get(reverse("report_received", args=[case.pk])).status_code == 200
