"""A history judged again: the same as the stored clocks under its own standards, and known numbers under others."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from asb_cases.demo import load as demo
from asb_cases.models import Case
from ledger.models import Event
from ledger.services import SYSTEM, Entry
from partners.models import Partnership
from standards.calendar import HolidaysUnknown, Unit
from standards.charter import Within
from standards.engine import Outcome
from standards.loading import load_charter
from standards.models import BankHolidayEdition, Charter, Clock, Evidence, Matter, Promise
from standards.replay import Period, Replayed, replay, rows_of
from standards.services import merge, record
from standards.shares import Share, Stopped, shares
from standards.sweep import sweep
from standards.tally import Figures, Times
from tests.cast import Cast, forget, party
from tests.standards.history import CHARTERS, at, charter

LONG_AGO, TODAY = date(2012, 1, 1), date(2028, 1, 1)
SEPTEMBER = {"first_day": date(2026, 9, 1), "last_day": date(2026, 9, 30)}


def tell(case: Case, when: str, kind: str, **detail: object) -> Event:
    about = None if kind in {"matter.closed", "matter.reopened", "hate.identified"} else party(case).pk
    (event,) = record(matter=case.pk, entries=[Entry(kind=kind, occurred_at=at(when), about=about, detail=detail)])
    return event


def september(cast: Cast) -> list[Case]:
    """Five cases of Wednesday 2 September 2026, 9:00; what became of each differs by charter."""
    one, two, three, hate, low = (cast.case(at("2026-09-02 09:00")) for _ in range(5))
    cast.case(at("2026-08-31 23:59"))
    cast.case(at("2026-10-01 00:00"))
    tell(one, "2026-09-03 16:00", "contact.made", channel="telephone")
    tell(two, "2026-09-04 08:00", "contact.made", channel="telephone")
    tell(hate, "2026-09-02 09:00", "hate.identified", strands=["race"])
    tell(hate, "2026-09-03 10:00", "contact.made", channel="telephone")
    tell(low, "2026-09-02 10:00", "risk.assessed", band="standard")
    tell(low, "2026-09-07 09:00", "contact.made", channel="telephone")
    for case in (one, two):
        tell(case, "2026-10-20 09:00", "matter.closed", outcome="resolved")
    return [one, two, three, hate, low]


def figures(replayed: Replayed) -> dict[str, Figures]:
    return {line.promise.code: line.figures for line in replayed.lines}


def both(cast: Cast, **how: object) -> tuple[Replayed, Replayed]:
    theirs, ours = replay(
        partnership=cast.cherwell.pk, **SEPTEMBER, charters=[charter("northamptonshire"), None], **how
    )
    return theirs, ours


def test_the_same_cases_under_both_standards(cast: Cast) -> None:
    september(cast)
    theirs, ours = both(cast)
    assert (theirs.matters, ours.matters) == (5, 5)
    hours = 60 * 60
    assert figures(theirs)["NORT-5"] == Figures(
        owed=4, kept=2, missed=2, shown=2, median=31 * hours, ninetieth=47 * hours
    )
    assert figures(theirs)["NORT-6"] == Figures(owed=1, kept=1, median=120 * hours, ninetieth=120 * hours)
    assert figures(ours)["CHER-3b-i"] == Figures(
        owed=4, kept=2, missed=2, shown=2, median=47 * hours, ninetieth=120 * hours
    )
    assert figures(ours)["CHER-3b-ii"] == Figures(owed=1, missed=1, median=25 * hours, ninetieth=25 * hours)


def test_what_nobody_was_asked_to_record_is_not_held_against_anybody(cast: Cast) -> None:
    september(cast)
    theirs, ours = both(cast)
    unrecorded = {line.promise.code: line.unrecorded for line in theirs.lines if line.unrecorded}
    assert sorted(unrecorded) == [
        "NORT-10b", "NORT-10c", "NORT-12", "NORT-14", "NORT-15", "NORT-17", "NORT-7a", "NORT-7b", "NORT-7c", "NORT-9b",
    ]  # fmt: skip
    assert unrecorded["NORT-10c"] == ("decision.explained",)
    assert all(line.comparable for line in ours.lines), "what one's own standards asked for was simply not done"
    assert theirs.totals == Figures(owed=10, kept=3, missed=2, running=2, measured=1, ended=2, shown=4, missing=12)
    assert ours.totals == Figures(owed=15, kept=2, missed=8, running=3, ended=2, shown=4, missing=30)


def test_standards_that_are_not_stored_can_be_tried(cast: Cast) -> None:
    september(cast)
    stored = charter("cherwell")
    changed = tuple(
        replace(one, clock=replace(one.clock, within=Within(30, Unit.HOURS)))
        if one.clock and one.code == "CHER-3b-i"
        else one
        for one in stored.promises
    )
    (told,) = replay(partnership=cast.cherwell.pk, **SEPTEMBER, charters=[replace(stored, promises=changed)])
    assert figures(told)["CHER-3b-i"].missed == 4
    assert Charter.objects.count() == 2


# --- the same as the stored clocks ------------------------------------------------------------------


def stored(partnership: UUID) -> dict[str, tuple[Counter[str], Counter[str]]]:
    """What the rows say, promise by promise: clocks by outcome, and evidence of closed cases."""
    found: dict[str, tuple[Counter[str], Counter[str]]] = defaultdict(lambda: (Counter(), Counter()))
    clocks = Clock.objects.filter(matter__partnership=partnership, matter__kind="case")
    for code, outcome in clocks.values_list("promise__code", "outcome"):
        if outcome not in {Outcome.GAVE_WAY, Outcome.VOID}:
            found[code][0]["ended" if outcome == Outcome.WAIVED else outcome] += 1
    codes = dict(Promise.objects.values_list("pk", "code"))
    for evidence in Evidence.objects.filter(matter__partnership=partnership, matter__kind="case"):
        for name in ("shown", "missing", "excused"):
            for promise in getattr(evidence, name):
                found[codes[promise]][1][name] += 1
    return dict(found)


def judged(replayed: Replayed) -> dict[str, tuple[Counter[str], Counter[str]]]:
    clocks = ("kept", "missed", "attempted", "reclassified_late", "running", "measured", "ended")
    return {
        code: (
            Counter({name: number for name in clocks if (number := getattr(figures, name))}),
            Counter({name: number for name in ("shown", "missing", "excused") if (number := getattr(figures, name))}),
        )
        for code, figures in figures_that_count(replayed).items()
    }


def figures_that_count(replayed: Replayed) -> dict[str, Figures]:
    return {code: one for code, one in figures(replayed).items() if one.applied}


def test_ones_own_standards_say_what_the_clocks_say(holidays_known: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over weeks of the demonstration, lived through by the real rules."""
    monkeypatch.setattr(demo, "YEARS", timedelta(weeks=6))
    call_command("demo", verbosity=0)
    sweep()
    for partnership in Partnership.objects.all():
        (told,) = replay(partnership=partnership.pk, first_day=LONG_AGO, last_day=TODAY, charters=[None])
        assert told.matters == Matter.objects.filter(partnership=partnership, kind="case").count() > 20
        assert judged(told) == stored(partnership.pk)


