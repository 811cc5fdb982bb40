"""Writing to the ledger. Callers hold the lock of the matter whose chain they extend."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Mapping, MutableMapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from ledger.chain import GENESIS, Plain, digest
from ledger.models import Event, Seal

# Codes, ids, dates and numbers pass; a sentence, a name with a space or an address does not.
_CODE = re.compile(r"[A-Za-z0-9_.:+\-]{1,80}")


@dataclass(frozen=True, kw_only=True)
class Author:
    """Who enters a fact, and for which agency; neither for the system itself."""

    person: UUID | None = None
    agency: UUID | None = None


SYSTEM = Author()


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An event to be: what a service says happened. `occurred_at` is aware; `detail` holds codes and ids only."""

    kind: str
    occurred_at: datetime
    about: UUID | None = None
    detail: Mapping[str, Plain] = field(default_factory=dict)
    corrects: UUID | None = None
    by: Author = SYSTEM
    recorded_at: datetime | None = None  # only for a history brought over from elsewhere

    def __post_init__(self) -> None:
        # Python compares two times of the same zone by the hands of the clock, which is wrong at its changes.
        object.__setattr__(self, "occurred_at", self.occurred_at.astimezone(UTC))


@dataclass(frozen=True)
class Head:
    """The end of a matter's chain: how many events it has and the hash of the last."""

    position: int = 0
    hash: str = GENESIS


def append(
    *,
    entries: Iterable[tuple[UUID, Entry]],
    heads: MutableMapping[UUID, Head],
    recorded_at: datetime,
) -> list[Event]:
    """Write entries (matter, entry) at the ends of their chains, in the order given.

    `heads` gives the present end of each matter's chain (absent: a new chain) and is moved along. The caller
    holds each matter's lock, so that two writers cannot extend the same chain.
    Raises ValueError when a detail holds anything but codes, ids and numbers, and for a history from before the last
    seal, which says that the ledger is complete until then.
    """
    entries = list(entries)
    _refuse_what_is_sealed(entry.recorded_at for _, entry in entries)
    events = []
    for matter, entry in entries:
        _refuse_free_text(entry.detail)
        head = heads.get(matter, Head())
        event = Event(
            id=uuid.uuid4(),
            matter=matter,
            position=head.position + 1,
            kind=entry.kind,
            occurred_at=entry.occurred_at,
            recorded_at=entry.recorded_at or recorded_at,
            recorded_by=entry.by.person,
            agency=entry.by.agency,
            about=entry.about,
            corrects_id=entry.corrects,
            detail=dict(entry.detail),
            previous=head.hash,
        )
        event.hash = expected_hash(event)
        heads[matter] = Head(event.position, event.hash)
        events.append(event)
    Event.objects.bulk_create(events, batch_size=2000)
    return events


def expected_hash(event: Event) -> str:
    """The hash that the event's stored content and predecessor give."""
    return digest(
        previous=event.previous,
        event=event.pk,
        matter=event.matter,
        position=event.position,
        kind=event.kind,
        occurred_at=event.occurred_at,
        recorded_at=event.recorded_at,
        recorded_by=event.recorded_by,
        agency=event.agency,
        about=event.about,
        corrects=event.corrects_id,
        detail=event.detail,
    )


def _refuse_what_is_sealed(times: Iterable[datetime | None]) -> None:
    first = min((time for time in times if time is not None), default=None)
    if first is not None and Seal.objects.filter(up_to__gte=first).exists():
        raise ValueError("The ledger is sealed: entries from before the last seal cannot be added.")


def _refuse_free_text(detail: Mapping[str, Plain]) -> None:
    for key, value in detail.items():
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, str) and not _CODE.fullmatch(item):
                raise ValueError(f"The ledger takes codes and ids only; {key!r} is neither.")
            if not isinstance(item, str | int | bool):
                raise ValueError(f"The ledger takes codes, ids and whole numbers; {key!r} is {type(item).__name__}.")
