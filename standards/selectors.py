"""Reading charters and the facts behind a matter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from django.db.models import Q, QuerySet

from ledger.models import Event
from ledger.selectors import events_of
from ledger.vocabulary import EventKind
from partners.models import User
from partners.selectors import desks_as
from partners.vocabulary import Role
from standards import charter as rules
from standards.charter_file import parse
from standards.engine import Outcome
from standards.facts import Fact, History, superseded
from standards.models import Charter, Clock, Promise


class NoCharter(LookupError):
    """No charter of the partnership was in force on that day."""


def layer_in_force(on: date) -> Charter | None:
    """What the law added on this (London) day to every partnership's own standards."""
    layers = Charter.objects.filter(partnership__isnull=True, effective_from__lte=on)
    return layers.order_by("-effective_from").first()


def charter_in_force(partnership: UUID, on: date) -> Charter:
    """The version that matters received on this (London) day run under."""
    charter = (
        Charter.objects.filter(partnership=partnership, effective_from__lte=on).order_by("-effective_from").first()
    )
    if charter is None:
        raise NoCharter(f"No standards of this partnership were in force on {on:%-d %B %Y}.")
    return charter


@lru_cache(maxsize=256)
def rules_of(charter: int) -> rules.Charter:
    """A stored charter as the engine reads it. Charters never change once loaded, so neither does the answer."""
    body = Charter.objects.values_list("body", flat=True).get(pk=charter)
    return parse(body, event_kinds=EventKind.values)


@lru_cache(maxsize=256)
def rules_with_layer(charter: int, layer: int | None) -> rules.Charter:
    """What a matter runs under: the partnership's own charter, and what the law adds."""
    return rules_of(charter).with_layer(rules_of(layer) if layer else None)


@lru_cache(maxsize=256)
def promises_of(charter: int, layer: int | None = None) -> dict[str, int]:
    """The row of each promise of a charter, and of the layer upon it, by code."""
    return dict(Promise.objects.filter(charter__in=[charter, layer]).values_list("code", "pk"))


@lru_cache(maxsize=4096)
def promise_rule(charter: int, code: str) -> rules.Promise:
    """One promise of a stored charter, as the engine reads it."""
    return next(promise for promise in rules_of(charter).promises if promise.code == code)


def deadline(clock: Clock) -> datetime:
    """The deadline of a clock that has one."""
    if clock.due_at is None:
        raise ValueError(f"No time was promised for {clock}.")
    return clock.due_at


def fact(event: Event) -> Fact:
    """A ledger event as judging reads it."""
    return Fact(event.pk, event.kind, event.occurred_at, event.about, event.detail, event.corrects_id)


def not_standing(matters: Iterable[UUID] | QuerySet) -> frozenset[UUID]:
    """The ids of the entries of these matters that were corrected or withdrawn, and count no more."""
    correcting = [fact(event) for event in Event.objects.filter(matter__in=matters, corrects__isnull=False)]
    void = superseded(correcting)
    return frozenset(one.corrects for one in correcting if one.corrects and one.id not in void)


def known_since(matter: UUID) -> dict[UUID, datetime]:
    """Since when each person of a matter has been known to any agency."""
    people = History(map(fact, events_of([matter]))).people
    return {person: min(roles.values()) for person, roles in people.items() if roles}


# --- clocks as people look at them ------------------------------------------------------------------

# Owed and with a deadline. What has none is measured, and nobody can be late with it.
STILL_OWED = Q(ended_at__isnull=True, due_at__isnull=False)


def missed(at: datetime) -> Q:
    """Clocks whose promise was missed, whether or not a sweep has noticed: stored times decide."""
    return Q(outcome=Outcome.MISSED) | Q(STILL_OWED, due_at__lt=at)


def stands_as_missed(clock: Clock, at: datetime) -> bool:
    """The same of one clock with its breach: a breach that stands, or a deadline that no sweep has looked at yet."""
    breach = getattr(clock, "breach", None)
    if breach is not None and breach.retracted_at is None:
        return True
    return clock.next_check_at is not None and clock.due_at is not None and clock.due_at < at


def still_owed(matters: Iterable[UUID]) -> QuerySet[Clock]:
    """What these matters still owe, soonest deadline first, with the promise."""
    return (
        Clock.objects.filter(STILL_OWED, matter__in=list(matters))
        .select_related("promise__charter")
        .order_by("due_at", "pk")
    )


LEADING = (Role.TEAM_LEAD, Role.MANAGER)


def clocks_led_by(user: User) -> QuerySet[Clock]:
    """The clocks with a deadline that a team lead's agency, or a manager's partnership, answers for."""
    return Clock.objects.filter(_led_by(user, "agency"), due_at__isnull=False)


def duties_led_by(user: User) -> QuerySet[Clock]:
    """What is to be done in the cases that they lead now, whoever answers for a deadline that has passed."""
    return Clock.objects.filter(_led_by(user, "matter__agency"), due_at__isnull=False)


def _led_by(user: User, agency: str) -> Q:
    condition = Q(pk__in=[])
    for desk in desks_as(user, LEADING):
        whose = Q(matter__partnership=desk.partnership)
        if desk.role is Role.TEAM_LEAD:
            whose &= Q(**{agency: desk.agency})
        condition |= whose
    return condition
