"""Who may say why a promise was missed, who judges that, who asks what if, and who keeps the bank holidays."""

from __future__ import annotations

from uuid import UUID

from partners.models import User
from partners.policies import NotAllowed
from partners.selectors import desks_as, desks_of
from partners.vocabulary import Role
from standards.models import Breach, Clock, Replay
from standards.selectors import LEADING


def check_can_lead(user: User) -> None:
    if not desks_as(user, LEADING):
        raise NotAllowed("Only team leads and partnership managers see missed promises.")


def check_can_explain(user: User, clock: Clock) -> None:
    """The officer who answers for it; a team lead of the agency may answer in her place."""
    if clock.officer_id == user.pk and _desk(user, clock, (Role.CASEWORKER, Role.TEAM_LEAD)):
        return
    if not _desk(user, clock, (Role.TEAM_LEAD,)):
        raise NotAllowed("The reason is given by the officer who had the case, or by a team lead of the agency.")


def check_can_review(user: User, clock: Clock, breach: Breach | None) -> None:
    """A team lead of the agency or the partnership manager, but nobody reviews her own reason."""
    manages = any(desk.partnership == clock.matter.partnership_id for desk in desks_as(user, (Role.MANAGER,)))
    if not manages and not _desk(user, clock, (Role.TEAM_LEAD,)):
        raise NotAllowed("Reasons are reviewed by a team lead of the agency or by the partnership manager.")
    if breach is None or not breach.reason:
        raise NotAllowed("There is no reason to review yet.")
    if breach.explained_by_id == user.pk:
        raise NotAllowed("You gave this reason. Another team lead or the partnership manager reviews it.")


def check_can_keep_bank_holidays(user: User) -> None:
    if not desks_as(user, (Role.MANAGER,)):
        raise NotAllowed("Only partnership managers change the bank holidays.")


def check_can_change_settings(user: User, partnership: UUID) -> None:
    if not any(desk.partnership == partnership for desk in desks_as(user, (Role.MANAGER,))):
        raise NotAllowed("Only a manager of the partnership changes its settings.")


def check_can_see_figures(user: User) -> None:
    if not desks_of(user):
        raise NotAllowed("Only staff of a partnership see how its standards are kept.")


def check_can_see_figures_of(user: User, partnership: UUID) -> None:
    """Whoever works in it, as whatever: its promises are everybody's there."""
    if all(desk.partnership != partnership for desk in desks_of(user)):
        raise NotAllowed("Only staff of this partnership see how its standards are kept.")


def check_can_ask_what_if(user: User) -> None:
    """It shows the whole partnership's history as totals, and no case."""
    if not desks_as(user, LEADING):
        raise NotAllowed("Only team leads and partnership managers judge a history by other standards.")


def check_can_end_what_if(user: User, replay: Replay) -> None:
    """Whoever asked, or the partnership manager, cancels or deletes it."""
    manages = any(desk.partnership == replay.partnership_id for desk in desks_as(user, (Role.MANAGER,)))
    if replay.asked_by_id != user.pk and not manages:
        raise NotAllowed("Only whoever asked for it, or the partnership manager, can cancel or delete it.")


def _desk(user: User, clock: Clock, roles: tuple[Role, ...]) -> bool:
    where = clock.matter.partnership_id, clock.agency_id
    return any((desk.partnership, desk.agency) == where for desk in desks_as(user, roles))
