"""What a person may do in a case. `check_…` says why not, in words she can act on; `can_…` is for templates."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from asb_cases.models import Case
from asb_cases.promises import what_is_shown
from asb_cases.vocabulary import DONE_KINDS
from ledger.models import Event
from ledger.vocabulary import EventKind
from partners.models import User
from partners.policies import NotAllowed
from partners.selectors import desks_as
from partners.vocabulary import Role
from standards.charter import Kind
from standards.selectors import kinds_asked_for, still_owed

CASEWORKERS = (Role.CASEWORKER, Role.TEAM_LEAD)
CALL_TAKERS = (Role.CALL_TAKER, Role.CASEWORKER, Role.TEAM_LEAD)

# What an officer did or learned. Everything else follows from something (an assignment, a new holiday) and stays.
CORRECTABLE = frozenset(
    {
        EventKind.REPORT_RECEIVED, EventKind.PARTY_KNOWN, EventKind.IMMEDIATE_NEED, EventKind.HATE_IDENTIFIED,
        EventKind.RISK_ASSESSED, EventKind.POLICE_FORWARDED, EventKind.ACKNOWLEDGEMENT_SENT,
        EventKind.CONTACT_ATTEMPTED, EventKind.CONTACT_MADE, EventKind.MEETING_HELD, EventKind.MEETING_DECLINED,
        EventKind.RESPONSE_MADE, EventKind.ACTION_ADVISED, EventKind.PLAN_AGREED, EventKind.UPDATES_AGREED,
        EventKind.UPDATE_GIVEN, EventKind.UPDATES_DECLINED, EventKind.DEADLINE_VARIED,
        EventKind.UNREACHABLE_CONFIRMED, EventKind.MATTER_CLOSED, EventKind.MATTER_REOPENED,
        EventKind.CHANNEL_AGREED, EventKind.CONTACT_UNWANTED, EventKind.SPOC_NAMED, EventKind.REFERRAL_MADE,
        EventKind.REFERRAL_ACCEPTED, EventKind.INTERVENTION_MADE, EventKind.NOT_APPLICABLE, *DONE_KINDS,
    }
)  # fmt: skip
# A case without its first report would owe nobody anything, and persons stand in other entries. Their times may be put
# right. A further report, which is about the person who made it, may be withdrawn.
NEVER_WITHDRAWN = frozenset({EventKind.REPORT_RECEIVED, EventKind.PARTY_KNOWN})


def reports_within_reach(user: User) -> Q:
    """Of reports: those the person took herself for an agency that she takes reports for now.

    A call-taker who moved to another partnership does not take the names that she once wrote down with her.
    """
    here = Q(pk__in=[])
    for desk in desks_as(user, CALL_TAKERS):
        here |= Q(partnership=desk.partnership, taken_for=desk.agency)
    return Q(taken_by=user) & here


def check_can_take_reports(user: User) -> None:
    if not desks_as(user, CALL_TAKERS):
        raise NotAllowed("Only call-takers, caseworkers and team leads record reports.")


def check_can_work_cases(user: User) -> None:
    if not desks_as(user, CASEWORKERS):
        raise NotAllowed("Only caseworkers and team leads work on cases.")


def check_can_record(user: User, case: Case) -> None:
    _check_desk(user, case, CASEWORKERS, "Only caseworkers of the lead agency record what happened in a case.")


def check_can_forward(user: User, case: Case) -> None:
    """Whoever took the report passes it to the police without waiting for a caseworker (Coventry 5)."""
    if case.reports.filter(reports_within_reach(user)).exists():
        return
    check_can_record(user, case)


def check_can_assign(user: User, case: Case, officer: User) -> None:
    """A team lead gives a case to anybody; a caseworker takes one that nobody has, or passes on her own."""
    check_can_record(user, case)
    if _has_desk(user, case, [Role.TEAM_LEAD]) or case.matter.officer_id == user.pk:
        return
    if case.matter.officer_id is None and officer == user:
        return
    raise NotAllowed("Ask a team lead: this case has an officer.")


def check_can_confirm_unreachable(user: User, case: Case) -> None:
    _check_desk(
        user, case, [Role.TEAM_LEAD], "A team lead of the lead agency confirms that a person cannot be reached."
    )


def check_can_agree_later_date(user: User, case: Case) -> None:
    """Only the person to whom something is owed can ask for it later."""
    check_can_record(user, case)
    if not still_owed([case.pk]).filter(about__isnull=False).exists():
        raise NotAllowed("Nothing is owed to a named person in this case at the moment, so there is no date to change.")


def check_can_take_another_report(user: User, case: Case) -> None:
    check_can_record(user, case)
    if not case.parties.all():
        raise NotAllowed("Nobody is known by name in this case. Add the person who reported first.")


def check_can_record_done(user: User, case: Case) -> None:
    check_can_record(user, case)
    if DONE_KINDS.isdisjoint(kinds_asked_for(case.matter.charter_id, case.matter.layer_id, Kind.CASE)):
        raise NotAllowed("The standards that this case runs under ask for nothing that is recorded here.")


def check_can_excuse(user: User, case: Case) -> None:
    """The officer who has the case, or a team lead, says that something promised has no place in it."""
    check_can_record(user, case)
    if case.matter.officer_id != user.pk and not _has_desk(user, case, [Role.TEAM_LEAD]):
        raise NotAllowed("The officer who has the case, or a team lead, says why a promise does not apply.")
    if not any(line.excusable for line in what_is_shown(case).missing):
        raise NotAllowed("Nothing that was promised is missing in this case, so there is nothing to give a reason for.")


def check_can_reopen(user: User, case: Case) -> None:
    _check_desk(user, case, [Role.TEAM_LEAD], "A team lead of the lead agency opens a case again.")
    if case.matter.closed_at is None:
        raise NotAllowed("This case is open.")


def check_can_correct(user: User, case: Case, event: Event) -> None:
    """One's own entries; a team lead, anybody's."""
    check_can_record(user, case)
    if event.matter != case.pk:
        raise NotAllowed("This entry belongs to another case.")
    if event.kind not in CORRECTABLE:
        raise NotAllowed("This entry follows from another and cannot be corrected by itself.")
    if event.recorded_by != user.pk and not _has_desk(user, case, [Role.TEAM_LEAD]):
        raise NotAllowed("Only the person who made an entry, or a team lead, may correct it.")


def check_can_withdraw(user: User, case: Case, event: Event) -> None:
    check_can_correct(user, case, event)
    further = event.kind == EventKind.REPORT_RECEIVED and event.about is not None
    if event.kind in NEVER_WITHDRAWN and not further:
        raise NotAllowed("A report or a person cannot be withdrawn. Correct the time, or close the case.")


def _check_desk(user: User, case: Case, roles: Iterable[Role], why_not: str) -> None:
    if not _has_desk(user, case, roles):
        raise NotAllowed(why_not)


def _has_desk(user: User, case: Case, roles: Iterable[Role]) -> bool:
    matter = case.matter
    return any(
        (desk.partnership, desk.agency) == (matter.partnership_id, matter.agency_id) for desk in desks_as(user, roles)
    )
