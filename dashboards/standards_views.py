"""A partnership's standards, promise by promise: what was kept, what was not, and the cases behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.db.models import Case as When
from django.db.models import IntegerField, Q, QuerySet, Value
from django.db.models import When as If
from django.http import Http404, HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from asb_cases.models import Case
from asb_cases.selectors import visible_to
from asb_cases.views.common import acting_user, needs, page
from dashboards.exports import standards_rows
from dashboards.forms import StandardsFilter, usual_period
from dashboards.selectors import clocks_visible_to, with_rows
from dashboards.standards_words import counted_apart, figure_words, told, took_words
from frontend.charts import Column
from frontend.components import Place
from frontend.links import changed
from frontend.paging import CappedPaginator
from frontend.words import MONTHS
from partners.models import Partnership, User
from partners.policies import NotAllowed, allowed
from partners.selectors import desks_of
from standards.engine import Outcome
from standards.explained import explained, kinds_in_words
from standards.figures import (
    ClockFigures,
    EvidenceFigures,
    MeasureFigures,
    Month,
    Period,
    PromiseFigures,
    Standards,
    State,
    by_clause,
    clock_trend,
    evidence_trend,
    is_periodic,
    last_months,
    standards_of,
)
from standards.models import Clock
from standards.policies import check_can_change_settings, check_can_see_figures, check_can_see_figures_of
from standards.selectors import NoCharter, missed
from standards.words import duty_words, outcome_words

PER_PAGE = 25
# The tiles above the list: what promises can be, the gravest first.
TILES = (State.NOT_KEPT, State.OPEN, State.KEPT, State.NOTHING)


@require_safe
@needs(check_can_see_figures)
def standards(request: HttpRequest) -> HttpResponse:
    """To the standards of the person's partnership; with several, a choice."""
    desks = desks_of(acting_user(request))
    partnerships = Partnership.objects.filter(pk__in={desk.partnership for desk in desks})
    if len(partnerships) == 1:
        return redirect("partnership_standards", partnerships[0].slug)
    return page(request, "dashboards/standards_choice.html", partnerships=partnerships)


@require_safe
def partnership_page(request: HttpRequest, partnership: str) -> HttpResponse:
    """Every promise of the partnership with its figures, in the order of the document."""
    theirs, now = _partnership(request, partnership), timezone.now()
    form = StandardsFilter(request.GET, today=timezone.localdate(now))
    found = _found(theirs, form.days, now)
    context: dict[str, Any] = {}
    if found:
        states = Counter(figures.state for figures in found.promises)
        context = {
            "tiles": [(states[state], state.label, _changed(request, show=state.value), state) for state in TILES],
            "parts": [
                (heading, _rows(figures, form))
                for heading, figures in (
                    (found.charter.document, found.own),
                    (found.layer.name if found.layer else "", found.law),
                )
                if figures
            ],
            "shown": sum(map(form.lets_through, found.promises)),
        }
    return page(
        request,
        "dashboards/standards.html",
        form=form,
        partnership=theirs,
        standards=found,
        period=form.days,
        presets=_presets(request, form.days, timezone.localdate(now)),
        kept_period=_kept_period(request),
        manages=allowed(check_can_change_settings, acting_user(request), theirs.pk),
        **context,
    )


@require_safe
def partnership_csv(request: HttpRequest, partnership: str) -> HttpResponseBase:
    """The page's table as a file, with its period and filters."""
    theirs, now = _partnership(request, partnership), timezone.now()
    form = StandardsFilter(request.GET, today=timezone.localdate(now))
    found = _found(theirs, form.days, now)
    if found is None:
        raise Http404("This partnership has no standards in force.")
    rows = standards_rows(found, filter(form.lets_through, found.promises))
    response = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
    name = f"standards-{theirs.slug}-{form.days.first}-{form.days.last}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def promise_page(request: HttpRequest, partnership: str, code: str) -> HttpResponse:
    """One promise: how it is judged, its figures and their course, and the cases behind it."""
    theirs, now = _partnership(request, partnership), timezone.now()
    user, today = acting_user(request), timezone.localdate(now)
    form = StandardsFilter(request.GET, today=today)
    found = _found(theirs, form.days, now, only=code)
    if found is None or not found.promises:
        raise Http404("There is no such promise.")
    figures = found.promises[0]
    return page(
        request,
        "dashboards/promise_figures.html",
        form=form,
        partnership=theirs,
        figures=figures,
        promise=figures.promise,
        document=found.document_of(figures),
        explained=explained(figures.promise),
        kinds=kinds_in_words(figures.promise),
        period=form.days,
        presets=_presets(request, form.days, today),
        kept_period=_kept_period(request),
        parts=_parts(theirs.pk, figures, now),
        now=now,
        **_behind(user, theirs.pk, figures, form.days, now, request.GET.get("page")),
    )


# --- what the pages are made of ---------------------------------------------------------------------


def _partnership(request: HttpRequest, slug: str) -> Partnership:
    """One in which the person works. Another answers like one that does not exist."""
    partnership = get_object_or_404(Partnership, slug=slug)
    try:
        check_can_see_figures_of(acting_user(request), partnership.pk)
    except NotAllowed as refusal:
        raise Http404(str(refusal)) from refusal
    return partnership


