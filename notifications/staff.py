"""The directory of the partnership's own staff."""

from datetime import datetime
from uuid import UUID

from notifications.directories import Addressee
from partners.models import User

STAFF = "staff"


class StaffDirectory:
    def find(self, recipient: UUID) -> Addressee | None:
        user = User.objects.filter(pk=recipient, is_active=True).first()
        return Addressee(salutation=user.name, email=user.email) if user else None

    def sent(self, *, kind: str, recipient: UUID, context: dict[str, object], at: datetime) -> None:
        """Alerts to staff change nothing about the matter they are about."""
