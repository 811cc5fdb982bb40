"""What became of every promise over a period, counted from the records and told in words.

A clock counts in the period in which it fell due, evidence in that in which the matter was closed. Promises are known
by their code: what ran under an earlier version of the standards counts with what runs under the present one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import Aggregate, Count, DurationField, ExpressionWrapper, F, Q, QuerySet
from django.db.models.functions import TruncMonth

from standards import charter as rules
from standards.calendar import LONDON
from standards.charter import Figure
from standards.measures import Scored, Target, Value, Verdict, score
from standards.models import Charter, Clock, MeasureTarget, MeasureValue, Promise
from standards.selectors import NoCharter, missed, rules_of
from standards.verdicts import Outcome


@dataclass(frozen=True)
class Period:
    """From one London day to another, both included."""

    first: date
    last: date

    @property
    def start(self) -> datetime:
        return datetime.combine(self.first, time(), tzinfo=LONDON)

    @property
    def end(self) -> datetime:
        """The moment at which it is over."""
        return datetime.combine(self.last + timedelta(days=1), time(), tzinfo=LONDON)

    @property
    def months(self) -> tuple[date, ...]:
        """The first day of every month that it touches."""
        first = self.first.replace(day=1)
        number = (self.last.year - first.year) * 12 + self.last.month - first.month + 1
        return tuple(first + relativedelta(months=count) for count in range(number))


def last_months(today: date, number: int = 12, *, and_this: bool = False) -> Period:
    """The last full months before the one of this day; with `and_this`, until the end of that one."""
    this = today.replace(day=1)
    after = this + relativedelta(months=1) if and_this else this
    return Period(this - relativedelta(months=number), after - timedelta(days=1))


class State(StrEnum):
    """What figures say of a promise, in a word. The first of several parts that applies is the promise's."""

    NOT_KEPT = "not_kept"
    OPEN = "open"
    KEPT = "kept"
    MEASURED = "measured"
    NOTHING = "nothing"
    OFF = "off"

    @property
    def label(self) -> str:
        return _STATE_LABELS[self]


_STATE_LABELS = {
    State.NOT_KEPT: "Not always kept",
    State.OPEN: "Cannot be told yet",
    State.KEPT: "Kept every time",
    State.MEASURED: "Measured, no time promised",
    State.NOTHING: "Nothing was owed",
    State.OFF: "Not judged",
}
NOTHING_OWED = "Nothing was owed in this period"


@dataclass(frozen=True)
class Took:
    """How long it took those that were done: how many they are, the middle one, and what nine in ten kept within."""

    number: int = 0
    median: timedelta | None = None
    ninth: timedelta | None = None


@dataclass(frozen=True)
class ClockFigures:
    """Deadlines of a period. What could not be reached or was classified too late is counted apart, never as owed."""

    kept: int = 0
    missed: int = 0
    running: int = 0  # falls due in the period, and has not yet
    attempted: int = 0
    reclassified: int = 0
    retracted: int = 0  # was recorded as missed; a later entry showed that it was not
    took: Took = Took()
    measured: Took = Took()  # done without a time being promised: no verdict

    @property
    def owed(self) -> int:
        return self.kept + self.missed

    @property
    def state(self) -> State:
        if self.owed:
            return State.NOT_KEPT if self.missed else State.KEPT
        return State.MEASURED if self.measured.number else State.NOTHING

    @property
    def words(self) -> str:
        if self.owed:
            return f"Kept {self.kept:,} of {self.owed:,}"
        if number := self.measured.number:
            return f"Done {number:,} {'time' if number == 1 else 'times'}; no time was promised, so nothing is judged"
        return NOTHING_OWED


@dataclass(frozen=True)
class EvidenceFigures:
    """What closed matters had to show, once for each person owed; of standing duties, what stands now."""

    shown: int = 0
    missing: int = 0
    excused: int = 0  # not applicable, for a recorded reason: counted apart
    standing: bool = False

    @property
    def kept(self) -> int:
        return self.shown

    @property
    def missed(self) -> int:
        return self.missing

    @property
    def owed(self) -> int:
        return self.shown + self.missing

    @property
    def state(self) -> State:
        if not self.owed:
            return State.NOTHING
        return State.NOT_KEPT if self.missing else State.KEPT

    @property
    def words(self) -> str:
        if self.owed:
            return f"Kept {self.shown:,} of {self.owed:,}"
        return "Nothing is owed at the moment" if self.standing else NOTHING_OWED


