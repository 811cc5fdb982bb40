"""Print the format of charter files as a JSON Schema."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ledger.vocabulary import EventKind
from standards.charter_schema import schema


class Command(BaseCommand):
    help = "Prints the JSON Schema of charter files, or writes it to a file. Published as docs/charter.schema.json."
    requires_system_checks = []  # it needs no database, and none of what is checked

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", help="Where to write it; otherwise it is printed")

    def handle(self, *, file: Path | None, **options: Any) -> None:
        text = json.dumps(schema(EventKind.values), indent=2, ensure_ascii=False) + "\n"
        if file is None:
            self.stdout.write(text, ending="")
            return
        try:
            file.write_text(text, encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
