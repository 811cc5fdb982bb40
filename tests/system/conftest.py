"""Fixtures of the tests that look at everything at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cast import Cast
from tests.system.processes import Programs
from tests.system.scene import Scene, arrange


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return arrange(cast)


@pytest.fixture
def programs(transactional_db: None, tmp_path: Path) -> Iterator[Programs]:
    """Programs beside the test, on the test's database. They end before that is emptied."""
    beside = Programs(tmp_path)
    try:
        yield beside
    finally:
        beside.end_all()
