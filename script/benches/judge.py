"""One case with 500 entries: one more is recorded on it, beside a bare indexed update in the same run."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from benches.database import connect, own_database
from benches.figures import Report, Target, Times, timed

ENTRIES = 500
RUNS = 60
CHARTERS = Path(__file__).resolve().parents[2] / "standards" / "charters"
BEGAN = datetime(2025, 1, 6, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)

BARE = "UPDATE standards_matter SET next_due_at = now() WHERE id = %s"
RECORD_WITHIN = 60.0


def run() -> Report:
    with own_database() as url:
        matter, victim = _case(ENTRIES)
        bare_connection = connect(url)
        record, bare, judged = [], [], []
        for number in range(RUNS):
            record.append(timed(partial(_record, matter, victim, number)))
            bare.append(timed(partial(_bare, bare_connection, matter)))
            judged.append(timed(_judging(matter)))
        queries = _queries(lambda: _record(matter, victim, RUNS))
        bare_connection.close()
        from django.db import connection

        connection.close()
    ours, reference, pure = (Times(tuple(runs)) for runs in (record, bare, judged))
    return Report(
        title=f"One more entry on a case of {ENTRIES}, {queries} queries",
        columns=("", "p50", "p95", "of the update"),
        rows=[_row("bare indexed update", reference, reference), _row("record()", ours, reference),
              _row("of which judging", pure, reference)],
        targets=[Target("record() against a bare indexed update", ours.median / reference.median, RECORD_WITHIN)],
    )  # fmt: skip


def _row(what: str, times: Times, bare: Times) -> tuple[str, ...]:
    return what, str(times), f"{times.p95 * 1000:.2f} ms", f"{times.median / bare.median:.1f}x"


def _case(entries: int) -> tuple[UUID, UUID]:
    """A case on which an officer has tried, met and told for a year."""
    from ledger.chain import Plain
    from ledger.services import Entry
    from ledger.vocabulary import EventKind
    from partners.models import Agency, Membership, Partnership
    from partners.vocabulary import AgencyKind
    from standards import holidays
    from standards.loading import load_charter
    from standards.services import Opening, open_matters, record_history
    from standards.vocabulary import MatterKind

    holidays.seed(first_year=2012, last_year=2028)
    partnership = Partnership.objects.create(slug="bench", name="Bench")
    agency = Agency.objects.create(slug="bench", name="Bench", kind=AgencyKind.COUNCIL)
    Membership.objects.create(partnership=partnership, agency=agency)
    load_charter(partnership=partnership.pk, path=CHARTERS / "cherwell.toml", effective_from=date(2010, 4, 1))
    load_charter(partnership=None, path=CHARTERS / "england-2026.toml", effective_from=date(2010, 4, 1))
    victim = uuid4()
    roles: dict[str, Plain] = {"roles": ["victim", "reporter"], "writable": True, "contactable": True}
    (matter,) = open_matters(
        [
            Opening(
                id=uuid4(),
                kind=MatterKind.CASE,
                reference="BENCH",
                partnership=partnership.pk,
                agency=agency.pk,
                officer=None,
                entries=[
                    Entry(kind=EventKind.REPORT_RECEIVED, occurred_at=BEGAN, detail={"agency_type": "council"}),
                    Entry(kind=EventKind.PARTY_KNOWN, occurred_at=BEGAN, about=victim, detail=roles),
                ],
            )
        ]
    )
    kinds = (EventKind.CONTACT_ATTEMPTED, EventKind.CONTACT_MADE, EventKind.UPDATE_GIVEN, EventKind.PLAN_AGREED)
    record_history(
        [
            (
                matter.pk,
                Entry(
                    kind=kinds[number % len(kinds)],
                    occurred_at=BEGAN + number * 16 * HOUR,
                    about=victim,
                    detail={"channel": "telephone"},
                ),
            )
            for number in range(1, entries - 2)
        ]
    )
    return matter.pk, victim


def _record(matter: UUID, victim: UUID, number: int) -> None:
    from ledger.services import Entry
    from ledger.vocabulary import EventKind
    from standards.services import record

    at = BEGAN + ENTRIES * 16 * HOUR + number * HOUR
    detail = {"channel": "telephone"}
    record(
        matter=matter, entries=[Entry(kind=EventKind.CONTACT_ATTEMPTED, occurred_at=at, about=victim, detail=detail)]
    )


def _bare(connection: Any, matter: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute(BARE, [str(matter)])


def _judging(matter: UUID) -> Callable[[], object]:
    """The pure part alone, its facts read beforehand."""
    from ledger.selectors import events_of
    from standards import holidays
    from standards.engine import judge
    from standards.models import Matter
    from standards.selectors import fact, rules_with_layer

    row = Matter.objects.get(pk=matter)
    rules = rules_with_layer(row.charter_id, row.layer_id)
    facts, calendar = [fact(event) for event in events_of([matter])], holidays.calendar_of(rules)
    now = datetime.fromtimestamp(time.time(), UTC)
    return lambda: judge(rules, facts, calendar, now)


def _queries(work: Callable[[], object]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        work()
    return len(queries)
