"""Standing duties: what a partnership owes the public, for itself and for each neighbourhood.

Each is a matter that never closes by itself; its promises fall due in periods.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Now, TruncDate
from django.utils import timezone

from ledger.services import SYSTEM, Author, Entry
from ledger.vocabulary import EventKind
from partners.models import Neighbourhood, Partnership
from standards.calendar import HolidaysUnknown
from standards.models import Charter, Matter
from standards.selectors import charter_in_force, earlier_duties
from standards.services import Opening, RefusedEntry, hold, judge_again, open_matters, record
from standards.vocabulary import MatterKind

logger = logging.getLogger(__name__)

STANDING = (MatterKind.PARTNERSHIP, MatterKind.NEIGHBOURHOOD)
_LETTERS = {MatterKind.PARTNERSHIP: "P", MatterKind.NEIGHBOURHOOD: "N"}


def open_duties() -> QuerySet[Matter]:
    """The standing duties that go on."""
    return Matter.objects.filter(kind__in=STANDING, closed_at__isnull=True)


@transaction.atomic
def begin_duty(
    *,
    partnership: UUID,
    agency: UUID,
    at: datetime,
    neighbourhood: Neighbourhood | None = None,
    officer: UUID | None = None,
    by: Author = SYSTEM,
    continues: Matter | None = None,
) -> Matter:
    """Begin what the partnership owes the public, itself or in a neighbourhood; what goes on already is given back."""
    Partnership.objects.select_for_update(no_key=True).get(pk=partnership)  # two at once would begin it twice
    kind = MatterKind.NEIGHBOURHOOD if neighbourhood else MatterKind.PARTNERSHIP
    present = open_duties().filter(partnership=partnership, kind=kind, neighbourhood=neighbourhood).first()
    if present:
        return present
    prefix = f"{charter_in_force(partnership, timezone.localdate(at)).code[:12]}-{_LETTERS[kind]}"
    number = Matter.objects.filter(reference__startswith=prefix).count() + 1
    detail = {"continues": str(continues.pk), "since": _began(continues).isoformat()} if continues else {}
    (matter,) = open_matters(
        [
            Opening(
                id=uuid.uuid4(),
                kind=kind,
                reference=f"{prefix}{number}",
                partnership=partnership,
                agency=agency,
                officer=officer,
                neighbourhood=neighbourhood.pk if neighbourhood else None,
                continues=continues.pk if continues else None,
                entries=[Entry(kind=EventKind.MATTER_OPENED, occurred_at=at, detail=detail, by=by)],
            )
        ]
    )
    return matter


def _began(duty: Matter) -> datetime:
    """When a duty began, under whatever standards."""
    earliest = earlier_duties(duty)[-1:]
    return Matter.objects.get(pk=earliest[0]).received_at if earliest else duty.received_at


def end_duty(*, matter: UUID, at: datetime, by: Author = SYSTEM) -> None:
    """A neighbourhood is no more, or new standards took over."""
    record(matter=matter, entries=[Entry(kind=EventKind.MATTER_CLOSED, occurred_at=at, by=by)])


def turn_over() -> int:
    """Begin the next turn of duties whose last one has passed; how many were judged.

    A standing duty would run under its first standards for ever: when a new version is in force it ends, and goes on
    under that one (rule 10) with all that was done for it and the period that runs. One that fails holds up no other.
    """
    passed = list(open_duties().filter(next_due_at__lt=Now()).values_list("pk", flat=True))
    outdated = list(_under_old_standards().values_list("pk", flat=True))
    turned = [_tried(lambda duty: judge_again([duty]), duty) for duty in passed]
    return sum(turned + [_tried(_renew, duty) for duty in outdated])


def _tried(turn: Callable[[UUID], None], duty: UUID) -> bool:
    try:
        turn(duty)
    except (HolidaysUnknown, RefusedEntry, IntegrityError) as error:
        logger.error("duty %s could not be turned over: %s", duty, type(error).__name__)
        return False
    return True


def _under_old_standards() -> QuerySet[Matter]:
    in_force = (
        Charter.objects.standing().filter(effective_from__lte=TruncDate(Now())).order_by("-effective_from").values("pk")
    )
    duties = open_duties().annotate(
        own=Subquery(in_force.filter(partnership=OuterRef("partnership"))[:1]),
        law=Subquery(in_force.filter(partnership__isnull=True)[:1]),
    )
    return duties.exclude(Q(layer=F("law")) | Q(layer__isnull=True, law__isnull=True), charter=F("own"))


@transaction.atomic
def _renew(matter: UUID) -> None:
    duty = hold(matter)
    if duty.closed_at is not None:
        return  # ended while we were looking
    now = timezone.now()
    end_duty(matter=duty.pk, at=now)
    begin_duty(
        partnership=duty.partnership_id,
        agency=duty.agency_id,
        at=now,
        neighbourhood=duty.neighbourhood,
        officer=duty.officer_id,
        continues=duty,
    )
