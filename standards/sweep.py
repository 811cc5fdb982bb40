"""What fell due since the last look: warns while there is time, marks misses, queues alerts.

It asks one partial index for clocks that need a look, so it costs what fell due, not what is open. Any number of
sweeps may run at once: each claims rows that no other holds. A breach carries the deadline as its time, however late
it was noticed. Everything, the heartbeat included, is one transaction for each batch: a sweep killed half-way has
done nothing, and the next does it all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Prefetch
from django.db.models.functions import Now
from django.utils import timezone

from notifications.models import Message
from notifications.services import queue
from notifications.staff import STAFF
from notifications.vocabulary import MessageKind
from partners.selectors import current_postings
from partners.vocabulary import Role
from standards.engine import Outcome
from standards.models import Breach, Clock, Heartbeat, Promise
from standards.selectors import deadline
from standards.words import duty_words

HEARTBEAT = "sweep"
BATCH = 1000


def sweep() -> int:
    """Look at every clock that needs it; how many were looked at."""
    looked_at = 0
    while batch := _sweep_batch():
        looked_at += batch
        if batch < BATCH:
            break
    return looked_at


@transaction.atomic
def _sweep_batch() -> int:
    clocks = list(
        Clock.objects.filter(next_check_at__lt=Now())
        .select_for_update(of=("self",), no_key=True, skip_locked=True)
        .select_related("matter")
        # Few promises stand behind many clocks: read once each, without the whole charter.
        .prefetch_related(Prefetch("promise", Promise.objects.select_related("charter").defer("charter__body")))
        .annotate(asked_at=Now())
        .order_by("next_check_at")[:BATCH]
    )
    if clocks:
        now = clocks[0].asked_at
        past_due = [clock for clock in clocks if deadline(clock) < now]
        in_time = [clock for clock in clocks if deadline(clock) >= now]
        miss(past_due, now)
        Clock.objects.filter(pk__in=[clock.pk for clock in in_time]).update(next_check_at=F("due_at"))
        _alert(in_time, MessageKind.WARNING, now)
    _beat()
    return len(clocks)


def _beat() -> None:
    """The last thing in the transaction: sweeps that run at once wait for each other here, and only for the commit."""
    Heartbeat.objects.bulk_create(
        [Heartbeat(name=HEARTBEAT, beat_at=Now())],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["beat_at"],
    )


def miss(clocks: Sequence[Clock], now: datetime) -> None:
    """Mark locked clocks that are past due as missed, and tell those who answer for it."""
    mark_missed(clocks, detected_at=now)
    _alert(clocks, MessageKind.BREACH, now)


def mark_missed(clocks: Sequence[Clock], *, detected_at: datetime | None = None) -> None:
    """Mark locked clocks that are past due as missed and give each its breach, once.

    `detected_at` is when it was noticed; None says at the deadline itself. Alerts nobody.
    """
    Clock.objects.filter(pk__in=[clock.pk for clock in clocks]).update(outcome=Outcome.MISSED, next_check_at=None)
    known = dict(Breach.objects.filter(clock__in=clocks).values_list("clock", "retracted_at"))
    new = [
        Breach(clock=clock, due_at=due_at, detected_at=max(due_at, detected_at or due_at))
        for clock, due_at in ((clock, deadline(clock)) for clock in clocks)
        if clock.pk not in known or known[clock.pk] is not None
    ]
    Breach.objects.bulk_create(
        [breach for breach in new if breach.clock_id not in known], ignore_conflicts=True, batch_size=2000
    )
    # One that was retracted was of another deadline. It becomes this miss, and wants a reason of its own.
    Breach.objects.bulk_create(
        [breach for breach in new if breach.clock_id in known],
        update_conflicts=True,
        unique_fields=["clock"],
        update_fields=Breach.said(),
    )


def _alert(clocks: Sequence[Clock], kind: MessageKind, now: datetime) -> None:
    """Tell the officer; of a miss also the team leads, of a warning only when there is no officer.

    Somebody is told: an officer who has left is none, and an agency without a team lead has the partnership's manager.
    """
    if not clocks:
        return
    staff = _Staff()
    messages = []
    for clock in clocks:
        key, context = f"{kind}:{clock.pk}:{deadline(clock):%Y%m%dT%H%M%SZ}", _context(clock)
        messages += [
            Message(key=f"{key}:{recipient}", kind=kind, directory=STAFF, recipient=recipient, context=context)
            for recipient in staff.to_tell(clock, kind)
        ]
    queue(messages, at=now)


class _Staff:
    """Who has which role where, now: one query, whatever fell due."""

    def __init__(self) -> None:
        self.here: dict[tuple[UUID, UUID], set[UUID]] = defaultdict(set)
        self.leads: dict[tuple[UUID, UUID], set[UUID]] = defaultdict(set)
        self.managers: dict[UUID, set[UUID]] = defaultdict(set)
        postings = current_postings().values_list("membership__partnership", "membership__agency", "user", "role")
        for partnership, agency, user, role in postings:
            self.here[partnership, agency].add(user)
            if role == Role.TEAM_LEAD:
                self.leads[partnership, agency].add(user)
            elif role == Role.MANAGER:
                self.managers[partnership].add(user)

    def to_tell(self, clock: Clock, kind: MessageKind) -> set[UUID]:
        """Those who answer for it; and while it is still to be done, those who have the case."""
        told = self._at(clock.matter.partnership_id, clock.agency_id, clock.officer_id, kind)
        if clock.ended_at is None:
            told |= self._at(clock.matter.partnership_id, clock.matter.agency_id, clock.matter.officer_id, kind)
        return told

    def _at(self, partnership: UUID, agency: UUID, officer: UUID | None, kind: MessageKind) -> set[UUID]:
        here = partnership, agency
        present = {user for user in self.here[here] if user == officer}
        if kind is MessageKind.WARNING and present:
            return present
        return present | (self.leads[here] or self.managers[partnership])


def _context(clock: Clock) -> dict[str, object]:
    """What the e-mail says: codes, times and our own words. No names: e-mail is not a safe place for them."""
    return {
        "clock": clock.pk,
        "reference": clock.matter.reference,
        "duty": duty_words(clock),
        "promise": f"{clock.promise.charter.short_name} {clock.promise.clause}",
        "summary": clock.promise.summary,
        "due_at": deadline(clock).isoformat(),
    }


def settle_past(matters: Iterable[UUID]) -> None:
    """Mark what these matters missed in the past as missed, without alerting anybody: it is history by now."""
    late = Clock.objects.filter(matter__in=list(matters), next_check_at__isnull=False, due_at__lt=Now())
    mark_missed(list(late.select_for_update(no_key=True)), detected_at=timezone.now())