@dataclass(frozen=True)
class MeasureFigures:
    """A figure that was promised, judged as it stands today."""

    scored: Scored
    figure: Figure = Figure.NUMBER

    @property
    def state(self) -> State:
        return {Verdict.KEPT: State.KEPT, Verdict.NOT_KEPT: State.NOT_KEPT, Verdict.OPEN: State.OPEN}[
            self.scored.verdict
        ]

    @property
    def words(self) -> str:
        return f"{self.scored.verdict.label}: {self.scored.because}"


Part = ClockFigures | EvidenceFigures | MeasureFigures


@dataclass(frozen=True)
class PromiseFigures:
    """One promise with what became of it: a part for each way in which it is judged."""

    promise: rules.Promise
    rows: tuple[int, ...]  # its row in every version of the standards
    law: bool = False
    clocks: ClockFigures | None = None
    evidence: EvidenceFigures | None = None
    measure: MeasureFigures | None = None

    @property
    def clause(self) -> str:
        """ "Clause 3"; a preamble or a section of an Act is called what it is."""
        given = self.promise.clause
        return f"Clause {given}" if given[:1].isdigit() and not self.law else given

    @property
    def parts(self) -> list[tuple[str, Part]]:
        """Each way in which it is judged, named, with its figures."""
        named = (("Deadlines", self.clocks), ("Evidence", self.evidence), ("Figure", self.measure))
        return [(name, part) for name, part in named if part is not None]

    @property
    def state(self) -> State:
        """The gravest of its parts."""
        states = {part.state for _, part in self.parts}
        return next((state for state in State if state in states), State.OFF)

    @property
    def verdicts(self) -> list[str]:
        """One sentence for each part; a promise that is switched off says why, and since when it is law."""
        if self.promise.switched_off:
            since = f" In force from {self.promise.since:%-d %B %Y}." if self.promise.since else ""
            return [f"Not judged: {self.promise.switched_off.rstrip('.')}.{since}"]
        return [part.words for _, part in self.parts]


@dataclass(frozen=True)
class Standards:
    """A partnership's standards over a period: its own promises, and what the law adds."""

    charter: Charter
    layer: Charter | None
    period: Period
    own: tuple[PromiseFigures, ...]
    law: tuple[PromiseFigures, ...]

    @property
    def promises(self) -> tuple[PromiseFigures, ...]:
        return self.own + self.law

    def document_of(self, figures: PromiseFigures) -> Charter:
        return self.layer if figures.law and self.layer else self.charter


def standards_of(partnership: UUID, period: Period, now: datetime, *, only: str | None = None) -> Standards:
    """Every promise in force today with its figures, or only the one of this code.

    The number of queries does not depend on how many promises there are. Raises NoCharter.
    """
    today = now.astimezone(LONDON).date()
    charter, layer = _in_force(partnership, today)
    own = [one for one in rules_of(charter.pk).promises if only in (None, one.code)]
    law = [one for one in rules_of(layer.pk).promises if only in (None, one.code)] if layer else []
    rows, since = _rows(partnership, {one.code for one in own + law})
    codes = {row: code for code, known in rows.items() for row in known}
    judged = [one for one in own + law if not one.switched_off]

    counted: dict[str, ClockFigures] = {}
    for promises, its in ((own, {}), (law, {"matter__partnership": partnership})):
        wanted = [row for one in promises if one in judged and _has_clocks(one) for row in rows[one.code]]
        if wanted:
            counted |= _clock_figures(Clock.objects.filter(promise__in=wanted, **its), period, now)
    shown: dict[str, dict[str, int]] = {}
    if any(one.shown_by for one in judged):
        shown = _shown(partnership, period, codes)
    scored = _scored(partnership, [one for one in judged if one.measure], since, today)

    def figures(one: rules.Promise, *, is_law: bool) -> PromiseFigures:
        bare = PromiseFigures(one, tuple(rows[one.code]), is_law)
        if one.switched_off:
            return bare
        return replace(
            bare,
            clocks=counted.get(one.code, ClockFigures()) if _has_clocks(one) else None,
            evidence=EvidenceFigures(**shown.get(one.code, {}), standing=_stands(one)) if one.shown_by else None,
            measure=scored.get(one.code),
        )

    return Standards(
        charter,
        layer,
        period,
        tuple(figures(one, is_law=False) for one in own),
        tuple(figures(one, is_law=True) for one in law),
    )


