"""Figures that the system works out from its own records, and the daily task that keeps them.

A figure is worked out once, when its period is over, and kept as it was then: what is entered later shows in the live
figures, not in what was published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from statistics import median
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from ledger.models import Event
from ledger.vocabulary import EventKind
from partners.models import Partnership
from standards.calendar import LONDON
from standards.charter import Role
from standards.engine import Outcome
from standards.models import Clock, Matter, MeasureValue
from standards.periods import full_periods
from standards.selectors import NoCharter, charter_in_force, layer_in_force, missed, not_standing, rules_with_layer
from standards.vocabulary import MatterKind

SOURCE = "The system’s own records"
YEARS_BACK = 3


@dataclass(frozen=True)
class Span:
    """A partnership in a period, both days included."""

    partnership: UUID
    first: date
    last: date

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """From the first moment of it until just before the second."""
        return _midnight(self.first), _midnight(self.last + timedelta(days=1))

    def within(self, field: str) -> Q:
        start, end = self.moments
        return Q(**{f"{field}__gte": start, f"{field}__lt": end})

    @property
    def matters(self) -> QuerySet[Matter]:
        return Matter.objects.filter(partnership=self.partnership)

    @property
    def closed(self) -> QuerySet[Matter]:
        """The cases closed in it. One merged into another is that one's business."""
        return self.matters.filter(self.within("closed_at"), kind=MatterKind.CASE, merged_into__isnull=True)

    @property
    def everything(self) -> QuerySet[Event]:
        return Event.objects.filter(matter__in=self.matters.values("pk"))

    @cached_property
    def revived(self) -> frozenset[UUID]:
        """The entries that were corrected and stand all the same. Only where a correction was itself corrected: few."""
        matters = set(self.everything.filter(corrects__corrects__isnull=False).values_list("matter", flat=True))
        if not matters:
            return frozenset()
        corrected = Event.objects.filter(matter__in=matters, corrects__isnull=False)
        return frozenset(one.corrects_id for one in corrected if one.corrects_id) - not_standing(matters)

    def events(self, *kinds: EventKind) -> QuerySet[Event]:
        """The entries of these kinds that stand, whenever they happened."""
        corrected = Exists(Event.objects.filter(corrects=OuterRef("pk")).order_by())
        return self.everything.filter(~corrected | Q(pk__in=self.revived), kind__in=kinds)


def figure(name: str, partnership: UUID, first: date, last: date) -> float | None:
    """A figure by its name in the charter (`MeasureRule.computed`); None when there is nothing to work it out from."""
    worked_out = FIGURES[name](Span(partnership, first, last))
    return None if worked_out is None else round(worked_out, 1)


def _promises_kept(span: Span) -> float | None:
    """Of what fell due and was kept or missed; what could not be done is counted apart, and in neither."""
    clocks = Clock.objects.filter(span.within("due_at"), matter__partnership=span.partnership)
    counted = clocks.aggregate(
        kept=Count("pk", filter=Q(outcome=Outcome.KEPT)), missed=Count("pk", filter=missed(timezone.now()))
    )
    return _share(counted["kept"], counted["kept"] + counted["missed"])


def _number_of(kind: EventKind) -> Callable[[Span], float | None]:
    def number(span: Span) -> float | None:
        return float(span.events(kind).filter(span.within("occurred_at")).count())

    return number


def _cases_with(kind: EventKind) -> Callable[[Span], float | None]:
    """The share of closed cases in which it happened."""

    def share(span: Span) -> float | None:
        happened = Exists(span.events(kind).filter(matter=OuterRef("pk")).order_by())
        counted = span.closed.aggregate(every=Count("pk"), those=Count("pk", filter=Q(happened)))
        return _share(counted["those"], counted["every"])

    return share


