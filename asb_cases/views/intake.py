"""Taking reports."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from asb_cases.forms.intake import BasePeopleFormSet, PeopleFormSet, ReportForm
from asb_cases.forms.risk import ForwardForm
from asb_cases.models import Case
from asb_cases.policies import CALL_TAKERS, check_can_forward, check_can_take_reports
from asb_cases.selectors import owed_in, reports_taken_by, visible_to, with_people
from asb_cases.services.intake import receive_report
from asb_cases.views.common import acting_user, case_form, needs, page, saves
from partners.models import User
from partners.policies import allowed
from partners.selectors import desks_as
from partners.vocabulary import AgencyKind

PER_PAGE = 25


@needs(check_can_take_reports)
def record_report(request: HttpRequest) -> HttpResponse:
    """The report form. "Add another person" comes back with one more person and everything typed kept."""
    user = acting_user(request)
    desks = desks_as(user, CALL_TAKERS)
    # A person may call-take and lead for the same agency; it is one desk to report at.
    desks = tuple({desk.membership: desk for desk in desks}.values())
    if request.method != "POST":
        return _form_page(request, ReportForm(desks=desks), PeopleFormSet(prefix="people"))
    if "add_person" in request.POST:
        return _with_another_person(request, ReportForm(request.POST, desks=desks))
    form, people = ReportForm(request.POST, desks=desks), PeopleFormSet(request.POST, prefix="people")
    good = form.is_valid()
    if people.is_valid() and good:
        opened: list[Case] = []
        if saves(form, lambda: opened.append(receive_report(form.report(people.people(), user)))):
            return redirect("report_received", opened[0].pk)
    return _form_page(request, form, people)


def _with_another_person(request: HttpRequest, form: ReportForm) -> HttpResponse:
    # Shown as typed, without complaints: nobody has said that it is finished.
    form = ReportForm(initial={name: form[name].value() for name in form.fields}, desks=tuple(form.desks.values()))
    typed = PeopleFormSet(request.POST, prefix="people")
    initial = [{name: one[name].value() for name in one.fields} for one in typed.forms]
    people = PeopleFormSet(prefix="people", initial=initial)
    return _form_page(request, form, people)


def _form_page(request: HttpRequest, form: ReportForm, people: BasePeopleFormSet) -> HttpResponse:
    # Also as `formset`: the layout puts "Error:" before the title when it has errors.
    response = page(request, "asb_cases/report_form.html", form=form, people=people, formset=people)
    if people.is_bound and not people.is_valid():
        response.status_code = 422
    return response


@require_safe
@needs(check_can_take_reports)
def report_received(request: HttpRequest, case: UUID) -> HttpResponse:
    """What the call-taker reads out: the reference, and what is promised to whom by when."""
    opened = get_object_or_404(with_people(_cases_taken_by(acting_user(request))), pk=case)
    # Of several reports in the case her own: another may have been taken since, by somebody else.
    report = (
        reports_taken_by(acting_user(request)).select_related("taken_for").filter(case=opened.pk).latest("entered_at")
    )
    to_police = (
        opened.immediate_danger
        and report.taken_for.kind != AgencyKind.POLICE
        and allowed(check_can_forward, request.user, opened)
    )
    return page(
        request,
        "asb_cases/report_received.html",
        case=opened,
        owed=owed_in([opened])[opened.pk],
        to_police=to_police,
        may_open=visible_to(acting_user(request)).filter(pk=opened.pk).exists(),
    )


@needs(check_can_take_reports)
def forward_report(request: HttpRequest, case: UUID) -> HttpResponse:
    """Recording, straight after taking a report, that the police have it."""
    user = acting_user(request)
    taken = get_object_or_404(with_people(_cases_taken_by(user)), pk=case)
    check_can_forward(user, taken)
    form = ForwardForm(request.POST or None, case=taken, user=user)
    if request.method == "POST" and form.is_valid() and saves(form, form.save):
        return redirect("report_received", taken.pk)
    back = ("Back to the report", reverse("report_received", args=[taken.pk]))
    return case_form(request, form=form, case=taken, heading=form.title, back=back)


@require_safe
@needs(check_can_take_reports)
def reports_taken(request: HttpRequest) -> HttpResponse:
    """The reports a person took, newest first."""
    listing = Paginator(reports_taken_by(acting_user(request)), PER_PAGE).get_page(request.GET.get("page"))
    return page(request, "asb_cases/reports_taken.html", listing=listing, now=timezone.now())


def _cases_taken_by(user: User) -> QuerySet[Case]:
    taken = reports_taken_by(user).values("case")
    return Case.objects.filter(pk__in=taken).select_related("matter__agency", "matter__partnership")
