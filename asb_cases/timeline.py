"""What happened in a case, in words: when it happened, when it was entered, and which promise it settled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from asb_cases.event_words import Names, sentence
from asb_cases.models import Case, Note
from frontend.words import duration_words
from ledger.models import Event
from ledger.selectors import events_of
from partners.models import Agency, User
from standards.engine import Outcome
from standards.models import Clock
from standards.words import basis_words, duty_words

# Entered so much later than it happened, an entry is marked as late.
LATE_ENTRY = timedelta(hours=1)


@dataclass
class TimelineItem:
    """One entry of the timeline."""

    event: Event
    title: str
    occurred_at: datetime
    recorded_at: datetime
    by: str
    agency: str
    note: str = ""
    settled: list[str] = field(default_factory=list)  # "Contact Ms Khan: kept after 3 hours"
    superseded: bool = False  # withdrawn, or corrected by a later entry

    @property
    def entered_late(self) -> bool:
        return self.recorded_at - self.occurred_at > LATE_ENTRY


def timeline(case: Case) -> list[TimelineItem]:
    """Every entry, newest first by when it happened. The case comes with its people."""
    events = list(events_of([case.pk]))
    names = {party.pk: party.person.short_name for party in case.parties.all()}
    people = dict(User.objects.filter(pk__in={event.recorded_by for event in events}).values_list("pk", "name"))
    agencies = dict(Agency.objects.values_list("pk", "name"))
    notes = dict(Note.objects.filter(case=case).values_list("event", "text"))
    settled = _settled(case, names)
    superseded = {event.corrects_id for event in events if event.corrects_id}
    known = Names(parties=names, people=people, agencies=agencies)
    items = [
        TimelineItem(
            event=event,
            title=sentence(event, known),
            occurred_at=event.occurred_at,
            recorded_at=event.recorded_at,
            by=people.get(event.recorded_by, "") if event.recorded_by else "the system",
            agency=agencies.get(event.agency, "") if event.agency else "",
            note=notes.get(event.pk, ""),
            settled=settled.get(event.pk, []),
            superseded=event.pk in superseded,
        )
        for event in events
    ]
    return sorted(items, key=lambda item: (item.occurred_at, item.event.position), reverse=True)


def _settled(case: Case, names: Mapping[UUID, str]) -> Mapping[UUID, list[str]]:
    """Which promises each event ended, in words."""
    settled: dict[UUID, list[str]] = defaultdict(list)
    ended = Clock.objects.filter(matter=case.pk, ended_by__isnull=False).exclude(outcome=Outcome.VOID)
    for clock in ended.select_related("promise__charter").order_by("due_at"):
        person = names.get(clock.about) if clock.about else None
        settled[clock.ended_by].append(f"{duty_words(clock, person)}: {_outcome_words(clock)} ({basis_words(clock)})")
    return settled


def _outcome_words(clock: Clock) -> str:
    took = duration_words(clock.ended_at - clock.started_at) if clock.ended_at else ""
    match Outcome(clock.outcome):
        case Outcome.KEPT:
            return f"kept after {took}"
        case Outcome.MISSED:
            late = duration_words(clock.ended_at - clock.due_at) if clock.ended_at else ""
            return f"done {late} late"
        case Outcome.GAVE_WAY:
            return "gave way to another promise"
        case Outcome.RECLASSIFIED_LATE:
            return "already past due when this became known"
        case Outcome.ATTEMPTED:
            return "ended, could not be reached"
        case Outcome.WAIVED:
            return "released by the person"
        case _:
            return "ended"
