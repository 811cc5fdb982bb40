"""Reading the environment: addresses of services, lists, yes and no."""

import os
from typing import Any
from urllib.parse import parse_qsl, urlencode

import dj_database_url


def database(url: str) -> dict[str, Any]:
    """Django's DATABASES["default"] for a postgres:// URL. Nothing but PostgreSQL is supported."""
    settings = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    if settings["ENGINE"] != "django.db.backends.postgresql":
        raise ValueError("DATABASE_URL must start with postgres:// (PostgreSQL is the only database supported)")
    return settings


def broker(url: str) -> str:
    """Celery's spelling of a Redis URL: the client library writes unix://…?db=1, Celery redis+socket://…?virtual_host=1.

    Celery takes `db` without complaint and uses database 0.
    """
    if not url.startswith("unix://"):
        return url
    socket, _, query = url.removeprefix("unix://").partition("?")
    options = [("virtual_host" if name == "db" else name, value) for name, value in parse_qsl(query)]
    return f"redis+socket://{socket}?{urlencode(options)}" if options else f"redis+socket://{socket}"


def flag(name: str, default: bool = False) -> bool:
    return os.environ.get(name, "1" if default else "").lower() in {"1", "true", "yes", "on"}


def items(name: str) -> list[str]:
    return [item.strip() for item in os.environ.get(name, "").split(",") if item.strip()]
