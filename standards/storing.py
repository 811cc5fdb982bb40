"""Storing judgements: the clocks that changed, and the breaches that are no more, or are again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from uuid import UUID

from django.db.models import Model

from standards.engine import Judgement, Outcome, Showing, State, earliest
from standards.models import Breach, Clock, Evidence, Matter
from standards.selectors import deadline

_Owed = tuple[UUID, int, UUID | None]  # matter, promise, person

# What a judgement says of a clock; the rest of the row is the sweep's business.
_JUDGED = ("turn", "amount", "unit", "started_at", "due_at", "first_due_at", "ended_at", "ended_by", "done", "outcome",
           "remedial", "provisional", "agreed")  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A matter with its judgement."""

    matter: Matter
    received_at: datetime
    closed_at: datetime | None
    judgements: Sequence[Judgement]
    showings: Sequence[Showing] | None  # None: the matter is open, and nothing is stored of its evidence
    promises: dict[str, int]
    warn_after_share: float


def store(*, judged: Iterable[Judged], now: datetime, new: bool = False) -> None:
    """Make the stored clocks of these locked matters say what was judged. `new`: they have none yet."""
    judged = list(judged)
    stored = {} if new else _stored([item.matter.pk for item in judged])
    changes = _Changes(_breaches(clock for clocks in stored.values() for clock in clocks), now)
    for item in judged:
        for owed, judgements in _by_person(item).items():
            clocks = stored.pop(owed, [])
            before: Clock | None = None
            for judgement, known in _same_turns(judgements, clocks):
                clock = known or _new_clock(item.matter, owed, before)
                if known is None:
                    changes.make(clock, judgement, item)
                elif not _says(clock, judgement, item.matter):
                    changes.change(clock, judgement, item)
                before = clock
            changes.void(clocks, after=len(judgements))
    for clocks in stored.values():
        changes.void(clocks, after=0)
    changes.write()
    _store_evidence(judged, new=new)
    _store_matters(judged)


class _Changes:
    """What is to be written, gathered so that each table is written once."""

    def __init__(self, breaches: dict[int, Breach], now: datetime) -> None:
        self.breaches = breaches
        self.now = now
        self.made: list[Clock] = []
        self.changed: list[Clock] = []
        self.mended: list[Breach] = []

    def make(self, clock: Clock, judgement: Judgement, item: Judged) -> None:
        _apply(clock, judgement, None, item)
        self.made.append(clock)

    def change(self, clock: Clock, judgement: Judgement, item: Judged) -> None:
        breach = self.breaches.get(clock.pk)
        another = breach is not None and breach.retracted_at is not None and breach.due_at != judgement.due_at
        _apply(clock, judgement, None if another else breach, item)
        self.changed.append(clock)
        if breach and another and judgement.outcome is Outcome.MISSED:
            # What was said of the miss that was none is not said of this one.
            due_at = deadline(clock)
            self.mended.append(Breach(pk=breach.pk, clock=clock, due_at=due_at, detected_at=max(self.now, due_at)))
        elif breach and not another:
            self.mend(breach, clock)

    def void(self, clocks: Sequence[Clock], *, after: int) -> None:
        """No fact makes these clocks any more. The rows stay: somebody may have been alerted to them."""
        for turn, clock in enumerate(clocks, start=after + 1):
            if (clock.outcome, clock.turn) == (Outcome.VOID, turn):
                continue
            if clock.outcome != Outcome.VOID:
                # The turn after one that was kept early has not begun yet.
                ended_at = max(self.now, clock.started_at)
                clock.outcome, clock.ended_at, clock.ended_by, clock.next_check_at = Outcome.VOID, ended_at, None, None
                if breach := self.breaches.get(clock.pk):
                    self.mend(breach, clock)
            clock.turn = turn
            self.changed.append(clock)

    def mend(self, breach: Breach, clock: Clock) -> None:
        """Retract a breach that was none, or take that back."""
        before = (breach.due_at, breach.retracted_at, breach.retracted_by)
        if clock.outcome == Outcome.MISSED:
            breach.due_at, breach.retracted_at, breach.retracted_by = deadline(clock), None, None
            breach.detected_at = max(breach.detected_at, breach.due_at)
        elif breach.retracted_at is None:
            breach.retracted_at, breach.retracted_by = self.now, clock.ended_by
        if before != (breach.due_at, breach.retracted_at, breach.retracted_by):
            self.mended.append(breach)

    def write(self) -> None:
        Clock.objects.bulk_create(self.made, batch_size=2000)
        _update(Clock, self.changed, [*_JUDGED, "agency", "officer", "next_check_at"])
        _update(Breach, self.mended, Breach.said())


def _by_person(item: Judged) -> dict[_Owed, list[Judgement]]:
    """The turns of each promise to each person, in order."""
    grouped: dict[_Owed, list[Judgement]] = {}
    for judgement in item.judgements:
        owed = item.matter.pk, item.promises[judgement.promise], judgement.about
        grouped.setdefault(owed, []).append(judgement)
    return grouped


def _same_turns(judgements: Sequence[Judgement], clocks: list[Clock]) -> list[tuple[Judgement, Clock | None]]:
    """Each judgement with the stored clock of the same turn, or None. Takes those out of `clocks`.

    A late entry renumbers the turns after it, so when a turn started says which it is before its number does: a
    breach and its reason stay with the miss that they are about.
    """
    pairs: dict[int, Clock] = {}
    for names in (("started_at", "ended_at"), ("started_at", "turn"), ("started_at",), ("turn",)):
        same = attrgetter(*names)
        left = {same(clock): clock for clock in reversed(clocks)}
        for place, judgement in enumerate(judgements):
            if place not in pairs and same(judgement) in left:
                pairs[place] = left.pop(same(judgement))
                clocks.remove(pairs[place])
    return [(judgement, pairs.get(place)) for place, judgement in enumerate(judgements)]


