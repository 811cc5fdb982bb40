"""Finding and reading cases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from asb_cases.forms.closing import AssignForm, TransferForm
from asb_cases.forms.filters import CaseFilter, FindForm
from asb_cases.models import Case
from asb_cases.policies import check_can_assign, check_can_record, check_can_work_cases
from asb_cases.selectors import in_words, owed_in, visible_to, with_people
from asb_cases.services import ownership
from asb_cases.timeline import ENTRIES_PER_PAGE, timeline
from asb_cases.views.common import acting_user, case_form, needs, page, saves, visible_case
from asb_cases.views.header import case_header, may_give_away
from frontend.components import Clock as Card
from frontend.components import ClockState, running_clock
from frontend.paging import CappedPaginator
from frontend.words import moment_words
from partners.policies import NotAllowed
from standards.engine import Outcome
from standards.models import Clock
from standards.selectors import deadline
from standards.words import basis_words, outcome_words

PER_PAGE = 25
LOOKED_FOR = "looked_for"  # in the session
LATEST = 5

# How a settled clock looks. Those that gave way or were cut short settle nothing and are left out.
_SETTLED: dict[str, ClockState] = {
    Outcome.KEPT: "met",
    Outcome.MISSED: "missed",
    Outcome.ATTEMPTED: "missed",
    Outcome.RECLASSIFIED_LATE: "missed",
    Outcome.WAIVED: "met",
}


@require_safe
@needs(check_can_work_cases)
def case_list(request: HttpRequest) -> HttpResponse:
    """Cases, the soonest deadline first."""
    user = acting_user(request)
    now = timezone.now()
    name = request.session.get(LOOKED_FOR, "")
    if "named" in request.GET and not name:
        return redirect("cases")  # signed out meanwhile: who was looked for is not known any more
    form = CaseFilter(request.GET, user=user, name=name)
    cases = form.apply(visible_to(user), user, now)
    listing = CappedPaginator(with_people(cases), PER_PAGE).get_page(request.GET.get("page"))
    owed = owed_in(listing.object_list)
    rows = [(case, owed[case.pk]) for case in listing.object_list]
    return page(
        request,
        "asb_cases/case_list.html",
        form=form,
        find_form=FindForm(),
        listing=listing,
        rows=rows,
        now=now,
        sort=form.sort,
    )


@require_POST
@needs(check_can_work_cases)
def find_person(request: HttpRequest) -> HttpResponse:
    """Look for a person's cases, open and closed. The name goes into the session, never into an address."""
    form = FindForm(request.POST)
    if not form.is_valid():
        messages.warning(request, "Enter a last name to find a person’s cases.")
        return redirect("cases")
    request.session[LOOKED_FOR] = form.cleaned_data["family_name"]
    return redirect(f"{reverse('cases')}?{urlencode({'named': 'on', 'whose': 'all', 'state': 'any'})}")


@require_safe
@needs(check_can_work_cases)
def case_overview(request: HttpRequest, reference: str) -> HttpResponse:
    """The case in ten seconds: whose, how grave, what is owed to whom, what happened last."""
    case, now = visible_case(request, reference), timezone.now()
    entries = timeline(case, acting_user(request))
    return page(
        request,
        "asb_cases/case_overview.html",
        **case_header(request, case, "overview", len(entries)),
        cards=_cards(case, now),
        latest=entries[:LATEST],
        parties=case.parties.select_related("person__contact_details"),
        reports=case.reports.select_related("taken_for").order_by("received_at"),
        now=now,
    )


@require_safe
@needs(check_can_work_cases)
def case_timeline(request: HttpRequest, reference: str) -> HttpResponse:
    case = visible_case(request, reference)
    entries = timeline(case, acting_user(request))
    listing = CappedPaginator(entries, ENTRIES_PER_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "asb_cases/case_timeline.html",
        **case_header(request, case, "timeline", len(entries)),
        listing=listing,
    )


@require_POST
@needs(check_can_work_cases)
def take_case(request: HttpRequest, reference: str) -> HttpResponse:
    """Make oneself answerable for a case that nobody has."""
    case, user = visible_case(request, reference), acting_user(request)
    ownership.assign_officer(case=case, officer=user, by=user)
    messages.success(request, f"{reference} is now your case.")
    return redirect("case", reference)


@needs(check_can_work_cases)
def assign_case(request: HttpRequest, reference: str) -> HttpResponse:
    case, user = visible_case(request, reference), acting_user(request)
    if not may_give_away(request, case):
        check_can_assign(user, case, case.matter.officer or user)
        raise NotAllowed("Nobody has this case yet. Take it yourself, or ask a team lead to give it to somebody.")
    form = AssignForm(request.POST or None, case=case, user=user)
    if request.method == "POST" and form.is_valid() and saves(form, form.save):
        messages.success(request, f"{reference} is now with {form.cleaned_data['officer'].name}.")
        return redirect("case", reference)
    return case_form(request, form=form, case=case, heading="Choose an officer")


@needs(check_can_work_cases)
def transfer_case(request: HttpRequest, reference: str) -> HttpResponse:
    case, user = visible_case(request, reference), acting_user(request)
    check_can_record(user, case)
    form = TransferForm(request.POST or None, case=case, user=user)
    if request.method == "POST" and form.is_valid() and saves(form, form.save):
        messages.success(request, f"{reference} was passed on. Its deadlines stay as they are.")
        return redirect("cases")
    lead = "Deadlines stay as they are. Your agency will no longer see the case."
    return case_form(request, form=form, case=case, heading="Change the lead agency", lead=lead)


def _cards(case: Case, now: datetime) -> list[Card]:
    """What is owed by a deadline, soonest first, then what was settled, latest first."""
    names = {party.pk: party.person.short_name for party in case.parties.all()}
    timed = Clock.objects.filter(matter=case.pk, due_at__isnull=False)
    clocks = timed.select_related("promise__charter", "breach").order_by("due_at", "pk")
    owed = [_owed_card(clock, names, now) for clock in clocks if clock.ended_at is None]
    settled = [_settled_card(clock, names, now) for clock in clocks if clock.ended_at and clock.outcome in _SETTLED]
    return owed + settled[::-1]


def _owed_card(clock: Clock, names: Mapping[UUID, str], now: datetime) -> Card:
    return running_clock(
        in_words(clock, names).duty,
        started=clock.started_at,
        due=deadline(clock),
        now=now,
        note=basis_words(clock),
        url=reverse("promise", args=[clock.pk]),
    )


def _settled_card(clock: Clock, names: Mapping[UUID, str], now: datetime) -> Card:
    """Folded away, unless it was missed and nobody has said why."""
    breach = getattr(clock, "breach", None)
    return Card(
        name=in_words(clock, names).duty,
        state=_SETTLED[Outcome(clock.outcome)],
        words=outcome_words(clock, now),
        when=f"Due {moment_words(deadline(clock))}",
        note=basis_words(clock),
        url=reverse("promise", args=[clock.pk]),
        settled=breach is None or bool(breach.reason) or breach.retracted_at is not None,
    )
