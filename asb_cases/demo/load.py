"""Telling the stories to the system, by the same services that people use."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from django.db import transaction

from asb_cases.demo.casework import DAY, Story
from asb_cases.demo.cast import Company, engage
from asb_cases.demo.stories import Teller
from asb_cases.models import Note, Report
from asb_cases.services.intake import Opened, receive_reports
from asb_cases.services.standing import refresh
from ledger.services import Author, Entry
from ledger.vocabulary import EventKind
from standards.calendar import LONDON
from standards.models import Breach, Clock
from standards.selectors import deadline
from standards.services import record_history
from standards.sweep import mark_missed
from standards.vocabulary import MissReason, Verdict

SEED = 2026
YEARS = timedelta(days=730)
BATCH = 200
# Left to the sweep, so that whoever starts the demonstration sees promises being missed.
LEFT_TO_THE_SWEEP = timedelta(minutes=5)

REASONS = {
    MissReason.WORKLOAD: "Three urgent cases that day. I have asked for cover on Mondays.",
    MissReason.ABSENCE: "Sick leave, and the case was not passed on. A deputy is named now.",
    MissReason.NO_ANSWER: "Tried twice by telephone. Should have called at the door.",
    MissReason.HANDOVER: "The case lay with the other agency for two days before it reached us.",
    MissReason.OVERSIGHT: "I overlooked it. The list is now checked every morning.",
}


@transaction.atomic
def load(now: datetime, say: Callable[[str], None]) -> None:
    """Fill an empty database with the demonstration: all of it, or when interrupted nothing."""
    for company in engage():
        chance = random.Random(f"{SEED} {company.partnership.slug}")
        teller = Teller(company, now, chance)
        count = 0
        for stories in _batches(_stories(teller, now, chance)):
            _live_through(company, stories, now, chance)
            count += len(stories)
        say(f"{company.partnership.name}: {count} cases")


def _stories(teller: Teller, now: datetime, chance: random.Random) -> Iterator[Story]:
    day = now - YEARS
    while day < now:
        for _ in range(chance.choices((0, 1, 2, 3), (54, 32, 11, 3))[0]):
            # Most reports come in the daytime and in the evening.
            hour = chance.choices(range(24), (1,) * 7 + (4,) * 10 + (6,) * 6 + (2,))[0]
            local = day.astimezone(LONDON).replace(hour=hour, minute=chance.randrange(60), second=0, microsecond=0)
            if local < now:
                yield teller.story(local)
        day += DAY
    # On the demonstration caseworker's desk: promises that run out in the next minutes, and one that just has.
    for minutes in (2, 6, 15, 45, -3 * 60):
        yield teller.story(now - 2 * DAY + timedelta(minutes=minutes), officer=0, idle=True)


def _batches(stories: Iterator[Story]) -> Iterator[list[Story]]:
    while batch := list(islice(stories, BATCH)):
        yield batch


def _live_through(company: Company, stories: list[Story], now: datetime, chance: random.Random) -> None:
    opened = receive_reports([story.report for story in stories])
    acts: list[tuple[UUID, Entry]] = []
    words: list[tuple[UUID, str]] = []
    for story, one in zip(stories, opened, strict=True):
        for entry, note in story.acts:
            about = one.parties[entry.about.int].pk if entry.about else None
            acts.append((one.case.pk, replace(entry, about=about)))
            words.append((one.case.pk, note))
    events = record_history(acts) if acts else []
    _reported_again(company, stories, opened)
    Note.objects.bulk_create(
        Note(event=event.pk, case_id=case, text=text) for event, (case, text) in zip(events, words, strict=True) if text
    )
    _look_back(company, [one.case.pk for one in opened], now, chance)
    refresh([one.case.pk for one in opened], now)


def _reported_again(company: Company, stories: list[Story], opened: list[Opened]) -> None:
    """The further reports in the stories, as they were taken."""
    Report.objects.bulk_create(
        Report(
            case=one.case,
            partnership=company.partnership,
            channel=str(entry.detail["channel"]),
            received_at=entry.occurred_at,
            entered_at=entry.recorded_at or entry.occurred_at,
            taken_for_id=story.report.taken_for,
            taken_by_id=entry.by.person,
            reporter=one.parties[entry.about.int],
            description=note,
            source=story.report.source,
            external_reference=f"{story.report.external_reference}-{number}",
        )
        for story, one in zip(stories, opened, strict=True)
        for number, (entry, note) in enumerate(story.acts)
        if entry.kind == EventKind.REPORT_RECEIVED and entry.about is not None
    )


def _look_back(company: Company, cases: list[UUID], now: datetime, chance: random.Random) -> None:
    """Promises missed in the past were noticed then, and most were explained and reviewed."""
    late = list(
        Clock.objects.filter(matter__in=cases, next_check_at__isnull=False, due_at__lt=now - LEFT_TO_THE_SWEEP)
        .select_related("matter", "promise")
        .order_by("due_at", "pk")
    )
    mark_missed(late)
    breaches = {breach.clock_id: breach for breach in Breach.objects.filter(clock__in=late)}
    explained, entries = [], []
    for clock in late:
        # The older a miss, the surer that somebody has said why.
        if chance.random() < (
            1 if deadline(clock) > now - 4 * DAY else 0.2 if deadline(clock) > now - 45 * DAY else 0.01
        ):
            continue
        breach = breaches[clock.pk]
        said_at = _at_work(deadline(clock) + timedelta(hours=chance.randrange(4, 60)), chance)
        _explain(company, clock, breach, said_at, chance)
        entries.append(_noted(clock, EventKind.BREACH_EXPLAINED, said_at, breach.explained_by_id, reason=breach.reason))
        reviewed_at = _at_work(said_at + timedelta(hours=chance.randrange(2, 90)), chance)
        if reviewed_at < now and chance.random() < (0.5 if deadline(clock) > now - 45 * DAY else 0.99):
            _review(company, clock, breach, reviewed_at, chance)
            entries.append(
                _noted(clock, EventKind.BREACH_REVIEWED, reviewed_at, breach.reviewed_by_id, verdict=breach.verdict)
            )
        explained.append(breach)
    if explained:
        said = ["reason", "explanation", "explained_by", "explained_at", "verdict", "reviewed_by", "reviewed_at"]
        Breach.objects.bulk_create(explained, update_conflicts=True, unique_fields=["pk"], update_fields=said)
        record_history(entries)


def _at_work(at: datetime, chance: random.Random) -> datetime:
    return at.astimezone(LONDON).replace(hour=chance.randrange(8, 17), minute=chance.randrange(60)) + DAY


def _explain(company: Company, clock: Clock, breach: Breach, at: datetime, chance: random.Random) -> None:
    reason = chance.choice(list(REASONS))
    breach.reason, breach.explanation = reason, REASONS[reason]
    breach.explained_by_id = clock.matter.officer_id or _lead(company, clock)
    breach.explained_at = at


def _review(company: Company, clock: Clock, breach: Breach, at: datetime, chance: random.Random) -> None:
    breach.verdict = chance.choices((Verdict.ACCEPTED, Verdict.NOT_ACCEPTED), (45, 55))[0]
    lead = _lead(company, clock)
    breach.reviewed_by_id = company.manager.pk if breach.explained_by_id == lead else lead
    breach.reviewed_at = at


def _lead(company: Company, clock: Clock) -> UUID:
    return next(team.lead.pk for team in company.teams if team.agency.pk == clock.matter.agency_id)


def _noted(clock: Clock, kind: EventKind, at: datetime, by: UUID | None, **detail: str) -> tuple[UUID, Entry]:
    entry = Entry(
        kind=kind,
        occurred_at=at,
        recorded_at=at,
        about=clock.about,
        detail={"promise": clock.promise.code, "clock": clock.pk, **detail},
        by=Author(person=by, agency=clock.matter.agency_id),
    )
    return clock.matter_id, entry
