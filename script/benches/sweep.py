"""The sweep beside the same work as one bare SQL statement, on 10,000 to 1,000,000 running clocks.

A tick with 1,000 newly due marks the clocks, writes their breaches and queues an alert to each officer and to the
agency's two team leads. Both sides do it to the same clocks, and what they wrote is compared before a time counts.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from benches.database import connect, own_database
from benches.figures import Report, Target, Times, peak_memory, peak_memory_from_now, timed

SIZES = (10_000, 100_000, 1_000_000)
DUE = 1000
IDLE_TICKS = 100
DUE_TICKS = 15
ALERTS_PER_BREACH = 3
AGENCIES, OFFICERS_EACH, LEADS_EACH = 12, 10, 2
CHARTER = Path(__file__).resolve().parents[2] / "standards" / "charters" / "cherwell.toml"

IDLE_FLAT = 1.5
DUE_WITHIN = 5.0

FILL_MATTERS = """
INSERT INTO standards_matter (id, kind, reference, partnership_id, charter_id, agency_id, officer_id, received_at)
SELECT gen_random_uuid(), 'case', 'B' || n, %(partnership)s, %(charter)s,
       (%(agencies)s::uuid[])[1 + n %% %(agency_count)s], (%(officers)s::uuid[])[1 + n %% %(officer_count)s],
       now() - interval '1 hour' - random() * interval '1 day'
FROM generate_series(%(first)s, %(last)s) n
"""
# One clock for each promise of the charter: due in 2 to 30 days, to be looked at when three quarters are gone.
FILL_CLOCKS = """
INSERT INTO standards_clock (matter_id, promise_id, about, agency_id, officer_id, turn, amount, unit,
                             started_at, due_at, first_due_at, outcome, done, remedial, provisional, agreed,
                             next_check_at)
SELECT matter_id, promise, about, agency_id, officer_id, 1, 48, 'hours',
       started_at, due_at, due_at, 'running', false, false, false, false,
       started_at + (due_at - started_at) * 0.75
FROM (SELECT id AS matter_id, gen_random_uuid() AS about, agency_id, officer_id, received_at AS started_at,
             date_trunc('second', now() + interval '2 days' + random() * interval '28 days') AS due_at
      FROM standards_matter WHERE substr(reference, 2)::int BETWEEN %(first)s AND %(last)s) AS person,
     unnest(%(promises)s) AS promise
"""

MAKE_DUE = """
UPDATE standards_clock AS clock SET due_at = missed_at, first_due_at = missed_at, next_check_at = missed_at
FROM (SELECT id, %(at)s - id %% 20 * interval '1 second' AS missed_at FROM unnest(%(clocks)s) AS id) AS due
WHERE clock.id = due.id
"""
MAKE_RUNNING = """
UPDATE standards_clock
SET outcome = 'running', due_at = now() + interval '20 days', first_due_at = now() + interval '20 days',
    next_check_at = now() + interval '15 days'
