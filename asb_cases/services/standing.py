"""How things stand in a case, copied from the ledger onto the rows that lists and filters read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from asb_cases.models import Case, Party
from asb_cases.vocabulary import RiskBand, Strand
from ledger.selectors import events_of
from standards.charter import Risk
from standards.facts import History
from standards.selectors import fact

_GRAVITY = [RiskBand.STANDARD, RiskBand.MEDIUM, RiskBand.HIGH]


def refresh(case: UUID, at: datetime) -> None:
    """Take risk, hate and danger from the facts that stand now, corrections included."""
    history = History(fact(event) for event in events_of([case]))
    parties = list(Party.objects.filter(case=case))
    for party in parties:
        risk = history.standing(party.pk, at).risk
        party.risk = "" if risk is Risk.UNASSESSED else RiskBand(risk)
    Party.objects.bulk_update(parties, ["risk"])
    hate = history.of(["hate.identified"], None, anyone=True)
    strands = {strand for entry in hate for strand in _strands(entry.detail.get("strands"))}
    Case.objects.filter(pk=case).update(
        risk=_worst([party.risk for party in parties]),
        hate=bool(hate),
        hate_strands=sorted(strands),
        immediate_danger=bool(history.of(["immediate_need.identified"], None, anyone=True)),
    )


def _worst(bands: Sequence[str]) -> str:
    return max((RiskBand(band) for band in bands if band), key=_GRAVITY.index, default="")


def _strands(value: object) -> list[str]:
    return [strand for strand in value if strand in Strand.values] if isinstance(value, list) else []
