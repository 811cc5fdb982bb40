"""Case references: short enough to say on the telephone, random, and without letters that spell or look alike."""

from __future__ import annotations

import secrets
from datetime import datetime

from standards.calendar import LONDON
from standards.models import Matter

# No vowels (no words), no 0/O, 1/I/L, 5/S, 8/B, 2/Z.
ALPHABET = "34679CDFGHJKMNPQRTVWXY"
LENGTH = 7


def new_references(received: list[datetime]) -> list[str]:
    """An unused reference for each time of receipt, like ASB-26-7KM4QXH: 22^7, 2.5 thousand million, a year."""
    made: list[str] = []
    while len(made) < len(received):
        wanted = received[len(made) :]
        drawn = [f"ASB-{moment.astimezone(LONDON):%y}-{_draw()}" for moment in wanted]
        taken = set(Matter.objects.filter(reference__in=drawn).values_list("reference", flat=True)) | set(made)
        made += [reference for reference in dict.fromkeys(drawn) if reference not in taken]
    return made


def _draw() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
