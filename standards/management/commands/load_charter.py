"""Load a partnership's published standards."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError

from partners.models import Partnership
from standards.charter_file import CharterError
from standards.loading import load_charter


class Command(BaseCommand):
    help = "Checks a charter file and loads it as the partnership's next version, in force from a day on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        whose = parser.add_mutually_exclusive_group(required=True)
        whose.add_argument("--partnership", metavar="SLUG")
        whose.add_argument("--layer", action="store_true", help="What the law adds to every partnership's own")
        parser.add_argument("--effective-from", required=True, type=_day, metavar="YYYY-MM-DD")

    def handle(self, *, file: Path, partnership: str | None, effective_from: date, **options: Any) -> None:
        owner = Partnership.objects.filter(slug=partnership).first() if partnership else None
        if partnership and owner is None:
            slugs = ", ".join(Partnership.objects.values_list("slug", flat=True)) or "none yet"
            raise CommandError(f"There is no partnership {partnership!r}. Known: {slugs}.")
        try:
            charter = load_charter(partnership=owner.pk if owner else None, path=file, effective_from=effective_from)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        except CharterError as error:
            raise CommandError(f"{file.name} cannot be loaded:\n" + "\n".join(error.problems)) from error
        except IntegrityError as error:
            raise CommandError(f"A version of these standards takes effect on {effective_from} already.") from error
        self.stdout.write(f"{charter.name}, version {charter.version}: {charter.promises.count()} promises.")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is not a day like 2026-04-01") from error
