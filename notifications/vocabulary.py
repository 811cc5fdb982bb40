"""What messages are about, and what became of them."""

from django.db.models import TextChoices


class MessageKind(TextChoices):
    """One template folder each: templates/notifications/<kind>/{subject,body}.txt."""

    BREACH = "breach", "A promise was missed"
    WARNING = "warning", "A promise is about to be missed"
    ACKNOWLEDGEMENT = "acknowledgement", "Written acknowledgement of a report"


class MessageStatus(TextChoices):
    QUEUED = "queued", "Waiting to be sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Given up after three days of tries"
    CANCELLED = "cancelled", "Not sent: the person cannot be written to"
