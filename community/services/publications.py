"""Recording what was shown or done for the public, and taking back what was recorded wrongly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from community.models import Channel, Publication
from community.policies import check_can_publish, check_can_withdraw_publication
from community.selectors import duty_at
from ledger.services import Author, Entry
from ledger.vocabulary import EventKind
from partners.models import User
from partners.selectors import acting_for
from standards.models import Matter, MeasureTarget
from standards.services import record


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What was shown or done, in words. At least one of text and url is given."""

    kind: EventKind
    at: datetime
    title: str
    text: str = ""
    url: str = ""
    channel: Channel | None = None
    audience: str = ""
    target: MeasureTarget | None = None


@transaction.atomic
def record_publication(*, duty: Matter, shown: Shown, by: User) -> Publication:
    """Record it for the duty of this place that went on at the time. Raises RefusedEntry for a time in the future."""
    check_can_publish(by, duty)
    duty = duty_at(duty, shown.at)
    entry = Entry(
        kind=shown.kind,
        occurred_at=shown.at,
        detail={"channel": shown.channel.pk} if shown.channel else {},
        by=_author(by, duty),
    )
    (event,) = record(matter=duty.pk, entries=[entry])
    return Publication.objects.create(
        event=event.pk, matter=duty, happened_at=event.occurred_at, recorded_by=by,
        kind=shown.kind, title=shown.title, text=shown.text, url=shown.url, channel=shown.channel,
        audience=shown.audience, target=shown.target,
    )  # fmt: skip


@transaction.atomic
def withdraw_publication(*, publication: Publication, reason: str, by: User) -> None:
    """It should not have been recorded. The duty is judged as if it had not been; the row stays, struck through."""
    publication = Publication.objects.select_for_update().select_related("matter").get(pk=publication.pk)
    check_can_withdraw_publication(by, publication)
    take_back(publication=publication, reason=reason, by=by)


def take_back(*, publication: Publication, reason: str, by: User) -> None:
    """The same for one that follows from something else that was withdrawn."""
    now = timezone.now()
    entry = Entry(
        kind=EventKind.ENTRY_WITHDRAWN, occurred_at=now, corrects=publication.event, by=_author(by, publication.matter)
    )
    record(matter=publication.matter_id, entries=[entry])
    publication.withdrawn_at, publication.withdrawn_by, publication.withdrawn_because = now, by, reason
    publication.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])


def _author(by: User, duty: Matter) -> Author:
    return Author(person=by.pk, agency=acting_for(by, partnership=duty.partnership_id, agency=duty.agency_id))
