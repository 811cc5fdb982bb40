"""What a case must show: what is missing, what is shown, what does not apply, and how long things took."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from asb_cases.forms.acts import RECORDED_BY
from asb_cases.forms.excuse import NotApplicableForm
from asb_cases.models import Case
from asb_cases.policies import check_can_excuse, check_can_record, check_can_work_cases
from asb_cases.promises import Line, by_person, what_is_shown
from asb_cases.selectors import in_words, owed_in
from asb_cases.timeline import TimelineItem, places_in, timeline
from asb_cases.views.common import acting_user, needs, page, visible_case
from asb_cases.views.header import case_header
from ledger.vocabulary import EventKind
from partners.models import User
from partners.policies import allowed
from standards.engine import Outcome
from standards.models import Clock
from standards.words import outcome_words


@dataclass(frozen=True)
class Way:
    """One thing that would show a promise, and where it is recorded."""

    words: str
    url: str


@dataclass(frozen=True)
class Row:
    """A line of the page: what was promised, and what can be done or was done about it."""

    line: Line
    ways: list[Way]
    excuse_url: str
    told: TimelineItem | None  # the entry that shows it, or says why it does not apply
    told_url: str


@dataclass(frozen=True)
class Measured:
    """How long something took, or has taken so far, for which no time was promised."""

    duty: str
    basis: str
    words: str
    running: bool


@require_safe
@needs(check_can_work_cases)
def case_promises(request: HttpRequest, reference: str) -> HttpResponse:
    case, user, now = visible_case(request, reference), acting_user(request), timezone.now()
    items = timeline(case, user)
    shown = what_is_shown(case)
    rows = _Rows(case, user, items)
    return page(
        request,
        "asb_cases/case_promises.html",
        **case_header(request, case, "promises", len(items)),
        shown=shown,
        missing=rows.of(shown.missing),
        done=rows.of(shown.shown),
        excused=rows.of(shown.excused),
        measured=_measured(case, now),
    )


def closing(case: Case, user: User) -> dict[str, Any]:
    """What whoever closes the case is told first: what is still owed, and what would count as not kept."""
    shown = what_is_shown(case)
    return {
        "still_owed": owed_in([case])[case.pk],
        "to_show": shown.to_show,
        "missing": _Rows(case, user).of(shown.missing),
    }


class _Rows:
    """Makes the rows of one case for one person who reads it."""

    def __init__(self, case: Case, user: User, items: Iterable[TimelineItem] = ()) -> None:
        self.reference = case.matter.reference
        self.may_record = allowed(check_can_record, user, case)
        self.may_excuse = allowed(check_can_excuse, user, case)
        items = list(items)
        self.items = {item.event.pk: item for item in items}
        self.places = places_in(case, items)

    def of(self, lines: Iterable[Line]) -> list[tuple[str, list[Row]]]:
        return [(person.name, [self._row(line) for line in person.lines]) for person in by_person(lines)]

    def _row(self, line: Line) -> Row:
        ways = [self._way(kind, line.about) for kind in line.kinds] if self.may_record else []
        may_excuse = self.may_excuse and line.excusable
        return Row(
            line=line,
            ways=ways,
            excuse_url=self._act(NotApplicableForm.slug, promise=line.key) if may_excuse else "",
            told=self.items.get(line.event) if line.event else None,
            told_url=self.places.get(line.event, "") if line.event else "",
        )

    def _way(self, kind: EventKind, about: UUID | None) -> Way:
        if kind == EventKind.OFFICER_ASSIGNED:
            return Way(kind.label, reverse("assign_case", args=[self.reference]))
        asked = {"what": kind.value, **({"about": str(about)} if about else {})}
        return Way(kind.label, self._act(RECORDED_BY[kind].slug, **asked))

    def _act(self, slug: str, **asked: str) -> str:
        return f"{reverse('record_act', args=[self.reference, slug])}?{urlencode(asked)}"


def _measured(case: Case, now: datetime) -> list[Measured]:
    """What has no time, running first: the longest so far, and then the latest done."""
    names: Mapping[UUID, str] = {party.pk: party.person.short_name for party in case.parties.all()}
    clocks = Clock.objects.filter(
        matter=case.pk, due_at__isnull=True, outcome__in=[Outcome.RUNNING, Outcome.MEASURED]
    ).select_related("promise__charter")
    in_order = sorted(clocks, key=lambda clock: (clock.ended_at is not None, clock.started_at, clock.pk))
    return [
        Measured(
            duty=in_words(clock, names).duty,
            basis=f"{clock.promise.charter.short_name} {clock.promise.clause}, {clock.promise.code}",
            words=outcome_words(clock, now),
            running=clock.ended_at is None,
        )
        for clock in in_order
    ]
