"""Logs, the outbox and the broker: what goes wrong is told without telling about whom."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from celery.app.task import Task
from django.test import Client
from django.urls import reverse

from config.logs import SafeJsonFormatter
from config.settings import base
from notifications.models import Message
from tests import answers
from tests.cast import Cast
from tests.system.story import PERSON, Story, found_in


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """All that production's formatter makes of the log, as it would be written there."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(SafeJsonFormatter())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


def test_no_log_line_carries_them(cast: Cast, logged: io.StringIO, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    story = Story(cast).tell()
    story.browsers["priya"].get(reverse("cases"), {"q": "Canaryname"})
    story.browsers["priya"].post(reverse("find_person"), {"family_name": "Canaryname"}, follow=True)
    story.browsers["alex"].get(reverse("case", args=[story.reference]), {"q": "Canaryname"})  # 404, which is logged
    story.browsers["jo"].post(reverse("cases"), {"q": "Canaryname"})
    Client().post(reverse("sign_in"), {"username": "canarymail@example.org", "password": "Canaryname"})
    lines = logged.getvalue().splitlines()
    assert len(lines) > 2
    assert found_in(logged.getvalue()) == []
    assert found_in(caplog.text) == []


def test_an_error_whose_words_quote_a_row_is_logged_without_them(
    cast: Cast, logged: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any) -> None:
        try:
            raise LookupError("Key (email)=(canarymail@example.org)")
        except LookupError as error:
            raise ValueError("Failing row contains (Canaryname)") from error

    monkeypatch.setattr("asb_cases.views.intake.receive_report", fail)
    browser = Client(raise_request_exception=False)
    browser.force_login(cast.jo)
    response = browser.post(reverse("record_report"), answers.report(cast, PERSON, description="Canarytext"))
    assert response.status_code == 500
    (line,) = [json.loads(each) for each in logged.getvalue().splitlines() if "Internal Server Error" in each]
    assert {"ValueError", "caused by LookupError"} <= set(line["exc_info"].splitlines())
    assert found_in(logged.getvalue()) == []
    assert found_in(response.text) == []


def test_a_message_that_cannot_be_sent_is_logged_and_kept_without_the_address(
    cast: Cast, logged: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(message: Any) -> None:
        raise OSError(f"550 no such user {message.to}")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    Story(cast).tell()
    assert "not sent: OSError" in logged.getvalue()
    assert found_in(logged.getvalue()) == []
    assert set(Message.objects.values_list("last_error", flat=True)) == {"OSError"}


def test_no_task_takes_arguments_and_no_page_starts_one(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[str] = []
    monkeypatch.setattr(Task, "apply_async", lambda self, *args, **options: started.append(self.name))
    Story(cast).tell()
    assert started == []
    scheduled = base.CELERY_BEAT_SCHEDULE.values()
    assert {entry["task"] for entry in scheduled} == {
        "standards.sweep", "standards.turn_over", "standards.replay", "standards.compute_measures",
        "notifications.dispatch", "ledger.seal",
    }  # fmt: skip
    assert [(entry.get("args"), entry.get("kwargs")) for entry in scheduled] == [(None, None)] * 6