def _update(model: type[Model], rows: Sequence[Model], fields: Sequence[str]) -> None:
    """Write the fields of locked rows. An upsert: bulk_update's CASE for every field and row is many times slower."""
    if rows:
        model._default_manager.bulk_create(
            rows, batch_size=2000, update_conflicts=True, unique_fields=["pk"], update_fields=fields
        )


def _stored(matters: Sequence[UUID]) -> dict[_Owed, list[Clock]]:
    """The clocks that each person has of each promise, in the order of their turns."""
    # Locked: the sweep passes over locked clocks, and we wait for the ones it holds.
    clocks = Clock.objects.select_for_update(no_key=True).filter(matter__in=matters).order_by("pk")
    grouped: dict[_Owed, list[Clock]] = {}
    for clock in sorted(clocks, key=attrgetter("turn")):
        grouped.setdefault((clock.matter_id, clock.promise_id, clock.about), []).append(clock)
    return grouped


def _breaches(clocks: Iterable[Clock]) -> dict[int, Breach]:
    # Read after the clocks are locked, or a breach that the sweep has just written would be overlooked.
    ids = [clock.pk for clock in clocks]
    return {breach.clock_id: breach for breach in Breach.objects.filter(clock__in=ids)} if ids else {}


def _new_clock(matter: Matter, owed: _Owed, before: Clock | None) -> Clock:
    """A turn that a late entry made of another is answered for by whoever answers for that one."""
    whose = before or matter
    return Clock(
        matter=matter, promise_id=owed[1], about=owed[2], agency_id=whose.agency_id, officer_id=whose.officer_id
    )


def _says(clock: Clock, judgement: Judgement, matter: Matter) -> bool:
    """Whether the stored clock says what was judged."""
    return all(getattr(clock, name) == value for name, value in _values(clock, judgement, matter).items())


def _values(clock: Clock, judgement: Judgement, matter: Matter) -> dict[str, object]:
    values = {name: getattr(judgement, name) for name in _JUDGED if name not in {"amount", "unit"}}
    within = judgement.within
    values |= {"amount": within.amount, "unit": within.unit} if within else {"amount": None, "unit": ""}
    if judgement.outcome is Outcome.RUNNING:
        # Passing a case on passes on what is to be done, never what was missed.
        values |= {"agency_id": matter.agency_id, "officer_id": matter.officer_id}
    elif clock.officer_id is None and judgement.ended_at is None and clock.agency_id == matter.agency_id:
        # Nobody had it when it was missed: whom the agency names then answers for it.
        values["officer_id"] = matter.officer_id
    return values


def _apply(clock: Clock, judgement: Judgement, breach: Breach | None, item: Judged) -> None:
    same_window = (clock.started_at, clock.due_at) == (judgement.started_at, judgement.due_at)
    was_running = clock.outcome == Outcome.RUNNING and clock.pk is not None
    for name, value in _values(clock, judgement, item.matter).items():
        setattr(clock, name, value)
    if judgement.outcome is Outcome.RUNNING:
        if clock.due_at is None:
            clock.next_check_at = None  # nobody is warned of a time that was not promised
        elif not (was_running and same_window):  # else it may have been warned of already
            clock.next_check_at = clock.started_at + (clock.due_at - clock.started_at) * item.warn_after_share
    elif judgement.outcome is not Outcome.MISSED:
        clock.next_check_at = None
    elif breach is None or breach.retracted_at is not None:
        # The sweep writes breaches and alerts, nobody else; of a miss that stands again it tells nobody twice.
        clock.next_check_at = clock.due_at


def _store_evidence(judged: Iterable[Judged], *, new: bool) -> None:
    """What was shown and what not, of matters that are closed and of standing duties; of open ones there is no row."""
    rows = [_evidence(item, item.showings) for item in judged if item.showings is not None]
    # A matter without a row now and closed before was opened again.
    reopened = [item.matter.pk for item in judged if item.showings is None and item.matter.closed_at is not None]
    if reopened and not new:
        Evidence.objects.filter(matter__in=reopened).delete()
    if rows:
        Evidence.objects.bulk_create(
            rows, batch_size=2000, update_conflicts=not new, unique_fields=None if new else ["matter"],
            update_fields=None if new else ["shown", "missing", "excused"],
        )  # fmt: skip


def _evidence(item: Judged, showings: Iterable[Showing]) -> Evidence:
    lists: dict[State, list[int]] = {state: [] for state in State}
    for showing in showings:
        lists[showing.state].append(item.promises[showing.promise])
    return Evidence(
        matter=item.matter,
        shown=lists[State.SHOWN],
        missing=lists[State.MISSING],
        excused=lists[State.NOT_APPLICABLE],
    )


def _store_matters(judged: Sequence[Judged]) -> None:
    changed = []
    for item in judged:
        first, matter = earliest(item.judgements), item.matter
        next_due_at = first.due_at if first else None
        if (matter.received_at, matter.closed_at, matter.next_due_at) != (
            item.received_at, item.closed_at, next_due_at,
        ):  # fmt: skip
            matter.received_at, matter.closed_at, matter.next_due_at = item.received_at, item.closed_at, next_due_at
            changed.append(matter)
    _update(Matter, changed, ["received_at", "closed_at", "next_due_at"])
