"""Promises that were missed, and whether each was found exactly once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from asb_cases.services.intake import receive_reports
from notifications.models import Message
from notifications.vocabulary import MessageKind
from standards.engine import Outcome
from standards.models import Breach, Clock, Heartbeat
from standards.sweep import HEARTBEAT
from tests.cast import Cast

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
