"""Every promise counted over a period, against numbers worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ledger.services import Entry
from ledger.vocabulary import EventKind
from standards.duties import begin_duty, turn_over
from standards.figures import (
    ClockFigures,
    EvidenceFigures,
    Month,
    Period,
    PromiseFigures,
    State,
    Took,
    by_clause,
    clock_trend,
    evidence_trend,
    last_months,
    standards_of,
)
from standards.loading import load_charter
from standards.models import Clock, MeasureTarget, MeasureValue, Promise
from standards.selectors import NoCharter
from standards.services import record
from tests.cast import CHARTERS, KHAN, WEBB, Cast
from tests.kept import CHARTER, HOUR, at, close, contact, march, put_in_force, tell

MARCH = Period(date(2024, 3, 1), date(2024, 3, 31))
APRIL = Period(date(2024, 4, 1), date(2024, 4, 30))


@pytest.fixture
def house(cast: Cast, tmp_path: Path) -> Cast:
    put_in_force(cast, tmp_path)
    return cast


def figures(cast: Cast, code: str, period: Period = MARCH) -> PromiseFigures:
    found = standards_of(cast.cherwell.pk, period, timezone.now())
    (one,) = [one for one in found.promises if one.promise.code == code]
    (alone,) = standards_of(cast.cherwell.pk, period, timezone.now(), only=code).promises
    assert alone == one, "a promise asked for alone has other figures than among all"
    return one


def elsewhere(cast: Cast) -> dict[str, object]:
    council = cast.coventry.memberships.get().agency.pk
    return {
        "partnership": cast.coventry.pk,
        "taken_for": council,
        "lead_agency": council,
        "taken_by": None,
        "officer": None,
    }


# --- deadlines --------------------------------------------------------------------------------------


def test_a_month_of_deadlines(house: Cast) -> None:
    """Kept after 5, 10 and 20 hours, done after 60, never done; one could not be reached; one gave way to T-HATE."""
    march(house)
    found = figures(house, "T-CONTACT")
    assert found.clocks == ClockFigures(
        kept=3,
        missed=3,  # late, swept, and the one that no sweep has seen yet
        attempted=1,
        retracted=1,
        took=Took(4, 15 * HOUR, 48 * HOUR),
    )
    assert (found.verdicts, found.state) == (["Kept 3 of 6"], State.NOT_KEPT)
    assert figures(house, "T-CONTACT", APRIL).verdicts == ["Nothing was owed in this period"]


def test_what_was_classified_too_late_is_counted_apart_and_owed_afresh(house: Cast) -> None:
    march(house)
    found = figures(house, "T-HATE").clocks
    assert found == ClockFigures(kept=1, reclassified=1, took=Took(1, 10 * HOUR, 10 * HOUR))
    assert found.words == "Kept 1 of 1"


def test_a_deadline_counts_on_the_london_day_on_which_it_falls_due(house: Cast) -> None:
    """The clocks go forward in between: 48 hours after half past eleven at night is half past midnight."""
    house.case(at("2024-03-29 23:30"))
    house.case(at("2024-03-29 22:29"))
    assert [figures(house, "T-CONTACT", period).clocks.missed for period in (MARCH, APRIL)] == [1, 1]


def test_what_is_not_due_yet_is_neither_owed_nor_missed(house: Cast) -> None:
    house.case(timezone.now() - HOUR)
    found = figures(house, "T-CONTACT", last_months(timezone.localdate() + timedelta(days=3), 1, and_this=True))
    assert (found.clocks.running, found.clocks.owed) == (1, 0)
    assert (found.verdicts, found.state) == (["Nothing was owed in this period"], State.NOTHING)


def test_without_a_time_only_how_long_it_took_is_told(house: Cast) -> None:
    for hours in (1, 2, 12):
        case = house.case(at("2024-03-04 09:00"))
        tell(house, case, "response.made", at("2024-03-04 09:00") + hours * HOUR, action="advice")
    house.case(at("2024-03-04 09:00"))  # not responded to: there is nothing to measure yet
    found = figures(house, "T-RESPOND")
    assert found.clocks == ClockFigures(measured=Took(3, 2 * HOUR, 10 * HOUR))
    assert found.state is State.MEASURED
    assert found.verdicts == ["Done 3 times; no time was promised, so nothing is judged"]


def test_what_was_withdrawn_waived_or_ended_is_not_owed(house: Cast) -> None:
    case = house.case(at("2024-03-04 09:00"))
    Clock.objects.filter(matter=case.pk, promise__code="T-CONTACT").update(
        outcome="waived", ended_at=at("2024-03-05 09:00"), next_check_at=None
    )
    assert figures(house, "T-CONTACT").clocks == ClockFigures()


def test_an_earlier_version_counts_with_the_present_one(house: Cast, tmp_path: Path) -> None:
    march(house)
    path = tmp_path / "second.toml"
    path.write_text(CHARTER.replace("amount = 48", "amount = 24"))
    load_charter(partnership=house.cherwell.pk, path=path, effective_from=date(2024, 3, 10))
    contact(house, house.case(at("2024-03-11 09:00")), 10)
    found = figures(house, "T-CONTACT")
    assert (found.clocks.words, found.promise.clock.within.amount) == ("Kept 4 of 7", 24)
    assert len(found.rows) == 2


def test_another_partnership_is_not_counted_not_even_under_the_law_of_both(house: Cast) -> None:
    ours, theirs = house.case(at("2024-03-04 09:00")), house.case(at("2024-03-04 09:00"), **elsewhere(house))
    for case in (ours, theirs):
        close(house, case, at("2024-03-20 12:00"))
    assert figures(house, "LAW-2.1").clocks.missed == 1
    assert figures(house, "LAW-RIGHTS").evidence.missing == 1
    assert figures(house, "T-CONTACT").clocks.missed == 1


# --- evidence ---------------------------------------------------------------------------------------


def test_evidence_counts_when_the_case_is_closed_once_for_each_person(house: Cast) -> None:
    received = at("2024-03-04 09:00")
    dunn = WEBB.__class__(**{**vars(KHAN), "family_name": "Dunn"})
    shown, missing, excused, both, open_still, later = (
        house.case(received, people=(KHAN, dunn) if number == 3 else (KHAN,)) for number in range(6)
    )
    for case in (shown, both, open_still, later):
        tell(house, case, "plan.agreed", at("2024-03-06 09:00"))
    tell(house, excused, "promise.not_applicable", at("2024-03-06 09:00"), promise="T-PLAN", reason="moved_away")
    for case in (shown, missing, excused, both):
        close(house, case, at("2024-03-31 23:59"))
    close(house, later, at("2024-04-01 00:00"))
    found = figures(house, "T-PLAN")
    assert found.evidence == EvidenceFigures(shown=2, missing=2, excused=1)
    assert (found.verdicts, found.state) == (["Kept 2 of 4"], State.NOT_KEPT)
    assert figures(house, "T-PLAN", APRIL).verdicts == ["Kept 1 of 1"]


def test_of_a_standing_duty_what_stands_now_counts_in_every_period(house: Cast) -> None:
    duty = begin_duty(partnership=house.cherwell.pk, agency=house.council.pk, at=at("2024-01-01 00:00"))
    found = figures(house, "T-PUBLISH")
    assert found.evidence == EvidenceFigures(missing=1, standing=True)
    record(matter=duty.pk, entries=[Entry(kind=EventKind.STANDARDS_PUBLISHED, occurred_at=at("2024-09-01 12:00"))])
    assert figures(house, "T-PUBLISH").verdicts == ["Kept 1 of 1"]


def test_what_is_owed_in_every_period_counts_like_a_deadline(house: Cast) -> None:
    duty = begin_duty(partnership=house.cherwell.pk, agency=house.council.pk, at=at("2024-01-01 00:00"))
    for day in ("2024-01-10 12:00", "2024-03-10 12:00"):
        record(matter=duty.pk, entries=[Entry(kind=EventKind.PARTNERS_MET, occurred_at=at(day))])
    turn_over()
    quarter = Period(date(2024, 1, 1), date(2024, 3, 31))
    assert figures(house, "T-MEET", quarter).verdicts == ["Kept 2 of 3"]


# --- figures that were promised ---------------------------------------------------------------------


def value(cast: Cast, year: int, figure: float, **more: object) -> MeasureValue:
    return MeasureValue.objects.create(
        partnership=cast.cherwell, code="T-FEWER", first_day=date(year, 1, 1), last_day=date(year, 12, 31),
        figure=figure, source="Survey", published_on=date(year + 1, 1, 31), entered_by=cast.grace, **more,
    )  # fmt: skip


def test_a_promised_figure_is_judged_as_it_stands_today(house: Cast) -> None:
    assert figures(house, "T-FEWER").verdicts == ["Not kept: Not measured at all"]
    last = timezone.localdate().year - 1
    value(house, last - 1, 30)
    wrong = value(house, last, 33)
    assert figures(house, "T-FEWER").verdicts == ["Not kept: Higher than before"]
    MeasureValue.objects.filter(pk=wrong.pk).update(withdrawn_at=timezone.now())
    value(house, last, 28)
    found = figures(house, "T-FEWER")
    assert (found.verdicts, found.state) == (["Kept: Lower than before"], State.KEPT)
    MeasureTarget.objects.create(
        partnership=house.cherwell, code="T-FEWER", baseline=30, figure=25, source="Plan",
        starts_on=date(last - 1, 1, 1), ends_on=date(last, 12, 31), set_by=house.grace,
    )  # fmt: skip
    assert figures(house, "T-FEWER").verdicts == [f"Not kept: Target of 25% by 31 December {last} not met"]


def test_a_figure_is_promised_from_the_first_version_on_that_holds_it(house: Cast, tmp_path: Path) -> None:
    """Else each new version would give another year to measure what never was."""
    path = tmp_path / "second.toml"
    path.write_text(CHARTER)
    load_charter(partnership=house.cherwell.pk, path=path, effective_from=timezone.localdate() - timedelta(days=1))
    assert figures(house, "T-FEWER").verdicts == ["Not kept: Not measured at all"]


def test_what_is_switched_off_says_why_and_since_when_it_is_law(house: Cast) -> None:
    found = figures(house, "T-OFF")
    assert (found.parts, found.state) == ([], State.OFF)
    assert found.verdicts == ["Not judged: the law is not in force yet. In force from 1 May 2027."]


# --- all together -----------------------------------------------------------------------------------


def test_all_promises_come_in_the_order_of_the_document_and_under_their_clauses(house: Cast) -> None:
    found = standards_of(house.cherwell.pk, MARCH, timezone.now())
    assert [(clause, [one.promise.code for one in each]) for clause, each in by_clause(found.own)] == [
        ("Clause 1", ["T-CONTACT", "T-HATE"]),
        ("Clause 2", ["T-RESPOND"]),
        ("Clause 3", ["T-PLAN"]),
        ("Clause 4", ["T-MEET", "T-PUBLISH"]),
        ("Clause 5", ["T-FEWER"]),
        ("Clause 6", ["T-OFF"]),
    ]
    assert [one.promise.code for one in found.law] == ["LAW-RIGHTS", "LAW-2.1"]
    assert (found.charter.document, found.layer.document) == ("Our Promises", "What the law adds")


def test_the_queries_do_not_depend_on_how_many_promises_there_are(house: Cast, tmp_path: Path) -> None:
    march(house)
    more = "".join(CHARTER[CHARTER.index("[[promise]]") :].replace('"T-', f'"T{number}-') for number in range(10))
    (tmp_path / "many.toml").write_text(CHARTER + more)
    counted = []
    for day in (1, 2):
        standards_of(house.cherwell.pk, MARCH, timezone.now())
        with CaptureQueriesContext(connection) as queries:
            standards_of(house.cherwell.pk, MARCH, timezone.now())
        counted.append(len(queries))
        load_charter(partnership=house.cherwell.pk, path=tmp_path / "many.toml", effective_from=date(2024, 3, day))
    assert Promise.objects.filter(charter__partnership=house.cherwell).count() > 100
    assert counted == [7, 7]


def test_a_partnership_without_standards_has_no_figures(cast: Cast) -> None:
    cast.coventry.charters.update(effective_from=date(2100, 1, 1))
    with pytest.raises(NoCharter):
        standards_of(cast.coventry.pk, MARCH, timezone.now())


def test_the_published_standards_can_all_be_counted(cast: Cast) -> None:
    """Whatever the five documents promise, there is a verdict in words for it."""
    cast.coventry.charters.update(effective_from=date(2000, 1, 1))
    for number, path in enumerate(sorted(CHARTERS.glob("*.toml"))):
        layer = "layer = true" in path.read_text()
        day = date(2020, 1, 1) + timedelta(days=number)
        load_charter(partnership=None if layer else cast.coventry.pk, path=path, effective_from=day)
        found = standards_of(cast.coventry.pk, MARCH, timezone.now())
        assert found.own
        assert all(one.verdicts and all(one.verdicts) for one in found.promises), path


# --- over time --------------------------------------------------------------------------------------


def test_the_course_of_a_year_has_every_month_also_those_without_any(house: Cast) -> None:
    march(house)
    contact(house, house.case(at("2024-05-06 09:00")), 3)
    year = Period(date(2024, 1, 1), date(2024, 12, 31))
    found = figures(house, "T-CONTACT", year)
    course = clock_trend(house.cherwell.pk, found, year, timezone.now())
    assert [month.first for month in course] == [date(2024, month, 1) for month in range(1, 13)]
    assert {month.first.month: (month.kept, month.owed) for month in course if month.owed} == {3: (3, 6), 5: (1, 1)}


def test_the_course_of_evidence_goes_by_when_cases_were_closed(house: Cast) -> None:
    for day in ("2024-03-31 23:30", "2024-04-01 00:30", "2024-04-02 12:00"):
        case = house.case(at("2024-03-04 09:00"))
        if day > "2024-04-02":
            tell(house, case, "plan.agreed", at("2024-03-06 09:00"))
        close(house, case, at(day))
    spring = Period(date(2024, 3, 1), date(2024, 5, 31))
    course = evidence_trend(house.cherwell.pk, figures(house, "T-PLAN", spring), spring)
    assert course == [
        Month(date(2024, 3, 1), kept=0, missed=1),
        Month(date(2024, 4, 1), kept=1, missed=1),
        Month(date(2024, 5, 1)),
    ]


def test_twelve_full_months_end_with_the_last_one_that_is_over() -> None:
    assert last_months(date(2026, 3, 31)) == Period(date(2025, 3, 1), date(2026, 2, 28))
    assert last_months(date(2026, 3, 1), and_this=True) == Period(date(2025, 3, 1), date(2026, 3, 31))
