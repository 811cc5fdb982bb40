"""Reading charters and the facts behind a matter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
from standards import engine
from standards.charter_file import parse
from standards.engine import Outcome, Showing
from standards.facts import Fact, History, continued, merged, superseded
from standards.models import Charter, Clock, Matter, Promise


class NoCharter(LookupError):
    """No charter of the partnership was in force on that day."""

    @classmethod
    def on(cls, day: date) -> NoCharter:
        return cls(f"No standards of this partnership were in force on {day:%-d %B %Y}.")


def versions_of(partnership: UUID | None) -> list[tuple[date, int]]:
    """Since when each version of a partnership's charter, or without one of the layer, is in force; latest first."""
    versions = Charter.objects.standing().filter(partnership=partnership).order_by("-effective_from")
    return list(versions.values_list("effective_from", "pk"))


def layer_in_force(on: date) -> Charter | None:
    """What the law added on this (London) day to every partnership's own standards."""
    layers = Charter.objects.standing().filter(partnership__isnull=True, effective_from__lte=on)
    return layers.order_by("-effective_from").first()


def charter_in_force(partnership: UUID, on: date) -> Charter:
    """The version that matters received on this (London) day run under."""
    versions = Charter.objects.standing().filter(partnership=partnership, effective_from__lte=on)
    charter = versions.order_by("-effective_from").first()
    if charter is None:
        raise NoCharter.on(on)
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


def chains_behind(matters: Iterable[Matter]) -> dict[UUID, list[Event]]:
    """The events of these matters, of those they were merged into and of those they continue: they count for them."""
    chains: dict[UUID, list[Event]] = {}
    for matter in matters:
        chains |= {pk: [] for pk in (matter.pk, matter.merged_into_id, *earlier_duties(matter)) if pk}
    for event in events_of(chains):
        chains[event.matter].append(event)
    return chains


def facts_behind(matter: Matter, chains: Mapping[UUID, Iterable[Event]]) -> list[Fact]:
    """What counts for a matter: its own facts, and what was done since in the one that it was merged into."""
    own = [fact(event) for event in chains[matter.pk]]
    for earlier in earlier_duties(matter):
        own = continued(own, [fact(event) for event in chains[earlier]])
    if matter.merged_into_id is None:
        return own
    return merged(own, [fact(event) for event in chains[matter.merged_into_id]])


def earlier_duties(matter: Matter) -> list[UUID]:
    """The same standing duty under the standards before, and before those."""
    found: list[UUID] = []
    before = matter.continues_id
    while before:
        found.append(before)
        before = Matter.objects.values_list("continues", flat=True).get(pk=before)
    return found


def not_standing(matters: Iterable[UUID] | QuerySet) -> frozenset[UUID]:
    """The ids of the entries of these matters that were corrected or withdrawn, and count no more."""
    correcting = [fact(event) for event in Event.objects.filter(matter__in=matters, corrects__isnull=False)]
    return superseded(correcting)


def known_since(matter: UUID) -> dict[UUID, datetime]:
    """Since when each person of a matter has been known to any agency."""
    people = History(map(fact, events_of([matter]))).people
    return {person: min(roles.values()) for person, roles in people.items() if roles}


# --- what a matter shows of its promises ------------------------------------------------------------


def showings(matter: Matter) -> list[Showing]:
    """What the matter shows of the promises that events must show, as things stand: nothing of it is stored."""
    facts = facts_behind(matter, chains_behind([matter]))
    return engine.show(rules_with_layer(matter.charter_id, matter.layer_id), facts, rules.Kind(matter.kind))


def missing(matter: Matter) -> list[Showing]:
    """What was promised and the matter does not show: closed as it is now, it counts as not kept."""
    return engine.missing(showings(matter))


@lru_cache(maxsize=256)
def kinds_asked_for(charter: int, layer: int | None, kind: rules.Kind) -> frozenset[str]:
    """The kinds of event that anything promised of matters of this kind hangs on."""
    asked: set[str] = set()
    for promise in rules_with_layer(charter, layer).judged:
        if (clock := promise.clock) and clock.matter is kind:
            asked.update(clock.start, clock.stop, clock.waived_by, clock.opt_out, clock.agreed_by)
        for rule in promise.shown_by:
            if rule.matter is kind:
                asked.update(rule.start, rule.events, rule.never, rule.by)
    return frozenset(asked)


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


def every_clock_led_by(user: User) -> QuerySet[Clock]:
    """The clocks that a team lead's agency, or a manager's partnership, answers for."""
    return Clock.objects.filter(_led_by(user, "agency"))


def clocks_led_by(user: User) -> QuerySet[Clock]:
    """Those of them that have a deadline: what can be kept or missed."""
    return every_clock_led_by(user).filter(due_at__isnull=False)


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
