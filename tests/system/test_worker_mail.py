"""Alerts leave whatever happens between the worker and the mail server: none is lost, and each is known by its id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db.models.functions import Now
from django.utils import timezone

from notifications.models import Message
from notifications.services import LEASE
from tests.cast import Cast
from tests.system.gateway import Gateway
from tests.system.misses import missed
from tests.system.processes import Programs, free_port

pytestmark = pytest.mark.worker

HOUR = timedelta(hours=1)
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture
def gateway(programs: Programs) -> Iterator[Callable[[], Gateway]]:
    """Opens the mail server that the programs are told of. Until then nobody listens there."""
    port = free_port()
    programs.environment |= {"TEST_EMAIL_BACKEND": SMTP, "TEST_EMAIL_PORT": str(port)}
    opened: list[Gateway] = []

    def open_it() -> Gateway:
        opened.append(Gateway(port))
        return opened[-1]

    yield open_it
    for one in opened:
        one.close()


def breach_alerts() -> list[Message]:
    return list(Message.objects.filter(kind="breach"))


def lease_runs_out() -> None:
    Message.objects.filter(status="queued").update(next_try_at=Now())


def test_an_alert_whose_sender_was_killed_goes_again_under_the_same_message_id(
    cast: Cast, programs: Programs, gateway: Callable[[], Gateway]
) -> None:
    server = gateway()
    server.answers.clear()
    missed(cast, 1, timezone.now() - HOUR)
    Message.objects.filter(kind="acknowledgement").delete()
    programs.broker()
    programs.beat()
    worker = programs.worker()
    programs.until(lambda: server.letters, "the mail server has taken the first alert")
    programs.kill(worker)
    server.answers.set()
    (first,) = server.letters
    claimed = breach_alerts()
    assert len(claimed) == 2
    assert {alert.status for alert in claimed} == {"queued"}
    assert all(timedelta(0) < alert.next_try_at - timezone.now() <= LEASE for alert in claimed)

    lease_runs_out()
    programs.worker()
    programs.until(lambda: all(alert.status == "sent" for alert in breach_alerts()), "both alerts are sent")
    ids = Counter(letter["Message-ID"] for letter in server.letters)
    assert ids[first["Message-ID"]] == 2
    assert sorted(ids.values()) == [1, 2]
    assert set(ids) == {f"<{alert.pk}@testserver>" for alert in claimed}


def test_alerts_wait_for_a_mail_server_that_is_down(
    cast: Cast, programs: Programs, gateway: Callable[[], Gateway]
) -> None:
    missed(cast, 3, timezone.now() - HOUR)
    Message.objects.filter(kind="acknowledgement").delete()
    programs.broker()
    programs.worker()
    programs.beat()
    programs.until(
        lambda: len(alerts := breach_alerts()) == 6 and all(alert.last_error for alert in alerts), "all were tried"
    )
    for alert in breach_alerts():
        assert (alert.status, alert.attempts, alert.last_error) == ("queued", 1, "ConnectionRefusedError")
        assert timedelta(0) < alert.next_try_at - timezone.now() <= timedelta(minutes=1)
    server = gateway()
    lease_runs_out()
    programs.until(lambda: all(alert.status == "sent" for alert in breach_alerts()), "all are sent")
    ids = Counter(letter["Message-ID"] for letter in server.letters)
    assert ids == Counter(f"<{alert.pk}@testserver>" for alert in breach_alerts())
    assert {alert.attempts for alert in breach_alerts()} == {2}
