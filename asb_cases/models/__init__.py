"""Casework's rows. Deadlines are not among them: `standards` judges what the ledger says happened."""

from asb_cases.models.contact import Note
from asb_cases.models.incidents import Incident
from asb_cases.models.intake import Case, Report
from asb_cases.models.people import ContactDetails, Party, Person

__all__ = ["Case", "ContactDetails", "Incident", "Note", "Party", "Person", "Report"]
