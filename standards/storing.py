"""Storing judgements: the clocks that changed, and the breaches that are no more, or are again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Model

from standards.engine import Judgement, Outcome
from standards.models import Breach, Clock, Matter

_Key = tuple[UUID, int, UUID | None, int]

# What a judgement says of a clock; the rest of the row is the sweep's business.
_JUDGED = ("amount", "unit", "started_at", "due_at", "first_due_at", "ended_at", "ended_by", "outcome",
           "remedial", "provisional", "agreed")  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A matter with its judgement."""

    matter: Matter
    received_at: datetime
    closed_at: datetime | None
    judgements: Sequence[Judgement]
    promises: dict[str, int]
    warn_after_share: float


def store(*, judged: Iterable[Judged], now: datetime, new: bool = False) -> None:
    """Make the stored clocks of these locked matters say what was judged. `new`: they have none yet."""
    judged = list(judged)
    stored = {} if new else _stored([item.matter.pk for item in judged])
    breaches = _breaches(stored.values())
    made, changed, mended = [], [], []
    for item in judged:
        for judgement in item.judgements:
            key = (item.matter.pk, item.promises[judgement.promise], judgement.about, judgement.turn)
            clock = stored.pop(key, None)
            if clock is None:
                clock = Clock(matter=item.matter, promise_id=key[1], about=key[2], turn=key[3])
                made.append(clock)
            elif _says(clock, judgement):
                continue
            else:
                changed.append(clock)
            breach = breaches.get(clock.pk) if clock.pk else None
            _apply(clock, judgement, breach, item.warn_after_share)
            if breach and _mend(breach, clock, now):
                mended.append(breach)
    for clock in stored.values():
        # No fact makes this clock any more. The row stays: somebody may have been alerted to it.
        if clock.outcome != Outcome.VOID:
            clock.outcome, clock.ended_at, clock.ended_by, clock.next_check_at = Outcome.VOID, now, None, None
            changed.append(clock)
            if (breach := breaches.get(clock.pk)) and _mend(breach, clock, now):
                mended.append(breach)
    Clock.objects.bulk_create(made, batch_size=2000)
    _update(Clock, changed, [*_JUDGED, "next_check_at"])
    _update(Breach, mended, ["due_at", "detected_at", "retracted_at", "retracted_by"])
    _store_matters(judged)


def _update(model: type[Model], rows: Sequence[Model], fields: Sequence[str]) -> None:
    """Write the fields of locked rows. An upsert: bulk_update's CASE for every field and row is many times slower."""
    if rows:
        model._default_manager.bulk_create(
            rows, batch_size=2000, update_conflicts=True, unique_fields=["pk"], update_fields=fields
        )


def _stored(matters: Sequence[UUID]) -> dict[_Key, Clock]:
    # Locked: the sweep passes over locked clocks, and we wait for the ones it holds.
    clocks = Clock.objects.select_for_update(no_key=True).filter(matter__in=matters).order_by("pk")
    return {(clock.matter_id, clock.promise_id, clock.about, clock.turn): clock for clock in clocks}


def _breaches(clocks: Iterable[Clock]) -> dict[int, Breach]:
    # Read after the clocks are locked, or a breach that the sweep has just written would be overlooked.
    ids = [clock.pk for clock in clocks]
    return {breach.clock_id: breach for breach in Breach.objects.filter(clock__in=ids)} if ids else {}


def _says(clock: Clock, judgement: Judgement) -> bool:
    """Whether the stored clock says what was judged. A miss that no sweep has seen yet is stored as running."""
    return all(getattr(clock, name) == value for name, value in _values(judgement).items())


def _values(judgement: Judgement) -> dict[str, object]:
    values = {name: getattr(judgement, name) for name in _JUDGED if name not in {"amount", "unit"}}
    return {**values, "amount": judgement.within.amount, "unit": judgement.within.unit}


def _apply(clock: Clock, judgement: Judgement, breach: Breach | None, warn_after_share: float) -> None:
    same_window = (clock.started_at, clock.due_at) == (judgement.started_at, judgement.due_at)
    was_running = clock.outcome == Outcome.RUNNING and clock.pk is not None
    for name, value in _values(judgement).items():
        setattr(clock, name, value)
    if judgement.outcome is Outcome.RUNNING:
        if not (was_running and same_window):  # else it may have been warned of already
            clock.next_check_at = clock.started_at + (clock.due_at - clock.started_at) * warn_after_share
    elif judgement.outcome is Outcome.MISSED and breach is None:
        clock.next_check_at = clock.due_at  # the sweep writes breaches and alerts, nobody else
    else:
        clock.next_check_at = None


def _mend(breach: Breach, clock: Clock, now: datetime) -> bool:
    """Retract a breach that was none, or take that back; True when the row changed."""
    before = (breach.due_at, breach.retracted_at, breach.retracted_by)
    if clock.outcome == Outcome.MISSED:
        breach.due_at, breach.retracted_at, breach.retracted_by = clock.due_at, None, None
        breach.detected_at = max(breach.detected_at, breach.due_at)
    elif breach.retracted_at is None:
        breach.retracted_at, breach.retracted_by = now, clock.ended_by
    return before != (breach.due_at, breach.retracted_at, breach.retracted_by)


def _store_matters(judged: Sequence[Judged]) -> None:
    changed = []
    for item in judged:
        next_due_at = min((one.due_at for one in item.judgements if one.ended_at is None), default=None)
        matter = item.matter
        if (matter.received_at, matter.closed_at, matter.next_due_at) != (
            item.received_at, item.closed_at, next_due_at,
        ):  # fmt: skip
            matter.received_at, matter.closed_at, matter.next_due_at = item.received_at, item.closed_at, next_due_at
            changed.append(matter)
    _update(Matter, changed, ["received_at", "closed_at", "next_due_at"])
