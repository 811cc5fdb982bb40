"""The demonstration: true to the system's own rules, the same each time, and with something going wrong today."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from asb_cases.demo import load as demo
from asb_cases.demo.accounts import ACCOUNTS, PARTNERSHIPS, PASSWORD, address
from asb_cases.demo.casework import Story
from asb_cases.models import Case, Report
from ledger.models import Event
from notifications.models import Message
from notifications.vocabulary import MessageKind
from partners.models import Partnership, User
from standards.engine import Outcome
from standards.models import Breach, Clock, Evidence, Matter
from standards.sweep import sweep


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch, holidays_known: None) -> None:
    """Six weeks instead of two years: the same code in a fortieth of the time."""
    monkeypatch.setattr(demo, "YEARS", timedelta(weeks=6))


def test_the_demonstration_is_lived_through_by_the_real_rules(short: None) -> None:
    call_command("demo", verbosity=0)
    now = timezone.now()

    assert set(Partnership.objects.values_list("slug", flat=True)) == set(PARTNERSHIPS)
    for slug in PARTNERSHIPS:
        cases = Case.objects.filter(matter__partnership__slug=slug)
        assert cases.count() > 20
        assert cases.filter(matter__closed_at=None).exists()
        assert cases.filter(matter__closed_at__isnull=False).exists()
        for _, account, _ in ACCOUNTS:
            assert User.objects.get(email=address(account, slug)).check_password(PASSWORD)

    assert not Event.objects.filter(occurred_at__gt=now).exists()
    assert not Breach.objects.filter(due_at__gt=now).exists()
    assert Clock.objects.filter(outcome=Outcome.KEPT).count() > Clock.objects.filter(outcome=Outcome.MISSED).count()
    assert Breach.objects.exclude(reason="").exists()
    assert Breach.objects.filter(reason="").exists()
    assert Breach.objects.exclude(verdict="").exists()
    evidence = list(Evidence.objects.filter(matter__kind="case"))
    shown, missing, excused = (
        sum(len(getattr(one, name)) for one in evidence) for name in ("shown", "missing", "excused")
    )
    assert shown > 3 * missing > 0
    assert excused > 0
    assert Matter.objects.filter(kind="case", layer=None).count() == 0
    again = Event.objects.filter(kind="report.received", about__isnull=False)
    assert again.exists()
    assert Report.objects.count() == Event.objects.filter(kind="report.received").count()
    assert set(again.values_list("matter", "about", "occurred_at")) == set(
        Event.objects.filter(kind="report.repeated").values_list("matter", "about", "occurred_at")
    )
    call_command("verify_ledger", verbosity=0)


def test_some_cases_are_opened_again(short: None, monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime(2026, 9, 2, 11, tzinfo=UTC)
    monkeypatch.setattr(demo, "YEARS", timedelta(weeks=60))
    company = demo.engage()[0]
    chance = random.Random(42)
    ends = ("matter.closed", "matter.reopened")
    told = [
        [entry.kind for entry, _ in story.acts if entry.kind in ends]
        for story in demo._stories(demo.Teller(company, now, chance), now, chance)
    ]
    again = [kinds for kinds in told if "matter.reopened" in kinds]
    assert again
    assert {tuple(kinds[:2]) for kinds in again} == {("matter.closed", "matter.reopened")}


def test_promises_of_48_hours_run_out_while_one_looks_on(short: None) -> None:
    call_command("demo", verbosity=0)
    sweep()
    caseworker = User.objects.get(email=address("caseworker", "cherwell"))
    running = Clock.objects.filter(matter__officer=caseworker, outcome=Outcome.RUNNING)
    soon = set(running.filter(due_at__lt=timezone.now() + timedelta(hours=1)).values_list("pk", flat=True))
    warned = Message.objects.filter(kind=MessageKind.WARNING, recipient=str(caseworker.pk))
    assert soon
    assert soon <= {message.context["clock"] for message in warned}


def test_the_same_moment_tells_the_same_stories(short: None) -> None:
    now = datetime(2026, 9, 2, 11, tzinfo=UTC)
    company = demo.engage()[0]

    def told() -> list[Story]:
        chance = random.Random(42)
        return list(demo._stories(demo.Teller(company, now, chance), now, chance))

    first, second = told(), told()
    assert len(first) > 20
    assert first == second


def test_it_is_loaded_once_and_never_beside_real_data(short: None, capsys: pytest.CaptureFixture[str]) -> None:
    Partnership.objects.create(slug="real", name="A real partnership")
    call_command("demo")
    assert capsys.readouterr().out == "There are partnerships already: nothing loaded.\n"
    assert Case.objects.count() == 0


def test_production_refuses_accounts_with_a_published_password(short: None, settings: Any) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="not for production"):
        call_command("demo")
    assert not User.objects.exists()
