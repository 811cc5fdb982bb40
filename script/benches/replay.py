"""A million cases judged again under other standards, beside a loop that only reads the same rows.

BENCH_MATTERS sets another number of cases. The cases, with six to ten entries each, are copied in. Memory is that of
all processes together, at its highest.
"""

from __future__ import annotations

import io
import os
import random
import threading
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from benches.database import connect, own_database
from benches.figures import Report, Target

MATTERS = int(os.environ.get("BENCH_MATTERS", "1000000"))
PROCESSES = 2
AT_ONCE = 5000  # matters in one COPY
CHARTERS = Path(__file__).resolve().parents[2] / "standards" / "charters"
FIRST_DAY, LAST_DAY = date(2025, 1, 1), date(2025, 12, 31)
NOW = datetime(2026, 6, 1, tzinfo=UTC)

WITHIN = 10.0
MEMORY = 1024.0  # MiB

HOUR = timedelta(hours=1)
COPY_MATTERS = """
COPY standards_matter (id, kind, reference, partnership_id, charter_id, layer_id, agency_id, received_at, closed_at)
FROM STDIN
"""
COPY_EVENTS = """
COPY ledger_event (id, matter, position, kind, occurred_at, recorded_at, about, detail, previous, hash) FROM STDIN
"""


def run() -> Report:
    with own_database() as url:
        period = _fill(url)
        bare_seconds, rows = _bare(period)
        week = FIRST_DAY + timedelta(days=6)
        if _replayed(period, 1, week)[1] != _replayed(period, PROCESSES, week)[1]:
            raise AssertionError("Several processes count otherwise than one")
        with _Memory() as memory:
            seconds, told = _replayed(period, PROCESSES)
        if told.matters != MATTERS:
            raise AssertionError(f"{told.matters} cases were judged")
        from django.db import connection

        connection.close()
    return Report(
        title=f"What-if over {MATTERS:,} cases, {rows:,} entries",
        columns=("", "seconds", "cases a second", "of reading", "peak memory"),
        rows=[
            _row("only reading, one process", bare_seconds, bare_seconds),
            _row(f"judging, {PROCESSES} processes", seconds, bare_seconds, f"{memory.peak:.0f} MiB"),
        ],
        targets=[
            Target(f"judging {MATTERS:,} cases against reading them", seconds / bare_seconds, WITHIN),
            Target("memory of all processes against 1 GiB", memory.peak / MEMORY, 1),
        ],
    )


def _row(what: str, seconds: float, bare: float, memory: str = "") -> tuple[str, ...]:
    return what, f"{seconds:.1f}", f"{MATTERS / seconds:,.0f}", f"{seconds / bare:.2f}x", memory


# --- measuring --------------------------------------------------------------------------------------


def _bare(period: Any) -> tuple[float, int]:
    from django.db import transaction

    from standards.replay import rows_of
    from standards.shares import Share

    start = time.perf_counter()
    with transaction.atomic():
        rows = sum(1 for _ in rows_of(period, Share.everything()))
    return time.perf_counter() - start, rows


def _replayed(period: Any, processes: int, last_day: date = LAST_DAY) -> tuple[float, Any]:
    from standards.charter_file import load
    from standards.replay import replay

    other, _ = load(CHARTERS / "northamptonshire.toml", event_kinds=_kinds())
    start = time.perf_counter()
    (told,) = replay(
        partnership=period.partnership,
        first_day=FIRST_DAY,
        last_day=last_day,
        charters=[other],
        now=NOW,
        processes=processes,
    )
    return time.perf_counter() - start, told


def _kinds() -> list[str]:
    from ledger.vocabulary import EventKind

    return EventKind.values


class _Memory:
    """The highest memory of this process and those it starts, looked at again and again (Linux). Shared pages are
    counted once, by proportion."""

    peak = 0.0

    def __enter__(self) -> _Memory:
        self.over = threading.Event()
        self.watcher = threading.Thread(target=self._watch)
        self.watcher.start()
        return self

    def __exit__(self, *failure: object) -> None:
        self.over.set()
        self.watcher.join()

    def _watch(self) -> None:
        while not self.over.wait(0.2):
            self.peak = max(self.peak, sum(map(_resident, _family())))


def _family() -> list[str]:
    me = os.getpid()
    children = [one.name for one in Path("/proc").iterdir() if one.name.isdigit() and _parent(one.name) == me]
    return [str(me), *children]


