"""Who answers for a case."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from asb_cases.models import Case
from asb_cases.policies import CASEWORKERS, check_can_assign, check_can_record
from asb_cases.services.log import hold
from asb_cases.vocabulary import TransferReason
from ledger.services import Author
from partners.models import User
from partners.policies import NotAllowed
from partners.selectors import is_member, staff_as
from standards import services as standards


@transaction.atomic
def assign_officer(*, case: Case, officer: User, by: User) -> None:
    """Make an officer of the lead agency answerable. A caseworker may take a case that nobody has."""
    hold(case)
    check_can_assign(by, case, officer)
    eligible = staff_as(CASEWORKERS, partnership=case.matter.partnership_id, agency=case.matter.agency_id)
    if not eligible.filter(pk=officer.pk).exists():
        raise NotAllowed("This person does not work on cases for the lead agency.")
    if case.matter.officer_id == officer.pk:
        return  # sent twice
    standards.assign(matter=case.pk, officer=officer, by=Author(person=by.pk, agency=case.matter.agency_id))


@transaction.atomic
def transfer_case(*, case: Case, agency: UUID, reason: TransferReason, by: User) -> None:
    """Pass a case to another member agency. Deadlines stay where they are (X-07)."""
    hold(case)
    check_can_record(by, case)
    if agency == case.matter.agency_id:
        raise NotAllowed("This agency leads the case already.")
    if not is_member(partnership=case.matter.partnership_id, agency=agency):
        raise NotAllowed("This agency is not a member of the partnership.")
    author = Author(person=by.pk, agency=case.matter.agency_id)
    standards.transfer(matter=case.pk, agency=agency, reason=reason.value, by=author)
