"""Reports by somebody who reported before: the second within six months is a fact of its own (2014 Act guidance)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.db import IntegrityError, transaction
from django.utils import timezone

from asb_cases.models import Case, Party, Report
from asb_cases.services.log import acting_agency, enter, entry
from asb_cases.vocabulary import PartyRole, ReportChannel
from ledger.selectors import events_of
from ledger.services import Entry
from ledger.vocabulary import EventKind
from partners.models import Agency, User
from standards.calendar import LONDON
from standards.facts import Fact, effective
from standards.selectors import fact

SIX_MONTHS = relativedelta(months=6)
SOURCE = "form"


@transaction.atomic
def receive_again(
    *, case: Case, party: Party, channel: ReportChannel, at: datetime, by: User, description: str, token: str
) -> None:
    """Another report by somebody in the case. Sent twice (the same token), it is taken once."""
    agency = acting_agency(by, case)
    kind = Agency.objects.values_list("kind", flat=True).get(pk=agency)
    received = entry(EventKind.REPORT_RECEIVED, at, party, channel=channel.value, agency_type=kind)
    try:
        with transaction.atomic():
            (event,) = enter(case=case, by=by, note=description, entries=[received])
            Report.objects.create(
                case=case,
                partnership_id=case.matter.partnership_id,
                channel=channel,
                received_at=event.occurred_at,
                taken_for_id=agency,
                taken_by=by,
                reporter=party,
                description=description,
                source=SOURCE,
                external_reference=f"{by.pk}:{token}",
            )
    except IntegrityError:
        return
    settle_repeats(case=case, by=by)


def settle_repeats(*, case: Case, by: User) -> None:
    """Make the ledger say which reports in this case are repeated ones, after one came or was put right."""
    facts = effective(map(fact, events_of([case.pk])))
    parties = list(case.parties.all())
    elsewhere = earlier_reports(
        [party.person_id for party in parties], partnership=case.matter.partnership_id, apart_from=case.pk
    )
    wanted = set()
    for party in parties:
        here = _reports_by(party, facts)
        times = [*elsewhere.get(party.person_id, ()), *here]
        wanted |= {(party.pk, at) for at in here if is_repeated(at, times)}
    said = {(one.about, one.occurred_at): one.id for one in facts if one.kind == EventKind.REPORT_REPEATED}
    now = timezone.now()
    entries = [
        Entry(kind=EventKind.ENTRY_WITHDRAWN, occurred_at=now, corrects=event)
        for key, event in said.items()
        if key not in wanted
    ]
    entries += [
        Entry(kind=EventKind.REPORT_REPEATED, occurred_at=at, about=about) for about, at in sorted(wanted - set(said))
    ]
    if entries:
        enter(case=case, by=by, entries=entries)


def is_repeated(at: datetime, reports: Iterable[datetime]) -> bool:
    """Whether one of the reports came before that one and within six calendar months of it."""
    since = at.astimezone(LONDON).date() - SIX_MONTHS
    return any(earlier < at and earlier.astimezone(LONDON).date() >= since for earlier in reports)


def earlier_reports(
    people: Iterable[UUID], *, partnership: UUID, apart_from: UUID | None = None
) -> Mapping[UUID, list[datetime]]:
    """When each of these people reported, in the partnership's cases, as the ledger has it now."""
    parties = list(
        Party.objects.filter(person__in=list(people), case__matter__partnership=partnership).exclude(case=apart_from)
    )
    chains: dict[UUID, list[Fact]] = defaultdict(list)
    for event in events_of({party.case_id for party in parties}):
        chains[event.matter].append(fact(event))
    standing = {case: effective(facts) for case, facts in chains.items()}
    reported: dict[UUID, list[datetime]] = defaultdict(list)
    for party in parties:
        reported[party.person_id] += _reports_by(party, standing[party.case_id])
    return reported


def _reports_by(party: Party, facts: Iterable[Fact]) -> list[datetime]:
    """The report that opened the case if it was hers, and her further ones."""
    opened = PartyRole.REPORTER in party.roles
    return [
        one.occurred_at
        for one in facts
        if one.kind == EventKind.REPORT_RECEIVED and (one.about == party.pk or (one.about is None and opened))
    ]
