"""Pages on which somebody who leads asks "what if", waits for it and reads the answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from asb_cases.views.common import acting_user, needs, page, saves
from dashboards.what_if.forms import AskForm
from dashboards.what_if.result import charter_name, result_of, span_words, table_of
from dashboards.what_if.selectors import charters_to_try, partnerships_led_by, replays_of
from frontend.paging import CappedPaginator
from frontend.spreadsheets import csv_lines
from partners.models import User
from partners.policies import allowed
from standards import replays
from standards.models import Replay
from standards.policies import check_can_ask_what_if, check_can_end_what_if
from standards.selectors import NoCharter, charter_in_force, rules_of
from standards.vocabulary import ReplayState

PER_PAGE = 25
_FILED_UNDER = 4  # reporting years begin in April unless one's own standards say otherwise


@needs(check_can_ask_what_if)
def what_if_list(request: HttpRequest) -> HttpResponse:
    """A form to ask, and what was asked before."""
    user = acting_user(request)
    form = _form(request.POST if request.method == "POST" else None, user)
    if form.is_bound and form.is_valid() and saves(form, lambda: replays.ask(by=user, **form.asked)):
        messages.success(request, "It is in the queue. A worker begins with it in a few seconds.")
        return redirect("what_if_list")
    listing = CappedPaginator(replays_of(user).defer("result"), PER_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "dashboards/what_if/list.html",
        form=form,
        listing=listing,
        rows=[(one, charter_name(one), span_words(one)) for one in listing.object_list],
        several=len(form.partnerships) > 1,
    )


@require_safe
@needs(check_can_ask_what_if)
def what_if(request: HttpRequest, replay: UUID) -> HttpResponse:
    """How far it has come, or the answer."""
    user = acting_user(request)
    asked = _visible(user, replay)
    done = asked.state == ReplayState.DONE
    return page(
        request,
        "dashboards/what_if/replay.html",
        replay=asked,
        charter=charter_name(asked),
        span=span_words(asked),
        share=int(100 * asked.done / asked.total) if asked.total else 0,
        result=result_of(asked) if done else None,
        may_end=allowed(check_can_end_what_if, user, asked),
    )


@require_safe
@needs(check_can_ask_what_if)
def what_if_csv(request: HttpRequest, replay: UUID) -> HttpResponse:
    asked = _visible(acting_user(request), replay)
    if asked.state != ReplayState.DONE:
        raise Http404("There is no answer yet.")
    lines = csv_lines(table_of(result_of(asked)))
    response = HttpResponse("".join(lines), content_type="text/csv; charset=utf-8")
    name = f"what-if-{asked.charter.code.lower()}-{asked.first_day}-to-{asked.last_day}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
@needs(check_can_ask_what_if)
def cancel_what_if(request: HttpRequest, replay: UUID) -> HttpResponse:
    """At once: it can be asked again."""
    asked = _ending(request, replay)
    if replays.cancel(replay=asked.pk):
        messages.success(request, "It was cancelled.")
    else:
        messages.info(request, "It had finished already.")
    return redirect("what_if", asked.pk)


@needs(check_can_ask_what_if)
def delete_what_if(request: HttpRequest, replay: UUID) -> HttpResponse:
    """Asks once more: the answer is lost with it."""
    asked = _ending(request, replay)
    if not asked.over:
        messages.info(request, "It is not finished yet. Cancel it first.")
        return redirect("what_if", asked.pk)
    if request.method == "POST":
        replays.delete(replay=asked.pk)
        messages.success(request, "It was deleted.")
        return redirect("what_if_list")
    context = {"replay": asked, "charter": charter_name(asked), "span": span_words(asked)}
    return page(request, "dashboards/what_if/delete.html", **context)


def _form(data: Any, user: User) -> AskForm:
    led = sorted(partnerships_led_by(user).items(), key=lambda pair: pair[1])
    today = timezone.localdate()
    try:
        year_starts_in = rules_of(charter_in_force(led[0][0], today).pk).settings.year_starts_in
    except NoCharter:
        year_starts_in = _FILED_UNDER
    return AskForm(data, partnerships=led, charters=charters_to_try(user), today=today, year_starts_in=year_starts_in)


def _visible(user: User, replay: UUID) -> Replay:
    """One that she may not see answers like one that does not exist."""
    return get_object_or_404(replays_of(user), pk=replay)


def _ending(request: HttpRequest, replay: UUID) -> Replay:
    user = acting_user(request)
    asked = _visible(user, replay)
    check_can_end_what_if(user, asked)
    return asked
