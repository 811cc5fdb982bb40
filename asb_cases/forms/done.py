"""Forms for what is done besides contacts, meetings and plans: several things at once, or one with a detail."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from asb_cases.forms.base import ActForm
from asb_cases.forms.contact import channel
from asb_cases.forms.fields import note
from asb_cases.models import Case, Party
from asb_cases.policies import CASEWORKERS, check_can_record_done
from asb_cases.promises import what_is_shown
from asb_cases.services import showing as service
from asb_cases.vocabulary import DONE, Intervention, PartyRole
from frontend.forms import govuk
from ledger.vocabulary import EventKind
from partners.models import User
from partners.selectors import agencies_of, staff_as
from standards.charter import Kind
from standards.selectors import kinds_asked_for

OUTSIDE = "outside"


class DoneForm(ActForm):
    """What was done on one occasion: tick all of it. Only what the case's promises ask for is offered."""

    slug, title, menu = "done", "Record that something was done", "Other things that were done: tick several at once"
    lead = "Tick everything that was done on the same occasion. It counts for each promise that asks for it."
    saved = "It was recorded. What the case still has to show is below."
    records = tuple(kind for _, _, kinds in DONE for kind in kinds)
    leads_to = "case_promises"
    whom = "everybody"
    whom_label = "For whom?"
    check = staticmethod(check_can_record_done)

    def __init__(self, *args: Any, case: Case, user: User, **kwargs: Any) -> None:
        super().__init__(*args, case=case, user=user, **kwargs)
        asked_for = kinds_asked_for(case.matter.charter_id, case.matter.layer_id, Kind.CASE)
        still_to_show = {kind for line in what_is_shown(case).missing if not line.late for kind in line.kinds}
        hints = dict.fromkeys(still_to_show, "Not shown yet")
        self.groups = [name for name, _, kinds in DONE if asked_for.intersection(kinds)]
        ticks = {
            name: self._ticks(label, [kind for kind in kinds if kind in asked_for], hints)
            for name, label, kinds in DONE
            if name in self.groups
        }
        self.fields = {**ticks, **self.fields}
        if "about" in self.fields:
            self.fields["about"].help_text = "What is done in the case as a whole counts for everybody, whoever it is."

    def _ticks(self, label: str, kinds: list[EventKind], hints: dict[EventKind, str]) -> forms.MultipleChoiceField:
        field = forms.MultipleChoiceField(
            label=label,
            choices=[(kind.value, kind.label) for kind in kinds],
            required=False,
            widget=forms.CheckboxSelectMultiple,
            initial=[kind for kind in kinds if kind == self.asked.get("what")],
        )
        return govuk(field, small=True, mark_optional=False, hints=hints)

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.groups and not self.kinds and not any(name in self.errors for name in self.groups):
            self.add_error(self.groups[0], ValidationError("Select what was done"))
        return self.cleaned_data

    @property
    def kinds(self) -> list[EventKind]:
        return [EventKind(kind) for name in self.groups for kind in self.cleaned_data.get(name) or ()]

    def people_concerned(self) -> list[Party]:
        return [self.party] if self.party else list(self.people.values())

    def save(self) -> None:
        data = self.cleaned_data
        service.record_done(
            case=self.case,
            kinds=self.kinds,
            people=self.people_concerned(),
            at=data["at"],
            by=self.user,
            note=data["note"],
        )


class InterventionForm(ActForm):
    slug, title, menu = "intervention", "Record an intervention", "Something done towards those responsible"
    saved = "The intervention was recorded."
    records = (EventKind.INTERVENTION_MADE,)
    leads_to = "case_promises"
    whom = ""
    means = govuk(
        forms.TypedChoiceField(
            label="What kind was it?", choices=Intervention.choices, coerce=Intervention, widget=forms.RadioSelect
        ),
        subject="what kind it was",
        small=True,
    )
    note = note("What was done")
    field_order = ("means", "at", "note")

    def save(self) -> None:
        data = self.cleaned_data
        service.record_intervention(case=self.case, means=data["means"], at=data["at"], by=self.user, note=data["note"])


