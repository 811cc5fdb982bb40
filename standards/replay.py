"""The same history judged under other standards: what would have been kept and missed, promise by promise.

Nothing is written and no stored clock is looked at. Facts come out of the ledger as plain rows, matter by matter, and
go through the pure engine, so that memory stays flat whatever the history holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Generator, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from itertools import groupby
from json import loads
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from standards import holidays
from standards.calendar import LONDON
from standards.charter import Charter, Kind, Promise
from standards.engine import history_of, reading, show, turns_of
from standards.facts import Fact, History, merged
from standards.selectors import rules_of, rules_with_layer
from standards.services import database_time
from standards.shares import Share, Stopped, in_processes, shares
from standards.tally import Figures, Tally, total
from standards.vocabulary import MatterKind

# How many matters are judged between two reports of progress.
STEP = 500

_OF_PERIOD = """
FROM standards_matter m
WHERE m.partnership_id = %(partnership)s AND m.kind = %(kind)s
  AND m.received_at >= %(since)s AND m.received_at < %(until)s
"""
_COUNT = f"SELECT count(*) {_OF_PERIOD}"
_ROWS = f"""
SELECT m.id, m.charter_id, m.layer_id, m.merged_into_id,
       e.id, e.kind, e.occurred_at, e.about, e.detail, e.corrects_id
{_OF_PERIOD.replace("WHERE", "JOIN ledger_event e ON e.matter = m.id WHERE")}
  AND m.id >= %(first)s AND m.id <= %(last)s
