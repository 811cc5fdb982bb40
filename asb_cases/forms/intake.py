"""Recording a report."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BaseFormSet, formset_factory

from asb_cases.forms.fields import NOTE_LENGTH, PostcodeField, happened_at, strands
from asb_cases.forms.people import PersonForm
from asb_cases.services.intake import NewPerson, NewReport
from asb_cases.vocabulary import Category, ReportChannel, Strand
from frontend.forms import GovukForm, LongTextField, govuk
from partners.models import User
from partners.selectors import Desk, agencies_of

SOURCE = "form"


class ReportForm(GovukForm):
    """What a call-taker asks, danger first."""

    immediate_danger = govuk(
        forms.TypedChoiceField(
            label="Is anyone in immediate danger now?",
            choices=[("yes", "Yes"), ("no", "No")],
            coerce=lambda value: value == "yes",
            widget=forms.RadioSelect,
        ),
        subject="whether anyone is in immediate danger",
        inline=True,
        size="m",
    )
    channel = govuk(
        forms.ChoiceField(label="How was it reported?", choices=ReportChannel, widget=forms.RadioSelect),
        subject="how it was reported",
        small=True,
    )
    received_at = happened_at(
        "When was it received?",
        "When any agency of the partnership first received it. All deadlines start here.",
    )
    taken_for = forms.TypedChoiceField(label="Which agency took the report?")
    lead_agency = govuk(
        forms.TypedChoiceField(
            label="Which agency should lead?",
            help_text="It answers for the promises. It can be changed later; the deadlines do not change with it.",
            coerce=UUID,
        ),
        subject="the agency that should lead",
    )
    category = govuk(
        forms.ChoiceField(label="What kind of behaviour is it?", choices=[("", "Select a kind"), *Category.choices]),
        subject="the kind of behaviour",
    )
    description = govuk(
        LongTextField(
            label="What happened?",
            help_text="In the reporter’s own words where you can: what, when, how often, and what it does to them.",
            max_length=NOTE_LENGTH,
            widget=forms.Textarea(attrs={"rows": 6}),
        ),
        subject="what happened",
        count=True,
    )
    place = govuk(
        forms.CharField(
            label="Where did it happen?", max_length=200, required=False, help_text="Street, park or building"
        ),
        width="two-thirds",
    )
    postcode = PostcodeField()
    hate = govuk(
        forms.TypedChoiceField(
            label="Does the victim, or anybody else, see it as motivated by hostility or prejudice?",
            help_text="It is enough that somebody sees it so. Nobody has to prove it.",
            choices=[("yes", "Yes"), ("no", "No or not known")],
            coerce=lambda value: value == "yes",
            widget=forms.RadioSelect,
        ),
        subject="whether it is seen as motivated by hostility or prejudice",
        reveals={"yes": ["strands"]},
        small=True,
    )
    strands = strands()
    token = forms.CharField(widget=forms.HiddenInput, max_length=36)

    def __init__(self, *args: Any, desks: Sequence[Desk], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.desks = {str(desk.membership): desk for desk in desks}
        self.fields["token"].initial = uuid.uuid4
        taken_for = self.fields["taken_for"]
        taken_for.choices = [(key, f"{desk.agency_name}, {desk.partnership_name}") for key, desk in self.desks.items()]
        taken_for.initial = next(iter(self.desks))
        if len(self.desks) == 1:
            taken_for.widget = forms.HiddenInput()
        partnerships = list(dict.fromkeys(desk.partnership for desk in desks))
        names = {desk.partnership: desk.partnership_name for desk in desks}
        groups = [
            (names[partnership], [(agency.pk, agency.name) for agency in agencies_of(partnership)])
            for partnership in partnerships
        ]
        lead = self.fields["lead_agency"]
        lead.choices = groups[0][1] if len(groups) == 1 else groups
        lead.initial = next(iter(self.desks.values())).agency

    def clean(self) -> dict[str, Any]:
        super().clean()
        desk = self.desk
        lead = self.cleaned_data.get("lead_agency")
        if desk and lead and not agencies_of(desk.partnership).filter(pk=lead).exists():
            self.add_error("lead_agency", f"Select an agency of {desk.partnership_name}")
        return self.cleaned_data

    @property
    def desk(self) -> Desk | None:
        return self.desks.get(self.cleaned_data.get("taken_for", ""))

    def report(self, people: Sequence[NewPerson], by: User) -> NewReport:
        """The report as the services take it. Only for a valid form."""
        data, desk = self.cleaned_data, self.desks[self.cleaned_data["taken_for"]]
        return NewReport(
            partnership=desk.partnership,
            taken_for=desk.agency,
            taken_by=by.pk,
            lead_agency=data["lead_agency"],
            channel=ReportChannel(data["channel"]),
            received_at=data["received_at"],
            category=Category(data["category"]),
            description=data["description"],
            place=data["place"],
            postcode=data["postcode"],
            immediate_danger=data["immediate_danger"],
            hate=data["hate"],
            strands=tuple(Strand(strand) for strand in data["strands"] or ()),
            people=tuple(people),
            source=SOURCE,
            # One form makes one case, however often the button is pressed.
            external_reference=f"{by.pk}:{data['token']}",
        )


class BasePeopleFormSet(BaseFormSet):
    """The people of a report. Forms left blank are nobody: a report may be anonymous."""

    item_name = "Person"

    def initial_form_count(self) -> int:
        """Of what comes back no form was there first: each may be left blank, also one that was added and not used."""
        return 0 if self.is_bound else super().initial_form_count()

    @property
    def next_number(self) -> int | None:
        """The number of the person that may be added; None when there are as many as there may be."""
        number = len(self.forms) + 1
        return number if number <= self.max_num else None

    def people(self) -> list[NewPerson]:
        return [form.person() for form in self.forms if form.has_changed()]


MOST_PEOPLE = 20
PeopleFormSet: Any = formset_factory(
    PersonForm, formset=BasePeopleFormSet, extra=1, max_num=MOST_PEOPLE, absolute_max=MOST_PEOPLE, validate_max=True
)
