"""Reads. Rows are reached through `visible_to` and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from asb_cases.models import Case, Party, Report
from asb_cases.policies import CASEWORKERS, reports_within_reach
from partners.models import User
from partners.selectors import desks_as
from standards.models import Clock
from standards.selectors import deadline, still_owed
from standards.words import basis_words, duty_words


def visible_to(user: User) -> QuerySet[Case]:
    """The cases that the person may open: those led by an agency for which she works on cases."""
    reachable = Q(pk__in=[])
    for desk in desks_as(user, CASEWORKERS):
        reachable |= Q(matter__partnership=desk.partnership, matter__agency=desk.agency)
    return Case.objects.filter(reachable).select_related("matter__agency", "matter__officer", "matter__partnership")


def with_people(cases: QuerySet[Case]) -> QuerySet[Case]:
    parties = Party.objects.select_related("person").order_by("person__family_name", "person__given_name", "pk")
    return cases.prefetch_related(Prefetch("parties", queryset=parties))


def reports_taken_by(user: User) -> QuerySet[Report]:
    """The reports that the person took herself: what a call-taker may come back to."""
    reports = Report.objects.filter(reports_within_reach(user))
    return reports.select_related("case__matter__agency").order_by("-entered_at", "-received_at")


@dataclass(frozen=True)
class Owed:
    """A promise still owed, in words: "Contact Ms Khan", "24 hours, hate crime, Cherwell 3"."""

    clock: Clock
    duty: str
    basis: str
    person: str | None

    @property
    def due_at(self) -> datetime:
        return deadline(self.clock)

    def overdue(self, now: datetime) -> bool:
        return self.due_at < now


def owed_in(cases: Iterable[Case]) -> dict[UUID, list[Owed]]:
    """What each case still owes, soonest deadline first. The cases come with their people."""
    names = {party.pk: party.person.short_name for case in cases for party in case.parties.all()}
    owed: dict[UUID, list[Owed]] = {case.pk: [] for case in cases}
    for clock in still_owed(owed):
        owed[clock.matter_id].append(in_words(clock, names))
    return owed


def in_words(clock: Clock, names: Mapping[UUID, str]) -> Owed:
    person = names.get(clock.about) if clock.about else None
    return Owed(clock=clock, duty=duty_words(clock, person), basis=basis_words(clock), person=person)