def _parent(pid: str) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0  # it is gone


def _resident(pid: str) -> float:
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return int(next(line for line in told.splitlines() if line.startswith("Pss:")).split()[1]) / 1024


# --- filling ----------------------------------------------------------------------------------------


def _fill(url: str) -> Any:
    from partners.models import Agency, Membership, Partnership
    from partners.vocabulary import AgencyKind
    from standards import holidays
    from standards.loading import load_charter
    from standards.replay import Period

    holidays.seed(first_year=2012, last_year=2028)
    partnership = Partnership.objects.create(slug="bench", name="Bench")
    agency = Agency.objects.create(slug="bench", name="Bench", kind=AgencyKind.COUNCIL)
    Membership.objects.create(partnership=partnership, agency=agency)
    long_ago = date(2010, 4, 1)
    charter = load_charter(partnership=partnership.pk, path=CHARTERS / "cherwell.toml", effective_from=long_ago)
    layer = load_charter(partnership=None, path=CHARTERS / "england-2026.toml", effective_from=long_ago)
    under = f"{partnership.pk}\t{charter.pk}\t{layer.pk}\t{agency.pk}"
    chance, connection = random.Random(42), connect(url)
    with connection.cursor() as cursor:
        for first in range(0, MATTERS, AT_ONCE):
            matters, events = _stories(chance, range(first, min(first + AT_ONCE, MATTERS)), under)
            cursor.copy_expert(COPY_MATTERS, io.StringIO("".join(matters)))
            cursor.copy_expert(COPY_EVENTS, io.StringIO("".join(events)))
        for table in ("standards_matter", "ledger_event"):
            cursor.execute(f"VACUUM (ANALYZE) {table}")
    connection.close()
    return Period(partnership.pk, FIRST_DAY, LAST_DAY)


def _stories(chance: random.Random, numbers: range, under: str) -> tuple[list[str], list[str]]:
    matters, events = [], []
    for number in numbers:
        matter, told = _id(chance), sorted(_story(chance, number), key=lambda one: one[1])
        received = told[0][1]
        closed = next((at.isoformat() for kind, at, _, _ in told if kind == "matter.closed"), r"\N")
        matters.append(f"{matter}\tcase\tB{number}\t{under}\t{received.isoformat()}\t{closed}\n")
        for position, (kind, at, about, detail) in enumerate(told, start=1):
            when, seal = at.isoformat(), f"{chance.getrandbits(256):064x}"
            events.append(
                f"{_id(chance)}\t{matter}\t{position}\t{kind}\t{when}\t{when}\t{about}\t{detail}\t{seal}\t{seal}\n"
            )
    return matters, events


def _story(chance: random.Random, number: int) -> Iterator[tuple[str, datetime, object, str]]:
    """Six to ten entries, in the order in which cases go."""
    start = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(seconds=number * 364 * 86400 // MATTERS)
    victim, matter = _id(chance), r"\N"

    def after(hours: float) -> datetime:
        return start + chance.random() * hours * HOUR

    agency = chance.choice(("council", "police"))
    yield "report.received", start, matter, f'{{"channel": "telephone", "agency_type": "{agency}"}}'
    roles = '{"roles": ["victim", "reporter"], "writable": true, "contactable": true}'
    yield "party.known", start, victim, roles
    yield "acknowledgement.sent", after(1), victim, '{"channel": "email"}'
    if chance.random() < 0.15:
        witness = '{"roles": ["witness"], "writable": false, "contactable": true}'
        yield "party.known", start, _id(chance), witness
    if chance.random() < 0.08:
        yield "hate.identified", after(24), matter, '{"strands": ["race"]}'
    if chance.random() < 0.3:
        yield "contact.attempted", after(30), victim, '{"channel": "telephone"}'
    yield "contact.made", after(70), victim, '{"channel": "telephone"}'
    yield "risk.assessed", after(70), victim, f'{{"band": "{chance.choice(("high", "medium", "standard"))}"}}'
    if chance.random() < 0.5:
        yield "meeting.held", after(150), victim, '{"channel": "visit"}'
    for _ in range(chance.randrange(3)):
        yield "update.given", after(400), victim, '{"channel": "telephone"}'
    if chance.random() < 0.4:
        yield "plan.agreed", after(300), victim, "{}"
    yield "matter.closed", start + (400 + chance.random() * 3000) * HOUR, matter, '{"outcome": "resolved"}'


def _id(chance: random.Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)
