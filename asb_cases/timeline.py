"""What happened in a case, in words: when it happened, when it was entered, and which promise it settled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from django.urls import reverse

from asb_cases.event_words import Names, sentence
from asb_cases.models import Case, Note
from asb_cases.policies import check_can_correct
from frontend.components import Entry
from frontend.words import duration_words
from ledger.models import Event
from ledger.selectors import events_of
from partners.models import Agency, User
from partners.policies import allowed
from standards.engine import Outcome
from standards.facts import superseded
from standards.models import Clock
from standards.selectors import deadline, fact
from standards.words import basis_words, duty_words

ENTRIES_PER_PAGE = 50

# Entered so much later than it happened, an entry is marked as late.
LATE_ENTRY = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class TimelineItem(Entry):
    """One entry of the timeline, and the event it tells of."""

    event: Event


def timeline(case: Case, user: User) -> list[TimelineItem]:
    """Every entry, newest first by when it happened, as the person may see it. The case comes with its people."""
    names = {party.pk: party.person.short_name for party in case.parties.all()}
    notes = dict(Note.objects.filter(case=case).values_list("event", "text"))
    return [
        replace(item, url=_correction_url(case, item.event), url_words="Correct")
        if not item.superseded and allowed(check_can_correct, user, case, item.event)
        else item
        for item in _timeline(case.pk, names, notes)
    ]


def anonymous_timeline(matter: UUID) -> list[TimelineItem]:
    """The same without names of people in the case and without notes, for those who may not open it.

    Of any matter: a duty to the public has a timeline too, and is no case.
    """
    return _timeline(matter, names={}, notes={})


def places_in(case: Case, items: Sequence[TimelineItem]) -> dict[UUID, str]:
    """Where each event is told in the pages of the timeline, as an address."""
    address = reverse("case_timeline", args=[case.matter.reference])
    return {
        item.event.pk: f"{address}?page={place // ENTRIES_PER_PAGE + 1}#{item.anchor}"
        for place, item in enumerate(items)
    }


def _timeline(matter: UUID, names: Mapping[UUID, str], notes: Mapping[UUID, str]) -> list[TimelineItem]:
    events = list(events_of([matter]))
    named = [who for event in events for who in (event.recorded_by, event.detail.get("officer")) if who]
    people = dict(User.objects.filter(pk__in=named).values_list("pk", "name"))
    agencies = dict(Agency.objects.values_list("pk", "name"))
    settled = _settled(matter, names)
    gone = superseded(map(fact, events))
    known = Names(parties=names, people=people, agencies=agencies)
    items = [
        TimelineItem(
            event=event,
            anchor=f"entry-{event.pk}",
            title=sentence(event, known),
            at=event.occurred_at,
            entered=event.recorded_at if event.recorded_at - event.occurred_at > LATE_ENTRY else None,
            by=_by(event, people, agencies),
            text=notes.get(event.pk, ""),
            results=settled.get(event.pk, ()),
            superseded=event.pk in gone,
            system=event.recorded_by is None,
        )
        for event in events
    ]
    return sorted(items, key=lambda item: (item.at, item.event.position), reverse=True)


def _by(event: Event, people: Mapping[UUID, str], agencies: Mapping[UUID, str]) -> str:
    if event.recorded_by is None:
        return "the system"
    names = [people.get(event.recorded_by), agencies.get(event.agency) if event.agency else None]
    return ", ".join(filter(None, names))


def _correction_url(case: Case, event: Event) -> str:
    return reverse("correct_entry", args=[case.matter.reference, event.pk])


def _settled(matter: UUID, names: Mapping[UUID, str]) -> Mapping[UUID, list[str]]:
    """Which promises each event ended, in words."""
    settled: dict[UUID, list[str]] = defaultdict(list)
    ended = Clock.objects.filter(matter=matter, ended_by__isnull=False).exclude(outcome=Outcome.VOID)
    for clock in ended.select_related("promise__charter").order_by("due_at"):
        person = names.get(clock.about) if clock.about else None
        if clock.ended_by:
            settled[clock.ended_by].append(
                f"{duty_words(clock, person)}: {_outcome_words(clock)} ({basis_words(clock)})"
            )
    return settled


def _outcome_words(clock: Clock) -> str:
    took = duration_words(clock.ended_at - clock.started_at) if clock.ended_at else ""
    match Outcome(clock.outcome):
        case Outcome.KEPT:
            return f"kept after {took}"
        case Outcome.MISSED:
            late = duration_words(clock.ended_at - deadline(clock)) if clock.ended_at else ""
            return f"done {late} late" if clock.done else "missed, never done"
        case Outcome.MEASURED:
            return f"done after {took}"
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
