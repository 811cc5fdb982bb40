"""Reaching people: attempts, contacts, meetings, what they were told, and how often they want to hear."""

from __future__ import annotations

from datetime import UTC, datetime

from asb_cases.models import Case, Party
from asb_cases.policies import check_can_confirm_unreachable
from asb_cases.services.log import enter, entry
from asb_cases.vocabulary import ContactChannel, ResponseAction
from ledger.vocabulary import EventKind
from partners.models import User
from standards.calendar import Unit
from standards.models import Clock
from standards.selectors import deadline
from standards.services import RefusedEntry


def log_attempt(
    *, case: Case, party: Party | None, channel: ContactChannel, at: datetime, by: User, note: str = ""
) -> None:
    """An attempt that did not reach the person. A voicemail is one (X-08); no promise is kept by it."""
    enter(case=case, by=by, note=note, entries=[entry(EventKind.CONTACT_ATTEMPTED, at, party, channel=channel.value)])


def log_contact(
    *,
    case: Case,
    party: Party | None,
    channel: ContactChannel,
    at: datetime,
    by: User,
    gave_update: bool = False,
    told_action: bool = False,
    note: str = "",
) -> None:
    """Two-way contact, and what else the same conversation achieved."""
    kinds = [EventKind.CONTACT_MADE]
    kinds += [EventKind.UPDATE_GIVEN] if gave_update else []
    kinds += [EventKind.ACTION_ADVISED] if told_action else []
    enter(case=case, by=by, note=note, entries=[entry(kind, at, party, channel=channel.value) for kind in kinds])


def log_update(
    *, case: Case, party: Party | None, channel: ContactChannel, at: datetime, by: User, note: str = ""
) -> None:
    enter(case=case, by=by, note=note, entries=[entry(EventKind.UPDATE_GIVEN, at, party, channel=channel.value)])


def log_action_advised(
    *, case: Case, party: Party | None, channel: ContactChannel, at: datetime, by: User, note: str = ""
) -> None:
    """The person was told what action will be or has been taken (Coventry 4)."""
    enter(case=case, by=by, note=note, entries=[entry(EventKind.ACTION_ADVISED, at, party, channel=channel.value)])


def log_acknowledgement(
    *, case: Case, party: Party | None, channel: ContactChannel, at: datetime, by: User, note: str = ""
) -> None:
    """A written acknowledgement sent by hand: a letter or a text (X-13)."""
    if channel not in {ContactChannel.LETTER, ContactChannel.TEXT, ContactChannel.EMAIL}:
        raise RefusedEntry("An acknowledgement is written: a letter, a text message or an e-mail.")
    enter(
        case=case, by=by, note=note, entries=[entry(EventKind.ACKNOWLEDGEMENT_SENT, at, party, channel=channel.value)]
    )


def log_meeting(*, case: Case, party: Party | None, at: datetime, by: User, note: str = "") -> None:
    enter(case=case, by=by, note=note, entries=[entry(EventKind.MEETING_HELD, at, party)])


def log_meeting_declined(*, case: Case, party: Party | None, at: datetime, by: User, note: str = "") -> None:
    enter(case=case, by=by, note=note, entries=[entry(EventKind.MEETING_DECLINED, at, party)])


def log_response(
    *, case: Case, party: Party | None, action: ResponseAction, at: datetime, by: User, note: str = ""
) -> None:
    """Responded to the incident with a documented action; for everybody in it when no person is named."""
    enter(case=case, by=by, note=note, entries=[entry(EventKind.RESPONSE_MADE, at, party, action=action.value)])


def agree_updates(
    *, case: Case, party: Party | None, amount: int, unit: Unit, at: datetime, by: User, note: str = ""
) -> None:
    """Agree with the person how often she hears from us. Also how someone who wanted none comes back."""
    detail = {"amount": amount, "unit": unit.value}
    enter(case=case, by=by, note=note, entries=[entry(EventKind.UPDATES_AGREED, at, party, **detail)])


def decline_updates(*, case: Case, party: Party | None, at: datetime, by: User, note: str = "") -> None:
    enter(case=case, by=by, note=note, entries=[entry(EventKind.UPDATES_DECLINED, at, party)])


def vary_deadline(*, case: Case, clock: Clock, due_at: datetime, at: datetime, by: User, note: str = "") -> None:
    """Move a deadline because the person owed asked for it. Refused after the deadline, and for an earlier date."""
    if clock.matter_id != case.pk or clock.ended_at is not None or clock.due_at is None:
        raise RefusedEntry("This promise is not owed any more.")
    if at > deadline(clock):
        raise RefusedEntry("The deadline had passed by then. A missed promise stays missed.")
    if due_at <= deadline(clock):
        raise RefusedEntry("The new date must be later than the present deadline.")
    party = case.parties.filter(pk=clock.about).first() if clock.about else None
    detail = {"promise": clock.promise.code, "due": due_at.astimezone(UTC).isoformat()}
    enter(case=case, by=by, note=note, entries=[entry(EventKind.DEADLINE_VARIED, at, party, **detail)])


def confirm_unreachable(*, case: Case, party: Party | None, at: datetime, by: User, note: str) -> None:
    """A team lead confirms that enough was tried (X-09). The engine decides whether it was."""
    check_can_confirm_unreachable(by, case)
    enter(case=case, by=by, note=note, entries=[entry(EventKind.UNREACHABLE_CONFIRMED, at, party)])