def test_merged_reopened_and_corrected_cases_count_as_their_clocks_say(cast: Cast) -> None:
    one, two, *_ = september(cast)
    load_charter(partnership=None, path=CHARTERS / "england-2026.toml", effective_from=date(2026, 9, 10))
    later, into = cast.case(at("2026-09-15 09:00")), cast.case(at("2026-09-16 09:00"))
    tell(cast.case(at("2026-09-17 09:00")), "2026-10-20 09:00", "matter.closed", outcome="resolved")
    merge(matter=later.pk, into=into.pk, same={party(later).pk: party(into).pk}, by=SYSTEM)
    when = timezone.now()
    seen = Entry(kind="meeting.held", occurred_at=when, about=party(into).pk)
    record(matter=into.pk, entries=[seen])
    tell(one, "2026-10-21 09:00", "matter.reopened")
    wrong = tell(two, "2026-09-02 12:00", "meeting.held")
    record(matter=two.pk, entries=[Entry(kind="entry.withdrawn", occurred_at=when, corrects=wrong.pk)])
    sweep()
    (told,) = replay(partnership=cast.cherwell.pk, first_day=LONG_AGO, last_day=TODAY, charters=[None])
    assert judged(told) == stored(cast.cherwell.pk)
    met = figures(told)["CHER-3c"]
    assert (met.missed, met.kept) == (11, 0)
    assert Clock.objects.filter(promise__code="CHER-3c", ended_at=when).count() == 2, "the meeting counts for both"
    assert {code for code in figures_that_count(told) if code.startswith("ENG-")}, "the law counts from its day on"


# --- how it is read ---------------------------------------------------------------------------------


