"""Promises that were missed, and whether each was found exactly once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

import psycopg2
from django.db import connection
from django.utils import timezone

from asb_cases.services.intake import receive_reports
from notifications.models import Message
from notifications.vocabulary import MessageKind
from standards.engine import Outcome
from standards.models import Breach, Clock, Heartbeat
from standards.sweep import HEARTBEAT
from tests.cast import Cast
from tests.system.processes import database_url_of_tests

FIRST_CONTACT = "CHER-3b-i"
OWED = timedelta(hours=48)


def missed(cast: Cast, number: int, deadline: datetime) -> list[Clock]:
    """The promises missed in so many cases where the first contact was due then; nobody has noticed yet."""
    reports = [cast.report(deadline - OWED, external_reference=f"{deadline} {one}") for one in range(number)]
    cases = [opened.case.pk for opened in receive_reports(reports)]
    clocks = Clock.objects.filter(matter__in=cases, due_at__lt=timezone.now()).select_related("promise")
    assert {clock.due_at for clock in clocks if clock.promise.code == FIRST_CONTACT} == {deadline}
    return list(clocks)


def noticed(clocks: Sequence[Clock]) -> bool:
    """Everything about these is done: breach stored, and every alert sent."""
    breaches = Breach.objects.filter(clock__in=clocks).count()
    waiting = Message.objects.exclude(kind=MessageKind.ACKNOWLEDGEMENT).filter(sent_at=None).exists()
    return breaches == len(clocks) and not waiting


def assert_found_once(cast: Cast, clocks: Sequence[Clock]) -> None:
    """One breach each, dated at its deadline, and one alert each to the officer and to her team lead."""
    assert clocks
    due = {clock.pk: clock.due_at for clock in clocks}
    told = {(clock.pk, person.pk) for clock in clocks for person in (cast.priya, cast.dylan)}
    breaches = list(Breach.objects.select_related("clock"))
    assert Counter(breach.clock_id for breach in breaches) == Counter(due.keys())
    for breach in breaches:
        assert breach.due_at == due[breach.clock_id]
        assert breach.detected_at > breach.due_at
        assert (breach.clock.outcome, breach.clock.next_check_at) == (Outcome.MISSED, None)
    alerts = Message.objects.filter(kind=MessageKind.BREACH)
    assert Counter((alert.context["clock"], alert.recipient) for alert in alerts) == Counter(told)


def beats() -> datetime | None:
    return Heartbeat.objects.filter(name=HEARTBEAT).values_list("beat_at", flat=True).first()


@contextmanager
def heartbeat_held() -> Iterator[None]:
    """A sweep writes its heartbeat last. While the table is held it has done all its work and cannot commit it."""
    other = psycopg2.connect(database_url_of_tests())
    try:
        with other.cursor() as cursor:
            cursor.execute("LOCK TABLE standards_heartbeat IN SHARE MODE")
        yield
    finally:
        other.close()


def sweeps_held() -> int:
    return sum("standards_heartbeat" in query for _, wait, query in _others() if wait == "Lock")


def others_at_work() -> int:
    return sum(state != "idle" for state, _, _ in _others())


def _others() -> list[tuple[str, str, str]]:
    """What the other connections to this database are at."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT state, wait_event_type, query FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return cursor.fetchall()
