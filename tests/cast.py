"""A fixed cast, by name: who works where, and the cases they meet in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.utils import timezone

from asb_cases.models import Case, Party
from asb_cases.services.intake import NewPerson, NewReport, receive_report
from asb_cases.vocabulary import Category, PartyRole, ReportChannel
from partners.models import Agency, Membership, Partnership, Posting, User
from partners.vocabulary import AgencyKind, Role
from standards import holidays, selectors, services
from standards.loading import load_charter
from standards.models import Clock

CHARTERS = Path(__file__).parents[1] / "standards" / "charters"
PASSWORD = "orange bicycle kettle"

KHAN = NewPerson(
    title="Ms",
    given_name="Amira",
    family_name="Khan",
    telephone="07700 900123",
    email="amira.khan@example.org",
    address="4 Orchard Way",
    postcode="OX16 0VV",
    roles=(PartyRole.VICTIM, PartyRole.REPORTER),
)
WEBB = NewPerson(
    title="Mrs", given_name="Vera", family_name="Webb", telephone="07700 900456", roles=(PartyRole.WITNESS,)
)


@dataclass
class Cast:
    """Cherwell's council and police, and Coventry's council, which has nothing to do with them."""

    cherwell: Partnership
    coventry: Partnership
    council: Agency
    police: Agency
    jo: User  # takes calls at the council
    priya: User  # caseworker at the council
    tom: User  # caseworker at the council too
    dylan: User  # team lead at the council
    alex: User  # caseworker at the police
    robin: User  # team lead at the police
    grace: User  # manager of Cherwell's partnership
    olga: User  # caseworker in Coventry
    leo: User  # team lead in Coventry
    maya: User  # manager of Coventry's partnership
    noah: User  # left: an account without a posting

    @property
    def staff(self) -> dict[str, User]:
        return {name: value for name, value in vars(self).items() if isinstance(value, User)}

    def report(self, received_at: datetime | None = None, **changes: object) -> NewReport:
        """What Ms Khan told Jo an hour ago, unless said otherwise."""
        report = NewReport(
            partnership=self.cherwell.pk,
            taken_for=self.council.pk,
            taken_by=self.jo.pk,
            lead_agency=self.council.pk,
            officer=self.priya.pk,
            channel=ReportChannel.TELEPHONE,
            received_at=received_at or timezone.now() - timedelta(hours=1),
            category=Category.NOISE,
            description="Loud music until three in the morning.",
            place="Orchard Way, Banbury",
            postcode="OX16 0VV",
            people=(KHAN,),
            source="test",
            external_reference=str(uuid4()),
        )
        return replace(report, **changes)

    def case(self, received_at: datetime | None = None, **changes: object) -> Case:
        case = receive_report(self.report(received_at, **changes))
        return Case.objects.select_related("matter__agency", "matter__officer", "matter__partnership").get(pk=case.pk)


def assemble() -> Cast:
    """Make everybody. The bank holidays must be known (the fixture `holidays_known`)."""
    cherwell = _partnership("cherwell")
    coventry = _partnership("coventry")
    council = _member(cherwell, "cherwell-council", "Community Safety Team", AgencyKind.COUNCIL)
    police = _member(cherwell, "cherwell-police", "Neighbourhood Policing", AgencyKind.POLICE)
    elsewhere = _member(coventry, "coventry-council", "Coventry Community Safety", AgencyKind.COUNCIL)
    return Cast(
        cherwell=cherwell,
        coventry=coventry,
        council=council.agency,
        police=police.agency,
        jo=_user("Jo Marsh", council, Role.CALL_TAKER),
        priya=_user("Priya Shah", council, Role.CASEWORKER),
        tom=_user("Tom Ellery", council, Role.CASEWORKER),
        dylan=_user("Dylan Price", council, Role.TEAM_LEAD),
        alex=_user("Alex Gill", police, Role.CASEWORKER),
        robin=_user("Robin Walsh", police, Role.TEAM_LEAD),
        grace=_user("Grace Okafor", council, Role.MANAGER),
        olga=_user("Olga Nowak", elsewhere, Role.CASEWORKER),
        leo=_user("Leo Frost", elsewhere, Role.TEAM_LEAD),
        maya=_user("Maya Holt", elsewhere, Role.MANAGER),
        noah=User.objects.create_user("noah@example.org", "Noah Clegg", PASSWORD),
    )


def party(case: Case, family_name: str = "Khan") -> Party:
    return case.parties.select_related("person").get(person__family_name=family_name)


def clock(case: Case, promise: str, **kwargs: object) -> Clock:
    return Clock.objects.select_related("promise__charter", "matter").get(
        matter=case.pk, promise__code=promise, **kwargs
    )


def use_the_hosts_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the database had the host's clock, which a test can stop."""
    look = services.look
    monkeypatch.setattr(services, "look", lambda matters=(): (timezone.now(), look(matters)[1]))


def forget() -> None:
    """What a process remembers for good (charters, calendars) is another thing when the database is."""
    holidays._calendar.cache_clear()
    for remembered in (
        selectors.rules_of, selectors.rules_with_layer, selectors.promises_of, selectors.promise_rule,
        selectors.kinds_asked_for,
    ):  # fmt: skip
        remembered.cache_clear()


def know_holidays() -> None:
    holidays.seed(first_year=2012, last_year=2028)


def _partnership(slug: str) -> Partnership:
    partnership = Partnership.objects.create(slug=slug, name=f"{slug.capitalize()} Community Safety Partnership")
    load_charter(partnership=partnership.pk, path=CHARTERS / f"{slug}.toml", effective_from=date(2010, 4, 1))
    return partnership


def _member(partnership: Partnership, slug: str, name: str, kind: AgencyKind) -> Membership:
    agency = Agency.objects.create(slug=slug, name=name, kind=kind)
    return Membership.objects.create(partnership=partnership, agency=agency)


def _user(name: str, membership: Membership, role: Role) -> User:
    user = User.objects.create_user(f"{name.replace(' ', '.').lower()}@example.org", name, PASSWORD)
    Posting.objects.create(user=user, membership=membership, role=role)
    return user