ORDER BY m.id, e.position
"""
_CHAIN = """
SELECT e.id, e.kind, e.occurred_at, e.about, e.detail, e.corrects_id
FROM ledger_event e WHERE e.matter = %s ORDER BY e.position
"""


@dataclass(frozen=True)
class Period:
    """The cases of a partnership that were received on these (London) days, both included."""

    partnership: UUID
    first_day: date
    last_day: date

    @property
    def named(self) -> dict[str, Any]:
        """As the statements take it."""
        return {
            "partnership": self.partnership,
            "kind": MatterKind.CASE.value,
            "since": datetime.combine(self.first_day, time(), tzinfo=LONDON),
            "until": datetime.combine(self.last_day + timedelta(days=1), time(), tzinfo=LONDON),
        }

    def count(self) -> int:
        """How many matters there are to be judged."""
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, self.named)
            number: int = cursor.fetchone()[0]
        return number


@dataclass(frozen=True)
class Line:
    """One promise with its figures, and what it would have needed that nobody was asked to record."""

    promise: Promise
    figures: Figures
    unrecorded: tuple[str, ...] = ()

    @property
    def comparable(self) -> bool:
        return not self.unrecorded


@dataclass(frozen=True)
class Replayed:
    """A history under one charter (None: each matter under the standards it really ran under)."""

    charter: Charter | None
    matters: int
    lines: tuple[Line, ...]

    @property
    def totals(self) -> Figures:
        """Over the promises that can be compared: nobody is blamed for not recording what nobody asked for."""
        return total(line.figures for line in self.lines if line.comparable)


def replay(
    *,
    partnership: UUID,
    first_day: date,
    last_day: date,
    charters: Sequence[Charter | None],
    progress: Callable[[int], bool] = lambda done: True,
    now: datetime | None = None,
    processes: int = 1,
    nice: int = 0,
) -> list[Replayed]:
    """Judge a period's cases under each of these charters, all in one pass over the same facts.

    A charter need not be stored, and may be another partnership's; None stands for whatever each matter really ran
    under. What the law added when a matter came in counts under every charter, unless it is a layer itself.
    `progress` is told now and then how many matters are done, in no transaction but the caller's, so that what it
    writes is there for others at once; answering False ends it with Stopped. With more than one process there may be no
    transaction of the caller either; these stand back behind other programs by `nice`. Raises HolidaysUnknown,
    NoBankHolidays.
    """
    period = Period(partnership, first_day, last_day)
    now = now or database_time()

    def judge_share(share: Share, report: Callable[[int], bool]) -> _Counted:
        return _judge_share(period, share, charters, now, report)

    if processes == 1:
        counted = [judge_share(Share.everything(), progress)]
    else:
        # Their reports go through a pipe. In a transaction the database need not lay by all rows before the first.
        counted = in_processes(transaction.atomic(judge_share), shares(processes), progress, nice=nice)
    return _told(charters, _added(counted))


# --- one share of the matters -----------------------------------------------------------------------


@dataclass
class _Counted:
    """What one share of the matters adds up to. It crosses from one process to another."""

    tallies: list[dict[str, Tally]]  # for each charter, by the promise's code
    matters: int = 0
    recorded: set[str] = field(default_factory=set)  # every kind of event that happened at all
    ran_under: set[tuple[int, int | None]] = field(default_factory=set)


def _judge_share(
    period: Period, share: Share, charters: Sequence[Charter | None], now: datetime, report: Callable[[int], bool]
) -> _Counted:
    judges = [_Judge(charter, now) for charter in charters]
    counted = _Counted([judge.tallies for judge in judges])
    with closing(rows_of(period, share)) as rows:  # also when stopped: the cursor would stay
        for charter, layer, facts in _histories(rows):
            counted.ran_under.add((charter, layer))
            counted.recorded.update(fact.kind for fact in facts)
            histories: dict[Hashable, History] = {}
            for judge in judges:
                judge.add(charter, layer, facts, histories)
            counted.matters += 1
            if counted.matters % STEP == 0 and not report(counted.matters):
                raise Stopped
    if not report(counted.matters):
        raise Stopped
    return counted


class _Judge:
    """One charter, and what has been counted under it."""

    def __init__(self, charter: Charter | None, now: datetime) -> None:
        self.charter = charter
        self.now = now
        self.tallies: dict[str, Tally] = defaultdict(Tally)
        self.rules = cache(lambda own, layer: _rules(charter, own, layer))
        self.calendar = cache(lambda own: holidays.calendar_of(self.charter or rules_of(own)))

    def add(self, own: int, layer: int | None, facts: Sequence[Fact], histories: dict[Hashable, History]) -> None:
        """Judge one matter. Charters that read its facts alike share its history, and whatever that has looked up."""
        rules = self.rules(own, layer)
        way = reading(rules)
        if way not in histories:
            histories[way] = history_of(rules, facts)
        history, tallies = histories[way], self.tallies
        for code, _, turns in turns_of(rules, history, self.calendar(own), self.now):
            tallies[code].add_turns(turns)
        if history.closed_at is not None:
            for showing in show(rules, history):
                tallies[showing.promise].add_showing(showing)


def _rules(charter: Charter | None, own: int, layer: int | None) -> Charter:
    """What a matter that ran under these is judged by: its own, or this charter with what the law added then."""
    if charter is None:
        return rules_with_layer(own, layer)
    return charter if charter.layer or layer is None else charter.with_layer(rules_of(layer))


def _histories(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[int, int | None, list[Fact]]]:
    """Charter, layer and facts of each matter; with what was done in the case that it was merged into."""
    for (_, charter, layer, into), own in groupby(rows, key=itemgetter(0, 1, 2, 3)):
        facts = [_fact(row[4:]) for row in own]
        if into is not None:
            with connection.cursor() as cursor:
                cursor.execute(_CHAIN, [into])
                facts = merged(facts, map(_fact, cursor.fetchall()))
        yield charter, layer, facts


def rows_of(period: Period, share: Share) -> Generator[tuple[Any, ...], None, None]:
    """Each event with its matter, matter by matter, in an order that needs no memory.

    Outside of a transaction Django's cursor is one that the database holds (on its disk), in a transaction one that
    reads as it goes along.
    """
    with connection.cursor() as setting, connection.chunked_cursor() as cursor:
        setting.execute("SET cursor_tuple_fraction = 1")  # all of it is read
        cursor.execute(_ROWS, {**period.named, "first": share.first, "last": share.last})
        setting.execute("RESET cursor_tuple_fraction")
        yield from cursor


def _fact(row: Sequence[Any]) -> Fact:
    pk, kind, occurred_at, about, detail, corrects = row
    return Fact(pk, kind, occurred_at, about, _detail(detail), corrects)


@lru_cache(maxsize=20_000)  # a channel, a role, a band: the same few again and again
def _detail(text: str) -> Mapping[str, object]:
    detail: Mapping[str, object] = loads(text)
    return detail


# --- what it comes to -------------------------------------------------------------------------------


def _added(parts: Iterable[_Counted]) -> _Counted:
    first, *others = parts
    for part in others:
        for mine, theirs in zip(first.tallies, part.tallies, strict=True):
            for code, tally in theirs.items():
                mine.setdefault(code, Tally()).add(tally)
        first.matters += part.matters
        first.recorded |= part.recorded
        first.ran_under |= part.ran_under
    return first


def _told(charters: Sequence[Charter | None], counted: _Counted) -> list[Replayed]:
    ran_under = sorted(counted.ran_under, key=lambda pair: (pair[0], pair[1] or 0))
    asked_for = {kind for pair in ran_under for one in _of_cases(rules_with_layer(*pair)) for kind in _kinds(one)}
    known = counted.recorded | asked_for
    told = []
    for charter, tallies in zip(charters, counted.tallies, strict=True):
        rules = [_rules(charter, *pair) for pair in ran_under] or ([charter] if charter else [])
        promises = {one.code: one for each in rules for one in _of_cases(each)}  # of versions the latest says it
        lines = tuple(
            Line(
                promise=promise,
                figures=tallies[code].figures() if code in tallies else Figures(),
                unrecorded=_unrecorded(promise, known) if charter and counted.matters else (),
            )
            for code, promise in promises.items()
        )
        told.append(Replayed(charter=charter, matters=counted.matters, lines=lines))
    return told


def _of_cases(rules: Charter) -> list[Promise]:
    """The promises that a case can keep or break."""
    clocks, evidence = rules.timed[Kind.CASE], {promise.code for promise, _ in rules.shown[Kind.CASE]}
    return [one for one in rules.judged if one in clocks or one.code in evidence]


def _kinds(promise: Promise) -> set[str]:
    """Every kind of event that it speaks of."""
    return {kind for needed in _needed(promise) for kind in needed}


def _needed(promise: Promise) -> Iterator[tuple[str, ...]]:
    """What must be on record to judge it: of each, one kind of event at least."""
    if promise.clock:
        yield promise.clock.start
        yield promise.clock.stop
    for rule in promise.shown_by:
        yield from filter(None, (rule.start, rule.events))


def _unrecorded(promise: Promise, known: set[str]) -> tuple[str, ...]:
    """The kinds of event that it rests on, where none was recorded in the period or asked for by any standards then.

    What was asked for and never recorded is another matter: that is simply not done.
    """
    return tuple(dict.fromkeys(kind for needed in _needed(promise) if known.isdisjoint(needed) for kind in needed))
