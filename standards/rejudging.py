"""Judging running matters again after the bank holidays changed (rule 11)."""

from __future__ import annotations

from django.db.models import Q

from standards.calendar import Unit
from standards.models import BankHoliday, BankHolidayEdition, Clock
from standards.selectors import STILL_OWED, missed
from standards.services import judge_again

BATCH = 200


def judge_affected(edition: BankHolidayEdition) -> int:
    """Judge the matters again whose running working-day clocks have a changed day in their window; how many.

    Each gets an entry in its ledger, so the moved deadline can be explained. Clocks that have ended, or whose deadline
    had passed before the change was known, stay as they were.
    """
    edition.refresh_from_db()
    if edition.since is None:
        return 0
    days = BankHoliday.objects.filter(Q(added_in=edition) | Q(removed_in=edition)).values_list("division", "date")
    windows = Q(pk__in=[])
    for division, day in days:
        windows |= Q(
            promise__charter__body__division=division,
            started_at__date__lte=day,
            due_at__date__gte=day,
        )
    running = Clock.objects.filter(STILL_OWED, windows, unit=Unit.WORKING_DAYS).exclude(missed(edition.since))
    matters = sorted(set(running.values_list("matter", flat=True)))
    for start in range(0, len(matters), BATCH):
        judge_again(matters[start : start + BATCH], edition=edition.number)
    return len(matters)
