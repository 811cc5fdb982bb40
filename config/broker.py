"""Celery's Redis transport, mended: a worker outlives Redis.

When Redis dies while a task runs, the task is acknowledged, or given back, over a channel whose connection is gone.
kombu 5.7 then stumbles over a None, which Celery takes for a fault of its own and ends the worker. It is a lost
connection, and said so it is handled as one: the worker connects again.
"""

from __future__ import annotations

from typing import Any

from kombu.transport import TRANSPORT_ALIASES, redis
from redis.exceptions import ConnectionError as ConnectionLost


class Channel(redis.Channel):
    def _connparams(self, asynchronous: bool = False) -> Any:
        if self.connection is None or self.connection.client is None:
            raise ConnectionLost("The connection to Redis is closed.")
        return super()._connparams(asynchronous)


class Transport(redis.Transport):
    Channel = Channel


def use_for_redis_urls() -> None:
    for scheme in ("redis", "rediss"):
        TRANSPORT_ALIASES[scheme] = f"{__name__}:{Transport.__name__}"
