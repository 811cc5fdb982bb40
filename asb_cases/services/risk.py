"""Risk, hate and danger: what changes how fast people must be reached."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from asb_cases.models import Case, Party
from asb_cases.policies import check_can_forward
from asb_cases.services.log import enter, entry
from asb_cases.vocabulary import RiskBand, Strand
from ledger.vocabulary import EventKind
from partners.models import User


def record_assessment(
    *, case: Case, party: Party | None, band: RiskBand, score: int | None, at: datetime, by: User, note: str = ""
) -> None:
    """The result of a risk assessment matrix for one person."""
    detail: dict[str, str | int] = {"band": band.value}
    if score is not None:
        detail["score"] = score
    enter(case=case, by=by, note=note, entries=[entry(EventKind.RISK_ASSESSED, at, party, **detail)])


def identify_hate(
    *, case: Case, party: Party | None, strands: Sequence[Strand], at: datetime, by: User, note: str = ""
) -> None:
    """Perceived, by the victim or any other person, as motivated by hostility or prejudice (X-05b)."""
    detail = {"strands": sorted(strand.value for strand in strands)}
    enter(case=case, by=by, note=note, entries=[entry(EventKind.HATE_IDENTIFIED, at, party, **detail)])


def identify_immediate_need(*, case: Case, at: datetime, by: User, note: str = "") -> None:
    enter(case=case, by=by, note=note, entries=[entry(EventKind.IMMEDIATE_NEED, at)])


def forward_to_police(*, case: Case, at: datetime, by: User, note: str = "") -> None:
    """The report was passed to the police (Coventry 5). Their reference goes into the note."""
    enter(case=case, by=by, note=note, entries=[entry(EventKind.POLICE_FORWARDED, at)], check=check_can_forward)
