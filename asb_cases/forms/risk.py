"""Risk, hate and danger."""

from __future__ import annotations

from django import forms

from asb_cases.forms.base import ActForm
from asb_cases.forms.fields import note, strands
from asb_cases.policies import check_can_forward
from asb_cases.services import risk as service
from asb_cases.vocabulary import PartyRole, RiskBand, Strand
from frontend.forms import govuk
from ledger.vocabulary import EventKind


class RiskForm(ActForm):
    slug, title, menu = "risk", "Record a risk assessment", "The result of a risk assessment matrix"
    lead = "Until somebody is assessed, they count as high risk."
    saved = "The risk assessment was recorded."
    records = (EventKind.RISK_ASSESSED,)
    roles = (PartyRole.VICTIM, PartyRole.WITNESS)
    band = govuk(
        forms.TypedChoiceField(
            label="Which band?", choices=RiskBand.choices, coerce=RiskBand, widget=forms.RadioSelect
        ),
        subject="the band",
        small=True,
    )
    score = govuk(
        forms.IntegerField(
            label="Score", min_value=0, max_value=200, required=False, help_text="If your matrix gives one"
        ),
        width=3,
    )
    note = note("What the assessment found, or why you overrode the score")
    field_order = ("band", "score", "at", "note")

    def save(self) -> None:
        data = self.cleaned_data
        service.record_assessment(
            case=self.case,
            party=self.party,
            band=data["band"],
            score=data["score"],
            at=data["at"],
            by=self.user,
            note=data["note"],
        )


class HateForm(ActForm):
    slug, title, menu = "hate", "Record that it is seen as hate crime", "That it is seen as hate crime"
    lead = (
        "It is enough that the victim or anybody else sees it as motivated by hostility or prejudice. "
        "A shorter promise may take the place of the present one, counted from when the report was received."
    )
    saved = "It was recorded as hate crime. The promises now owed are shown below."
    records = (EventKind.HATE_IDENTIFIED,)
    whom = "everybody"
    roles = (PartyRole.VICTIM,)
    strands = strands()
    field_order = ("about", "strands", "at", "note")

    def save(self) -> None:
        data = self.cleaned_data
        strands = [Strand(strand) for strand in data["strands"]]
        service.identify_hate(
            case=self.case, party=self.party, strands=strands, at=data["at"], by=self.user, note=data["note"]
        )


class DangerForm(ActForm):
    slug, title, menu = "danger", "Record immediate danger", "That somebody is in immediate danger"
    lead = "Call 999 first. Recording comes after."
    saved = "The immediate danger was recorded."
    records = (EventKind.IMMEDIATE_NEED,)
    whom = ""

    def save(self) -> None:
        data = self.cleaned_data
        service.identify_immediate_need(case=self.case, at=data["at"], by=self.user, note=data["note"])


class ForwardForm(ActForm):
    slug, title, menu = "forwarded", "Record that the police have it", "That you forwarded it to the police"
    saved = "It was recorded that the police have it."
    records = (EventKind.POLICE_FORWARDED,)
    whom = ""
    check = staticmethod(check_can_forward)
    note = note("Police reference, and who took it", required=True)

    def save(self) -> None:
        data = self.cleaned_data
        service.forward_to_police(case=self.case, at=data["at"], by=self.user, note=data["note"])
