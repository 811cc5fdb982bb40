"""Fill an empty database with the demonstration."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from asb_cases.demo.load import load
from partners.models import Partnership
from standards.holidays import known_until


class Command(BaseCommand):
    help = "Loads five partnerships with invented people and two years of cases. Does nothing when there is data."

    def handle(self, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("The demonstration has accounts with a published password. It is not for production.")
        if Partnership.objects.exists():
            self.stdout.write("There are partnerships already: nothing loaded.")
            return
        if known_until() is None:
            raise CommandError("Deadlines need the bank holidays first: manage.py seed_bank_holidays")
        load(timezone.now(), self.stdout.write)
