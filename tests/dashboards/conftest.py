"""Six matters of Cherwell in every state that the dashboard counts, on the database's own clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils import timezone

from asb_cases.models import Case
from asb_cases.services.contact import log_contact
from asb_cases.vocabulary import ContactChannel
from standards.breaches import explain
from standards.models import Clock
from standards.sweep import sweep
from standards.vocabulary import MissReason
from tests.cast import Cast, clock, party

HOUR = timedelta(hours=1)


def contacted(case: Case, cast: Cast, hours_ago: float) -> None:
    log_contact(
        case=case,
        party=party(case),
        channel=ContactChannel.TELEPHONE,
        at=timezone.now() - hours_ago * HOUR,
        by=cast.alex if case.matter.agency == cast.police else cast.priya,
    )


@dataclass
class Board:
    """Cases by what became of "contact within 48 hours" (24 for hate crime) in each."""

    cast: Cast
    cases: dict[str, Case]

    def contact(self, name: str) -> Clock:
        return clock(self.cases[name], "CHER-3b-ii" if name == "hate" else "CHER-3b-i")

    def reference(self, name: str) -> str:
        return self.cases[name].matter.reference

    def names(self) -> dict[str, str]:
        return {self.reference(name): name for name in self.cases}


@pytest.fixture
def board(cast: Cast) -> Board:
    now = timezone.now()
    police = {"lead_agency": cast.police.pk, "officer": cast.alex.pk}
    cases = {
        "missed": cast.case(now - 51 * HOUR),
        "nobodys": cast.case(now - 50 * HOUR, officer=None),
        "explained": cast.case(now - 52 * HOUR, officer=cast.tom.pk),
        "hate": cast.case(now - 49 * HOUR, hate=True, **police),
        "late": cast.case(now - 53 * HOUR, **police),
        "retracted": cast.case(now - 54 * HOUR),
        "kept": cast.case(now - 2 * HOUR),
    }
    board = Board(cast, cases)
    sweep()
    contacted(cases["late"], cast, 1)
    contacted(cases["retracted"], cast, 40)
    contacted(cases["kept"], cast, 1)
    explain(clock=board.contact("explained").pk, reason=MissReason.WORKLOAD, explanation="Two at once.", by=cast.dylan)
    return board
