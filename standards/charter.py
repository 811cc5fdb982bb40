"""Charters, pure: a partnership's published promises as frozen dataclasses.

Every promise keeps the code of the register (`CHER-3b-ii`), the clause of the document it comes from and a summary in
our own words. A promise may be judged in up to four ways: by a clock, by evidence that must exist, by something
published, by a measured figure. `charter_file` reads them from TOML.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, time
from enum import StrEnum
from functools import cached_property
from typing import NewType

from standards.calendar import LONDON, Receipt, Unit, Weekday

# A kind of event, as the ledger knows it.
EventName = NewType("EventName", str)


class Kind(StrEnum):
    """What a promise is about: what a partnership undertakes to respond to, or to keep doing."""

    CASE = "case"
    COMPLAINT = "complaint"
    CASE_REVIEW = "case_review"
    NEIGHBOURHOOD = "neighbourhood"
    PARTNERSHIP = "partnership"

    @property
    def standing(self) -> bool:
        """It never closes by itself: duties to the public."""
        return self in {Kind.NEIGHBOURHOOD, Kind.PARTNERSHIP}


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
    repeat: bool | None = None  # the person reported a second time within six months
    landlord: bool | None = None  # the complaint is about a landlord
    exhausted: bool | None = None  # the agency's own complaints procedure came first, as far as it must

    @cached_property
    def asked(self) -> bool:
        """Whether it asks for anything at all."""
        return any(getattr(self, one.name) is not None for one in fields(self))


@dataclass(frozen=True)
class ClockRule:
    """A promise kept by doing something in time.

    `within` None: the document has a timing word without a number and the partnership has set none, so the time taken
    is measured and there is no verdict.
    """

    duty: str  # what the officer must do, with {person} where the person's name goes: "Contact {person}"
    owed_to: tuple[Role, ...]
    start: tuple[EventName, ...]  # event kinds; the first of them starts the clock, with each_start each after a stop
    stop: tuple[EventName, ...]  # event kinds; any of them keeps the promise
    within: Within | None
    matter: Kind = Kind.CASE
    when: Condition = Condition()
    unless: Condition = Condition()
    recurring: bool = False
    each_start: bool = False  # not recurring: what happens again after it was dealt with starts a clock of its own
    start_for_all: bool = False  # a start event about one person starts the clock of every person owed
    waived_by: tuple[EventName, ...] = ()  # event kinds by which the person releases the partnership
    opt_out: tuple[EventName, ...] = ()  # recurring only: event kinds that end it until it is agreed again
    agreed_by: tuple[EventName, ...] = ()  # recurring only: event kinds that set this person's own interval
    attempts_count: bool = True  # may end as "attempted" when the person cannot be reached
    written: bool = False  # only by a channel that counts as written


@dataclass(frozen=True)
class EvidenceRule:
    """A promise kept by events that exist: for each person owed, before the matter closes or another event happens.

    On a standing matter (a partnership, a neighbourhood) `every` asks for it again and again.
    """

    owed_to: tuple[Role, ...]
    events: tuple[EventName, ...] = ()  # any of them shows it
    never: tuple[EventName, ...] = ()  # none of them may happen; at least one of events and never is given
    matter: Kind = Kind.CASE
    start: tuple[EventName, ...] = ()  # event kinds that make it owed at all; none: it is owed from the start
    by: tuple[EventName, ...] = ()  # must exist before the first of these happens; none: before closure
    by_for_all: bool = False  # that event counts for every person owed, whoever it is about
    every: Within | None = None  # standing matters only
    when: Condition = Condition()
    unless: Condition = Condition()


@dataclass(frozen=True)
class PublicationRule:
    """A promise kept by showing the public something: once, or in every period of `every`."""

    what: str
    events: tuple[EventName, ...]
    every: Within | None = None
    matter: Kind = Kind.PARTNERSHIP


class Expected(StrEnum):
    """What a figure must do from one period to the next."""

    FALL = "fall"
    RISE = "rise"
    NOT_FALL = "not_fall"
    NOT_RISE = "not_rise"
    MEASURED = "measured"  # nothing is promised of it but that it is known


class Figure(StrEnum):
    """What a figure is, so that it can be written."""

    PERCENT = "percent"
    NUMBER = "number"
    SCORE = "score"


@dataclass(frozen=True)
class MeasureRule:
    """A promise about a figure: measured once in every period, and moving as promised.

    Without a value for the last full period, or with one that moves the other way, it is not kept.
    """

    measure: str  # what is measured, in words: "Perceive anti-social behaviour as a problem"
    figure: Figure = Figure.PERCENT
    expect: Expected = Expected.MEASURED
    change: float | None = None  # at least so many per cent a period, in the direction expected: -5 a year
    months: int = 12  # how long a period is
    computed: str = ""  # how the system works it out from its own records; empty: it is entered
    source: str | None = None
    baseline: float | None = None
    target: float | None = None
    ends: date | None = None
    aim: float | None = None  # a target that the document gives without a date; scored once the partnership sets one
    beside: str = ""  # another promise's figure that must be read together with this one


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
    since: date | None = None  # of a law: in force from this day
    switched_off: str = ""  # why it is not judged: uncertain, or not in force yet

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(kind for kind in ("clock", "evidence", "publication", "measure") if getattr(self, kind))

    @property
    def timed_for(self) -> frozenset[Kind]:
        """What it is about, so far as it falls due at a time."""
        clock = {self.clock.matter} if self.clock else set()
        return frozenset(clock | {shown.matter for shown in (self.evidence, self.publication) if shown and shown.every})

    @cached_property
    def in_force_from(self) -> datetime:
        """The moment from which it binds. What came in before was not promised it."""
        first = datetime.combine(self.since or date.min, time(), tzinfo=LONDON if self.since else UTC)
        return first.astimezone(UTC)

    @cached_property
    def shown_by(self) -> tuple[EvidenceRule, ...]:
        """What must be shown once; what must be shown again and again has clocks."""
        rules = []
        if self.evidence and not self.evidence.every:
            rules.append(self.evidence)
        if self.publication and not self.publication.every:
            told = self.publication
            rules.append(EvidenceRule(owed_to=(Role.MATTER,), events=told.events, matter=told.matter))
        return tuple(rules)


@dataclass(frozen=True)
class AttemptsRule:
    """When a person counts as unreachable: so many attempts, on so many days, by so many channels."""

    number: int = 3
    days: int = 2
    channels: int = 2


class DefinitionLimb(StrEnum):
    """The parts of the definitions of anti-social behaviour that partnerships use (X-16)."""

    HARASSMENT = "harassment"
    ALARM = "alarm"
    DISTRESS = "distress"
    NUISANCE = "nuisance"


class ComplaintRoute(StrEnum):
    """By which way a complaint reaches the partnership (X-18)."""

    DIRECT = "direct"
    WEBSITE = "website"
    CHAIR_IN_WRITING = "chair_in_writing"
    COUNCILLOR = "councillor"
    AGENCY = "agency_procedure"
    CALL_FOR_ACTION = "councillor_call_for_action"


class Exhaustion(StrEnum):
    """Whether an agency's own complaints procedure comes first (X-20)."""

    NOT_NEEDED = "not_needed"
    WAIVABLE = "waivable"  # by the chair
    NEEDED = "needed"


