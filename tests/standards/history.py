"""Writing a matter's history in a test as one would tell it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID, uuid5

import holidays

from ledger.vocabulary import EventKind
from standards.calendar import LONDON, Calendar, Edition
from standards.charter import Charter
from standards.charter_file import load
from standards.engine import Judgement, judge
from standards.facts import Fact

_NAMES = UUID("00000000-0000-0000-0000-0000000000aa")

CHARTERS = Path(__file__).parents[2] / "standards" / "charters"


def charter(name: str) -> Charter:
    return load(CHARTERS / f"{name}.toml", event_kinds=EventKind.values)[0]


def england(*later: Edition) -> Calendar:
    days = frozenset(holidays.country_holidays("GB", subdiv="ENG", years=range(2012, 2029)))
    first = Edition(days, date(2012, 1, 1), date(2028, 12, 31))
    return Calendar("england-and-wales", (first, *later))


def at(text: str) -> datetime:
    """London time: "2026-09-02 09:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC)


def who(name: str) -> UUID:
    return uuid5(_NAMES, name)


KHAN, DUNN, WEBB = who("Ms Khan"), who("Mr Dunn"), who("Mrs Webb")


class Story:
    """Facts added one by one; `judged` gives the clocks by promise, person and turn."""

    def __init__(self, charter_name: str) -> None:
        self.charter = charter(charter_name)
        self.facts: list[Fact] = []

    def add(
        self, when: str, kind: str, about: UUID | None = None, *, corrects: Fact | None = None, **detail: object
    ) -> Fact:
        fact = Fact(
            id=uuid5(_NAMES, f"{len(self.facts)}"),
            kind=EventKind(kind).value,
            occurred_at=at(when),
            about=about,
            detail=detail,
            corrects=corrects.id if corrects else None,
        )
        self.facts.append(fact)
        return fact

    def received(self, when: str, **detail: object) -> Fact:
        return self.add(when, "report.received", **{"channel": "telephone", "agency_type": "council", **detail})

    def known(self, when: str, person: UUID, *roles: str, writable: bool = True, contactable: bool = True) -> Fact:
        return self.add(
            when, "party.known", person, roles=list(roles or ("victim",)), writable=writable, contactable=contactable
        )

    def victim(self, when: str, person: UUID = KHAN, **detail: object) -> Story:
        """A report by a victim, at the usual start of a story."""
        self.received(when, **detail)
        self.known(when, person, "victim", "reporter")
        return self

    def judged(self, now: str, calendar: Calendar | None = None) -> dict[tuple[str, UUID | None, int], Judgement]:
        judgements = judge(self.charter, self.facts, calendar or england(), at(now))
        found = {(one.promise, one.about, one.turn): one for one in judgements}
        assert len(found) == len(judgements)
        return found

    def deadlines(self, now: str) -> dict[tuple[str, UUID | None, int], Judgement]:
        """Only the clocks that have a deadline."""
        return {key: one for key, one in self.judged(now).items() if one.due_at is not None}
