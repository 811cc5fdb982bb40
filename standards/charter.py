"""Charters, pure: a partnership's published promises as frozen dataclasses.

Every promise keeps the code of the register (`CHER-3b-i`), the clause of the document it comes from and a summary in
our own words. A promise may be judged in up to four ways: by a clock, by evidence that must exist, by something
published, by a measured figure. `charter_file` reads them from TOML.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from standards.calendar import Unit


class Role(StrEnum):
    """To whom a promise is owed."""

    VICTIM = "victim"
    WITNESS = "witness"
    REPORTER = "reporter"
    MATTER = "matter"  # owed once, whoever is concerned


class Risk(StrEnum):
    """The bands of a risk assessment matrix, and what holds until there is one."""

    HIGH = "high"
    MEDIUM = "medium"
    STANDARD = "standard"
    UNASSESSED = "unassessed"


@dataclass(frozen=True)
class Within:
    """An amount of time. `local` marks a number that the document does not give and the partnership sets."""

    amount: int
    unit: Unit
    local: bool = False


@dataclass(frozen=True)
class Condition:
    """What must be so for a promise to apply. A field left None does not matter."""

    hate: bool | None = None  # perceived as a hate crime or incident
    risk: tuple[Risk, ...] | None = None
    immediate: bool | None = None  # somebody is in immediate danger
    taken_by_police: bool | None = None
    writable: bool | None = None  # an e-mail, text or postal address is known
    contactable: bool | None = None  # any way to reach the person is known


@dataclass(frozen=True)
class ClockRule:
    """A promise kept by doing something in time."""

    duty: str  # what the officer must do, with {person} where the person's name goes: "Contact {person}"
    owed_to: tuple[Role, ...]
    start: tuple[str, ...]  # event kinds; the first of them starts the clock, with each_start each after a stop
    stop: tuple[str, ...]  # event kinds; any of them keeps the promise
    within: Within
    when: Condition = Condition()
    unless: Condition = Condition()
    recurring: bool = False
    each_start: bool = False  # not recurring: what happens again after it was dealt with starts a clock of its own
    start_for_all: bool = False  # a start event about one person starts the clock of every person owed
    waived_by: tuple[str, ...] = ()  # event kinds by which the person releases the partnership
    opt_out: tuple[str, ...] = ()  # recurring only: event kinds that end it until it is agreed again
    agreed_by: tuple[str, ...] = ()  # recurring only: event kinds that set this person's own interval
    attempts_count: bool = True  # may end as "attempted" when the person cannot be reached


@dataclass(frozen=True)
class EvidenceRule:
    """A promise kept by events that must exist, for each person owed, by closure or within a time."""

    owed_to: tuple[Role, ...]
    events: tuple[str, ...]  # any of them shows it
    within: Within | None = None  # None: by closure
    when: Condition = Condition()
    unless: Condition = Condition()


@dataclass(frozen=True)
class PublicationRule:
    """A promise kept by showing the public something, once or every so often."""

    what: str
    events: tuple[str, ...]
    every: Within | None = None


@dataclass(frozen=True)
class MeasureRule:
    """A promise about a figure."""

    measure: str
    source: str | None = None
    baseline: float | None = None
    target: float | None = None
    ends: date | None = None


@dataclass(frozen=True)
class Promise:
    """One numbered promise of the document."""

    code: str
    clause: str
    summary: str
    clock: ClockRule | None = None
    evidence: EvidenceRule | None = None
    publication: PublicationRule | None = None
    measure: MeasureRule | None = None

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(kind for kind in ("clock", "evidence", "publication", "measure") if getattr(self, kind))


@dataclass(frozen=True)
class AttemptsRule:
    """When a person counts as unreachable: so many attempts, on so many days, by so many channels."""

    number: int = 3
    days: int = 2
    channels: int = 2


@dataclass(frozen=True)
class Settings:
    """What a partnership may set for itself; commitments.md section 7 names the ambiguities these settle."""

    close_of_day: time = time(17)
    unassessed_counts_as: Risk = Risk.HIGH
    attempts: AttemptsRule = AttemptsRule()
    warn_after_share: float = 0.75  # of the time allowed, before the officer is warned


@dataclass(frozen=True)
class Charter:
    """A whole document."""

    code: str
    name: str
    short_name: str
    document: str
    division: str
    settings: Settings
    promises: tuple[Promise, ...]

    @property
    def clocks(self) -> tuple[tuple[str, ClockRule], ...]:
        return tuple((promise.code, promise.clock) for promise in self.promises if promise.clock)
