"""A database of the benches' own on the private PostgreSQL: made, migrated, and dropped afterwards."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg2

from config import embedded

NAME = "bench_asb"


@contextmanager
def own_database() -> Iterator[str]:
    """Django set up on an empty, migrated database; gives its URL. Whatever DATABASE_URL names is left alone."""
    server = embedded.database_url()
    url = f"{server.rpartition('/')[0]}/{NAME}"
    _drop(server)  # a run that was killed left it
    _execute(server, f"CREATE DATABASE {NAME}")
    try:
        _set_up_django(url)
        yield url
    finally:
        _drop(server)


def _set_up_django(url: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.development"
    os.environ["DATABASE_URL"] = url
    os.environ.setdefault("REDIS_URL", "unix:///not-started")
    os.environ["DJANGO_DEBUG"] = ""  # DEBUG would keep every query in memory
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, skip_checks=True)


def _drop(server: str) -> None:
    _execute(server, f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")


def _execute(server: str, statement: str) -> None:
    connection = connect(server)
    with connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()


def connect(url: str) -> Any:
    """A bare connection, without Django, that commits every statement."""
    connection = psycopg2.connect(url)
    connection.autocommit = True
    return connection
