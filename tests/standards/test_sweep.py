"""The sweep: warns, marks, alerts, once each, with true times, however often and by however many it is run."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ledger.services import Entry
from notifications.models import Message
from standards.engine import Outcome
from standards.heartbeat import sweep_is_late
from standards.models import Breach, Clock, Heartbeat
from standards.selectors import missed
from standards.services import record
from standards.sweep import sweep
from tests.cast import Cast, clock, party

HOUR = timedelta(hours=1)


def recipients(kind: str) -> set[object]:
    return set(Message.objects.filter(kind=kind).values_list("recipient", flat=True))


def test_a_missed_promise_becomes_a_breach_at_its_deadline(cast: Cast) -> None:
    case = cast.case(timezone.now() - 49 * HOUR)
    assert sweep() == 1
    missed = clock(case, "CHER-3b-i")
    assert (missed.outcome, missed.ended_at, missed.next_check_at) == (Outcome.MISSED, None, None)
    breach = Breach.objects.get()
    assert breach.due_at == missed.due_at == case.matter.received_at + 48 * HOUR
    assert breach.detected_at - breach.due_at > timedelta(minutes=59)
    assert recipients("breach") == {cast.priya.pk, cast.dylan.pk}


def test_team_leads_hear_of_it_when_there_is_no_officer(cast: Cast) -> None:
    cast.case(timezone.now() - 49 * HOUR, officer=None)
    sweep()
    assert recipients("breach") == {cast.dylan.pk}


def test_the_officer_is_warned_while_there_is_time(cast: Cast) -> None:
    case = cast.case(timezone.now() - 40 * HOUR)
    sweep()
    warned = clock(case, "CHER-3b-i")
    assert (warned.outcome, warned.next_check_at) == (Outcome.RUNNING, warned.due_at)
    assert recipients("warning") == {cast.priya.pk}
    assert not Breach.objects.exists()


def test_nobody_is_warned_of_what_was_missed_already(cast: Cast) -> None:
    cast.case(timezone.now() - 49 * HOUR)
    sweep()
    assert not Message.objects.filter(kind="warning").exists()


def test_sweeping_again_does_nothing(cast: Cast) -> None:
    cast.case(timezone.now() - 49 * HOUR)
    cast.case(timezone.now() - 40 * HOUR)
    sweep()
    messages = Message.objects.count()
    assert sweep() == 0
    assert (Message.objects.count(), Breach.objects.count()) == (messages, 1)


def test_a_miss_that_was_done_late_before_any_sweep_is_a_breach_too(cast: Cast) -> None:
    case = cast.case(timezone.now() - 60 * HOUR)
    late = Entry(kind="contact.made", occurred_at=timezone.now() - 2 * HOUR, about=party(case).pk)
    record(matter=case.pk, entries=[late])
    sweep()
    assert Breach.objects.get().clock.ended_at is not None


def test_it_uses_the_databases_clock(cast: Cast, time_machine) -> None:
    """A host two days fast must not miss anything early."""
    cast.case()
    time_machine.move_to(timezone.now() + timedelta(days=3))
    assert sweep() == 0
    assert not Breach.objects.exists()


def test_an_idle_sweep_asks_one_index(cast: Cast) -> None:
    cast.case()
    sweep()
    with CaptureQueriesContext(connection) as queries:
        assert sweep() == 0
    statements = [query["sql"] for query in queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len([sql for sql in statements if '"standards_clock"' in sql]) == 1
    assert len(statements) == 2  # the probe, and the heartbeat


def test_the_probe_uses_the_partial_index(cast: Cast) -> None:
    cast.case()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT id FROM standards_clock WHERE next_check_at < now() ORDER BY next_check_at LIMIT 9"
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "clock_to_check" in plan


def test_more_than_a_batch_is_swept_in_one_run(cast: Cast, monkeypatch) -> None:
    monkeypatch.setattr("standards.sweep.BATCH", 2)
    for _ in range(5):
        cast.case(timezone.now() - 49 * HOUR)
    assert sweep() == 5
    assert Breach.objects.count() == 5


def test_alerts_carry_no_personal_data(cast: Cast) -> None:
    cast.case(timezone.now() - 49 * HOUR)
    sweep()
    for message in Message.objects.all():
        text = str(message.context)
        assert "Khan" not in text
        assert "Orchard" not in text


def test_the_heartbeat_tells_whether_anybody_sweeps(cast: Cast) -> None:
    assert sweep_is_late()
    sweep()
    assert not sweep_is_late()
    Heartbeat.objects.update(beat_at=timezone.now() - timedelta(minutes=6))
    assert sweep_is_late()


def test_pages_do_not_wait_for_the_sweep(cast: Cast) -> None:
    """Overdue is a comparison of stored times."""
    case = cast.case()
    later = timezone.now() + timedelta(days=30)
    assert clock(case, "CHER-3b-i").outcome == Outcome.RUNNING
    assert Clock.objects.filter(missed(later)).count() == 2
