"""Agreed action plans."""

from __future__ import annotations

from datetime import datetime

from asb_cases.models import Case, Party
from asb_cases.services.log import enter, entry
from ledger.vocabulary import EventKind
from partners.models import User
from standards.calendar import Unit


def agree_plan(
    *,
    case: Case,
    party: Party | None,
    at: datetime,
    by: User,
    update_amount: int | None = None,
    update_unit: Unit = Unit.WORKING_DAYS,
    note: str = "",
) -> None:
    """A plan agreed with a person, and how often she is to hear of it when that was agreed too."""
    entries = [entry(EventKind.PLAN_AGREED, at, party)]
    if update_amount is not None:
        detail = {"amount": update_amount, "unit": update_unit.value}
        entries.append(entry(EventKind.UPDATES_AGREED, at, party, **detail))
    enter(case=case, by=by, note=note, entries=entries)
