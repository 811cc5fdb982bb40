"""Closing a case, and opening it again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from asb_cases.models import Case
from asb_cases.policies import check_can_reopen
from asb_cases.services.log import enter, entry, hold
from asb_cases.vocabulary import ClosureOutcome
from frontend.words import moment_words
from ledger.vocabulary import EventKind
from partners.models import User
from standards.services import RefusedEntry


@transaction.atomic
def close_case(*, case: Case, outcome: ClosureOutcome, at: datetime, by: User, note: str) -> None:
    """End a case. Updates end with it; what was promised once stays owed until it is kept."""
    hold(case)
    if case.matter.closed_at is not None:
        raise RefusedEntry("This case is closed already.")
    enter(case=case, by=by, note=note, entries=[entry(EventKind.MATTER_CLOSED, at, outcome=outcome.value)])
    hold(case)
    if case.matter.closed_at is None:
        raise RefusedEntry("The date and time must be after the case was opened again")


@transaction.atomic
def reopen_case(*, case: Case, at: datetime, by: User, note: str) -> None:
    """Open a closed case again: what a report starts is owed anew from then on (X-30)."""
    hold(case)
    check_can_reopen(by, case)
    closed_at = case.matter.closed_at
    if closed_at and at < closed_at.replace(second=0, microsecond=0):
        raise RefusedEntry(f"The date and time must not be before the case was closed ({moment_words(closed_at)})")
    enter(case=case, by=by, note=note, entries=[entry(EventKind.MATTER_REOPENED, max(at, closed_at or at))])
