"""Changing what a partnership sets for itself: a new version from a day, or one taken back before that day."""

from __future__ import annotations

import logging
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from frontend.words import date_words
from ledger.vocabulary import EventKind
from partners.models import Partnership, User
from standards import charter as rules
from standards.charter_file import parse
from standards.loading import add_version
from standards.local_settings import LocalSettings, changed_body
from standards.models import Charter, Matter
from standards.selectors import NoCharter

logger = logging.getLogger(__name__)


class RefusedChange(ValueError):
    """A change that cannot be made; the message says why, in words for the person who tried."""


class ChangedMeanwhile(RefusedChange):
    """Somebody else changed the standards since this change was begun."""

    def __init__(self, newest: Charter) -> None:
        who = f" by {newest.loaded_by.name}" if newest.loaded_by else ""
        super().__init__(
            f"The standards were changed meanwhile{who}: version {newest.version} takes effect on "
            f"{date_words(newest.effective_from)}. Look at your changes again before you save them"
        )
        self.newest = newest


def newest_version(partnership: UUID) -> Charter:
    """The version that takes effect last: the one that a change starts from."""
    versions = Charter.objects.standing().filter(partnership=partnership).select_related("loaded_by")
    newest = versions.order_by("-effective_from").first()
    if newest is None:
        raise NoCharter("This partnership has no standards yet.")
    return newest


def check_effective_from(day: date, newest: Charter, today: date) -> None:
    """Cases that were received today run already, so a version begins tomorrow at the earliest, and after the newest.

    Raises RefusedChange.
    """
    if day <= today:
        raise RefusedChange("The day must be tomorrow or later: what was received today already has its deadlines")
    if day <= newest.effective_from:
        raise RefusedChange(
            f"Version {newest.version} takes effect on {date_words(newest.effective_from)}. The day must be after that"
        )


def changed_rules(newest: Charter, local: LocalSettings) -> tuple[rules.Charter, dict[str, object]]:
    """The newest version with these settings, checked like a file. Raises CharterError."""
    body = changed_body(newest.body, local)
    return parse(body, event_kinds=EventKind.values), body


@transaction.atomic
def change_settings(
    *, partnership: UUID, base: int, local: LocalSettings, effective_from: date, by: User, note: str
) -> Charter:
    """Make a new version with these settings from a day on. `base` is the version (its row) that they were set upon.

    Raises ChangedMeanwhile when that is not the newest any more, RefusedChange for the wrong day or when nothing would
    change, CharterError when the settings are not good.
    """
    _hold(partnership)
    newest = newest_version(partnership)
    if newest.pk != base:
        raise ChangedMeanwhile(newest)
    check_effective_from(effective_from, newest, timezone.localdate())
    changed, body = changed_rules(newest, local)
    if body == newest.body:
        raise RefusedChange("Nothing was changed, so there is nothing to save")
    charter = add_version(
        partnership=partnership, rules=changed, body=body, effective_from=effective_from, by=by, note=note
    )
    logger.info("standards: version %s of partnership %s, from %s", charter.version, partnership, effective_from)
    return charter


def check_can_be_withdrawn(charter: Charter, newest: Charter, today: date) -> None:
    """Rule 10 protects what is in force. What is not yet, and no matter runs under, can be taken back.

    Raises RefusedChange.
    """
    if charter.withdrawn_at is not None:
        raise RefusedChange("This version was withdrawn already.")
    if charter.effective_from <= today:
        raise RefusedChange("This version is in force. Change the settings again instead.")
    if charter.pk != newest.pk:
        raise RefusedChange(f"Version {newest.version} was made from this one. Withdraw that first.")
    if charter.version == 1:
        raise RefusedChange("These are the first standards of the partnership.")
    if Matter.objects.filter(charter=charter).exists():
        raise RefusedChange("A matter runs under this version already.")


@transaction.atomic
def withdraw_version(*, partnership: UUID, version: int, by: User) -> None:
    """Take back a version that is not in force yet. It stays on record with who did that. Raises RefusedChange."""
    _hold(partnership)
    charter = Charter.objects.get(partnership=partnership, version=version)
    check_can_be_withdrawn(charter, newest_version(partnership), timezone.localdate())
    Charter.objects.filter(pk=charter.pk).update(withdrawn_at=Now(), withdrawn_by=by)
    logger.info("standards: version %s of partnership %s withdrawn by %s", version, partnership, by.pk)


def _hold(partnership: UUID) -> None:
    """Two managers at once: the second waits, and then sees what the first did."""
    Partnership.objects.select_for_update(no_key=True).get(pk=partnership)
