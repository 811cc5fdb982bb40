"""What the deadline calculator asks: whose promise, which, and since when."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone

from frontend.forms import GovukForm, MomentField, govuk
from frontend.words import date_words
from partners.models import Partnership
from standards.calendar import Unit
from standards.charter import Charter, Promise, Within
from standards.phrases import amount_words, applies_words, whom
from standards.selectors import NoCharter, charter_in_force, layer_in_force, rules_of, rules_with_layer

PROMISE, OTHER = "promise", "other"
UNITS = [
    (Unit.MINUTES, "minutes"),
    (Unit.HOURS, "hours"),
    (Unit.WORKING_DAYS, "working days"),
    (Unit.CALENDAR_DAYS, "days, weekends and holidays included"),
    (Unit.CALENDAR_MONTHS, "months"),
    (Unit.HOURS_LESS_CHRISTMAS, "hours, not counting Christmas Day"),
    (Unit.HOURS_LESS_CHRISTMAS_GOOD_FRIDAY_SUNDAYS, "hours, not counting Christmas Day, Good Friday and Sundays"),
]
# Every counted day is a line of the page.
MOST = {Unit.MINUTES: 100_000, Unit.HOURS: 10_000, Unit.CALENDAR_MONTHS: 60}
MOST_DAYS = 366


def with_standards(today: date) -> QuerySet[Partnership]:
    """The partnerships whose standards are in force."""
    return Partnership.objects.filter(charters__effective_from__lte=today).distinct()


class PartnershipForm(GovukForm):
    """Whose standards. The choice is an address, so that the next page can be linked."""

    partnership = govuk(
        forms.ChoiceField(label="Which partnership?", widget=forms.RadioSelect), subject="the partnership"
    )

    def __init__(self, query: QueryDict, partnerships: QuerySet[Partnership]) -> None:
        super().__init__(query if "partnership" in query else None)
        self.fields["partnership"].choices = [(each.slug, each.name) for each in partnerships]


class DeadlineForm(GovukForm):
    """Which promise of the partnership, or another amount of time; and since when."""

    count = govuk(
        forms.ChoiceField(
            label="What do you want to work out?",
            choices=[(PROMISE, "The deadline of a promise"), (OTHER, "Another amount of time")],
            initial=PROMISE,
            widget=forms.RadioSelect,
        ),
        subject="what you want to work out",
        reveals={PROMISE: ["promise"], OTHER: ["amount", "unit"]},
    )
    promise = forms.CharField(label="Promise", widget=forms.Select, error_messages={"required": "Select a promise"})
    amount = govuk(forms.IntegerField(label="How much time?", min_value=1), subject="how much time", width=4)
    unit = govuk(
        forms.TypedChoiceField(label="Counted in", choices=UNITS, coerce=Unit, initial=Unit.WORKING_DAYS),
        subject="what it is counted in",
    )
    received = MomentField(
        label="When was it received?",
        subject="the date and time it was received",
        help_text="Or when it was that the promise counts from. For example, 28 8 2026 and 5:30pm.",
    )

    def __init__(self, query: QueryDict, partnership: Partnership) -> None:
        sent = any(name.startswith("received_") for name in query)
        data = query.copy() if sent else None
        if data is not None and "count" not in data:
            data["count"] = PROMISE if data.get("promise") else OTHER
        super().__init__(data, initial={"promise": query.get("promise", "")})
        self.partnership = partnership
        self.charter = self._in_force(self._day() or timezone.localdate())
        chosen = self["promise"].value() or ""
        self.fields["promise"].widget.choices = list(self._choices(chosen))

    # --- what there is to choose ---

    def _day(self) -> date | None:
        """The day that was typed, if it is one: the version in force then has the promises to choose from."""
        field = self.fields["received"]
        try:
            typed = field.clean(field.widget.value_from_datadict(self.data, {}, "received"))
        except ValidationError:
            return None
        return timezone.localdate(typed)

    def _in_force(self, day: date) -> Charter | None:
        try:
            version = charter_in_force(self.partnership.pk, day)
        except NoCharter:
            return None
        layer = layer_in_force(day)
        self.own = {promise.code for promise in rules_of(version.pk).promises}
        return rules_with_layer(version.pk, layer.pk if layer else None)

    def _choices(self, chosen: str) -> Any:
        yield "", "Choose a promise"
        if self.charter is None:
            return
        shown = [one for one in self.charter.judged if _numbered(one) or one.code == chosen]
        for label, own in ((f"Promised by {self.partnership.name}", True), ("Owed by law", False)):
            group = [(one.code, _label(one)) for one in shown if (one.code in self.own) is own]
            if group:
                yield label, group

    # --- what was chosen ---

    def clean_promise(self) -> Promise | None:
        code = self.cleaned_data["promise"]
        if self.charter is None:
            return None
        found = next((promise for promise in self.charter.judged if promise.code == code), None)
        if found is None:
            raise ValidationError("Select a promise that was in force on that day")
        return found

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        if data.get("received") and self.charter is None:
            day = date_words(timezone.localdate(data["received"]))
            self.add_error("received", f"No standards of this partnership were in force on {day}")
        amount, unit = data.get("amount"), data.get("unit")
        if amount and unit and amount > (most := MOST.get(unit, MOST_DAYS)):
            self.add_error("amount", f"How much time must be {amount_words(most, unit)} or less")
        return data

    @property
    def chosen(self) -> Promise | None:
        """The promise; None for another amount of time."""
        return self.cleaned_data["promise"] or None

    @property
    def within(self) -> Within | None:
        """The time allowed; None when the promise has no number."""
        if self.chosen is None:
            return Within(self.cleaned_data["amount"], self.cleaned_data["unit"])
        return self.chosen.clock.within if self.chosen.clock else None


def _numbered(promise: Promise) -> bool:
    return bool(promise.clock and promise.clock.within)


def _label(promise: Promise) -> str:
    """ "Contact the victim within 24 hours, only for hate crime or a hate incident (CHER-3b-ii)"."""
    clock = promise.clock
    if clock is None or clock.within is None:
        return f"{promise.summary} ({promise.code})"
    duty = clock.duty.format(person=whom(clock))
    how_soon = f"{'every' if clock.recurring else 'within'} {amount_words(clock.within.amount, clock.within.unit)}"
    conditions = "".join(f", {words[0].lower()}{words[1:]}" for words in applies_words(clock.when, clock.unless))
    return f"{duty} {how_soon}{conditions} ({promise.code})"
