"""Closing a case."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from asb_cases.models import Case
from asb_cases.services.log import enter, entry, hold
from asb_cases.vocabulary import ClosureOutcome
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