def by_clause(figures: Iterable[PromiseFigures]) -> list[tuple[str, list[PromiseFigures]]]:
    """The promises under their clauses, in the order of the document."""
    clauses: dict[str, list[PromiseFigures]] = defaultdict(list)
    for one in figures:
        clauses[one.clause].append(one)
    return list(clauses.items())


def owed_to_the_public(promise: rules.Promise) -> bool:
    """A duty of the partnership or a neighbourhood, such as a meeting or a report: no person is behind its figures."""
    judged = [part.matter for part in (promise.clock, promise.evidence, promise.publication) if part]
    return all(matter.standing for matter in judged)


def is_periodic(promise: rules.Promise) -> bool:
    """Owed once in every period: then how long it took says nothing."""
    return any(part and part.every for part in (promise.evidence, promise.publication))


# --- over time --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Month:
    """What was owed in a month, and how much of it was kept."""

    first: date
    kept: int = 0
    missed: int = 0

    @property
    def owed(self) -> int:
        return self.kept + self.missed


def clock_trend(partnership: UUID, figures: PromiseFigures, period: Period, now: datetime) -> list[Month]:
    """A promise's deadlines in every month of the period, months without any included."""
    clocks = Clock.objects.filter(promise__in=figures.rows, due_at__gte=period.start, due_at__lt=period.end)
    if figures.law:
        clocks = clocks.filter(matter__partnership=partnership)
    counted = (
        clocks.values(month=TruncMonth("due_at", tzinfo=LONDON))
        .annotate(kept=Count("pk", filter=_KEPT), missed=Count("pk", filter=missed(now)))
        .order_by()
    )
    return _months(period, {row["month"].date(): (row["kept"], row["missed"]) for row in counted})


def evidence_trend(partnership: UUID, figures: PromiseFigures, period: Period) -> list[Month]:
    """What the matters closed in every month of the period had to show of a promise."""
    found: dict[date, dict[str, int]] = defaultdict(lambda: {"shown": 0, "missing": 0, "excused": 0})
    for _, state, month, number in _evidence(partnership, period, figures.rows, by_month=True):
        if month is not None:  # else a standing duty: it stands as it stands, and has no course
            found[month][state] += number
    return _months(period, {month: (row["shown"], row["missing"]) for month, row in found.items()})


def _months(period: Period, counted: Mapping[date, tuple[int, int]]) -> list[Month]:
    return [Month(first, *counted.get(first, (0, 0))) for first in period.months]


# --- counting ---------------------------------------------------------------------------------------

_KEPT = Q(outcome=Outcome.KEPT)


