"""Standing duties as people look at them: what the standards ask to be shown or done, when it was, when it is due."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum
from uuid import UUID

from django.db.models import Count, F, Max, Q, QuerySet

from community.models import Channel, Publication
from ledger.models import Event
from ledger.vocabulary import EventKind
from partners.models import Neighbourhood, User
from partners.selectors import desks_as, desks_of
from partners.vocabulary import Role
from standards.charter import EvidenceRule, Promise, PublicationRule
from standards.duties import STANDING, open_duties
from standards.engine import Outcome
from standards.models import Clock, Matter
from standards.selectors import not_standing, promises_of, rules_with_layer

# Turns that are older say nothing about how things stand: a period is a year at most.
_LOOK_BACK = timedelta(days=3 * 366)


class State(IntEnum):
    """How something asked for stands, worst first: the order of the list."""

    OVERDUE = 0  # not done in the period that is over, and not made good by the next
    LACKING = 1  # owed once, and never done
    DUE = 2
    DONE = 3


@dataclass(frozen=True)
class Owed:
    """Something that the standards ask of a standing duty."""

    duty: Matter
    code: str
    clause: str
    what: str
    kinds: tuple[EventKind, ...]  # any of them does it
    state: State
    last_at: datetime | None  # when it was last done
    due_at: datetime | None  # None: owed once
    missed_at: datetime | None = None  # the end of the period that passed without it

    @property
    def place(self) -> str:
        return place_of(self.duty)

    def order(self) -> tuple[int, float, str, str]:
        return self.state, self.due_at.timestamp() if self.due_at else 0, self.place, self.code


def place_of(duty: Matter) -> str:
    """Where a duty is owed: a neighbourhood's name, or "Whole partnership"."""
    return duty.neighbourhood.name if duty.neighbourhood else "Whole partnership"


# --- which duties a person sees -----------------------------------------------------------------------


def partnerships_of(user: User) -> dict[UUID, str]:
    """The partnerships in which the person has a desk, with their names."""
    return {desk.partnership: desk.partnership_name for desk in desks_of(user)}


def duties_visible_to(user: User) -> QuerySet[Matter]:
    """Standing duties, ended ones too: whoever has a desk in the partnership may read them."""
    duties = Matter.objects.filter(kind__in=STANDING, partnership__in=partnerships_of(user))
    return duties.select_related("neighbourhood", "agency", "officer", "partnership").order_by(
        "partnership__name", F("neighbourhood__name").asc(nulls_first=True), "received_at"
    )


def open_duties_visible_to(user: User) -> QuerySet[Matter]:
    return duties_visible_to(user).filter(pk__in=open_duties().values("pk"))


def neighbourhoods_visible_to(user: User) -> QuerySet[Neighbourhood]:
    return Neighbourhood.objects.filter(partnership__in=partnerships_of(user)).select_related("partnership")


def publications_visible_to(user: User) -> QuerySet[Publication]:
    """The log, the latest first."""
    return (
        Publication.objects.filter(matter__partnership__in=partnerships_of(user))
        .select_related("matter__neighbourhood", "matter__partnership", "channel", "recorded_by", "withdrawn_by")
        .order_by("-happened_at", "pk")
    )


def duty_at(duty: Matter, at: datetime) -> Matter:
    """The duty of the same place that went on at a time: new standards end one and begin another."""
    same = Matter.objects.filter(partnership=duty.partnership_id, kind=duty.kind, neighbourhood=duty.neighbourhood)
    then = same.filter(Q(closed_at__isnull=True) | Q(closed_at__gt=at), received_at__lte=at)
    return then.order_by("received_at").first() or duty


def channels_of(partnership: UUID, on: date | None = None) -> QuerySet[Channel]:
    """A partnership's channels; with a day those in use then."""
    channels = Channel.objects.filter(partnership=partnership)
    if on is None:
        return channels
    return channels.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)


# --- what is owed -------------------------------------------------------------------------------------


def kinds_for(duty: Matter) -> list[EventKind]:
    """What can be recorded for a duty: the kinds of event that its standards name."""
    kinds = (EventKind(kind) for _, rule in _asked(duty) for kind in rule.events)
    return list(dict.fromkeys(kinds))


def owed(duties: Sequence[Matter], now: datetime) -> list[Owed]:
    """What the standards ask of these duties, overdue first."""
    last = _last_done([duty.pk for duty in duties])
    turns = _turns([duty.pk for duty in duties], now)
    found = []
    for duty in duties:
        rows = promises_of(duty.charter_id, duty.layer_id)
        for promise, rule in _asked(duty):
            kinds = tuple(EventKind(kind) for kind in rule.events)
            done = max((last[duty.pk, kind] for kind in kinds if (duty.pk, kind) in last), default=None)
            state, due_at, missed_at = _standing(rule, done, turns.get((duty.pk, rows[promise.code]), []), now)
            what = rule.what if isinstance(rule, PublicationRule) else promise.summary
            found.append(Owed(duty, promise.code, promise.clause, what, kinds, state, done, due_at, missed_at))
    return sorted(found, key=Owed.order)


