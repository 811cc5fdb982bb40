"""Cherwell's people under standards that ask for a meeting in every neighbourhood every month, as Chesterfield's do."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from django.test import Client
from django.utils import timezone

from community.models import Channel
from standards.calendar import LONDON
from standards.loading import load_charter
from standards.models import Matter
from tests import answers
from tests.cast import Cast
from tests.system.scene import signed_in

STANDARDS = """
format = 1
code = "CHER"
name = "Cherwell Safer Communities Partnership"
short_name = "Cherwell"
document = "Tackling not Tolerating"
division = "england-and-wales"

[[promise]]
code = "CHER-M"
clause = "7"
summary = "A meeting in each neighbourhood every month."
[promise.publication]
matter = "neighbourhood"
what = "A meeting in the neighbourhood"
events = ["neighbourhood.met", "engagement.held"]
every = { amount = 1, unit = "calendar_months" }

[[promise]]
code = "CHER-N"
clause = "7"
summary = "Each neighbourhood knows who represents the agencies."
[promise.publication]
matter = "neighbourhood"
what = "Who represents each agency"
events = ["directory.verified"]

[[promise]]
code = "CHER-S"
clause = "1"
summary = "The standards are published."
[promise.publication]
what = "The standards, and how they are kept"
events = ["standards.published"]

[[promise]]
code = "CHER-T"
clause = "1"
summary = "Targets are set every year."
[promise.evidence]
matter = "partnership"
owed_to = ["matter"]
events = ["targets.set"]
every = { amount = 12, unit = "calendar_months", local = true }

[[promise]]
code = "CHER-A"
clause = "1"
summary = "Fewer people see anti-social behaviour as a problem."
[promise.measure]
measure = "See anti-social behaviour as a problem"
figure = "percent"
expect = "fall"
source = "Residents' survey"
baseline = 31.9
aim = 29.0

[[promise]]
code = "CHER-C"
clause = "1"
summary = "Calls fall by 5 per cent every year."
[promise.measure]
measure = "Calls for service"
figure = "number"
expect = "fall"
change = -5.0
beside = "CHER-R"

[[promise]]
code = "CHER-R"
clause = "1"
summary = "People report what happens."
[promise.measure]
measure = "Reports of anti-social behaviour"
figure = "number"
computed = "reports"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "cherwell.toml"
    path.write_text(STANDARDS)
    return path


@pytest.fixture
def monthly(cast: Cast, file: Path) -> Cast:
    load_charter(partnership=cast.cherwell.pk, path=file, effective_from=date(2012, 1, 1))
    return cast


@pytest.fixture
def grace(monthly: Cast) -> Client:
    return signed_in(monthly.grace)


def months_ago(months: int, day: int = 1, hour: int = 0) -> datetime:
    local = timezone.localtime() - relativedelta(months=months)
    return local.replace(day=day, hour=hour, minute=0, second=0, microsecond=0, tzinfo=LONDON)


def membership(cast: Cast, agency: Any = None) -> str:
    return str(cast.cherwell.memberships.get(agency=agency or cast.council).pk)


def place(cast: Cast, since: date, name: str = "Orchard Park", **changes: Any) -> answers.Answers:
    """The form for a neighbourhood as Grace fills it in: the council answers for it, and Priya there."""
    return {
        "name": name,
        "membership": membership(cast),
        "officer": str(cast.priya.pk),
        **answers.day("valid_from", since),
        **changes,
    }


def add(client: Client, cast: Cast, since: datetime, name: str = "Orchard Park", **changes: Any) -> Matter:
    """Add a neighbourhood; what it is owed."""
    answered = client.post("/community/neighbourhoods/new/", place(cast, since.date(), name, **changes))
    assert answered.status_code == 302, answered.text
    return Matter.objects.get(neighbourhood__name=name, closed_at=None)


def begin(client: Client, cast: Cast, since: datetime) -> Matter:
    """Begin what the partnership as a whole owes."""
    typed = {"membership": membership(cast), "officer": "", **answers.day("valid_from", since.date())}
    assert client.post("/community/duties/new/", typed).status_code == 302
    return Matter.objects.get(kind="partnership", closed_at=None)


def shown(duty: Matter, at: datetime, kind: str = "neighbourhood.met", **changes: Any) -> answers.Answers:
    """The form for what was shown, good answers throughout."""
    channel = Channel.objects.get(partnership=duty.partnership_id, name="Public meeting")
    return {
        "kind": kind,
        **answers.moment("at", at),
        "channel": str(channel.pk),
        "audience": "St Mary’s Hall",
        "title": "Meeting in the hall",
        "url": "",
        "text": "Noise at night, and what is done about it.",
        **changes,
    }


def record(client: Client, duty: Matter, at: datetime, kind: str = "neighbourhood.met", **changes: Any) -> Any:
    return client.post(f"/community/duties/{duty.pk}/record/", shown(duty, at, kind, **changes))
