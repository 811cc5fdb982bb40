"""Sealing: one row over all chain heads, and a line of text to keep off the machine."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.models.functions import Now

from ledger.chain import GENESIS
from ledger.models import Seal
from ledger.selectors import heads_at, seal_hash

logger = logging.getLogger(__name__)

# Transactions still open may hold events with an earlier time of recording: leave them to the next seal.
SETTLING_TIME = timedelta(minutes=10)


@transaction.atomic
def seal() -> Seal:
    """Seal everything recorded until ten minutes ago and append the seal's line to LEDGER_SEAL_FILE.

    That file is what an operator copies off the machine (docs/operations.md): whoever cuts the tail of a chain
    can rewrite the seals beside it, but not the copies.
    """
    with connection.cursor() as cursor:
        # Two seals at once would both follow the same predecessor.
        cursor.execute("LOCK TABLE ledger_seal IN EXCLUSIVE MODE")
        cursor.execute("SELECT now()")
        up_to = cursor.fetchone()[0] - SETTLING_TIME
    last = Seal.objects.order_by("-pk").first()
    previous = last.hash if last else GENESIS
    heads = heads_at(up_to)
    made = Seal.objects.create(
        sealed_at=Now(),
        up_to=up_to,
        matters=heads.matters,
        events=heads.events,
        previous=previous,
        hash=seal_hash(previous, up_to, heads),
    )
    line = f"{made.pk} {up_to.isoformat()} {heads.matters} {heads.events} {made.hash}"
    transaction.on_commit(lambda: _export(line))
    return made


def _export(line: str) -> None:
    path = Path(settings.LEDGER_SEAL_FILE)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        file.write(line + "\n")
    logger.info("ledger sealed: %s", line)
