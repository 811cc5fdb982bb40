"""One promise's clock for one person, pure: its turns, when each is due, and what became of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

from standards.calendar import Calendar, Unit
from standards.charter import ClockRule, Risk, Role, Settings, Within
from standards.facts import OPENERS, TURNING_POINTS, Fact, History, Kinds, tried_enough
from standards.verdicts import Outcome, Turn

# The event kinds that mean the same under every charter; all others a charter names.
ATTEMPTED = "contact.attempted"
UNREACHABLE = "unreachable.confirmed"
VARIED = "deadline.varied"
CLOSED = "matter.closed"
REPEATED = "report.repeated"

# The deadline of what has none, while it is being judged.
_NEVER = datetime.max.replace(tzinfo=UTC)


def may_start(rule: ClockRule, history: History) -> bool:
    """Whether it can have turns at all: something that starts it happened, or it is owed again after reopening."""
    if not history.lacks(rule.start):
        return True
    return not rule.recurring and bool(history.reopenings) and not OPENERS.isdisjoint(rule.start)


@dataclass(slots=True)  # thrown away at once; freezing it would cost more than asking it
class ClockOf:
    """One rule for one person: everything that judging it needs."""

    rule: ClockRule
    person: UUID | None
    known_since: datetime
    gives_way: datetime | None  # a clock of the matter gives way when a person becomes known
    ends_with_matter: bool  # nobody is known to whom it could still be owed once that is closed
    code: str
    settings: Settings
    history: History
    calendar: Calendar
    now: datetime

    def turns(self) -> Iterator[Turn]:
        return map(self._said, self._recurring() if self.rule.recurring else self._once())

    def _said(self, turn: Turn) -> Turn:
        """Without a deadline nothing was kept or missed: it took as long as it took, until closing at most."""
        if turn.due_at != _NEVER:
            return turn
        outcome = Outcome.MEASURED if turn.outcome is Outcome.KEPT else turn.outcome
        said = replace(turn, due_at=None, first_due_at=None, outcome=outcome)
        closed_at = self.history.closed_after(turn.started_at)
        if outcome is Outcome.RUNNING and closed_at:
            return replace(said, outcome=Outcome.ENDED, ended_at=closed_at)
        return said

    # --- promises kept once ---

    def _once(self) -> Iterator[Turn]:
        start = first = self._first_start()
        while start is not None:
            yield from self._once_from(start)
            start = self._next_start(start) if self.rule.each_start else None
        if not OPENERS.isdisjoint(self.rule.start):
            for reopened in self.history.reopenings:  # opened again, it is owed again
                if first is None or reopened > first:
                    yield from self._once_from(max(reopened, self.known_since))

    def _once_from(self, start: datetime) -> Iterator[Turn]:
        stop = _first(self._stops(), start)
        for begins, ceases in self._applies(start):
            if begins > start and self._was_past_due(start, begins, stop):
                due, first_due = self._deadline(start, self.rule.within, stop)
                # Rule 7: it began to apply when it was already past due. Counted apart, and owed afresh from then on.
                done = stop if stop and stop.occurred_at <= begins else None
                yield Turn(self.rule.within, start, due, first_due, Outcome.RECLASSIFIED_LATE,
                            done.occurred_at if done else begins, _id(done or self._turning_fact(begins)),
                            done=done is not None)  # fmt: skip
                if done or not self.settings.remedial_clock:
                    return
                turn = self._one(begins, ceases, stop, remedial=True)
            else:
                turn = self._one(start, ceases, stop)
            yield turn
            if turn.outcome is not Outcome.GAVE_WAY and not (turn.ended_at and turn.ended_at == ceases):
                return

    def _was_past_due(self, start: datetime, begins: datetime, stop: Fact | None) -> bool:
        due, _ = self._deadline(start, self.rule.within, stop)
        return begins > due and (stop is None or stop.occurred_at > due)

    def _one(self, start: datetime, ceases: datetime | None, stop: Fact | None, *, remedial: bool = False) -> Turn:
        waiver = _first(self._of(self.rule.waived_by), start)
        unreached = self._unreachable(start)
        due, first_due = self._deadline(start, self.rule.within, stop, waiver, unreached, ceases)

        def turn(outcome: Outcome, ended_at: datetime | None = None, fact: Fact | None = None) -> Turn:
            provisional = self._rests_on_unassessed_risk(ended_at or self.now)
            done = fact is not None and fact is stop
            return Turn(
                self.rule.within, start, due, first_due, outcome, ended_at, _id(fact), done, remedial, provisional
            )

        def in_time(fact: Fact | None) -> bool:
            return fact is not None and fact.occurred_at <= due and not _before(ceases, fact.occurred_at)

        if stop and in_time(stop):
            return turn(Outcome.KEPT, stop.occurred_at, stop)
        if waiver and in_time(waiver):
            return turn(Outcome.WAIVED, waiver.occurred_at, waiver)
        ceased_in_time = ceases is not None and ceases <= due
        if (
            unreached
            and not (stop and stop.occurred_at <= unreached.occurred_at)  # she was reached after all, only late
            and self._tried_enough(start, due)
            and not (ceased_in_time and _before(ceases, unreached.occurred_at))
        ):
            return turn(Outcome.ATTEMPTED, unreached.occurred_at, unreached)
        if ceases and ceased_in_time:
            closed = ceases == self.history.closed_after(ceases)
            return turn(Outcome.ENDED if closed else Outcome.GAVE_WAY, ceases, self._turning_fact(ceases))
        if self.now <= due:
            return turn(Outcome.RUNNING)
        # Past due. It stays missed; whatever came first afterwards ended it.
        after = min(
            (fact for fact in (stop, waiver, unreached) if fact and fact.occurred_at > due),
            key=Fact.order,
            default=None,
        )
        if after and not _before(ceases, after.occurred_at):
            return turn(Outcome.MISSED, after.occurred_at, after)
        return turn(Outcome.MISSED, ceases, self._turning_fact(ceases) if ceases else None)

    def _first_start(self) -> datetime | None:
        starts = self._of(self.rule.start, anyone=self.rule.start_for_all)
        return max(starts[0].occurred_at, self.known_since) if starts else None

    def _stops(self) -> Sequence[Fact]:
        """What keeps the promise; of something promised in writing only what was written."""
        stops = self._of(self.rule.stop)
        if not self.rule.written:
            return stops
        return [fact for fact in stops if fact.detail.get("channel", "letter") in self.settings.written_channels]

    def _next_start(self, start: datetime) -> datetime | None:
        """When it happened again, after it had been dealt with."""
        stop = _first(self._stops(), start)
        starts = self._of(self.rule.start, anyone=self.rule.start_for_all)
        again = _first(starts, stop.occurred_at, strictly=True) if stop else None
        return again.occurred_at if again else None

    def _applies(self, start: datetime) -> Iterator[tuple[datetime, datetime | None]]:
        """The spans of time, from `start` on, in which the promise applies; the last may be open."""
        ceases = self._ceases(start)
        if not (self.rule.when.asked or self.rule.unless.asked):  # the usual case: it always applies
            if ceases is None or start < ceases:
                yield start, ceases
            return
        turning = self.history.turning_points(self.person, anyone=self._once_for_all)
        points = [start, *(point for point in turning if point > start)]
        begins: datetime | None = None
        for point in points:
            if ceases is not None and point >= ceases:
                break
            standing = self.history.standing(self.person, point, anyone=self._once_for_all)
            holds = standing.meets(
                self.rule.when, self.rule.unless, unassessed_counts_as=self.settings.unassessed_counts_as
            )
            if holds and begins is None:
                begins = point
            elif not holds and begins is not None:
                yield begins, point
                begins = None
        if begins is not None:
            yield begins, ceases

    def _ceases(self, start: datetime) -> datetime | None:
        """When it stops to be owed to the matter: a person became known, or it closed with nobody known."""
        closed_at = self.history.closed_after(start) if self.ends_with_matter else None
        return min((moment for moment in (self.gives_way, closed_at) if moment), default=None)

    def _rests_on_unassessed_risk(self, at: datetime) -> bool:
        if self.rule.when.risk is None and self.rule.unless.risk is None:
            return False
        return self.history.standing(self.person, at, anyone=self._once_for_all).risk is Risk.UNASSESSED

    def _turning_fact(self, at: datetime) -> Fact | None:
        """The fact by which the promise began or ceased to apply at that moment."""
        turning = self.history.of(TURNING_POINTS, self.person, anyone=self.person is None)
        return next((fact for fact in turning if fact.occurred_at == at), None)

    # --- promises kept again and again (rule 9) ---

    def _recurring(self) -> Iterator[Turn]:
        start = self._while_open(self._wanted_from(self._first_recurring()))
        while start is not None:
            ending = self._ending(start)
            within, due, first_due = self._as_agreed(start, ending)
            agreed = within is not self.rule.within
            turn = Turn(within, start, due, first_due, Outcome.RUNNING, agreed=agreed)
            if ending is None:
                yield turn if self.now <= due else replace(turn, outcome=Outcome.MISSED)
                return
            at = ending.occurred_at
            if ending.kind == UNREACHABLE and self._tried_enough(start, due):
                outcome = Outcome.ATTEMPTED
            elif at > due:
                outcome = Outcome.MISSED
            else:
                outcome = Outcome.KEPT if ending.kind in self.rule.stop else Outcome.ENDED
            done = ending.kind in self.rule.stop
            yield replace(turn, outcome=outcome, ended_at=at, ended_by=ending.id, done=done)
            # What ends at the moment of closing does not start again then.
            start = self._while_open(self._wanted_from(at), closing=ending.kind == CLOSED)

    def _first_recurring(self) -> datetime | None:
        starts = [self._first_start()]
        if not self.settings.updates_by_default:
            starts.append(_time(_first(self._of(self.rule.agreed_by), self.known_since)))
        if self.settings.series_only:
            starts.append(_time(_first(self._of((REPEATED,)), self.known_since)))
        return max((start for start in starts if start), default=None) if all(starts) else None

    def _while_open(self, start: datetime | None, *, closing: bool = False) -> datetime | None:
        """That moment, or when the matter was opened again if it was closed then; None if it stays closed."""
        if start is None:
            return None
        for closed, reopened in self.history.closures:
            if closed < start or (closing and closed == start):
                if reopened is None:
                    return None
                start = max(start, reopened)
        return start

    def _ending(self, start: datetime) -> Fact | None:
        """What ends the turn that started then: an update, opting out, giving up, or closure."""
        unreached = self._unreachable(start)
        candidates = [
            _first(self._of(self.rule.stop), start, strictly=True),
            _first(self._of(self.rule.opt_out), start, strictly=True),
            _first(self._of((CLOSED,)), start),
            unreached if unreached and self._tried_enough(start, unreached.occurred_at) else None,
        ]
        # At the same moment an update counts before what was agreed or declined in the same conversation.
        return min(
            (fact for fact in candidates if fact),
            key=lambda fact: (fact.occurred_at, fact.kind not in self.rule.stop, fact.order()),
            default=None,
        )

    def _wanted_from(self, start: datetime | None) -> datetime | None:
        """When the next turn starts: then, or when the person who had opted out wants updates again."""
        if start is None:
            return None
        said = [fact for fact in self._of(self.rule.opt_out + self.rule.agreed_by) if fact.occurred_at <= start]
        # Said in one breath, an agreement stands: a person is updated rather than forgotten.
        last = max(said, key=lambda fact: (fact.occurred_at, fact.kind in self.rule.agreed_by), default=None)
        if last is None or last.kind in self.rule.agreed_by:
            return start
        again = _first(self._of(self.rule.agreed_by), start, strictly=True)
        return again.occurred_at if again else None

    def _as_agreed(self, start: datetime, ending: Fact | None) -> tuple[Within | None, datetime, datetime]:
        """The interval, otherwise the charter's, and the deadline: a new agreement changes both and begins nothing.

        Talking of intervals is no update. A longer one counts from the last update; a shorter one from when it was
        agreed, where that is earlier than what was owed. Agreed after the deadline, it changes nothing of the miss.
        """
        within = self.rule.within
        agreed = [fact for fact in self._of(self.rule.agreed_by) if "amount" in fact.detail]
        for fact in agreed:
            if fact.occurred_at <= start:
                within = _interval(fact)
        due, first_due = self._deadline(start, within, ending)
        until = ending.occurred_at if ending else self.now
        for fact in agreed:
            if start < fact.occurred_at <= min(due, until):
                within = _interval(fact)
                longer, _ = self._deadline(start, within, ending)
                sooner, _ = self._deadline(fact.occurred_at, within, ending)
                due = first_due = max(longer, min(due, sooner))
        return within, due, first_due

    # --- deadlines ---

    def _deadline(
        self, start: datetime, within: Within | None, *endings: Fact | datetime | None
    ) -> tuple[datetime, datetime]:
        """The deadline with every later date the person asked for, and the one before that."""
        if within is None:
            return _NEVER, _NEVER
        ends = min((_at(ending) for ending in endings if ending is not None), default=None)
        due = self.calendar.due(start, within.amount, within.unit, known_at=start)
        for proclaimed in self.calendar.proclaimed_after(start):
            # Rule 11: a bank holiday proclaimed while the clock ran counts; one proclaimed after it ended does not.
            if proclaimed <= due and not _before(ends, proclaimed):
                due = self.calendar.due(start, within.amount, within.unit, known_at=proclaimed)
        first_due = due
        for fact in self._of((VARIED,)):
            # Rule 8: asked for in time, and later than it was.
            if fact.detail.get("promise") == self.code and start <= fact.occurred_at <= due:
                due = max(due, datetime.fromisoformat(str(fact.detail["due"])))
        return due, first_due

    # --- people who cannot be reached (rule 8, X-09) ---

    def _unreachable(self, start: datetime) -> Fact | None:
        if not self.rule.attempts_count:
            return None
        return _first(self._of((UNREACHABLE,)), start, strictly=True)

    def _tried_enough(self, start: datetime, due: datetime) -> bool:
        return tried_enough(self._of((ATTEMPTED,)), self.settings.attempts, start, due)

    def _of(self, kinds: Kinds, *, anyone: bool = False) -> Sequence[Fact]:
        return self.history.of(kinds, self.person, anyone=anyone or self._once_for_all)

    @property
    def _once_for_all(self) -> bool:
        """Owed once, and so it is kept, or made owed, by what concerns anybody."""
        return Role.MATTER in self.rule.owed_to


def _first(facts: Iterable[Fact], since: datetime, *, strictly: bool = False) -> Fact | None:
    """The first of the facts at or (strictly) after a time: nothing stops a clock before it starts."""
    for fact in facts:
        if fact.occurred_at > since or (fact.occurred_at == since and not strictly):
            return fact
    return None


def _interval(agreed: Fact) -> Within:
    return Within(int(str(agreed.detail["amount"])), Unit(str(agreed.detail["unit"])))


def _time(fact: Fact | None) -> datetime | None:
    return fact.occurred_at if fact else None


def _before(moment: datetime | None, other: datetime) -> bool:
    return moment is not None and moment < other


def _at(ending: Fact | datetime) -> datetime:
    return ending if isinstance(ending, datetime) else ending.occurred_at


def _id(fact: Fact | None) -> UUID | None:
    return fact.id if fact else None
