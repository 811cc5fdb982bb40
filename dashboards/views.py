"""Pages for people who lead: what was promised and not done, why, and what is thought of that."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from asb_cases.models import Case
from asb_cases.selectors import visible_to, with_people
from asb_cases.timeline import TimelineItem, anonymous_timeline, timeline
from asb_cases.views.common import acting_user, needs, page, saves
from dashboards.exports import csv_rows
from dashboards.forms import STATE_WORDS, PromiseFilter, ReasonForm, ReviewForm
from dashboards.selectors import (
    GROUPINGS,
    Period,
    clocks_visible_to,
    figures_by,
    longest_overdue,
    totals,
    with_rows,
)
from frontend.components import Place
from frontend.paging import CappedPaginator
from ledger.models import Event
from ledger.vocabulary import EventKind
from partners.models import User
from partners.policies import allowed
from standards.breaches import explain, review
from standards.models import Clock
from standards.policies import check_can_explain, check_can_lead, check_can_review
from standards.selectors import stands_as_missed
from standards.words import basis_words, duty_words, outcome_words

PER_PAGE = 25
LONGEST = 10


@require_safe
@needs(check_can_lead)
def dashboard(request: HttpRequest) -> HttpResponse:
    user, period = acting_user(request), Period.at(timezone.now())
    grouping = request.GET.get("by", "promise")
    grouping = grouping if grouping in GROUPINGS else "promise"
    rows = figures_by(user, grouping, period)
    figures = totals(user, rows, period)
    return page(
        request,
        "dashboards/dashboard.html",
        totals=figures,
        to_review_words=f"{figures['to_review']:,} to be reviewed",
        grouping=grouping,
        groupings=[Place(label=f"By {name}", url=f"?by={name}", current=name == grouping) for name in GROUPINGS],
        rows=rows,
        longest=[(clock, duty_words(clock)) for clock in longest_overdue(user, period, LONGEST)],
        now=period.now,
    )


@require_safe
@needs(check_can_lead)
def promise_list(request: HttpRequest) -> HttpResponse:
    user, period = acting_user(request), Period.at(timezone.now())
    form = PromiseFilter(request.GET, user=user)
    listing = CappedPaginator(with_rows(form.apply(period)), PER_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "dashboards/promise_list.html",
        form=form,
        listing=listing,
        rows=[(clock, duty_words(clock), outcome_words(clock, period.now)) for clock in listing.object_list],
        state=form.chosen_state,
        heading=dict(STATE_WORDS)[form.chosen_state],
        sort=form.sort,
        now=period.now,
    )


@require_safe
@needs(check_can_lead)
def promise_list_csv(request: HttpRequest) -> HttpResponseBase:
    """The whole list as it is filtered and sorted, not only the page of it."""
    period = Period.at(timezone.now())
    form = PromiseFilter(request.GET, user=acting_user(request))
    clocks = with_rows(form.apply(period)).iterator(chunk_size=1000)
    response = StreamingHttpResponse(csv_rows(clocks, period.now), content_type="text/csv; charset=utf-8")
    name = f"promises-{form.chosen_state}-{timezone.localdate(period.now):%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def promise(request: HttpRequest, clock: int) -> HttpResponse:
    """One promise that was made to one person: the facts behind it, and if it was missed, why."""
    user, now = acting_user(request), timezone.now()
    owed = get_object_or_404(with_rows(clocks_visible_to(user)), pk=clock)
    breach = getattr(owed, "breach", None)
    was_missed = stands_as_missed(owed, now)
    may_explain = was_missed and allowed(check_can_explain, user, owed)
    may_review = was_missed and allowed(check_can_review, user, owed, breach)
    reason = ReasonForm(_posted(request, "explain"), initial=_reason(owed)) if may_explain else None
    verdict = ReviewForm(_posted(request, "review"), initial=_verdict(owed)) if may_review else None
    if _saved(reason, lambda data: explain(clock=clock, by=user, **data)):
        messages.success(request, "The reason was recorded.")
        return redirect("promise", clock)
    if _saved(verdict, lambda data: review(clock=clock, by=user, **data)):
        messages.success(request, "The review was recorded.")
        return redirect("promise", clock)
    if request.method == "POST" and not (reason and reason.is_bound) and not (verdict and verdict.is_bound):
        _refuse(request, user, owed)
    case = with_people(visible_to(user)).filter(pk=owed.matter_id).first()
    return page(
        request,
        "dashboards/promise.html",
        form=next((form for form in (reason, verdict) if form and form.is_bound), None),
        clock=owed,
        breach=breach,
        was_missed=was_missed,
        outcome_words=outcome_words(owed, now),
        duty=duty_words(owed, _name(case, owed)),
        basis=basis_words(owed),
        facts=_facts(user, case, owed),
        reason_form=reason,
        review_form=verdict,
        may_open_case=case is not None,
        leads=allowed(check_can_lead, user),
        now=now,
    )


def _saved(form: forms.Form | None, save: Callable[[dict[str, Any]], Any]) -> bool:
    return bool(form and form.is_bound and form.is_valid() and saves(form, lambda: save(form.cleaned_data)))


def _name(case: Case | None, clock: Clock) -> str | None:
    """Who it is owed to, for those who may open the case."""
    parties = case.parties.all() if case else ()
    return next((party.person.short_name for party in parties if party.pk == clock.about), None)


def _facts(user: User, case: Case | None, clock: Clock) -> list[TimelineItem]:
    """What happened from the start of the promise to its end; without names for those who may not open the case."""
    entries = timeline(case, user) if case else anonymous_timeline(clock.matter_id)
    return [entry for entry in entries if entry.at >= clock.started_at and _bears_on(entry.event, clock)]


def _bears_on(event: Event, clock: Clock) -> bool:
    """About the person owed or everybody, until it was settled; and if it is about a promise, about this one."""
    if event.kind in {EventKind.BREACH_EXPLAINED, EventKind.BREACH_REVIEWED}:
        return event.about in (None, clock.about) and event.detail.get("clock") == clock.pk
    in_time = clock.ended_at is None or event.occurred_at <= clock.ended_at or event.pk == clock.ended_by
    return in_time and event.about in (None, clock.about)


def _posted(request: HttpRequest, what: str) -> Any:
    return request.POST if request.method == "POST" and request.POST.get("what") == what else None


def _refuse(request: HttpRequest, user: User, clock: Clock) -> None:
    """A post without a form for it: say why not. A later entry may have shown meanwhile that nothing was missed."""
    if request.POST.get("what") == "review":
        check_can_review(user, clock, getattr(clock, "breach", None))
    else:
        check_can_explain(user, clock)
    messages.error(request, "Nothing was saved: this promise does not stand as missed.")


def _reason(clock: Clock) -> dict[str, Any]:
    breach = getattr(clock, "breach", None)
    return {"reason": breach.reason, "explanation": breach.explanation} if breach else {}


def _verdict(clock: Clock) -> dict[str, Any]:
    breach = getattr(clock, "breach", None)
    return {"verdict": breach.verdict, "review_note": breach.review_note} if breach else {}
