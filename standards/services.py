"""Writing facts and storing the judgement that follows from them.

`record` is the only way anything happens to a matter: it locks the matter, appends to the ledger, judges, and stores
the clocks that changed, in one transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Q

from ledger.models import Event
from ledger.selectors import events_of
from ledger.services import Author, Entry, Head, append
from ledger.vocabulary import EventKind
from partners.models import User
from standards import holidays
from standards.calendar import LONDON, Calendar
from standards.charter import Kind
from standards.engine import history_of, judge, show
from standards.facts import OPENERS, effective, superseded
from standards.models import Matter
from standards.selectors import (
    NoCharter,
    chains_behind,
    fact,
    facts_behind,
    promises_of,
    rules_with_layer,
    versions_of,
)
from standards.storing import Judged, store
from standards.vocabulary import MatterKind

CLOCK_SKEW = timedelta(minutes=1)
MERGED_ALREADY = "One of the two was merged into another case already. Use that one."

_LOOK = """
SELECT statement_timestamp(), ARRAY(SELECT m.id FROM standards_matter m WHERE m.merged_into_id = ANY(%s::uuid[]))
"""


class RefusedEntry(ValueError):
    """A fact that cannot be recorded; the message says why, in words for the person who tried."""


@dataclass(frozen=True, kw_only=True)
class Opening:
    """A matter to be opened, with its first entries, among them at least one that opens it (`facts.OPENERS`)."""

    id: UUID
    kind: MatterKind
    reference: str
    partnership: UUID
    agency: UUID
    officer: UUID | None
    entries: Sequence[Entry]
    neighbourhood: UUID | None = None
    continues: UUID | None = None


@transaction.atomic
def open_matters(openings: Sequence[Opening]) -> list[Matter]:
    """Open matters under the charter in force when each was received, record their first entries and judge them."""
    now = database_time()
    in_force = _InForce()
    matters = []
    for opening in openings:
        received_at = min(entry.occurred_at for entry in opening.entries if entry.kind in OPENERS)
        charter, layer = in_force.on(opening.partnership, received_at.astimezone(LONDON).date())
        matters.append(
            Matter(
                id=opening.id,
                kind=opening.kind,
                reference=opening.reference,
                partnership_id=opening.partnership,
                charter_id=charter,
                layer_id=layer,
                neighbourhood_id=opening.neighbourhood,
                continues_id=opening.continues,
                agency_id=opening.agency,
                officer_id=opening.officer,
                received_at=received_at,
            )
        )
    Matter.objects.bulk_create(matters, batch_size=2000)
    entries = [(opening.id, entry) for opening in openings for entry in opening.entries]
    _append_and_judge(matters, entries, now, new=True)
    return matters


class _InForce:
    """Which standards matters of a day run under; the versions are read once, however many days there are."""

    def __init__(self) -> None:
        self.versions: dict[UUID | None, list[tuple[date, int]]] = {}

    def on(self, partnership: UUID, day: date) -> tuple[int, int | None]:
        charter = self._version(partnership, day)
        if charter is None:
            raise RefusedEntry(str(NoCharter.on(day)))
        return charter, self._version(None, day)

    def _version(self, whose: UUID | None, day: date) -> int | None:
        if whose not in self.versions:
            self.versions[whose] = versions_of(whose)
        return next((pk for since, pk in self.versions[whose] if since <= day), None)


@transaction.atomic
def record(*, matter: UUID, entries: Sequence[Entry]) -> list[Event]:
    """Record what happened to a matter and judge it again.

    Raises RefusedEntry for a time in the future or a correction of something that is not an entry of this matter,
    HolidaysUnknown when a deadline needs a year that the bank-holiday table does not have.
    """
    locked, now = _lock([matter])
    for entry in entries:
        if entry.occurred_at > now + CLOCK_SKEW:
            raise RefusedEntry("The time is in the future. Record what has happened.")
    # A host whose clock is a little ahead of the database's means "now".
    past = [replace(entry, occurred_at=min(entry.occurred_at, now)) for entry in entries]
    return _append_and_judge(locked, [(matter, entry) for entry in past], now)


@transaction.atomic
def record_history(entries: Sequence[tuple[UUID, Entry]]) -> list[Event]:
    """Record facts of many matters, with the times at which another system entered them. For histories brought over."""
    locked, now = _lock(sorted({matter for matter, _ in entries}))
    return _append_and_judge(locked, entries, now)


@transaction.atomic
def judge_again(matters: Sequence[UUID], *, edition: int | None = None) -> None:
    """Judge matters from the facts they already have; with an edition, say in their ledger that holidays changed."""
    locked, now = _lock(matters)
    entries: list[tuple[UUID, Entry]] = []
    if edition is not None:
        entry = Entry(kind=EventKind.CALENDAR_CHANGED, occurred_at=now, detail={"edition": edition})
        entries = [(matter.pk, entry) for matter in locked]
    _append_and_judge(locked, entries, now)


@transaction.atomic
def assign(*, matter: UUID, officer: User, by: Author) -> None:
    """Make an officer answerable. No deadline moves (rule 3)."""
    everything, now = _lock([matter])
    locked = next(one for one in everything if one.pk == matter)
    locked.officer = officer
    locked.save(update_fields=["officer"])
    detail = {"officer": str(officer.pk)}
    entry = Entry(kind=EventKind.OFFICER_ASSIGNED, occurred_at=now, detail=detail, by=by)
    _append_and_judge(everything, [(matter, entry)], now)


@transaction.atomic
def transfer(*, matter: UUID, agency: UUID, reason: str, by: Author) -> None:
    """Make another agency answerable, and no officer until it names one. No deadline moves (rule 3)."""
    everything, now = _lock([matter])
    locked = next(one for one in everything if one.pk == matter)
    locked.agency_id, locked.officer = agency, None
    locked.save(update_fields=["agency", "officer"])
    detail = {"agency": str(agency), "reason": reason}
    entry = Entry(kind=EventKind.MATTER_TRANSFERRED, occurred_at=now, detail=detail, by=by)
    _append_and_judge(everything, [(matter, entry)], now)


@transaction.atomic
def merge(*, matter: UUID, into: UUID, same: Mapping[UUID, UUID], by: Author) -> None:
    """Merge a matter into another. Its clocks run on, and what is done there afterwards counts for it (X-30).

    `same` says which of its people is whom there. Raises RefusedEntry for matters of two partnerships, for one that is
    merged already, and where the other is, or others were merged into this one.
    """
    locked, now = _lock([matter, into])
    if any(one.merged_into_id for one in locked if one.pk == matter):
        raise RefusedEntry(MERGED_ALREADY)
    entries = [
        Entry(kind=EventKind.PARTY_SAME, occurred_at=now, about=person, detail={"as": str(there)}, by=by)
        for person, there in same.items()
    ]
    entries.append(Entry(kind=EventKind.MATTER_MERGED, occurred_at=now, detail={"into": str(into)}, by=by))
    _append_and_judge(locked, [(matter, entry) for entry in entries], now)


def hold(matter: UUID) -> Matter:
    """The matter as it is now, locked until the transaction ends: what is decided on it stays true."""
    return Matter.objects.select_for_update(no_key=True).get(pk=matter)


def _lock(matters: Sequence[UUID]) -> tuple[list[Matter], datetime]:
    """Lock matters, and those merged into them, in a fixed order; with the time at which all are locked.

    NO KEY: other transactions may still point foreign keys at them. What is merged comes last: it may turn up only
    when we hold the other already, see below.
    """
    these = Q(pk__in=matters) | Q(merged_into__in=matters) | Q(continues__in=matters)
    in_order = F("merged_into_id").asc(nulls_first=True), "pk"
    while True:
        locked = list(Matter.objects.select_for_update(no_key=True).filter(these).order_by(*in_order))
        now, merged = look(matters)
        # A merge that commits while we wait for its lock is not in what our statement began with.
        if merged <= {matter.pk for matter in locked}:
            break
    if not {matter.pk for matter in locked} >= set(matters):
        raise Matter.DoesNotExist
    return locked, now


def database_time() -> datetime:
    """The database's clock, not the host's: a host that is a day ahead must not miss or forgive anything."""
    return look()[0]


def look(matters: Sequence[UUID] = ()) -> tuple[datetime, frozenset[UUID]]:
    """The database's time, and what is merged into these matters at that time. One query, since every `record` asks."""
    with connection.cursor() as cursor:
        cursor.execute(_LOOK, [list(matters)])
        now, merged = cursor.fetchone()
    return now, frozenset(merged)


