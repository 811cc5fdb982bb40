"""What was said: the words that belong to a fact. The ledger holds the fact; the words can be erased."""

from __future__ import annotations

from django.db import models

from asb_cases.models.intake import Case


class Note(models.Model):
    """The words that go with one ledger event."""

    event = models.UUIDField(primary_key=True, editable=False, help_text="The ledger event's id")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField(max_length=4000)

    def __str__(self) -> str:
        return f"Note on event {self.event}"