class _Percentiles(Aggregate):
    """The middle, and what nine in ten do not exceed."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = ArrayField(DurationField())


def _in_force(partnership: UUID, today: date) -> tuple[Charter, Charter | None]:
    """The standards in force and the layer upon them, in one query."""
    theirs = Q(partnership=partnership) | Q(partnership__isnull=True)
    known = (
        Charter.objects.standing().filter(theirs, effective_from__lte=today).order_by("effective_from").defer("body")
    )
    latest = {charter.partnership_id is None: charter for charter in known}
    if False not in latest:
        raise NoCharter(f"No standards of this partnership were in force on {today:%-d %B %Y}.")
    return latest[False], latest.get(True)


def _rows(partnership: UUID, codes: set[str]) -> tuple[dict[str, list[int]], dict[str, date]]:
    """The rows of each promise in every version, and the day from which it was first promised."""
    theirs = Q(charter__partnership=partnership) | Q(charter__partnership__isnull=True)
    stands = Q(charter__withdrawn_at__isnull=True)
    found = Promise.objects.filter(theirs, stands, code__in=codes).values_list("code", "pk", "charter__effective_from")
    rows: dict[str, list[int]] = defaultdict(list)
    since: dict[str, date] = {}
    for code, pk, from_day in found.order_by("charter__effective_from"):
        rows[code].append(pk)
        since.setdefault(code, from_day)
    return rows, since


def _has_clocks(promise: rules.Promise) -> bool:
    return promise.clock is not None or is_periodic(promise)


def _stands(promise: rules.Promise) -> bool:
    return all(rule.matter.standing for rule in promise.shown_by)


def _clock_figures(clocks: QuerySet[Clock], period: Period, now: datetime) -> dict[str, ClockFigures]:
    due = Q(due_at__gte=period.start, due_at__lt=period.end)
    ended = Q(ended_at__gte=period.start, ended_at__lt=period.end)
    untimed = Q(due_at__isnull=True, outcome=Outcome.MEASURED)
    gone = missed(now)
    done = Q(done=True) & (_KEPT | gone)
    took = ExpressionWrapper(F("ended_at") - F("started_at"), output_field=DurationField())

    def number(condition: Q) -> Count:
        return Count("pk", filter=condition)

    counted = (
        clocks.filter(due | untimed & ended)
        .values("promise__code")
        .annotate(
            kept=number(_KEPT),
            gone=number(gone),
            running=number(Q(outcome=Outcome.RUNNING, due_at__gte=now)),
            attempted=number(Q(outcome=Outcome.ATTEMPTED)),
            reclassified=number(Q(outcome=Outcome.RECLASSIFIED_LATE)),
            retracted=number(Q(breach__retracted_at__isnull=False) & ~gone),
            finished=number(done),
            took=_Percentiles(took, filter=done),
            untimed=number(untimed),
            untimed_took=_Percentiles(took, filter=untimed),
        )
        .order_by()
    )
    return {row["promise__code"]: _from_row(row) for row in counted}


def _from_row(row: Mapping[str, Any]) -> ClockFigures:
    return ClockFigures(
        kept=row["kept"],
        missed=row["gone"],
        running=row["running"],
        attempted=row["attempted"],
        reclassified=row["reclassified"],
        retracted=row["retracted"],
        took=Took(row["finished"], *(row["took"] or ())),
        measured=Took(row["untimed"], *(row["untimed_took"] or ())),
    )


def _shown(partnership: UUID, period: Period, codes: Mapping[int, str]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = defaultdict(lambda: {"shown": 0, "missing": 0, "excused": 0})
    for row, state, _, number in _evidence(partnership, period, codes, by_month=False):
        found[codes[row]][state] += number
    return found


def _evidence(
    partnership: UUID, period: Period, rows: Iterable[int], *, by_month: bool
) -> list[tuple[int, str, date | None, int]]:
    """(promise, state, month, number) over the matters closed in the period and the standing duties that go on."""
    month = "date_trunc('month', matter.closed_at AT TIME ZONE 'Europe/London')::date" if by_month else "NULL::date"
    # Constants alone are put into the text; whatever comes from outside is a parameter.
    query = f"""
        SELECT told.promise, told.state, {month}, count(*)
        FROM standards_matter matter
        JOIN standards_evidence evidence ON evidence.matter_id = matter.id
        CROSS JOIN LATERAL (
            SELECT unnest(evidence.shown), 'shown'
            UNION ALL SELECT unnest(evidence.missing), 'missing'
            UNION ALL SELECT unnest(evidence.excused), 'excused'
        ) AS told (promise, state)
        WHERE matter.partnership_id = %s AND told.promise = ANY(%s)
          AND (matter.closed_at >= %s AND matter.closed_at < %s AND matter.kind NOT IN ('neighbourhood', 'partnership')
               OR matter.closed_at IS NULL AND matter.kind IN ('neighbourhood', 'partnership'))
        GROUP BY 1, 2, 3
    """  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(query, [partnership, list(rows), period.start, period.end])
        return list(cursor.fetchall())


def _scored(
    partnership: UUID, promises: Sequence[rules.Promise], since: Mapping[str, date], today: date
) -> dict[str, MeasureFigures]:
    measured = {one.code: one.measure for one in promises if one.measure}
    if not measured:
        return {}
    values: dict[str, list[Value]] = defaultdict(list)
    targets: dict[str, list[Target]] = defaultdict(list)
    known = Q(partnership=partnership, code__in=measured, withdrawn_at__isnull=True)
    for value in MeasureValue.objects.filter(known, published_on__lte=today):
        values[value.code].append(Value(value.first_day, value.last_day, float(value.figure), value.published_on))
    for target in MeasureTarget.objects.filter(known):
        targets[target.code].append(Target(float(target.baseline), float(target.figure), target.source, target.ends_on))
    began = {one.code: max(filter(None, [since[one.code], one.since])) for one in promises if one.measure}
    return {
        code: MeasureFigures(score(rule, values[code], targets[code], since=began[code], today=today), rule.figure)
        for code, rule in measured.items()
    }
