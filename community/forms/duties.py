"""Forms for neighbourhoods, standing duties and channels. Each hands its answers to a service by `save`."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone

from asb_cases.policies import CASEWORKERS
from community.models import Channel
from community.services import duties
from community.vocabulary import HandOverReason
from frontend.forms import DateField, GovukForm, govuk
from partners.models import Membership, Neighbourhood, User
from partners.selectors import current_postings, desks_as
from partners.vocabulary import Role
from standards.models import Matter
from standards.selectors import NoCharter, charter_in_force

ANSWERABLE = (*CASEWORKERS, Role.MANAGER)


def name_field(label: str) -> forms.CharField:
    return govuk(forms.CharField(label=label, max_length=80), subject="a name", width="two-thirds")


def reason_field() -> forms.CharField:
    """Why something is withdrawn: no names, because whoever reads the page reads it."""
    return govuk(forms.CharField(label="Why?", max_length=300), subject="why it is withdrawn", width="two-thirds")


class AnsweringForm(GovukForm):
    """Which agency answers for a duty, and which of its officers."""

    membership = govuk(
        forms.ChoiceField(label="Which agency answers for it?", widget=forms.RadioSelect),
        subject="the agency that answers for it",
        small=True,
    )
    officer = govuk(
        forms.ChoiceField(
            label="Which officer?",
            required=False,
            help_text="Somebody of that agency. Without one, its team leads are told what falls due.",
        ),
        subject="an officer",
    )

    def offer(self, memberships: list[Membership]) -> None:
        """Fill in the choices. Partnerships are named only where there are several."""
        several = len({one.partnership_id for one in memberships}) > 1
        self.memberships = {str(one.pk): one for one in memberships}
        names = {
            key: f"{one.agency.name} ({one.partnership.name})" if several else one.agency.name
            for key, one in self.memberships.items()
        }
        self.fields["membership"].choices = list(names.items())
        postings = current_postings().filter(membership__in=memberships, role__in=ANSWERABLE).select_related("user")
        self.staff: dict[str, dict[str, User]] = {key: {} for key in names}
        for posting in postings.order_by("user__name"):
            self.staff[str(posting.membership_id)][str(posting.user_id)] = posting.user
        groups = [(names[key], [(pk, user.name) for pk, user in staff.items()]) for key, staff in self.staff.items()]
        self.fields["officer"].choices = [("", "Nobody yet"), *[group for group in groups if group[1]]]

    def clean(self) -> dict[str, Any]:
        super().clean()
        membership, officer = self.cleaned_data.get("membership"), self.cleaned_data.get("officer")
        if membership and officer and officer not in self.staff[membership]:
            agency = self.memberships[membership].agency.name
            self.add_error("officer", f"Select somebody who works for {agency}, or “Nobody yet”")
        return self.cleaned_data

    @property
    def chosen(self) -> Membership:
        return self.memberships[self.cleaned_data["membership"]]

    @property
    def chosen_officer(self) -> User | None:
        return self.staff[self.cleaned_data["membership"]].get(self.cleaned_data["officer"])

    @property
    def officer_id(self) -> UUID | None:
        officer = self.chosen_officer
        return officer.pk if officer else None


class BeginForm(AnsweringForm):
    """What begins a standing duty."""

    valid_from = DateField(
        label="From which day?",
        help_text="What the standards promise counts from this day on. What should have been done since then and was "
        "not, counts as missed.",
        subject="the first day",
        past=True,
        initial=timezone.localdate,
    )

    field_order = ("name", "membership", "officer", "valid_from")

    def __init__(self, *args: Any, user: User, but: list[UUID] = [], **kwargs: Any) -> None:  # noqa: B006  never changed
        super().__init__(*args, **kwargs)
        self.user = user
        managed = {desk.partnership for desk in desks_as(user, (Role.MANAGER,))} - set(but)
        memberships = Membership.objects.filter(partnership__in=managed).select_related("agency", "partnership")
        self.offer(list(memberships.order_by("partnership__name", "agency__name")))

    def clean(self) -> dict[str, Any]:
        super().clean()
        membership, day = self.cleaned_data.get("membership"), self.cleaned_data.get("valid_from")
        if membership and day:
            try:
                charter_in_force(self.memberships[membership].partnership_id, day)
            except NoCharter as refusal:
                self.add_error("valid_from", str(refusal).rstrip("."))
        return self.cleaned_data


class NeighbourhoodForm(BeginForm):
    name = name_field("What is the neighbourhood called?")
    error_anchor = "name"

    def clean(self) -> dict[str, Any]:
        super().clean()
        membership, name = self.cleaned_data.get("membership"), self.cleaned_data.get("name")
        if membership and name:
            partnership = self.memberships[membership].partnership_id
            same = Neighbourhood.objects.filter(partnership=partnership, name__iexact=name, valid_to__isnull=True)
            if same.exists():
                self.add_error("name", "There is a neighbourhood of this name already")
        return self.cleaned_data

    def save(self) -> Neighbourhood:
        data = self.cleaned_data
        return duties.add_neighbourhood(
            partnership=self.chosen.partnership_id, agency=self.chosen.agency_id, officer=self.officer_id,
            name=data["name"], valid_from=data["valid_from"], by=self.user,
        )  # fmt: skip


class PartnershipDutyForm(BeginForm):
    def save(self) -> Matter:
        return duties.begin_partnership_duty(
            partnership=self.chosen.partnership_id, agency=self.chosen.agency_id, officer=self.officer_id,
            since=self.cleaned_data["valid_from"], by=self.user,
        )  # fmt: skip


class HandOverForm(AnsweringForm):
    """Another agency, or another officer of the same one."""

    reason = govuk(
        forms.TypedChoiceField(
            label="Why does it change?",
            choices=HandOverReason.choices,
            coerce=HandOverReason,
            widget=forms.RadioSelect,
        ),
        subject="why it changes",
        small=True,
    )

    def __init__(self, *args: Any, user: User, duty: Matter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.duty = user, duty
        memberships = Membership.objects.filter(partnership=duty.partnership_id).select_related("agency", "partnership")
        self.offer(list(memberships.order_by("agency__name")))
        present = next((key for key, one in self.memberships.items() if one.agency_id == duty.agency_id), None)
        self.fields["membership"].initial = present
        self.fields["officer"].initial = str(duty.officer_id or "")

    def save(self) -> None:
        duties.hand_over(
            duty=self.duty, agency=self.chosen.agency_id, officer=self.chosen_officer,
            reason=self.cleaned_data["reason"], by=self.user,
        )  # fmt: skip


class RenameForm(GovukForm):
    name = name_field("What is the neighbourhood called now?")

    def __init__(self, *args: Any, user: User, neighbourhood: Neighbourhood, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.neighbourhood = user, neighbourhood
        self.fields["name"].initial = neighbourhood.name

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        here = Neighbourhood.objects.filter(partnership=self.neighbourhood.partnership_id, valid_to__isnull=True)
        if here.filter(name__iexact=name).exclude(pk=self.neighbourhood.pk).exists():
            raise forms.ValidationError("There is a neighbourhood of this name already")
        return name

    def save(self) -> None:
        duties.rename_neighbourhood(neighbourhood=self.neighbourhood, name=self.cleaned_data["name"], by=self.user)


class EndForm(GovukForm):
    """The last day of something; `at` is what refusals stand beside."""

    at = DateField(label="What is its last day?", subject="the last day", past=True, initial=timezone.localdate)

    def __init__(self, *args: Any, user: User, thing: Neighbourhood | Channel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.thing = user, thing

    def save(self) -> None:
        last_day = self.cleaned_data["at"]
        if isinstance(self.thing, Channel):
            duties.retire_channel(channel=self.thing, last_day=last_day, by=self.user)
        else:
            duties.end_neighbourhood(neighbourhood=self.thing, last_day=last_day, by=self.user)


class ChannelForm(GovukForm):
    name = name_field("What is it called?")
    partnership = govuk(forms.ChoiceField(label="Whose is it?"), subject="the partnership")
    valid_from = DateField(
        label="Since when has it been in use?", subject="the first day", past=True, initial=timezone.localdate
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.managed = {desk.partnership: desk.partnership_name for desk in desks_as(user, (Role.MANAGER,))}
        self.fields["partnership"].choices = [(str(pk), name) for pk, name in self.managed.items()]
        if len(self.managed) == 1:
            del self.fields["partnership"]

    @property
    def whose(self) -> UUID:
        chosen = self.cleaned_data.get("partnership")
        return UUID(chosen) if chosen else next(iter(self.managed))

    def clean(self) -> dict[str, Any]:
        super().clean()
        name = self.cleaned_data.get("name")
        if name and ("partnership" not in self.fields or self.cleaned_data.get("partnership")):
            same = Channel.objects.filter(partnership=self.whose, name__iexact=name, valid_to__isnull=True)
            if same.exists():
                self.add_error("name", "There is a channel of this name already")
        return self.cleaned_data

    def save(self) -> Channel:
        data = self.cleaned_data
        return duties.add_channel(
            partnership=self.whose, name=data["name"], valid_from=data["valid_from"], by=self.user
        )
