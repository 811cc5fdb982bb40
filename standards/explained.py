"""How a promise is judged, in plain words made from its rule: what people read is what the engine does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from frontend.words import date_words
from ledger.vocabulary import EventKind
from standards.charter import (
    ClockRule,
    Condition,
    EvidenceRule,
    Expected,
    Kind,
    MeasureRule,
    Promise,
    PublicationRule,
    Risk,
    Role,
    Within,
)
from standards.phrases import amount_words, figure_words

# What sentences call the events that most promises begin and end with; others are told by their label.
_BEGINNINGS = {
    "report.received": "the report",
    "complaint.received": "the complaint",
    "review.requested": "the request for a case review",
    "matter.opened": "the beginning of the duty",
    "plan.agreed": "an agreed action plan",
    "updates.agreed": "an agreement on updates",
    "immediate_need.identified": "learning that somebody is in danger",
    "matter.closed": "the closing of the case",
}
_WAYS = {
    "contact.made": "contact with the person",
    "meeting.held": "a meeting with the person",
    "acknowledgement.sent": "a written acknowledgement",
    "update.given": "an update to the person",
    "plan.agreed": "an agreed action plan",
    "response.made": "a documented response to the incident",
    "police.forwarded": "forwarding it to the police",
    "risk.assessed": "a completed risk assessment",
    "matter.closed": "closing the case",
    "meeting.declined": "the person declines a meeting",
    "updates.declined": "the person wants no more updates",
}
_EACH = {
    Role.VICTIM: "each victim",
    Role.WITNESS: "each witness",
    Role.REPORTER: "each person who reported it",
    Role.MATTER: "the people concerned",
}
_REPORTERS = {Kind.COMPLAINT: "each complainant", Kind.CASE_REVIEW: "each applicant"}
_ENDS = {
    Kind.CASE: "the case is closed",
    Kind.COMPLAINT: "the complaint is closed",
    Kind.CASE_REVIEW: "the case review is closed",
}
_EXPECTED = {
    Expected.FALL: "fall",
    Expected.RISE: "rise",
    Expected.NOT_FALL: "not fall",
    Expected.NOT_RISE: "not rise",
}
_CONDITIONS = {
    "hate": ("it is perceived as a hate crime or incident", "it is not perceived as a hate crime or incident"),
    "immediate": ("somebody is in immediate danger", "nobody is in immediate danger"),
    "taken_by_police": ("the police took the report", "another agency than the police took the report"),
    "writable": ("there is a way to write to the person", "there is no way to write to the person"),
    "contactable": ("there is a way to reach the person", "there is no way to reach the person"),
    "repeat": ("it is the person's second report in six months", "it is the person's first report in six months"),
    "landlord": ("the complaint is about a landlord", "the complaint is not about a landlord"),
}


def explained(promise: Promise) -> list[str]:
    """How the promise is judged: a few sentences for each way."""
    told: list[str] = []
    if promise.clock:
        told += _clock(promise.clock)
    if promise.evidence:
        told += _evidence(promise.evidence)
    if promise.publication:
        told += _publication(promise.publication)
    if promise.measure:
        told += _measure(promise.measure)
    return told


def kinds_in_words(promise: Promise) -> str:
    """ "Deadline", "Deadline and evidence"."""
    names = {"clock": "deadline", "evidence": "evidence", "publication": "publication", "measure": "figure"}
    return _and(names[kind] for kind in promise.kinds).capitalize()


def every_words(every: Within) -> str:
    """ "once a month", "once a year"."""
    known = {1: "once a month", 3: "once a quarter", 12: "once a year"}
    return known.get(every.amount, f"once in every {amount_words(every.amount, every.unit)}")


def _clock(rule: ClockRule) -> list[str]:
    # A duty is told to the officer; here everybody reads it.
    duty = rule.duty.format(person=_whom(rule.owed_to, rule.matter)).replace(" your ", " the officer’s ")
    start = _beginning(rule.start)
    if rule.within is None:
        first = f"{duty}. Counted from {start}. No time was promised, so how long it takes is measured and not judged."
    elif rule.recurring:
        first = f"{duty} every {_amount(rule.within)}, again and again, from {start} and then from each one."
    else:
        first = f"{duty} within {_amount(rule.within)} of {start}."
    counts = "Kept by" if rule.within else "What counts is"
    told = [first, f"{counts} {_ways(rule.stop)}{', in writing' if rule.written else ''}."]
    if rule.within and rule.within.local:
        told.append("The partnership set this time; its document gives no number.")
    if rule.agreed_by:
        told.append("What was agreed with the person counts instead.")
    told += _conditions(rule.when, rule.unless)
    if rule.waived_by:
        told.append(f"Nothing more is owed if {_ways(rule.waived_by)}.")
    if rule.opt_out:
        told.append(f"It ends if {_ways(rule.opt_out)}.")
    return told


def _evidence(rule: EvidenceRule) -> list[str]:
    told = []
    if rule.events:
        whom = "" if Role.MATTER in rule.owed_to else f"For {_whom(rule.owed_to, rule.matter)} "
        what = f"{whom}the record must show {_ways(rule.events)}"
        if rule.every:
            told.append(_capital(f"{what}, {every_words(rule.every)}."))
        else:
            told.append(_capital(f"{what}{_by(rule)}."))
    if rule.never:
        told.append(f"This must not have happened: {_ways(rule.never)}.")
    if rule.start:
        told.append(f"Owed only once {_recorded(rule.start)}.")
    return told + _conditions(rule.when, rule.unless)


def _by(rule: EvidenceRule) -> str:
    if rule.by:
        return f" before {_ways(rule.by)}"
    return f" before {_ENDS[rule.matter]}" if rule.matter in _ENDS else ""


def _publication(rule: PublicationRule) -> list[str]:
    how_often = every_words(rule.every) if rule.every else "at least once"
    where = " in each neighbourhood" if rule.matter is Kind.NEIGHBOURHOOD else ""
    return [f"For the public{where}, {how_often}: {_lower(rule.what)}.", f"Kept by {_ways(rule.events)}."]


def _measure(rule: MeasureRule) -> list[str]:
    unit = ", in per cent" if rule.figure == "percent" else ""
    told = [f"Measured at least every {rule.months} months: {_lower(rule.measure)}{unit}."]
    if rule.expect is not Expected.MEASURED:
        least = f" by at least {abs(rule.change):g} per cent" if rule.change is not None else ""
        told.append(f"It must {_EXPECTED[rule.expect]}{least} from one period to the next.")
    if rule.target is not None:
        ends = f" by {date_words(rule.ends)}" if rule.ends else ""
        start = f", from {figure_words(rule.baseline, rule.figure)}" if rule.baseline is not None else ""
        told.append(f"The target is {figure_words(rule.target, rule.figure)}{ends}{start}.")
    elif rule.aim is not None:
        told.append(
            f"The document aims at {figure_words(rule.aim, rule.figure)} without a date; the partnership sets the date."
        )
    if rule.source:
        told.append(f"Source: {rule.source}.")
    return told


def _conditions(when: Condition, unless: Condition) -> list[str]:
    told = []
    if holds := _condition(when):
        told.append(f"Only if {_and(holds)}.")
    if not_so := _condition(unless):
        told.append(f"Not if {_either(not_so)}.")
    return told


def _condition(condition: Condition) -> list[str]:
    said = []
    for name, (yes, no) in _CONDITIONS.items():
        value = getattr(condition, name)
        if value is not None:
            said.append(yes if value else no)
    if condition.risk:
        bands = _either("not assessed yet" if band is Risk.UNASSESSED else str(band) for band in condition.risk)
        said.append(f"the risk is {bands}")
    return said


def _amount(within: Within) -> str:
    return amount_words(within.amount, within.unit)


def _whom(roles: Iterable[Role], matter: Kind) -> str:
    return _and(_REPORTERS.get(matter, _EACH[role]) if role is Role.REPORTER else _EACH[role] for role in roles)


def _beginning(kinds: Sequence[str]) -> str:
    if all(kind in _BEGINNINGS for kind in kinds):
        return _either(_BEGINNINGS[kind] for kind in kinds)
    return f"the moment when {_recorded(kinds)}"


def _recorded(kinds: Sequence[str]) -> str:
    return f"{'this' if len(kinds) == 1 else 'one of these'} is recorded: {_quoted(kinds)}"


def _ways(kinds: Sequence[str]) -> str:
    """Event kinds as a list of alternatives; labels that are sentences are quoted as what is recorded."""
    if all(kind in _WAYS for kind in kinds):
        return _either(_WAYS[kind] for kind in kinds)
    return _quoted(kinds)


def _quoted(kinds: Iterable[str]) -> str:
    return _either(f"“{EventKind(kind).label}”" for kind in kinds)


def _either(words: Iterable[str]) -> str:
    return _joined(words, "or")


def _and(words: Iterable[str]) -> str:
    return _joined(words, "and")


def _joined(words: Iterable[str], link: str) -> str:
    told = list(dict.fromkeys(words))
    return f"{', '.join(told[:-1])} {link} {told[-1]}" if len(told) > 1 else "".join(told)


def _lower(text: str) -> str:
    """ "The notes of meetings" inside a sentence; "ASB ..." keeps its capitals."""
    text = text.rstrip(".")
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
