"""What everybody may read: the partnerships, their promises, and how those were kept in the last twelve full months.

The period is always the same one. A reader who could choose it would find small numbers between two that overlap.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from partners.models import Partnership
from portal.disclosure import NO_COURSE, course, said
from standards.explained import explained
from standards.figures import (
    ClockFigures,
    EvidenceFigures,
    PromiseFigures,
    Standards,
    State,
    by_clause,
    clock_trend,
    evidence_trend,
    last_months,
    owed_to_the_public,
    standards_of,
)
from standards.selectors import NoCharter

KEPT_BY_BROWSERS = 600  # seconds


def public(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page for everybody. Caches may keep it, except as a signed-in person sees it: her name is on it."""

    @login_not_required
    @require_safe
    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if not request.user.is_authenticated:
            patch_cache_control(response, public=True, max_age=KEPT_BY_BROWSERS)
        patch_vary_headers(response, ["Cookie"])
        return response

    return shown


@public
def partnerships(request: HttpRequest) -> HttpResponse:
    """The partnerships whose standards are in force."""
    known = Partnership.objects.filter(charters__effective_from__lte=timezone.localdate()).distinct()
    return render(request, "portal/partnerships.html", {"partnerships": known})


@public
def standards(request: HttpRequest, partnership: str) -> HttpResponse:
    """A partnership's promises, and how they were kept."""
    theirs = get_object_or_404(Partnership, slug=partnership)
    found = _found(theirs)
    parts = [
        (heading, [(clause, [(one, said(one)) for one in promises]) for clause, promises in by_clause(figures)])
        for heading, figures in (
            (found.charter.document, found.own),
            (found.layer.name if found.layer else "", found.law),
        )
        if figures
    ]
    states = [_public_state(figures) for figures in found.promises]
    context = {
        "partnership": theirs,
        "demonstration": theirs.demonstration,
        "standards": found,
        "parts": parts,
        "kept": states.count(State.KEPT),
        "not_kept": states.count(State.NOT_KEPT),
        "untold": states.count(None),
    }
    return render(request, "portal/standards.html", context)


@public
def promise(request: HttpRequest, partnership: str, code: str) -> HttpResponse:
    """One promise: how it is judged, how it was kept, and how that went over the year."""
    theirs = get_object_or_404(Partnership, slug=partnership)
    found = _found(theirs, only=code)
    if not found.promises:
        raise Http404("There is no such promise.")
    figures = found.promises[0]
    context = {
        "partnership": theirs,
        "demonstration": theirs.demonstration,
        "standards": found,
        "promise": figures.promise,
        "document": found.document_of(figures),
        "clause": figures.clause,
        "explained": explained(figures.promise),
        "said": said(figures),
        "courses": [] if figures.promise.switched_off else _courses(theirs, found, figures),
        "series": "Kept,Owed" if owed_to_the_public(figures.promise) else "Kept (per cent)",
        "no_course": NO_COURSE,
    }
    return render(request, "portal/promise.html", context)


def _found(partnership: Partnership, *, only: str | None = None) -> Standards:
    now = timezone.now()
    try:
        return standards_of(partnership.pk, last_months(timezone.localdate(now)), now, only=only)
    except NoCharter as error:
        raise Http404(str(error)) from error


def _public_state(figures: PromiseFigures) -> State | None:
    """The gravest of what the public is told; None where it is told nothing."""
    told = {one.state for one in said(figures)}
    return next((state for state in State if state in told), None)


def _courses(partnership: Partnership, found: Standards, figures: PromiseFigures) -> list[Any]:
    """The year in quarters for each way in which the promise is judged; empty where it may not be told.

    Of what the public is told nothing there is no course either: not even that there is none to be told.
    """
    now, courses = timezone.now(), []
    for (_, part), told in zip(figures.parts, said(figures), strict=True):
        if told.state not in (State.KEPT, State.NOT_KEPT):
            continue
        if isinstance(part, ClockFigures):
            courses.append(course(figures, clock_trend(partnership.pk, figures, found.period, now)))
        elif isinstance(part, EvidenceFigures) and not part.standing:
            courses.append(course(figures, evidence_trend(partnership.pk, figures, found.period)))
    return courses
