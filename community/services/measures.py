"""Figures and targets: the manager's, each withdrawn rather than changed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from community.models import Publication
from community.policies import check_can_manage_community, check_can_withdraw_value
from community.services.publications import Shown, record_publication, take_back
from frontend.words import date_words
from ledger.vocabulary import EventKind
from partners.models import User
from standards import targets
from standards.duties import open_duties
from standards.models import MeasureTarget, MeasureValue
from standards.vocabulary import MatterKind


@transaction.atomic
def enter_value(
    *, partnership: UUID, code: str, period: tuple[date, date], figure: Decimal, source: str, published_on: date,
    by: User,
) -> MeasureValue:  # fmt: skip
    """Raises RefusedEntry when the period has a figure already."""
    check_can_manage_community(by, partnership)
    first_day, last_day = period
    return targets.enter_value(
        partnership=partnership, code=code, first_day=first_day, last_day=last_day, figure=figure, source=source,
        published_on=published_on, by=by,
    )  # fmt: skip


@transaction.atomic
def withdraw_value(*, value: MeasureValue, by: User) -> None:
    check_can_withdraw_value(by, value)
    targets.withdraw_value(value=value.pk, by=by)


@transaction.atomic
def set_target(
    *, partnership: UUID, code: str, baseline: Decimal, figure: Decimal, source: str, starts_on: date, ends_on: date,
    by: User,
) -> MeasureTarget:  # fmt: skip
    """Set a target, which is also what some standards ask of a partnership every year (Cherwell 1).

    Raises RefusedEntry when the day has one already.
    """
    check_can_manage_community(by, partnership)
    target = targets.set_target(
        partnership=partnership, code=code, baseline=baseline, figure=figure, source=source, starts_on=starts_on,
        ends_on=ends_on, by=by,
    )  # fmt: skip
    duty = open_duties().filter(partnership=partnership, kind=MatterKind.PARTNERSHIP).first()
    if duty:
        words = f"From {baseline:f} to {figure:f} by {date_words(ends_on)}. Baseline from: {source}"
        shown = Shown(
            kind=EventKind.TARGETS_SET, at=timezone.now(), title=f"Target for {code}", text=words, target=target
        )
        record_publication(duty=duty, shown=shown, by=by)
    return target


@transaction.atomic
def withdraw_target(*, target: MeasureTarget, by: User) -> None:
    """Withdraw a target, and what was recorded when it was set. Raises RefusedEntry if it was withdrawn already."""
    check_can_manage_community(by, target.partnership_id)
    targets.withdraw_target(target=target.pk, by=by)
    recorded = Publication.objects.select_related("matter").filter(target=target, withdrawn_at__isnull=True)
    for publication in recorded:
        take_back(publication=publication, reason="The target was withdrawn.", by=by)