class ReferralForm(ActForm):
    slug, title, menu = "referral", "Record a referral to another agency", "A referral to the agency responsible"
    lead = "The case stays yours. To hand it over, change its lead agency instead."
    saved = "The referral was recorded."
    records = (EventKind.REFERRAL_MADE, EventKind.REFERRAL_ACCEPTED)
    leads_to = "case_promises"
    whom = ""
    agency = govuk(forms.ChoiceField(label="Which agency?", widget=forms.RadioSelect), subject="the agency", small=True)
    what = govuk(
        forms.ChoiceField(
            label="What happened?",
            choices=[
                ("made", "We referred it to them"),
                ("accepted", "They accepted it"),
                ("both", "We referred it and they accepted it"),
            ],
            widget=forms.RadioSelect,
        ),
        subject="what happened",
        small=True,
    )
    field_order = ("agency", "what", "at", "note")

    def __init__(self, *args: Any, case: Case, user: User, **kwargs: Any) -> None:
        super().__init__(*args, case=case, user=user, **kwargs)
        agencies = [(str(agency.pk), agency.name) for agency in agencies_of(case.matter.partnership_id)]
        self.fields["agency"].choices = [*agencies, (OUTSIDE, "An agency outside the partnership: say which below")]
        self.fields["what"].initial = {"referral.made": "made", "referral.accepted": "accepted"}.get(
            self.asked.get("what", "")
        )

    def save(self) -> None:
        data = self.cleaned_data
        service.record_referral(
            case=self.case,
            agency=None if data["agency"] == OUTSIDE else UUID(data["agency"]),
            made=data["what"] in {"made", "both"},
            accepted=data["what"] in {"accepted", "both"},
            at=data["at"],
            by=self.user,
            note=data["note"],
        )


class ChannelForm(ActForm):
    slug, title, menu = "channel", "Record how they want to be contacted", "How they want to be contacted"
    saved = "What was agreed about contact was recorded."
    records = (EventKind.CHANNEL_AGREED,)
    leads_to = "case_promises"
    channel = channel("How do they want to be contacted?")
    note = note("What was agreed", "When it is safe, and what to leave out.")
    field_order = ("channel", "at", "note")

    def save(self) -> None:
        data = self.cleaned_data
        service.agree_channel(
            case=self.case, party=self.party, channel=data["channel"], at=data["at"], by=self.user, note=data["note"]
        )


class UnwantedContactForm(ActForm):
    slug, title, menu = (
        "unwanted-contact",
        "Record a contact that was not agreed",
        "That they were contacted in a way not agreed",
    )
    lead = "A promise that was broken stays broken. Recording it shows what has to change."
    saved = "It was recorded."
    records = (EventKind.CONTACT_UNWANTED,)
    leads_to = "case_promises"
    channel = channel("How were they contacted?")
    note = note("What happened", required=True)
    field_order = ("channel", "at", "note")

    def save(self) -> None:
        data = self.cleaned_data
        service.record_unwanted_contact(
            case=self.case, party=self.party, channel=data["channel"], at=data["at"], by=self.user, note=data["note"]
        )


class SpocForm(ActForm):
    slug, title, menu = "spoc", "Name whom they turn to", "Who their one contact is"
    saved = "Their contact was recorded."
    records = (EventKind.SPOC_NAMED,)
    leads_to = "case_promises"
    roles = (PartyRole.VICTIM, PartyRole.WITNESS)
    officer = govuk(
        forms.ModelChoiceField(
            label="Who is their contact?", queryset=User.objects.none(), empty_label="Select an officer"
        ),
        subject="who their contact is",
    )
    told = forms.BooleanField(label="I gave them the name and contact details", required=False)
    field_order = ("officer", "at", "told", "note")

    def __init__(self, *args: Any, case: Case, user: User, **kwargs: Any) -> None:
        super().__init__(*args, case=case, user=user, **kwargs)
        matter = case.matter
        officer = self.fields["officer"]
        officer.queryset = staff_as(CASEWORKERS, partnership=matter.partnership_id, agency=matter.agency_id)
        officer.initial = matter.officer_id

    def save(self) -> None:
        data = self.cleaned_data
        service.name_contact(
            case=self.case,
            party=self.party,
            officer=data["officer"],
            told=data["told"],
            at=data["at"],
            by=self.user,
            note=data["note"],
        )
