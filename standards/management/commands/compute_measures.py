"""Work out the figures whose period is over: the same as the worker does every day."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from standards.computed import compute_measures


class Command(BaseCommand):
    help = "Works out the figures that come from the system's own records, once their period is over."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"{compute_measures()} figures were worked out.")
