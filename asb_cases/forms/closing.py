"""Closing a case, putting entries right, and handing a case over."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from asb_cases.forms.base import ActForm
from asb_cases.forms.fields import happened_at, note
from asb_cases.models import Case
from asb_cases.policies import CASEWORKERS, check_can_reopen
from asb_cases.services import closure, corrections, ownership
from asb_cases.vocabulary import ClosureOutcome, TransferReason
from frontend.forms import GovukForm, govuk
from ledger.models import Event
from ledger.vocabulary import EventKind
from partners.models import User
from partners.selectors import agencies_of, staff_as


class CloseForm(ActForm):
    slug, title, menu = "close", "Close the case", "That the case is closed"
    lead = "Updates end with it. Whatever else was promised and not done stays owed, and will count as missed."
    saved = "The case was closed."
    records = (EventKind.MATTER_CLOSED,)
    whom = ""
    outcome = govuk(
        forms.TypedChoiceField(
            label="How did it end?", choices=ClosureOutcome.choices, coerce=ClosureOutcome, widget=forms.RadioSelect
        ),
        subject="how it ended",
        small=True,
    )
    note = note("Why it is closed", required=True)
    field_order = ("outcome", "at", "note")

    def save(self) -> None:
        data = self.cleaned_data
        closure.close_case(case=self.case, outcome=data["outcome"], at=data["at"], by=self.user, note=data["note"])


class ReopenForm(ActForm):
    slug, title, menu = "reopen", "Open the case again", "That the case is opened again"
    lead = "What was promised from the first report on is promised again, counted from when it is opened again."
    saved = "The case is open again. The promises now owed are shown below."
    records = (EventKind.MATTER_REOPENED,)
    whom = ""
    check = staticmethod(check_can_reopen)
    note = note("Why it is opened again", required=True)

    def save(self) -> None:
        data = self.cleaned_data
        closure.reopen_case(case=self.case, at=data["at"], by=self.user, note=data["note"])


class CorrectionForm(GovukForm):
    """An entry that is wrong: it should not be there, or it happened at another time."""

    what = govuk(
        forms.ChoiceField(
            label="What is wrong with it?",
            choices=[("time", "It happened at another time"), ("withdraw", "It should not have been entered")],
            widget=forms.RadioSelect,
        ),
        subject="what is wrong with it",
        reveals={"time": ["at"]},
    )
    at = happened_at("When did it really happen?", "Deadlines are judged again by this time.")
    note = note(
        "Why are you correcting it?", "The first entry stays in the record, with yours beside it.", required=True
    )

    def __init__(self, *args: Any, case: Case, user: User, event: Event, may_withdraw: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.user, self.event = case, user, event
        self.fields["at"].initial = event.occurred_at
        if not may_withdraw:
            what = self.fields["what"]
            what.choices = [choice for choice in what.choices if choice[0] == "time"]
            what.initial = "time"

    def save(self) -> None:
        data = self.cleaned_data
        common: dict[str, Any] = {"case": self.case, "event": self.event, "by": self.user, "note": data["note"]}
        if data["what"] == "withdraw":
            corrections.withdraw_entry(**common)
        else:
            corrections.correct_time(at=data["at"], **common)


class AssignForm(GovukForm):
    officer = govuk(
        forms.ModelChoiceField(
            label="Who takes the case?", queryset=User.objects.none(), empty_label="Select an officer"
        ),
        subject="who takes the case",
    )

    def __init__(self, *args: Any, case: Case, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.user = case, user
        matter = case.matter
        officer = self.fields["officer"]
        officer.queryset = staff_as(CASEWORKERS, partnership=matter.partnership_id, agency=matter.agency_id)
        officer.initial = matter.officer_id

    def save(self) -> None:
        ownership.assign_officer(case=self.case, officer=self.cleaned_data["officer"], by=self.user)


class TransferForm(GovukForm):
    agency = govuk(
        forms.TypedChoiceField(label="Which agency takes the case?", coerce=UUID, widget=forms.RadioSelect),
        subject="the agency that takes the case",
        small=True,
    )
    reason = govuk(
        forms.TypedChoiceField(
            label="Why?", choices=TransferReason.choices, coerce=TransferReason, widget=forms.RadioSelect
        ),
        subject="why another agency takes the case",
        small=True,
    )

    def __init__(self, *args: Any, case: Case, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.user = case, user
        others = agencies_of(case.matter.partnership_id).exclude(pk=case.matter.agency_id)
        self.fields["agency"].choices = [(agency.pk, agency.name) for agency in others]

    def save(self) -> None:
        data = self.cleaned_data
        ownership.transfer_case(case=self.case, agency=data["agency"], reason=data["reason"], by=self.user)
