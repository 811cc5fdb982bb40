"""What the services refuse, and on what they decide: the case as it is now, not as somebody last saw it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from asb_cases.models import Case
from asb_cases.services import contact, corrections, ownership, people, risk
from asb_cases.services.closure import close_case
from asb_cases.services.plan import agree_plan
from asb_cases.vocabulary import ClosureOutcome, ContactChannel, TransferReason
from ledger.models import Event
from partners.policies import NotAllowed
from standards.calendar import Unit
from standards.engine import Outcome
from standards.models import Breach, Matter
from standards.services import RefusedEntry
from standards.sweep import sweep
from standards.words import outcome_words
from tests.cast import KHAN, Cast, clock, party

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def as_seen_now(case: Case) -> Case:
    """The case as somebody's page holds it, whatever becomes of it."""
    return Case.objects.select_related("matter").get(pk=case.pk)


def call(case: Case, cast: Cast, *, ago: timedelta, name: str = "Khan") -> None:
    contact.log_contact(
        case=case, party=party(case, name), channel=ContactChannel.TELEPHONE, at=timezone.now() - ago, by=cast.priya
    )


# --- two people at once --------------------------------------------------------------------------------


def test_of_two_who_take_a_case_the_first_has_it(cast: Cast) -> None:
    case = cast.case(officer=None)
    hers, his = as_seen_now(case), as_seen_now(case)
    ownership.assign_officer(case=hers, officer=cast.priya, by=cast.priya)
    with pytest.raises(NotAllowed, match="this case has an officer"):
        ownership.assign_officer(case=his, officer=cast.tom, by=cast.tom)
    assert Matter.objects.get(pk=case.pk).officer == cast.priya


def test_who_passed_a_case_on_has_no_more_say_in_it(cast: Cast) -> None:
    case = cast.case(officer=None)
    before = as_seen_now(case)
    ownership.transfer_case(
        case=as_seen_now(case), agency=cast.police.pk, reason=TransferReason.SPECIALIST, by=cast.dylan
    )
    with pytest.raises(NotAllowed):
        ownership.assign_officer(case=before, officer=cast.priya, by=cast.priya)
    with pytest.raises(NotAllowed):
        call(before, cast, ago=HOUR / 2)
    assert Matter.objects.get(pk=case.pk).officer is None


# --- times that would settle nothing ---------------------------------------------------------------------


def test_nothing_happened_before_the_report_was_received(cast: Cast) -> None:
    case = cast.case(timezone.now() - 3 * HOUR)
    with pytest.raises(RefusedEntry, match="must not be before the report was received"):
        call(case, cast, ago=4 * HOUR)
    call(case, cast, ago=HOUR)
    made = Event.objects.get(matter=case.pk, kind="contact.made")
    with pytest.raises(RefusedEntry, match="must not be before the report was received"):
        corrections.correct_time(case=case, event=made, at=timezone.now() - 4 * HOUR, by=cast.priya, note="A slip.")
    assert clock(case, "CHER-3b-i").outcome == Outcome.KEPT


def test_nobody_was_contacted_before_she_was_known(cast: Cast) -> None:
    now = timezone.now()
    case = cast.case(now - 30 * HOUR)
    other = replace(KHAN, family_name="Other")
    people.add_person(case=case, person=other, known_since=now - 20 * HOUR, by=cast.priya)
    with pytest.raises(RefusedEntry, match="must not be before any agency knew of this person"):
        call(case, cast, ago=21 * HOUR, name="Other")

    known = Event.objects.get(matter=case.pk, kind="party.known", about=party(case, "Other").pk)
    corrections.correct_time(case=case, event=known, at=now - 22 * HOUR, by=cast.priya, note="The police knew.")
    call(case, cast, ago=21 * HOUR, name="Other")
    kept = clock(case, "CHER-3b-i", about=party(case, "Other").pk)
    assert (kept.outcome, kept.started_at) == (Outcome.KEPT, now - 22 * HOUR)


