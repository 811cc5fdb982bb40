"""Queueing and sending messages.

A message is claimed under a lease that is committed before the mail server is spoken to. Whoever dies in between
leaves a lease that runs out, and the message is sent again with the same Message-ID; nobody's death loses one.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.template.loader import render_to_string

from notifications.directories import Addressee, directory
from notifications.models import Message
from notifications.vocabulary import MessageStatus

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
GIVE_UP_AFTER = timedelta(hours=72)
BATCH = 50


def queue(messages: Sequence[Message], *, at: datetime | None = None) -> None:
    """Put messages in the outbox, in the caller's transaction. A key that is there already is left as it is.

    `at` is the database's time where the caller knows it. Thousands of rows are then written several times faster:
    Django sends values as arrays, but spells out every row that leaves a field to the database.
    """
    if at is not None:
        for message in messages:
            message.queued_at = message.next_try_at = at
    Message.objects.bulk_create(messages, ignore_conflicts=True, batch_size=2000)


def dispatch() -> int:
    """Send what is due and take note of what was sent; how many messages left. Safe to run at once or again."""
    sent = 0
    while batch := _claim():
        connection = get_connection()
        try:
            connection.open()
        except Exception as error:
            for message in batch:
                _put_off(message, error)
            break  # whatever else is due waits for the next run
        with connection:
            for message in batch:
                sent += _send(message, connection)
    _note_sent()
    return sent


@transaction.atomic
def _claim() -> list[Message]:
    """Take a batch nobody else is sending. The lease lets others have it if we die."""
    due = Message.objects.filter(status=MessageStatus.QUEUED, next_try_at__lte=Now())
    batch = list(due.order_by("next_try_at").select_for_update(skip_locked=True)[:BATCH])
    Message.objects.filter(pk__in=[message.pk for message in batch]).update(
        attempts=F("attempts") + 1, next_try_at=Now() + LEASE
    )
    return batch


def _send(message: Message, connection: BaseEmailBackend) -> bool:
    try:
        addressee = directory(message.directory).find(message.recipient)
        if addressee is None:
            _finish(message, MessageStatus.CANCELLED, last_error="no address")
            return False
        _compose(message, addressee, connection).send()
    except Exception as error:
        _put_off(message, error)
        return False
    _finish(message, MessageStatus.SENT, sent_at=Now())
    return True


def _compose(message: Message, addressee: Addressee, connection: BaseEmailBackend) -> EmailMessage:
    times = {key: datetime.fromisoformat(text) for key, text in message.context.items() if key.endswith("_at")}
    context = {**message.context, **times, "addressee": addressee, "site": settings.SITE_URL}
    folder = f"notifications/{message.kind}"
    return EmailMessage(
        subject=" ".join(render_to_string(f"{folder}/subject.txt", context).split()),
        body=render_to_string(f"{folder}/body.txt", context).strip() + "\n",
        to=[addressee.email],
        connection=connection,
        # The same for every try: a mail server that took it already can tell.
        headers={
            "Message-ID": f"<{message.pk}@{urlsplit(settings.SITE_URL).hostname}>",
            "Auto-Submitted": "auto-generated",
        },
    )


def _finish(message: Message, status: MessageStatus, **fields: object) -> None:
    Message.objects.filter(pk=message.pk).update(status=status, next_try_at=None, **fields)


def _put_off(message: Message, error: Exception) -> None:
    """Try again later and less and less often; after three days give up, visibly."""
    kind = type(error).__name__
    # The kind of error only: its words may quote the address.
    logger.warning("message %s not sent: %s", message.pk, kind)
    wait = min(timedelta(minutes=2 ** min(message.attempts, 7)), timedelta(hours=2))
    row = Message.objects.filter(pk=message.pk)
    if row.filter(queued_at__lt=Now() - GIVE_UP_AFTER).exists():
        logger.error("message %s given up after %s", message.pk, GIVE_UP_AFTER)
        _finish(message, MessageStatus.FAILED, last_error=kind)
    else:
        row.update(next_try_at=Now() + wait, last_error=kind)


def _note_sent() -> None:
    """Let directories record what was sent: each in a transaction with its mark, so exactly once."""
    for pk in Message.objects.filter(status=MessageStatus.SENT, noted_at__isnull=True).values_list("pk", flat=True):
        try:
            with transaction.atomic():
                message = (
                    Message.objects.select_for_update(skip_locked=True).filter(pk=pk, noted_at__isnull=True).first()
                )
                if message is None or message.sent_at is None:
                    continue
                directory(message.directory).sent(
                    kind=message.kind, recipient=message.recipient, context=message.context, at=message.sent_at
                )
                Message.objects.filter(pk=pk).update(noted_at=Now())
        except Exception:  # whatever it is about this one, the others are noted
            logger.exception("message %s was sent, but could not be noted; trying again at the next run", pk)
