"""Promised figures: what they were, what they are to be, and what that says."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from community.figures import Figure, Period, figures, period_words
from community.forms.measures import TargetForm, ValueForm
from community.policies import check_can_manage_community, check_can_read_community, check_can_withdraw_value
from community.selectors import partnerships_of
from community.services import measures as services
from community.views.common import acting_user, form_page, needs, page, saves, sections
from frontend.forms import GovukForm
from partners.models import Partnership
from partners.policies import NotAllowed, allowed
from standards.models import MeasureTarget, MeasureValue

COLOURS = {"kept": "green", "not_kept": "red", "open": "grey"}


@require_safe
@needs(check_can_read_community)
def measures(request: HttpRequest) -> HttpResponse:
    known = figures(Partnership.objects.filter(pk__in=partnerships_of(acting_user(request))), timezone.localdate())
    by_code = {(figure.partnership.pk, figure.code): figure for figure in known}
    rows = [
        (figure, _said(figure), [by_code[figure.partnership.pk, code] for code in figure.beside]) for figure in known
    ]
    return page(
        request,
        "community/measures.html",
        sections=sections("measures"),
        rows=rows,
        several=len({figure.partnership.pk for figure in known}) > 1,
    )


@require_safe
@needs(check_can_read_community)
def measure(request: HttpRequest, partnership: str, code: str) -> HttpResponse:
    """One figure: its verdict, every value and target, and the figure it is to be read with."""
    user = acting_user(request)
    figure, others = _figure(request, partnership, code)
    return page(
        request,
        "community/measure.html",
        sections=sections("measures"),
        figure=figure,
        said=_said(figure),
        values=[(value, figure.words(value.figure), _period(value)) for value in figure.values],
        targets=[(one, figure.words(one.baseline), figure.words(one.figure)) for one in figure.targets],
        beside=[(other, _said(other), _together(figure, other)) for other in others],
        may_manage=allowed(check_can_manage_community, user, figure.partnership.pk),
    )


@needs(check_can_read_community)
def enter_value(request: HttpRequest, partnership: str, code: str) -> HttpResponse:
    user = acting_user(request)
    figure, _ = _figure(request, partnership, code)
    check_can_manage_community(user, figure.partnership.pk)
    if figure.rule.computed:
        raise NotAllowed("The system works this figure out from its own records. Nobody enters it.")
    form = ValueForm(request.POST or None, user=user, figure=figure)
    if request.method == "POST" and form.is_valid() and saves(form, form.save):
        messages.success(request, "The figure was recorded.")
        return redirect("measure", partnership, code)
    back = reverse("measure", args=[partnership, code])
    return form_page(request, form=form, heading="Enter a figure", caption=_caption(figure), back=back)


@needs(check_can_read_community)
def set_target(request: HttpRequest, partnership: str, code: str) -> HttpResponse:
    user = acting_user(request)
    figure, _ = _figure(request, partnership, code)
    check_can_manage_community(user, figure.partnership.pk)
    form = TargetForm(request.POST or None, user=user, figure=figure)
    if request.method == "POST" and form.is_valid() and saves(form, form.save):
        messages.success(request, "The target was set.")
        return redirect("measure", partnership, code)
    back = reverse("measure", args=[partnership, code])
    return form_page(request, form=form, heading="Set a target", caption=_caption(figure), back=back, save="Set target")


@needs(check_can_read_community)
def withdraw_value(request: HttpRequest, value: int) -> HttpResponse:
    """Asks once more. What was withdrawn stays, struck through."""
    user = acting_user(request)
    row = get_object_or_404(
        MeasureValue.objects.select_related("partnership"), pk=value, partnership__in=partnerships_of(user)
    )
    check_can_withdraw_value(user, row)
    form = GovukForm(request.POST or None)
    if request.method == "POST" and saves(form, lambda: services.withdraw_value(value=row, by=user)):
        messages.success(request, "The figure was withdrawn. It stays on the page, struck through.")
        return redirect("measure", row.partnership.slug, row.code)
    return form_page(
        request,
        form=form,
        heading="Withdraw this figure?",
        caption=f"{row.code}, {_period(row)}",
        lead=f"{row.figure:f}, from: {row.source}",
        back=reverse("measure", args=[row.partnership.slug, row.code]),
        save="Withdraw it",
        warning=True,
    )


@needs(check_can_read_community)
def withdraw_target(request: HttpRequest, target: int) -> HttpResponse:
    user = acting_user(request)
    row = get_object_or_404(
        MeasureTarget.objects.select_related("partnership"), pk=target, partnership__in=partnerships_of(user)
    )
    check_can_manage_community(user, row.partnership_id)
    if row.withdrawn_at is not None:
        raise NotAllowed("This target was withdrawn already.")
    form = GovukForm(request.POST or None)
    if request.method == "POST" and saves(form, lambda: services.withdraw_target(target=row, by=user)):
        messages.success(request, "The target was withdrawn. It stays on the page, struck through.")
        return redirect("measure", row.partnership.slug, row.code)
    return form_page(
        request,
        form=form,
        heading="Withdraw this target?",
        caption=row.code,
        lead=f"From {row.baseline:f} to {row.figure:f} by {row.ends_on:%-d %B %Y}.",
        back=reverse("measure", args=[row.partnership.slug, row.code]),
        save="Withdraw it",
        warning=True,
    )


def _figure(request: HttpRequest, partnership: str, code: str) -> tuple[Figure, list[Figure]]:
    """The figure asked for, of a partnership that the person works in, and those it must be read together with."""
    whose = get_object_or_404(Partnership, slug=partnership, pk__in=partnerships_of(acting_user(request)))
    known = {figure.code: figure for figure in figures([whose], timezone.localdate())}
    if code not in known:
        raise Http404
    return known[code], [known[other] for other in known[code].beside]


def _said(figure: Figure) -> dict[str, str]:
    """The latest figure and the verdict, in words."""
    scored = figure.scored
    return {
        "latest": figure.words(figure.latest.figure) if figure.latest else "",
        "period": _period(figure.latest) if figure.latest else "",
        "before": figure.words(figure.before),
        "target": f"{figure.words(scored.target.figure)} by {scored.target.ends:%-d %B %Y}" if scored.target else "",
        "verdict": scored.verdict.label,
        "colour": COLOURS[scored.verdict],
        "because": scored.because,
    }


def _together(figure: Figure, other: Figure) -> list[tuple[str, str, str]]:
    """The two figures for each period that either has, the latest first."""
    periods: set[Period] = {(value.first_day, value.last_day) for one in (figure, other) for value in one.standing}
    rows = []
    for period in sorted(periods, key=lambda period: period[1], reverse=True):
        mine, theirs = figure.value_in(period), other.value_in(period)
        rows.append(
            (
                period_words(*period),
                figure.words(mine.figure) if mine else "–",
                other.words(theirs.figure) if theirs else "–",
            )
        )
    return rows


def _period(value: MeasureValue) -> str:
    return period_words(value.first_day, value.last_day)


def _caption(figure: Figure) -> str:
    return f"{figure.code}: {figure.rule.measure}"
