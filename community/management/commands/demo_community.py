"""Give the demonstration partnerships neighbourhoods, publications and figures."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from community.demo import load
from ledger.models import Seal
from partners.models import Partnership
from standards.duties import STANDING
from standards.models import Matter


class Command(BaseCommand):
    help = "Adds two years of the community's registers to a fresh demonstration. Does nothing anywhere else."

    def handle(self, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("The demonstration is not for production.")
        if not Partnership.objects.filter(demonstration=True).exists():
            self.stdout.write("There is no demonstration: nothing added.")
        elif Matter.objects.filter(kind__in=STANDING).exists():
            self.stdout.write("There are standing duties already: nothing added.")
        elif Seal.objects.exists():
            self.stdout.write("The ledger is sealed, and takes no history any more: nothing added.")
        else:
            self.stdout.write(f"{load(timezone.now())} publications were recorded.")
