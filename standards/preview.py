"""What other settings would have changed: the matters of a past month, judged under both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from time import monotonic
from uuid import UUID

from django.db.models import QuerySet

from ledger.models import Event
from ledger.selectors import events_of
from standards.calendar import LONDON, Unit
from standards.charter import Charter, ClockRule, Kind, Promise
from standards.engine import Outcome, history_of, judge
from standards.facts import Fact, merged
from standards.holidays import calendar_of
from standards.models import Matter
from standards.selectors import fact

CAP = 5000
# A person waits for it: after so long it says of how many matters it tells.
SECONDS = 25
BATCH = 250
# Deadlines at the close of a day; the others do not ask when that is.
_BY_THE_DAY = frozenset({Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.CALENDAR_MONTHS})


@dataclass(frozen=True)
class Row:
    """One promise: how often it was owed, and missed under each."""

    promise: Promise  # as it would be
    owed: int
    missed_before: int
    missed_after: int

    @property
    def words(self) -> str:
        more = self.missed_after - self.missed_before
        if not more:
            return "No difference"
        return f"{abs(more):,} {'more' if more > 0 else 'fewer'} would have been missed"


@dataclass(frozen=True)
class Preview:
    """How the matters received from the first to the last day would have fared."""

    first_day: date
    last_day: date
    touched: bool  # the change can make any promise come out differently
    matters: int
    capped: bool  # there were more matters than were judged
    rows: tuple[Row, ...]


def last_month(today: date) -> tuple[date, date]:
    """The first and the last day of the last full month."""
    last = today.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last


def preview(
    *,
    partnership: UUID,
    first_day: date,
    last_day: date,
    present: Charter,
    changed: Charter,
    now: datetime,
    cap: int = CAP,
    seconds: float = SECONDS,
) -> Preview:
    """Judge the partnership's matters received in these days under both charters: the first `cap`, for `seconds`.

    Only promises that the change can touch are judged; the others would come out the same.
    """
    codes = touched(present, changed)
    matters = list(_received(partnership, first_day, last_day)[: cap + 1]) if codes else []
    before, after = _only(present, codes), _only(changed, codes)
    calendars = calendar_of(present), calendar_of(changed)
    owed: Counter[str] = Counter()
    missed: tuple[Counter[str], Counter[str]] = Counter(), Counter()
    judged, until = 0, monotonic() + seconds
    for matter, facts in _with_facts(matters[:cap]):
        if monotonic() > until:
            break
        judged += 1
        history = history_of(before, facts)
        for charter, calendar, count in zip((before, after), calendars, missed, strict=True):
            judgements = judge(charter, history, calendar, now, Kind(matter.kind))
            count.update(one.promise for one in judgements if one.outcome is Outcome.MISSED)
            if charter is after:
                owed.update(one.promise for one in judgements)
    rows = (Row(one, owed[one.code], missed[0][one.code], missed[1][one.code]) for one in after.promises)
    return Preview(
        first_day=first_day,
        last_day=last_day,
        touched=bool(codes),
        matters=judged,
        capped=len(matters) > judged,
        rows=tuple(row for row in rows if row.owed or row.missed_before),
    )


def touched(present: Charter, changed: Charter) -> frozenset[str]:
    """The promises whose judgement may differ between the two."""
    old = {promise.code: promise for promise in present.judged}
    settings = {
        field.name
        for field in fields(present.settings)
        if getattr(present.settings, field.name) != getattr(changed.settings, field.name)
    } - {"warn_after_share"}
    return frozenset(
        promise.code
        for promise in changed.judged
        if promise != old.get(promise.code) or (promise.clock and _feels(promise.clock, settings))
    )


def _feels(rule: ClockRule, settings: set[str]) -> bool:
    if settings - {"close_of_day", "attempts"}:
        return True
    if "attempts" in settings and rule.attempts_count:
        return True
    # An interval agreed with the person may be in days whatever the charter's is in.
    by_the_day = rule.recurring or (rule.within is not None and rule.within.unit in _BY_THE_DAY)
    return "close_of_day" in settings and by_the_day


def _only(charter: Charter, codes: frozenset[str]) -> Charter:
    return replace(charter, promises=tuple(one for one in charter.judged if one.code in codes))


def _received(partnership: UUID, first_day: date, last_day: date) -> QuerySet[Matter]:
    begins, ends = (datetime.combine(day, time(), tzinfo=LONDON) for day in (first_day, last_day + timedelta(days=1)))
    return Matter.objects.filter(partnership=partnership, received_at__gte=begins, received_at__lt=ends).order_by(
        "received_at", "pk"
    )


def _with_facts(matters: Sequence[Matter]) -> Iterator[tuple[Matter, list[Fact]]]:
    for start in range(0, len(matters), BATCH):
        batch = matters[start : start + BATCH]
        chains: dict[UUID, list[Event]] = {matter.pk: [] for matter in batch}
        chains |= {matter.merged_into_id: [] for matter in batch if matter.merged_into_id}
        for event in events_of(chains):
            chains[event.matter].append(event)
        for matter in batch:
            own = [fact(event) for event in chains[matter.pk]]
            into = matter.merged_into_id
            yield matter, merged(own, [fact(event) for event in chains[into]]) if into else own
