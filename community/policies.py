"""Who reads what a partnership shows the public, who records it, and who keeps neighbourhoods, figures and targets."""

from __future__ import annotations

from uuid import UUID

from community.models import Publication
from partners.models import User
from partners.policies import NotAllowed
from partners.selectors import desks_as, desks_of
from partners.vocabulary import Role
from standards.models import Matter, MeasureValue
from standards.selectors import LEADING


def check_can_read_community(user: User) -> None:
    if not desks_of(user):
        raise NotAllowed("Only people who work for an agency of a partnership read what it has shown the public.")


def check_can_manage_community(user: User, partnership: UUID | None = None) -> None:
    """Neighbourhoods, channels, figures and targets are the partnership manager's; without one: of any partnership."""
    desks = desks_as(user, (Role.MANAGER,))
    if not any(partnership in (None, desk.partnership) for desk in desks):
        raise NotAllowed("Only the partnership’s manager changes this.")


def check_can_publish(user: User, duty: Matter) -> None:
    """Team leads and managers of the partnership, and caseworkers of the agency that answers for the duty."""
    for desk in desks_of(user):
        if desk.partnership != duty.partnership_id:
            continue
        if desk.role in LEADING or (desk.role is Role.CASEWORKER and desk.agency == duty.agency_id):
            return
    raise NotAllowed(
        "This is recorded by team leads, the partnership’s manager and caseworkers of the agency that answers for it."
    )


def check_can_withdraw_publication(user: User, publication: Publication) -> None:
    """One's own; a team lead or the manager, anybody's."""
    check_can_publish(user, publication.matter)
    if publication.withdrawn_at is not None:
        raise NotAllowed("This was withdrawn already.")
    if publication.target_id is not None:
        raise NotAllowed("This stands here because a target was set. Withdraw the target, under Measures.")
    leads = any(desk.partnership == publication.matter.partnership_id for desk in desks_as(user, LEADING))
    if publication.recorded_by_id != user.pk and not leads:
        raise NotAllowed("Only the person who recorded this, a team lead or the partnership’s manager withdraws it.")


def check_can_withdraw_value(user: User, value: MeasureValue) -> None:
    check_can_manage_community(user, value.partnership_id)
    if value.computed:
        raise NotAllowed("The system worked this figure out from its own records. It cannot be withdrawn.")
    if value.withdrawn_at is not None:
        raise NotAllowed("This was withdrawn already.")
