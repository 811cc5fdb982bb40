"""Recording another report from somebody who is in the case already."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms

from asb_cases.forms.base import ActForm
from asb_cases.forms.fields import happened_at, note
from asb_cases.models import Case
from asb_cases.policies import check_can_take_another_report
from asb_cases.services.repeats import receive_again
from asb_cases.vocabulary import ReportChannel
from frontend.forms import govuk
from ledger.vocabulary import EventKind
from partners.models import User


class ReportAgainForm(ActForm):
    slug, title, menu = "report-again", "Record another report from this person", "Another report from somebody in it"
    lead = (
        "The first report still decides by when things are due. A second report within six months is marked as "
        "repeated. If anybody is in danger now, call 999 and record the danger too."
    )
    saved = "The report was recorded."
    records = (EventKind.REPORT_RECEIVED, EventKind.REPORT_REPEATED)
    check = staticmethod(check_can_take_another_report)
    channel = govuk(
        forms.TypedChoiceField(
            label="How was it reported?", choices=ReportChannel.choices, coerce=ReportChannel, widget=forms.RadioSelect
        ),
        subject="how it was reported",
        small=True,
    )
    at = happened_at("When was it received?", "When any agency of the partnership received it.")
    note = note("What did they report?", "In their own words where you can.", required=True)
    token = forms.CharField(widget=forms.HiddenInput, max_length=36, required=False)
    field_order = ("channel", "at", "note", "token")

    def __init__(self, *args: Any, case: Case, user: User, **kwargs: Any) -> None:
        super().__init__(*args, case=case, user=user, **kwargs)
        self.fields["token"].initial = uuid.uuid4
        if "about" in self.fields:
            self.fields["about"].label = "Who reported it?"
            govuk(self.fields["about"], subject="who reported it")

    def save(self) -> None:
        data = self.cleaned_data
        if self.party is None:
            raise TypeError("Only somebody known by name can report again.")
        receive_again(
            case=self.case,
            party=self.party,
            channel=data["channel"],
            at=data["at"],
            by=self.user,
            description=data["note"],
            token=data["token"] or str(uuid.uuid4()),
        )
