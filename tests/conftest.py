"""Fixtures for all tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db.backends.postgresql.operations import DatabaseOperations
from hypothesis import settings

from tests import cast as casting

pytest_plugins = ["tests.browser"]

# Machines are noisy: an example that takes long is not a wrong one.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

APPEND_ONLY = ('"ledger_event"', '"ledger_seal"')


@pytest.fixture(scope="session")
def base_url() -> None:
    """Pages are asked for by whole addresses. Replaces a plugin's own, which pytest 9.2 warns about."""


@pytest.fixture(scope="session", autouse=True)
def ledger_may_be_emptied_between_tests() -> Iterator[None]:
    """Tests that commit empty all tables afterwards. The ledger refuses that, so its triggers rest meanwhile."""
    flush = DatabaseOperations.sql_flush

    def with_triggers_off(self: Any, style: Any, tables: Any, **options: Any) -> list[str]:
        switch = [f"ALTER TABLE {table} {{}} TRIGGER USER;" for table in APPEND_ONLY if table.strip('"') in set(tables)]
        statements = flush(self, style, tables, **options)
        return [
            *(line.format("DISABLE") for line in switch),
            *statements,
            *(line.format("ENABLE") for line in switch),
        ]

    DatabaseOperations.sql_flush = with_triggers_off
    yield
    DatabaseOperations.sql_flush = flush


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    casting.forget()


@pytest.fixture
def holidays_known(db: None) -> None:
    casting.know_holidays()


@pytest.fixture
def cast(holidays_known: None) -> casting.Cast:
    return casting.assemble()
