"""Missed, at risk and kept: counted and listed, always from stored times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from asb_cases.policies import CASEWORKERS
from partners.models import User
from partners.selectors import desks_as
from standards.calendar import LONDON
from standards.engine import Outcome
from standards.models import Clock
from standards.selectors import STILL_OWED, clocks_led_by, duties_led_by, every_clock_led_by, missed
from standards.vocabulary import Verdict


@dataclass(frozen=True)
class Period:
    """The moments that decide what counts: now, the end of today and the start of this month, in London."""

    now: datetime
    tomorrow: datetime
    month: datetime

    @classmethod
    def at(cls, now: datetime) -> Period:
        today = now.astimezone(LONDON).date()
        return cls(
            now=now,
            tomorrow=datetime.combine(today + timedelta(days=1), time(), tzinfo=LONDON),
            month=datetime.combine(today.replace(day=1), time(), tzinfo=LONDON),
        )


def not_explained() -> Q:
    """No reason yet, one that was not enough, or one of an earlier miss that was none."""
    none_yet = Q(breach=None) | Q(breach__reason="") | Q(breach__retracted_at__isnull=False)
    return none_yet | Q(breach__verdict=Verdict.MORE_NEEDED)


def in_state(state: str, period: Period) -> Q:
    """The clocks that a state of the dashboard means."""
    # A breach that was retracted was of another deadline, if this one is missed.
    stands = missed(period.now)
    return {
        "unexplained": stands & not_explained(),
        "explained": stands & ~not_explained(),
        "to_review": stands & ~not_explained() & Q(breach__verdict=""),
        "at_risk": STILL_OWED & Q(due_at__gte=period.now, due_at__lt=period.tomorrow),
        "kept": Q(outcome=Outcome.KEPT, ended_at__gte=period.month),
        "attempted": Q(outcome=Outcome.ATTEMPTED, ended_at__gte=period.month),
        "reclassified": Q(outcome=Outcome.RECLASSIFIED_LATE, ended_at__gte=period.month),
        "retracted": Q(breach__retracted_at__isnull=False) & ~missed(period.now),
    }[state]


STATES = ("unexplained", "explained", "at_risk", "kept")

# What the figures can be told by: the database fields that make a group, its name, and the list's filter for it.
GROUPINGS = {
    "promise": ("promise__code", "promise__summary", "promise__code"),
    "agency": ("agency", "agency__name", "agency"),
    "officer": ("officer", "officer__name", "officer"),
}


@dataclass(frozen=True)
class Row:
    """One promise, agency or officer with its figures."""

    key: str
    name: str
    unexplained: int = 0
    explained: int = 0
    at_risk: int = 0
    kept: int = 0


def totals(user: User, rows: Sequence[Row], period: Period) -> dict[str, int]:
    """Every figure of the dashboard, over everything that the person answers for; `rows` hold it by some grouping."""
    mine = clocks_led_by(user)
    apart = ("to_review", "attempted", "reclassified", "retracted")
    sums = {state: sum(getattr(row, state) for row in rows) for state in STATES}
    return sums | {state: mine.filter(in_state(state, period)).count() for state in apart}


def figures_by(user: User, grouping: str, period: Period) -> list[Row]:
    """The figures by promise, agency or officer, most unexplained first."""
    key, name, _ = GROUPINGS[grouping]
    rows: dict[str, Row] = {}
    for state in STATES:
        counted = (
            clocks_led_by(user)
            .filter(in_state(state, period))
            .values(key, name)
            .annotate(number=Count("pk"))
            .order_by()
        )
        for group in counted:
            text = str(group[key] or "none")
            row = rows.get(text, Row(text, group[name] or "Nobody yet"))
            rows[text] = replace(row, **{state: getattr(row, state) + group["number"]})
    return sorted(rows.values(), key=lambda row: (-row.unexplained, -row.at_risk, row.name))


def longest_overdue(user: User, period: Period, number: int) -> QuerySet[Clock]:
    """Still owed and past due, longest first."""
    return with_rows(duties_led_by(user).filter(STILL_OWED, due_at__lt=period.now)).order_by("due_at")[:number]


def with_rows(clocks: QuerySet[Clock]) -> QuerySet[Clock]:
    """Clocks with all that a row of a list says about them."""
    return clocks.select_related(
        "agency", "officer", "matter__agency", "matter__officer", "matter__partnership", "promise__charter", "breach"
    )


SORTS: dict[str, list[Any]] = {
    "due": [F("due_at").asc(), "pk"],
    "-due": [F("due_at").desc(), "-pk"],
    "case": ["matter__reference", "due_at"],
    "-case": ["-matter__reference", "due_at"],
    "promise": ["promise__code", "due_at"],
    "-promise": ["-promise__code", "due_at"],
    "agency": ["agency__name", "due_at"],
    "-agency": ["-agency__name", "due_at"],
    "officer": [Coalesce("officer__name", "agency__name").asc(), "due_at"],
    "-officer": [Coalesce("officer__name", "agency__name").desc(), "due_at"],
}


def clocks_visible_to(user: User) -> QuerySet[Clock]:
    """The promises whose page the person may open: those she leads, of cases she works on, or answers for."""
    condition = Q(pk__in=every_clock_led_by(user).values("pk"))
    for desk in desks_as(user, CASEWORKERS):
        here = Q(matter__partnership=desk.partnership)
        condition |= here & Q(matter__agency=desk.agency) | here & Q(agency=desk.agency, officer=user)
    return Clock.objects.filter(condition)
