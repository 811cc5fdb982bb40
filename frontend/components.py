"""What the components show: plain values, made by views and read by templates. Anything alike will do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from frontend.charts import percent
from frontend.words import days_left, due_words, moment_words, utc

ClockState = Literal["overdue", "soon", "running", "paused", "met", "missed"]


@dataclass(frozen=True, kw_only=True)
class Clock:
    """A deadline card (`{% clocks cards %}`). Settled cards are folded away below the others."""

    name: str
    state: ClockState
    #: The strongest line: "2 days overdue", "Met", "On hold".
    words: str
    #: When it is due or ended.
    when: str = ""
    #: What was promised: "Target: 1 working day".
    note: str = ""
    #: How much of the time has gone, 0 to 100. None draws no bar.
    percent: float | None = None
    #: Where the deadline can be acted upon.
    url: str = ""
    #: Nothing is to be done about it any more: it lies folded away below the others.
    settled: bool = False


def running_clock(
    name: str,
    *,
    started: dt.datetime,
    due: dt.datetime,
    now: dt.datetime,
    note: str = "",
    url: str = "",
    soon: dt.timedelta = dt.timedelta(days=1),
) -> Clock:
    """The card of a clock that runs: overdue, soon (no more than `soon` left, or due today), or running."""
    started, due, now = utc(started), utc(due), utc(now)
    state: ClockState = "running"
    if now > due:
        state = "overdue"
    elif due - now <= soon or days_left(due, now) <= 0:
        state = "soon"
    gone = percent((now - started).total_seconds(), (due - started).total_seconds())
    return Clock(
        name=name,
        state=state,
        words=due_words(due, now),
        when=moment_words(due, short=True),
        note=note,
        url=url,
        percent=max(0.0, min(100.0, 100.0 if state == "overdue" else gone)),
    )


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An entry of a timeline (`{% timeline entries %}`)."""

    title: str
    at: dt.datetime
    by: str = ""
    text: str = ""
    url: str = ""
    url_words: str = ""
    #: Done by the system itself, so drawn more lightly.
    system: bool = False
    #: When it was entered, if that was so much later that it should be said.
    entered: dt.datetime | None = None
    #: What it led to, a sentence each: "Contact Ms Khan: kept after 3 hours".
    results: Sequence[str] = ()
    #: Corrected or withdrawn by a later entry.
    superseded: bool = False
    #: By which a link leads to it.
    anchor: str = ""


@dataclass(frozen=True, kw_only=True)
class Place:
    """A link of a navigation (`{% sub_navigation places "Case sections" %}`, `page.navigation`)."""

    label: str
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step of a report's progress (`{% steps steps %}`)."""

    title: str
    state: Literal["done", "now", "later"]
    text: str = ""
