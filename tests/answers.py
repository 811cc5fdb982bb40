"""What people type into the forms, good answers throughout: a test changes only the one it is about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from asb_cases.models import Party
from dashboards.settings_forms import answers_of
from frontend.words import local, time_words
from partners.models import User
from standards.changing import newest_version
from standards.models import Clock
from tests.cast import Cast

HOUR = timedelta(hours=1)

Answers = dict[str, Any]


def day(name: str, value: date) -> Answers:
    """The three boxes of a date."""
    return {f"{name}_day": str(value.day), f"{name}_month": str(value.month), f"{name}_year": str(value.year)}


def moment(name: str, value: datetime) -> Answers:
    """The four boxes of a moment, as the page itself fills them in: on London's clocks, without "(midday)"."""
    return {**day(name, local(value).date()), f"{name}_time": time_words(value).split(" ")[0]}


KHAN: Answers = {
    "roles": ["victim", "reporter"],
    "title": "Ms",
    "given_name": "Amira",
    "family_name": "Khan",
    "telephone": "07700 900123",
    "email": "amira.khan@example.org",
    "address": "4 Orchard Way",
    "postcode": "ox165qa",
    "may_write": "yes",
    "safe_contact": "Call between 9 and 3",
}
WEBB: Answers = {
    "roles": ["witness"],
    "title": "Mrs",
    "given_name": "Vera",
    "family_name": "Webb",
    "telephone": "07700 900456",
    "may_write": "no",
}


def people(*persons: Mapping[str, Any], blank: int = 0) -> Answers:
    """The persons of the report form, and as many left blank behind them."""
    typed: Answers = {
        "people-TOTAL_FORMS": str(len(persons) + blank),
        "people-INITIAL_FORMS": "0",
        "people-MIN_NUM_FORMS": "0",
        "people-MAX_NUM_FORMS": "20",
    }
    for number, person in enumerate([*persons, *({"may_write": "yes"} for _ in range(blank))]):
        typed |= {f"people-{number}-{name}": value for name, value in person.items()}
    return typed


def report(cast: Cast, *persons: Mapping[str, Any], at: datetime | None = None, **changes: Any) -> Answers:
    """The report form as Jo fills it in; about Ms Khan unless other persons are given."""
    membership = cast.council.memberships.get()
    return {
        "immediate_danger": "no",
        "channel": "telephone",
        **moment("received_at", at or timezone.now() - HOUR),
        "taken_for": str(membership.pk),
        "lead_agency": str(cast.council.pk),
        "category": "noise",
        "description": "Loud music until three in the morning.",
        "place": "Orchard Way, Banbury",
        "postcode": "OX16 5QB",
        "hate": "no",
        "token": str(uuid4()),
        **people(*(persons or (KHAN,))),
        **changes,
    }


def acts(at: datetime) -> dict[str, Answers]:
    """The good answers to each form of asb_cases.forms.acts, by the word in its address, for one person's case.

    Those that ask for something of this one case are made by a function each: `later_date`, `spoc`, `not_applicable`.
    `reopen` is for a closed case.
    """
    when = moment("at", at)
    return {
        "contact": {"channel": "telephone", **when, "gave_update": "true", "told_action": "true", "note": "A note."},
        "attempt": {"channel": "telephone", **when, "note": "A note."},
        "meeting": {**when, "note": "A note."},
        "meeting-declined": {**when, "note": "A note."},
        "unreachable": {**when, "note": "A note."},
        "update": {"channel": "letter", **when, "note": "A note."},
        "action-advised": {"channel": "email", **when, "note": "A note."},
        "acknowledgement": {"channel": "letter", **when, "note": "A note."},
        "risk": {"band": "medium", "score": "42", **when, "note": "A note."},
        "hate": {"about": "everybody", "strands": ["race", "religion"], **when, "note": "A note."},
        "danger": {**when, "note": "A note."},
        "forwarded": {**when, "note": "A note."},
        "plan": {"interval": "yes", "amount": "5", "unit": "working_days", **when, "note": "A note."},
        "response": {"about": "everybody", "action": "patrol", **when, "note": "A note."},
        "updates": {"wanted": "every", "amount": "3", "unit": "calendar_days", **when, "note": "A note."},
        "close": {"outcome": "resolved", **when, "note": "A note."},
        "reopen": {**when, "note": "A note."},
        "done": {
            "people": ["rights.explained", "complaint_route.told"],
            "support": ["support.signposted"],
            "action": ["options.considered"],
            "about": "everybody",
            **when,
            "note": "A note.",
        },
        "intervention": {"means": "early_intervention", **when, "note": "A note."},
        "referral": {"agency": "outside", "what": "both", **when, "note": "A note."},
        "channel": {"channel": "text", **when, "note": "A note."},
        "unwanted-contact": {"channel": "telephone", **when, "note": "A note."},
        "report-again": {"channel": "telephone", **when, "note": "A note.", "token": "sent once"},
    }


def spoc(officer: User, at: datetime) -> Answers:
    return {"officer": str(officer.pk), "told": "true", **moment("at", at), "note": "A note."}


def not_applicable(promise: str, about: Party | None, at: datetime) -> Answers:
    key = f"{promise}:{about.pk if about else 'case'}"
    return {"promise": key, "reason": "declined", **moment("at", at), "note": "A note."}


def later_date(clock: Clock, at: datetime, due_at: datetime) -> Answers:
    return {"clock": str(clock.pk), **moment("due_at", due_at), **moment("at", at), "note": "A note."}


def holiday(value: date, *divisions: str, name: str = "Day of mourning") -> Answers:
    return {**day("date", value), "divisions": list(divisions or ("england-and-wales",)), "name": name}


def local_settings(cast: Cast) -> Answers:
    """Warnings later than now, on the newest version of Cherwell's standards."""
    newest = newest_version(cast.cherwell.pk)
    first = day("effective_from", newest.effective_from + timedelta(days=1))
    return {**answers_of(newest), **first, "base": str(newest.pk), "warn_after": "80", "note": "Too many warnings."}
