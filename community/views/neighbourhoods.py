"""Neighbourhoods, what is owed to them and by whom, and the channels by which the public is reached."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from community.forms.duties import (
    ChannelForm,
    EndForm,
    HandOverForm,
    NeighbourhoodForm,
    PartnershipDutyForm,
    RenameForm,
)
from community.models import Channel
from community.policies import check_can_manage_community, check_can_read_community
from community.selectors import neighbourhoods_visible_to, open_duties_visible_to, place_of, places
from community.views.common import acting_user, form_page, needs, page, saves, sections
from partners.models import Neighbourhood, User
from partners.policies import NotAllowed, allowed
from partners.selectors import desks_as
from partners.vocabulary import Role
from standards.vocabulary import MatterKind


@require_safe
@needs(check_can_read_community)
def neighbourhoods(request: HttpRequest) -> HttpResponse:
    user = acting_user(request)
    return page(
        request,
        "community/neighbourhoods.html",
        sections=sections("neighbourhoods"),
        groups=places(user),
        may_manage=allowed(check_can_manage_community, user),
        now=timezone.now(),
    )


@needs(check_can_manage_community)
def add_neighbourhood(request: HttpRequest) -> HttpResponse:
    form = NeighbourhoodForm(request.POST or None, user=acting_user(request))
    if request.method == "POST" and form.is_valid() and saves(form, form.save):
        messages.success(request, f"{form.cleaned_data['name']} was added, and what it is owed has begun.")
        return redirect("neighbourhoods")
    return form_page(
        request, form=form, heading="Add a neighbourhood", back=reverse("neighbourhoods"), save="Add the neighbourhood"
    )


@needs(check_can_read_community)
def rename_neighbourhood(request: HttpRequest, neighbourhood: UUID) -> HttpResponse:
    one = _managed(request, neighbourhood)
    form = RenameForm(request.POST or None, user=acting_user(request), neighbourhood=one)
    if request.method == "POST" and form.is_valid() and saves(form, form.save):
        messages.success(request, "The neighbourhood was renamed.")
        return redirect("neighbourhoods")
    return form_page(
        request, form=form, heading="Rename a neighbourhood", caption=one.name, back=reverse("neighbourhoods")
    )


@needs(check_can_read_community)
def end_neighbourhood(request: HttpRequest, neighbourhood: UUID) -> HttpResponse:
    one = _managed(request, neighbourhood)
    form = EndForm(request.POST or None, user=acting_user(request), thing=one)
    if request.method == "POST" and form.is_valid() and saves(form, form.save):
        messages.success(request, "The neighbourhood was ended. What was kept and missed stays as it was.")
        return redirect("neighbourhoods")
    return form_page(
        request,
        form=form,
        heading="End a neighbourhood",
        caption=one.name,
        lead="Nothing more is owed to it after its last day. What was kept and missed until then stays as it was.",
        back=reverse("neighbourhoods"),
        save="End the neighbourhood",
        warning=True,
    )


@needs(check_can_manage_community)
def begin_duty(request: HttpRequest) -> HttpResponse:
    """Once for each partnership."""
    user = acting_user(request)
    begun = open_duties_visible_to(user).filter(kind=MatterKind.PARTNERSHIP).values_list("partnership", flat=True)
    form = PartnershipDutyForm(request.POST or None, user=user, but=list(begun))
    if not form.memberships:
        raise NotAllowed("The partnership’s own duty has begun already. Hand it over instead.")
    if request.method == "POST" and form.is_valid() and saves(form, form.save):
        messages.success(request, "What the partnership owes the public has begun.")
        return redirect("neighbourhoods")
    return form_page(
        request,
        form=form,
        heading="Begin the partnership’s own duty",
        lead="What the standards ask of the partnership as a whole: to publish, to review, to take surveys.",
        back=reverse("neighbourhoods"),
        save="Begin the duty",
    )


@needs(check_can_read_community)
def hand_over_duty(request: HttpRequest, duty: UUID) -> HttpResponse:
    user = acting_user(request)
    matter = get_object_or_404(open_duties_visible_to(user), pk=duty)
    check_can_manage_community(user, matter.partnership_id)
    form = HandOverForm(request.POST or None, user=user, duty=matter)
    if request.method == "POST" and form.is_valid() and saves(form, form.save):
        messages.success(request, "The duty was handed over. Its deadlines stay as they are.")
        return redirect("neighbourhoods")
    return form_page(
        request,
        form=form,
        heading="Change who answers for it",
        caption=place_of(matter),
        lead="Deadlines stay as they are, and what was missed stays with those who answered for it.",
        back=reverse("neighbourhoods"),
    )


# --- channels -----------------------------------------------------------------------------------------


@needs(check_can_manage_community)
def channels(request: HttpRequest) -> HttpResponse:
    user = acting_user(request)
    form = ChannelForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid() and saves(form, form.save):
        messages.success(request, "The channel was added.")
        return redirect("channels")
    listed = Channel.objects.filter(partnership__in=list(form.managed)).select_related("partnership")
    return form_page(
        request,
        form=form,
        heading="Channels",
        back=reverse("neighbourhoods"),
        template="community/channels.html",
        in_use=[one for one in listed if one.valid_to is None],
        retired=[one for one in listed if one.valid_to],
        several=len(form.managed) > 1,
    )


@needs(check_can_manage_community)
def retire_channel(request: HttpRequest, channel: int) -> HttpResponse:
    user = acting_user(request)
    mine = [desk.partnership for desk in desks_as(user, (Role.MANAGER,))]
    one = get_object_or_404(Channel, pk=channel, partnership__in=mine, valid_to__isnull=True)
    form = EndForm(request.POST or None, user=user, thing=one)
    if request.method == "POST" and form.is_valid() and saves(form, form.save):
        messages.success(request, "The channel was retired. What was recorded by it stays.")
        return redirect("channels")
    return form_page(
        request, form=form, heading="Retire a channel", caption=one.name, back=reverse("channels"),
        save="Retire the channel", warning=True,
    )  # fmt: skip


def _managed(request: HttpRequest, neighbourhood: UUID) -> Neighbourhood:
    """One that goes on, for its manager; others see it and are told why not."""
    user: User = acting_user(request)
    one = get_object_or_404(neighbourhoods_visible_to(user), pk=neighbourhood, valid_to__isnull=True)
    check_can_manage_community(user, one.partnership_id)
    return one
