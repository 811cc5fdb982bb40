"""What the views of casework share."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from asb_cases.models import Case
from asb_cases.selectors import visible_to, with_people
from partners.models import User
from standards.calendar import HolidaysUnknown
from standards.holidays import NoBankHolidays
from standards.services import RefusedEntry

View = Callable[..., HttpResponseBase]

BAD_INPUT = 422


def needs(check: Callable[[User], None]) -> Callable[[View], View]:
    """A page for those who pass the check; others get its reason with 403."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            check(acting_user(request))
            return view(request, *args, **kwargs)

        return checked

    return decorate


def visible_case(request: HttpRequest, reference: str) -> Case:
    """The case with its people. One that the person may not see answers like one that does not exist."""
    return get_object_or_404(with_people(visible_to(acting_user(request))), matter__reference=reference)


def saves(form: forms.Form, save: Callable[[], Any]) -> bool:
    """Save, and turn a refusal into an error beside the field it is about."""
    try:
        save()
    except (RefusedEntry, HolidaysUnknown, NoBankHolidays) as refusal:
        when = next((name for name in ("at", "received_at", "known_since") if name in form.fields), None)
        form.add_error(when, str(refusal))
        return False
    return True


def page(request: HttpRequest, template: str, *, form: Any = None, **context: Any) -> HttpResponse:
    """A page; with a form that has errors, answered as bad input."""
    bad = form is not None and form.is_bound and bool(form.errors)
    return render(request, template, {"form": form, **context}, status=BAD_INPUT if bad else 200)


def case_form(
    request: HttpRequest,
    *,
    form: Any,
    case: Case,
    heading: str,
    back: tuple[str, str] | None = None,
    template: str = "asb_cases/case_form.html",
    **context: Any,
) -> HttpResponse:
    """A page with one form about a case; saved, or left for where `back` (words, address) leads: the case, mostly."""
    words, address = back or ("Back to the case", reverse("case", args=[case.matter.reference]))
    told = {"case": case, "heading": heading, "back_words": words, "back_address": address, **context}
    return page(request, template, form=form, **told)


def acting_user(request: HttpRequest) -> User:
    """The signed-in person, as a type checker likes her: LoginRequiredMiddleware let nobody else in."""
    user = request.user
    if not isinstance(user, User):
        raise TypeError("A page for staff was reached without signing in.")
    return user
