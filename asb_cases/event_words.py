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


def sentence(event: Event, names: Names) -> str:
    """What happened, with a capital letter and no full stop: "Contact with Ms Khan by telephone"."""
    text = _text(event, names)
    return text[:1].upper() + text[1:]


def _text(event: Event, names: Names) -> str:
    detail = event.detail
    whom = names.parties.get(event.about, "somebody") if event.about else "everybody concerned"
    via = _by(detail)
    match EventKind(event.kind):
        case EventKind.REPORT_RECEIVED:
            return f"Report received {_RECEIVED.get(detail.get('channel'), '')}".strip()
        case EventKind.PARTY_KNOWN:
            return f"{whom} is part of the case: {_labels(terms.PartyRole, detail.get('roles')).lower()}"
        case EventKind.HATE_IDENTIFIED:
            return f"Perceived as hate crime{_about(_labels(terms.Strand, detail.get('strands')))}"
        case EventKind.RISK_ASSESSED:
            score = f", score {detail['score']}" if "score" in detail else ""
            return f"Risk of {whom} assessed: {_label(terms.RiskBand, detail.get('band')).lower()}{score}"
        case EventKind.ACKNOWLEDGEMENT_SENT:
            return f"Written acknowledgement sent to {whom}{via}"
        case EventKind.CONTACT_ATTEMPTED:
            return f"Tried to reach {whom}{via}"
        case EventKind.CONTACT_MADE:
            return f"Contact with {whom}{via}"
        case EventKind.MEETING_HELD:
            return f"Met {whom}"
        case EventKind.MEETING_DECLINED:
            return f"{whom} declined a meeting"
        case EventKind.RESPONSE_MADE:
            return f"Response: {_label(terms.ResponseAction, detail.get('action')).lower()}"
        case EventKind.ACTION_ADVISED:
            return f"Told {whom} what action will be or has been taken{via}"
        case EventKind.PLAN_AGREED:
            return f"Action plan agreed with {whom}"
        case EventKind.UPDATES_AGREED:
            return f"Agreed with {whom}: an update every {amount_words(detail['amount'], detail['unit'])}"
        case EventKind.UPDATE_GIVEN:
            return f"Updated {whom}{via}"
        case EventKind.UPDATES_DECLINED:
            return f"{whom} wants no more updates"
        case EventKind.DEADLINE_VARIED:
            later = moment_words(datetime.fromisoformat(detail["due"]))
            return f"{whom} asked for a later date: {later}"
        case EventKind.UNREACHABLE_CONFIRMED:
            return f"Confirmed that {whom} cannot be reached"
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
        case kind:
            return str(kind.label)


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
