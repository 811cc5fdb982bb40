"""Fixtures of the tests that look at everything at once."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.system.scene import Scene, arrange


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return arrange(cast)
