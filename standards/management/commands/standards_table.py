"""Print what judges each promise of the charters that come with the project."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ledger.vocabulary import EventKind
from standards.charter_file import load
from standards.coverage import table

CHARTERS = Path(__file__).parents[2] / "charters"


class Command(BaseCommand):
    help = "Prints every promise and what judges it, or writes it to a file. Published as docs/standards.md."
    requires_system_checks = []  # it needs no database, and none of what is checked

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", help="Where to write it; otherwise it is printed")

    def handle(self, *, file: Path | None, **options: Any) -> None:
        charters = [load(path, event_kinds=EventKind.values)[0] for path in sorted(CHARTERS.glob("*.toml"))]
        text = table(sorted(charters, key=lambda charter: charter.layer))
        if file is None:
            self.stdout.write(text, ending="")
            return
        try:
            file.write_text(text, encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
