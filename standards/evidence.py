"""Evidence, pure: what must have happened for each person owed, before the matter closes or something else happens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

from standards.charter import EvidenceRule, Promise, Role, Settings
from standards.facts import Fact, History, tried_enough
from standards.verdicts import Showing, State

NOT_APPLICABLE = "promise.not_applicable"
ATTEMPTED = "contact.attempted"
UNREACHABLE = "unreachable.confirmed"
REACHED = ("contact.made", "meeting.held")
_LATEST = datetime.max.replace(tzinfo=UTC)


def showings(promise: Promise, rule: EvidenceRule, history: History, settings: Settings) -> Iterator[Showing]:
    """The evidence for each person to whom the promise is owed; nobody known: for the matter."""
    if rule.start and history.lacks(rule.start):
        return
    people = () if Role.MATTER in rule.owed_to else history.owed(rule.owed_to)
    # A report without a known victim still has one; a witness there need not be.
    nobody = () if rule.owed_to == (Role.WITNESS,) else (None,)
    for person in people or nobody:
        if _is_owed(rule, person, history, settings):
            yield _showing(promise, rule, person, history, settings)


def _is_owed(rule: EvidenceRule, person: UUID | None, history: History, settings: Settings) -> bool:
    once = Role.MATTER in rule.owed_to  # what concerns anybody makes it owed, and shows it
    if rule.start and not history.of(rule.start, person, anyone=once):
        return False
    if not (rule.when.asked or rule.unless.asked):
        return True
    # As things stand when it is due, or now: what was thought of the risk at first binds nobody for good.
    standing = history.standing(person, _moment(rule, person, history) or _LATEST, anyone=once)
    return standing.meets(rule.when, rule.unless, unassessed_counts_as=settings.unassessed_counts_as)


def _showing(
    promise: Promise, rule: EvidenceRule, person: UUID | None, history: History, settings: Settings
) -> Showing:
    code, moment = promise.code, _moment(rule, person, history)
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
    if unreached := _unreached(promise, rule, person, history, settings, moment):
        return Showing(code, person, State.NOT_APPLICABLE, final, unreached.occurred_at, unreached.id)
    return Showing(
        code, person, State.MISSING, final, first.occurred_at if first else None, first.id if first else None
    )


def _unreached(
    promise: Promise,
    rule: EvidenceRule,
    person: UUID | None,
    history: History,
    settings: Settings,
    moment: datetime | None,
) -> Fact | None:
    """That she could not be reached, where that ends the promise's own clock: it is no miss by half (X-09)."""
    clock = promise.clock
    if clock is None or clock.matter is not rule.matter or not clock.attempts_count or history.received_at is None:
        return None
    until = moment or _LATEST
    confirmed = next((fact for fact in reversed(history.of((UNREACHABLE,), person)) if fact.occurred_at <= until), None)
    if confirmed is None:
        return None
    # Reached after all, she can be told like everybody.
    if any(confirmed.occurred_at < fact.occurred_at <= until for fact in history.of(REACHED, person)):
        return None
    attempts = history.of((ATTEMPTED,), person)
    enough = tried_enough(attempts, settings.attempts, history.received_at, confirmed.occurred_at)
    return confirmed if enough else None


def _moment(rule: EvidenceRule, person: UUID | None, history: History) -> datetime | None:
    """By when it must be there: the first of the events named, or closure; None: still open."""
    anyone = rule.by_for_all or Role.MATTER in rule.owed_to
    before, closed = history.of(rule.by, person, anyone=anyone), history.closed_at
    if before and (closed is None or before[0].occurred_at < closed):
        return before[0].occurred_at
    return closed
