"""What the standards ask to be shown or done, and the log of what was."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from community.exports import log_rows
from community.forms.publications import LogFilter, PlaceFilter, PublicationForm, WithdrawPublicationForm
from community.policies import check_can_publish, check_can_read_community, check_can_withdraw_publication
from community.selectors import (
    State,
    duties_visible_to,
    kinds_for,
    open_duties_visible_to,
    owed,
    partnerships_of,
    place_of,
    publications_visible_to,
)
from community.views.common import acting_user, form_page, needs, page, saves, sections
from frontend.paging import CappedPaginator
from frontend.spreadsheets import csv_lines
from partners.policies import allowed

PER_PAGE = 25


@require_safe
@needs(check_can_read_community)
def community(request: HttpRequest) -> HttpResponse:
    return redirect("publications")


@require_safe
@needs(check_can_read_community)
def publications(request: HttpRequest) -> HttpResponse:
    """What is owed to the public, overdue first."""
    user, now = acting_user(request), timezone.now()
    duties = list(open_duties_visible_to(user))
    form = PlaceFilter(request.GET, user=user)
    items = [item for item in owed(duties, now) if form.fits(item)]
    listing = CappedPaginator(items, PER_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "community/publications.html",
        form=form,
        sections=sections("publications"),
        listing=listing,
        rows=[(item, allowed(check_can_publish, user, item.duty)) for item in listing.object_list],
        overdue=sum(1 for item in items if item.state is State.OVERDUE),
        begun=bool(duties),
        several=len(partnerships_of(user)) > 1,
        now=now,
    )


@needs(check_can_read_community)
def record_publication(request: HttpRequest, duty: UUID) -> HttpResponse:
    user = acting_user(request)
    matter = get_object_or_404(duties_visible_to(user), pk=duty)
    check_can_publish(user, matter)
    chosen = request.GET.get("kind", "")
    kinds = kinds_for(matter)
    initial = {"kind": chosen if chosen in kinds else kinds[0] if len(kinds) == 1 else None}
    form = PublicationForm(request.POST or None, user=user, duty=matter, initial=initial)
    if request.method == "POST" and form.is_valid() and saves(form, form.save):
        messages.success(request, "It was recorded.")
        return redirect("publications")
    return form_page(
        request,
        form=form,
        heading="Record what was shown or done",
        caption=place_of(matter),
        back=reverse("publications"),
    )


@require_safe
@needs(check_can_read_community)
def publication_log(request: HttpRequest) -> HttpResponse:
    user = acting_user(request)
    form = _log_filter(request)
    listing = CappedPaginator(form.apply(publications_visible_to(user)), PER_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "community/publication_log.html",
        form=form,
        sections=sections("publication_log"),
        listing=listing,
        rows=[(row, allowed(check_can_withdraw_publication, user, row)) for row in listing.object_list],
        several=len(partnerships_of(user)) > 1,
    )


@require_safe
@needs(check_can_read_community)
def publication_log_csv(request: HttpRequest) -> HttpResponseBase:
    """The whole log as it is filtered, not only the page of it."""
    rows = _log_filter(request).apply(publications_visible_to(acting_user(request))).iterator(chunk_size=1000)
    response = StreamingHttpResponse(csv_lines(log_rows(rows)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="publications-{timezone.localdate():%Y-%m-%d}.csv"'
    return response


@needs(check_can_read_community)
def withdraw_publication(request: HttpRequest, publication: UUID) -> HttpResponse:
    """Asks why: what was recorded wrongly stays, struck through."""
    user = acting_user(request)
    row = get_object_or_404(publications_visible_to(user), pk=publication)
    check_can_withdraw_publication(user, row)
    form = WithdrawPublicationForm(request.POST or None, user=user, publication=row)
    if request.method == "POST" and form.is_valid() and saves(form, form.save):
        messages.success(request, "It was withdrawn. It stays in the log, struck through.")
        return redirect("publication_log")
    return form_page(
        request,
        form=form,
        heading="Withdraw from the log",
        caption=row.title,
        lead="What it showed to have been done will count as not done, unless something else shows it.",
        back=reverse("publication_log"),
        save="Withdraw it",
        warning=True,
    )


def _log_filter(request: HttpRequest) -> LogFilter:
    user = acting_user(request)
    kinds = publications_visible_to(user).order_by().values_list("kind", flat=True).distinct()
    return LogFilter(request.GET, user=user, kinds=list(kinds))
