"""How things stand in a case, copied from the ledger onto the rows that lists and filters read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from asb_cases.models import Case, Party
from asb_cases.vocabulary import RiskBand, Strand
from ledger.selectors import events_of
from standards.charter import Risk
from standards.facts import Fact, History
from standards.selectors import fact

_GRAVITY = [RiskBand.STANDARD.value, RiskBand.MEDIUM.value, RiskBand.HIGH.value]


def refresh(cases: Sequence[UUID], at: datetime) -> None:
    """Take risk, hate and danger from the facts that stand at that time, corrections included."""
    facts: dict[UUID, list[Fact]] = defaultdict(list)
    for event in events_of(cases):
        facts[event.matter].append(fact(event))
    for case in Case.objects.filter(pk__in=cases).prefetch_related("parties"):
        history = History(facts[case.pk])
        for party in case.parties.all():
            _save_changed(party, risk=_band(history, party, at))
        hate = history.of(("hate.identified",), None, anyone=True)
        strands = {strand for entry in hate for strand in _strands(entry.detail.get("strands"))}
        _save_changed(
            case,
            risk=_worst([party.risk for party in case.parties.all()]),
            hate=bool(hate),
            hate_strands=sorted(strands),
            immediate_danger=bool(history.of(("immediate_need.identified",), None, anyone=True)),
        )


def _save_changed(row: Case | Party, **values: object) -> None:
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    if changed:
        for name in changed:
            setattr(row, name, values[name])
        row.save(update_fields=changed)


def _band(history: History, party: Party, at: datetime) -> str:
    risk = history.standing(party.pk, at).risk
    return "" if risk is Risk.UNASSESSED else RiskBand(risk).value


def _worst(bands: Sequence[str]) -> str:
    return max((band for band in bands if band), key=_GRAVITY.index, default="")


def _strands(value: object) -> list[str]:
    return [strand for strand in value if strand in Strand.values] if isinstance(value, list) else []
