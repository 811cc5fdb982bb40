"""A clock that stands still, for pages that tell times in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine

from standards.calendar import LONDON
from tests.cast import use_the_hosts_clock


@pytest.fixture
def wednesday(monkeypatch: pytest.MonkeyPatch) -> Iterator[time_machine.Traveller]:
    """Wednesday 2 September 2026, 9:00am, for the database as well. It may be moved on."""
    use_the_hosts_clock(monkeypatch)
    with time_machine.travel(datetime(2026, 9, 2, 9, tzinfo=LONDON), tick=False) as traveller:
        yield traveller
