"""Whether the sweep is alive."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db.models.functions import Now

from standards.models import Heartbeat
from standards.sweep import HEARTBEAT


def sweep_is_late() -> bool:
    """True when no sweep has beaten for SWEEP_STALE_AFTER_SECONDS, or never."""
    stale_after = timedelta(seconds=settings.SWEEP_STALE_AFTER_SECONDS)
    return not Heartbeat.objects.filter(name=HEARTBEAT, beat_at__gte=Now() - stale_after).exists()
