"""Figures that the system works out: what each counts, and that it is kept as it was when its period ended."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from asb_cases.models import Case
from ledger.models import Event
from ledger.services import Entry
from standards.calendar import LONDON
from standards.computed import compute_measures, figure
from standards.models import MeasureValue
from standards.periods import full_periods
from standards.services import record
from standards.sweep import settle_past
from tests.cast import KHAN, WEBB, Cast, party

YEAR = (date(2025, 4, 1), date(2026, 3, 31))


def at(month: int, day: int, hour: int = 12, year: int = 2025) -> datetime:
    return datetime(year, month, day, hour, tzinfo=LONDON)


def act(case: Case, when: datetime, *kinds: str, about: Any = None, **detail: Any) -> Event:
    entries = [Entry(kind=kind, occurred_at=when, about=about, detail=detail) for kind in kinds]
    return record(matter=case.pk, entries=entries)[0]


def withdraw(case: Case, event: Event) -> Event:
    return record(
        matter=case.pk, entries=[Entry(kind="entry.withdrawn", occurred_at=at(6, 1), corrects=event.pk)]
    )[0]  # fmt: skip


def counted(cast: Cast, *names: str, period: tuple[date, date] = YEAR) -> dict[str, float | None]:
    return {name: figure(name, cast.cherwell.pk, *period) for name in names}


@pytest.fixture
def year(cast: Cast) -> list[Case]:
    """Four cases of Cherwell in a reporting year, the first three closed in it; one of the year before, one of Coventry's."""
    cases = [cast.case(at(5, day), people=(KHAN, WEBB)) for day in (1, 2, 3, 4)]
    cast.case(at(3, 31, 23))
    council = cast.coventry.memberships.get().agency.pk
    cast.case(at(5, 1), partnership=cast.coventry.pk, taken_for=council, lead_agency=council, officer=None)
    for case in cases[:3]:
        act(case, at(8, 1), "matter.closed", outcome="resolved")
    return cases


def test_reports_are_those_received_in_the_period_and_not_withdrawn(cast: Cast, year: list[Case]) -> None:
    assert counted(cast, "reports", "repeat_reports") == {"reports": 4, "repeat_reports": 0}
    extra = act(year[3], at(5, 9), "report.received", channel="telephone", agency_type="council")
    act(year[3], at(5, 9), "report.repeated", about=party(year[3]).pk)
    assert counted(cast, "reports", "repeat_reports") == {"reports": 5, "repeat_reports": 1}
    gone = withdraw(year[3], extra)
    assert counted(cast, "reports") == {"reports": 4}
    withdraw(year[3], gone)
    assert counted(cast, "reports") == {"reports": 5}


def test_an_entry_counts_or_not_however_often_its_correction_was_corrected(cast: Cast, year: list[Case]) -> None:
    last = act(year[3], at(5, 9), "report.received", channel="telephone", agency_type="council")
    for reports in (4, 5, 4, 5):
        last = withdraw(year[3], last)
        assert counted(cast, "reports") == {"reports": reports}


def test_what_was_corrected_is_told_apart_in_the_database(cast: Cast, year: list[Case]) -> None:
    """However many corrections a partnership has, their ids travel nowhere."""
    extra = [act(year[3], at(5, 9), "report.received", channel="telephone", agency_type="council") for _ in range(9)]
    for one in extra:
        withdraw(year[3], one)
    with CaptureQueriesContext(connection) as queries:
        assert counted(cast, "reports") == {"reports": 4}
    assert len(queries) == 2
    assert not [one for one in extra if any(str(one.pk) in query["sql"] for query in queries)]


def test_shares_of_closed_cases(cast: Cast, year: list[Case]) -> None:
    names = ("interventions", "options_considered")
    assert counted(cast, *names) == {"interventions": 0, "options_considered": 0}
    act(year[0], at(6, 1), "intervention.made", "options.considered", **{"class": "prevention"})
    act(year[1], at(6, 1), "options.considered")
    act(year[3], at(6, 1), "intervention.made")  # still open
    assert counted(cast, *names) == {"interventions": 33.3, "options_considered": 66.7}


