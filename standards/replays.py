"""What-ifs as rows: asked for on a page, worked out by a worker, kept.

No page waits for a worker or speaks to the broker: it writes a row. A worker claims the oldest for a while and renews
the claim as it comes along; if it is killed, the claim runs out and another begins again. One is worked on at a time,
since it takes every core that it can get.
"""

from __future__ import annotations

import logging
import os
import traceback
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from partners.models import User
from standards.calendar import HolidaysUnknown
from standards.holidays import NoBankHolidays
from standards.models import Replay
from standards.replay import Period, Replayed, replay
from standards.selectors import rules_of
from standards.services import RefusedEntry
from standards.shares import Stopped
from standards.tally import as_table
from standards.vocabulary import ReplayState

logger = logging.getLogger(__name__)

# Renewed every few seconds.
LEASE = timedelta(seconds=60)
# A history that kills its worker again and again is not tried for ever.
ATTEMPTS = 3
# So few of one person's may wait or be worked on at a time.
WAITING_AT_ONCE = 3
# Below this, starting another process takes longer than the work.
SHARED_FROM = 5000
NICE = 10

_OPEN = (ReplayState.WAITING, ReplayState.RUNNING)
_KILLED = "It was begun three times and never finished. Whoever runs this service can see why in its log."
_BROKEN = "Something went wrong. Whoever runs this service can see what in its log."


# --- asking -----------------------------------------------------------------------------------------


@transaction.atomic
def ask(*, partnership: UUID, charter: int, first_day: date, last_day: date, by: User) -> Replay:
    """Put a what-if in the queue. Raises RefusedEntry when the person has enough of them there already."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # two at once would both be the last one allowed
    if Replay.objects.filter(asked_by=by, state__in=_OPEN).count() >= WAITING_AT_ONCE:
        raise RefusedEntry(
            f"{WAITING_AT_ONCE} that you asked for are not finished yet. Wait for one of them, or cancel it."
        )
    return Replay.objects.create(
        partnership_id=partnership, charter_id=charter, first_day=first_day, last_day=last_day, asked_by=by
    )


def cancel(*, replay: UUID) -> bool:
    """Ask for no more; whether there was anything to cancel. A worker that has it sees that when it reports next."""
    waiting = Replay.objects.filter(pk=replay, state__in=_OPEN)
    return bool(waiting.update(state=ReplayState.CANCELLED, finished_at=Now(), claimed_until=None))


def delete(*, replay: UUID) -> None:
    """Remove one that is over."""
    Replay.objects.filter(pk=replay, finished_at__isnull=False).delete()


# --- working ----------------------------------------------------------------------------------------


def work_off(*, processes: int | None = None) -> int:
    """Work out what waits, the oldest first; how many were claimed."""
    claimed = 0
    while mine := _claim():
        claimed += 1
        _work(mine, processes)
    return claimed


def _claim() -> Replay | None:
    """One whose worker has gone silent, or the oldest that waits; None when there is none, or another goes on."""
    try:
        with transaction.atomic():
            return _claimed()
    except IntegrityError:  # two began at once, and the other was first: see replay_one_at_a_time
        return None


def _claimed() -> Replay | None:
    silent = Q(state=ReplayState.RUNNING, claimed_until__lt=Now())
    if Replay.objects.filter(state=ReplayState.RUNNING).exclude(silent).exists():
        return None
    open_ones = Replay.objects.filter(Q(state=ReplayState.WAITING) | silent).order_by("state", "asked_at", "pk")
    mine = open_ones.select_for_update(skip_locked=True).first()
    if mine is not None:
        mine.attempts += 1
        Replay.objects.filter(pk=mine.pk).update(
            state=ReplayState.RUNNING, claimed_until=Now() + LEASE, attempts=mine.attempts, done=0, total=None
        )
    return mine


def _work(mine: Replay, processes: int | None) -> None:
    if mine.attempts > ATTEMPTS:
        logger.error("what-if %s: given up, begun %s times", mine.pk, ATTEMPTS)
        _finish(mine, ReplayState.FAILED, failure=_KILLED)
        return
    try:
        result = _judged(mine, processes)
    except Stopped:
        logger.info("what-if %s: stopped", mine.pk)  # cancelled, or somebody else has taken it over
    except (HolidaysUnknown, NoBankHolidays) as refusal:
        _finish(mine, ReplayState.FAILED, failure=str(refusal)[:300])
    except Exception as error:
        logger.error("what-if %s failed: %s", mine.pk, _whereabouts(error))
        _finish(mine, ReplayState.FAILED, failure=_BROKEN)
    else:
        _finish(mine, ReplayState.DONE, result=result)


def _judged(mine: Replay, processes: int | None) -> dict[str, Any]:
    number = Period(mine.partnership_id, mine.first_day, mine.last_day).count()
    if not _still_mine(mine).update(total=number):
        raise Stopped
    cores = processes or len(os.sched_getaffinity(0))
    theirs, ours = replay(
        partnership=mine.partnership_id,
        first_day=mine.first_day,
        last_day=mine.last_day,
        charters=[rules_of(mine.charter_id), None],
        progress=lambda done: bool(_still_mine(mine).update(done=done, claimed_until=Now() + LEASE)),
        processes=cores if number >= SHARED_FROM else 1,
        nice=NICE,
    )
    return {"matters": theirs.matters, "theirs": as_kept(theirs), "ours": as_kept(ours)}


def _still_mine(mine: Replay) -> QuerySet[Replay]:
    """The row, unless it was cancelled, or another took it over."""
    return Replay.objects.filter(pk=mine.pk, state=ReplayState.RUNNING, attempts=mine.attempts)


def _finish(mine: Replay, state: ReplayState, **what: Any) -> None:
    done = {"done": F("total")} if state is ReplayState.DONE else {}
    _still_mine(mine).update(state=state, finished_at=Now(), claimed_until=None, **what, **done)


def _whereabouts(error: Exception) -> str:
    """Which error, and where. Not its words: they may quote what it was about."""
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    places = ", ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)
    return f"{type(error).__name__} at {places}"


# --- the answer -------------------------------------------------------------------------------------


def as_kept(replayed: Replayed) -> dict[str, Any]:
    """One charter's result as plain values."""
    return {
        "totals": as_table(replayed.totals),
        "lines": [
            {
                "code": line.promise.code,
                "clause": line.promise.clause,
                "summary": line.promise.summary,
                "unrecorded": list(line.unrecorded),
                **as_table(line.figures),
            }
            for line in replayed.lines
        ],
    }