def _people_with(roles: tuple[Role, ...], *kinds: EventKind) -> Callable[[Span], float | None]:
    """The share of people in these roles in closed cases to whom (or to whose whole case) it happened."""

    def share(span: Span) -> float | None:
        known = span.events(EventKind.PARTY_KNOWN).filter(matter__in=span.closed.values("pk"), about__isnull=False)
        in_role = Q()
        for role in roles:
            in_role |= Q(detail__roles__contains=[role.value])
        people = set(known.filter(in_role).values_list("matter", "about"))
        facts = span.events(*kinds).filter(matter__in=span.closed.values("pk"))
        happened = set(facts.values_list("matter", "about"))
        reached = [person for person in people if person in happened or (person[0], None) in happened]
        return _share(len(reached), len(people))

    return share


def _action_days(span: Span) -> float | None:
    """Median days from the report to the first action against those responsible, where that came in this period."""
    first = dict(
        span.events(EventKind.PERPETRATOR_ACTION).order_by().values_list("matter").annotate(at=Min("occurred_at"))
    )
    start, end = span.moments
    here = [matter for matter, at in first.items() if start <= at < end]
    received = span.matters.filter(pk__in=here, kind=MatterKind.CASE).values_list("pk", "received_at")
    days = [max((first[matter] - since).total_seconds(), 0) / 86400 for matter, since in received]
    return median(days) if days else None


FIGURES: dict[str, Callable[[Span], float | None]] = {
    "promises_kept": _promises_kept,
    "reports": _number_of(EventKind.REPORT_RECEIVED),
    "interventions": _cases_with(EventKind.INTERVENTION_MADE),
    "action_days": _action_days,
    "screened": _people_with((Role.VICTIM, Role.WITNESS), EventKind.VULNERABILITY_SCREENED),
    "options_considered": _cases_with(EventKind.OPTIONS_CONSIDERED),
    "support_offered": _people_with((Role.VICTIM,), EventKind.SUPPORT_OFFERED, EventKind.SUPPORT_REFERRED),
    "repeat_reports": _number_of(EventKind.REPORT_REPEATED),
}
# A number counted over a part of a period would be held against whole ones.
WHOLE_PERIODS_ONLY = frozenset({"reports", "repeat_reports"})


def compute_measures(today: date | None = None) -> int:
    """Work out every figure whose period is over and that is not there yet; how many were written."""
    today = today or timezone.localdate()
    return sum(_keep(row) for row in _lacking(today))


def _lacking(today: date) -> Iterator[MeasureValue]:
    layer = layer_in_force(today)
    for partnership, began in _beginnings():
        try:
            charter = charter_in_force(partnership, today)
        except NoCharter:
            continue
        rules = rules_with_layer(charter.pk, layer.pk if layer else None)
        known = set(
            MeasureValue.objects.filter(partnership=partnership)
            .filter(Q(withdrawn_at__isnull=True) | Q(computed=True))
            .values_list("code", "last_day")
        )
        for code, rule in ((one.code, one.measure) for one in rules.judged if one.measure):
            if rule.computed not in FIGURES:
                continue
            since = max(began, today - relativedelta(years=YEARS_BACK))
            for first, last in full_periods(rule.months, rules.settings.year_starts_in, since=since, today=today):
                whole = first >= began or rule.computed not in WHOLE_PERIODS_ONLY
                if whole and (code, last) not in known:
                    worked_out = figure(rule.computed, partnership, first, last)
                    if worked_out is not None:
                        yield _value(partnership, code, first, last, worked_out, today)


def _beginnings() -> Iterator[tuple[UUID, date]]:
    """Each partnership with the day of its first case."""
    for partnership in Partnership.objects.values_list("pk", flat=True):
        cases = Matter.objects.filter(partnership=partnership, kind=MatterKind.CASE)
        first = cases.aggregate(first=Min("received_at"))["first"]
        if first:
            yield partnership, first.astimezone(LONDON).date()


def _value(partnership: UUID, code: str, first: date, last: date, worked_out: float, today: date) -> MeasureValue:
    return MeasureValue(
        partnership_id=partnership,
        code=code,
        first_day=first,
        last_day=last,
        figure=worked_out,
        source=SOURCE,
        published_on=today,
        computed=True,
    )


def _keep(value: MeasureValue) -> int:
    """Two tasks at once work out the same: the first is kept."""
    MeasureValue.objects.bulk_create([value], ignore_conflicts=True)
    return 1


def _share(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole else None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=LONDON)
