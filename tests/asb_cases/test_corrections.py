"""Putting entries right: nothing is erased, and deadlines are judged again by what holds now."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from asb_cases.models import Case
from asb_cases.services.contact import log_contact, log_meeting
from asb_cases.services.risk import record_assessment
from asb_cases.vocabulary import ContactChannel, RiskBand
from ledger.models import Event
from ledger.services import Author, Entry
from ledger.vocabulary import EventKind
from standards.calendar import LONDON
from standards.models import Breach
from standards.services import record
from standards.sweep import sweep
from tests import answers
from tests.cast import Cast, clock, party
from tests.reading import complaint, entries, lost, words
from tests.system.scene import signed_in

HOUR = timedelta(hours=1)
AT = datetime(2026, 9, 2, 11, 15, tzinfo=LONDON)
WHY = {"note": "Typed into the wrong case."}


@pytest.fixture
def case(wednesday: time_machine.Traveller, cast: Cast) -> Case:
    """Received on Wednesday at nine, contacted at 11:15; by now it is noon."""
    case = cast.case(timezone.now())
    wednesday.shift(3 * HOUR)
    log_contact(
        case=case, party=party(case), channel=ContactChannel.TELEPHONE, at=AT, by=cast.priya, note="She was at home."
    )
    return case


@pytest.fixture
def priya(case: Case, cast: Cast) -> Client:
    return signed_in(cast.priya)


def correct(client: Client, case: Case, kind: str, **typed: Any) -> Any:
    event = Event.objects.filter(matter=case.pk, kind=kind).order_by("position").last()
    address = reverse("correct_entry", args=[case.matter.reference, event.pk])
    return client.post(address, {**WHY, **typed}, follow=True) if typed else client.get(address)


def timeline(client: Client, case: Case) -> list[str]:
    return entries(client.get(reverse("case_timeline", args=[case.matter.reference])).text)


def test_the_form_shows_the_entry_when_it_happened_and_when_it_was_entered(case: Case, priya: Client) -> None:
    said = words(correct(priya, case, "contact.made").text)
    assert "Contact with Ms Khan by telephone Wednesday 2 September 2026, 11:15am" in said
    assert "entered Wednesday 2 September 2026, 12:00pm (midday) She was at home." in said


def test_a_withdrawn_contact_is_owed_again_and_stays_to_be_read(case: Case, priya: Client) -> None:
    assert clock(case, "CHER-3b-i").outcome == "kept"
    page = correct(priya, case, "contact.made", what="withdraw")
    assert "The entry was corrected and the deadlines were judged again." in words(page.text)
    contact = clock(case, "CHER-3b-i")
    assert (contact.outcome, contact.ended_at, contact.ended_by) == ("running", None, None)
    now, before, *_ = timeline(priya, case)
    assert now.startswith("An entry was withdrawn: it should not have been made by Priya Shah")
    assert WHY["note"] in now
    assert before.startswith("Contact with Ms Khan by telephone")
    assert "Corrected or withdrawn later. It does not count any more." in before


def test_withdrawing_the_withdrawal_brings_the_entry_back(case: Case, priya: Client, cast: Cast) -> None:
    """No page offers it, but the engine holds it: the earlier judgement returns."""
    kept = clock(case, "CHER-3b-i")
    correct(priya, case, "contact.made", what="withdraw")
    withdrawal = Event.objects.get(kind="entry.withdrawn")
    assert correct(priya, case, "entry.withdrawn").status_code == 403
    by = Author(person=cast.priya.pk, agency=cast.council.pk)
    again = Entry(kind=EventKind.ENTRY_WITHDRAWN, occurred_at=timezone.now(), corrects=withdrawal.pk, by=by)
    record(matter=case.pk, entries=[again])
    after = clock(case, "CHER-3b-i")
    assert (after.outcome, after.ended_at, after.ended_by) == (kept.outcome, kept.ended_at, kept.ended_by)


def test_a_corrected_time_counts_in_place_of_the_first(case: Case, priya: Client) -> None:
    ten = AT.replace(hour=10, minute=0)
    correct(priya, case, "contact.made", what="time", **answers.moment("at", ten))
    contact = clock(case, "CHER-3b-i")
    assert (contact.outcome, contact.ended_at) == ("kept", ten)
    first, second, *_ = timeline(priya, case)
    assert "Corrected or withdrawn later." in first
    assert second.startswith("Contact with Ms Khan by telephone by Priya Shah, Community Safety Team")
    assert "Wednesday 2 September 2026, 10:00am, entered Wednesday 2 September 2026, 12:00pm (midday)" in second
    assert f"{WHY['note']} She was at home." in second
    assert "Contact Ms Khan: kept after 1 hour" in second


def test_what_was_corrected_once_is_not_corrected_again_and_without_its_correction_it_counts_again(
    case: Case, priya: Client
) -> None:
    first = Event.objects.get(kind="contact.made")
    at = {"what": "time", **answers.moment("at", AT - HOUR)}
    correct(priya, case, "contact.made", **at)
    page = priya.post(reverse("correct_entry", args=[case.matter.reference, first.pk]), {**WHY, **at})
    assert page.status_code == 422
    assert complaint(page.text, "at").startswith("This entry was corrected already, or withdrawn.")
    assert clock(case, "CHER-3b-i").ended_at == AT - HOUR
    correct(priya, case, "contact.made", what="withdraw")
    assert clock(case, "CHER-3b-i").ended_at == AT


def test_a_corrected_time_of_receipt_moves_every_deadline_that_runs_from_it(case: Case, cast: Cast) -> None:
    tuesday = datetime(2026, 9, 1, 15, 30, tzinfo=LONDON)
    dylan = signed_in(cast.dylan)
    correct(dylan, case, "report.received", what="time", **answers.moment("at", tuesday))
    assert clock(case, "CHER-3b-i").due_at == tuesday + 48 * HOUR
    assert clock(case, "CHER-3c").due_at == datetime(2026, 9, 4, 17, tzinfo=LONDON)
    case.matter.refresh_from_db()
    assert case.matter.received_at == tuesday
    assert "Received Tuesday 1 September 2026, 3:30pm" in words(
        dylan.get(reverse("case", args=[case.matter.reference])).text
    )


def test_a_report_is_never_withdrawn(case: Case, cast: Cast) -> None:
    dylan = signed_in(cast.dylan)
    form = correct(dylan, case, "report.received")
    assert (form.status_code, "It should not have been entered" in form.text) == (200, False)
    page = correct(dylan, case, "report.received", what="withdraw")
    assert (page.status_code, complaint(page.text, "what")) == (422, "Select what is wrong with it")


def test_a_withdrawn_risk_no_longer_marks_the_case(case: Case, priya: Client, cast: Cast) -> None:
    record_assessment(case=case, party=party(case), band=RiskBand.HIGH, score=None, at=AT, by=cast.priya)
    overview = reverse("case", args=[case.matter.reference])
    assert "High risk" in words(priya.get(overview).text)
    correct(priya, case, "risk.assessed", what="withdraw")
    assert "High risk" not in words(priya.get(overview).text)
    case.refresh_from_db()
    assert (case.risk, party(case).risk) == ("", "")


def test_a_late_contact_unmakes_a_breach_and_its_withdrawal_makes_it_again(cast: Cast) -> None:
    case, priya = cast.case(timezone.now() - 50 * HOUR), signed_in(cast.priya)
    sweep()
    log_contact(
        case=case,
        party=party(case),
        channel=ContactChannel.TELEPHONE,
        at=timezone.now() - 10 * HOUR,
        by=cast.priya,
    )
    assert Breach.objects.get().retracted_at is not None
    correct(priya, case, "contact.made", what="withdraw")
    breach = Breach.objects.get()
    assert (breach.retracted_at, breach.due_at) == (None, case.matter.received_at + 48 * HOUR)


@pytest.mark.parametrize(
    ("typed", "box", "said"),
    [
        ({"what": "", "note": "x"}, "what", "Select what is wrong with it"),
        ({"what": "withdraw", "note": ""}, "note", "Answer “Why are you correcting it?”"),
        ({"what": "time", "note": "x", "at_time": "nine"}, "at", "Enter a time, like 9:30am or 2:15pm"),
        ({"what": "time", "note": "x", "at_year": "2027"}, "at", "The date and time must be in the past"),
    ],
)
def test_a_correction_says_what_and_why(typed: dict[str, str], box: str, said: str, case: Case, priya: Client) -> None:
    sent = {**answers.moment("at", AT), **typed}
    page = correct(priya, case, "contact.made", **sent)
    assert (page.status_code, complaint(page.text, box)) == (422, said)
    assert lost(page.text, sent) == []
    assert clock(case, "CHER-3b-i").outcome == "kept"


def test_only_ones_own_entries_offer_a_correction_to_a_caseworker_and_all_to_a_team_lead(
    case: Case, cast: Cast
) -> None:
    log_meeting(case=case, party=party(case), at=AT, by=cast.tom)
    offered = {
        who: [
            entry.partition(" by ")[0] for entry in timeline(signed_in(cast.staff[who]), case) if "Correct (" in entry
        ]
        for who in ("priya", "tom", "dylan")
    }
    assert offered == {
        "priya": ["Contact with Ms Khan"],
        "tom": ["Met Ms Khan"],
        "dylan": [
            "Met Ms Khan",
            "Contact with Ms Khan",
            "Ms Khan is part of the case: victim, reporter",
            "Report received",
        ],
    }
