"""How an invented case went: who reported what, and what officers did about it, sooner or later or not at all."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from asb_cases.demo.cast import Company, Team
from asb_cases.demo.names import DESCRIPTIONS, FAMILY, GIVEN, HOSTILE
from asb_cases.demo.places import SECTORS, STREETS, UNITS
from asb_cases.services.intake import NewPerson, NewReport
from asb_cases.vocabulary import Category, PartyRole, ReportChannel, Strand
from ledger.services import Author, Entry
from ledger.vocabulary import EventKind
from partners.vocabulary import AgencyKind
from standards.calendar import LONDON

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

# How often each kind of behaviour is reported, roughly as in the published figures.
KINDS = {
    Category.NEIGHBOURS: 26, Category.NOISE: 22, Category.ROWDY: 20, Category.VEHICLE_NUISANCE: 9,
    Category.COMMUNICATIONS: 5, Category.LITTER: 5, Category.STREET_DRINKING: 4, Category.ANIMALS: 3,
    Category.TRESPASS: 2, Category.FIREWORKS: 2, Category.BEGGING: 1, Category.VEHICLE_ABANDONED: 1,
}  # fmt: skip
CHANNELS = {
    ReportChannel.TELEPHONE: 50, ReportChannel.WEB: 22, ReportChannel.EMAIL: 12, ReportChannel.IN_PERSON: 8,
    ReportChannel.PARTNER: 6, ReportChannel.LETTER: 2,
}  # fmt: skip
STRANDS = {Strand.RACE: 55, Strand.RELIGION: 15, Strand.SEXUAL_ORIENTATION: 12, Strand.DISABILITY: 12,
           Strand.TRANSGENDER: 6}  # fmt: skip
# How busy an officer is: how much longer than a good colleague she takes.
PACES = (0.6, 0.8, 1.0, 1.0, 1.3, 1.8)


@dataclass
class Story:
    """A report and everything that followed, as facts. Times are aware and never in the future."""

    report: NewReport
    # Each fact with the words that go with it. `about` is the place among the report's people, as a UUID, until they
    # have ids of their own.
    acts: list[tuple[Entry, str]] = field(default_factory=list)


class Teller:
    """Tells stories from a seeded source of chance, so that the same day always gets the same."""

    def __init__(self, company: Company, now: datetime, chance: random.Random) -> None:
        self.company = company
        self.now = now
        self.chance = chance
        self.number = 0
        self.paces = {officer.pk: chance.choice(PACES) for team in company.teams for officer in team.officers}

    def story(self, received_at: datetime, *, officer: int | None = None, idle: bool = False) -> Story:
        """A case received then. `officer` chooses one of the first team; `idle`: nobody has done anything yet."""
        teams = self.company.teams
        team = teams[0] if officer is not None else self.chance.choices(teams, weights=(6, 2, 3))[0]
        worker = team.officers[officer] if officer is not None else self.chance.choice(team.officers)
        waiting = idle or (officer is None and self.now - received_at < 2 * DAY and self.chance.random() < 0.4)
        report = self._report(received_at, team, None if waiting and not idle else worker.pk)
        story = Story(report)
        if not waiting:
            _Casework(self, story, team, worker.pk).tell()
        return story

    def _report(self, received_at: datetime, team: Team, officer: UUID | None) -> NewReport:
        self.number += 1
        chance = self.chance
        strand: Strand | None = self._weighted(STRANDS) if chance.random() < 0.06 else None
        category = self._weighted(KINDS)
        sector, place = chance.choice(SECTORS[self.company.partnership.slug])
        taker = team.call_taker or team.lead
        return NewReport(
            partnership=self.company.partnership.pk,
            taken_for=team.agency.pk,
            taken_by=taker.pk,
            lead_agency=team.agency.pk,
            officer=officer,
            channel=self._weighted(CHANNELS),
            received_at=received_at,
            category=category,
            description=chance.choice(HOSTILE[strand] if strand else DESCRIPTIONS[category]),
            place=f"{chance.choice(STREETS)}, {place}",
            postcode=f"{sector}{chance.choice(UNITS)}",
            immediate_danger=chance.random() < 0.02,
            hate=strand is not None and chance.random() < 0.75,
            strands=(strand,) if strand else (),
            people=tuple(self._people(sector)),
            source="demonstration",
            external_reference=str(self.number),
            acknowledge=False,
            entered_at=min(received_at + timedelta(minutes=chance.choice((2, 4, 7, 12))), self.now),
        )

    def _people(self, sector: str) -> list[NewPerson]:
        chance = self.chance
        if chance.random() < 0.05:
            return []
        reporter_is_victim = chance.random() < 0.8
        people = [
            self._person(
                sector,
                (PartyRole.VICTIM, PartyRole.REPORTER)
                if reporter_is_victim
                else (PartyRole.REPORTER, PartyRole.WITNESS),
            )
        ]
        if not reporter_is_victim or chance.random() < 0.15:
            people.append(self._person(sector, (PartyRole.VICTIM,)))
        if chance.random() < 0.2:
            people.append(self._person(sector, (PartyRole.WITNESS,)))
        return people

    def _person(self, sector: str, roles: tuple[PartyRole, ...]) -> NewPerson:
        chance = self.chance
        titles, names = chance.choices(GIVEN, weights=(50, 47, 3))[0]
        given, family = chance.choice(names), chance.choice(FAMILY)
        has_email = chance.random() < 0.7
        return NewPerson(
            title=chance.choice(titles),
            given_name=given,
            family_name=family,
            roles=roles,
            # Numbers and addresses that Ofcom and the registries keep free for invented people.
            telephone=f"07700 900{chance.randrange(1000):03d}" if chance.random() < 0.9 else "",
            email=f"{given}.{family}.{chance.randrange(1000)}@example.org".lower() if has_email else "",
            address=f"{chance.randrange(1, 140)} {chance.choice(STREETS)}",
            postcode=f"{sector}{chance.choice(UNITS)}",
            may_write=chance.random() > 0.06,
            safe_contact="Call between 9 and 3 only" if chance.random() < 0.08 else "",
        )

    def _weighted(self, weights):
        return self.chance.choices(list(weights), weights=list(weights.values()))[0]


class _Casework:
    """What one officer does in one case."""

    def __init__(self, teller: Teller, story: Story, team: Team, officer: UUID) -> None:
        self.teller = teller
        self.story = story
        self.chance = teller.chance
        self.pace = teller.paces[officer]
        self.officer = Author(person=officer, agency=team.agency.pk)
        self.lead = Author(person=team.lead.pk, agency=team.agency.pk)
        self.received_at = story.report.received_at
        self.police = team.agency.kind == AgencyKind.POLICE

    def tell(self) -> None:
        report = self.story.report
        if report.immediate_danger and not self.police:
            self._add(
                self.received_at + timedelta(minutes=self.chance.choice((3, 5, 8, 11, 26))), EventKind.POLICE_FORWARDED
            )
        for number, person in enumerate(report.people):
            if PartyRole.REPORTER in person.roles:
                self._reporter(number, person)
            if PartyRole.VICTIM in person.roles:
                self._victim(number)
            elif PartyRole.WITNESS in person.roles:
                self._keep_informed(number, self.received_at + 2 * DAY, 10)
        self._close()
        self.story.acts.sort(key=lambda act: act[0].occurred_at)

    def _reporter(self, number: int, person: NewPerson) -> None:
        if person.may_write and person.email:
            self._add(self.received_at + timedelta(minutes=2), EventKind.ACKNOWLEDGEMENT_SENT, number, by=Author(),
                      channel="email")  # fmt: skip
        elif person.may_write and self.chance.random() < 0.8:
            self._add(self._after(10 * HOUR), EventKind.ACKNOWLEDGEMENT_SENT, number, channel="letter")
        if self.chance.random() < 0.9:
            self._add(self._office(self._after(2.5 * DAY)), EventKind.ACTION_ADVISED, number, channel="telephone")

    def _victim(self, number: int) -> None:
        contact = self._office(self._after(9 * HOUR))
        if self.chance.random() < 0.25:
            self._add(self._office(self._after(4 * HOUR)), EventKind.CONTACT_ATTEMPTED, number, channel="telephone",
                      note="No answer. Left no message.")  # fmt: skip
        if self.chance.random() < 0.03:
            self._give_up(number)
            return
        self._add(contact, EventKind.CONTACT_MADE, number, channel="telephone", note=self.chance.choice(CONTACT_NOTES))
        assessed = self._office(contact + self._spread(4 * HOUR))
        band = self.chance.choices(("standard", "medium", "high"), (55, 30, 15))[0]
        score = {"standard": 8, "medium": 19, "high": 29}[band] + self.chance.randrange(6)
        self._add(assessed, EventKind.RISK_ASSESSED, number, band=band, score=score)
        if self.story.report.strands and not self.story.report.hate:
            strands = [str(strand) for strand in self.story.report.strands]
            self._add(contact + timedelta(minutes=5), EventKind.HATE_IDENTIFIED, strands=strands)
        meeting = self._office(self._after(2 * DAY))
        if self.chance.random() < 0.12:
            self._add(contact, EventKind.MEETING_DECLINED, number)
        else:
            self._add(meeting, EventKind.MEETING_HELD, number, note="At home, as agreed.")
        self._add(self._office(self._after(1.5 * DAY)), EventKind.RESPONSE_MADE, number,
                  action=self.chance.choice(("visit", "patrol", "warning", "investigation")))  # fmt: skip
        self._plan(number, meeting + timedelta(minutes=30))

    def _plan(self, number: int, at: datetime) -> None:
        self._add(at, EventKind.PLAN_AGREED, number, note="Diary sheets, a visit to the neighbours, review in a month.")
        every = self.chance.choice((5, 10, 10, 10))
        self._add(at, EventKind.UPDATES_AGREED, number, amount=every, unit="working_days")
        if self.chance.random() < 0.05:
            self._add(at + 10 * DAY, EventKind.UPDATES_DECLINED, number)
            return
        self._keep_informed(number, at, every)

    def _keep_informed(self, number: int, since: datetime, every: int) -> None:
        update = since
        while update < self._ends():
            late = self.chance.random() < 0.07 * self.pace
            update += timedelta(days=every * 1.4 * (1.3 if late else self.chance.uniform(0.6, 0.93)))
            channel = self.chance.choice(("telephone", "email"))
            self._add(self._office(update), EventKind.UPDATE_GIVEN, number, channel=channel)

    def _give_up(self, number: int) -> None:
        for hours, channel in ((5, "telephone"), (26, "text"), (40, "in_person")):
            self._add(self.received_at + hours * HOUR, EventKind.CONTACT_ATTEMPTED, number, channel=channel)
        self._add(self.received_at + 46 * HOUR, EventKind.UNREACHABLE_CONFIRMED, number, by=self.lead)

    def _close(self) -> None:
        if self._ends() < self.teller.now:
            outcome = self.chance.choices(("resolved", "reduced", "no_action", "withdrawn"), (60, 25, 10, 5))[0]
            self._add(self._office(self._ends()), EventKind.MATTER_CLOSED, outcome=outcome)

    def _ends(self) -> datetime:
        if not hasattr(self, "_end"):
            self._end = self.received_at + timedelta(days=18 + self.chance.expovariate(1 / 68))
        return self._end

    # --- chance and time ---

    def _after(self, usual: timedelta) -> datetime:
        """That long after receipt for a good officer, longer for a busy one, much longer now and then."""
        slip = self.chance.choice((3, 5)) if self.chance.random() < 0.035 * self.pace else 1
        return self.received_at + self._spread(usual) * slip

    def _spread(self, usual: timedelta) -> timedelta:
        return usual * self.pace * self.chance.lognormvariate(-0.15, 0.4)

    def _office(self, at: datetime) -> datetime:
        """Moved into the hours in which this agency works."""
        local = at.astimezone(LONDON)
        if self.police or 8 <= local.hour < 20:
            return at
        return at + timedelta(hours=(8 - local.hour) % 24, minutes=self.chance.randrange(50))

    def _add(
        self,
        at: datetime,
        kind: EventKind,
        person: int | None = None,
        *,
        by: Author | None = None,
        note: str = "",
        **detail: str | int | list[str],
    ) -> None:
        """A fact, entered some minutes after it happened, or hours. What has not happened yet is left out."""
        entered = at + timedelta(minutes=self.chance.choice((1, 2, 4, 9, 9, 25, 190)))
        if entered >= self.teller.now or at > self._ends() + 3 * DAY:
            return
        about = UUID(int=person) if person is not None else None
        entry = Entry(kind=kind, occurred_at=at, recorded_at=entered, about=about, detail=detail, by=by or self.officer)
        self.story.acts.append((entry, note))


CONTACT_NOTES = (
    "Went through what happened and what we can do. Frightened but glad to be called.",
    "Explained the diary sheets. Wants us to speak to the landlord first.",
    "Has had enough of being passed around. Gave my name and direct number.",
    "Confirmed the dates. A neighbour may be willing to speak to us as well.",
)
