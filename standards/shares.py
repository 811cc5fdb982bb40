"""Work on all matters shared out among processes of one machine, by ranges of their ids."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pickle import dumps, loads
from time import monotonic
from typing import Any, NoReturn, TypeVar
from uuid import UUID

from django.db import connections

_IDS = 1 << 128

# Seconds.
_LOOK_AGAIN = 0.2
_TELL_EVERY = 1.0

Result = TypeVar("Result")
Report = Callable[[int], bool]


@dataclass(frozen=True)
class Share:
    """The matters whose ids lie between these, both included."""

    first: UUID
    last: UUID

    @classmethod
    def everything(cls) -> Share:
        return shares(1)[0]


def shares(number: int) -> list[Share]:
    """Equal ranges of ids: these are random, so each holds about as many matters."""
    bounds = [_IDS * place // number for place in range(number + 1)]
    return [Share(UUID(int=first), UUID(int=end - 1)) for first, end in pairwise(bounds)]


def in_processes(
    work: Callable[[Share, Report], Result], parts: Sequence[Share], progress: Report, *, nice: int = 0
) -> list[Result]:
    """Do the work on each part in a process of its own; what it gives must pickle.

    Each reports how far it has come; `progress` is told the sum, and when it answers False all are ended and Stopped
    is raised. So is the error of any one of them. `nice` is how far they stand back behind other programs. Not to be
    called inside a transaction.
    """
    connections.close_all()  # a connection serves one process only; each opens its own
    parent = os.getpid()
    running: dict[Connection, tuple[int, int]] = {}
    try:
        for place, part in enumerate(parts):
            reader, writer = Pipe(duplex=False)
            # Forked by hand: the processes of a Celery worker may have no children by multiprocessing.
            child = os.fork()
            if not child:
                _run(work, part, writer, parent, nice)
            writer.close()
            running[reader] = place, child
        return _gathered(running, len(parts), progress)
    finally:
        for reader, (_, child) in running.items():
            os.kill(child, signal.SIGTERM)
            os.waitpid(child, 0)
            reader.close()


class ShareLost(RuntimeError):
    """A process ended without saying anything: something killed it."""


class Stopped(Exception):
    """Whoever asked does not want to know any more."""


def _gathered(running: dict[Connection, tuple[int, int]], number: int, progress: Report) -> list[Any]:
    done = [0] * number
    results: dict[int, Any] = {}
    told = monotonic()
    while len(results) < number:
        for reader, (place, _) in running.items():
            if place in results or not reader.poll(_LOOK_AGAIN / number):
                continue
            said, value = _heard(reader, place)
            if said == "done":
                results[place] = value
            else:
                done[place] = value
        if monotonic() - told > _TELL_EVERY:  # also when nothing is new: whoever listens knows that we are alive
            told = monotonic()
            if not progress(sum(done)):
                raise Stopped
    return [results[place] for place in range(number)]


def _heard(reader: Connection, place: int) -> tuple[str, Any]:
    try:
        said, value = reader.recv()
    except EOFError:
        raise ShareLost(f"share {place + 1} was lost") from None
    if said == "failed":
        raise value
    return said, value


def _run(work: Callable[[Share, Report], Any], part: Share, writer: Connection, parent: int, nice: int) -> NoReturn:
    """What a process does from its first moment to its last: nothing of the one it comes from goes on in it."""

    def report(done: int) -> bool:
        if os.getppid() != parent:
            os._exit(1)  # nobody is there any more to hear it
        writer.send(("so far", done))
        return True

    # Whatever connection is still open belongs to the one we come from: not used here, and not closed either.
    inherited = connections.all(initialized_only=True)
    for connection in inherited:
        del connections[connection.alias]
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)  # not what the worker we come from does with it
        os.nice(nice)
        try:
            result: tuple[str, Any] = "done", work(part, report)
        except Exception as error:  # it is raised again where somebody sees it
            result = "failed", _that_travels(error)
        connections.close_all()
        writer.send(result)
        writer.close()
    finally:
        os._exit(0)


def _that_travels(error: Exception) -> Exception:
    try:
        same: Exception = loads(dumps(error))  # noqa: S301  it was pickled here, a moment before
    except Exception:
        return RuntimeError(type(error).__name__)
    return same
