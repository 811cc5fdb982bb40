"""Standing duties: what a partnership owes the public, for itself and for each neighbourhood.

Each is a matter that never closes by itself; its promises fall due in periods.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Now, TruncDate
from django.utils import timezone

from ledger.services import SYSTEM, Author, Entry
from ledger.vocabulary import EventKind
from partners.models import Neighbourhood, Partnership
from standards.models import Charter, Matter
from standards.selectors import charter_in_force
from standards.services import Opening, judge_again, open_matters, record
from standards.vocabulary import MatterKind

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
) -> Matter:
    """Begin what the partnership owes the public, itself or in a neighbourhood; what goes on already is given back."""
    Partnership.objects.select_for_update(no_key=True).get(pk=partnership)  # two at once would begin it twice
    kind = MatterKind.NEIGHBOURHOOD if neighbourhood else MatterKind.PARTNERSHIP
    present = open_duties().filter(partnership=partnership, kind=kind, neighbourhood=neighbourhood).first()
    if present:
        return present
    number = Matter.objects.filter(partnership=partnership, kind=kind).count() + 1
    code = charter_in_force(partnership, timezone.localdate(at)).code
    (matter,) = open_matters(
        [
            Opening(
                id=uuid.uuid4(),
                kind=kind,
                reference=f"{code[:12]}-{_LETTERS[kind]}{number}",
                partnership=partnership,
                agency=agency,
                officer=officer,
                neighbourhood=neighbourhood.pk if neighbourhood else None,
                entries=[Entry(kind=EventKind.MATTER_OPENED, occurred_at=at, by=by)],
            )
        ]
    )
    return matter


def end_duty(*, matter: UUID, at: datetime, by: Author = SYSTEM) -> None:
    """A neighbourhood is no more, or new standards took over."""
    record(matter=matter, entries=[Entry(kind=EventKind.MATTER_CLOSED, occurred_at=at, by=by)])


def turn_over() -> int:
    """Begin the next turn of duties whose last one has passed; how many were judged.

    A standing duty would run under its first standards for ever: when a new version is in force it ends, and begins
    again under that one (rule 10).
    """
    passed = list(open_duties().filter(next_due_at__lt=Now()).values_list("pk", flat=True))
    for matter in passed:
        judge_again([matter])
    outdated = list(_under_old_standards())
    for duty in outdated:
        _renew(duty)
    return len(passed) + len(outdated)


def _under_old_standards() -> QuerySet[Matter]:
    in_force = Charter.objects.filter(effective_from__lte=TruncDate(Now())).order_by("-effective_from").values("pk")
    duties = open_duties().annotate(
        own=Subquery(in_force.filter(partnership=OuterRef("partnership"))[:1]),
        law=Subquery(in_force.filter(partnership__isnull=True)[:1]),
    )
    return duties.exclude(Q(layer=F("law")) | Q(layer__isnull=True, law__isnull=True), charter=F("own"))


@transaction.atomic
def _renew(duty: Matter) -> None:
    now = timezone.now()
    end_duty(matter=duty.pk, at=now)
    begin_duty(
        partnership=duty.partnership_id,
        agency=duty.agency_id,
        at=now,
        neighbourhood=duty.neighbourhood,
        officer=duty.officer_id,
    )