@dataclass(frozen=True)
class Settings:
    """What a partnership may set for itself; commitments.md section 7 names the ambiguities these settle."""

    close_of_day: time = time(17)  # when a working day ends
    working_week: tuple[Weekday, ...] = (Weekday.MON, Weekday.TUE, Weekday.WED, Weekday.THU, Weekday.FRI)
    receipt: Receipt = Receipt.DAY0  # what arrives on a day that is no working day
    after_hours: Receipt = Receipt.DAY0  # what arrives on a working day after its close
    unassessed_counts_as: Risk = Risk.HIGH
    remedial_clock: bool = True  # owed afresh from when it became known
    hate_strands: tuple[str, ...] = ()  # X-05b: which strands count; none named: all of them
    attempts: AttemptsRule = AttemptsRule()
    updates_by_default: bool = True  # updates are given unless declined; else only once asked for
    written_channels: tuple[str, ...] = ("email", "text", "letter")
    definition: tuple[DefinitionLimb, ...] = tuple(DefinitionLimb)
    not_same_household: bool = True
    complaint_routes: tuple[ComplaintRoute, ...] = (ComplaintRoute.DIRECT,)
    exhaustion: Exhaustion = Exhaustion.WAIVABLE
    series_only: bool = False  # full support only in an identified series
    year_starts_in: int = 4  # the month in which reporting years begin
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
    layer: bool = False  # what the law adds to every partnership's own

    @cached_property
    def judged(self) -> tuple[Promise, ...]:
        """The promises that are not switched off."""
        return tuple(promise for promise in self.promises if not promise.switched_off)

    @cached_property
    def timed(self) -> Mapping[Kind, tuple[Promise, ...]]:
        """Those with a clock, or owed once in every period, by what they are about."""
        return {kind: tuple(one for one in self.judged if kind in one.timed_for) for kind in Kind}

    @cached_property
    def shown(self) -> Mapping[Kind, tuple[tuple[Promise, EvidenceRule], ...]]:
        """What must be shown once, with its promise, by what it is about."""
        rules = [(promise, rule) for promise in self.judged for rule in promise.shown_by]
        return {kind: tuple((promise, rule) for promise, rule in rules if rule.matter is kind) for kind in Kind}

    @property
    def clocks(self) -> tuple[tuple[str, ClockRule], ...]:
        return tuple((promise.code, promise.clock) for promise in self.judged if promise.clock)

    def with_layer(self, layer: Charter | None) -> Charter:
        """The same with a layer's promises besides its own. Settings stay the partnership's."""
        return replace(self, promises=self.promises + layer.promises) if layer else self