WHERE id = ANY(%(clocks)s);
DELETE FROM standards_breach;
DELETE FROM notifications_message;
"""

# The least that does what a tick does: one statement, nothing fetched.
BARE_TICK = """
WITH claimed AS MATERIALIZED (
    SELECT id FROM standards_clock WHERE next_check_at < now()
    ORDER BY next_check_at LIMIT 1000 FOR NO KEY UPDATE SKIP LOCKED
), marked AS (
    UPDATE standards_clock AS clock SET outcome = 'missed', next_check_at = NULL
    FROM claimed WHERE clock.id = claimed.id
    RETURNING clock.id, clock.due_at, clock.matter_id, clock.promise_id, clock.agency_id, clock.officer_id
), breached AS (
    INSERT INTO standards_breach (clock_id, due_at, detected_at, reason, explanation, verdict, review_note)
    SELECT id, due_at, now(), '', '', '', '' FROM marked
), alerted AS (
    INSERT INTO notifications_message (id, key, kind, directory, recipient, context, status, attempts, last_error)
    SELECT gen_random_uuid(),
           'breach:' || marked.id || ':' || to_char(marked.due_at AT TIME ZONE 'UTC', 'YYYYMMDD"T"HH24MISS"Z"')
               || ':' || recipient,
           'breach', 'staff', recipient,
           jsonb_build_object(
               'clock', marked.id, 'reference', matter.reference, 'duty', %(duties)s::jsonb -> promise.code,
               'promise', charter.short_name || ' ' || promise.clause, 'summary', promise.summary,
               'due_at', to_char(marked.due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"+00:00"')),
           'queued', 0, ''
    FROM marked
    JOIN standards_matter matter ON matter.id = marked.matter_id
    JOIN standards_promise promise ON promise.id = marked.promise_id
    JOIN standards_charter charter ON charter.id = promise.charter_id
    CROSS JOIN LATERAL (
        SELECT marked.officer_id AS recipient
        UNION
        SELECT posting.user_id FROM partners_posting posting
        JOIN partners_membership membership ON membership.id = posting.membership_id
        JOIN partners_user lead ON lead.id = posting.user_id AND lead.is_active
        WHERE posting.role = 'team_lead' AND posting.starts_at <= now()
          AND (posting.ends_at IS NULL OR posting.ends_at > now())
          AND membership.partnership_id = matter.partnership_id AND membership.agency_id = marked.agency_id
    ) AS recipients
    ON CONFLICT DO NOTHING
)
INSERT INTO standards_heartbeat (name, beat_at) VALUES ('sweep', now())
ON CONFLICT (name) DO UPDATE SET beat_at = excluded.beat_at
"""

WRITTEN = """
SELECT (SELECT count(*) FROM standards_breach), (SELECT count(*) FROM notifications_message),
       (SELECT md5(string_agg(key || kind || directory || recipient || context || status, '' ORDER BY key))
        FROM notifications_message),
       (SELECT md5(string_agg(clock_id || breach.due_at::text || outcome, '' ORDER BY clock_id))
        FROM standards_breach breach JOIN standards_clock clock ON clock.id = clock_id WHERE next_check_at IS NULL)
"""


def run() -> Report:
    with own_database() as url:
        bench = _Bench(connect(url))
        rows, idle, due = [], {}, {}
        for size in SIZES:
            bench.fill_to(size)
            peak_memory_from_now()
            idle[size] = bench.idle_ticks()
            due[size] = bench.due_ticks()
            memory = f"{peak_memory():.0f} MiB"
            rows.append(_row("idle tick", size, *idle[size], memory))
            rows.append(_row(f"tick with {DUE:,} newly due", size, *due[size], memory))
        bench.close()
    small, large = SIZES[0], SIZES[-1]
    return Report(
        title="Sweep",
        columns=("", "running clocks", "ours", "p95", "bare SQL", "p95", "ratio", "peak memory"),
        rows=sorted(rows, key=lambda row: row[0]),
        targets=[
            Target(
                f"idle tick at {large:,} against {small:,} running clocks",
                idle[large][0].median / idle[small][0].median,
                IDLE_FLAT,
            ),
            *(
                Target(f"{DUE:,} newly due of {size:,} against bare SQL", ours.median / bare.median, DUE_WITHIN)
                for size, (ours, bare) in due.items()
            ),
        ],
    )


def _row(what: str, size: int, ours: Times, bare: Times, memory: str) -> tuple[str, ...]:
    ratio = f"{ours.median / bare.median:.2f}x"
    p95s = (f"{times.p95 * 1000:.2f} ms" for times in (ours, bare))
    return (what, f"{size:,}", str(ours), next(p95s), str(bare), next(p95s), ratio, memory)


class _Bench:
    """The filled database, and both ways to sweep it."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self.size = 0
        self.chance = random.Random(42)
        self.staff = _staff()
        self.duties = _duties()

    def close(self) -> None:
        from django.db import connection

        connection.close()
        self.connection.close()

    # --- filling ---

    def fill_to(self, size: int) -> None:
        each = len(self.staff["promises"])
        numbers = {"first": self.size // each + 1, "last": -(-size // each)}
        self._do("SELECT setseed(0.42)")
        self._do(FILL_MATTERS, **self.staff, **numbers)
        self._do(FILL_CLOCKS, **self.staff, **numbers)
        for table in ("standards_matter", "standards_clock", "standards_breach", "notifications_message"):
            self._do(f"VACUUM (ANALYZE) {table}")
        (self.size,) = self._do("SELECT count(*) FROM standards_clock")

    # --- measuring ---

    def idle_ticks(self) -> tuple[Times, Times]:
        ours: list[float] = []
        bare: list[float] = []
        for _ in range(IDLE_TICKS):
            ours.append(timed(self._sweep))
            bare.append(timed(self._bare))
        return Times(tuple(ours)), Times(tuple(bare))

    def due_ticks(self) -> tuple[Times, Times]:
        ours: list[float] = []
        bare: list[float] = []
        for turn in range(DUE_TICKS):
            clocks = self.chance.sample(range(1, self.size + 1), DUE)
            (at,) = self._do("SELECT date_trunc('second', now()) - interval '1 second'")
            pairs = [(ours, self._sweep), (bare, self._bare)]
            written = [self._due_tick(clocks, at, *pair) for pair in (pairs if turn % 2 else reversed(pairs))]
            if written[0] != written[1]:
                raise AssertionError(f"Not the same work: {written}")
        return Times(tuple(ours)), Times(tuple(bare))

    def _due_tick(self, clocks: list[int], at: datetime, times: list[float], tick: Callable[[], object]) -> Any:
        self._do(MAKE_DUE, clocks=clocks, at=at)
        times.append(timed(tick))
        written = self._do(WRITTEN)
        self._do(MAKE_RUNNING, clocks=clocks)
        if written[:2] != (DUE, DUE * ALERTS_PER_BREACH):
            raise AssertionError(f"{written[0]} breaches and {written[1]} alerts were written")
        return written

    def _sweep(self) -> None:
        from standards.sweep import sweep

        sweep()

    def _bare(self) -> None:
        self._do(BARE_TICK, duties=self.duties)

    def _do(self, statement: str, **values: object) -> Any:
        with self.connection.cursor() as cursor:
            cursor.execute(statement, values or None)
            return cursor.fetchone() if cursor.description else None


def _staff() -> dict[str, Any]:
    """A partnership with its charter, agencies and people; their ids as the filling statements take them."""
    from partners.models import Agency, Membership, Partnership, Posting, User
    from partners.vocabulary import AgencyKind, Role
    from standards.loading import load_charter

    partnership = Partnership.objects.create(slug="bench", name="Bench")
    charter = load_charter(partnership=partnership.pk, path=CHARTER, effective_from=date(2010, 4, 1))
    agencies, officers = [], []
    for number in range(AGENCIES):
        agency = Agency.objects.create(slug=f"agency-{number}", name=f"Agency {number}", kind=AgencyKind.COUNCIL)
        membership = Membership.objects.create(partnership=partnership, agency=agency)
        people = User.objects.bulk_create(
            User(email=f"{number}-{place}@example.org", name=f"Person {number}-{place}", password="!")
            for place in range(OFFICERS_EACH + LEADS_EACH)
        )
        roles = [Role.CASEWORKER] * OFFICERS_EACH + [Role.TEAM_LEAD] * LEADS_EACH
        Posting.objects.bulk_create(
            Posting(user=user, membership=membership, role=role) for user, role in zip(people, roles, strict=True)
        )
        agencies.append(str(agency.pk))
        officers.append([str(user.pk) for user in people[:OFFICERS_EACH]])
    return {
        "partnership": str(partnership.pk),
        "charter": charter.pk,
        "promises": list(charter.promises.values_list("pk", flat=True)),
        "agencies": agencies,
        "agency_count": AGENCIES,
        # Matter n is of agency n % 12 and has officer n % 120: the officer is one of that agency's.
        "officers": [officers[n % AGENCIES][n // AGENCIES] for n in range(AGENCIES * OFFICERS_EACH)],
        "officer_count": AGENCIES * OFFICERS_EACH,
    }


def _duties() -> str:
    """What each promise owes, in the words of the alert, by the promise's code."""
    from standards.models import Clock, Promise
    from standards.words import duty_words

    return json.dumps({promise.code: duty_words(Clock(promise=promise)) for promise in Promise.objects.all()})
