"""The application furnished once and served to many tests: every page has something to show, and some have nothing.

Committed, and shared by all tests of a module: these open pages and send forms that are refused, and change nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import connection
from django.test.utils import override_settings
from django.urls import reverse
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from asb_cases.models import Case
from asb_cases.services.closure import close_case
from asb_cases.services.contact import log_attempt, log_contact
from asb_cases.services.corrections import correct_time
from asb_cases.services.risk import record_assessment
from asb_cases.vocabulary import ClosureOutcome, ContactChannel, RiskBand, Strand
from ledger.models import Event
from ledger.vocabulary import EventKind
from notifications.backends import FileBackend
from standards import replays
from standards.breaches import explain, review
from standards.models import Clock, Replay
from standards.sweep import sweep
from standards.vocabulary import MissReason, Verdict
from tests import cast as casting
from tests.cast import KHAN, WEBB, Cast, party
from tests.system.scene import NO_MESSAGE, Scene, arrange, signed_in, what_if

MORE_THAN_A_PAGE = 26
LONG_PLACE = "Llanfairpwllgwyngyllgogerychwyrndrobwll House, Orchard Way"


@dataclass
class House:
    """Where it is served, what stands in it, and the cookie of each person."""

    url: str
    scene: Scene
    grave: Case  # two people, hate crime, danger, high risk, an entry corrected, promises kept and missed
    closed: Case
    explained: Clock
    reviewed: Clock
    what_ifs: dict[str, Replay]
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def cast(self) -> Cast:
        return self.scene.cast

    def of(self, case: Case, name: str = "case", *more: object) -> str:
        return reverse(name, args=[case.matter.reference, *more])

    def what_if(self, state: str) -> str:
        return reverse("what_if", args=[self.what_ifs[state].pk])


@contextmanager
def opened(mail: Path) -> Iterator[House]:
    """The database is emptied again afterwards. So it must be one that was made for tests."""
    assert connection.settings_dict["NAME"].startswith("test_")
    casting.forget()
    casting.know_holidays()
    server = LiveServer("localhost")
    try:
        with override_settings(EMAIL_FILE_PATH=mail):
            yield _furnished(server.url)
    finally:
        server.stop()
        call_command("flush", verbosity=0, interactive=False)


def _furnished(url: str) -> House:
    cast = casting.assemble()
    scene, grave = arrange(cast), _grave(cast)
    closed = cast.case(people=())
    close_case(case=closed, outcome=ClosureOutcome.RESOLVED, at=timezone.now(), by=cast.dylan, note="All quiet.")
    for _ in range(MORE_THAN_A_PAGE):
        cast.case(timezone.now() - timedelta(hours=2), officer=None, people=(), place=LONG_PLACE)
    sweep()
    house = House(
        url=url,
        scene=scene,
        grave=grave,
        closed=closed,
        explained=_explained(cast),
        reviewed=_explained(cast, Verdict.NOT_ACCEPTED),
        what_ifs=_what_ifs(cast),
    )
    for name, user in cast.staff.items():
        house.cookies[name] = signed_in(user).cookies[settings.SESSION_COOKIE_NAME].value
    message = EmailMessage("A promise was missed", "Dear Priya\n\nIt was missed.", to=["priya.shah@example.org"])
    message.extra_headers["Message-ID"] = f"<{NO_MESSAGE}@localhost>"
    FileBackend().send_messages([message])
    return house


def _grave(cast: Cast) -> Case:
    now = timezone.now()
    case = cast.case(
        now - timedelta(days=6),
        people=(KHAN, WEBB),
        hate=True,
        strands=(Strand.RACE, Strand.RELIGION),
        immediate_danger=True,
        place=LONG_PLACE,
    )
    khan, by = party(case), cast.priya
    record_assessment(case=case, party=khan, band=RiskBand.HIGH, score=87, at=now - timedelta(days=5), by=by)
    log_contact(
        case=case,
        party=khan,
        channel=ContactChannel.TELEPHONE,
        at=now - timedelta(days=5, hours=12),
        by=by,
        gave_update=True,
        note="She is afraid to go out.\n\nSaid that we call again on Monday.",
    )
    log_attempt(case=case, party=khan, channel=ContactChannel.TEXT, at=now - timedelta(days=1), by=by)
    attempt = Event.objects.get(matter=case.pk, kind=EventKind.CONTACT_ATTEMPTED)
    correct_time(case=case, event=attempt, at=now - timedelta(days=2), by=by, note="It was the day before.")
    return case


def _explained(cast: Cast, verdict: Verdict | None = None) -> Clock:
    """A promise that was missed, with a reason given by Priya, and perhaps what her team lead made of it."""
    case = cast.case(timezone.now() - timedelta(days=9))
    sweep()
    clock = casting.clock(case, "CHER-3b-i")
    explain(clock=clock.pk, reason=MissReason.ABSENCE, explanation="Nobody covered.\n\nWe have a rota.", by=cast.priya)
    if verdict:
        review(clock=clock.pk, verdict=verdict, review_note="The rota was there.", by=cast.dylan)
    return clock


def _what_ifs(cast: Cast) -> dict[str, Replay]:
    """One in each state but done, which the scene has; and one of a period without cases."""
    now, long_ago = timezone.now(), date(2015, 1, 1)
    over = {"finished_at": now}
    states = {
        "empty": {"first_day": long_ago, "last_day": long_ago},
        "failed": {"state": "failed", "failure": "The bank holidays of 2031 are not known.", **over},
        "cancelled": {"state": "cancelled", **over},
        "running": {"state": "running", "done": 12_345, "total": 50_000, "claimed_until": now + timedelta(days=9)},
        "waiting": {},
    }
    made = {}
    for name, changes in states.items():
        made[name] = what_if(cast)
        Replay.objects.filter(pk=made[name].pk).update(**changes)
        if name == "empty":
            replays.work_off()
    return made
