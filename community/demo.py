"""Two years of what the demonstration partnerships showed the public: kept, missed, taken back.

Written with the times at which it would have been entered, so it must come before the ledger is first sealed.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils import timezone

from community.figures import Figure, figures
from community.models import Channel, Publication
from community.selectors import open_duties_visible_to, owed
from community.services.duties import add_neighbourhood, begin_partnership_duty
from ledger.services import Author, Entry
from ledger.vocabulary import EventKind
from partners.models import Agency, Partnership, User
from partners.selectors import staff_as
from partners.vocabulary import AgencyKind, Role
from standards.calendar import LONDON
from standards.charter import Expected, Within
from standards.models import Breach, Clock, Matter, MeasureTarget, MeasureValue
from standards.periods import full_periods
from standards.selectors import deadline, rules_with_layer
from standards.services import record_history
from standards.sweep import mark_missed
from standards.vocabulary import MissReason, Verdict

SEED = 2026
YEARS = 2

NEIGHBOURHOODS = {
    "cherwell": ("Orchard Park", "Canalside", "The Leys"),
    "bolsover": ("Castle Hill", "Hillside", "Carr Lane"),
    "northamptonshire": ("Riverside", "Kingsfield", "Abbey Park"),
    "chesterfield": ("Spire View", "Brook Meadow", "Markham", "Holme End", "Queen’s Walk"),
    "coventry": ("Sherbourne Bank", "Foleshill Green", "Earlsmead", "Canley Cross"),
}
RETIRED = (("Ringmaster", date(2015, 3, 31)), ("Bluetooth messages", date(2013, 9, 30)))
# What was shown, and by which channels; of all others the standards' own words are the title.
MEETINGS = {
    EventKind.NEIGHBOURHOOD_MET: "Neighbourhood meeting",
    EventKind.ENGAGEMENT_HELD: "Walkabout with residents",
    EventKind.PRIORITIES_AGREED: "Priorities agreed with residents",
}
WORDS = (
    "Noise at night, parking by the school and the new lighting were talked about. Notes are on the notice board.",
    "What residents asked for at the last meeting was answered point by point.",
    "Who to call, what happens then, and what was done about the reports of the last months.",
)
# Where a target lies, from the baseline.
DIRECTIONS = {Expected.FALL: 0.9, Expected.NOT_RISE: 0.9, Expected.RISE: 1.1, Expected.NOT_FALL: 1.1}
EXPLANATIONS = {
    MissReason.ABSENCE: "The officer was away and nobody stood in. A deputy is named now.",
    MissReason.WORKLOAD: "Put off for a week and then forgotten. The dates are now fixed for the whole year.",
    MissReason.OVERSIGHT: "Nobody had it in the diary. It is checked on the first of each month from now on.",
}


@dataclass(frozen=True)
class Told:
    """A publication to be, with the time at which it was entered."""

    duty: Matter
    kind: EventKind
    at: datetime
    title: str
    text: str
    channel: Channel
    by: User


@transaction.atomic
def load(now: datetime) -> int:
    """Live through the two years in every demonstration partnership; how many publications were recorded."""
    return sum(_live(partnership, now) for partnership in Partnership.objects.filter(demonstration=True))


def _live(partnership: Partnership, now: datetime) -> int:
    chance = random.Random(f"{SEED} community {partnership.slug}")
    began = timezone.localdate(now) - relativedelta(years=YEARS)
    council = Agency.objects.get(memberships__partnership=partnership, kind=AgencyKind.COUNCIL)
    manager, lead = (_staff(partnership, council, role) for role in (Role.MANAGER, Role.TEAM_LEAD))
    begin_partnership_duty(partnership=partnership.pk, agency=council.pk, officer=manager.pk, since=began, by=manager)
    for name in NEIGHBOURHOODS.get(partnership.slug, ("North", "South", "Centre")):
        add_neighbourhood(
            partnership=partnership.pk, name=name, valid_from=began, agency=council.pk, officer=lead.pk, by=manager
        )
    Channel.objects.bulk_create(
        Channel(partnership=partnership, name=name, valid_from=date(2010, 4, 1), valid_to=last)
        for name, last in RETIRED
    )
    duties = [duty for duty in open_duties_visible_to(manager) if duty.partnership_id == partnership.pk]
    told = [one for duty in duties for one in _told(duty, now, chance)]
    _record(told)
    _look_back([duty.pk for duty in duties], manager, now, chance)
    for figure in figures([partnership], timezone.localdate(now)):
        _measure(figure, manager, timezone.localdate(now), chance)
    return len(told)


def _staff(partnership: Partnership, agency: Agency, role: Role) -> User:
    return staff_as([role], partnership=partnership.pk, agency=agency.pk)[0]


# --- publications -------------------------------------------------------------------------------------


def _told(duty: Matter, now: datetime, chance: random.Random) -> Iterator[Told]:
    """What was done in each period of what is asked again and again, and of most of what is asked once."""
    in_use = Channel.objects.filter(partnership=duty.partnership_id, valid_to__isnull=True).order_by("name")
    channels = {channel.name: channel for channel in in_use}
    year_starts_in = rules_with_layer(duty.charter_id, duty.layer_id).settings.year_starts_in
    everys = _intervals(duty)
    for item in owed([duty], now):
        every = everys[item.code, item.kinds]
        for first, last in _periods(every, year_starts_in, duty, now):
            # Monthly meetings are mostly held; what is asked once or yearly is now and then forgotten.
            if chance.random() < (0.88 if every and every.amount == 1 else 0.8):
                at = _in_the_evening(first, last, chance)
                if duty.received_at < at < now - timedelta(hours=2):
                    kind = item.kinds[0]
                    title = f"{MEETINGS.get(kind) or item.what.rstrip('.')}, {at:%B %Y}"
                    channel = channels["Public meeting"] if kind in MEETINGS else chance.choice([*channels.values()])
                    yield Told(duty, kind, at, title[:200], chance.choice(WORDS), channel, _by(duty))


def _intervals(duty: Matter) -> dict[tuple[str, tuple[EventKind, ...]], Within | None]:
    return {
        (promise.code, tuple(EventKind(kind) for kind in rule.events)): rule.every
        for promise in rules_with_layer(duty.charter_id, duty.layer_id).judged
        for rule in (promise.evidence, promise.publication)
        if rule and rule.matter == duty.kind
    }


def _periods(every: Within | None, year_starts_in: int, duty: Matter, now: datetime) -> list[tuple[date, date]]:
    began, today = timezone.localdate(duty.received_at), timezone.localdate(now)
    if every is None:
        return [(began, began + timedelta(days=60))]
    return list(full_periods(every.amount, year_starts_in, since=began, today=today))


def _in_the_evening(first: date, last: date, chance: random.Random) -> datetime:
    day = first + timedelta(days=chance.randrange((last - first).days + 1))
    return datetime(day.year, day.month, day.day, chance.choice((10, 14, 18, 19)), 30, tzinfo=LONDON)


def _by(duty: Matter) -> User:
    if duty.officer is None:
        raise ValueError("A demonstration duty has an officer.")
    return duty.officer


def _record(told: list[Told]) -> None:
    entries = [
        (
            one.duty.pk,
            Entry(
                kind=one.kind,
                occurred_at=one.at,
                recorded_at=one.at + timedelta(hours=2),
                detail={"channel": one.channel.pk},
                by=Author(person=one.by.pk, agency=one.duty.agency_id),
            ),
        )
        for one in told
    ]
    events = record_history(entries) if entries else []
    Publication.objects.bulk_create(
        Publication(
            event=event.pk, matter=one.duty, kind=one.kind, happened_at=event.occurred_at, title=one.title,
            text=one.text, channel=one.channel, recorded_by=one.by,
            recorded_at=event.recorded_at,
        )
        for event, one in zip(events, told, strict=True)
    )  # fmt: skip


def _look_back(duties: Iterable[UUID], manager: User, now: datetime, chance: random.Random) -> None:
    """What was missed was noticed then; of the older ones somebody has said why."""
    late = list(
        Clock.objects.filter(matter__in=duties, next_check_at__isnull=False, due_at__lt=now)
        .select_related("matter", "promise")
        .order_by("due_at", "pk")
    )
    mark_missed(late)
    breaches = {breach.clock_id: breach for breach in Breach.objects.filter(clock__in=late)}
    entries = []
    for clock in late:
        said_at = deadline(clock) + timedelta(days=chance.randrange(2, 9), hours=10)
        if said_at > now - timedelta(days=45):
            continue
        breach = breaches[clock.pk]
        breach.reason = chance.choice(list(EXPLANATIONS))
        breach.explanation = EXPLANATIONS[MissReason(breach.reason)]
        breach.explained_by_id, breach.explained_at = clock.matter.officer_id, said_at
        entries.append(_noted(clock, EventKind.BREACH_EXPLAINED, said_at, breach.explained_by_id, reason=breach.reason))
        if breach.explained_by_id != manager.pk:
            breach.verdict = chance.choice((Verdict.ACCEPTED, Verdict.NOT_ACCEPTED))
            breach.reviewed_by, breach.reviewed_at = manager, said_at + timedelta(days=3)
            detail = {"verdict": breach.verdict}
            entries.append(_noted(clock, EventKind.BREACH_REVIEWED, breach.reviewed_at, manager.pk, **detail))
    if entries:
        said = ["reason", "explanation", "explained_by", "explained_at", "verdict", "reviewed_by", "reviewed_at"]
        explained = [breach for breach in breaches.values() if breach.reason]
        Breach.objects.bulk_create(explained, update_conflicts=True, unique_fields=["pk"], update_fields=said)
        record_history(entries)


def _noted(clock: Clock, kind: EventKind, at: datetime, by: UUID | None, **detail: str) -> tuple[UUID, Entry]:
    entry = Entry(
        kind=kind,
        occurred_at=at,
        recorded_at=at,
        detail={"promise": clock.promise.code, "clock": clock.pk, **detail},
        by=Author(person=by, agency=clock.matter.agency_id),
    )
    return clock.matter_id, entry


# --- figures ------------------------------------------------------------------------------------------


def _measure(figure: Figure, manager: User, today: date, chance: random.Random) -> None:
    """Three years of figures of what is surveyed; now and then the last was left out. And some targets."""
    if figure.rule.computed:
        return
    periods = list(
        full_periods(
            figure.rule.months, figure.year_starts_in, since=today - relativedelta(years=YEARS + 1), today=today
        )
    )
    percent, values = figure.rule.figure == "percent", []
    number = figure.rule.baseline or (chance.uniform(22, 78) if percent else 1800)
    source = figure.rule.source or ("Residents’ survey" if percent else "Records of the agencies’ control rooms")
    for first, last in reversed(periods[1:] if chance.random() < 0.2 else periods):
        number *= chance.uniform(0.9, 1.08)
        number = min(number, 96) if percent else round(number)
        published_on = min(last + timedelta(days=chance.randrange(20, 70)), today)
        values.append(_value(figure, first, last, number, source, published_on, manager))
    MeasureValue.objects.bulk_create(values)
    if values and (figure.rule.aim is not None or figure.rule.expect in DIRECTIONS):
        baseline = Decimal(str(figure.rule.baseline)) if figure.rule.baseline else values[-1].figure
        aim = figure.rule.aim or float(baseline) * DIRECTIONS[figure.rule.expect]
        MeasureTarget.objects.create(
            partnership=figure.partnership, code=figure.code, baseline=baseline,
            figure=Decimal(str(round(aim, 1 if percent else 0))), source=source, starts_on=periods[0][1],
            ends_on=periods[0][1] + relativedelta(years=2), set_by=manager,
        )  # fmt: skip


def _value(
    figure: Figure, first: date, last: date, number: float, source: str, published_on: date, manager: User
) -> MeasureValue:
    return MeasureValue(
        partnership=figure.partnership, code=figure.code, first_day=first, last_day=last,
        figure=Decimal(str(round(number, 1))), source=source, published_on=published_on, entered_by=manager,
    )  # fmt: skip
