"""Celery's broker is the Redis that REDIS_URL names, its database included."""

from __future__ import annotations

import pytest
import redis
from django.conf import settings

from config.celery import app
from config.settings.environment import broker

QUEUE = "probe-of-the-broker"


@pytest.mark.parametrize(
    ("url", "spelled"),
    [
        ("redis://cache.internal:6379/3", "redis://cache.internal:6379/3"),
        ("rediss://:secret@cache.internal/3", "rediss://:secret@cache.internal/3"),
        ("unix:///run/redis.sock", "redis+socket:///run/redis.sock"),
        ("unix:///run/redis.sock?db=3", "redis+socket:///run/redis.sock?virtual_host=3"),
    ],
)
def test_a_redis_url_in_celerys_spelling(url: str, spelled: str) -> None:
    assert broker(url) == spelled


def test_tasks_of_the_tests_go_to_the_database_of_the_tests() -> None:
    """A running script/server uses database 0 of the same Redis: it must never see them."""
    with redis.Redis.from_url(settings.REDIS_URL) as tests:
        try:
            with app.connection_for_write() as connection:
                app.send_task("nobody.listens", queue=QUEUE, connection=connection)
            assert tests.connection_pool.connection_kwargs["db"] == 15
            assert tests.llen(QUEUE) == 1
        finally:
            tests.delete(QUEUE, f"_kombu.binding.{QUEUE}")
