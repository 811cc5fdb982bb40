"""Promises and deadlines in plain English, the same on pages and in e-mails."""

from __future__ import annotations

from datetime import datetime

from frontend.words import due_words, duration_words
from standards.charter import Condition, Promise, Risk
from standards.engine import Outcome
from standards.models import Clock
from standards.phrases import amount_words, whom
from standards.selectors import deadline, promise_rule


def duty_words(clock: Clock, person: str | None = None) -> str:
    """What must be done: "Contact Ms Khan". Without a name it says whom by role: "Contact the victim"."""
    promise = _promise(clock)
    if promise.clock:
        return promise.clock.duty.format(person=person or whom(promise.clock))
    return promise.publication.what if promise.publication else promise.summary


def basis_words(clock: Clock) -> str:
    """Where a deadline comes from: "24 hours, hate crime, Cherwell 3"."""
    promise, row = _promise(clock), clock.promise
    parts = [
        amount_words(clock.amount, clock.unit) if clock.amount else "no time set",
        *(_condition_words(promise.clock.when) if promise.clock else []),
        *(["risk not assessed yet"] if clock.provisional else []),
        *(["as agreed"] if clock.agreed else ["set locally"] if clock.amount and _local(promise) else []),
        *(["counted afresh since it became known"] if clock.remedial else []),
        f"{row.charter.short_name} {row.clause}",
    ]
    return ", ".join(parts)


def outcome_words(clock: Clock, now: datetime) -> str:
    """What became of it, from the stored times: true before any sweep has marked it."""
    if clock.due_at is None:
        words = "Took" if clock.ended_at else "So far"
        return f"{words} {duration_words((clock.ended_at or now) - clock.started_at)}, no time was promised"
    if clock.ended_at is None:
        return due_words(clock.due_at, now)
    if clock.outcome == Outcome.MISSED:
        late = duration_words(clock.ended_at - deadline(clock))
        return f"Missed, done {late} late" if clock.done else "Missed, never done"
    took = duration_words(clock.ended_at - clock.started_at)
    return f"{Outcome(clock.outcome).label} after {took}"


def _promise(clock: Clock) -> Promise:
    return promise_rule(clock.promise.charter_id, clock.promise.code)


def _local(promise: Promise) -> bool:
    given = [promise.clock.within if promise.clock else None]
    given += [shown.every for shown in (promise.evidence, promise.publication) if shown]
    return any(within.local for within in given if within)


def _condition_words(when: Condition) -> list[str]:
    words = []
    if when.hate:
        words.append("hate crime")
    if when.risk:
        words.append(" or ".join(f"{Risk(band)} risk" for band in when.risk))
    return words