def test_a_contact_in_the_minute_of_the_report_counts(cast: Cast) -> None:
    received = (timezone.now() - 3 * HOUR).replace(second=40, microsecond=0)
    case = cast.case(received)
    minute = received.replace(second=0)
    contact.log_contact(case=case, party=party(case), channel=ContactChannel.TELEPHONE, at=minute, by=cast.priya)
    kept = clock(case, "CHER-3b-i")
    assert (kept.outcome, kept.ended_at) == (Outcome.KEPT, received)


def test_no_correction_closes_a_case_before_it_was_received(cast: Cast) -> None:
    now = timezone.now()
    case = cast.case(now - 6 * HOUR)
    before = as_seen_now(case)
    close_case(case=case, outcome=ClosureOutcome.RESOLVED, at=now - 5 * HOUR, by=cast.dylan, note="Quiet.")
    received = Event.objects.get(matter=case.pk, kind="report.received")
    with pytest.raises(RefusedEntry, match="would be closed before it was received"):
        corrections.correct_time(case=before, event=received, at=now - 3 * HOUR, by=cast.dylan, note="A slip.")

    closed = Event.objects.get(matter=case.pk, kind="matter.closed")
    corrections.correct_time(case=case, event=closed, at=now - 2 * HOUR, by=cast.dylan, note="Later.")
    corrections.correct_time(case=case, event=received, at=now - 3 * HOUR, by=cast.dylan, note="Later too.")
    later = Event.objects.filter(matter=case.pk, kind="matter.closed").latest("position")
    with pytest.raises(RefusedEntry, match="would be closed before it was received"):
        corrections.withdraw_entry(case=case, event=later, by=cast.dylan, note="The first time was right.")


# --- what became of a miss -------------------------------------------------------------------------------


def test_confirming_that_somebody_is_unreachable_undoes_no_miss_once_she_was_reached(cast: Cast) -> None:
    now = timezone.now()
    case = cast.case(now - 80 * HOUR)
    for ago, channel in ((75, ContactChannel.TELEPHONE), (50, ContactChannel.EMAIL), (40, ContactChannel.LETTER)):
        contact.log_attempt(case=case, party=party(case), channel=channel, at=now - ago * HOUR, by=cast.priya)
    sweep()
    call(case, cast, ago=20 * HOUR)
    contact.confirm_unreachable(case=case, party=party(case), at=now - HOUR, by=cast.dylan, note="Tried three times.")
    assert clock(case, "CHER-3b-i").outcome == Outcome.MISSED
    assert Breach.objects.get(clock__promise__code="CHER-3b-i").retracted_at is None


def test_a_miss_that_only_closing_ended_was_never_done(cast: Cast) -> None:
    now = timezone.now()
    case = cast.case(now - 60 * DAY)
    agree_plan(case=case, party=party(case), at=now - 59 * DAY, by=cast.priya, update_amount=10,
               update_unit=Unit.CALENDAR_DAYS)  # fmt: skip
    close_case(case=case, outcome=ClosureOutcome.RESOLVED, at=now - 40 * DAY, by=cast.priya, note="Quiet.")
    update = clock(case, "CHER-5a")
    assert (update.outcome, update.done) == (Outcome.MISSED, False)
    assert outcome_words(update, now) == "Missed, never done"


# --- for whom an entry is made ---------------------------------------------------------------------------


def test_an_entry_names_the_agency_of_whoever_made_it(cast: Cast) -> None:
    case = cast.case(lead_agency=cast.police.pk, officer=None, immediate_danger=True)
    risk.forward_to_police(case=case, at=timezone.now(), by=cast.jo, note="By telephone.")
    forwarded = Event.objects.get(matter=case.pk, kind="police.forwarded")
    assert (forwarded.recorded_by, forwarded.agency) == (cast.jo.pk, cast.council.pk)
