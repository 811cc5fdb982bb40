"""The outbox: queued once, sent by one, tried again for three days, and given up aloud."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, connections, transaction
from django.utils import timezone

from ledger.models import Event
from notifications import services
from notifications.models import Message
from notifications.services import GIVE_UP_AFTER, LEASE, dispatch, queue
from notifications.staff import STAFF
from notifications.vocabulary import MessageKind, MessageStatus
from partners.models import User
from tests.cast import Cast

SOON = timedelta(seconds=30)


class Gateway(EmailBackend):
    """Refuses to connect, or to take a letter, when told so."""

    connect: Exception | None = None
    take: Exception | None = None

    def open(self) -> bool:
        if self.connect:
            raise self.connect
        return True

    def send_messages(self, messages: Sequence[mail.EmailMessage]) -> int:
        if self.take:
            raise self.take
        return super().send_messages(messages)


@pytest.fixture
def gateway(settings, monkeypatch) -> Iterator[type[Gateway]]:
    settings.EMAIL_BACKEND = f"{__name__}.Gateway"
    yield Gateway
    Gateway.connect = Gateway.take = None


def alert(to: User, key: str = "breach:1") -> Message:
    context = {
        "clock": 1, "reference": "CHER-26-0001", "duty": "Contact the victim", "promise": "Cherwell 3",
        "summary": "Each victim is contacted within 48 hours.", "due_at": timezone.now().isoformat(),
    }  # fmt: skip
    return Message(key=key, kind=MessageKind.BREACH, directory=STAFF, recipient=to.pk, context=context)


def queued(to: User, **changes: object) -> Message:
    message = alert(to)
    queue([message])
    Message.objects.filter(pk=message.pk).update(**changes)
    return Message.objects.get(pk=message.pk)


def now_due(message: Message) -> None:
    Message.objects.filter(pk=message.pk).update(next_try_at=timezone.now() - SOON)


def test_the_same_message_is_queued_once_by_its_key(cast: Cast) -> None:
    queue([alert(cast.priya)])
    queue([alert(cast.priya), alert(cast.priya, "breach:2")])
    assert sorted(Message.objects.values_list("key", flat=True)) == ["breach:1", "breach:2"]


def test_a_message_that_was_sent_is_not_queued_again(cast: Cast) -> None:
    queued(cast.priya)
    dispatch()
    queue([alert(cast.priya)], at=timezone.now())
    assert dispatch() == 0
    assert len(mail.outbox) == 1


def test_what_is_rolled_back_is_never_sent(cast: Cast) -> None:
    with transaction.atomic():
        queue([alert(cast.priya)])
        transaction.set_rollback(True)
    assert dispatch() == 0
    assert mail.outbox == []


def test_a_message_leaves_once_and_is_marked(cast: Cast) -> None:
    message = queued(cast.priya)
    assert (dispatch(), dispatch()) == (1, 0)
    message.refresh_from_db()
    assert (message.status, message.attempts, message.next_try_at) == (MessageStatus.SENT, 1, None)
    assert message.sent_at <= message.noted_at
    (letter,) = mail.outbox
    assert letter.to == [cast.priya.email]
    assert letter.extra_headers["Message-ID"] == f"<{message.pk}@testserver>"
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"


def test_a_message_is_leased_before_the_mail_server_is_spoken_to(cast: Cast) -> None:
    message = queued(cast.priya)
    assert services._claim() == [message]
    assert services._claim() == []
    message.refresh_from_db()
    assert (message.status, message.attempts) == (MessageStatus.QUEUED, 1)
    assert LEASE - SOON < message.next_try_at - timezone.now() <= LEASE
    now_due(message)
    assert services._claim() == [message]


@pytest.mark.django_db(transaction=True)
def test_a_message_that_another_is_claiming_is_passed_over(cast: Cast) -> None:
    message = queued(cast.priya)
    other = connections.create_connection("default")
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SELECT FROM notifications_message FOR UPDATE")
        assert services._claim() == []
        other.rollback()
    finally:
        other.close()
    assert services._claim() == [message]


@pytest.mark.parametrize(("tries", "minutes"), [(1, 1), (2, 2), (5, 16), (7, 64), (8, 120), (30, 120)])
def test_it_is_tried_again_less_and_less_often(cast: Cast, gateway: type[Gateway], tries: int, minutes: int) -> None:
    message = queued(cast.priya, attempts=tries - 1)
    gateway.take = OSError("451 try later")
    assert dispatch() == 0
    message.refresh_from_db()
    assert (message.status, message.attempts, message.last_error) == (MessageStatus.QUEUED, tries, "OSError")
    wait = timedelta(minutes=minutes)
    assert wait - SOON < message.next_try_at - timezone.now() <= wait


def test_a_mail_server_that_is_down_is_a_try_like_any_other(cast: Cast, gateway: type[Gateway]) -> None:
    message = queued(cast.priya)
    gateway.connect = ConnectionRefusedError()
    assert dispatch() == 0
    message.refresh_from_db()
    assert (message.status, message.attempts) == (MessageStatus.QUEUED, 1)
    assert message.last_error == "ConnectionRefusedError"
    gateway.connect = None
    now_due(message)
    assert dispatch() == 1


def test_after_three_days_it_is_given_up_and_that_is_said(cast: Cast, gateway: type[Gateway], caplog) -> None:
    just_before = queued(cast.priya, queued_at=timezone.now() - GIVE_UP_AFTER + SOON)
    gateway.connect = ConnectionRefusedError()
    dispatch()
    just_before.refresh_from_db()
    assert just_before.status == MessageStatus.QUEUED
    assert not [record for record in caplog.records if record.levelno == logging.ERROR]

    Message.objects.update(queued_at=timezone.now() - GIVE_UP_AFTER - SOON)
    now_due(just_before)
    dispatch()
    just_before.refresh_from_db()
    assert (just_before.status, just_before.next_try_at) == (MessageStatus.FAILED, None)
    assert just_before.last_error == "ConnectionRefusedError"
    assert [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR] == [
        f"message {just_before.pk} given up after 3 days, 0:00:00"
    ]


def test_one_bad_message_does_not_hold_up_the_others(cast: Cast) -> None:
    bad, good = alert(cast.priya, "bad"), alert(cast.dylan, "good")
    bad.context = {"due_at": "never"}
    queue([bad, good])
    assert dispatch() == 1
    assert [letter.to for letter in mail.outbox] == [[cast.dylan.email]]
    bad.refresh_from_db()
    assert (bad.status, bad.last_error) == (MessageStatus.QUEUED, "ValueError")


def test_the_log_names_the_kind_of_error_and_never_its_words(cast: Cast, gateway: type[Gateway], caplog) -> None:
    queued(cast.priya)
    gateway.take = OSError(f"550 {cast.priya.email} unknown")
    dispatch()
    assert "OSError" in caplog.text
    assert cast.priya.email not in caplog.text


def test_somebody_who_left_meanwhile_is_not_written_to(cast: Cast) -> None:
    message = queued(cast.priya)
    User.objects.filter(pk=cast.priya.pk).update(is_active=False)
    assert dispatch() == 0
    message.refresh_from_db()
    assert (message.status, message.next_try_at, message.last_error) == (MessageStatus.CANCELLED, None, "no address")
    assert mail.outbox == []


def test_a_changed_address_is_honoured(cast: Cast) -> None:
    queued(cast.priya)
    User.objects.filter(pk=cast.priya.pk).update(email="priya.new@example.org")
    dispatch()
    assert mail.outbox[0].to == ["priya.new@example.org"]


def test_no_subject_names_anybody_and_none_breaks_its_line(cast: Cast) -> None:
    cast.case(timezone.now() - timedelta(hours=1))
    message = queued(cast.priya)
    Message.objects.filter(pk=message.pk).update(
        context={**message.context, "reference": "CHER-26\nBcc: x@example.org"}
    )
    dispatch()
    subjects = [letter.subject for letter in mail.outbox]
    assert len(subjects) == 2
    for subject in subjects:
        assert "\n" not in subject
        assert not [name for name in ("Khan", "Amira", "Priya", "Shah", "Orchard") if name in subject]


def test_an_acknowledgement_that_left_is_noted_once(cast: Cast, monkeypatch) -> None:
    case = cast.case(timezone.now() - timedelta(hours=1))
    noted = Event.objects.filter(matter=case.pk, kind="acknowledgement.sent")
    with monkeypatch.context() as patch:
        patch.setattr("asb_cases.directory.record", _unable)
        dispatch()
    message = Message.objects.get(kind=MessageKind.ACKNOWLEDGEMENT)
    assert (message.status, message.noted_at, noted.count()) == (MessageStatus.SENT, None, 0)
    dispatch()
    dispatch()
    assert noted.count() == 1
    assert noted.get().occurred_at == message.sent_at
    assert len(mail.outbox) == 1


def test_the_database_refuses_a_message_sent_without_a_time(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        queued(cast.priya, status=MessageStatus.SENT)


def test_a_message_to_nobody_known_is_cancelled(cast: Cast) -> None:
    message = queued(cast.priya, recipient=uuid4())
    dispatch()
    message.refresh_from_db()
    assert message.status == MessageStatus.CANCELLED


def _unable(**arguments: object) -> None:
    raise RuntimeError("the case is not to be reached")
