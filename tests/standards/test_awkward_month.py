"""The same awkward weeks under all five charters, with what becomes of every single promise written out.

A report on the Saturday on which the clocks go back; hate crime recognised days late; one victim who cannot be reached;
the case passed from the landlord to the council and merged into another; a witness who opts out of updates and back
in; updates over Christmas; a closing that leaves things out. Beside it, what the partnership did for the public.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from standards.charter import Kind
from standards.engine import judge, show
from standards.facts import Fact, merged
from standards.measures import Value, score
from tests.standards.awkward_outcomes import OUTCOMES
from tests.standards.examples import told
from tests.standards.history import DUNN, KHAN, WEBB, at, charter, england, who

NOW = "2027-02-01 09:00"
NAMES: dict[UUID | None, str] = {KHAN: "khan", WEBB: "webb", DUNN: "dunn", None: "all"}
THERE = who("Ms Khan, in the other case")

BEGINS = """
2026-10-24T10:00 report.received channel=telephone agency_type=housing;
2026-10-24T10:00 party.known khan roles=victim,reporter writable=yes contactable=yes;
2026-10-24T10:00 party.known webb roles=victim writable=yes contactable=yes;
2026-10-24T10:00 party.known dunn roles=witness writable=yes contactable=yes
"""
CASE = f"""
2026-10-24T10:05 acknowledgement.sent khan channel=email;
2026-10-24T11:00 contact.attempted webb channel=telephone;
2026-10-25T12:00 contact.attempted webb channel=text;
2026-10-26T08:00 contact.attempted webb channel=telephone;
2026-10-26T08:30 contact.made khan channel=telephone;
2026-10-26T08:30 rights.explained khan;
2026-10-26T08:30 impact.heard khan;
2026-10-26T08:30 complaint_route.told khan;
2026-10-26T12:00 unreachable.confirmed webb;
2026-10-27T09:00 spoc.named;
2026-10-27T14:00 hate.identified khan strands=race;
2026-10-27T15:00 matter.transferred reason=wrong_agency;
2026-10-28T16:30 meeting.held khan;
2026-10-28T16:30 spoc.told khan;
2026-10-28T16:30 plan.agreed khan;
2026-10-28T16:30 updates.agreed khan amount=10 unit=working_days;
2026-10-28T16:30 options.considered;
2026-10-28T16:30 support.offered khan;
2026-10-29T11:00 risk.assessed khan band=high;
2026-10-30T12:00 action.advised khan channel=telephone;
2026-11-02T09:00 updates.declined dunn;
2026-11-04T10:00 contact.made webb channel=letter;
2026-11-05T12:00 party.same khan as={THERE};
2026-11-05T12:00 matter.merged into=the-other-case;
2026-11-11T16:00 update.given webb channel=letter;
2026-11-20T10:00 hate.reviewed khan;
2026-11-24T10:00 update.given khan channel=telephone;
2026-12-01T09:00 updates.agreed dunn amount=5 unit=working_days;
2026-12-03T10:00 enforcement.decided;
2026-12-04T10:00 proportionality.recorded;
2026-12-08T16:00 update.given khan channel=telephone;
2026-12-09T10:00 update.given dunn channel=email;
2026-12-16T12:00 update.given dunn channel=email;
2026-12-22T12:00 update.given khan channel=telephone;
2027-01-08T16:00 update.given khan channel=telephone;
2027-01-12T10:00 investigation.completed;
2027-01-13T10:00 outcome.told khan;
2027-01-13T10:00 promise.not_applicable dunn promise=BOLS-8b reason=declined;
2027-01-14T12:00 matter.closed outcome=resolved
"""
# Merged into: here Ms Khan is somebody else by id, and her update of 10 November was given here.
OTHER_CASE = (
    "2026-10-20T09:00 report.received; 2026-10-20T09:00 party.known khan roles=victim; 2026-11-01T09:00 plan.agreed;"
    "2026-11-10T15:00 update.given khan channel=telephone"
)
# November has no neighbourhood meeting; the standards were published once.
PARTNERSHIP = (
    "2026-10-05T09:00 standards.published; 2026-11-03T09:00 views.sought; 2027-01-20T09:00 emergency.published"
)
NEIGHBOURHOOD = "2026-10-08T19:00 neighbourhood.met; 2026-12-10T19:00 neighbourhood.met"
COMPLAINT = (
    "2026-11-16T09:00 complaint.received landlord=yes; 2026-11-18T09:00 complaint.acknowledged;"
    "2026-11-20T09:00 complaint.exhausted; 2026-12-22T09:00 complaint.decided"
)
# Published in the April after each year: perception got worse, everything else stayed as it was.
FIGURES = [
    Value(date(2024, 4, 1), date(2025, 3, 31), 40.0, date(2025, 4, 20)),
    Value(date(2025, 4, 1), date(2026, 3, 31), 41.0, date(2026, 4, 20)),
]


def facts_of_the_case() -> list[Fact]:
    own = told(CASE, begins=BEGINS)
    other = [
        replace(one, id=who(f"there, {one.id}"), about=THERE if one.about == KHAN else one.about)
        for one in told("", begins=OTHER_CASE)
    ]
    return merged(own, other)


def matters() -> dict[Kind, list[Fact]]:
    return {
        Kind.CASE: facts_of_the_case(),
        Kind.PARTNERSHIP: told(PARTNERSHIP, begins="2026-10-01T00:00 matter.opened"),
        Kind.NEIGHBOURHOOD: told(NEIGHBOURHOOD, begins="2026-10-01T00:00 matter.opened"),
        Kind.COMPLAINT: told("", begins=COMPLAINT),
        Kind.CASE_REVIEW: told("", begins="2026-12-23T09:00 review.requested"),
    }


def outcomes(name: str) -> dict[str, list[str]]:
    """Every promise of a charter: "khan kept", "all missed missed running", "figure not_kept"."""
    rules = charter(name)
    found: dict[str, list[str]] = {promise.code: [] for promise in rules.promises}
    for kind, facts in matters().items():
        turns: dict[tuple[str, str], list[str]] = defaultdict(list)
        for one in judge(rules, facts, england(), at(NOW), kind):
            turns[one.promise, NAMES[one.about]].append(one.outcome.value)
        for (code, person), said in turns.items():
            found[code].append(f"{person} {' '.join(said)}")
        for showing in show(rules, facts, kind):
            late = " late" if showing.late else ""
            found[showing.promise].append(f"{NAMES[showing.about]} {showing.state.value}{late}")
    for promise in rules.judged:
        if promise.measure:
            scored = score(promise.measure, FIGURES, [], since=date(2020, 4, 1), today=date(2027, 2, 1))
            found[promise.code].append(f"figure {scored.verdict.value}")
    return {code: sorted(said) for code, said in found.items()}


@pytest.mark.parametrize("name", OUTCOMES)
def test_what_becomes_of_every_promise(name: str) -> None:
    found, expected = outcomes(name), OUTCOMES[name]
    assert {code: found[code] for code in found if found[code] != expected.get(code)} == {}
    assert list(found) == list(expected)
