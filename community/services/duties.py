"""Standing duties and the neighbourhoods they are owed to: begun, handed over, ended."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from community.models import Channel
from community.policies import check_can_manage_community
from community.vocabulary import FIRST_CHANNELS, HandOverReason
from ledger.services import Author
from partners.models import Neighbourhood, Partnership, User
from partners.selectors import acting_for, is_member
from standards import duties, services
from standards.calendar import LONDON
from standards.models import Charter, Matter
from standards.selectors import NoCharter
from standards.services import RefusedEntry


@transaction.atomic
def begin_partnership_duty(*, partnership: UUID, agency: UUID, officer: UUID | None, since: date, by: User) -> Matter:
    """Begin what the partnership as a whole owes the public. Raises RefusedEntry as `add_neighbourhood` does."""
    check_can_manage_community(by, partnership)
    return _begin(partnership, agency, officer, since, by)


@transaction.atomic
def add_neighbourhood(
    *, partnership: UUID, name: str, valid_from: date, agency: UUID, officer: UUID | None, by: User
) -> Neighbourhood:
    """Add a neighbourhood and begin what it is owed.

    Raises RefusedEntry for a name that another has, and a day before the partnership had any standards.
    """
    check_can_manage_community(by, partnership)
    _hold(partnership)
    _check_name(partnership, name)
    neighbourhood = Neighbourhood.objects.create(partnership_id=partnership, name=name, valid_from=valid_from)
    _begin(partnership, agency, officer, valid_from, by, neighbourhood)
    return neighbourhood


@transaction.atomic
def rename_neighbourhood(*, neighbourhood: Neighbourhood, name: str, by: User) -> None:
    """Raises RefusedEntry for a name that another has."""
    check_can_manage_community(by, neighbourhood.partnership_id)
    _hold(neighbourhood.partnership_id)
    _check_name(neighbourhood.partnership_id, name, but=neighbourhood)
    neighbourhood.name = name
    neighbourhood.save(update_fields=["name"])


@transaction.atomic
def end_neighbourhood(*, neighbourhood: Neighbourhood, last_day: date, by: User) -> None:
    """End a neighbourhood and what it is owed. Raises RefusedEntry for a day before that began, or if it has ended."""
    check_can_manage_community(by, neighbourhood.partnership_id)
    _hold(neighbourhood.partnership_id)
    neighbourhood.refresh_from_db()
    if neighbourhood.valid_to:
        raise RefusedEntry("This neighbourhood has ended already.")
    began = neighbourhood.valid_from
    duty = duties.open_duties().filter(neighbourhood=neighbourhood).first()
    if duty:
        began = max(began, timezone.localdate(duty.received_at))
    if last_day < began:
        raise RefusedEntry(f"Enter {began:%-d %B %Y} or a later day: what it is owed now began on that day.")
    neighbourhood.valid_to = last_day
    neighbourhood.save(update_fields=["valid_to"])
    if duty:
        duties.end_duty(matter=duty.pk, at=_end_of(last_day), by=_author(by, duty.partnership_id, duty.agency_id))


@transaction.atomic
def hand_over(*, duty: Matter, agency: UUID, officer: User | None, reason: HandOverReason | None, by: User) -> None:
    """Make another agency, or another officer of the same one, answerable. No deadline moves.

    Raises RefusedEntry when nothing would change.
    """
    check_can_manage_community(by, duty.partnership_id)
    duty = services.hold(duty.pk)
    author = _author(by, duty.partnership_id, duty.agency_id)
    _check_member(duty.partnership_id, agency)
    if agency != duty.agency_id:
        services.transfer(matter=duty.pk, agency=agency, reason=reason or HandOverReason.AGREED, by=author)
    elif officer is None or officer.pk == duty.officer_id:
        raise RefusedEntry("This agency answers for it already. Choose another agency, or another officer.")
    if officer:
        services.assign(matter=duty.pk, officer=officer, by=author)


# --- channels -----------------------------------------------------------------------------------------


@transaction.atomic
def add_channel(*, partnership: UUID, name: str, valid_from: date, by: User) -> Channel:
    """Raises RefusedEntry for a name that another one in use has."""
    check_can_manage_community(by, partnership)
    _hold(partnership)
    if Channel.objects.filter(partnership=partnership, name__iexact=name, valid_to__isnull=True).exists():
        raise RefusedEntry("There is a channel of this name already.")
    return Channel.objects.create(partnership_id=partnership, name=name, valid_from=valid_from)


@transaction.atomic
def retire_channel(*, channel: Channel, last_day: date, by: User) -> None:
    """What was recorded by it stays. Raises RefusedEntry for a day before it was in use, or if it is retired."""
    check_can_manage_community(by, channel.partnership_id)
    channel = Channel.objects.select_for_update().get(pk=channel.pk)
    if channel.valid_to:
        raise RefusedEntry("This channel was retired already.")
    if last_day < channel.valid_from:
        raise RefusedEntry(f"Enter {channel.valid_from:%-d %B %Y} or a later day: it has been in use since then.")
    channel.valid_to = last_day
    channel.save(update_fields=["valid_to"])


# --- steps --------------------------------------------------------------------------------------------


def _begin(
    partnership: UUID, agency: UUID, officer: UUID | None, since: date, by: User, where: Neighbourhood | None = None
) -> Matter:
    _check_member(partnership, agency)
    author = _author(by, partnership, agency)
    try:
        duty = duties.begin_duty(
            partnership=partnership, agency=agency, at=_start_of(since), neighbourhood=where, officer=officer, by=author
        )
    except NoCharter as refusal:
        raise RefusedEntry(str(refusal)) from refusal
    _first_channels(partnership)
    return duty


def _first_channels(partnership: UUID) -> None:
    """Something to choose from at the beginning; the manager adds and retires from then on."""
    if Channel.objects.filter(partnership=partnership).exists():
        return
    since = Charter.objects.filter(partnership=partnership).earliest("effective_from").effective_from
    Channel.objects.bulk_create(
        Channel(partnership_id=partnership, name=name, valid_from=since) for name in FIRST_CHANNELS
    )


def _check_member(partnership: UUID, agency: UUID) -> None:
    if not is_member(partnership=partnership, agency=agency):
        raise RefusedEntry("This agency does not belong to the partnership.")


def _check_name(partnership: UUID, name: str, but: Neighbourhood | None = None) -> None:
    others = Neighbourhood.objects.filter(partnership=partnership, name__iexact=name, valid_to__isnull=True)
    if (others.exclude(pk=but.pk) if but else others).exists():
        raise RefusedEntry("There is a neighbourhood of this name already.")


def _hold(partnership: UUID) -> None:
    """Two managers at once wait for each other, so that a name is given once."""
    Partnership.objects.select_for_update(no_key=True).get(pk=partnership)


def _author(by: User, partnership: UUID, agency: UUID) -> Author:
    return Author(person=by.pk, agency=acting_for(by, partnership=partnership, agency=agency))


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=LONDON)


def _end_of(day: date) -> datetime:
    return min(timezone.now(), _start_of(day + timedelta(days=1)))
