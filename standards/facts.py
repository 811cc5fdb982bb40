"""Facts, pure: what the ledger says happened, and how things stood at a time because of it."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from itertools import pairwise
from operator import attrgetter
from uuid import UUID

from standards.calendar import LONDON
from standards.charter import AttemptsRule, Condition, Exhaustion, Risk, Role

# Worst first: of two assessments at the same moment the graver counts.
_GRAVITY = {Risk.STANDARD: 0, Risk.MEDIUM: 1, Risk.HIGH: 2}


@dataclass(frozen=True)
class Fact:
    """One event, as judging needs it. When it was entered plays no part: only when it happened does."""

    id: UUID
    kind: str
    occurred_at: datetime
    about: UUID | None = None
    detail: Mapping[str, object] = field(default_factory=dict)
    corrects: UUID | None = None

    def concerns(self, person: UUID | None) -> bool:
        """Whether it counts for this person: it is about her, or about the whole matter."""
        return self.about is None or self.about == person

    def order(self) -> tuple[datetime, str, str, str, str]:
        """By time, and for the same moment by content: never by the order of entry."""
        detail = json.dumps(self.detail, sort_keys=True, default=str)
        return self.occurred_at, self.kind, str(self.about or ""), detail, str(self.id)


def superseded(facts: Iterable[Fact]) -> frozenset[UUID]:
    """The ids of the facts that do not stand: another one corrects them, and was not itself withdrawn.

    A correction that was corrected in its turn still replaces the first entry; only withdrawing it brings that back.
    """
    every = {fact.id: fact for fact in facts}
    correctors: dict[UUID, list[Fact]] = {}
    for fact in every.values():
        if fact.corrects is not None:
            correctors.setdefault(fact.corrects, []).append(fact)
    withdrawn: dict[UUID, bool] = {}

    def is_withdrawn(fact: Fact) -> bool:
        if fact.id not in withdrawn:
            by = correctors.get(fact.id, ())
            withdrawn[fact.id] = any(one.kind == "entry.withdrawn" and not is_withdrawn(one) for one in by)
        return withdrawn[fact.id]

    return frozenset(corrected for corrected, by in correctors.items() if not all(map(is_withdrawn, by)))


def effective(facts: Iterable[Fact]) -> list[Fact]:
    """The facts that still stand, in the order in which they happened.

    An entry that only withdraws another says nothing itself.
    """
    every = {fact.id: fact for fact in facts}
    standing: Iterable[Fact] = every.values()
    # Mostly nothing was corrected, and there is no need to look at who corrects whom.
    if any(fact.corrects is not None or fact.kind == "entry.withdrawn" for fact in standing):
        gone = superseded(standing)
        standing = [fact for fact in standing if fact.kind != "entry.withdrawn" and fact.id not in gone]
    return _in_order(standing)


def _in_order(facts: Iterable[Fact]) -> list[Fact]:
    """Sorted by `Fact.order`, which is only asked where time, kind and person do not tell."""
    ordered = sorted(facts, key=_nearly)
    if any(_nearly(one) == _nearly(other) for one, other in pairwise(ordered)):
        ordered.sort(key=Fact.order)
    return ordered


def _nearly(fact: Fact) -> tuple[datetime, str, int]:
    # The number of an id sorts as its text does, and nobody comes first.
    return fact.occurred_at, fact.kind, fact.about.int if fact.about else -1


# --- cases merged into another ----------------------------------------------------------------------

# What a case that was merged does not take over: how the other began, and who is part of it.
_THE_OTHERS_OWN = frozenset({"report.received", "matter.opened", "party.known", "party.same", "matter.merged"})


def merged(own: Iterable[Fact], into: Iterable[Fact]) -> list[Fact]:
    """The facts that count for a case merged into another (X-30): its own, and what was done there afterwards.

    Its clocks run on from its own receipt, for its own people; `party.same` says who of them is whom there.
    """
    own = list(own)
    standing = effective(own)
    merging = [fact for fact in standing if fact.kind == "matter.merged"]
    if not merging:
        return own
    since = merging[-1].occurred_at
    same = {UUID(str(fact.detail["as"])): fact.about for fact in standing if fact.kind == "party.same"}
    there = [fact for fact in effective(into) if fact.kind not in _THE_OTHERS_OWN and fact.occurred_at >= since]
    return own + [replace(fact, about=same.get(fact.about, fact.about) if fact.about else None) for fact in there]


# What of a standing duty does not go on under newer standards: how it began there and how it ended.
_OF_THE_DUTY_ITSELF = frozenset({"matter.opened", "matter.closed", "matter.reopened"})


def continued(own: Iterable[Fact], before: Iterable[Fact]) -> list[Fact]:
    """The facts that count for a duty that goes on under newer standards: what was done for it before, and since."""
    return [*(fact for fact in effective(before) if fact.kind not in _OF_THE_DUTY_ITSELF), *own]


# --- how things stood -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """How things stand for one person (or, with no person, for the matter) at a time."""

    hate: bool
    risk: Risk
    immediate: bool
    taken_by_police: bool
    writable: bool
    contactable: bool
    repeat: bool
    landlord: bool
    exhausted: bool

    def meets(self, when: Condition, unless: Condition, *, unassessed_counts_as: Risk) -> bool:
        """Whether a promise with these conditions applies."""
        return (not when.asked or self._matches(when, unassessed_counts_as)) and not (
            unless.asked and self._matches(unless, unassessed_counts_as)
        )

    def _matches(self, condition: Condition, unassessed_counts_as: Risk) -> bool:
        risk = unassessed_counts_as if self.risk is Risk.UNASSESSED else self.risk
        return (
            condition.hate in (None, self.hate)
            and (condition.risk is None or risk in condition.risk)
            and condition.immediate in (None, self.immediate)
            and condition.taken_by_police in (None, self.taken_by_police)
            and condition.writable in (None, self.writable)
            and condition.contactable in (None, self.contactable)
            and condition.repeat in (None, self.repeat)
            and condition.landlord in (None, self.landlord)
            and condition.exhausted in (None, self.exhausted)
        )


# Kinds of event, as promises name them: of a sort that can be looked up by.
Kinds = tuple[str, ...] | frozenset[str]

# What a matter begins with.
OPENERS = frozenset({"report.received", "complaint.received", "review.requested", "matter.opened"})

# The kinds of event after which a Standing may differ.
TURNING_POINTS = frozenset(
    {
        "party.known", "hate.identified", "risk.assessed", "immediate_need.identified", "report.received",
        "report.repeated", "complaint.received", "complaint.exhausted", "exhaustion.waived", "matter.closed",
    }
)  # fmt: skip


_when = attrgetter("occurred_at")

_EXHAUSTED_OR_WAIVED = {"complaint.exhausted", "exhaustion.waived"}


class History:
    """The standing facts of one matter, in order, and the questions that judging asks of them.

    Every promise asks the same few questions, so each answer is kept. What is given back is not to be changed.
    """

    def __init__(
        self,
        facts: Iterable[Fact],
        *,
        hate_strands: Collection[str] = (),
        exhaustion: Exhaustion = Exhaustion.WAIVABLE,
    ) -> None:
        self.facts: Sequence[Fact] = effective(facts)
        self.hate_strands = frozenset(hate_strands)  # which count; none named: all of them
        self.exhaustion = exhaustion
        self._by_kind: dict[str, list[Fact]] = defaultdict(list)
        for fact in self.facts:
            self._by_kind[fact.kind].append(fact)
        self._kinds = frozenset(self._by_kind)
        self._found: dict[tuple[Kinds, UUID | None, bool], Sequence[Fact]] = {}
        self._standings: dict[tuple[UUID | None, bool, int], Standing] = {}
        self._owed: dict[tuple[Role, ...], dict[UUID, datetime]] = {}

    def lacks(self, kinds: Iterable[str]) -> bool:
        """Whether nothing of these kinds ever happened."""
        return self._kinds.isdisjoint(kinds)

    @cached_property
    def received_at(self) -> datetime | None:
        """When the first signatory agency received it (X-07), or the duty began."""
        return min((self._by_kind[kind][0].occurred_at for kind in OPENERS if self._by_kind.get(kind)), default=None)

    @cached_property
    def owed_since(self) -> datetime | None:
        """When a standing duty began, under whatever standards; everything else began when it was received."""
        opened = next(iter(self.of(("matter.opened",), None)), None)
        since = opened.detail.get("since") if opened else None
        return datetime.fromisoformat(str(since)) if since else self.received_at

    @cached_property
    def closed_at(self) -> datetime | None:
        """Since when it is closed; None when it was opened again."""
        spans = self.closures
        return spans[-1][0] if spans and spans[-1][1] is None else None

    @cached_property
    def closures(self) -> list[tuple[datetime, datetime | None]]:
        """Each time it was closed, and when it was opened again."""
        spans: list[tuple[datetime, datetime | None]] = []
        for fact in self.of(("matter.closed", "matter.reopened"), None, anyone=True):
            if fact.kind == "matter.closed" and (not spans or spans[-1][1] is not None):
                spans.append((fact.occurred_at, None))
            elif fact.kind == "matter.reopened" and spans and spans[-1][1] is None:
                spans[-1] = (spans[-1][0], fact.occurred_at)
        return spans

    @cached_property
    def reopenings(self) -> list[datetime]:
        return [reopened for _, reopened in self.closures if reopened is not None]

    def closed_after(self, moment: datetime) -> datetime | None:
        """The first closing at or after a moment, whether or not it was opened again."""
        return next((closed for closed, _ in self.closures if closed >= moment), None)

    @cached_property
    def people(self) -> dict[UUID, dict[Role, datetime]]:
        """Everybody concerned, with the time from which each was known in each role."""
        people: dict[UUID, dict[Role, datetime]] = {}
        for fact in self._by_kind.get("party.known", ()):
            if fact.about is not None:
                roles = people.setdefault(fact.about, {})
                for role in _list(fact.detail.get("roles")):
                    roles.setdefault(Role(role), fact.occurred_at)
        return people

    def owed(self, roles: tuple[Role, ...]) -> Mapping[UUID, datetime]:
        """Who is owed a promise made to these roles, and since when each has been known."""
        found = self._owed.get(roles)
        if found is None:
            owed = {
                person: min(since for role, since in known.items() if role in roles)
                for person, known in self.people.items()
                if any(role in roles for role in known)
            }
            found = self._owed[roles] = dict(sorted(owed.items(), key=lambda item: (item[1], str(item[0]))))
        return found

    def of(self, kinds: Kinds, person: UUID | None, *, anyone: bool = False) -> Sequence[Fact]:
        """The facts of these kinds that count for the person, in order (`anyone`: whoever they are about)."""
        if self._kinds.isdisjoint(kinds):
            return ()
        question = kinds, person, anyone
        found = self._found.get(question)
        if found is None:
            found = self._found[question] = self._look_up(kinds, person, anyone)
        return found

    def _look_up(self, kinds: Kinds, person: UUID | None, anyone: bool) -> Sequence[Fact]:
        several = sum(kind in self._by_kind for kind in kinds) > 1
        facts = self.facts if several else next(self._by_kind[kind] for kind in kinds if kind in self._by_kind)
        return [fact for fact in facts if fact.kind in kinds and (anyone or fact.concerns(person))]

    def turning_points(self, person: UUID | None, *, anyone: bool = False) -> list[datetime]:
        return list(dict.fromkeys(map(_when, self.of(TURNING_POINTS, person, anyone=anyone))))

    def standing(self, person: UUID | None, at: datetime, *, anyone: bool = False) -> Standing:
        """How things stood at a time, what happened at that very moment included (`anyone`: for anybody in it)."""
        turning = self.of(TURNING_POINTS, person, anyone=anyone)
        place = person, anyone, bisect_right(turning, at, key=_when)
        standing = self._standings.get(place)
        if standing is None:
            standing = self._standings[place] = self._standing_after(person, turning[: place[2]])
        return standing

    def _standing_after(self, person: UUID | None, until: Sequence[Fact]) -> Standing:
        known = [fact for fact in until if fact.kind == "party.known" and fact.about == person and person is not None]
        reports = [fact for fact in until if fact.kind == "report.received"]
        complaints = [fact for fact in until if fact.kind == "complaint.received"]
        return Standing(
            hate=any(fact.kind == "hate.identified" and self._counts(fact) for fact in until),
            risk=_risk([fact for fact in until if fact.kind == "risk.assessed"]),
            immediate=any(fact.kind == "immediate_need.identified" for fact in until),
            taken_by_police=bool(reports) and reports[0].detail.get("agency_type") == "police",
            writable=bool(known) and bool(known[-1].detail.get("writable")),
            contactable=bool(known) and bool(known[-1].detail.get("contactable")),
            repeat=any(fact.kind == "report.repeated" for fact in until),
            landlord=bool(complaints) and bool(complaints[-1].detail.get("landlord")),
            exhausted=self._exhausted(until),
        )

    def _exhausted(self, until: Sequence[Fact]) -> bool:
        enough = {Exhaustion.NEEDED: {"complaint.exhausted"}, Exhaustion.WAIVABLE: _EXHAUSTED_OR_WAIVED}
        wanted = enough.get(self.exhaustion)
        return wanted is None or any(fact.kind in wanted for fact in until)

    def _counts(self, hate: Fact) -> bool:
        strands = _list(hate.detail.get("strands"))
        return not self.hate_strands or not strands or bool(self.hate_strands & set(strands))


def tried_enough(attempts: Iterable[Fact], enough: AttemptsRule, since: datetime, until: datetime) -> bool:
    """Whether these attempts to reach a person were many enough, on enough days, by enough channels (X-09)."""
    tried = [fact for fact in attempts if since <= fact.occurred_at <= until]
    days = {fact.occurred_at.astimezone(LONDON).date() for fact in tried}
    channels = {fact.detail.get("channel") for fact in tried}
    return len(tried) >= enough.number and len(days) >= enough.days and len(channels) >= enough.channels


def _risk(assessments: Sequence[Fact]) -> Risk:
    if not assessments:
        return Risk.UNASSESSED
    latest = assessments[-1].occurred_at
    bands = [Risk(str(fact.detail["band"])) for fact in assessments if fact.occurred_at == latest]
    return max(bands, key=_GRAVITY.__getitem__)


def _list(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list | tuple) else []
