"""Bring the bank-holiday table up to the published list."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from standards import holidays
from standards.rejudging import judge_affected

FIRST_YEAR = 2012
# At least: a promise made on the last days of 2028 is due in 2029.
LAST_YEAR = 2029


class Command(BaseCommand):
    help = "Adds the bank holidays of England and Wales, Scotland and Northern Ireland that the table lacks."

    def add_arguments(self, parser: ArgumentParser) -> None:
        until = max(LAST_YEAR, timezone.localdate().year + 2)
        parser.add_argument("--from", dest="first_year", type=int, default=FIRST_YEAR, metavar="YEAR")
        parser.add_argument("--to", dest="last_year", type=int, default=until, metavar="YEAR")

    def handle(self, *, first_year: int, last_year: int, **options: Any) -> None:
        edition = holidays.seed(first_year=first_year, last_year=last_year)
        if edition is None:
            self.stdout.write(f"Nothing to add: {first_year} to {last_year} are known.")
            return
        judged = judge_affected(edition)
        self.stdout.write(
            f"Edition {edition.number}: {edition.added.count()} days added, known until {edition.last_day}, "
            f"{judged} running matters judged again."
        )
