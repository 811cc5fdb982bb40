"""Reports in, cases out: one way for a form, an import and whatever comes later."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from asb_cases.directory import PARTY
from asb_cases.models import Case, ContactDetails, Party, Person, Report
from asb_cases.references import new_references
from asb_cases.services.repeats import earlier_reports, is_repeated
from asb_cases.vocabulary import Category, PartyRole, ReportChannel, Strand
from ledger.services import Author, Entry
from ledger.vocabulary import EventKind
from notifications.models import Message
from notifications.services import queue
from notifications.vocabulary import MessageKind
from partners.models import Agency
from standards.services import Opening, open_matters
from standards.vocabulary import MatterKind


@dataclass(frozen=True, kw_only=True)
class NewPerson:
    """Somebody in a report: who, how to reach them, and what they are in it."""

    family_name: str
    roles: tuple[PartyRole, ...]
    title: str = ""
    given_name: str = ""
    telephone: str = ""
    email: str = ""
    address: str = ""
    postcode: str = ""
    may_write: bool = True
    safe_contact: str = ""


@dataclass(frozen=True, kw_only=True)
class KnownPerson:
    """Somebody whom another case of the partnership names already, to be reached as it is known there."""

    person: UUID
    roles: tuple[PartyRole, ...]


@dataclass(frozen=True, kw_only=True)
class NewReport:
    """A report as it was taken. `received_at` is when the first agency received it, aware."""

    partnership: UUID
    taken_for: UUID
    lead_agency: UUID
    channel: ReportChannel
    received_at: datetime
    category: Category
    description: str
    source: str
    external_reference: str
    taken_by: UUID | None = None
    officer: UUID | None = None
    place: str = ""
    postcode: str = ""
    immediate_danger: bool = False
    hate: bool = False
    strands: tuple[Strand, ...] = ()
    people: tuple[NewPerson | KnownPerson, ...] = field(default=())
    acknowledge: bool = True  # send the reporter a written acknowledgement where that is possible
    entered_at: datetime | None = None  # when another system entered it; only for a history brought over


@dataclass(frozen=True)
class Opened:
    """A case that was opened, with its parties in the order in which the report named them."""

    report: NewReport
    case: Case
    parties: tuple[Party, ...]


def receive_report(report: NewReport) -> Case:
    """Open a case for a report, or give the one that the same report (source and reference) opened before."""
    try:
        with transaction.atomic():
            opened = receive_reports([report])
    except IntegrityError:
        opened = []  # somebody sent the same form at the same moment
    if opened:
        return opened[0].case
    return Case.objects.select_related("matter").get(
        reports__partnership=report.partnership,
        reports__source=report.source,
        reports__external_reference=report.external_reference,
    )


@transaction.atomic
def receive_reports(reports: Sequence[NewReport]) -> list[Opened]:
    """Open a case for each report that was not received before, in the order given.

    Raises RefusedEntry when no charter was in force at the time of receipt, HolidaysUnknown when a deadline would need
    unknown bank holidays, IntegrityError when another process is receiving the same report; nothing is kept then.
    """
    new = _not_received_before(reports)
    kinds = dict(Agency.objects.filter(pk__in={report.taken_for for report in new}).values_list("pk", "kind"))
    references = new_references([report.received_at for report in new])
    known = _Known(new)
    drafts = [_Draft(report, reference, known) for report, reference in zip(new, references, strict=True)]
    matters = open_matters([draft.opening(kinds[draft.report.taken_for]) for draft in drafts])
    for draft, matter in zip(drafts, matters, strict=True):
        draft.case.matter = matter
    Case.objects.bulk_create([draft.case for draft in drafts])
    people = [row for draft in drafts for row in draft.people if row[0].pk not in known.people]
    Person.objects.bulk_create([person for person, _, _ in people])
    ContactDetails.objects.bulk_create([details for _, details, _ in people])
    Party.objects.bulk_create([party for draft in drafts for _, _, party in draft.people])
    Report.objects.bulk_create([draft.row for draft in drafts])
    queue([message for draft in drafts for message in draft.acknowledgements()])
    return [Opened(draft.report, draft.case, tuple(party for _, _, party in draft.people)) for draft in drafts]


def _not_received_before(reports: Sequence[NewReport]) -> list[NewReport]:
    keyed = {(report.partnership, report.source, report.external_reference): report for report in reports}
    known = Report.objects.filter(
        partnership__in={report.partnership for report in reports},
        source__in={report.source for report in reports},
        external_reference__in={report.external_reference for report in reports},
    ).values_list("partnership", "source", "external_reference")
    for key in known:
        keyed.pop(key, None)
    return list(keyed.values())


class _Known:
    """The people in reports whom other cases name already, and when they reported before."""

    def __init__(self, reports: Sequence[NewReport]) -> None:
        self.times: dict[tuple[UUID, UUID], list[datetime]] = defaultdict(list)
        named = [(report, one) for report in reports for one in report.people if isinstance(one, KnownPerson)]
        self.people: dict[UUID, Person] = Person.objects.select_related("contact_details").in_bulk(
            {one.person for _, one in named}
        )
        for partnership in {report.partnership for report, _ in named}:
            for person, times in earlier_reports(self.people, partnership=partnership).items():
                self.times[partnership, person] += times
        for report, one in named:
            if PartyRole.REPORTER in one.roles:
                self.times[report.partnership, one.person].append(report.received_at)

    def rows(self, case: Case, one: NewPerson | KnownPerson) -> tuple[Person, ContactDetails, Party]:
        if isinstance(one, NewPerson):
            return new_party(case, one)
        person = self.people[one.person]
        return person, person.contact_details, Party(case=case, person=person, roles=[str(role) for role in one.roles])

    def repeats(self, report: NewReport, party: Party) -> bool:
        """Whether it is this person's second report within six months, or a later one."""
        times = self.times.get((report.partnership, party.person_id), ())
        return PartyRole.REPORTER in party.roles and is_repeated(report.received_at, times)


