"""Who works where, and what that lets them reach."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from partners.models import Agency, Membership, Posting, User
from partners.vocabulary import Role


@dataclass(frozen=True)
class Desk:
    """One place where a person works: for which agency, in which partnership, as what."""

    membership: UUID
    partnership: UUID
    agency: UUID
    role: Role
    agency_name: str
    partnership_name: str
    demonstration: bool


def desks_of(user: User) -> tuple[Desk, ...]:
    """Where the person works now. Read once for each request: a posting that ends counts from the next request on."""
    if user.desks is None:
        postings = (
            current_postings()
            .filter(user=user)
            .select_related("membership__agency", "membership__partnership")
            .order_by("membership__partnership__name", "membership__agency__name", "role")
        )
        user.desks = tuple(
            Desk(
                membership=posting.membership_id,
                partnership=posting.membership.partnership_id,
                agency=posting.membership.agency_id,
                role=Role(posting.role),
                agency_name=posting.membership.agency.name,
                partnership_name=posting.membership.partnership.name,
                demonstration=posting.membership.partnership.demonstration,
            )
            for posting in postings
        )
    return user.desks


def desks_as(user: User, roles: Iterable[Role]) -> tuple[Desk, ...]:
    """Those of the person's desks at which she has one of the roles."""
    wanted = frozenset(roles)
    return tuple(desk for desk in desks_of(user) if desk.role in wanted)


def acting_for(user: User, *, partnership: UUID, agency: UUID) -> UUID:
    """The agency for which a person acts in what `agency` leads: that one if she works there, otherwise her own."""
    here = [desk.agency for desk in desks_of(user) if desk.partnership == partnership]
    return agency if agency in here or not here else here[0]


def current_postings() -> QuerySet[Posting]:
    return Posting.objects.filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=Now()), starts_at__lte=Now(), user__is_active=True
    )


def staff_as(roles: Iterable[Role], *, partnership: UUID, agency: UUID) -> QuerySet[User]:
    """Who has one of these roles for the agency in the partnership now, by name."""
    postings = current_postings().filter(
        role__in=list(roles), membership__partnership=partnership, membership__agency=agency
    )
    return User.objects.filter(pk__in=postings.values("user")).order_by("name")


def agencies_of(partnership: UUID) -> QuerySet[Agency]:
    return Agency.objects.filter(memberships__partnership=partnership).order_by("name")


def is_member(*, partnership: UUID, agency: UUID) -> bool:
    return Membership.objects.filter(partnership=partnership, agency=agency).exists()
