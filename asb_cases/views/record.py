"""Recording what happened."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from asb_cases.forms.acts import ACTS, GROUPS
from asb_cases.forms.closing import CloseForm, CorrectionForm
from asb_cases.forms.people import AddPersonForm
from asb_cases.policies import check_can_correct, check_can_record, check_can_withdraw, check_can_work_cases
from asb_cases.services.people import add_person
from asb_cases.timeline import timeline
from asb_cases.views.common import acting_user, case_form, needs, page, saves, visible_case
from asb_cases.views.promises import closing
from ledger.models import Event
from partners.policies import allowed


@require_safe
@needs(check_can_work_cases)
def record_menu(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything that can be recorded, for people who do not know where to look."""
    case = visible_case(request, reference)
    check_can_record(acting_user(request), case)
    groups = [(title, [form for form in forms if allowed(form.check, request.user, case)]) for title, forms in GROUPS]
    return page(request, "asb_cases/record_menu.html", case=case, groups=groups)


@needs(check_can_work_cases)
def record_act(request: HttpRequest, reference: str, slug: str) -> HttpResponse:
    if slug not in ACTS:
        raise Http404
    case, user = visible_case(request, reference), acting_user(request)
    act = ACTS[slug]
    act.check(user, case)
    form = act(request.POST or None, case=case, user=user, asked=request.GET.dict())
    if request.method == "POST" and form.is_valid() and saves(form, form.save):
        messages.success(request, act.saved)
        return redirect(act.leads_to, reference)
    at_closing = closing(case, user) if act is CloseForm else {}
    return case_form(
        request,
        form=form,
        case=case,
        heading=act.title,
        lead=act.lead,
        template="asb_cases/record_act.html",
        **at_closing,
        now=timezone.now(),
    )


@needs(check_can_work_cases)
def add_somebody(request: HttpRequest, reference: str) -> HttpResponse:
    case, user = visible_case(request, reference), acting_user(request)
    check_can_record(user, case)
    form = AddPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        known_since = form.cleaned_data["known_since"]
        if saves(form, lambda: add_person(case=case, person=form.person(), known_since=known_since, by=user)):
            messages.success(request, "The person was added. What is now owed to them is shown below.")
            return redirect("case", reference)
    return case_form(request, form=form, case=case, heading="Add a person", template="asb_cases/add_person.html")


@needs(check_can_work_cases)
def correct_entry(request: HttpRequest, reference: str, event: UUID) -> HttpResponse:
    case, user = visible_case(request, reference), acting_user(request)
    entry = get_object_or_404(Event, pk=event, matter=case.pk)
    check_can_correct(user, case, entry)
    form = CorrectionForm(
        request.POST or None,
        case=case,
        user=user,
        event=entry,
        may_withdraw=allowed(check_can_withdraw, user, case, entry),
    )
    if request.method == "POST" and form.is_valid() and saves(form, form.save):
        messages.success(request, "The entry was corrected and the deadlines were judged again.")
        return redirect("case_timeline", reference)
    item = next(item for item in timeline(case, user) if item.event.pk == entry.pk)
    return case_form(
        request,
        form=form,
        case=case,
        heading="Correct an entry",
        back=("Back to the timeline", reverse("case_timeline", args=[reference])),
        template="asb_cases/correct_entry.html",
        item=item,
    )
