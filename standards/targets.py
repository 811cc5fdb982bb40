"""Writing figures and targets. What was entered wrongly is withdrawn and stays, never changed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from partners.models import User
from standards.models import MeasureTarget, MeasureValue
from standards.services import RefusedEntry


@transaction.atomic
def enter_value(
    *, partnership: UUID, code: str, first_day: date, last_day: date, figure: Decimal, source: str, published_on: date,
    by: User,
) -> MeasureValue:  # fmt: skip
    """A figure for a period. Raises RefusedEntry when there is one already."""
    if MeasureValue.objects.filter(
        partnership=partnership, code=code, last_day=last_day, withdrawn_at__isnull=True
    ).exists():
        raise RefusedEntry("There is a figure for this period already. Withdraw it first.")
    return MeasureValue.objects.create(
        partnership_id=partnership,
        code=code,
        first_day=first_day,
        last_day=last_day,
        figure=figure,
        source=source,
        published_on=published_on,
        entered_by=by,
    )


@transaction.atomic
def withdraw_value(*, value: int, by: User) -> None:
    """Raises RefusedEntry for one that was withdrawn already, or that the system worked out."""
    row = MeasureValue.objects.select_for_update().get(pk=value)
    if row.computed:
        raise RefusedEntry("The system worked this figure out from its own records. It cannot be withdrawn.")
    _withdraw(row, by)


@transaction.atomic
def set_target(
    *, partnership: UUID, code: str, baseline: Decimal, figure: Decimal, source: str, starts_on: date, ends_on: date,
    by: User,
) -> MeasureTarget:  # fmt: skip
    """A figure to be reached by a day, from where it is (X-24). Raises RefusedEntry when that day has one already."""
    if MeasureTarget.objects.filter(
        partnership=partnership, code=code, ends_on=ends_on, withdrawn_at__isnull=True
    ).exists():
        raise RefusedEntry("There is a target for this day already. Withdraw it first.")
    return MeasureTarget.objects.create(
        partnership_id=partnership,
        code=code,
        baseline=baseline,
        figure=figure,
        source=source,
        starts_on=starts_on,
        ends_on=ends_on,
        set_by=by,
    )


@transaction.atomic
def withdraw_target(*, target: int, by: User) -> None:
    """Raises RefusedEntry for one that was withdrawn already."""
    _withdraw(MeasureTarget.objects.select_for_update().get(pk=target), by)


def _withdraw(row: MeasureValue | MeasureTarget, by: User) -> None:
    if row.withdrawn_at is not None:
        raise RefusedEntry("It was withdrawn already.")
    row.withdrawn_at, row.withdrawn_by = timezone.now(), by
    row.save(update_fields=["withdrawn_at", "withdrawn_by"])
