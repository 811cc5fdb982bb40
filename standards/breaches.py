"""Why a promise was missed, and what is thought of that reason. The miss itself is never undone here."""

from __future__ import annotations

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from ledger.services import Author, Entry
from ledger.vocabulary import EventKind
from partners.models import User
from partners.selectors import acting_for
from standards.models import Breach, Clock, Matter
from standards.policies import check_can_explain, check_can_review
from standards.selectors import stands_as_missed
from standards.services import RefusedEntry, record
from standards.sweep import miss
from standards.vocabulary import MissReason, Verdict


@transaction.atomic
def explain(*, clock: int, reason: MissReason, explanation: str, by: User) -> Breach:
    """Give the reason, or a better one. An earlier review of another reason is cleared."""
    breach = _breach(clock)
    check_can_explain(by, breach.clock)
    now = timezone.now()
    breach.reason, breach.explanation = reason, explanation
    breach.explained_by, breach.explained_at = by, now
    breach.verdict, breach.review_note, breach.reviewed_by, breach.reviewed_at = "", "", None, None
    breach.save(
        update_fields=["reason", "explanation", "explained_by", "explained_at", "verdict", "review_note",
                       "reviewed_by", "reviewed_at"]
    )  # fmt: skip
    _note(breach, EventKind.BREACH_EXPLAINED, by, reason=reason.value)
    return breach


@transaction.atomic
def review(*, clock: int, verdict: Verdict, review_note: str, by: User) -> Breach:
    """Say what is thought of the reason given."""
    breach = _breach(clock)
    check_can_review(by, breach.clock, breach)
    breach.verdict, breach.review_note = verdict, review_note
    breach.reviewed_by, breach.reviewed_at = by, timezone.now()
    breach.save(update_fields=["verdict", "review_note", "reviewed_by", "reviewed_at"])
    _note(breach, EventKind.BREACH_REVIEWED, by, verdict=verdict.value)
    return breach


def _breach(clock: int) -> Breach:
    """The locked breach of a clock that is past due, written now if no sweep has come by yet."""
    # The matter first, then its clocks: the order in which everything that records locks them.
    Matter.objects.select_for_update(no_key=True).get(clocks=clock)
    clocks = Clock.objects.select_for_update(of=("self",), no_key=True).select_related("matter")
    late = clocks.annotate(asked_at=Now()).get(pk=clock)
    # The database's clock: a host whose own is ahead must not find a promise missed before it is.
    if not stands_as_missed(late, late.asked_at):
        raise RefusedEntry("This promise does not stand as missed. A later entry may have shown that it was kept.")
    if late.next_check_at is not None:
        miss([late], late.asked_at)
    return (
        Breach.objects.select_for_update(of=("self",)).select_related("clock__matter", "clock__promise").get(clock=late)
    )


def _note(breach: Breach, kind: EventKind, by: User, **detail: str) -> None:
    clock = breach.clock
    agency = acting_for(by, partnership=clock.matter.partnership_id, agency=clock.agency_id)
    entry = Entry(
        kind=kind,
        occurred_at=timezone.now(),
        about=clock.about,
        detail={"promise": clock.promise.code, "clock": clock.pk, **detail},
        by=Author(person=by.pk, agency=agency),
    )
    record(matter=clock.matter_id, entries=[entry])