class _Draft:
    """The rows that one report makes."""

    def __init__(self, report: NewReport, reference: str, known: _Known) -> None:
        self.report = report
        self.known = known
        self.reference = reference
        self.by = Author(person=report.taken_by, agency=report.taken_for)
        strands = sorted(report.strands) if report.hate else []
        self.case = Case(
            matter_id=uuid.uuid4(),
            category=report.category,
            summary=report.description,
            place=report.place,
            postcode=report.postcode,
            hate=report.hate,
            hate_strands=strands,
            immediate_danger=report.immediate_danger,
        )
        self.people = [known.rows(self.case, person) for person in report.people]
        self.row = Report(
            case=self.case,
            partnership_id=report.partnership,
            channel=report.channel,
            received_at=report.received_at,
            taken_for_id=report.taken_for,
            taken_by_id=report.taken_by,
            reporter=self.reporter,
            description=report.description,
            immediate_danger=report.immediate_danger,
            perceived_hate=report.hate,
            source=report.source,
            external_reference=report.external_reference,
        )

    @property
    def reporter(self) -> Party | None:
        return next((party for _, _, party in self.people if PartyRole.REPORTER in party.roles), None)

    def opening(self, agency_kind: str) -> Opening:
        return Opening(
            id=self.case.matter_id,
            kind=MatterKind.CASE,
            reference=self.reference,
            partnership=self.report.partnership,
            agency=self.report.lead_agency,
            officer=self.report.officer,
            entries=self._entries(agency_kind),
        )

    def _entries(self, agency_kind: str) -> list[Entry]:
        report, at = self.report, self.report.received_at
        received = {"channel": str(report.channel), "agency_type": agency_kind}
        entries = [Entry(kind=EventKind.REPORT_RECEIVED, occurred_at=at, detail=received, by=self.by)]
        entries += [known_entry(party, details, at, self.by) for _, details, party in self.people]
        entries += [
            Entry(kind=EventKind.REPORT_REPEATED, occurred_at=at, about=party.pk, by=self.by)
            for _, _, party in self.people
            if self.known.repeats(report, party)
        ]
        if report.immediate_danger:
            entries.append(Entry(kind=EventKind.IMMEDIATE_NEED, occurred_at=at, by=self.by))
        if report.hate:
            strands = {"strands": [str(strand) for strand in sorted(report.strands)]}
            entries.append(Entry(kind=EventKind.HATE_IDENTIFIED, occurred_at=at, detail=strands, by=self.by))
        return [replace(entry, recorded_at=report.entered_at) for entry in entries]

    def acknowledgements(self) -> list[Message]:
        reporter = self.reporter
        details = next((details for _, details, party in self.people if party is reporter), None)
        if not self.report.acknowledge or reporter is None or details is None:
            return []
        if not (details.may_write and details.email):
            return []
        return [
            Message(
                key=f"acknowledgement:{self.row.pk}",
                kind=MessageKind.ACKNOWLEDGEMENT,
                directory=PARTY,
                recipient=reporter.pk,
                context={"reference": self.reference, "received_at": self.report.received_at.isoformat()},
            )
        ]


def new_party(case: Case, person: NewPerson) -> tuple[Person, ContactDetails, Party]:
    """The unsaved rows of a person in a case."""
    row = Person(title=person.title, given_name=person.given_name, family_name=person.family_name)
    details = ContactDetails(
        person=row,
        telephone=person.telephone,
        email=person.email,
        address=person.address,
        postcode=person.postcode,
        may_write=person.may_write,
        safe_contact=person.safe_contact,
    )
    return row, details, Party(case=case, person=row, roles=[str(role) for role in person.roles])


def known_entry(party: Party, details: ContactDetails, at: datetime, by: Author) -> Entry:
    """The ledger's entry that this person is part of the matter, and how she can be reached."""
    return Entry(
        kind=EventKind.PARTY_KNOWN,
        occurred_at=at,
        about=party.pk,
        detail={"roles": party.roles, "writable": details.writable, "contactable": details.contactable},
        by=by,
    )
