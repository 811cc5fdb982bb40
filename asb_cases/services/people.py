"""Who is part of a case."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from asb_cases.models import Case, Party
from asb_cases.policies import check_can_record
from asb_cases.services.intake import NewPerson, known_entry, new_party
from asb_cases.services.log import enter
from ledger.services import Author
from partners.models import User


@transaction.atomic
def add_person(*, case: Case, person: NewPerson, known_since: datetime, by: User) -> Party:
    """Add somebody to a case. What is owed to her runs from `known_since`: when an agency first knew of her."""
    check_can_record(by, case)
    row, details, party = new_party(case, person)
    row.save(force_insert=True)
    details.save(force_insert=True)
    party.save(force_insert=True)
    enter(case=case, by=by, entries=[known_entry(party, details, known_since, Author())])
    return party
