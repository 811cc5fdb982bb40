"""Promised figures as people look at them: what they were, what they are to be, and what that says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.db.models import Min, Q

from frontend.words import MONTHS, date_words
from partners.models import Partnership
from standards.charter import MeasureRule
from standards.charter import Promise as Rule
from standards.measures import Scored, Target, Value, score
from standards.models import MeasureTarget, MeasureValue, Promise
from standards.periods import full_periods
from standards.phrases import figure_words
from standards.selectors import NoCharter, charter_in_force, layer_in_force, rules_with_layer

YEARS_TO_ENTER = 6
Period = tuple[date, date]


@dataclass(frozen=True)
class Figure:
    """A promise about a figure, with everything known of it."""

    partnership: Partnership
    promise: Rule
    rule: MeasureRule
    year_starts_in: int
    values: list[MeasureValue]  # the latest first, withdrawn ones too
    targets: list[MeasureTarget]  # the one that ends last first, withdrawn ones too
    scored: Scored
    beside: tuple[str, ...]  # the codes of the figures it must be read together with

    @property
    def code(self) -> str:
        return self.promise.code

    @property
    def standing(self) -> list[MeasureValue]:
        return [value for value in self.values if value.withdrawn_at is None]

    @property
    def latest(self) -> MeasureValue | None:
        return next(iter(self.standing), None)

    @property
    def before(self) -> float | Decimal | None:
        """What the latest is compared with: the figure before it, or the baseline that the standards give."""
        return self.standing[1].figure if len(self.standing) > 1 else self.rule.baseline

    @property
    def latest_words(self) -> str:
        return f"{self.words(self.latest.figure)}, {_of(self.latest)}" if self.latest else ""

    @property
    def aim_words(self) -> str:
        """What the standards aim at without saying by when."""
        return f"{self.words(self.rule.aim)}, without a date. Set a target with an end date to have it judged."

    def value_in(self, period: Period) -> MeasureValue | None:
        return next((value for value in self.standing if value.last_day == period[1]), None)

    def words(self, number: float | Decimal | None) -> str:
        """The number as it is said: "31.9%", "1,204"."""
        if number is None:
            return ""
        return figure_words(float(number), self.rule.figure)

    def periods(self, today: date) -> list[Period]:
        """Those that are over and have no figure yet, the latest first."""
        since = today - relativedelta(years=YEARS_TO_ENTER)
        every = full_periods(self.rule.months, self.year_starts_in, since=since, today=today)
        return [period for period in every if self.value_in(period) is None]


def period_words(first: date, last: date) -> str:
    """ "April 2025 to March 2026", "October 2026", and of other days "3 May 2026 to 9 June 2026"."""
    if first.day != 1 or (last + timedelta(days=1)).day != 1:
        return f"{date_words(first)} to {date_words(last)}"
    start, end = (f"{MONTHS[day.month - 1]} {day.year}" for day in (first, last))
    return start if start == end else f"{start} to {end}"


def _of(value: MeasureValue) -> str:
    return period_words(value.first_day, value.last_day)


def figures(partnerships: Iterable[Partnership], today: date, codes: Collection[str] = ()) -> list[Figure]:
    """The promised figures of the standards in force, in the standards' order; with codes only those."""
    partnerships = list(partnerships)
    values, targets = _values(partnerships), _targets(partnerships)
    since = _since(partnerships)
    layer = layer_in_force(today)
    found = []
    for partnership in partnerships:
        try:
            charter = charter_in_force(partnership.pk, today)
        except NoCharter:
            continue
        rules = rules_with_layer(charter.pk, layer.pk if layer else None)
        asked = {one.code: (one, one.measure) for one in rules.judged if one.measure}
        for code, (promise, rule) in asked.items():
            if codes and code not in codes:
                continue
            key = partnership.pk, code
            began = max(filter(None, [since.get(key, charter.effective_from), promise.since]))
            found.append(
                Figure(
                    partnership=partnership,
                    promise=promise,
                    rule=rule,
                    year_starts_in=rules.settings.year_starts_in,
                    values=values[key],
                    targets=targets[key],
                    scored=_scored(rule, values[key], targets[key], began, today),
                    beside=_beside(code, {other: one for other, (_, one) in asked.items()}),
                )
            )
    return found


def _scored(
    rule: MeasureRule, values: Iterable[MeasureValue], targets: Iterable[MeasureTarget], since: date, today: date
) -> Scored:
    return score(
        rule,
        [
            Value(one.first_day, one.last_day, float(one.figure), one.published_on)
            for one in values
            if one.withdrawn_at is None
        ],
        [
            Target(float(one.baseline), float(one.figure), one.source, one.ends_on)
            for one in targets
            if one.withdrawn_at is None
        ],
        since=since,
        today=today,
    )


def _beside(code: str, rules: dict[str, MeasureRule]) -> tuple[str, ...]:
    """Said once in the standards, it holds for both."""
    named = [rules[code].beside, *(other for other, rule in rules.items() if rule.beside == code)]
    return tuple(dict.fromkeys(one for one in named if one in rules))


def _values(partnerships: Collection[Partnership]) -> dict[tuple[UUID, str], list[MeasureValue]]:
    rows: dict[tuple[UUID, str], list[MeasureValue]] = defaultdict(list)
    every = MeasureValue.objects.filter(partnership__in=partnerships).select_related("entered_by", "withdrawn_by")
    for value in every.order_by("-last_day", "-published_on", "-pk"):
        rows[value.partnership_id, value.code].append(value)
    return rows


def _targets(partnerships: Collection[Partnership]) -> dict[tuple[UUID, str], list[MeasureTarget]]:
    rows: dict[tuple[UUID, str], list[MeasureTarget]] = defaultdict(list)
    every = MeasureTarget.objects.filter(partnership__in=partnerships).select_related("set_by", "withdrawn_by")
    for target in every.order_by("-ends_on", "-pk"):
        rows[target.partnership_id, target.code].append(target)
    return rows


def _since(partnerships: Collection[Partnership]) -> dict[tuple[UUID, str], date]:
    """Since when each figure has been promised, in whatever version."""
    rows = Promise.objects.filter(Q(charter__partnership__in=partnerships), kinds__contains=["measure"]).order_by()
    first = rows.values_list("charter__partnership", "code").annotate(Min("charter__effective_from"))
    return {(partnership, code): since for partnership, code, since in first}
