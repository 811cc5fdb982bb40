"""A ledger event as a short sentence for people who may see names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import TextChoices

from asb_cases import vocabulary as terms
from frontend.words import moment_words
from ledger.models import Event
from ledger.vocabulary import EventKind
from standards.phrases import amount_words
from standards.vocabulary import MissReason, Verdict


@dataclass(frozen=True)
class Names:
    """Who the ids in events are."""

    parties: Mapping[UUID, str]
    people: Mapping[UUID, str]
    agencies: Mapping[UUID, str]


_RECEIVED = {
    terms.ReportChannel.TELEPHONE: "by telephone",
    terms.ReportChannel.IN_PERSON: "in person",
    terms.ReportChannel.EMAIL: "by e-mail",
    terms.ReportChannel.WEB: "through the website",
    terms.ReportChannel.LETTER: "by letter",
    terms.ReportChannel.PARTNER: "from a partner agency",
}


# What is said in the same words each time: {whom} is the person, {via} the channel.
_SAID: dict[EventKind, str] = {
    EventKind.PARTY_SAME: "{whom} is the same person as in the case this one was merged into",
    EventKind.REPORT_REPEATED: "Second or later report of {whom} within six months",
    EventKind.IMMEDIATE_NEED: "Somebody is in immediate danger",
    EventKind.REFERENCE_GIVEN: "Gave {whom} the reference of the report",
    EventKind.DEFINITION_APPLIED: "Noted which definitions of anti-social behaviour are met",
    EventKind.AGENCIES_CONSULTED: "The agencies concerned exchanged what they know",
    EventKind.POLICE_FORWARDED: "Forwarded to the police",
    EventKind.POLICE_ACCEPTED: "Accepted by the police",
    EventKind.ACKNOWLEDGEMENT_SENT: "Written acknowledgement sent to {whom}{via}",
    EventKind.CONTACT_ATTEMPTED: "Tried to reach {whom}{via}",
    EventKind.CONTACT_MADE: "Contact with {whom}{via}",
    EventKind.CONTACT_UNWANTED: "{whom} was contacted{via}, which had not been agreed",
    EventKind.CHANNEL_AGREED: "Agreed to contact {whom}{via}",
    EventKind.MEETING_HELD: "Met {whom}",
    EventKind.MEETING_DECLINED: "{whom} declined a meeting",
    EventKind.ACTION_ADVISED: "Told {whom} what action will be or has been taken{via}",
    EventKind.UPDATE_GIVEN: "Updated {whom}{via}",
    EventKind.UPDATES_DECLINED: "{whom} wants no more updates",
    EventKind.SPOC_TOLD: "Gave {whom} the name and contact details of their contact",
    EventKind.LEAD_TOLD: "Told {whom} which organisation leads",
    EventKind.RIGHTS_EXPLAINED: "Rights explained to {whom}",
    EventKind.DECISION_EXPLAINED: "Told {whom} what is to be done and why",
    EventKind.OUTCOME_TOLD: "Told {whom} the outcome and the reasons",
    EventKind.CLOSING_EXPLAINED: "Told {whom} when and why the case is closed",
    EventKind.COMPLAINT_ROUTE_TOLD: "Told {whom} how to complain",
    EventKind.OTHER_ROUTE_TOLD: "Told {whom} of another route if not satisfied",
    EventKind.REVIEW_EXPLAINED: "ASB case review explained to {whom}",
    EventKind.SATISFACTION_ASKED: "Asked {whom} how satisfied they are",
    EventKind.IMPACT_HEARD: "Heard how it affects {whom} and what they want to happen",
    EventKind.VULNERABILITY_SCREENED: "{whom} screened for vulnerability",
    EventKind.RISK_REVIEWED: "Risk of {whom} reviewed before closing",
    EventKind.SAFETY_PLANNED: "Safety plan made with {whom}",
    EventKind.HATE_REVIEWED: "Hate crime or incident reviewed individually for {whom}",
    EventKind.HATE_SUPPORT_OFFERED: "Specialist hate crime support offered to {whom}",
    EventKind.SUPPORT_SIGNPOSTED: "Told {whom} where to go for support",
    EventKind.SUPPORT_OFFERED: "Support offered to {whom}",
    EventKind.SUPPORT_REFERRED: "{whom} referred to a support service with their consent",
    EventKind.WITNESS_ENCOURAGED: "{whom} encouraged and supported to come forward as a witness",
    EventKind.SPECIAL_MEASURES: "Special measures at court considered for {whom}",
    EventKind.WITNESS_SERVICE: "{whom} referred to the Witness Service",
    EventKind.PLAN_CONSULTED: "Asked {whom} for their views on the plan before it was final",
    EventKind.PLAN_AGREED: "Action plan agreed with {whom}",
    EventKind.PLAN_REVIEWED: "Action plan reviewed",
    EventKind.PLAN_COMPLETED: "Every action of the plan done",
    EventKind.PARTNER_ACTION: "Action agreed for a partner agency",
    EventKind.PROBLEM_SOLVING: "Several agencies worked on the problem together",
    EventKind.EVIDENCE_MEANS_GIVEN: "Gave {whom} a means of recording evidence",
    EventKind.EVIDENCE_RECEIVED: "{whom} handed in evidence",
    EventKind.EVIDENCE_REVIEWED: "Evidence from {whom} reviewed",
    EventKind.OPTIONS_CONSIDERED: "Full range of tools and powers considered",
    EventKind.PERPETRATOR_ACTION: "First action taken against those responsible",
    EventKind.PERPETRATOR_WARNED: "Told those responsible that it must stop and what may follow",
    EventKind.OFFENDER_PLAN: "Agencies agreed how to manage those responsible",
    EventKind.ENFORCEMENT_DECIDED: "Decided on enforcement",
    EventKind.PROPORTIONALITY: "Noted that proportionality and equality were considered",
    EventKind.PROCEEDINGS_BEGUN: "Court proceedings begun",
    EventKind.COURT_DECIDED: "A court passed sentence or made an order",
    EventKind.PUBLICITY_DECIDED: "Decided whether the court’s decision is publicised",
    EventKind.SENTENCE_PUBLISHED: "The court’s decision was publicised",
    EventKind.INTELLIGENCE_SHARED: "Shared information with partners under the agreement",
    EventKind.INTELLIGENCE_USED: "Acted on what partners shared",
    EventKind.INVESTIGATION_DONE: "Investigation completed",
    EventKind.INVESTIGATION_REVIEWED: "Investigation reviewed by a supervisor",
    EventKind.CONFIDENCE_BREACHED: "Something {whom} told in confidence reached somebody it should not have",
    EventKind.DISCLOSURE_UNLAWFUL: "Information was shared outside any agreement",
    EventKind.UNREACHABLE_CONFIRMED: "Confirmed that {whom} cannot be reached",
    EventKind.MATTER_MERGED: "Merged into another case",
    EventKind.MATTER_REOPENED: "Case opened again",
    EventKind.ENTRY_WITHDRAWN: "An entry was withdrawn: it should not have been made",
    EventKind.CALENDAR_CHANGED: "Bank holidays changed and running deadlines were judged again",
}


def sentence(event: Event, names: Names) -> str:
    """What happened, with a capital letter and no full stop: "Contact with Ms Khan by telephone"."""
    text = _text(event, names)
    return text[:1].upper() + text[1:]


def _text(event: Event, names: Names) -> str:
    detail = event.detail
    whom = names.parties.get(event.about, "somebody") if event.about else "everybody concerned"
    match EventKind(event.kind):
        case EventKind.REPORT_RECEIVED:
            how = _RECEIVED.get(detail.get("channel"), "")
            return (f"{whom} reported again {how}" if event.about else f"Report received {how}").strip()
        case EventKind.PARTY_KNOWN:
            return f"{whom} is part of the case: {_labels(terms.PartyRole, detail.get('roles')).lower()}"
        case EventKind.HATE_IDENTIFIED:
            return f"Perceived as hate crime{_about(_labels(terms.Strand, detail.get('strands')))}"
        case EventKind.RISK_ASSESSED:
            score = f", score {detail['score']}" if "score" in detail else ""
            return f"Risk of {whom} assessed: {_label(terms.RiskBand, detail.get('band')).lower()}{score}"
        case EventKind.RESPONSE_MADE:
            return f"Response: {_label(terms.ResponseAction, detail.get('action')).lower()}"
        case EventKind.INTERVENTION_MADE:
            return f"Intervention: {_label(terms.Intervention, detail.get('class')).lower()}"
        case EventKind.UPDATES_AGREED:
            return f"Agreed with {whom}: an update every {amount_words(detail['amount'], detail['unit'])}"
        case EventKind.DEADLINE_VARIED:
            later = moment_words(datetime.fromisoformat(detail["due"]))
            return f"{whom} asked for a later date: {later}"
        case EventKind.NOT_APPLICABLE:
            reason = _label(terms.NotApplicable, detail.get("reason"))
            return f"{detail.get('promise', 'A promise')} does not apply to {whom}: {reason[:1].lower()}{reason[1:]}"
        case _:
            said = _SAID.get(EventKind(event.kind), EventKind(event.kind).label)
            return _answering_text(event, names) or said.format(whom=whom, via=_by(detail))


def _answering_text(event: Event, names: Names) -> str:
    """Who has the case, how it ended, and what was said about a miss; nothing for other entries."""
    detail = event.detail
    match EventKind(event.kind):
        case EventKind.REFERRAL_MADE:
            return f"Referred to {_name(names.agencies, detail.get('agency'), 'the agency that is responsible')}"
        case EventKind.REFERRAL_ACCEPTED:
            return f"Accepted by {_name(names.agencies, detail.get('agency'), 'the agency that is responsible')}"
        case EventKind.SPOC_NAMED:
            whom = names.parties.get(event.about, "somebody") if event.about else "everybody concerned"
            return f"{_name(names.people, detail.get('officer'), 'An officer')} is the contact of {whom}"
        case EventKind.OFFICER_ASSIGNED:
            return f"Assigned to {_name(names.people, detail.get('officer'), 'an officer')}"
        case EventKind.MATTER_TRANSFERRED:
            agency = _name(names.agencies, detail.get("agency"), "another agency")
            return f"Transferred to {agency}: {_label(terms.TransferReason, detail.get('reason')).lower()}"
        case EventKind.MATTER_CLOSED:
            return f"Case closed: {_label(terms.ClosureOutcome, detail.get('outcome')).lower()}"
        case EventKind.BREACH_EXPLAINED:
            return f"Reason given for a missed promise: {_label(MissReason, detail.get('reason')).lower()}"
        case EventKind.BREACH_REVIEWED:
            return f"Reason for a missed promise reviewed: {_label(Verdict, detail.get('verdict')).lower()}"
        case _:
            return ""


def _by(detail: Mapping[str, Any]) -> str:
    """ " by telephone", " in person"; nothing when the channel is not known."""
    if "channel" not in detail:
        return ""
    label = _label(terms.ContactChannel, detail["channel"]).lower()
    return f" {label}" if label == "in person" else f" by {label}"


def _about(labels: str) -> str:
    return f" ({labels.lower()})" if labels else ""


def _label(choices: type[TextChoices], value: object) -> str:
    return str(choices(value).label) if value in choices.values else "not recorded"


def _labels(choices: type[TextChoices], values: object) -> str:
    return ", ".join(_label(choices, value) for value in values) if isinstance(values, list) else ""


def _name(names: Mapping[UUID, str], value: object, otherwise: str) -> str:
    return names.get(UUID(str(value)), otherwise) if value else otherwise
