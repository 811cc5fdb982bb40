"""What judging says, pure: what became of a clock, and whether evidence was shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from standards.charter import Within


class Outcome(StrEnum):
    """What became of a clock."""

    RUNNING = "running"
    KEPT = "kept"
    MISSED = "missed"  # stays missed when the promise is kept late; ended_at then says when
    MEASURED = "measured"  # done, and no time was promised: how long it took, without a verdict
    ATTEMPTED = "attempted"  # the person could not be reached; never counted as kept
    RECLASSIFIED_LATE = "reclassified_late"  # began to apply when it was already past due
    GAVE_WAY = "gave_way"  # ceased to apply in time, and another promise took its place
    WAIVED = "waived"  # the person released the partnership in time
    ENDED = "ended"  # a recurring promise whose turn was cut short by closure or opting out
    VOID = "void"  # a correction showed that there never was such a clock

    @property
    def label(self) -> str:
        return _OUTCOME_LABELS[self]


_OUTCOME_LABELS = {
    Outcome.RUNNING: "Running",
    Outcome.KEPT: "Kept",
    Outcome.MISSED: "Missed",
    Outcome.MEASURED: "Done, no time promised",
    Outcome.ATTEMPTED: "Could not be reached",
    Outcome.RECLASSIFIED_LATE: "Classified too late",
    Outcome.GAVE_WAY: "Gave way to another promise",
    Outcome.WAIVED: "Released by the person",
    Outcome.ENDED: "Ended",
    Outcome.VOID: "Withdrawn",
}


@dataclass(frozen=True)
class Turn:
    """One turn of a clock. Without a deadline (`within`, `due_at` None) the time is measured and nothing else."""

    within: Within | None
    started_at: datetime
    due_at: datetime | None
    first_due_at: datetime | None  # before the person asked for a later date
    outcome: Outcome
    ended_at: datetime | None = None
    ended_by: UUID | None = None  # the fact that ended it
    done: bool = False  # by doing what was promised, in time or late
    remedial: bool = False  # the fresh clock after RECLASSIFIED_LATE
    provisional: bool = False  # rests on a risk not assessed yet
    agreed: bool = False  # the interval was agreed with the person, not set by the charter


@dataclass(frozen=True, kw_only=True)
class Judgement(Turn):
    """One clock: a promise owed to one person (None: to the matter), in one turn."""

    promise: str
    about: UUID | None
    turn: int


class State(StrEnum):
    """Whether evidence of a promise is there."""

    SHOWN = "shown"
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"  # for a reason that was recorded

    @property
    def label(self) -> str:
        return {"shown": "Shown", "missing": "Missing", "not_applicable": "Not applicable"}[self]


@dataclass(frozen=True)
class Showing:
    """The evidence of one promise for one person (None: for the matter)."""

    promise: str
    about: UUID | None
    state: State
    final: bool  # the moment by which it had to be shown has come: what is missing now is not kept
    at: datetime | None = None  # when it was shown, too late or found not applicable
    fact: UUID | None = None

    @property
    def late(self) -> bool:
        """Shown only after the moment by which it had to be."""
        return self.state is State.MISSING and self.fact is not None
