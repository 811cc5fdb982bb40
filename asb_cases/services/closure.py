"""Closing a case."""

from __future__ import annotations

from datetime import datetime

from asb_cases.models import Case
from asb_cases.services.log import enter, entry
from asb_cases.vocabulary import ClosureOutcome
from ledger.vocabulary import EventKind
from partners.models import User
from standards.services import RefusedEntry


def close_case(*, case: Case, outcome: ClosureOutcome, at: datetime, by: User, note: str) -> None:
    """End a case. Updates end with it; what was promised once stays owed until it is kept."""
    if case.matter.closed_at is not None:
        raise RefusedEntry("This case is closed already.")
    if at < case.matter.received_at:
        raise RefusedEntry("The case was not open yet at that time.")
    enter(case=case, by=by, note=note, entries=[entry(EventKind.MATTER_CLOSED, at, outcome=outcome.value)])
