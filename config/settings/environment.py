"""Reading the environment: addresses of services, lists, yes and no."""

import os
from typing import Any

import dj_database_url


def database(url: str) -> dict[str, Any]:
    """Django's DATABASES["default"] for a postgres:// URL. Nothing but PostgreSQL is supported."""
    settings = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    if settings["ENGINE"] != "django.db.backends.postgresql":
        raise ValueError("DATABASE_URL must start with postgres:// (PostgreSQL is the only database supported)")
    return settings


def broker(url: str) -> str:
    """Celery's spelling of a Redis URL: the client library writes unix://, Celery redis+socket://."""
    return "redis+socket://" + url.removeprefix("unix://") if url.startswith("unix://") else url


def flag(name: str, default: bool = False) -> bool:
    return os.environ.get(name, "1" if default else "").lower() in {"1", "true", "yes", "on"}


def items(name: str) -> list[str]:
    return [item.strip() for item in os.environ.get(name, "").split(",") if item.strip()]
