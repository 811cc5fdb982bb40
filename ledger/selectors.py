"""Reading and checking the ledger."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from ledger.chain import GENESIS
from ledger.models import Event, Seal
from ledger.services import expected_hash


def events_of(matters: Iterable[UUID]) -> QuerySet[Event]:
    """The chains of these matters, each in its order."""
    return Event.objects.filter(matter__in=list(matters)).order_by("matter", "position")


@dataclass(frozen=True)
class Fault:
    """The first thing wrong in a chain or among the seals."""

    where: str
    what: str


@dataclass(frozen=True)
class Heads:
    """All chain heads at a time, as one hash."""

    matters: int
    events: int
    hash: str


def faults(events: Iterable[Event]) -> Iterator[Fault]:
    """The first fault of each broken chain. `events` come ordered by matter and position."""
    matter: UUID | None = None
    position, previous, broken = 0, GENESIS, False
    for event in events:
        if event.matter != matter:
            matter, position, previous, broken = event.matter, 0, GENESIS, False
        if broken:
            continue
        position += 1
        what = _fault(event, position, previous)
        if what:
            broken = True
            yield Fault(f"matter {event.matter}, event {event.position} ({event.pk})", what)
        previous = event.hash


def _fault(event: Event, position: int, previous: str) -> str | None:
    if event.position != position:
        return f"event {position} of the chain is missing"
    if event.previous != previous:
        return "does not follow the event before it"
    if event.hash != expected_hash(event):
        return "its content was changed after it was recorded"
    return None


def heads_at(up_to: datetime) -> Heads:
    """One hash over the head of every chain, counting events recorded until `up_to`."""
    running, matters, events = hashlib.sha256(), 0, 0
    heads = (
        Event.objects.filter(recorded_at__lte=up_to)
        .order_by("matter", "-position")
        .distinct("matter")
        .values_list("matter", "position", "hash")
    )
    for matter, position, head in heads.iterator(chunk_size=5000):
        running.update(f"{matter} {position} {head}\n".encode())
        matters += 1
        events += position
    return Heads(matters, events, running.hexdigest())


def seal_faults() -> Iterator[Fault]:
    """Seals that no longer agree with the chains, or with each other. Stops at the first."""
    previous = GENESIS
    for seal in Seal.objects.order_by("pk"):
        heads = heads_at(seal.up_to)
        where = f"seal {seal.pk} of {seal.up_to:%Y-%m-%d %H:%M} UTC"
        if seal.previous != previous:
            yield Fault(where, "does not follow the seal before it")
            return
        if (heads.matters, heads.events) != (seal.matters, seal.events):
            yield Fault(where, f"covered {seal.events} events of {seal.matters} matters; "
                               f"now there are {heads.events} of {heads.matters}")  # fmt: skip
            return
        if seal_hash(previous, seal.up_to, heads) != seal.hash:
            yield Fault(where, "the events it covered are not the same any more")
            return
        previous = seal.hash


def seal_hash(previous: str, up_to: datetime, heads: Heads) -> str:
    """The hash of a seal: the seal before it, its time and the heads it covers."""
    text = f"{previous} {up_to.isoformat()} {heads.matters} {heads.events} {heads.hash}"
    return hashlib.sha256(text.encode()).hexdigest()