def _found(partnership: Partnership, days: Period, now: datetime, *, only: str | None = None) -> Standards | None:
    try:
        return standards_of(partnership.pk, days, now, only=only)
    except NoCharter:
        return None


def _rows(figures: Iterable[PromiseFigures], form: StandardsFilter) -> list[tuple[str, list[tuple[Any, ...]]]]:
    """By clause: (figures, how it is judged, what became of it) of the promises that the filter lets through."""
    return [
        (clause, [(one, explained(one.promise), told(one)) for one in promises])
        for clause, promises in by_clause(filter(form.lets_through, figures))
    ]


def _presets(request: HttpRequest, chosen: Period, today: date) -> list[Place]:
    this = today.replace(day=1)
    quarter = this - relativedelta(months=(this.month - 1) % 3)
    known = {
        "This month": Period(this, this + relativedelta(months=1) - timedelta(days=1)),
        "Last month": last_months(today, 1),
        "Last quarter": Period(quarter - relativedelta(months=3), quarter - timedelta(days=1)),
        "Last 12 months": last_months(today),
        "Last 12 months and this one": usual_period(today),
    }
    return [
        Place(
            label=label,
            url=_changed(request, **{"from": days.first.isoformat(), "to": days.last.isoformat()}),
            current=days == chosen,
        )
        for label, days in known.items()
    ]


def _changed(request: HttpRequest, **changes: str) -> str:
    return changed(request.GET, {**changes, "page": None})


def _kept_period(request: HttpRequest) -> str:
    """The period goes with the reader from the list to a promise and back."""
    kept = QueryDict(mutable=True)
    for name in ("from", "to"):
        if value := request.GET.get(name):
            kept[name] = value
    return f"?{kept.urlencode()}" if kept else ""


def _parts(partnership: UUID, figures: PromiseFigures, now: datetime) -> list[dict[str, Any]]:
    """Each way in which the promise is judged: its figures, what is counted apart, its course over a year."""
    year = last_months(timezone.localdate(now), 11, and_this=True)
    parts = []
    for name, part in figures.parts:
        told: dict[str, Any] = {"name": name, "part": part, "apart": [one for one in counted_apart(part) if one.number]}
        if isinstance(part, ClockFigures):
            told["took"] = "" if is_periodic(figures.promise) else took_words(part.took)
            told["measured"] = took_words(part.measured)
            told["trend"] = _columns(clock_trend(partnership, figures, year, now))
            told["counted"] = "by the month in which they fell due"
        elif isinstance(part, EvidenceFigures) and not part.standing:
            told["trend"] = _columns(evidence_trend(partnership, figures, year))
            told["counted"] = "by the month in which the case was closed"
        elif isinstance(part, MeasureFigures):
            told["figures"] = list(figure_words(part))
        parts.append(told)
    return parts


def _columns(months: Iterable[Month]) -> list[Column]:
    known = list(months)
    if not any(month.owed for month in known):
        return []
    return [Column(MONTHS[month.first.month - 1][:3], [month.kept, month.owed]) for month in known]


def _behind(
    user: User, partnership: UUID, figures: PromiseFigures, days: Period, now: datetime, number: str | None
) -> dict[str, Any]:
    """The deadlines and the cases that the person may see, and how many there are whoever may see them."""
    context: dict[str, Any] = {}
    if figures.clocks:
        listing = CappedPaginator(with_rows(_clocks(user, partnership, figures, days, now)), PER_PAGE).get_page(number)
        rows = [(clock, duty_words(clock), outcome_words(clock, now)) for clock in listing.object_list]
        context |= {"listing": listing, "rows": rows}
    if figures.evidence and figures.evidence.missing:
        cases = CappedPaginator(_cases(user, partnership, figures, days), PER_PAGE)
        context["cases"] = cases.get_page(number)
    return context


def _clocks(user: User, partnership: UUID, figures: PromiseFigures, days: Period, now: datetime) -> QuerySet[Clock]:
    """What the person may see of the promise's deadlines of the period, missed ones first."""
    due = Q(due_at__gte=days.start, due_at__lt=days.end)
    untimed = Q(due_at__isnull=True, outcome=Outcome.MEASURED, ended_at__gte=days.start, ended_at__lt=days.end)
    here = Q(promise__in=figures.rows, matter__partnership=partnership)
    first = When(If(missed(now), then=Value(0)), default=Value(1), output_field=IntegerField())
    return clocks_visible_to(user).filter(due | untimed, here).exclude(outcome=Outcome.VOID).order_by(
        first, "due_at", "pk"
    )  # fmt: skip


def _cases(user: User, partnership: UUID, figures: PromiseFigures, days: Period) -> QuerySet[Case]:
    """The closed cases that do not show it, of those that the person may open; the latest first."""
    return (
        visible_to(user)
        .filter(
            matter__partnership=partnership,
            matter__closed_at__gte=days.start,
            matter__closed_at__lt=days.end,
            matter__evidence__missing__overlap=list(figures.rows),
        )
        .order_by("-matter__closed_at", "pk")
    )
