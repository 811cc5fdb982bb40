"""Standards with every kind of promise, and a March of hand-made cases that were or were not kept to."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from asb_cases.models import Case
from ledger.services import Author, Entry
from ledger.vocabulary import EventKind
from standards.calendar import LONDON
from standards.loading import load_charter
from standards.services import record
from standards.sweep import sweep
from tests.cast import Cast, party

HOUR = timedelta(hours=1)
HEAD = """
format = 1
code = "{code}"
name = "{name}"
short_name = "{name}"
document = "{document}"
division = "england-and-wales"
"""
CHARTER = (
    HEAD.format(code="T", name="Cherwell", document="Our Promises")
    + """
[[promise]]
code = "T-CONTACT"
clause = "1"
summary = "Each victim is contacted within 48 hours."
[promise.clock]
duty = "Contact {person}"
owed_to = ["victim"]
start = ["report.received"]
stop = ["contact.made", "meeting.held"]
within = { amount = 48, unit = "hours" }
unless = { hate = true }
[[promise]]
code = "T-HATE"
clause = "1"
summary = "Each victim of hate crime is contacted within 24 hours."
[promise.clock]
duty = "Contact {person}"
owed_to = ["victim"]
start = ["report.received"]
stop = ["contact.made", "meeting.held"]
within = { amount = 24, unit = "hours" }
when = { hate = true }
[[promise]]
code = "T-RESPOND"
clause = "2"
summary = "Incidents are responded to as soon as possible."
[promise.clock]
duty = "Respond to the incident"
owed_to = ["matter"]
start = ["report.received"]
stop = ["response.made"]
within = { local = true }
[[promise]]
code = "T-PLAN"
clause = "3"
summary = "A plan is agreed with each victim."
[promise.evidence]
owed_to = ["victim"]
events = ["plan.agreed"]
[[promise]]
code = "T-MEET"
clause = "4"
summary = "The partners meet every month."
[promise.publication]
what = "A meeting of the partners"
events = ["partners.met"]
every = { amount = 1, unit = "calendar_months" }
[[promise]]
code = "T-PUBLISH"
clause = "4"
summary = "The standards are published."
[promise.publication]
what = "The standards"
events = ["standards.published"]
[[promise]]
code = "T-FEWER"
clause = "5"
summary = "Fewer people see anti-social behaviour as a problem."
[promise.measure]
measure = "People who see it as a problem"
expect = "fall"
[[promise]]
code = "T-OFF"
clause = "6"
summary = "Something that is not law yet."
since = 2027-05-01
switched_off = "the law is not in force yet"
[promise.evidence]
owed_to = ["victim"]
events = ["rights.explained"]
"""
)
LAYER = (
    HEAD.format(code="LAW", name="The law", document="What the law adds")
    + """
layer = true
[[promise]]
code = "LAW-RIGHTS"
clause = "s.1"
summary = "Victims are told their rights."
[promise.evidence]
owed_to = ["victim"]
events = ["rights.explained"]
[[promise]]
code = "LAW-2.1"
clause = "s.2"
summary = "A safety plan is made within 5 days."
[promise.clock]
duty = "Make a safety plan with {person}"
owed_to = ["victim"]
start = ["report.received"]
stop = ["safety.planned"]
within = { amount = 5, unit = "calendar_days" }
"""
)


def put_in_force(cast: Cast, folder: Path) -> None:
    """Both partnerships run under the same standards: what is counted must be each one's own."""
    (folder / "charter.toml").write_text(CHARTER)
    (folder / "layer.toml").write_text(LAYER)
    for partnership in (cast.cherwell, cast.coventry):
        load_charter(partnership=partnership.pk, path=folder / "charter.toml", effective_from=date(2012, 1, 1))
    load_charter(partnership=None, path=folder / "layer.toml", effective_from=date(2012, 1, 1))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def tell(cast: Cast, case: Case, kind: str, when: datetime, **detail: object) -> None:
    """Enter that something happened with the victim (whoever else there is) then."""
    whole = {EventKind.MATTER_CLOSED, EventKind.HATE_IDENTIFIED, EventKind.RESPONSE_MADE}
    about = None if kind in whole or not case.parties.exists() else party(case).pk
    entry = Entry(
        kind=EventKind(kind),
        occurred_at=when,
        about=about,
        detail=detail,
        by=Author(person=cast.priya.pk, agency=cast.council.pk),
    )
    record(matter=case.pk, entries=[entry])


def contact(cast: Cast, case: Case, hours: float) -> None:
    tell(cast, case, "contact.made", case.matter.received_at + hours * HOUR, channel="telephone")


def close(cast: Cast, case: Case, when: datetime) -> None:
    tell(cast, case, "matter.closed", when, outcome="resolved")


def not_reached(cast: Cast, case: Case) -> None:
    """Three attempts on two days by two channels, confirmed by the team lead."""
    for hours, channel in ((2, "telephone"), (26, "text"), (27, "telephone")):
        tell(cast, case, "contact.attempted", case.matter.received_at + hours * HOUR, channel=channel)
    tell(cast, case, "unreachable.confirmed", case.matter.received_at + 30 * HOUR)


def march(cast: Cast, year: int = 2024) -> dict[str, Case]:
    """Cases received on the fourth of March at nine, by what became of the contact."""
    received = at(f"{year}-03-04 09:00")
    cases = {name: cast.case(received) for name in ("kept", "later", "late", "attempted", "hate", "retracted", "swept")}
    contact(cast, cases["kept"], 10)
    contact(cast, cases["later"], 20)
    contact(cast, cases["late"], 60)
    not_reached(cast, cases["attempted"])
    tell(cast, cases["hate"], "hate.identified", received + 30 * HOUR, strands=["race"])
    contact(cast, cases["hate"], 40)
    sweep()
    contact(cast, cases["retracted"], 5)  # entered after it was recorded as missed
    cases["unswept"] = cast.case(received)
    return cases
