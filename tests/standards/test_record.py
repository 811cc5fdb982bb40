"""Recording facts: the ledger, the stored clocks, and what a late entry or a correction does to them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ledger.models import Event
from ledger.services import Author, Entry
from standards.engine import Outcome
from standards.models import Breach, Clock, Matter
from standards.services import RefusedEntry, assign, judge_again, record, transfer
from standards.sweep import sweep
from tests.cast import Cast, clock, party

HOUR = timedelta(hours=1)


def act(cast: Cast, kind: str, hours_ago: float, about: object = None, **detail: object) -> Entry:
    return Entry(
        kind=kind,
        occurred_at=timezone.now() - hours_ago * HOUR,
        about=about,
        detail=detail,
        by=Author(person=cast.priya.pk, agency=cast.council.pk),
    )


def test_opening_stores_what_is_owed(cast: Cast) -> None:
    case = cast.case()
    matter = Matter.objects.get(pk=case.pk)
    stored = {one.promise.code: one for one in Clock.objects.filter(matter=matter).select_related("promise")}
    assert sorted(stored) == ["CHER-3-0", "CHER-3b-i", "CHER-3c"]
    contact = stored["CHER-3b-i"]
    assert contact.due_at == matter.received_at + 48 * HOUR
    assert contact.next_check_at == matter.received_at + 36 * HOUR
    assert matter.next_due_at == min(one.due_at for one in stored.values() if one.due_at)


def test_a_contact_ends_its_clock_and_the_next_deadline_moves_up(cast: Cast) -> None:
    case = cast.case()
    event, *_ = record(matter=case.pk, entries=[act(cast, "contact.made", 0.5, party(case).pk, channel="telephone")])
    contact = clock(case, "CHER-3b-i")
    assert (contact.outcome, contact.ended_by, contact.next_check_at) == (Outcome.KEPT, event.pk, None)
    assert Matter.objects.get(pk=case.pk).next_due_at == clock(case, "CHER-3c").due_at


def test_judging_again_writes_nothing(cast: Cast) -> None:
    case = cast.case()
    judge_again([case.pk])
    with CaptureQueriesContext(
        connection,
    ) as queries:
        judge_again([case.pk])
    assert not [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


def test_record_is_cheap(cast: Cast) -> None:
    """Twenty events, one more: the same few queries (a literal number, so that a new one is noticed)."""
    case = cast.case(timezone.now() - 40 * HOUR)
    victim = party(case).pk
    record(matter=case.pk, entries=[act(cast, "contact.attempted", 30 - n, victim, channel="text") for n in range(17)])
    judge_again([case.pk])
    entry = act(cast, "contact.made", 1, victim, channel="telephone")
    with CaptureQueriesContext(connection) as queries:
        record(matter=case.pk, entries=[entry])
    assert Event.objects.filter(matter=case.pk).count() == 20
    assert len(queries) == 11


def test_record_costs_no_more_queries_on_a_case_of_five_hundred_events(cast: Cast) -> None:
    case = cast.case(timezone.now() - 40 * HOUR)
    victim = party(case).pk
    tries = [act(cast, "contact.attempted", 39 - n / 20, victim, channel="text") for n in range(497)]
    record(matter=case.pk, entries=tries)
    judge_again([case.pk])
    entry = act(cast, "contact.made", 1, victim, channel="telephone")
    with CaptureQueriesContext(connection) as queries:
        record(matter=case.pk, entries=[entry])
    assert Event.objects.filter(matter=case.pk).count() == 500
    assert len(queries) == 11


def test_the_future_is_refused(cast: Cast) -> None:
    case = cast.case()
    with pytest.raises(RefusedEntry, match="in the future"):
        record(matter=case.pk, entries=[act(cast, "contact.made", -0.5, party(case).pk)])
    assert clock(case, "CHER-3b-i").outcome == Outcome.RUNNING


def test_a_clock_a_few_seconds_fast_means_now(cast: Cast) -> None:
    case = cast.case()
    event, *_ = record(matter=case.pk, entries=[act(cast, "contact.made", -10 / 3600, party(case).pk)])
    assert event.occurred_at <= event.recorded_at


def test_a_late_entry_retracts_the_breach_and_withdrawing_it_brings_it_back(cast: Cast) -> None:
    case = cast.case(timezone.now() - 60 * HOUR)
    sweep()
    missed = clock(case, "CHER-3b-i")
    assert (missed.outcome, missed.breach.due_at) == (Outcome.MISSED, missed.due_at)
    late, *_ = record(matter=case.pk, entries=[act(cast, "contact.made", 50, party(case).pk, channel="telephone")])
    kept = clock(case, "CHER-3b-i")
    assert kept.outcome == Outcome.KEPT
    assert kept.breach.retracted_by == late.pk
    withdrawn = Entry(kind="entry.withdrawn", occurred_at=timezone.now(), corrects=late.pk)
    record(matter=case.pk, entries=[withdrawn])
    again = clock(case, "CHER-3b-i")
    assert (again.outcome, again.breach.retracted_at, again.breach.retracted_by) == (Outcome.MISSED, None, None)
    assert Breach.objects.count() == 1


def test_only_entries_of_this_matter_can_be_corrected_and_only_once(cast: Cast) -> None:
    case, other = cast.case(), cast.case()
    theirs = Event.objects.filter(matter=other.pk).first()
    with pytest.raises(RefusedEntry, match="no such entry"):
        record(matter=case.pk, entries=[Entry(kind="entry.withdrawn", occurred_at=timezone.now(), corrects=theirs.pk)])
    contact, *_ = record(matter=case.pk, entries=[act(cast, "contact.made", 0.5, party(case).pk)])
    again = Entry(kind="contact.made", occurred_at=timezone.now(), about=party(case).pk, corrects=contact.pk)
    record(matter=case.pk, entries=[again])
    with pytest.raises(RefusedEntry, match="corrected already"):
        record(matter=case.pk, entries=[again])


def test_hate_recognised_in_time_changes_which_promise_is_owed(cast: Cast) -> None:
    case = cast.case()
    record(matter=case.pk, entries=[act(cast, "hate.identified", 0.5, strands=["race"])])
    assert clock(case, "CHER-3b-i").outcome == Outcome.GAVE_WAY
    assert clock(case, "CHER-3b-ii").due_at == case.matter.received_at + 24 * HOUR


def test_a_clock_that_no_fact_makes_any_more_is_void_not_gone(cast: Cast) -> None:
    case = cast.case()
    hate, *_ = record(matter=case.pk, entries=[act(cast, "hate.identified", 0.5, strands=["race"])])
    record(matter=case.pk, entries=[Entry(kind="entry.withdrawn", occurred_at=timezone.now(), corrects=hate.pk)])
    assert clock(case, "CHER-3b-ii").outcome == Outcome.VOID
    assert clock(case, "CHER-3b-i").outcome == Outcome.RUNNING


def test_assigning_and_transferring_move_no_deadline(cast: Cast) -> None:
    case = cast.case(officer=None)
    before = list(Clock.objects.filter(matter=case.pk).order_by("pk").values_list("due_at", flat=True))
    by = Author(person=cast.dylan.pk, agency=cast.council.pk)
    assign(matter=case.pk, officer=cast.tom, by=by)
    transfer(matter=case.pk, agency=cast.police.pk, reason="wrong_agency", by=by)
    matter = Matter.objects.get(pk=case.pk)
    assert (matter.agency, matter.officer) == (cast.police, None)
    assert list(Clock.objects.filter(matter=case.pk).order_by("pk").values_list("due_at", flat=True)) == before
    kinds = Event.objects.filter(matter=case.pk).values_list("kind", flat=True)
    assert list(kinds)[-2:] == ["officer.assigned", "matter.transferred"]


def test_the_ledger_takes_no_words(cast: Cast) -> None:
    case = cast.case()
    with pytest.raises(ValueError, match="codes and ids only"):
        record(matter=case.pk, entries=[act(cast, "contact.made", 0.1, party(case).pk, channel="spoke to her mother")])
    assert Event.objects.filter(matter=case.pk).count() == 2