def test_the_period_is_in_london_and_of_cases_of_the_partnership_only(cast: Cast) -> None:
    september(cast)
    council = cast.coventry.memberships.get().agency.pk
    theirs = {"partnership": cast.coventry.pk, "taken_for": council, "lead_agency": council, "officer": None}
    cast.case(at("2026-09-05 09:00"), taken_by=None, **theirs)

    def count(partnership: Partnership, first: date, last: date) -> int:
        return Period(partnership.pk, first, last).count()

    assert count(cast.cherwell, date(2026, 8, 31), date(2026, 8, 31)) == 1
    assert count(cast.cherwell, date(2026, 9, 1), date(2026, 9, 30)) == 5
    assert count(cast.cherwell, date(2026, 8, 31), date(2026, 10, 1)) == 7
    assert count(cast.coventry, date(2026, 9, 1), date(2026, 9, 30)) == 1


def test_it_asks_the_database_no_more_for_more_cases(cast: Cast) -> None:
    numbers = []
    for _ in range(2):
        september(cast)
        both(cast)  # charters are read once in a process
        with CaptureQueriesContext(connection) as queries:
            both(cast)
        numbers.append(len(queries))
        assert not [one["sql"] for one in queries if one["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert numbers == [6, 6]


def test_whoever_asked_may_stop_it(cast: Cast) -> None:
    september(cast)
    seen: list[int] = []

    def enough(done: int) -> bool:
        seen.append(done)
        return False

    with pytest.raises(Stopped):
        both(cast, progress=enough)
    assert seen == [5]


def test_shares_cover_every_id_once(cast: Cast) -> None:
    assert [(str(one.first)[:8], str(one.last)[:8]) for one in shares(3)] == [
        ("00000000", "55555555"), ("55555555", "aaaaaaaa"), ("aaaaaaaa", "ffffffff"),
    ]  # fmt: skip
    assert all(one.last.int + 1 == other.first.int for one, other in pairwise(shares(3)))
    assert (Share.everything().first, Share.everything().last) == (UUID(int=0), UUID(int=2**128 - 1))
    september(cast)
    period = Period(cast.cherwell.pk, LONG_AGO, TODAY)
    everything = list(rows_of(period, Share.everything()))
    assert [row for part in shares(3) for row in rows_of(period, part)] == everything
    assert len(everything) == Event.objects.count()


@pytest.mark.django_db(transaction=True)
def test_processes_count_together_what_one_counts(cast: Cast) -> None:
    september(cast)
    alone = both(cast)
    assert both(cast, processes=2, progress=lambda done: done <= 5) == alone
    BankHolidayEdition.objects.update(last_day=date(2026, 9, 1))
    forget()
    with pytest.raises(HolidaysUnknown, match="The bank holidays of 2026 \\(england-and-wales\\) are not known"):
        both(cast, processes=2)
    assert Matter.objects.count() == 7, "our own connection still serves us"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("processes", [1, 2])
def test_it_reports_outside_of_any_transaction(cast: Cast, monkeypatch: pytest.MonkeyPatch, processes: int) -> None:
    september(cast)
    monkeypatch.setattr("standards.replay.STEP", 2)
    monkeypatch.setattr("standards.shares._TELL_EVERY", 0)
    seen: list[bool] = []

    def progress(done: int) -> bool:
        seen.append(connection.in_atomic_block)
        return True

    both(cast, processes=processes, progress=progress)
    assert set(seen) == {False}
    assert len(seen) >= 3


@pytest.mark.django_db(transaction=True)
def test_what_was_stopped_leaves_no_cursor_behind(cast: Cast) -> None:
    september(cast)
    with pytest.raises(Stopped) as stopped:  # whose frames live on here
        both(cast, progress=lambda done: False)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_cursors WHERE is_holdable")
        assert cursor.fetchall() == []
        cursor.execute("SELECT current_setting('cursor_tuple_fraction')")
        assert cursor.fetchone() == ("0.1",)
    assert stopped.type is Stopped


def test_times_are_told_in_units_that_people_use() -> None:
    times = Times()
    assert times.percentile(0.5) is None
    for minutes in (5.9, 90, 3 * 24 * 60 + 59, 61 * 24 * 60 + 23 * 60):
        times.add(timedelta(minutes=minutes))
    assert [times.percentile(share) for share in (0.25, 0.5, 0.75, 1)] == [300, 5400, 259200, 61 * 86400]


def test_times_need_no_more_memory_for_more_of_them() -> None:
    times = Times()
    for number in range(100_000):
        times.add(timedelta(seconds=number * 997 % (400 * 86400)))
    assert times.counted.total() == 100_000
    assert len(times.counted) < 2880 + 24 * 58 + 341
