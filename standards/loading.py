"""Loading standards as versions: a charter file, or settings that a partnership changed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from ledger.vocabulary import EventKind
from partners.models import User
from standards.charter import Charter as Rules
from standards.charter_file import CharterError, load
from standards.models import Charter, Promise


def load_charter(*, partnership: UUID | None, path: Path, effective_from: date) -> Charter:
    """Load a charter file as the partnership's next version, or without one as the layer's.

    Raises CharterError when the file is not good, or is a layer where a partnership's own is wanted, or the reverse.
    """
    rules, body = load(path, event_kinds=EventKind.values)
    if rules.layer is not (partnership is None):
        wanted = "a partnership's own standards" if partnership else "a layer (layer = true)"
        raise CharterError([f"layer: this file is not {wanted}"])
    return add_version(partnership=partnership, rules=rules, body=body, effective_from=effective_from)


@transaction.atomic
def add_version(
    *,
    partnership: UUID | None,
    rules: Rules,
    body: dict[str, Any],
    effective_from: date,
    by: User | None = None,
    note: str = "",
) -> Charter:
    """Add a checked charter as the next version. Running matters keep theirs (rule 10)."""
    latest = Charter.objects.filter(partnership=partnership).aggregate(version=Max("version"))["version"]
    charter = Charter.objects.create(
        partnership_id=partnership,
        version=(latest or 0) + 1,
        effective_from=effective_from,
        code=rules.code,
        name=rules.name,
        short_name=rules.short_name,
        document=rules.document,
        body=body,
        loaded_by=by,
        note=note,
    )
    Promise.objects.bulk_create(
        Promise(
            charter=charter,
            code=promise.code,
            clause=promise.clause,
            summary=promise.summary,
            kinds=list(promise.kinds),
            place=place,
        )
        for place, promise in enumerate(rules.promises, start=1)
    )
    return charter
