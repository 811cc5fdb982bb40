"""A real worker and a real beat: what they find by themselves, and that they find it once, whatever breaks."""

from __future__ import annotations

import email
import email.policy
import shelve
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from frontend.words import moment_words
from notifications.models import Message
from standards.models import Breach, Clock
from tests import answers
from tests.cast import PASSWORD, Cast
from tests.system.misses import assert_found_once, beats, heartbeat_held, missed, noticed, others_at_work, sweeps_held
from tests.system.processes import Programs

pytestmark = pytest.mark.worker

HOUR = timedelta(hours=1)
MANY = 25


def sign_in(page: Page, address: str, name: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{address}/sign-in/")
    page.get_by_label("E-mail address").fill(f"{name.replace(' ', '.').lower()}@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def type_in(page: Page, typed: answers.Answers) -> None:
    """Fill in what a person sees of the form; what is hidden is the page's own."""
    for name, value in typed.items():
        field = page.locator(f'[name="{name}"]:not([type=hidden])')
        if not field.count():
            continue
        if field.first.get_attribute("type") in {"radio", "checkbox"}:
            for one in [value] if isinstance(value, str) else value:
                page.locator(f'[name="{name}"][value="{one}"]').check()
        elif field.evaluate("element => element.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def letters(programs: Programs) -> dict[str, email.message.EmailMessage]:
    """The e-mails in the mail folder that are alerts, by the address they went to."""
    read = [
        email.message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in programs.mail.glob("*.eml")
    ]
    return {str(letter["To"]): letter for letter in read if "promise" in str(letter["Subject"])}


@pytest.mark.browser
def test_from_the_report_to_the_reviewed_reason(cast: Cast, live_server, calm_page: Page, programs: Programs) -> None:
    page, address = calm_page, live_server.url
    received_at = timezone.now() - 49 * HOUR

    sign_in(page, address, "Jo Marsh")
    type_in(page, answers.report(cast, at=received_at))
    page.get_by_role("button", name="Open a case").click()
    expect(page.get_by_role("heading", name="Case opened")).to_be_visible()
    owed = page.locator(".app-owed li").filter(has_text="48 hours")
    due_at = Clock.objects.get(promise__code="CHER-3b-i").due_at
    expect(owed).to_contain_text(f"Contact Ms Khan by {moment_words(due_at, short=True)}")
    reference = page.locator(".govuk-panel strong").inner_text()

    sign_in(page, address, "Priya Shah")
    page.goto(f"{address}/cases/{reference}/")
    page.get_by_role("button", name="Take the case").click()
    expect(page.get_by_text("Overdue").first).to_be_visible()
    assert not Breach.objects.exists()

    programs.broker()
    programs.worker()
    programs.beat()
    told = programs.until(lambda: len(letters(programs)) == 2 and letters(programs), "two e-mails are written")
    assert set(told) == {cast.priya.email, cast.dylan.email}
    for letter in told.values():
        assert letter["Subject"] == f"{reference}: a promise was missed"
        text = letter.get_content()
        assert reference in text
        assert not [word for word in ("Khan", "Amira", "Orchard", "music", "07700") if word in text]
    breach = Breach.objects.get()
    assert breach.due_at == due_at < breach.detected_at

    sign_in(page, address, "Dylan Price")
    figure = page.locator(".app-tiles li")
    expect(figure.filter(has_text="Missed, no reason yet")).to_contain_text("1")
    expect(figure.filter(has_text="Missed, reason given")).to_contain_text("0")

    sign_in(page, address, "Priya Shah")
    page.goto(f"{address}/promises/{breach.clock_id}/")
    page.get_by_label("Too much other work").check()
    page.get_by_label("What happened, and what will be done differently?").fill("Two urgent cases that day.")
    page.get_by_role("button", name="Save the reason").click()
    expect(page.get_by_text("The reason was recorded.")).to_be_visible()

    sign_in(page, address, "Dylan Price")
    expect(figure.filter(has_text="Missed, no reason yet")).to_contain_text("0")
    expect(figure.filter(has_text="Missed, reason given")).to_contain_text("1 to be reviewed")
    page.goto(f"{address}/promises/{breach.clock_id}/")
    page.get_by_label("Accepted: outside the officer's control").check()
    page.get_by_role("button", name="Save the review").click()
    expect(page.get_by_text("The review was recorded.")).to_be_visible()
    page.goto(f"{address}/dashboard/")
    expect(figure.filter(has_text="Missed, no reason yet")).to_contain_text("0")
    expect(figure.filter(has_text="Missed, reason given")).to_contain_text("0 to be reviewed")
    assert len(letters(programs)) == 2


def test_the_officer_is_warned_by_e_mail_while_there_is_time(cast: Cast, programs: Programs) -> None:
    case = cast.case(timezone.now() - 40 * HOUR)
    programs.broker()
    programs.worker()
    programs.beat()
    told = programs.until(lambda: letters(programs), "the warning is written")
    assert set(told) == {cast.priya.email}
    letter = told[cast.priya.email]
    assert letter["Subject"] == f"{case.matter.reference}: a promise is due soon"
    assert "Khan" not in letter.get_content()
    assert not Breach.objects.exists()


def test_a_worker_killed_in_mid_sweep_has_done_nothing_and_the_next_does_it_all(cast: Cast, programs: Programs) -> None:
    clocks = missed(cast, MANY, timezone.now() - HOUR)
    programs.broker()
    programs.beat()
    with heartbeat_held():
        worker = programs.worker()
        programs.until(sweeps_held, "the sweep has written all and cannot commit")
        programs.kill(worker)
        assert not Breach.objects.exists()
    programs.until(lambda: not others_at_work(), "the killed worker's transaction is gone")
    assert not Breach.objects.exists()
    assert not Message.objects.filter(kind="breach").exists()
    programs.worker()
    programs.until(lambda: noticed(clocks), "every miss is found and told")
    assert_found_once(cast, clocks)


def test_two_beats_and_two_workers_at_once_are_as_one(cast: Cast, programs: Programs) -> None:
    clocks = missed(cast, MANY, timezone.now() - HOUR)
    programs.broker()
    programs.beat("first")
    programs.beat("second")
    with heartbeat_held():  # so that both are in the middle of it at once
        programs.worker()
        programs.worker()
        programs.until(lambda: sweeps_held() >= 2, "two sweeps run at once")
    programs.until(lambda: noticed(clocks), "every miss is found and told")
    goes_on(programs)
    assert_found_once(cast, clocks)
    assert Message.objects.filter(kind="breach", attempts=1).count() == 2 * MANY


def test_after_three_days_without_beat_each_miss_is_found_once_with_its_own_deadline(
    cast: Cast, programs: Programs
) -> None:
    programs.broker()
    beat = programs.beat()
    with programs.redis_client() as client:
        programs.until(lambda: client.llen("celery"), "beat has asked for something")
        programs.stop(beat)
        client.flushall()
    with shelve.open(str(programs.schedule()), writeback=True) as schedule:  # noqa: S301  beat wrote it
        for entry in schedule["entries"].values():
            entry.last_run_at -= timedelta(days=3)
    clocks = [clock for hours in (72, 50, 26, 1) for clock in missed(cast, 3, timezone.now() - hours * HOUR)]
    programs.beat()
    programs.worker()
    programs.until(lambda: noticed(clocks), "every miss is found and told")
    goes_on(programs)
    assert_found_once(cast, clocks)
    assert not Message.objects.filter(kind="warning", context__clock__in=[clock.pk for clock in clocks]).exists()


def goes_on(programs: Programs) -> None:
    """Two more sweeps, that might repeat something."""
    for _ in range(2):
        before = beats()

        def another(before: datetime | None = before) -> bool:
            return beats() != before

        programs.until(another, "there is another sweep")
