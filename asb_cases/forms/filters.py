"""Narrowing down the list of cases."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import F, Q, QuerySet
from django.http import QueryDict

from asb_cases.models import Case
from asb_cases.vocabulary import Category, RiskBand
from frontend.forms import GovukForm, govuk
from partners.models import User
from partners.selectors import desks_as
from partners.vocabulary import Role
from standards.calendar import LONDON

SORTS = {
    "due": F("matter__next_due_at").asc(nulls_last=True),
    "-due": F("matter__next_due_at").desc(nulls_last=True),
    "received": F("matter__received_at").asc(),
    "-received": F("matter__received_at").desc(),
    "reference": F("matter__reference").asc(),
    "-reference": F("matter__reference").desc(),
}


class FindForm(GovukForm):
    """Looking for the cases of a person."""

    family_name = govuk(forms.CharField(label="Find a person by last name", max_length=80))


class CaseFilter(GovukForm):
    """What the list shows. Without a choice: one's own open cases, for a team lead all that are open.

    `name` is the last name that the person looks for. It comes from her session: an address would hold it for all who
    look over her shoulder or keep a history of addresses.
    """

    mark_optional = False

    q = govuk(forms.CharField(label="Case reference", required=False, max_length=20))
    named = govuk(forms.BooleanField(required=False), small=True)
    whose = govuk(
        forms.ChoiceField(
            label="Whose",
            choices=[("mine", "Mine"), ("nobody", "Nobody’s yet"), ("all", "Everybody’s")],
            required=False,
            widget=forms.RadioSelect,
        ),
        small=True,
    )
    state = govuk(
        forms.ChoiceField(
            label="State",
            choices=[("open", "Open"), ("closed", "Closed"), ("any", "Both")],
            initial="open",
            required=False,
            widget=forms.RadioSelect,
        ),
        small=True,
    )
    deadline = govuk(
        forms.MultipleChoiceField(
            label="Next deadline",
            choices=[("overdue", "Overdue"), ("today", "Due today"), ("later", "Later"), ("none", "None")],
            required=False,
            widget=forms.CheckboxSelectMultiple,
        ),
        small=True,
    )
    risk = govuk(
        forms.MultipleChoiceField(
            label="Risk",
            choices=[*RiskBand.choices, ("unassessed", "Not assessed")],
            required=False,
            widget=forms.CheckboxSelectMultiple,
        ),
        small=True,
    )
    hate = govuk(forms.BooleanField(label="Hate crime only", required=False), small=True)
    category = forms.ChoiceField(label="Kind", choices=[("", "Every kind"), *Category.choices], required=False)

    def __init__(self, query: QueryDict, *, user: User, name: str = "") -> None:
        sent = any(field in query for field in self.base_fields)
        super().__init__(query if sent else None)
        self.fields["whose"].initial = "all" if desks_as(user, [Role.TEAM_LEAD]) else "mine"
        self.name = name
        if name:
            self.fields["named"].label = f"Last name {name}"
        else:
            del self.fields["named"]
        sort = query.get("sort", "")
        self.sort = sort if sort in SORTS else "due"

    def apply(self, cases: QuerySet[Case], user: User, now: datetime) -> QuerySet[Case]:
        chosen = self._chosen_values()
        for condition in (
            self._whose(chosen["whose"], user),
            self._state(chosen["state"]),
            self._deadlines(chosen["deadline"], now),
            self._risks(chosen["risk"]),
            Q(hate=True) if chosen["hate"] else Q(),
            Q(category=chosen["category"]) if chosen["category"] else Q(),
            Q(matter__reference__iexact=chosen["q"].strip()) if chosen["q"] else Q(),
            self._named() if chosen.get("named") else Q(),
        ):
            cases = cases.filter(condition)
        return cases.order_by(SORTS[self.sort], "pk")

    def _chosen_values(self) -> dict[str, Any]:
        """The valid choices; a choice made up in the address counts as none."""
        chosen: dict[str, Any] = {
            name: field.initial or ([] if name in {"deadline", "risk"} else "") for name, field in self.fields.items()
        }
        if self.is_bound:
            self.is_valid()
            chosen |= {
                name: value for name, value in self.cleaned_data.items() if value or name not in {"whose", "state"}
            }
        return chosen

    def _whose(self, whose: str, user: User) -> Q:
        return {"mine": Q(matter__officer=user), "nobody": Q(matter__officer=None)}.get(whose, Q())

    def _state(self, state: str) -> Q:
        return {"open": Q(matter__closed_at=None), "closed": Q(matter__closed_at__isnull=False)}.get(state, Q())

    def _deadlines(self, chosen: list[str], now: datetime) -> Q:
        tomorrow = datetime.combine(now.astimezone(LONDON).date() + timedelta(days=1), time(), tzinfo=LONDON)
        due = "matter__next_due_at"
        conditions = {
            "overdue": Q(**{f"{due}__lt": now}),
            "today": Q(**{f"{due}__gte": now, f"{due}__lt": tomorrow}),
            "later": Q(**{f"{due}__gte": tomorrow}),
            "none": Q(**{due: None}),
        }
        return self._any(conditions[choice] for choice in chosen)

    def _risks(self, chosen: list[str]) -> Q:
        return self._any(Q(risk="" if choice == "unassessed" else choice) for choice in chosen)

    def _named(self) -> Q:
        # By id: a case with two people of that name is one case.
        return Q(pk__in=Case.objects.filter(parties__person__family_name__iexact=self.name).values("pk"))

    @staticmethod
    def _any(conditions: Any) -> Q:
        combined = Q()
        for condition in conditions:
            combined |= condition
        return combined
