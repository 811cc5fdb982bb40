"""What officers do in invented cases besides meeting deadlines: most of it, some of it not, some not called for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from asb_cases.demo.cast import Company
from asb_cases.vocabulary import OF_THE_CASE, Intervention, NotApplicable
from ledger.vocabulary import EventKind
from standards.charter import Kind, Promise
from standards.selectors import kinds_asked_for, rules_with_layer

if TYPE_CHECKING:
    from asb_cases.demo.casework import Casework

DAY = timedelta(days=1)

# How often a diligent officer does it; what is not named here she hardly ever leaves out.
OFTEN = {
    EventKind.SATISFACTION_ASKED: 0.7, EventKind.RISK_REVIEWED: 0.75, EventKind.INVESTIGATION_REVIEWED: 0.8,
    EventKind.OTHER_ROUTE_TOLD: 0.8, EventKind.COMPLAINT_ROUTE_TOLD: 0.85, EventKind.DEFINITION_APPLIED: 0.85,
    EventKind.PLAN_COMPLETED: 0.8, EventKind.AGENCIES_CONSULTED: 0.85, EventKind.SPOC_TOLD: 0.9,
}  # fmt: skip
# Why some of it has no place in a case, and how often.
UNCALLED = {
    EventKind.EVIDENCE_MEANS_GIVEN: (0.2, NotApplicable.NO_EVIDENCE, "Has nothing that could be recorded."),
    EventKind.SUPPORT_SIGNPOSTED: (0.06, NotApplicable.DECLINED, "Wants no leaflets and no calls from anybody else."),
    EventKind.SATISFACTION_ASKED: (0.08, NotApplicable.DECLINED, "Does not want to be asked."),
    EventKind.SAFETY_PLANNED: (0.15, NotApplicable.NOBODY, "Nobody in the house feels unsafe."),
    EventKind.WITNESS_ENCOURAGED: (0.1, NotApplicable.UNSAFE, "It would show the neighbour who spoke to us."),
}
AGAIN_NOTES = (
    "The same again on Saturday night, louder than before.",
    "It has started again. They shouted through the letter box.",
    "Third evening in a row. Has filled in the diary sheets.",
)


class Occasions:
    """The occasions of one case on which promises without a deadline are shown, as its partnership asks for them."""

    def __init__(self, work: Casework, company: Company) -> None:
        self.work = work
        self.chance = work.chance
        self.care = self.chance.uniform(0.9, 1.0) - 0.04 * work.pace
        rules = company.charter.pk, company.law.pk
        self.asked = kinds_asked_for(*rules, Kind.CASE)
        self.promises = _settled_by(rules_with_layer(*rules).judged)
        self.people = work.story.report.people
        self.agencies = [str(team.agency.pk) for team in company.teams]

    def report(self, number: int) -> None:
        """The caller gets the reference; some call again, weeks later."""
        at = self.work.received_at
        self._do(at, [EventKind.REFERENCE_GIVEN], number)
        if self.chance.random() < 0.08:
            again = at + timedelta(days=self.chance.randrange(6, 60))
            if again < self.work.ends():
                self.work.add(again, EventKind.REPORT_RECEIVED, number, note=self.chance.choice(AGAIN_NOTES),
                              channel="telephone", agency_type=self.work.agency_kind)  # fmt: skip
                self.work.add(again, EventKind.REPORT_REPEATED, number)
                explained = self.work.office(again + self.work.spread(2 * DAY))
                self._do(explained, [EventKind.REVIEW_EXPLAINED, EventKind.PROBLEM_SOLVING], number)

    def first_contact(self, number: int, at: datetime) -> None:
        self._do(at, [EventKind.IMPACT_HEARD, EventKind.VULNERABILITY_SCREENED, EventKind.LEAD_TOLD], number)
        if self.work.officer.person and self.chance.random() < self.care:
            self._add(at, EventKind.SPOC_NAMED, number, officer=str(self.work.officer.person))
            self._do(at, [EventKind.SPOC_TOLD], number)
        if self.chance.random() < self.care:
            self._add(at, EventKind.CHANNEL_AGREED, number, channel=self.chance.choice(("telephone", "text", "email")))
        if self.work.story.report.strands:
            self._do(at + DAY, [EventKind.HATE_REVIEWED, EventKind.HATE_SUPPORT_OFFERED], number)

    def visit(self, number: int, at: datetime) -> None:
        """A home visit at which several things are done at once."""
        kinds = [EventKind.RIGHTS_EXPLAINED, EventKind.SUPPORT_OFFERED, EventKind.SUPPORT_SIGNPOSTED,
                 EventKind.EVIDENCE_MEANS_GIVEN, EventKind.SAFETY_PLANNED, EventKind.OPTIONS_CONSIDERED,
                 EventKind.DECISION_EXPLAINED]  # fmt: skip
        self._do(at, kinds, number)
        if self.chance.random() < 0.3:
            handed_in = at + timedelta(days=self.chance.randrange(4, 20))
            self._do(handed_in, [EventKind.EVIDENCE_RECEIVED], number)
            self._do(self.work.office(handed_in + self.work.spread(3 * DAY)), [EventKind.EVIDENCE_REVIEWED], number)

    def witness(self, number: int, at: datetime) -> None:
        kinds = [EventKind.IMPACT_HEARD, EventKind.VULNERABILITY_SCREENED, EventKind.RIGHTS_EXPLAINED,
                 EventKind.SUPPORT_OFFERED, EventKind.SUPPORT_SIGNPOSTED, EventKind.SAFETY_PLANNED,
                 EventKind.WITNESS_ENCOURAGED, EventKind.DECISION_EXPLAINED]  # fmt: skip
        self._do(at, kinds, number)

    def in_the_case(self, at: datetime) -> None:
        """What is done towards agencies and those responsible, for nobody in particular."""
        self._do(self.work.received_at + DAY / 4, [EventKind.DEFINITION_APPLIED, EventKind.AGENCIES_CONSULTED])
        if self.work.story.report.immediate_danger:
            self._do(self.work.received_at + DAY / 24, [EventKind.POLICE_ACCEPTED])
        if self.chance.random() < self.care:
            agency = self.chance.choice(self.agencies)
            self._add(self.work.received_at + DAY / 4, EventKind.REFERRAL_MADE, agency=agency)
            self._add(self.work.received_at + DAY, EventKind.REFERRAL_ACCEPTED, agency=agency)
        if self.chance.random() < 0.35:
            later = self.work.office(at + self.work.spread(6 * DAY))
            self._do(later, [EventKind.PERPETRATOR_WARNED, EventKind.PERPETRATOR_ACTION])
            means = self.chance.choices(list(Intervention), (10, 12, 30, 22, 20, 6))[0]
            self._add(later, EventKind.INTERVENTION_MADE, None, **{"class": means.value})
            if self.chance.random() < 0.15:
                self._enforce(later + 3 * DAY)

    def _enforce(self, at: datetime) -> None:
        self._do(at, [EventKind.ENFORCEMENT_DECIDED, EventKind.PROPORTIONALITY, EventKind.OFFENDER_PLAN])
        if self.chance.random() < 0.3:
            self._do(at + 8 * DAY, [EventKind.PROCEEDINGS_BEGUN])
            for number in range(len(self.people)):
                self._do(at + 9 * DAY, [EventKind.SPECIAL_MEASURES, EventKind.WITNESS_SERVICE], number)
            self._do(at + 40 * DAY, [EventKind.COURT_DECIDED, EventKind.PUBLICITY_DECIDED])

    def before_closing(self, at: datetime) -> None:
        at = self.work.office(at)
        self._do(at - 6 * DAY, [EventKind.INVESTIGATION_DONE])
        self._do(at - 5 * DAY, [EventKind.INVESTIGATION_REVIEWED])
        self._do(at - 2 * DAY, [EventKind.PLAN_REVIEWED, EventKind.PLAN_COMPLETED, EventKind.PARTNER_ACTION])
        told = [EventKind.OUTCOME_TOLD, EventKind.CLOSING_EXPLAINED, EventKind.COMPLAINT_ROUTE_TOLD,
                EventKind.OTHER_ROUTE_TOLD, EventKind.RISK_REVIEWED, EventKind.SATISFACTION_ASKED]  # fmt: skip
        for number in range(len(self.people)):
            self._do(at, told, number)

    # --- done, forgotten, or not called for ---

    def _do(self, at: datetime, kinds: list[EventKind], number: int | None = None) -> None:
        for kind in kinds:
            how_often, reason, words = UNCALLED.get(kind, (0.0, None, ""))
            if number is not None and reason and self.chance.random() < how_often:
                self._excuse(at, kind, number, reason, words)
            elif self.chance.random() < self.care * OFTEN.get(kind, 1.0):
                self._add(at, kind, None if kind in OF_THE_CASE else number)

    def _excuse(self, at: datetime, kind: EventKind, number: int, reason: NotApplicable, words: str) -> None:
        roles = {str(role) for role in self.people[number].roles}
        for code, owed_to in self.promises.get(kind, {}).items():
            if roles & owed_to:
                self.work.add(at, EventKind.NOT_APPLICABLE, number, note=words, promise=code, reason=reason.value)

    def _add(self, at: datetime, kind: EventKind, number: int | None = None, **detail: str) -> None:
        if kind in self.asked:
            self.work.add(max(at, self.work.received_at), kind, number, by=None, note="", **detail)


def _settled_by(promises: tuple[Promise, ...]) -> Mapping[str, dict[str, set[str]]]:
    """The promises without a deadline that each kind of event shows, with those to whom they are owed."""
    settled: dict[str, dict[str, set[str]]] = defaultdict(dict)
    for promise in promises:
        if promise.clock and promise.clock.within:
            continue
        for rule in promise.shown_by:
            if rule.matter is Kind.CASE:
                for kind in rule.events:
                    settled[kind][promise.code] = {str(role) for role in rule.owed_to}
    return settled
