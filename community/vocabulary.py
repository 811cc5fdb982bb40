"""What a partnership shows the public, by which ways, and why a duty changes hands."""

from django.db.models import TextChoices


class HandOverReason(TextChoices):
    REORGANISED = "reorganised", "Agencies were reorganised"
    AGREED = "agreed", "The agencies agreed on it"
    MISTAKE = "mistake", "The wrong agency was chosen"


# The ways that a partnership begins with; it keeps its own list from then on.
FIRST_CHANNELS = (
    "Website", "Social media", "Newsletter", "Leaflet", "Local press", "Local radio", "Public meeting",
    "Street briefing", "Notice board", "E-mail or text message",
)  # fmt: skip
