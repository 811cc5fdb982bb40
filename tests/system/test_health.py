"""/healthz and /readyz: what load balancers and people on call are told."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any, NoReturn

import pytest
import redis
from django.conf import settings
from django.db import OperationalError, connection
from django.db.backends.utils import CursorWrapper
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

from config import health
from standards.models import Heartbeat
from standards.sweep import sweep

pytestmark = pytest.mark.django_db

PARTS = ("database", "redis", "migrations", "sweep")


@pytest.fixture
def swept() -> None:
    sweep()


def readiness() -> tuple[int, dict[str, Any]]:
    response = Client().get("/readyz")
    return response.status_code, json.loads(response.content)


def assert_only_fails(*parts: str) -> None:
    status, told = readiness()
    assert status == 503
    assert told == {"ready": False, **{part: "failing" if part in parts else "ok" for part in PARTS}}


def test_ready_when_every_part_is_there(swept: None) -> None:
    assert readiness() == (200, {"ready": True, **dict.fromkeys(PARTS, "ok")})


def test_not_ready_without_redis(swept: None, settings, tmp_path) -> None:
    settings.REDIS_URL = f"unix://{tmp_path}/nobody"
    assert_only_fails("redis")


def test_not_ready_while_redis_cannot_write(swept: None, monkeypatch) -> None:
    def loading(*arguments: object) -> None:
        raise redis.BusyLoadingError

    monkeypatch.setattr(redis.Redis, "ping", loading)
    assert_only_fails("redis")


def test_not_ready_with_a_migration_not_yet_applied(swept: None) -> None:
    applied = MigrationRecorder.Migration.objects
    assert applied.filter(app="standards").delete()[0]
    assert_only_fails("migrations")


def test_not_ready_when_the_last_sweep_is_too_long_ago(swept: None) -> None:
    ago = timedelta(seconds=settings.SWEEP_STALE_AFTER_SECONDS)
    Heartbeat.objects.update(beat_at=timezone.now() - ago + timedelta(seconds=20))
    assert readiness()[0] == 200
    Heartbeat.objects.update(beat_at=timezone.now() - ago - timedelta(seconds=1))
    assert_only_fails("sweep")


def test_not_ready_when_nobody_ever_swept() -> None:
    assert_only_fails("sweep")


def test_not_ready_without_a_database_and_no_word_about_why(monkeypatch, caplog) -> None:
    def refuse(self: CursorWrapper, *arguments: object) -> None:
        raise OperationalError("connection to 10.1.2.3 failed for user asb")

    with monkeypatch.context() as patch:
        patch.setattr(CursorWrapper, "execute", refuse)
        assert_only_fails("database", "migrations", "sweep")
        assert b"10.1.2.3" not in Client().get("/readyz").content
    assert "10.1.2.3" not in caplog.text
    assert "not ready: database (OperationalError)" in caplog.text


def test_alive_asks_neither_database_nor_redis(monkeypatch) -> None:
    monkeypatch.setattr(health, "CHECKS", {"anything": _must_not_be_asked})
    with connection.execute_wrapper(_must_not_be_asked):
        response = Client().get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_anybody_may_ask_and_no_cache_may_answer(swept: None, address: str) -> None:
    response = Client().get(address)
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    assert Client().post(address).status_code == 405


def _must_not_be_asked(*arguments: object) -> NoReturn:
    raise AssertionError("asked")