def _asked(duty: Matter) -> Iterator[tuple[Promise, EvidenceRule | PublicationRule]]:
    for promise in rules_with_layer(duty.charter_id, duty.layer_id).judged:
        for rule in (promise.evidence, promise.publication):
            if rule and rule.matter == duty.kind and rule.events:
                yield promise, rule


def _standing(
    rule: EvidenceRule | PublicationRule, done: datetime | None, turns: Sequence[Clock], now: datetime
) -> tuple[State, datetime | None, datetime | None]:
    if not rule.every:
        return (State.DONE if done else State.LACKING), None, None
    if not turns:
        return State.DUE, None, None  # ended before its first period began
    latest, before = turns[0], turns[1] if len(turns) > 1 else None
    if latest.due_at and latest.ended_at is None and latest.due_at < now:
        return State.OVERDUE, latest.due_at, None  # nobody has turned it over yet
    if latest.started_at > now:
        return State.DONE, latest.due_at, None  # this period's is done, and the next has not begun
    if before and before.outcome == Outcome.MISSED:
        return State.OVERDUE, latest.due_at, before.due_at
    return State.DUE, latest.due_at, None


def _turns(duties: Collection[UUID], now: datetime) -> dict[tuple[UUID, int], list[Clock]]:
    """The turns of each promise of each duty, the latest first."""
    clocks = Clock.objects.filter(matter__in=duties, started_at__gt=now - _LOOK_BACK, due_at__isnull=False)
    turns: dict[tuple[UUID, int], list[Clock]] = defaultdict(list)
    for clock in clocks.exclude(outcome=Outcome.VOID).order_by("-started_at"):
        turns[clock.matter_id, clock.promise_id].append(clock)
    return turns


def _last_done(duties: Collection[UUID]) -> dict[tuple[UUID, str], datetime]:
    """When each kind of event last happened in each duty, of those that stand."""
    events = Event.objects.filter(matter__in=duties).exclude(pk__in=not_standing(duties)).order_by()
    latest = events.values_list("matter", "kind").annotate(Max("occurred_at"))
    return {(matter, kind): at for matter, kind, at in latest}


# --- neighbourhoods -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    """A neighbourhood, or the whole partnership, with its duty if that goes on."""

    name: str
    neighbourhood: Neighbourhood | None
    duty: Matter | None
    missed: int = 0  # promises missed so far, under every version of the standards

    @property
    def ended(self) -> bool:
        return bool(self.neighbourhood and self.neighbourhood.valid_to)


@dataclass(frozen=True)
class Group:
    """A partnership with its places."""

    name: str
    managed: bool  # by the person who looks
    places: list[Place]


def places(user: User) -> list[Group]:
    """By partnership: the whole of it first, then its neighbourhoods, those that ended last."""
    duties = list(duties_visible_to(user))
    by_place: dict[tuple[UUID, UUID | None], list[Matter]] = defaultdict(list)
    for duty in duties:
        by_place[duty.partnership_id, duty.neighbourhood_id].append(duty)
    missed = _missed(duties)
    managed = {desk.partnership for desk in desks_as(user, (Role.MANAGER,))}
    neighbourhoods = list(neighbourhoods_visible_to(user))
    found = []
    for partnership, name in partnerships_of(user).items():
        here = [one for one in neighbourhoods if one.partnership_id == partnership]
        named: list[tuple[str, Neighbourhood | None]] = [("Whole partnership", None)]
        named += [(one.name, one) for one in sorted(here, key=lambda one: (one.valid_to is not None, one.name.lower()))]
        listed = []
        for words, one in named:
            theirs = by_place[partnership, one.pk if one else None]
            listed.append(Place(words, one, _current(theirs), sum(missed.get(duty.pk, 0) for duty in theirs)))
        found.append(Group(name, partnership in managed, listed))
    return found


def _current(duties: Iterable[Matter]) -> Matter | None:
    """The duty that goes on, or the last one that did."""
    return max(duties, key=lambda duty: (duty.closed_at is None, duty.received_at), default=None)


def _missed(duties: Iterable[Matter]) -> dict[UUID, int]:
    clocks = Clock.objects.filter(matter__in=[duty.pk for duty in duties], outcome=Outcome.MISSED)
    return dict(clocks.order_by().values_list("matter").annotate(Count("pk")))
