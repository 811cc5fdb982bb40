"""Evidence, pure: what must have happened for each person owed, before the matter closes or something else happens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from standards.charter import EvidenceRule, Role, Settings
from standards.facts import History
from standards.verdicts import Showing, State

NOT_APPLICABLE = "promise.not_applicable"


def showings(code: str, rule: EvidenceRule, history: History, settings: Settings) -> Iterator[Showing]:
    """The evidence for each person to whom the promise is owed; nobody known: for the matter."""
    if rule.start and history.lacks(rule.start):
        return
    people = () if Role.MATTER in rule.owed_to else history.owed(rule.owed_to)
    # A report without a known victim still has one; a witness there need not be.
    nobody = () if rule.owed_to == (Role.WITNESS,) else (None,)
    for person in people or nobody:
        if _is_owed(rule, person, history, settings):
            yield _showing(code, rule, person, history)


def _is_owed(rule: EvidenceRule, person: UUID | None, history: History, settings: Settings) -> bool:
    once = Role.MATTER in rule.owed_to  # what concerns anybody makes it owed, and shows it
    if rule.start and not history.of(rule.start, person, anyone=once):
        return False
    if not (rule.when.asked or rule.unless.asked):
        return True
    risk = settings.unassessed_counts_as
    ways = history.ways(person, anyone=once)
    return any(way.meets(rule.when, rule.unless, unassessed_counts_as=risk) for way in ways)


def _showing(code: str, rule: EvidenceRule, person: UUID | None, history: History) -> Showing:
    moment = _moment(rule, person, history)
    final = moment is not None or rule.matter.standing
    once = Role.MATTER in rule.owed_to
    forbidden = history.of(rule.never, person, anyone=once)
    if forbidden:
        return Showing(code, person, State.MISSING, True, forbidden[0].occurred_at, forbidden[0].id)
    if not rule.events:
        return Showing(code, person, State.SHOWN, final)
    facts = history.of(rule.events, person, anyone=once)
    first = facts[0] if facts else None  # in order: if not the first, then none was in time
    if first and (moment is None or first.occurred_at <= moment):
        return Showing(code, person, State.SHOWN, final, first.occurred_at, first.id)
    for reason in history.of((NOT_APPLICABLE,), person):
        if reason.detail.get("promise") == code and (moment is None or reason.occurred_at <= moment):
            return Showing(code, person, State.NOT_APPLICABLE, final, reason.occurred_at, reason.id)
    return Showing(
        code, person, State.MISSING, final, first.occurred_at if first else None, first.id if first else None
    )


def _moment(rule: EvidenceRule, person: UUID | None, history: History) -> datetime | None:
    """By when it must be there: the first of the events named, or closure; None: still open."""
    anyone = rule.by_for_all or Role.MATTER in rule.owed_to
    before, closed = history.of(rule.by, person, anyone=anyone), history.closed_at
    if before and (closed is None or before[0].occurred_at < closed):
        return before[0].occurred_at
    return closed
