"""Saying why something that was promised has no place in a case."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from asb_cases.forms.base import ActForm
from asb_cases.forms.fields import happened_at
from asb_cases.models import Case
from asb_cases.policies import check_can_excuse
from asb_cases.promises import what_is_shown
from asb_cases.services import showing as service
from asb_cases.vocabulary import NotApplicable
from frontend.forms import govuk
from ledger.vocabulary import EventKind
from partners.models import User


class NotApplicableForm(ActForm):
    """One missing line of the case's promises, and the reason why it is not called for."""

    slug, title, menu = "not-applicable", "Say why a promise does not apply", "Why a promise does not apply here"
    lead = "Only for what must be shown. A promise with a deadline cannot be set aside in this way."
    saved = "The reason was recorded. The promise no longer counts as missing."
    records = (EventKind.NOT_APPLICABLE,)
    leads_to = "case_promises"
    whom = ""
    check = staticmethod(check_can_excuse)
    promise = govuk(
        forms.ChoiceField(label="Which promise?", widget=forms.RadioSelect), subject="which promise", small=True
    )
    reason = govuk(
        forms.TypedChoiceField(
            label="Why does it not apply?",
            choices=NotApplicable.choices,
            coerce=NotApplicable,
            widget=forms.RadioSelect,
        ),
        subject="why it does not apply",
        small=True,
    )
    at = happened_at("When was that settled?", "It must have been before the case was closed.")
    field_order = ("promise", "reason", "at", "note")

    def __init__(self, *args: Any, case: Case, user: User, **kwargs: Any) -> None:
        super().__init__(*args, case=case, user=user, **kwargs)
        self.lines = {line.key: line for line in what_is_shown(case).missing if line.excusable}
        field = self.fields["promise"]
        if self.asked.get("promise") in self.lines:
            # Led here from one promise: it alone is asked about.
            self.lines = {self.asked["promise"]: self.lines[self.asked["promise"]]}
            field.initial = self.asked["promise"]
        field.choices = [(key, f"{line.person}: {line.promises[0].summary}") for key, line in self.lines.items()]
        govuk(
            field,
            hints={key: " and ".join(each.source for each in line.promises) for key, line in self.lines.items()},
        )

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.cleaned_data.get("reason") is NotApplicable.OTHER and not self.cleaned_data.get("note"):
            self.add_error("note", ValidationError("Enter the reason in your own words"))
        return self.cleaned_data

    def save(self) -> None:
        data = self.cleaned_data
        line = self.lines[data["promise"]]
        service.say_not_applicable(
            case=self.case,
            promises=[promised.code for promised in line.promises],
            party=next((party for party in self.people.values() if party.pk == line.about), None),
            reason=data["reason"],
            at=data["at"],
            by=self.user,
            note=data["note"],
        )
