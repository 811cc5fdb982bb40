"""How people in cases are written to."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from asb_cases.models import Party
from asb_cases.vocabulary import ContactChannel
from ledger.services import Entry
from ledger.vocabulary import EventKind
from notifications.directories import Addressee
from notifications.vocabulary import MessageKind
from standards.services import record

PARTY = "party"


class PartyDirectory:
    def find(self, recipient: UUID) -> Addressee | None:
        party = Party.objects.select_related("person__contact_details").filter(pk=recipient).first()
        if party is None:
            return None
        details = party.person.contact_details
        if not (details.may_write and details.email):
            return None
        return Addressee(salutation=party.person.short_name, email=details.email)

    def sent(self, *, kind: str, recipient: UUID, context: dict[str, object], at: datetime) -> None:
        """An acknowledgement that left is a fact of the case: it stops the acknowledgement promise and no other."""
        if kind == MessageKind.ACKNOWLEDGEMENT:
            party = Party.objects.get(pk=recipient)
            entry = Entry(
                kind=EventKind.ACKNOWLEDGEMENT_SENT,
                occurred_at=at,
                about=party.pk,
                detail={"channel": ContactChannel.EMAIL.value},
            )
            record(matter=party.case_id, entries=[entry])
