"""Check every chain and every seal; name what is wrong and answer 1 if anything is."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ledger.models import Event, Seal
from ledger.selectors import faults, seal_faults


class Command(BaseCommand):
    help = "Checks all hash chains and seals of the ledger and names the first bad event of each broken chain."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--seals",
            metavar="FILE",
            type=Path,
            help="A copy of the seal file kept off this machine: each of its lines must still be true here.",
        )

    def handle(self, *, seals: Path | None, **options: Any) -> None:
        events = Event.objects.order_by("matter", "position")
        found = [*faults(events.iterator(chunk_size=5000)), *seal_faults()]
        for fault in found:
            self.stderr.write(f"{fault.where}: {fault.what}")
        missing = self._missing_seals(seals) if seals else []
        for line in missing:
            self.stderr.write(f"sealed elsewhere, but not here: {line}")
        if found or missing:
            raise CommandError(f"{len(found) + len(missing)} faults. The ledger has been tampered with or damaged.")
        self.stdout.write(f"{events.count()} events and {Seal.objects.count()} seals are sound.")

    def _missing_seals(self, path: Path) -> list[str]:
        here = {
            f"{seal.pk} {seal.up_to.isoformat()} {seal.matters} {seal.events} {seal.hash}"
            for seal in Seal.objects.iterator()
        }
        return [line for line in path.read_text().splitlines() if line.strip() and line not in here]
