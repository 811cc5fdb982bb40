"""Agreeing an action plan."""

from __future__ import annotations

from django import forms

from asb_cases.forms.base import ActForm
from asb_cases.forms.fields import interval_amount, interval_unit, note
from asb_cases.services import plan as service
from asb_cases.vocabulary import PartyRole
from frontend.forms import govuk
from ledger.vocabulary import EventKind
from standards.calendar import Unit


class PlanForm(ActForm):
    slug, title, menu = "plan", "Record an agreed action plan", "An action plan agreed with them"
    lead = "From then on they are owed updates: as often as you agree here, otherwise at the partnership’s interval."
    saved = "The agreed plan was recorded."
    records = (EventKind.PLAN_AGREED,)
    roles = (PartyRole.VICTIM,)
    interval = govuk(
        forms.ChoiceField(
            label="Did you agree how often to update them?",
            choices=[("yes", "Yes"), ("no", "No, use the partnership’s interval")],
            widget=forms.RadioSelect,
        ),
        subject="whether you agreed how often to update them",
        reveals={"yes": ["amount", "unit"]},
    )
    amount = interval_amount()
    unit = interval_unit()
    note = note("What was agreed")
    field_order = ("interval", "amount", "unit", "at", "note")

    def save(self) -> None:
        data = self.cleaned_data
        agreed = data["interval"] == "yes"
        service.agree_plan(
            case=self.case,
            party=self.party,
            at=data["at"],
            by=self.user,
            update_amount=data["amount"] if agreed else None,
            update_unit=data["unit"] if agreed else Unit.WORKING_DAYS,
            note=data["note"],
        )
