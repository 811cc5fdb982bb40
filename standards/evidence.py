"""Evidence, pure: what must have happened for each person owed, before the matter closes or something else happens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from standards.charter import EvidenceRule, Role, Settings
from standards.facts import Fact, History
from standards.verdicts import Showing, State

NOT_APPLICABLE = "promise.not_applicable"


def showings(code: str, rule: EvidenceRule, history: History, settings: Settings) -> Iterator[Showing]:
    """The evidence for each person to whom the promise is owed; nobody known: for the matter."""
    people: list[UUID | None] = [] if Role.MATTER in rule.owed_to else [*history.owed(rule.owed_to)]
    # A report without a known victim still has one; a witness there need not be.
    nobody: list[UUID | None] = [] if rule.owed_to == (Role.WITNESS,) else [None]
    for person in people or nobody:
        if _is_owed(rule, person, history, settings):
            yield _showing(code, rule, person, history)


def _is_owed(rule: EvidenceRule, person: UUID | None, history: History, settings: Settings) -> bool:
    once = Role.MATTER in rule.owed_to  # what concerns anybody makes it owed, and shows it
    if rule.start and not history.of(rule.start, person, anyone=once):
        return False
    moments = [*history.turning_points(person, anyone=once), *filter(None, [history.received_at])]
    return any(
        history.standing(person, moment, anyone=once).meets(
            rule.when, rule.unless, unassessed_counts_as=settings.unassessed_counts_as
        )
        for moment in moments
    )


def _showing(code: str, rule: EvidenceRule, person: UUID | None, history: History) -> Showing:
    moment = _moment(rule, person, history)
    final = moment is not None or rule.matter.standing

    def in_time(fact: Fact) -> bool:
        return moment is None or fact.occurred_at <= moment

    once = Role.MATTER in rule.owed_to
    forbidden = history.of(rule.never, person, anyone=once)
    if forbidden:
        return Showing(code, person, State.MISSING, True, forbidden[0].occurred_at, forbidden[0].id)
    if not rule.events:
        return Showing(code, person, State.SHOWN, final)
    facts = history.of(rule.events, person, anyone=once)
    shown = next(filter(in_time, facts), None)
    if shown:
        return Showing(code, person, State.SHOWN, final, shown.occurred_at, shown.id)
    excused = [fact for fact in history.of([NOT_APPLICABLE], person) if fact.detail.get("promise") == code]
    if reason := next(filter(in_time, excused), None):
        return Showing(code, person, State.NOT_APPLICABLE, final, reason.occurred_at, reason.id)
    late = facts[0] if facts else None
    return Showing(code, person, State.MISSING, final, late.occurred_at if late else None, late.id if late else None)


def _moment(rule: EvidenceRule, person: UUID | None, history: History) -> datetime | None:
    """By when it must be there: the first of the events named, or closure; None: still open."""
    before = history.of(rule.by, person, anyone=rule.by_for_all or Role.MATTER in rule.owed_to)[:1]
    return min([*(fact.occurred_at for fact in before), *filter(None, [history.closed_at])], default=None)
