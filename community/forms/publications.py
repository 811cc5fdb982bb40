"""Recording what was shown to the public, withdrawing it, and looking for it in the log."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.db.models import Q, QuerySet
from django.http import QueryDict

from asb_cases.forms.fields import happened_at
from community.forms.duties import reason_field
from community.models import Channel, Publication
from community.selectors import Owed, channels_of, kinds_for, neighbourhoods_visible_to
from community.services.publications import Shown, record_publication, withdraw_publication
from frontend.forms import GovukForm, LongTextField, govuk
from frontend.words import date_words, local
from ledger.vocabulary import EventKind
from partners.models import User
from standards.models import Matter

WHOLE = "whole"


class PublicationForm(GovukForm):
    """One thing that was shown or done. The kinds offered are those that the standards name for this place."""

    kind = govuk(
        forms.TypedChoiceField(label="What was done?", coerce=EventKind, widget=forms.RadioSelect),
        subject="what was done",
        small=True,
    )
    at = happened_at("When was it?", "The true time, even if it was weeks ago. It counts for the period it lies in.")
    channel = govuk(
        forms.ModelChoiceField(
            label="By which channel?", queryset=Channel.objects.none(), empty_label="Select a channel"
        ),
        subject="the channel",
    )
    audience = govuk(
        forms.CharField(
            label="For whom, or where?",
            required=False,
            max_length=200,
            help_text="For example: everybody in the ward, St Mary’s Hall.",
        ),
        width="two-thirds",
    )
    title = govuk(forms.CharField(label="Title", max_length=200), subject="a title", width="two-thirds")
    url = govuk(
        forms.URLField(
            label="Where can it be seen?",
            required=False,
            max_length=500,
            assume_scheme="https",
            help_text="A web address. If there is none, say below what was shown.",
            validators=[URLValidator(schemes=["http", "https"])],
            error_messages={"invalid": "Enter a web address, like https://www.example.org/news"},
            widget=forms.URLInput(attrs={"type": "text", "inputmode": "url", "spellcheck": "false"}),
        ),
        width="two-thirds",
    )
    text = govuk(
        LongTextField(
            label="What was shown or said?",
            required=False,
            max_length=4000,
            help_text="Everybody who works in the partnership can read this. No names of residents.",
            widget=forms.Textarea(attrs={"rows": 5}),
        ),
        count=True,
    )

    def __init__(self, *args: Any, user: User, duty: Matter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.duty = user, duty
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds_for(duty)]
        channel = self.fields["channel"]
        channel.queryset = channels_of(duty.partnership_id)
        channel.label_from_instance = _channel_words

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        channel, at = data.get("channel"), data.get("at")
        if channel and at and channel.valid_to and channel.valid_to < local(at).date():
            self.add_error("channel", f"This channel was retired on {date_words(channel.valid_to)}. Select another one")
        if channel and at and local(at).date() < channel.valid_from:
            self.add_error("channel", f"This channel is in use since {date_words(channel.valid_from)} only")
        if not data.get("url") and not data.get("text") and not {"url", "text"} & set(self.errors):
            self.add_error("text", "Enter a web address above, or what was shown or said")
        return data

    def save(self) -> Publication:
        names = ("kind", "at", "channel", "audience", "title", "url", "text")
        shown = Shown(**{name: self.cleaned_data[name] for name in names})
        return record_publication(duty=self.duty, shown=shown, by=self.user)


class WithdrawPublicationForm(GovukForm):
    reason = reason_field()

    def __init__(self, *args: Any, user: User, publication: Publication, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.publication = user, publication

    def save(self) -> None:
        withdraw_publication(publication=self.publication, reason=self.cleaned_data["reason"], by=self.user)


class PlaceFilter(GovukForm):
    """Narrows a list down to a neighbourhood."""

    mark_optional = False
    place = forms.ChoiceField(label="Neighbourhood", required=False)

    def __init__(self, query: QueryDict, *, user: User) -> None:
        sent = any(name in query for name in self.base_fields)
        super().__init__(query if sent else None)
        places = neighbourhoods_visible_to(user).order_by("partnership__name", "name")
        named = [(str(one.pk), _place_words(one.name, one.valid_to)) for one in places]
        self.fields["place"].choices = [("", "Everywhere"), (WHOLE, "Whole partnership"), *named]

    @property
    def chosen(self) -> dict[str, Any]:
        """The valid choices; one made up in the address counts as none."""
        if not self.is_bound:
            return {}
        self.is_valid()
        return self.cleaned_data

    def fits(self, item: Owed) -> bool:
        place = self.chosen.get("place")
        here = WHOLE if item.duty.neighbourhood_id is None else str(item.duty.neighbourhood_id)
        return not place or place == here


class LogFilter(PlaceFilter):
    """What the log shows: everything, or one place or kind."""

    kind = forms.ChoiceField(label="What was done", required=False)
    withdrawn = govuk(forms.BooleanField(label="Leave out what was withdrawn", required=False), small=True)

    def __init__(self, query: QueryDict, *, user: User, kinds: list[str]) -> None:
        super().__init__(query, user=user)
        choices = sorted(((kind, EventKind(kind).label) for kind in kinds), key=lambda pair: pair[1])
        self.fields["kind"].choices = [("", "Everything"), *choices]

    def apply(self, publications: QuerySet[Publication]) -> QuerySet[Publication]:
        chosen, condition = self.chosen, Q()
        if chosen.get("place") == WHOLE:
            condition &= Q(matter__neighbourhood__isnull=True)
        elif chosen.get("place"):
            condition &= Q(matter__neighbourhood=chosen["place"])
        if chosen.get("kind"):
            condition &= Q(kind=chosen["kind"])
        if chosen.get("withdrawn"):
            condition &= Q(withdrawn_at__isnull=True)
        return publications.filter(condition)


def _channel_words(channel: Channel) -> str:
    return f"{channel.name} (until {date_words(channel.valid_to)})" if channel.valid_to else channel.name


def _place_words(name: str, ended: Any) -> str:
    return f"{name} (ended)" if ended else name
