"""Pages that show the kit: one for each kind of page the service has, and one with everything on it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import defaults
from django.views.csrf import csrf_failure

from frontend.paging import CappedPaginator, KeysetPage
from tests.frontend.gallery import forms, sample

FILLED = {
    "name": "Margaret Dunn", "story": "Loud music from number 14.\nThree nights a week.", "when_day": "1",
    "when_month": "sept", "when_year": "2026", "when_time": "9.30pm", "born_day": "4", "born_month": "5",
    "born_year": "1961", "often": "weekly", "contact": "email", "email": "margaret@example.com",
    "safety": ["letters", "daytime"], "ward": "abbey", "visits": "3", "cost": "120.50", "password": "secret",
    "answer": "yes", "agree": "true", "how_often": "14",
}  # fmt: skip
WRONG = {
    "name": "M" * 41, "when_day": "31", "when_month": "2", "when_year": "2026", "when_time": "late",
    "born_day": "4", "born_year": "1961", "contact": "email", "email": "nobody",
    "safety": ["letters", "nothing"], "visits": "many", "cost": "-1", "agree": "true",
}  # fmt: skip


def index(request: HttpRequest) -> HttpResponse:
    from tests.frontend.gallery.urls import PAGES

    return render(request, "gallery/index.html", {"page": sample.page(), "paths": [f"/{path}" for path in PAGES]})


def every_field(request: HttpRequest, state: str = "") -> HttpResponse:
    data: Any = {"filled": FILLED, "wrong": WRONG}.get(state)
    if state == "unasked":  # everything empty, as a browser sends it
        data = {}
    form = forms.EveryField(data)
    return render(request, "gallery/form.html", {"page": sample.PUBLIC_PAGE, "form": form})


def plan(request: HttpRequest, state: str = "") -> HttpResponse:
    data = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0"}
    if state == "wrong":
        data["form-0-what"] = "Fit a noise monitor"
    formset = forms.ActionFormSet(data if state else None)
    return render(request, "gallery/plan.html", {"page": sample.page(), "formset": formset})


def question(request: HttpRequest, state: str = "") -> HttpResponse:
    form = forms.OneQuestion({} if state else None)
    return render(request, "gallery/question.html", {"page": sample.PUBLIC_PAGE, "form": form})


def sign_in(request: HttpRequest, state: str = "") -> HttpResponse:
    data = {"username": "priya@norchester.example", "password": "wrong"} if state else None
    context = {"page": {"organisation": "Norchester"}, "form": forms.SignIn(data), "next": "/cases/"}
    return render(request, "registration/sign_in.html", context)


def parts(request: HttpRequest) -> HttpResponse:
    messages.success(request, "You assigned case ASB-26-1042 to yourself.")
    messages.warning(request, "The victim has not been told yet.")
    messages.error(request, "The letter could not be sent.")
    messages.info(request, "Two people are looking at this case.")
    alarm = "Deadlines have not been checked since 9:04am. Ring the service desk on 0300 123 0000."
    context = {
        "page": sample.page(alarm=alarm),
        "now": sample.NOW,
        "clocks": sample.DEADLINES,
        "sections": sample.SECTIONS,
        "timeline": sample.TIMELINE,
        "steps": sample.STEPS,
        "bars": sample.OVERDUE,
        "months": sample.MONTHS,
        "long_year": [(f"{month}", (month * 3, 40 - month)) for month in range(1, 13)],
        "middle_page": Paginator(range(500), 25).page(9),
        "capped_page": CappedPaginator(range(10_500), 25).page(1),
        "keyset_page": KeysetPage(range(25), {"after": "81"}, {"before": "57"}),
        "empty_page": Paginator([], 25).page(1),
    }
    return render(request, "gallery/parts.html", context)


def cases(request: HttpRequest) -> HttpResponse:
    form = forms.Filter(request.GET)
    form.is_valid()
    found = [case for case in sample.CASES if matches(case, form.cleaned_data)]
    sort = request.GET.get("sort", "due_at")
    found.sort(key=lambda case: getattr(case, sort.removeprefix("-"), ""), reverse=sort.startswith("-"))
    listing = Paginator(found, 20).get_page(request.GET.get("page"))
    context = {"page": sample.page(), "form": form, "listing": listing, "sort": sort, "now": sample.NOW}
    return render(request, "gallery/cases.html", context)


def matches(case: sample.Case, wanted: dict[str, Any]) -> bool:
    statuses, risks = wanted.get("status"), wanted.get("risk")
    return (
        (not statuses or case.status.lower() in statuses)
        and (not risks or case.risk.lower() in risks)
        and wanted.get("q", "").lower() in f"{case.reference} {case.place}".lower()
    )


def case(request: HttpRequest) -> HttpResponse:
    context = {
        "page": sample.page(),
        "clocks": sample.DEADLINES,
        "sections": sample.SECTIONS,
        "timeline": sample.TIMELINE,
    }
    return render(request, "gallery/case.html", context)


def dashboard(request: HttpRequest) -> HttpResponse:
    context = {
        "page": sample.page("Dashboard"),
        "now": sample.NOW,
        "cases": sample.CASES[:6],
        "bars": sample.OVERDUE,
        "months": sample.MONTHS,
    }
    return render(request, "gallery/dashboard.html", context)


def progress(request: HttpRequest) -> HttpResponse:
    return render(request, "gallery/progress.html", {"page": sample.PUBLIC_PAGE, "steps": sample.STEPS})


def done(request: HttpRequest) -> HttpResponse:
    return render(request, "gallery/done.html", {"page": sample.PUBLIC_PAGE})


def error(request: HttpRequest, code: str) -> HttpResponse:
    handlers = {
        "400": defaults.bad_request,
        "403": defaults.permission_denied,
        "404": defaults.page_not_found,
    }
    if code == "csrf":
        response = csrf_failure(request)
    elif code == "500":
        response = defaults.server_error(request)
    else:
        response = handlers[code](request, Exception())
    response.status_code = 200  # a browser complains on the console about any other
    return response