def test_shares_of_people_in_closed_cases(cast: Cast, year: list[Case]) -> None:
    """Three victims and three witnesses: one screened by name, one case screened as a whole."""
    names = ("screened", "support_offered")
    assert counted(cast, *names) == {"screened": 0, "support_offered": 0}
    act(year[0], at(6, 1), "vulnerability.screened", about=party(year[0], "Webb").pk)
    act(year[1], at(6, 1), "vulnerability.screened")
    act(year[0], at(6, 1), "support.offered", about=party(year[0]).pk)
    act(year[1], at(6, 1), "support.referred", about=party(year[1]).pk)
    act(year[2], at(6, 1), "support.offered", about=party(year[2], "Webb").pk)  # she is a witness
    assert counted(cast, *names) == {"screened": 50, "support_offered": 66.7}


def test_days_to_the_first_action_are_the_median(cast: Cast, year: list[Case]) -> None:
    assert counted(cast, "action_days") == {"action_days": None}
    for case, days in zip(year, (2, 5, 10), strict=False):
        since = case.matter.received_at
        act(case, since + timedelta(days=days), "perpetrator.action")
        act(case, since + timedelta(days=days + 1), "perpetrator.action")
    assert counted(cast, "action_days") == {"action_days": 5}
    act(year[3], at(5, 4) + timedelta(days=6), "perpetrator.action")
    assert counted(cast, "action_days") == {"action_days": 5.5}


def test_promises_kept_are_held_against_those_missed(cast: Cast) -> None:
    """Contact within 48 hours and a meeting within 3 working days: one kept of two, then a case with neither."""
    first = cast.case(at(5, 6), people=(KHAN,))
    act(first, at(5, 7), "contact.made", about=party(first).pk, channel="telephone")
    settle_past([first.pk])
    kept = first.matter.clocks.filter(outcome="kept", due_at__range=(at(4, 1), at(3, 31, year=2026))).count()
    missed = first.matter.clocks.filter(outcome="missed", due_at__range=(at(4, 1), at(3, 31, year=2026))).count()
    assert (kept > 0, missed > 0) == (True, True)
    assert counted(cast, "promises_kept") == {"promises_kept": round(100 * kept / (kept + missed), 1)}
    assert counted(cast, "promises_kept", period=(date(2020, 4, 1), date(2021, 3, 31))) == {"promises_kept": None}


def test_periods_that_are_over(cast: Cast) -> None:
    def told(months: int, since: date, today: date) -> Iterable[str]:
        return [f"{first} {last}" for first, last in full_periods(months, 4, since=since, today=today)]

    assert told(12, date(2024, 11, 1), date(2026, 3, 31)) == ["2024-04-01 2025-03-31"]
    assert told(12, date(2024, 11, 1), date(2026, 4, 1)) == ["2025-04-01 2026-03-31", "2024-04-01 2025-03-31"]
    assert told(3, date(2025, 12, 31), date(2026, 4, 1)) == ["2026-01-01 2026-03-31", "2025-10-01 2025-12-31"]
    assert told(1, date(2026, 3, 1), date(2026, 4, 30)) == ["2026-03-01 2026-03-31"]
    assert told(12, date(2026, 4, 1), date(2026, 4, 1)) == []


def known() -> dict[tuple[str, date], Decimal]:
    return {(one.code, one.last_day): one.figure for one in MeasureValue.objects.filter(computed=True)}


def test_each_period_that_is_over_is_worked_out_once_and_stays(monthly: Cast) -> None:
    """The partnership's first case is of May 2024: a count of that part of a year would be held against whole ones."""
    monthly.case(at(5, 1, year=2024))
    for day in (1, 2, 3):
        monthly.case(at(5, day))
    assert compute_measures(date(2026, 3, 31)) == 0
    assert compute_measures(date(2026, 4, 1)) == 1
    assert known() == {("CHER-R", date(2026, 3, 31)): Decimal(3)}
    value = MeasureValue.objects.get()
    assert (value.published_on, value.entered_by, value.source) == (date(2026, 4, 1), None, "The system’s own records")
    monthly.case(at(6, 1))  # entered late
    assert compute_measures(date(2026, 6, 1)) == 0
    assert known() == {("CHER-R", date(2026, 3, 31)): Decimal(3)}


def test_it_goes_back_three_years_at_most(monthly: Cast) -> None:
    for year in (2018, 2022, 2023, 2024, 2025):
        monthly.case(at(5, 1, year=year))
    assert compute_measures(date(2026, 4, 1)) == 3
    assert known() == {("CHER-R", date(year, 3, 31)): Decimal(1) for year in (2024, 2025, 2026)}


def test_the_command_does_the_same(monthly: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("compute_measures")
    assert capsys.readouterr().out == "0 figures were worked out.\n"
