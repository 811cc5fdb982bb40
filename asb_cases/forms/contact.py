"""Forms for reaching people and telling them things."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from asb_cases.forms.base import ActForm
from asb_cases.forms.fields import interval_amount, interval_unit, note
from asb_cases.models import Case
from asb_cases.policies import check_can_agree_later_date, check_can_confirm_unreachable
from asb_cases.selectors import in_words
from asb_cases.services import contact as service
from asb_cases.vocabulary import ContactChannel, PartyRole, ResponseAction
from frontend.forms import MomentField, govuk
from frontend.words import moment_words
from ledger.vocabulary import EventKind
from partners.models import User
from standards.selectors import deadline, still_owed

VICTIMS_AND_WITNESSES = (PartyRole.VICTIM, PartyRole.WITNESS)


def channel(label: str = "How?", only: Iterable[ContactChannel] = ContactChannel) -> forms.TypedChoiceField:
    field = forms.TypedChoiceField(
        label=label,
        choices=[(one.value, one.label) for one in only],
        coerce=ContactChannel,
        widget=forms.RadioSelect,
    )
    return govuk(field, subject="how", small=True)


class AttemptForm(ActForm):
    slug, title, menu = "attempt", "Record an attempt to reach somebody", "An attempt that did not reach them"
    lead = "A voicemail is an attempt, not a contact. No promise is kept by it, but enough attempts count."
    saved = "The attempt was recorded. Nothing stopped: the promise is still owed."
    records = (EventKind.CONTACT_ATTEMPTED,)
    channel = channel()
    field_order = ("channel", "at", "note")

    def save(self) -> None:
        data = self.cleaned_data
        service.log_attempt(
            case=self.case, party=self.party, channel=data["channel"], at=data["at"], by=self.user, note=data["note"]
        )


class ContactForm(ActForm):
    slug, title, menu = "contact", "Record a contact", "Contact: you spoke with them or they answered"
    saved = "The contact was recorded."
    records = (EventKind.CONTACT_MADE,)
    channel = channel()
    gave_update = forms.BooleanField(label="I gave them an update on progress", required=False)
    told_action = forms.BooleanField(label="I told them what action will be or has been taken", required=False)
    field_order = ("channel", "at", "gave_update", "told_action", "note")

    def save(self) -> None:
        data = self.cleaned_data
        service.log_contact(
            case=self.case,
            party=self.party,
            channel=data["channel"],
            at=data["at"],
            by=self.user,
            gave_update=data["gave_update"],
            told_action=data["told_action"],
            note=data["note"],
        )


class UpdateForm(ActForm):
    slug, title, menu = "update", "Record an update", "An update on progress"
    saved = "The update was recorded."
    records = (EventKind.UPDATE_GIVEN,)
    roles = VICTIMS_AND_WITNESSES
    channel = channel()
    field_order = ("channel", "at", "note")

    def save(self) -> None:
        data = self.cleaned_data
        service.log_update(
            case=self.case, party=self.party, channel=data["channel"], at=data["at"], by=self.user, note=data["note"]
        )


class ActionAdvisedForm(ActForm):
    slug, title, menu = (
        "action-advised",
        "Record that you told them what is done",
        "What action will be or has been taken",
    )
    saved = "It was recorded that they were told."
    records = (EventKind.ACTION_ADVISED,)
    channel = channel("How did you tell them?")
    field_order = ("channel", "at", "note")

    def save(self) -> None:
        data = self.cleaned_data
        service.log_action_advised(
            case=self.case, party=self.party, channel=data["channel"], at=data["at"], by=self.user, note=data["note"]
        )


class AcknowledgementForm(ActForm):
    slug, title, menu = "acknowledgement", "Record a written acknowledgement", "A written acknowledgement, sent by hand"
    lead = "E-mails that the system sends record themselves."
    saved = "The acknowledgement was recorded."
    records = (EventKind.ACKNOWLEDGEMENT_SENT,)
    roles = (PartyRole.REPORTER,)
    channel = channel("How was it sent?", (ContactChannel.LETTER, ContactChannel.TEXT, ContactChannel.EMAIL))
    field_order = ("channel", "at", "note")

    def save(self) -> None:
        data = self.cleaned_data
        service.log_acknowledgement(
            case=self.case, party=self.party, channel=data["channel"], at=data["at"], by=self.user, note=data["note"]
        )


class MeetingForm(ActForm):
    slug, title, menu = "meeting", "Record a meeting", "A meeting held"
    lead = "At a place and time agreed with them. A video meeting counts when they chose it."
    saved = "The meeting was recorded."
    records = (EventKind.MEETING_HELD,)

    def save(self) -> None:
        data = self.cleaned_data
        service.log_meeting(case=self.case, party=self.party, at=data["at"], by=self.user, note=data["note"])


class MeetingDeclinedForm(ActForm):
    slug, title, menu = "meeting-declined", "Record that a meeting was declined", "A meeting that they declined"
    saved = "It was recorded that the meeting was declined."
    records = (EventKind.MEETING_DECLINED,)

    def save(self) -> None:
        data = self.cleaned_data
        service.log_meeting_declined(case=self.case, party=self.party, at=data["at"], by=self.user, note=data["note"])


class ResponseForm(ActForm):
    slug, title, menu = "response", "Record a response", "A response: something was done about it"
    saved = "The response was recorded."
    records = (EventKind.RESPONSE_MADE,)
    whom = "everybody"
    roles = (PartyRole.VICTIM,)
    action = govuk(
        forms.TypedChoiceField(
            label="What was done?",
            choices=ResponseAction.choices,
            coerce=ResponseAction,
            widget=forms.RadioSelect,
        ),
        subject="what was done",
        small=True,
    )
    field_order = ("about", "action", "at", "note")

    def save(self) -> None:
        data = self.cleaned_data
        service.log_response(
            case=self.case, party=self.party, action=data["action"], at=data["at"], by=self.user, note=data["note"]
        )


class UpdatePreferenceForm(ActForm):
    slug, title, menu = "updates", "Record how often they want updates", "How often they want to hear from you"
    saved = "What was agreed about updates was recorded."
    records = (EventKind.UPDATES_AGREED, EventKind.UPDATES_DECLINED)
    roles = VICTIMS_AND_WITNESSES
    wanted = govuk(
        forms.ChoiceField(
            label="What was agreed?",
            choices=[("every", "An update every so often"), ("none", "No more updates, as they wish")],
            widget=forms.RadioSelect,
        ),
        subject="what was agreed",
        reveals={"every": ["amount", "unit"]},
    )
    amount = interval_amount()
    unit = interval_unit()
    field_order = ("wanted", "amount", "unit", "at", "note")

    def save(self) -> None:
        data = self.cleaned_data
        common: dict[str, Any] = {
            "case": self.case, "party": self.party, "at": data["at"], "by": self.user, "note": data["note"],
        }  # fmt: skip
        if data["wanted"] == "none":
            service.decline_updates(**common)
        else:
            service.agree_updates(amount=data["amount"], unit=data["unit"], **common)


class LaterDateForm(ActForm):
    slug, title, menu = "later-date", "Record a later date they asked for", "A later date that they asked for"
    lead = "Only when the person asks for it, and before the deadline. The first deadline stays on record."
    saved = "The later date was recorded."
    records = (EventKind.DEADLINE_VARIED,)
    whom = ""
    check = staticmethod(check_can_agree_later_date)
    clock = govuk(
        forms.ChoiceField(label="Which promise?", widget=forms.RadioSelect), subject="which promise", small=True
    )
    due_at = MomentField(label="By when instead?", subject="the new date and time", future=True)
    note = note("Why, in their words", required=True)
    field_order = ("clock", "due_at", "at", "note")

    def __init__(self, *args: Any, case: Case, user: User, **kwargs: Any) -> None:
        super().__init__(*args, case=case, user=user, **kwargs)
        names = {party.pk: party.person.short_name for party in case.parties.all()}
        self.clocks = {str(clock.pk): clock for clock in still_owed([case.pk]) if clock.about}
        self.fields["clock"].choices = [
            (pk, f"{in_words(clock, names).duty} by {moment_words(deadline(clock))}")
            for pk, clock in self.clocks.items()
        ]
        self.fields["at"].label = "When did they ask?"

    def save(self) -> None:
        data = self.cleaned_data
        service.vary_deadline(
            case=self.case,
            clock=self.clocks[data["clock"]],
            due_at=data["due_at"],
            at=data["at"],
            by=self.user,
            note=data["note"],
        )


class UnreachableForm(ActForm):
    slug, title, menu = "unreachable", "Confirm that somebody cannot be reached", "That they cannot be reached"
    lead = (
        "For team leads. The promise then counts as attempted, never as kept, if enough was tried before its deadline."
    )
    saved = "It was recorded that they cannot be reached."
    records = (EventKind.UNREACHABLE_CONFIRMED,)
    check = staticmethod(check_can_confirm_unreachable)
    note = note("What was tried", required=True)

    def save(self) -> None:
        data = self.cleaned_data
        service.confirm_unreachable(case=self.case, party=self.party, at=data["at"], by=self.user, note=data["note"])
