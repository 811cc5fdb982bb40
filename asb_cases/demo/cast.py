"""Partnerships, agencies and staff of the demonstration. No agency named here exists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.contrib.auth.hashers import make_password

from asb_cases.demo.accounts import ACCOUNTS, PARTNERSHIPS, PASSWORD, address
from partners.models import Agency, Membership, Partnership, Posting, User
from partners.vocabulary import AgencyKind, Role
from standards.loading import load_charter
from standards.models import Charter

CHARTERS = Path(__file__).parents[2] / "standards" / "charters"
# The five documents are of spring 2010.
IN_FORCE_FROM = date(2010, 4, 1)
# What the law adds runs from before the first case of the demonstration.
LAW_FROM = date(2024, 4, 1)

AGENCIES = (
    ("council", "Community Safety Team", AgencyKind.COUNCIL),
    ("police", "Neighbourhood Policing", AgencyKind.POLICE),
    ("homes", "Homes Association", AgencyKind.HOUSING),
)

ROLES = (Role.CALL_TAKER, Role.CASEWORKER, Role.TEAM_LEAD, Role.MANAGER)  # of the accounts, in their order
COLLEAGUES = ("Tom Ellery", "Sian Hughes", "Marek Nowak")
OTHERS = {
    "police": ("Alex Gill", "Robin Walsh", "Chris Doyle"),
    "homes": ("Sam Lister", "Kim Yates", "Pat Frost"),
}


@dataclass
class Team:
    """The people of one agency in one partnership."""

    membership: Membership
    lead: User
    officers: list[User]
    call_taker: User | None = None

    @property
    def agency(self) -> Agency:
        return self.membership.agency


@dataclass
class Company:
    """A partnership with its agencies and people."""

    partnership: Partnership
    charter: Charter
    law: Charter
    teams: list[Team]
    manager: User


def engage() -> list[Company]:
    """Make the partnerships, their agencies, staff and charters."""
    law = load_charter(partnership=None, path=CHARTERS / "england-2026.toml", effective_from=LAW_FROM)
    return [_company(slug, law) for slug in PARTNERSHIPS]


def _company(slug: str, law: Charter) -> Company:
    partnership = Partnership.objects.create(slug=slug, name=slug.capitalize(), demonstration=True)
    charter = load_charter(partnership=partnership.pk, path=CHARTERS / f"{slug}.toml", effective_from=IN_FORCE_FROM)
    partnership.name = charter.name
    partnership.save(update_fields=["name"])
    members = {
        kind: Membership.objects.create(
            partnership=partnership,
            agency=Agency.objects.create(slug=f"{slug}-{kind}", name=f"{slug.capitalize()} {name}", kind=agency_kind),
        )
        for kind, name, agency_kind in AGENCIES
    }
    people = {
        Role(role): _hire(address(account, slug), name, members["council"], Role(role))
        for role, (_, account, name) in zip(ROLES, ACCOUNTS, strict=True)
    }
    officers = [_hire(address(name, slug), name, members["council"], Role.CASEWORKER) for name in COLLEAGUES]
    teams = [
        Team(
            members["council"],
            lead=people[Role.TEAM_LEAD],
            officers=[people[Role.CASEWORKER], *officers],
            call_taker=people[Role.CALL_TAKER],
        )
    ]
    for kind, (lead, *others) in OTHERS.items():
        teams.append(
            Team(
                members[kind],
                lead=_hire(address(lead, slug), lead, members[kind], Role.TEAM_LEAD),
                officers=[_hire(address(name, slug), name, members[kind], Role.CASEWORKER) for name in others],
            )
        )
    return Company(partnership, charter, law, teams, people[Role.MANAGER])


@cache
def _hashed() -> str:
    """Hashing is slow on purpose; sixty times the same password need it once."""
    return make_password(PASSWORD)


def _hire(email: str, name: str, membership: Membership, role: Role) -> User:
    user = User.objects.create(email=email, name=name, password=_hashed())
    Posting.objects.create(user=user, membership=membership, role=role)
    return user
