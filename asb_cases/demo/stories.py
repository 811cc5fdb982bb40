"""What is reported in the demonstration: by whom, to whom, when."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from uuid import UUID

from asb_cases.demo.casework import DAY, Casework, Story
from asb_cases.demo.cast import Company, Team
from asb_cases.demo.names import DESCRIPTIONS, FAMILY, GIVEN, HOSTILE
from asb_cases.demo.places import SECTORS, STREETS, UNITS
from asb_cases.services.intake import NewPerson, NewReport
from asb_cases.vocabulary import Category, PartyRole, ReportChannel, Strand

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
            pace = self.paces[worker.pk]
            work = Casework(story, self.company, team, worker.pk, pace=pace, now=self.now, chance=self.chance)
            work.tell()
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
