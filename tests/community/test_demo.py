"""The demonstration's registers: true to the rules, the same each time, and loaded once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from asb_cases.demo.cast import engage
from community.demo import NEIGHBOURHOODS
from community.models import Channel, Publication
from ledger.models import Event, Seal
from ledger.seals import seal
from partners.models import Neighbourhood, Partnership
from standards.duties import open_duties
from standards.models import Breach, Clock, MeasureTarget, MeasureValue


@pytest.fixture
def company(holidays_known: None) -> None:
    engage()


def load(capsys: pytest.CaptureFixture[str]) -> str:
    call_command("demo_community")
    return capsys.readouterr().out


def test_two_years_are_lived_through_by_the_real_rules(company: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert load(capsys) == f"{Publication.objects.count()} publications were recorded.\n"
    now = timezone.now()
    for slug, names in NEIGHBOURHOODS.items():
        here = Neighbourhood.objects.filter(partnership__slug=slug)
        assert sorted(here.values_list("name", flat=True)) == sorted(names)
        assert open_duties().filter(partnership__slug=slug).count() == len(names) + 1
    assert len(NEIGHBOURHOODS["chesterfield"]) >= 4

    meetings = Clock.objects.filter(promise__code="CHES-7a")
    kept, missed = (meetings.filter(outcome=outcome).count() for outcome in ("kept", "missed"))
    assert 23 * 5 <= kept + missed <= 24 * 5
    assert kept > 2 * missed > 0
    assert not Clock.objects.filter(next_check_at__isnull=False, due_at__lt=now).exists()
    assert set(Breach.objects.filter(due_at__lt=now - timedelta(days=60)).values_list("reason", flat=True)) == {
        "absence", "workload", "oversight",
    }  # fmt: skip

    assert not Event.objects.filter(occurred_at__gt=now).exists()
    assert set(Event.objects.filter(kind="neighbourhood.met").values_list("pk", flat=True)) == set(
        Publication.objects.filter(kind="neighbourhood.met").values_list("event", flat=True)
    )
    aim = MeasureTarget.objects.get(code="BOLS-1a")
    assert (str(aim.baseline), str(aim.figure)) == ("31.90", "29.00")
    assert MeasureValue.objects.filter(code="CHES-P3").count() in {2, 3}
    assert Channel.objects.filter(name="Ringmaster", valid_to=date(2015, 3, 31)).count() == 5
    call_command("verify_ledger", verbosity=0)
    assert "are sound" in capsys.readouterr().out

    assert load(capsys) == "There are standing duties already: nothing added.\n"


def test_it_is_nothing_for_anybody_else(db: None, capsys: pytest.CaptureFixture[str], settings: Any) -> None:
    Partnership.objects.create(slug="real", name="A real partnership")
    assert load(capsys) == "There is no demonstration: nothing added.\n"
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="not for production"):
        call_command("demo_community")


def test_a_sealed_ledger_takes_no_history(company: None, capsys: pytest.CaptureFixture[str]) -> None:
    seal()
    assert Seal.objects.count() == 1
    assert load(capsys) == "The ledger is sealed, and takes no history any more: nothing added.\n"
    assert not open_duties().exists()
