"""Import reports, or street-level anti-social behaviour of data.police.uk, from a CSV file."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from asb_cases.imports import street_level
from asb_cases.imports.files import LINE, REASON, Rejects, Rows, UnreadableFile, opened
from asb_cases.imports.mapping import ColumnMapping, MappingError, load
from asb_cases.imports.reports import Tally, import_reports
from asb_cases.imports.rows import Setting
from asb_cases.policies import CASEWORKERS
from partners.models import Partnership
from partners.selectors import agencies_of, current_postings

SECONDS_BETWEEN_WORDS = 2


class Command(BaseCommand):
    help = (
        "Opens a case for each report of a CSV file, judged like one that was typed in, or stores the anti-social "
        "behaviour of a street-level file of data.police.uk as incidents. Safe to run again: what is here already is "
        "passed over. Rejected rows go to a file of their own. docs/import.md describes the columns."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--partnership", required=True, metavar="SLUG")
        parser.add_argument("--mapping", type=Path, metavar="FILE.toml", help="Their columns and words in ours")
        parser.add_argument("--source", help="Name of the system it comes from (default: the file's name)")
        parser.add_argument(
            "--agency", metavar="SLUG", help="Takes and leads what names no agency (default: the first)"
        )
        parser.add_argument("--rejects", type=Path, metavar="FILE.csv", help="Default: FILE.rejects.csv")
        parser.add_argument("--acknowledge", action="store_true", help="Send the reporters written acknowledgements")
        parser.add_argument(
            "--without-alerts",
            action="store_true",
            help="Record what was missed before the import without telling officers and team leads",
        )

    def handle(self, *, file: Path, partnership: str, mapping: Path | None, **options: Any) -> None:
        self.started = self.said = time.monotonic()
        options["source"] = options["source"] or file.stem
        owner = self._partnership(partnership)
        rejected = options["rejects"] or file.with_suffix(".rejects.csv")
        if rejected.resolve() in {file.resolve(), mapping.resolve() if mapping else None}:
            raise CommandError(f"{rejected}: rejected rows would be written over what is read. Name another file.")
        try:
            with opened(file) as source:
                rows = Rows(source)
                rejects = Rejects(rejected, rows.headings)
                try:
                    if street_level.recognised(rows.headings):
                        tally = street_level.import_incidents(rows, owner.pk, rejects, progress=self._progress)
                    else:
                        tally = self._reports(
                            rows, rejects, owner, load(mapping) if mapping else ColumnMapping(), options
                        )
                finally:
                    rejects.close()
        except (UnreadableFile, MappingError) as error:
            raise CommandError(f"{file.name}: {error}") from error
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error
        self.stdout.write(_words(tally, time.monotonic() - self.started))
        if rejects.count:
            self.stdout.write(f"The rejected rows and why are in {rejects.path}")

    def _reports(
        self, rows: Rows, rejects: Rejects, owner: Partnership, mapping: ColumnMapping, options: dict[str, Any]
    ) -> Tally:
        if missing := mapping.missing(rows.headings):
            raise CommandError(
                f"There is no column {', '.join(missing)}. Columns here: {', '.join(rows.headings)}. "
                "A mapping file (--mapping) says which of them is which; docs/import.md shows one."
            )
        if unread := [heading for heading in mapping.unread(rows.headings) if heading not in {LINE, REASON}]:
            self.stderr.write(f"Nothing is taken from the columns: {', '.join(unread)}")
        setting = self._setting(owner, mapping, options)
        return import_reports(
            rows, mapping, setting, rejects, alert=not options["without_alerts"], progress=self._progress
        )

    def _setting(self, owner: Partnership, mapping: ColumnMapping, options: dict[str, Any]) -> Setting:
        members = list(agencies_of(owner.pk))
        agencies = {name.lower(): agency.pk for agency in members for name in (agency.slug, agency.name)}
        if not members:
            raise CommandError(f"{owner.name} has no member agency yet.")
        default = options["agency"] or members[0].slug
        if default.lower() not in agencies:
            raise CommandError(
                f"{default!r} is no agency of {owner.name}. It has: {', '.join(a.slug for a in members)}."
            )
        officers = current_postings().filter(role__in=CASEWORKERS, membership__partnership=owner)
        return Setting(
            partnership=owner.pk,
            source=options["source"][:60],
            agencies=agencies,
            officers={
                (email.lower(), agency): user
                for email, agency, user in officers.values_list("user__email", "membership__agency", "user")
            },
            default_agency=agencies[default.lower()],
            time_format=mapping.formats.get("received_at", ""),
            now=timezone.now(),
            acknowledge=options["acknowledge"],
        )

    def _partnership(self, slug: str) -> Partnership:
        owner = Partnership.objects.filter(slug=slug).first()
        if owner is None:
            slugs = ", ".join(Partnership.objects.values_list("slug", flat=True)) or "none yet"
            raise CommandError(f"There is no partnership {slug!r}. Known: {slugs}.")
        return owner

    def _progress(self, tally: Tally) -> None:
        now = time.monotonic()
        if now - self.said >= SECONDS_BETWEEN_WORDS:
            self.said = now
            self.stderr.write(_words(tally, now - self.started))


def _words(tally: Tally, seconds: float) -> str:
    rate = f" ({tally.rows / seconds:,.0f} rows a second)" if seconds > 1 else ""
    return f"{tally.rows:,} rows: {tally.opened:,} new, {tally.known:,} here already, {tally.rejected:,} rejected{rate}"
