"""The bank-holiday table: reading it as a calendar, seeding it, changing it."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time
from functools import lru_cache
from importlib.metadata import version

import holidays as published
from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Now

from partners.models import User
from standards.calendar import MONDAY_TO_FRIDAY, Calendar, Edition, Weekday
from standards.charter import Charter
from standards.models import BankHoliday, BankHolidayEdition
from standards.vocabulary import Division

logger = logging.getLogger(__name__)

# The package's names for the divisions. England and Wales have the same days.
_SUBDIVISIONS = {
    Division.ENGLAND_AND_WALES: "ENG",
    Division.SCOTLAND: "SCT",
    Division.NORTHERN_IRELAND: "NIR",
}


class NoBankHolidays(RuntimeError):
    """The table is empty: no deadline in working days can be given."""


def calendar_of(charter: Charter) -> Calendar:
    """The calendar by which a charter counts. One query; the days are read again only when they changed."""
    settings = charter.settings
    plain = calendar(charter.division, settings.close_of_day, settings.working_week)
    return replace(plain, receipt=settings.receipt, after_hours=settings.after_hours)


def calendar(division: str, close_of_day: time, week: tuple[Weekday, ...] = MONDAY_TO_FRIDAY) -> Calendar:
    """The division's calendar as the table now stands. One query; the days are read again only when they changed."""
    latest = BankHolidayEdition.objects.aggregate(latest=Max("number"))["latest"]
    if latest is None:
        raise NoBankHolidays("The bank-holiday table is empty. Run: manage.py seed_bank_holidays")
    return _calendar(division, close_of_day, week, latest)


@lru_cache(maxsize=64)
def _calendar(division: str, close_of_day: time, week: tuple[Weekday, ...], latest: int) -> Calendar:
    rows = list(BankHoliday.objects.filter(division=division))
    editions = tuple(
        Edition(
            holidays=frozenset(
                row.date
                for row in rows
                if row.added_in_id <= edition.number
                and (row.removed_in_id is None or row.removed_in_id > edition.number)
            ),
            first=edition.first_day,
            last=edition.last_day,
            since=edition.since,
            week=week,
        )
        for edition in BankHolidayEdition.objects.filter(number__lte=latest)
    )
    return Calendar(division, editions, close_of_day)


@dataclass(frozen=True)
class Day:
    """A bank holiday to be added or removed."""

    division: str
    date: date
    name: str = ""


def published_days(first_year: int, last_year: int) -> list[Day]:
    """Every bank holiday of the three divisions in these years, from the package `holidays`.

    Days that fall on a weekend are left out where a substitute is given; kept or not, they change no deadline.
    """
    days = []
    for division, subdivision in _SUBDIVISIONS.items():
        listed = published.country_holidays("GB", subdiv=subdivision, years=range(first_year, last_year + 1))
        days += [Day(division.value, day, name) for day, name in sorted(listed.items()) if day.weekday() < 5]
    return days


@transaction.atomic
def seed(*, first_year: int, last_year: int) -> BankHolidayEdition | None:
    """Bring the table up to the package's list for these years; None when it says that already.

    Days that staff added by hand stay, and those they removed stay removed. Years between these and the known ones
    are seeded too: the table never has a gap. The first seeding counts as always known.
    """
    latest = BankHolidayEdition.objects.order_by("-number").first()
    if latest:
        first_year = min(first_year, latest.last_day.year + 1)
        last_year = max(last_year, latest.first_day.year - 1)
    wanted = {(day.division, day.date): day for day in published_days(first_year, last_year)}
    seen = set(BankHoliday.objects.values_list("division", "date"))
    reaches = latest and latest.first_day.year <= first_year and latest.last_day.year >= last_year
    missing = [day for key, day in wanted.items() if key not in seen]
    if reaches and not missing:
        return None
    return change(
        add=missing,
        remove=(),
        source=f"holidays {version('holidays')}",
        first_day=min(date(first_year, 1, 1), latest.first_day) if latest else date(first_year, 1, 1),
        last_day=max(date(last_year, 12, 31), latest.last_day) if latest else date(last_year, 12, 31),
    )


@transaction.atomic
def change(
    *,
    add: Iterable[Day],
    remove: Iterable[Day],
    source: str,
    by: User | None = None,
    first_day: date | None = None,
    last_day: date | None = None,
) -> BankHolidayEdition:
    """Make a new edition of the table. Earlier editions stay as they were.

    The caller judges running matters again afterwards (`services.judge_again`).
    """
    latest = BankHolidayEdition.objects.select_for_update().order_by("-number").first()
    first_day = first_day or (latest.first_day if latest else None)
    last_day = last_day or (latest.last_day if latest else None)
    if first_day is None or last_day is None:
        raise ValueError("The first edition must say from when until when its list is complete.")
    edition = BankHolidayEdition.objects.create(
        number=latest.number + 1 if latest else 1,
        since=Now() if latest else None,
        first_day=first_day,
        last_day=last_day,
        source=source,
        made_by=by,
    )
    for day in remove:
        BankHoliday.objects.filter(division=day.division, date=day.date, removed_in__isnull=True).update(
            removed_in=edition
        )
    BankHoliday.objects.bulk_create(
        [BankHoliday(division=day.division, date=day.date, name=day.name, added_in=edition) for day in add]
    )
    logger.info("bank holidays: edition %s from %s", edition.number, source)
    return edition


def known_until() -> date | None:
    """The last day that the table covers."""
    latest = BankHolidayEdition.objects.order_by("-last_day").first()
    return latest.last_day if latest else None
