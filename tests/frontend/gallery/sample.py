"""Invented cases, people and numbers for the gallery. Fixed in time, so that its pictures can be compared."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from frontend.charts import Bar, Column
from frontend.components import Clock, Entry, Place, Step, running_clock
from frontend.words import LONDON

NOW = dt.datetime(2026, 9, 3, 10, 30, tzinfo=LONDON)


def at(days: float) -> dt.datetime:
    return NOW + dt.timedelta(days=days)


def due(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, 9, day, hour, minute, tzinfo=LONDON)


def page(current: str = "Cases", **others: Any) -> dict[str, Any]:
    labels = ("My work", "Cases", "Missed deadlines", "Dashboard", "Case reviews")
    return {
        "service": "Anti-social behaviour cases",
        "organisation": "Norchester Community Safety Partnership",
        "person": "Priya Shah",
        "agency": "Norchester City Council",
        "navigation": [Place(label=label, url="#", current=label == current) for label in labels],
        "demonstration": True,
        **others,
    }


PUBLIC_PAGE = {"service": "Report anti-social behaviour", "organisation": "Norchester City Council"}


@dataclass(frozen=True)
class Case:
    reference: str
    kind: str
    place: str
    status: str
    colour: str
    risk: str
    due_at: dt.datetime
    clock: str
    owner: str
    agency: str
    opened: dt.date


KINDS = ("Verbal abuse", "Noise", "Vandalism", "Fly-tipping", "Animal nuisance", "Drug use or dealing")
STREETS = (
    "47 Mill Lane, Abbey",
    "65 Tanner’s Yard, Castle",
    "9 Station Road, Northgate",
    "2 Orchard Close, Riverside",
)
STATUSES = (
    ("New", "blue"),
    ("Triage", "light-blue"),
    ("Investigation", "turquoise"),
    ("Action plan", "purple"),
)
CLOCKS = ("Risk assessment", "First contact", "Action plan review", "Agreed update")
PEOPLE = (
    ("Priya Shah", "City Council"),
    ("Grace Okafor", "Norchester Homes"),
    ("PC 4127 Hughes", "Neighbourhood Policing"),
    ("", ""),
)
DUE = (due(1, 17), due(2, 9), due(3, 17), due(3, 12), due(4, 9), due(7, 17), due(11, 17), due(24, 17))

CASES = [
    Case(
        reference=f"ASB-26-{1042 + 7 * number}",
        kind=KINDS[number % len(KINDS)],
        place=STREETS[number % len(STREETS)],
        status=STATUSES[number % len(STATUSES)][0],
        colour=STATUSES[number % len(STATUSES)][1],
        risk=("High", "Medium", "Standard")[number % 3],
        due_at=DUE[min(number // 8, len(DUE) - 1)],
        clock=CLOCKS[number % len(CLOCKS)],
        owner=PEOPLE[number % len(PEOPLE)][0],
        agency=PEOPLE[number % len(PEOPLE)][1],
        opened=dt.date(2026, 8, 1) + dt.timedelta(days=number % 31),
    )
    for number in range(64)
]

DEADLINES = [
    running_clock("Risk assessment", started=at(-9), due=due(1, 17), now=NOW, note="Target: 5 working days", url="#"),
    running_clock("Agreed update", started=at(-13), due=due(3, 17), now=NOW, note="Every 10 working days", url="#"),
    running_clock("Action plan review", started=at(-16), due=due(15, 17), now=NOW, note="Every 28 days"),
    Clock(
        name="Meeting",
        state="paused",
        words="On hold",
        when="Since Monday 31 August",
        note="Awaiting the victim",
    ),
    Clock(
        name="First contact",
        state="missed",
        words="Missed by 3 hours",
        when="Friday 21 August, 12:00pm (midday)",
    ),
    Clock(
        name="Acknowledgement",
        state="met",
        settled=True,
        words="Met",
        when="Wednesday 19 August, 9:14am",
        note="1 working day",
    ),
]

SECTIONS = [
    Place(label="Overview", url="#", current=True),
    Place(label="Timeline", url="#", count=25),
    Place(label="People", url="#", count=4),
    Place(label="Risk", url="#"),
    Place(label="Actions", url="#", count=3),
    Place(label="Evidence", url="#", count=1_207),
    Place(label="Sharing", url="#", count=2),
]

TIMELINE = [
    Entry(
        title="Diary sheet received",
        by="the victim, online",
        at=due(2, 21, 40),
        text="3 entries, 2 sound recordings. Loud music between 11pm and 2am on 3 nights.",
        url="#",
        url_words="Listen to the recordings",
    ),
    Entry(title="Deadline missed: risk assessment", by="the system", at=due(1, 17), system=True),
    Entry(
        title="Home visit",
        by="PC 4127 Hughes, Neighbourhood Policing",
        at=due(1, 16, 5),
        text="Spoke to the occupier at number 14. Gave a verbal warning.",
    ),
    Entry(
        title="Case shared with Norchester Homes",
        by="Priya Shah, City Council",
        at=at(-4),
        text="Shared: summary, action plan. Not shared: the victim’s contact details.",
    ),
]

STEPS = [
    Step(title="We received your report", state="done", text="18 August 2026, 8:52pm"),
    Step(title="We contacted you", state="done", text="19 August 2026"),
    Step(title="We are looking into it", state="now", text="The police visited on 1 September."),
    Step(title="We agree a plan with you", state="later"),
    Step(title="We close your case, after asking you first", state="later"),
]

OVERDUE = [
    Bar("Risk assessment", 5, "#", alert=True),
    Bar("Agreed update", 4, "#", alert=True),
    Bar("Acknowledgement", 3, "#", alert=True),
    Bar("Action plan review", 2, "#", alert=True),
    Bar("First contact", 0, "#", alert=True),
]

MONTHS = [
    Column("Apr", (31, 24)),
    Column("May", (44, 29)),
    Column("Jun", (47, 41)),
    Column("Jul", (36, 44)),
    Column("Aug", (41, 39)),
    Column("Sep", (22, 17)),
]
