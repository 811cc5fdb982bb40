"""A partnership's standards through time: their versions, what runs under each, and what changed between two."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django.contrib import messages
from django.db.models import Count, F, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from asb_cases.policies import check_can_work_cases
from asb_cases.selectors import owed_in, visible_to, with_people
from asb_cases.views.common import acting_user, page
from frontend.paging import CappedPaginator
from ledger.vocabulary import EventKind
from partners.models import Partnership
from partners.policies import allowed
from partners.selectors import desks_of
from standards.changing import RefusedChange, check_can_be_withdrawn, newest_version, withdraw_version
from standards.difference import difference, promise_in_brief
from standards.models import Charter, Matter
from standards.models.charters import CharterQuerySet
from standards.policies import check_can_change_settings
from standards.selectors import rules_of

PER_PAGE = 25


@dataclass(frozen=True)
class VersionRow:
    """One version as the list shows it."""

    charter: Charter
    until: date | None  # the last day on which matters received run under it
    status: str
    open: int
    all: int
    cases_url: str
    changes_url: str = ""
    may_withdraw: bool = False


def own_partnership(request: HttpRequest, slug: str) -> Partnership:
    """The partnership, for whoever works in it; to everybody else it is not there."""
    desks = {desk.partnership for desk in desks_of(acting_user(request))}
    return get_object_or_404(Partnership, slug=slug, pk__in=desks)


def frame(request: HttpRequest, partnership: Partnership, tab: str) -> dict[str, Any]:
    """What templates/standards/tabs.html needs."""
    manages = allowed(check_can_change_settings, acting_user(request), partnership.pk)
    return {"partnership": partnership, "tab": tab, "manages": manages}


@require_safe
def versions(request: HttpRequest, partnership: str) -> HttpResponse:
    user, here = acting_user(request), own_partnership(request, partnership)
    context = frame(request, here, "versions")
    return page(
        request,
        "dashboards/versions.html",
        own=_rows(here, law=False, manages=context["manages"]),
        law=_rows(here, law=True, manages=False),
        works_cases=allowed(check_can_work_cases, user),
        **context,
    )


@require_safe
def cases(request: HttpRequest, partnership: str, version: int, *, law: bool = False) -> HttpResponse:
    """The cases under a version, of those that the person may open."""
    user, here = acting_user(request), own_partnership(request, partnership)
    check_can_work_cases(user)
    charter = get_object_or_404(_versions(here, law=law), version=version)
    under = Q(matter__layer=charter) if law else Q(matter__charter=charter)
    mine = visible_to(user).filter(under, matter__partnership=here)
    found = with_people(mine).order_by(F("matter__next_due_at").asc(nulls_last=True), "pk")
    listing = CappedPaginator(found, PER_PAGE).get_page(request.GET.get("page"))
    shown = list(listing.object_list)
    owed = owed_in(shown)
    return page(
        request,
        "dashboards/version_cases.html",
        charter=charter,
        listing=listing,
        rows=[(case, owed[case.pk]) for case in shown],
        now=timezone.now(),
        **frame(request, here, "versions"),
    )


@require_safe
def changes(request: HttpRequest, partnership: str, old: int, new: int, *, law: bool = False) -> HttpResponse:
    """What is not the same in two versions."""
    here = own_partnership(request, partnership)
    standing = _versions(here, law=law).standing()
    both = {charter.version: charter for charter in standing.filter(version__in=(old, new))}
    if old >= new or len(both) < 2:
        raise Http404
    changed = difference(rules_of(both[old].pk), rules_of(both[new].pk), dict(EventKind.choices))
    return page(
        request,
        "dashboards/version_changes.html",
        old=both[old],
        new=both[new],
        changed=changed,
        added=[(promise, promise_in_brief(promise)) for promise in changed.added],
        removed=[(promise, promise_in_brief(promise)) for promise in changed.removed],
        law=law,
        **frame(request, here, "versions"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, partnership: str, version: int) -> HttpResponse:
    """Asks once more before a version that is not in force yet is taken back."""
    user, here = acting_user(request), own_partnership(request, partnership)
    check_can_change_settings(user, here.pk)
    charter = get_object_or_404(_versions(here, law=False), version=version)
    try:
        check_can_be_withdrawn(charter, newest_version(here.pk), timezone.localdate())
        if request.method == "POST":
            withdraw_version(partnership=here.pk, version=version, by=user)
            messages.success(request, f"Version {version} was withdrawn. It will not take effect.")
            return redirect("standards_versions", here.slug)
    except RefusedChange as refusal:
        messages.error(request, str(refusal))
        return redirect("standards_versions", here.slug)
    return page(request, "dashboards/withdraw_version.html", charter=charter, **frame(request, here, "versions"))


def _versions(partnership: Partnership, *, law: bool) -> CharterQuerySet:
    return Charter.objects.filter(partnership=None if law else partnership)


def _rows(partnership: Partnership, *, law: bool, manages: bool) -> list[VersionRow]:
    """The versions, the one that takes effect last first; those that were withdrawn as well."""
    everybody = _versions(partnership, law=law).select_related("loaded_by", "withdrawn_by")
    charters = list(everybody.order_by("-effective_from", "-version"))
    standing = [charter for charter in charters if charter.withdrawn_at is None]
    before = dict(pairwise(standing))
    counts = _matters_under(partnership, law=law)
    rows, until, today = [], None, timezone.localdate()
    names = ("law_cases", "law_changes") if law else ("version_cases", "version_changes")
    for charter in charters:
        if charter.withdrawn_at is not None:
            rows.append(VersionRow(charter=charter, until=None, status="Withdrawn", open=0, all=0, cases_url=""))
            continue
        running, everything = counts.get(charter.pk, (0, 0))
        between = sorted((before[charter].version, charter.version)) if charter in before else []
        rows.append(
            VersionRow(
                charter=charter,
                until=until,
                status=_status(charter, until, today),
                open=running,
                all=everything,
                cases_url=reverse(names[0], args=[partnership.slug, charter.version]),
                changes_url=reverse(names[1], args=[partnership.slug, *between]) if between else "",
                may_withdraw=manages and not everything and _withdrawable(charter, standing[0], today),
            )
        )
        until = charter.effective_from - timedelta(days=1)
    return rows


def _status(charter: Charter, until: date | None, today: date) -> str:
    if charter.effective_from > today:
        return "Planned"
    return "In force" if until is None or until >= today else "Earlier"


def _withdrawable(charter: Charter, newest: Charter, today: date) -> bool:
    return charter.pk == newest.pk and charter.version > 1 and charter.effective_from > today


def _matters_under(partnership: Partnership, *, law: bool) -> dict[int, tuple[int, int]]:
    """How many of the partnership's matters run under each version: open ones, and all."""
    column = "layer" if law else "charter"
    counted = (
        Matter.objects.filter(partnership=partnership, **{f"{column}__isnull": False})
        .order_by()
        .values_list(column)
        .annotate(open=Count("pk", filter=Q(closed_at=None)), all=Count("pk"))
    )
    return {charter: (running, everything) for charter, running, everything in counted}
