"""What is done besides the acts that have a deadline, and why something promised has no place in a case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from asb_cases.models import Case, Party
from asb_cases.policies import CASEWORKERS, check_can_excuse
from asb_cases.promises import what_is_shown
from asb_cases.services.log import enter, entry, hold
from asb_cases.vocabulary import DONE_KINDS, OF_THE_CASE, ContactChannel, Intervention, NotApplicable
from ledger.services import Entry
from ledger.vocabulary import EventKind
from partners.models import User
from partners.policies import NotAllowed
from partners.selectors import is_member, staff_as
from standards.selectors import missing
from standards.services import RefusedEntry


def record_done(
    *, case: Case, kinds: Sequence[EventKind], people: Sequence[Party], at: datetime, by: User, note: str = ""
) -> None:
    """Several things done on one occasion, each for each of these people; nobody known by name: for the case.

    What is done in the case as a whole is entered once, and counts for everybody.
    """
    if not kinds or not DONE_KINDS.issuperset(kinds):
        raise ValueError("Nothing that can be recorded in this way.")
    entries: list[Entry] = []
    for kind in kinds:
        whom = [None] if kind in OF_THE_CASE or not people else people
        entries += [entry(kind, at, party) for party in whom]
    enter(case=case, by=by, note=note, entries=entries)


def record_intervention(*, case: Case, means: Intervention, at: datetime, by: User, note: str = "") -> None:
    """Something done towards those responsible, by one of the means that the documents name."""
    enter(case=case, by=by, note=note, entries=[entry(EventKind.INTERVENTION_MADE, at, None, **{"class": means.value})])


def record_referral(
    *, case: Case, agency: UUID | None, made: bool, accepted: bool, at: datetime, by: User, note: str = ""
) -> None:
    """The case concerns another agency: it was referred, or they took it. None: one outside the partnership."""
    if agency and not is_member(partnership=case.matter.partnership_id, agency=agency):
        raise NotAllowed("This agency is not a member of the partnership.")
    detail = {"agency": str(agency)} if agency else {}
    kinds = [EventKind.REFERRAL_MADE] * made + [EventKind.REFERRAL_ACCEPTED] * accepted
    enter(case=case, by=by, note=note, entries=[entry(kind, at, None, **detail) for kind in kinds])


def agree_channel(
    *, case: Case, party: Party | None, channel: ContactChannel, at: datetime, by: User, note: str = ""
) -> None:
    enter(case=case, by=by, note=note, entries=[entry(EventKind.CHANNEL_AGREED, at, party, channel=channel.value)])


def record_unwanted_contact(
    *, case: Case, party: Party | None, channel: ContactChannel, at: datetime, by: User, note: str = ""
) -> None:
    enter(case=case, by=by, note=note, entries=[entry(EventKind.CONTACT_UNWANTED, at, party, channel=channel.value)])


def name_contact(
    *, case: Case, party: Party | None, officer: User, told: bool, at: datetime, by: User, note: str = ""
) -> None:
    """Who the person turns to; somebody of the agency that leads (X-12). `told`: she was given name and number."""
    here = staff_as(CASEWORKERS, partnership=case.matter.partnership_id, agency=case.matter.agency_id)
    if not here.filter(pk=officer.pk).exists():
        raise NotAllowed("This person does not work on cases for the lead agency.")
    entries = [entry(EventKind.SPOC_NAMED, at, party, officer=str(officer.pk))]
    entries += [entry(EventKind.SPOC_TOLD, at, party)] if told else []
    enter(case=case, by=by, note=note, entries=entries)


@transaction.atomic
def say_not_applicable(
    *,
    case: Case,
    promises: Sequence[str],
    party: Party | None,
    reason: NotApplicable,
    at: datetime,
    by: User,
    note: str = "",
) -> None:
    """Why promises that are missing for a person, or for the case, do not apply.

    Raises RefusedEntry for one that is not missing, and when it was settled too late for it to count.
    """
    hold(case)
    check_can_excuse(by, case)
    about = party.pk if party else None
    open_now = {code.code for line in what_is_shown(case).missing if line.excusable and line.about == about
                for code in line.promises}  # fmt: skip
    if not promises or not open_now.issuperset(promises):
        raise RefusedEntry("This is not missing any more. Look at the promises of the case again.")
    entries = [entry(EventKind.NOT_APPLICABLE, at, party, promise=code, reason=reason.value) for code in promises]
    enter(case=case, by=by, note=note, entries=entries)
    if any(showing.about == about and showing.promise in promises for showing in missing(case.matter)):
        raise RefusedEntry("It had to be shown by then. A reason counts only from before the case was closed.")
