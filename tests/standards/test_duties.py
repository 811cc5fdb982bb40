"""What is owed to the public: begun, falling due by itself, missed, ended, and taken over by new standards."""

from __future__ import annotations

import threading
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from dateutil.relativedelta import relativedelta
from django.db import connection, transaction
from django.utils import timezone

from asb_cases.models import Case
from ledger.models import Event
from ledger.services import SYSTEM, Author, Entry
from notifications.models import Message
from partners.models import Neighbourhood
from standards.calendar import LONDON
from standards.duties import begin_duty, end_duty, open_duties, turn_over
from standards.engine import Outcome
from standards.loading import load_charter
from standards.models import Breach, Clock, Evidence, Matter
from standards.services import RefusedEntry, merge, record
from standards.sweep import sweep
from tests.cast import Cast, clock, party

CHARTER = """
format = 1
code = "CHER"
name = "Cherwell Safer Communities Partnership"
short_name = "Cherwell"
document = "Tackling not Tolerating"
division = "england-and-wales"
[[promise]]
code = "CHER-M"
clause = "7"
summary = "A meeting in each neighbourhood every month."
[promise.publication]
matter = "neighbourhood"
what = "Hold a neighbourhood meeting"
events = ["neighbourhood.met"]
every = { amount = 1, unit = "calendar_months" }
[[promise]]
code = "CHER-S"
clause = "1"
summary = "The standards are published."
[promise.publication]
what = "Publish the standards"
events = ["standards.published"]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "cherwell.toml"
    path.write_text(CHARTER)
    return path


@pytest.fixture
def monthly(cast: Cast, file: Path) -> Cast:
    load_charter(partnership=cast.cherwell.pk, path=file, effective_from=date(2012, 1, 1))
    return cast


def months_ago(months: int, day: int = 1) -> datetime:
    local = timezone.localtime() - relativedelta(months=months)
    return local.replace(day=day, hour=0, minute=0, second=0, microsecond=0, tzinfo=LONDON)


def orchard(cast: Cast) -> Neighbourhood:
    return Neighbourhood.objects.create(partnership=cast.cherwell, name="Orchard", valid_from=date(2020, 1, 1))


def begin(cast: Cast, at: datetime, neighbourhood: Neighbourhood | None = None) -> Matter:
    return begin_duty(
        partnership=cast.cherwell.pk, agency=cast.council.pk, at=at, neighbourhood=neighbourhood, officer=cast.priya.pk
    )


def turns() -> list[tuple[str, bool]]:
    """What became of each turn, and whether it was done."""
    return list(Clock.objects.order_by("turn").values_list("outcome", "done"))


def test_months_without_a_meeting_are_missed_one_by_one_and_somebody_hears(monthly: Cast) -> None:
    matter = begin(monthly, months_ago(2), orchard(monthly))
    assert turns() == [("missed", False), ("missed", False), ("running", False)]
    sweep()
    assert Breach.objects.count() == 2
    # Priya answers for it and Dylan leads her team; each is told of each month.
    told = Message.objects.filter(kind="breach").values_list("recipient", flat=True)
    assert sorted(map(str, told)) == sorted([str(monthly.priya.pk), str(monthly.dylan.pk)] * 2)
    assert Matter.objects.get(pk=matter.pk).next_due_at == Clock.objects.get(outcome="running").due_at


def test_a_meeting_keeps_its_month_and_the_next_is_owed(monthly: Cast) -> None:
    matter = begin(monthly, months_ago(1), orchard(monthly))
    held = Entry(kind="neighbourhood.met", occurred_at=months_ago(1, day=9) + timedelta(hours=19))
    record(matter=matter.pk, entries=[held])
    assert turns() == [("kept", True), ("running", False)]


def test_the_turn_after_a_missed_one_begins_by_itself(monthly: Cast) -> None:
    """Nobody records anything: the month passes, the sweep marks it, and the next month is owed."""
    matter = begin(monthly, months_ago(1), orchard(monthly))
    Clock.objects.filter(turn__gt=1).delete()
    passed = Clock.objects.get()
    Matter.objects.filter(pk=matter.pk).update(next_due_at=passed.due_at)
    assert turn_over() == 1
    assert turns() == [("missed", False), ("running", False)]
    assert turn_over() == 0


def test_a_duty_begins_once(monthly: Cast) -> None:
    place = orchard(monthly)
    first = begin(monthly, months_ago(0), place)
    assert begin(monthly, months_ago(0), place) == first
    own = begin(monthly, months_ago(0))
    assert own != first
    assert [one.reference for one in open_duties().order_by("reference")] == ["CHER-N1", "CHER-P1"]


def test_what_was_never_published_is_stored_as_missing_until_it_is(monthly: Cast) -> None:
    matter = begin(monthly, months_ago(0))
    promise = matter.charter.promises.get(code="CHER-S").pk
    assert Evidence.objects.values_list("shown", "missing", "excused").get() == ([], [promise], [])
    record(matter=matter.pk, entries=[Entry(kind="standards.published", occurred_at=timezone.now())])
    assert Evidence.objects.values_list("shown", "missing", "excused").get() == ([promise], [], [])


def test_a_duty_that_ended_owes_nothing_more(monthly: Cast) -> None:
    matter = begin(monthly, months_ago(0), orchard(monthly))
    end_duty(matter=matter.pk, at=timezone.now())
    assert turns() == [("ended", False)]
    assert turn_over() == 0


def test_new_standards_take_over_standing_duties(monthly: Cast, file: Path) -> None:
    """Running matters keep their version (rule 10); a duty that never ends would keep it for ever."""
    old = begin(monthly, months_ago(1), orchard(monthly))
    version = load_charter(partnership=monthly.cherwell.pk, path=file, effective_from=timezone.localdate())
    assert turn_over() == 1
    old.refresh_from_db()
    new = open_duties().get()
    assert old.closed_at is not None
    assert (new.charter_id, new.neighbourhood_id, new.agency_id, new.officer_id, new.reference) == (
        version.pk, old.neighbourhood_id, old.agency_id, old.officer_id, "CHER-N2",
    )  # fmt: skip
    assert turn_over() == 0


def test_a_layer_that_comes_into_force_takes_over_too(monthly: Cast, tmp_path: Path) -> None:
    begin(monthly, months_ago(1))
    layer = tmp_path / "law.toml"
    text = CHARTER.replace('code = "CHER', 'code = "LAW').replace("format = 1", "format = 1\nlayer = true")
    layer.write_text(text)
    law = load_charter(partnership=None, path=layer, effective_from=timezone.localdate())
    assert turn_over() == 1
    assert open_duties().get().layer == law
    assert turn_over() == 0


# --- cases merged into another -----------------------------------------------------------------------


def test_contact_in_the_case_merged_into_ends_the_merged_ones_clock(cast: Cast) -> None:
    now = timezone.now()
    first, second = cast.case(now - timedelta(hours=40)), cast.case(now - timedelta(hours=4))
    there, here = party(first), party(second)
    merge(matter=second.pk, into=first.pk, same={here.pk: there.pk}, by=Author(person=cast.priya.pk))
    assert Matter.objects.get(pk=second.pk).merged_into_id == first.pk
    assert clock(second, "CHER-3b-i").started_at == now - timedelta(hours=4)  # nothing is reset
    contact = Entry(kind="contact.made", occurred_at=timezone.now(), about=there.pk, detail={"channel": "telephone"})
    record(matter=first.pk, entries=[contact])
    assert [clock(case, "CHER-3b-i").outcome for case in (first, second)] == [Outcome.KEPT, Outcome.KEPT]
    assert clock(second, "CHER-3b-i", about=here.pk).ended_at == clock(first, "CHER-3b-i").ended_at


def test_closing_the_case_merged_into_closes_the_merged_one(cast: Cast) -> None:
    first, second = cast.case(), cast.case()
    merge(matter=second.pk, into=first.pk, same={}, by=SYSTEM)
    record(matter=first.pk, entries=[Entry(kind="matter.closed", occurred_at=timezone.now())])
    assert Matter.objects.filter(closed_at__isnull=True).count() == 0


def test_what_cannot_be_merged_is_refused(cast: Cast) -> None:
    first, second, third = cast.case(), cast.case(), cast.case()
    elsewhere = cast.case(partnership=cast.coventry.pk, lead_agency=cast.olga.postings.get().membership.agency_id,
                          officer=cast.olga.pk)  # fmt: skip
    same_partnership = "Only two cases of the same partnership can be merged."
    already = "One of the two was merged into another case already. Use that one."
    with pytest.raises(RefusedEntry, match=same_partnership):
        merge(matter=first.pk, into=first.pk, same={}, by=SYSTEM)
    with pytest.raises(RefusedEntry, match=same_partnership):
        merge(matter=first.pk, into=elsewhere.pk, same={}, by=SYSTEM)
    merge(matter=second.pk, into=first.pk, same={}, by=SYSTEM)
    for matter, into in ((second, third), (third, second)):
        with pytest.raises(RefusedEntry, match=already):
            merge(matter=matter.pk, into=into.pk, same={}, by=SYSTEM)
    with pytest.raises(RefusedEntry, match="Other cases were merged into this one"):
        merge(matter=first.pk, into=third.pk, same={}, by=SYSTEM)
    with pytest.raises(Matter.DoesNotExist):
        merge(matter=first.pk, into=uuid4(), same={}, by=SYSTEM)


# --- under new standards it goes on -----------------------------------------------------------------


def test_what_was_published_once_stays_published_under_new_standards(monthly: Cast, file: Path) -> None:
    old = begin(monthly, months_ago(6))
    record(matter=old.pk, entries=[Entry(kind="standards.published", occurred_at=months_ago(5))])
    version = load_charter(partnership=monthly.cherwell.pk, path=file, effective_from=timezone.localdate())
    assert turn_over() == 1
    promise = version.promises.get(code="CHER-S").pk
    assert Evidence.objects.values_list("shown", "missing").get(matter=open_duties().get()) == ([promise], [])


def test_the_running_month_is_owed_all_the_same_under_new_standards(monthly: Cast, file: Path) -> None:
    """Else whoever changes a setting once a month owes nothing ever."""
    place = orchard(monthly)
    begin(monthly, months_ago(2), place)
    due = Clock.objects.get(outcome="running").due_at
    for day in (0, 1):
        load_charter(
            partnership=monthly.cherwell.pk, path=file, effective_from=timezone.localdate() - timedelta(days=1 - day)
        )
        assert turn_over() == 1
    new = open_duties().get(neighbourhood=place)
    assert [(one.outcome, one.due_at) for one in Clock.objects.filter(matter=new).exclude(outcome="void")] == [
        ("running", due)
    ]
    assert Clock.objects.filter(outcome="missed").count() == 2  # of the months before, once each


def test_a_meeting_before_the_change_keeps_the_month_once(monthly: Cast, file: Path) -> None:
    place = orchard(monthly)
    old = begin(monthly, months_ago(0), place)
    record(matter=old.pk, entries=[Entry(kind="neighbourhood.met", occurred_at=timezone.now())])
    load_charter(partnership=monthly.cherwell.pk, path=file, effective_from=timezone.localdate())
    assert turn_over() == 1
    assert Clock.objects.filter(outcome="kept").count() == 1
    assert Clock.objects.get(matter=open_duties().get(neighbourhood=place)).outcome == "running"


def test_what_is_recorded_late_for_the_duty_of_before_counts_for_the_one_of_now(monthly: Cast, file: Path) -> None:
    old = begin(monthly, months_ago(2))
    load_charter(partnership=monthly.cherwell.pk, path=file, effective_from=timezone.localdate())
    turn_over()
    record(matter=old.pk, entries=[Entry(kind="standards.published", occurred_at=months_ago(1))])
    assert Evidence.objects.get(matter=open_duties().get()).missing == []


def test_two_partnerships_with_the_same_standards_have_duties_of_their_own(monthly: Cast, file: Path) -> None:
    load_charter(partnership=monthly.coventry.pk, path=file, effective_from=date(2013, 1, 1))
    here = begin(monthly, months_ago(0))
    there = begin_duty(partnership=monthly.coventry.pk, agency=monthly.olga.postings.get().membership.agency_id,
                       at=months_ago(0))  # fmt: skip
    assert (here.reference, there.reference) == ("CHER-P1", "CHER-P2")


def merger(case: Case) -> Event:
    return Event.objects.get(matter=case.pk, kind="matter.merged")


def entered(case: Case, kind: str, corrects: Event, **detail: str) -> Event:
    entry = Entry(kind=kind, occurred_at=timezone.now(), corrects=corrects.pk, detail=detail)
    return record(matter=case.pk, entries=[entry])[0]


def into(case: Case) -> object:
    return Matter.objects.values_list("merged_into", flat=True).get(pk=case.pk)


def contact(case: Case) -> Event:
    made = Entry(kind="contact.made", occurred_at=timezone.now(), detail={"channel": "telephone"})
    return record(matter=case.pk, entries=[made])[0]


def outcomes(*cases: Case) -> list[str]:
    return [clock(case, "CHER-3b-i").outcome for case in cases]


def test_withdrawing_the_entry_unmerges_and_withdrawing_that_merges_again(cast: Cast) -> None:
    first, second, third = cast.case(), cast.case(), cast.case()
    merge(matter=second.pk, into=first.pk, same={}, by=SYSTEM)
    contact(first)
    assert outcomes(first, second) == [Outcome.KEPT, Outcome.KEPT]
    withdrawal = entered(second, "entry.withdrawn", merger(second))
    assert into(second) is None
    assert outcomes(first, second) == [Outcome.KEPT, Outcome.RUNNING]
    entered(second, "entry.withdrawn", withdrawal)
    assert into(second) == first.pk
    assert outcomes(first, second) == [Outcome.KEPT, Outcome.KEPT]
    entered(second, "entry.withdrawn", Event.objects.filter(matter=second.pk).last())
    merge(matter=second.pk, into=third.pk, same={}, by=SYSTEM)
    assert into(second) == third.pk
    assert outcomes(second) == [Outcome.RUNNING]
    contact(third)
    assert outcomes(second, third) == [Outcome.KEPT, Outcome.KEPT]


def test_a_corrected_merger_leads_to_the_other_case(cast: Cast) -> None:
    first, second, third = cast.case(), cast.case(), cast.case()
    merge(matter=second.pk, into=first.pk, same={}, by=SYSTEM)
    entered(second, "matter.merged", merger(second), into=str(third.pk))
    assert into(second) == third.pk
    contact(first)
    assert outcomes(second) == [Outcome.RUNNING]
    contact(third)
    assert outcomes(second) == [Outcome.KEPT]


def test_a_correction_cannot_merge_what_cannot_be_merged(cast: Cast) -> None:
    first, second, third, fourth = cast.case(), cast.case(), cast.case(), cast.case()
    merge(matter=second.pk, into=first.pk, same={}, by=SYSTEM)
    merge(matter=fourth.pk, into=third.pk, same={}, by=SYSTEM)
    events = Event.objects.count()
    for wrong, words in ((second, "Only two cases"), (fourth, "already"), (uuid4(), "Only two cases")):
        with pytest.raises(RefusedEntry, match=words):
            entered(second, "matter.merged", merger(second), into=str(getattr(wrong, "pk", wrong)))
    withdrawal = entered(second, "entry.withdrawn", merger(second))
    merge(matter=first.pk, into=second.pk, same={}, by=SYSTEM)
    with pytest.raises(RefusedEntry, match="already"):
        entered(second, "entry.withdrawn", withdrawal)
    assert (into(second), Event.objects.count()) == (None, events + 2)


@pytest.mark.django_db(transaction=True)
def test_a_merge_that_commits_while_an_entry_waits_for_it_is_judged_by_that_entry(cast: Cast) -> None:
    first, second = cast.case(), cast.case()
    waiting = threading.Thread(target=in_another_session, args=(contact, first))
    with transaction.atomic():
        merge(matter=second.pk, into=first.pk, same={}, by=SYSTEM)
        waiting.start()
        until_somebody_waits_for_a_lock()
    waiting.join(20)
    assert outcomes(first, second) == [Outcome.KEPT, Outcome.KEPT]


def in_another_session(work: object, *arguments: object) -> None:
    try:
        work(*arguments)
    finally:
        connection.close()


def until_somebody_waits_for_a_lock() -> None:
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.05)")
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone()[0]:
                return
    raise AssertionError("nobody waits")
