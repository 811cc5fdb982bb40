"""The hash chain, pure: each event's hash covers its content and the hash before it.

Changing, removing or inserting an event in the middle of a chain breaks every hash after it. Cutting off the
tail does not; that is what the seals are for.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID

GENESIS = "0" * 64

Plain = str | int | bool | list[str]


def digest(
    *,
    previous: str,
    event: UUID,
    matter: UUID,
    position: int,
    kind: str,
    occurred_at: datetime,
    recorded_at: datetime,
    recorded_by: UUID | None,
    agency: UUID | None,
    about: UUID | None,
    corrects: UUID | None,
    detail: Mapping[str, Plain],
) -> str:
    """SHA-256, 64 hexadecimal digits, of one event and all before it.

    The text hashed is JSON with sorted keys, times in UTC to the microsecond, and no white space, so that a
    check of the same row in another language gives the same digits.
    """
    content = {
        "about": _text(about),
        "agency": _text(agency),
        "corrects": _text(corrects),
        "detail": detail,
        "event": str(event),
        "kind": kind,
        "matter": str(matter),
        "occurred_at": _instant(occurred_at),
        "position": position,
        "previous": previous,
        "recorded_at": _instant(recorded_at),
        "recorded_by": _text(recorded_by),
    }
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _text(value: UUID | None) -> str | None:
    return None if value is None else str(value)


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="microseconds")
