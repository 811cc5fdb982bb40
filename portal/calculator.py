"""When something is due, for anybody: the deadline of a promise, with every step of the way to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from asb_cases.views.common import page
from ledger.vocabulary import EventKind
from partners.models import Partnership
from portal.calculator_forms import DeadlineForm, PartnershipForm, with_standards
from standards.calendar import HolidaysUnknown
from standards.charter import Charter, Promise, Within
from standards.holidays import NoBankHolidays, calendar_of
from standards.models import BankHoliday
from standards.phrases import applies_words, listed, setting_words, within_words
from standards.steps import Step, steps


@dataclass(frozen=True)
class Answer:
    """What the page says of a promise, or of another amount of time (`promise` None)."""

    promise: Promise | None
    received: datetime
    within: Within | None  # None: the promise has no number
    steps: list[Step]
    settings: list[tuple[str, str]]

    @property
    def due(self) -> datetime | None:
        return self.steps[-1].at if self.steps else None

    @property
    def time_allowed(self) -> str:
        return within_words(self.within)

    @property
    def applies(self) -> list[str]:
        clock = self.promise.clock if self.promise else None
        return applies_words(clock.when, clock.unless) if clock else []

    @property
    def asks_for_risk(self) -> bool:
        clock = self.promise.clock if self.promise else None
        return bool(clock and (clock.when.risk or clock.unless.risk))

    @property
    def counts_from(self) -> str:
        clock = self.promise.clock if self.promise else None
        return listed((EventKind(kind).label for kind in clock.start), "or") if clock else ""


@login_not_required
@require_safe
def deadlines(request: HttpRequest) -> HttpResponse:
    partnerships = with_standards(timezone.localdate())
    chosen = _chosen(request, partnerships)
    if chosen is None:
        start = PartnershipForm(request.GET, partnerships)
        return page(request, "portal/calculator_start.html", form=start, any=bool(partnerships))
    form = DeadlineForm(request.GET, chosen)
    answer = _answer(form) if form.is_bound and form.is_valid() else None
    return page(
        request,
        "portal/calculator.html",
        form=form,
        partnership=chosen,
        answer=answer,
        others=len(partnerships) > 1,
        start=reverse("deadlines"),
    )


def _chosen(request: HttpRequest, partnerships: Any) -> Partnership | None:
    """The partnership asked for; the only one there is need not be asked for."""
    slug = request.GET.get("partnership")
    if slug is None and len(partnerships) == 1:
        return partnerships[0]
    return next((each for each in partnerships if each.slug == slug), None)


def _answer(form: DeadlineForm) -> Answer | None:
    """The way to the deadline; None, with an error in the form, when the bank holidays needed are not known."""
    charter, received, within = form.charter, form.cleaned_data["received"], form.within
    if charter is None:
        return None
    try:
        way = _steps(received, within, charter) if within else []
    except HolidaysUnknown as unknown:
        form.add_error("received", str(unknown))
        return None
    except NoBankHolidays:
        form.add_error("received", "The bank holidays are not known at the moment, so no deadline can be given")
        return None
    said = setting_words(charter.settings)
    settings = [said[key] for key in ("close_of_day", "working_week", "receipt", "after_hours")]
    return Answer(form.chosen, received, within, way, settings)


def _steps(received: datetime, within: Within, charter: Charter) -> list[Step]:
    names = BankHoliday.objects.filter(
        division=charter.division, removed_in=None, date__gte=timezone.localdate(received)
    ).values_list("date", "name")
    return steps(received, within, calendar_of(charter), dict(names))
