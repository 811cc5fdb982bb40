"""What the forms for acts share: when it happened, to whom, and the words that go with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from django import forms

from asb_cases.forms.fields import happened_at, note
from asb_cases.models import Case, Party
from asb_cases.policies import check_can_record
from asb_cases.vocabulary import PartyRole
from frontend.forms import GovukForm, govuk
from ledger.vocabulary import EventKind
from partners.models import User

EVERYBODY = "everybody"


class ActForm(GovukForm):
    """Something an officer did or learned. Subclasses say what, add fields, and hand the answers to a service."""

    do_not_call_in_templates: ClassVar[bool] = True  # menus show the classes themselves

    slug: ClassVar[str]
    title: ClassVar[str]
    menu: ClassVar[str]  # as it stands in the list of things to record
    lead: ClassVar[str] = ""  # what recording it does and does not do
    saved: ClassVar[str]
    records: ClassVar[tuple[EventKind, ...]] = ()  # what it enters: who misses one of these is led here
    leads_to: ClassVar[str] = "case"  # the page that shows what it did
    whom: ClassVar[Literal["one", "everybody", ""]] = "one"
    whom_label: ClassVar[str] = "Who is it about?"
    roles: ClassVar[tuple[PartyRole, ...]] = tuple(PartyRole)
    check: ClassVar[Any] = staticmethod(check_can_record)  # of a user and a case, like all of asb_cases.policies

    at = happened_at()
    note = note()

    def __init__(
        self, *args: Any, case: Case, user: User, asked: Mapping[str, str] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        self.user = user
        self.asked = asked or {}  # what the link that led here was about
        self.people = {str(party.pk): party for party in case.parties.all() if set(party.roles) & set(self.roles)}
        if self.whom:
            self._ask_whom()

    def _ask_whom(self) -> None:
        choices = [(pk, f"{party.person.full_name} ({party.roles_words.lower()})") for pk, party in self.people.items()]
        if self.whom == "everybody" or not choices:
            choices.insert(0, (EVERYBODY, "Everybody concerned"))
        if len(choices) == 1:
            return  # no choice to make
        field = govuk(
            forms.ChoiceField(
                label=self.whom_label, choices=choices, widget=forms.RadioSelect, initial=self.asked.get("about")
            ),
            subject="who it is about",
            small=True,
        )
        self.fields = {"about": field, **self.fields}

    @property
    def harmed_unknown(self) -> bool:
        """Whether people are known here, but nobody whom it harms: what is owed to that person is not theirs."""
        roles = {role for party in self.people.values() for role in party.roles}
        return self.whom == "one" and PartyRole.VICTIM in self.roles and bool(roles) and PartyRole.VICTIM not in roles

    @property
    def party(self) -> Party | None:
        """The person concerned; None for everybody, or when nobody is known by name."""
        if "about" in self.fields:
            return self.people.get(self.cleaned_data["about"])
        return next(iter(self.people.values()), None) if self.whom == "one" else None

    def save(self) -> None:
        """Call the service. Raises RefusedEntry."""
        raise NotImplementedError