def _append_and_judge(
    matters: Sequence[Matter],
    entries: Sequence[tuple[UUID, Entry]],
    now: datetime,
    *,
    new: bool = False,
) -> list[Event]:
    chains: dict[UUID, list[Event]] = _chains(matters, new=new)
    _check_corrections(chains, entries)
    heads = {pk: Head(chain[-1].position, chain[-1].hash) for pk, chain in chains.items() if chain}
    added = append(entries=entries, heads=heads, recorded_at=now)
    for event in added:
        chains[event.matter].append(event)
    _follow_mergers(matters, chains)
    store(judged=_judge(matters, chains, now), now=now, new=new)
    return added


def _chains(matters: Sequence[Matter], *, new: bool) -> dict[UUID, list[Event]]:
    """What is behind the matters; new ones have nothing yet, unless they continue others."""
    if new and not any(matter.continues_id for matter in matters):
        return {matter.pk: [] for matter in matters}
    return chains_behind(matters)


def _follow_mergers(matters: Sequence[Matter], chains: dict[UUID, list[Event]]) -> None:
    """Make each matter belong to the one that its entries say: withdrawn, the merger is none; corrected, another.

    Adds the chains of those that they are merged into now. Raises RefusedEntry where that cannot be.
    """
    for matter in matters:
        into = _merged_into(chains[matter.pk])
        if into == matter.merged_into_id:
            continue
        if into is not None:
            _check_merger(matter, into, matters)
            if into not in chains:
                chains |= {into: list(events_of([into]))}
        matter.merged_into_id = into
        matter.save(update_fields=["merged_into"])


