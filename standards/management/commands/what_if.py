"""What if other standards had been ours? For whoever runs the service."""

from __future__ import annotations

import os
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from frontend.words import date_words, duration_words
from ledger.vocabulary import EventKind
from partners.models import Partnership
from standards.calendar import HolidaysUnknown
from standards.charter import Charter as Rules
from standards.charter_file import CharterError, load
from standards.holidays import NoBankHolidays
from standards.replay import Period, Replayed, replay
from standards.replays import SHARED_FROM
from standards.selectors import NoCharter, charter_in_force, rules_of
from standards.tally import Figures


class Command(BaseCommand):
    help = (
        "Judges the cases that a partnership received in a period under other standards and under those that they "
        "really ran under, and prints both promise by promise. Nothing is written."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--partnership", required=True, metavar="SLUG", help="Whose history")
        parser.add_argument(
            "--charter", required=True, metavar="SLUG|FILE", help="A partnership's standards in force today, or a file"
        )
        parser.add_argument("--from", required=True, type=_day, metavar="YYYY-MM-DD")
        parser.add_argument("--to", required=True, type=_day, metavar="YYYY-MM-DD", help="The last day")

    def handle(self, *, partnership: str, charter: str, **options: Any) -> None:
        first, last = options["from"], options["to"]
        if last < first:
            raise CommandError("The last day lies before the first.")
        whose = _partnership(partnership)
        period = Period(whose.pk, first, last)
        number = period.count()
        self.stdout.write(f"{whose.name}, {date_words(first)} to {date_words(last)}: {number:,} cases")
        try:
            told = replay(
                partnership=whose.pk,
                first_day=first,
                last_day=last,
                charters=[_rules(charter), None],
                processes=len(os.sched_getaffinity(0)) if number >= SHARED_FROM else 1,
            )
        except (HolidaysUnknown, NoBankHolidays) as error:
            raise CommandError(str(error)) from error
        for one in told:
            self._print(one)

    def _print(self, one: Replayed) -> None:
        self.stdout.write(f"\nUnder {one.charter.name if one.charter else 'the standards that were their own'}")
        self.stdout.write(_row("", *(name for name, _ in _COLUMNS), "half within", "nine in ten"))
        for line in one.lines:
            if line.comparable and line.figures.applied:
                self.stdout.write(_figures(line.promise.code, line.figures))
        self.stdout.write(_figures("all", one.totals))
        left_out = [line.promise.code for line in one.lines if not line.comparable]
        if left_out:
            self.stdout.write(f"Not compared, for what they need was never recorded: {', '.join(left_out)}")


_COLUMNS = (
    ("owed", "owed"), ("kept", "kept"), ("missed", "missed"), ("attempted", "attempted"), ("late", "reclassified_late"),
    ("running", "running"), ("measured", "measured"), ("ended", "ended"), ("shown", "shown"), ("missing", "missing"),
    ("excused", "excused"),
)  # fmt: skip


def _figures(name: str, figures: Figures) -> str:
    times = [duration_words(timedelta(seconds=one)) if one is not None else "" for one in
             (figures.median, figures.ninetieth)]  # fmt: skip
    return _row(name, *(f"{getattr(figures, field):,}" for _, field in _COLUMNS), *times)


def _row(name: str, *cells: str) -> str:
    *numbers, median, ninetieth = cells
    return f"{name:14}" + "".join(f"{cell:>10}" for cell in numbers) + f"  {median:18}{ninetieth}".rstrip()


def _partnership(slug: str) -> Partnership:
    found = Partnership.objects.filter(slug=slug).first()
    if found is None:
        slugs = ", ".join(Partnership.objects.values_list("slug", flat=True)) or "none yet"
        raise CommandError(f"There is no partnership {slug!r}. Known: {slugs}.")
    return found


def _rules(text: str) -> Rules:
    if not text.endswith(".toml"):
        try:
            return rules_of(charter_in_force(_partnership(text).pk, timezone.localdate()).pk)
        except NoCharter as error:
            raise CommandError(str(error)) from error
    try:
        return load(Path(text), event_kinds=EventKind.values)[0]
    except OSError as error:
        raise CommandError(f"{text}: {error.strerror}") from error
    except CharterError as error:
        raise CommandError(f"{text} cannot be read:\n" + "\n".join(error.problems)) from error


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is not a day like 2026-04-01") from error
