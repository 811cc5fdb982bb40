"""System checks: a bank-holiday table that runs out makes deadlines impossible, so it is announced a year ahead."""

from datetime import timedelta
from typing import Any

from django.core.checks import CheckMessage, Warning, register
from django.db import DatabaseError
from django.utils import timezone

from standards.holidays import known_until

AHEAD = timedelta(days=365)


@register
def bank_holidays_known_ahead(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Warns when fewer than 12 months ahead are known. Silent while the table does not exist yet."""
    try:
        last = known_until()
    except DatabaseError:
        return []
    if last is not None and last >= timezone.localdate() + AHEAD:
        return []
    known = f"known only until {last:%-d %B %Y}" if last else "not known at all"
    return [
        Warning(
            f"Bank holidays are {known}. Deadlines in working days beyond that cannot be given.",
            hint="Run: manage.py seed_bank_holidays. If the package does not list the year yet, add days by hand.",
            id="standards.W001",
        )
    ]