def _merged_into(chain: Sequence[Event]) -> UUID | None:
    if all(event.kind != EventKind.MATTER_MERGED for event in chain):
        return None  # of nearly every matter
    mergers = [one for one in effective(map(fact, chain)) if one.kind == EventKind.MATTER_MERGED]
    return UUID(str(mergers[-1].detail["into"])) if mergers else None


def _check_merger(own: Matter, into: UUID, locked: Sequence[Matter]) -> None:
    other = next((one for one in locked if one.pk == into), None)
    if other is None:  # a correction names another: what is recorded there meanwhile waits for us
        other = Matter.objects.select_for_update(no_key=True).filter(pk=into).first()
    if other is None or own.pk == other.pk or own.partnership_id != other.partnership_id or own.kind != other.kind:
        raise RefusedEntry("Only two cases of the same partnership can be merged.")
    if other.merged_into_id:
        raise RefusedEntry(MERGED_ALREADY)
    if any(one.merged_into_id == own.pk for one in locked):
        raise RefusedEntry("Other cases were merged into this one. Merge the other case into it instead.")


def _judge(matters: Sequence[Matter], chains: Mapping[UUID, list[Event]], now: datetime) -> Iterable[Judged]:
    calendars: dict[int, Calendar] = {}
    for matter in matters:
        charter = rules_with_layer(matter.charter_id, matter.layer_id)
        if matter.charter_id not in calendars:
            calendars[matter.charter_id] = holidays.calendar_of(charter)
        history = history_of(charter, facts_behind(matter, chains))
        if history.received_at and history.closed_at and history.closed_at < history.received_at:
            raise RefusedEntry("The case would be closed before it was received. Correct the other time first.")
        kind = Kind(matter.kind)
        yield Judged(
            matter=matter,
            received_at=history.received_at or matter.received_at,
            closed_at=history.closed_at,
            judgements=judge(charter, history, calendars[matter.charter_id], now, kind),
            showings=show(charter, history, kind) if history.closed_at or kind.standing else None,
            promises=promises_of(matter.charter_id, matter.layer_id),
            warn_after_share=charter.settings.warn_after_share,
        )


def _check_corrections(chains: Mapping[UUID, list[Event]], entries: Sequence[tuple[UUID, Entry]]) -> None:
    for matter, entry in entries:
        if entry.corrects is None:
            continue
        if entry.corrects not in {event.pk for event in chains[matter]}:
            raise RefusedEntry("There is no such entry to correct.")
        if entry.corrects in superseded(map(fact, chains[matter])):
            raise RefusedEntry("This entry was corrected already, or withdrawn. What counts is the later entry.")
