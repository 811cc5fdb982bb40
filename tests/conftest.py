"""Fixtures for all tests."""

import pytest

pytest_plugins = ["tests.browser"]


@pytest.fixture(scope="session")
def base_url() -> None:
    """Pages are asked for by whole addresses. Replaces a plugin's own, which pytest 9.2 warns about."""
