"""Somebody in a report or a case."""

from __future__ import annotations

from typing import Any

from django import forms

from asb_cases.forms.fields import PostcodeField, TelephoneField, happened_at
from asb_cases.services.intake import NewPerson
from asb_cases.vocabulary import PartyRole
from frontend.forms import GovukForm, govuk


class PersonForm(GovukForm):
    """Who, what they are in it, and how to reach them safely."""

    roles = govuk(
        forms.MultipleChoiceField(
            label="What are they in this?",
            help_text="Select all that apply.",
            choices=[
                (PartyRole.VICTIM, "They are harmed by it"),
                (PartyRole.WITNESS, "They saw or heard it"),
                (PartyRole.REPORTER, "They reported it"),
            ],
            widget=forms.CheckboxSelectMultiple,
        ),
        subject="what they are in this",
        small=True,
    )
    title = govuk(forms.CharField(label="Title", max_length=20, required=False), mark_optional=False)
    given_name = forms.CharField(label="First name", max_length=80, required=False)
    family_name = govuk(forms.CharField(label="Last name", max_length=80), subject="the person’s last name")
    telephone = TelephoneField()
    # Not the officer's own, which her browser knows.
    email = forms.EmailField(
        label="E-mail address", required=False, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    address = forms.CharField(label="Address", max_length=200, required=False)
    postcode = PostcodeField()
    may_write = govuk(
        forms.TypedChoiceField(
            label="Is it safe to write to them?",
            help_text="Letters, texts and e-mails may be seen by others in the home. "
            "If it is safe and there is an e-mail address, an acknowledgement is sent to whoever reported.",
            choices=[("yes", "Yes"), ("no", "No")],
            initial="yes",
            coerce=lambda value: value == "yes",
            widget=forms.RadioSelect,
        ),
        subject="whether it is safe to write to them",
        inline=True,
        small=True,
    )
    safe_contact = govuk(
        forms.CharField(
            label="When and how is contact safe?",
            max_length=300,
            required=False,
            help_text="For example: call between 9 and 3, never leave a message",
        ),
        width="two-thirds",
    )

    def person(self) -> NewPerson:
        """The person as the services take them."""
        data: dict[str, Any] = {**self.cleaned_data}
        data.pop("DELETE", None)
        data.pop("known_since", None)
        return NewPerson(**{**data, "roles": tuple(PartyRole(role) for role in data["roles"])})


class AddPersonForm(PersonForm):
    """Somebody who joins a case that is open already."""

    known_since = happened_at(
        "When did any agency first know of them?",
        "If they were part of the first report, give the time of that report: what is owed to them runs from then.",
    )
