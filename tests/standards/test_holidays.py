"""The bank-holiday table: right from 2012 to 2028, versioned, and changes that reach running deadlines only."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.utils import timezone
from govuk_bank_holidays.bank_holidays import BankHolidays

from ledger.models import Event
from ledger.services import Entry
from standards import holidays
from standards.calendar import DIVISIONS, Calendar, HolidaysUnknown, Unit
from standards.checks import bank_holidays_known_ahead
from standards.models import BankHoliday, BankHolidayEdition
from standards.rejudging import judge_affected
from standards.services import record
from standards.vocabulary import Division
from tests.cast import Cast, clock, party
from tests.standards.history import at


def calendar(division: str = Division.ENGLAND_AND_WALES) -> Calendar:
    return holidays.calendar(division, time(17))


def test_the_divisions_are_the_same_everywhere() -> None:
    assert tuple(Division.values) == DIVISIONS


@pytest.mark.parametrize("division", Division.values)
def test_the_seed_agrees_with_the_published_list(holidays_known: None, division: str) -> None:
    """A second, independent package; it lacks one day that was proclaimed for Scotland."""
    listed = {row["date"] for row in BankHolidays(use_cached_holidays=True).get_holidays(division=division)}
    expected = {day for day in listed if date(2012, 1, 1) <= day <= date(2028, 12, 31) and day.weekday() < 5}
    if division == Division.SCOTLAND:
        expected.add(date(2026, 6, 15))
    assert set(BankHoliday.objects.filter(division=division).values_list("date", flat=True)) == expected


@pytest.mark.parametrize(
    ("day", "divisions"),
    [
        (date(2012, 6, 4), 3),  # spring bank holiday, moved for the Diamond Jubilee
        (date(2012, 6, 5), 3),
        (date(2020, 5, 8), 3),  # VE Day, in place of Monday the 4th
        (date(2020, 5, 4), 0),
        (date(2022, 6, 3), 3),  # Platinum Jubilee
        (date(2022, 9, 19), 3),  # State Funeral
        (date(2023, 5, 8), 3),  # Coronation
        (date(2026, 6, 15), 1),  # Scotland only
        (date(2027, 12, 27), 3),  # Christmas Day on a Saturday
        (date(2028, 1, 3), 3),  # New Year's Day on a Saturday
        (date(2028, 1, 4), 1),  # and 2 January, in Scotland
    ],
)
def test_the_days_that_lists_get_wrong(holidays_known: None, day: date, divisions: int) -> None:
    assert BankHoliday.objects.filter(date=day).count() == divisions


def test_seeding_again_adds_nothing(holidays_known: None, capsys) -> None:
    call_command("seed_bank_holidays", "--to", "2028")
    assert capsys.readouterr().out == "Nothing to add: 2012 to 2028 are known.\n"
    assert BankHolidayEdition.objects.count() == 1


def test_a_later_year_is_a_new_edition(holidays_known: None) -> None:
    edition = holidays.seed(first_year=2012, last_year=2029)
    assert (edition.number, edition.last_day) == (2, date(2029, 12, 31))
    assert calendar().due(at("2028-12-29 09:00"), 1, Unit.WORKING_DAYS) == at("2029-01-02 17:00")


def test_seeding_keeps_what_staff_added(holidays_known: None) -> None:
    added = holidays.Day(Division.ENGLAND_AND_WALES, date(2027, 7, 5), "A royal wedding")
    holidays.change(add=[added], remove=(), source="test")
    holidays.seed(first_year=2012, last_year=2029)
    assert BankHoliday.objects.filter(date=date(2027, 7, 5), removed_in=None).count() == 1


def test_earlier_editions_keep_their_days(holidays_known: None) -> None:
    removed = holidays.Day(Division.ENGLAND_AND_WALES, date(2026, 8, 31))
    holidays.change(add=(), remove=[removed], source="test")
    first, second = calendar().editions
    assert date(2026, 8, 31) in first.holidays
    assert date(2026, 8, 31) not in second.holidays


def test_an_empty_table_gives_an_error_not_a_deadline(db: None) -> None:
    with pytest.raises(holidays.NoBankHolidays, match="seed_bank_holidays"):
        calendar()


def test_a_year_beyond_the_table_gives_an_error_not_a_deadline(holidays_known: None) -> None:
    with pytest.raises(HolidaysUnknown):
        calendar().due(at("2030-06-05 09:00"), 1, Unit.WORKING_DAYS)


def test_the_check_warns_a_year_ahead(holidays_known: None, time_machine) -> None:
    assert bank_holidays_known_ahead(None) == []
    time_machine.move_to("2028-01-02 12:00Z")
    (warning,) = [message for message in run_checks() if message.id == "standards.W001"]
    assert warning.msg.startswith("Bank holidays are known only until 31 December 2028.")


def test_the_check_warns_of_an_empty_table(db: None) -> None:
    (warning,) = bank_holidays_known_ahead(None)
    assert warning.msg.startswith("Bank holidays are not known at all.")


def next_working_days(count: int) -> list[date]:
    start = timezone.now()
    return [calendar().due(start, n, Unit.WORKING_DAYS).date() for n in range(1, count + 1)]


def test_a_proclaimed_holiday_moves_running_deadlines_and_says_so(cast: Cast) -> None:
    running, ended = cast.case(), cast.case()
    meeting = Entry(kind="meeting.held", occurred_at=timezone.now(), about=party(ended).pk)
    record(matter=ended.pk, entries=[meeting])
    before = {case.pk: clock(case, "CHER-3c").due_at for case in (running, ended)}
    contact_before = clock(running, "CHER-3b-i").due_at
    day = next_working_days(2)[1]
    edition = holidays.change(
        add=[holidays.Day(Division.ENGLAND_AND_WALES, day, "Proclaimed")], remove=(), source="test"
    )
    assert judge_affected(edition) == 1
    assert clock(running, "CHER-3c").due_at > before[running.pk]
    assert clock(running, "CHER-3b-i").due_at == contact_before  # elapsed hours know no holidays
    assert clock(ended, "CHER-3c").due_at == before[ended.pk]
    noted = Event.objects.get(kind="calendar.changed")
    assert (noted.matter, noted.detail) == (running.pk, {"edition": edition.number})


def test_what_is_recorded_later_does_not_move_what_had_ended(cast: Cast) -> None:
    """The old matter is judged again for another reason; its kept promise still has the days it had."""
    case = cast.case()
    record(matter=case.pk, entries=[Entry(kind="meeting.held", occurred_at=timezone.now(), about=party(case).pk)])
    before = clock(case, "CHER-3c").due_at
    holidays.change(
        add=[holidays.Day(Division.ENGLAND_AND_WALES, next_working_days(2)[1], "Proclaimed")], remove=(), source="test"
    )
    record(matter=case.pk, entries=[Entry(kind="update.given", occurred_at=timezone.now(), about=party(case).pk)])
    assert clock(case, "CHER-3c").due_at == before


def test_a_holiday_of_another_division_moves_nothing(cast: Cast) -> None:
    cast.case()
    day = holidays.Day(Division.SCOTLAND, next_working_days(2)[1], "Scotland only")
    assert judge_affected(holidays.change(add=[day], remove=(), source="test")) == 0


def test_a_miss_of_the_past_is_not_undone(cast: Cast) -> None:
    case = cast.case(timezone.now() - timedelta(days=20))
    missed = clock(case, "CHER-3c").due_at
    edition = holidays.change(
        add=[holidays.Day(Division.ENGLAND_AND_WALES, missed.date(), "Too late")], remove=(), source="test"
    )
    assert judge_affected(edition) == 0
    assert clock(case, "CHER-3c").due_at == missed


def test_seeding_later_years_leaves_no_gap(holidays_known: None) -> None:
    until = holidays.known_until()
    assert until is not None
    holidays.seed(first_year=until.year + 3, last_year=until.year + 3)
    added = set(BankHoliday.objects.filter(date__year=until.year + 2).values_list("date", flat=True))
    assert {day.date for day in holidays.published_days(until.year + 2, until.year + 2)} == added


def test_seeding_leaves_removed_what_staff_removed(cast: Cast) -> None:
    removed = BankHoliday.objects.filter(division=Division.SCOTLAND).last()
    assert removed is not None
    holidays.change(add=(), remove=[holidays.Day(removed.division, removed.date)], source="by hand", by=cast.grace)
    known = holidays.known_until()
    assert known is not None
    assert holidays.seed(first_year=2012, last_year=known.year) is None
    assert not BankHoliday.objects.filter(division=removed.division, date=removed.date, removed_in=None).exists()


def test_what_is_promised_on_the_last_days_of_2028_has_a_deadline(db: None) -> None:
    call_command("seed_bank_holidays", verbosity=0)
    received = at("2028-12-29 10:00")
    assert calendar().due(received, 3, Unit.WORKING_DAYS) == at("2029-01-04 17:00")
