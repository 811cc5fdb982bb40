"""The main job with JavaScript switched off in the browser: a report becomes promises, and one of them is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from frontend.words import local, time_words
from ledger.models import Event
from ledger.vocabulary import EventKind
from standards.models import Clock
from tests.cast import PASSWORD, Cast

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_a_report_is_taken_and_worked_on_without_javascript(live_server, cast: Cast, page: Page) -> None:
    _sign_in(page, live_server.url)
    _record_a_report_about_two_people(page)

    promised = page.locator(".app-owed li")
    expect(page.get_by_role("heading", name="Case opened")).to_be_visible()
    expect(promised.filter(has_text="Contact Ms Khan by")).to_contain_text("24 hours, hate crime, Cherwell 3")
    expect(promised.filter(has_text="Mrs Webb")).to_have_count(0)  # a witness is owed nothing yet

    page.get_by_role("link", name="Open the case").click()
    expect(page.locator(".app-flags")).to_contain_text("Hate crime")
    expect(page.locator(".app-person")).to_have_count(2)

    _log_a_contact(page)
    expect(page.get_by_role("status")).to_contain_text("The contact was recorded.")
    clock = Clock.objects.get(promise__code="CHER-3b-ii")
    assert clock.outcome == "kept"

    _correct_the_entry(page)
    expect(page.get_by_text("Corrected or withdrawn later.")).to_be_visible()
    expect(page.get_by_text("I had written down the wrong hour.")).to_be_visible()
    first, corrected = Event.objects.filter(kind=EventKind.CONTACT_MADE).order_by("position")
    assert corrected.corrects_id == first.pk
    clock.refresh_from_db()
    assert clock.ended_at == corrected.occurred_at

    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.goto(f"{live_server.url}/cases/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def _sign_in(page: Page, url: str) -> None:
    page.goto(url)
    page.get_by_label("E-mail address").fill("priya.shah@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="No cases to show")).to_be_visible()


def _record_a_report_about_two_people(page: Page) -> None:
    page.get_by_role("main").get_by_role("button", name="Record a report").click()
    page.get_by_role("group", name="Is anyone in immediate danger now?").get_by_label("No").check()
    page.get_by_role("group", name="How was it reported?").get_by_label("Telephone").check()
    _fill_time(page, "received_at", hours_ago=5)
    page.get_by_label("What kind of behaviour is it?").select_option("Noise")
    page.get_by_label("What happened?").fill("Shouts at her every night, about where she was born.")
    page.get_by_role("group", name="Does the victim, or anybody else").get_by_label("Yes").check()
    page.get_by_label("Race").check()
    _fill_person(page, 1, "They are harmed by it", "Ms", "Amira", "Khan")
    page.get_by_role("button", name="Add another person").click()
    assert page.url.endswith("#person-2")
    expect(page.get_by_label("What happened?")).to_have_value(re.compile("every night"))
    _fill_person(page, 2, "They saw or heard it", "Mrs", "Vera", "Webb")
    page.get_by_role("button", name="Open a case").click()


def _fill_person(page: Page, number: int, role: str, title: str, given_name: str, family_name: str) -> None:
    person = page.locator(f"#person-{number}")
    person.get_by_label(role).check()
    person.get_by_label("Title").fill(title)
    person.get_by_label("First name").fill(given_name)
    person.get_by_label("Last name").fill(family_name)


def _log_a_contact(page: Page) -> None:
    page.get_by_role("button", name="Record a contact").click()
    page.get_by_role("group", name="Who is it about?").get_by_label("Ms Amira Khan").check()
    page.get_by_role("group", name="How?").get_by_label("Telephone").check()
    _fill_time(page, "at", hours_ago=3)
    page.get_by_role("button", name="Save").click()


def _correct_the_entry(page: Page) -> None:
    page.get_by_role("link", name=re.compile("^Timeline")).click()
    page.get_by_role("link", name=re.compile(r"^Correct \(Contact with Ms Khan")).click()
    page.get_by_label("It happened at another time").check()
    _fill_time(page, "at", hours_ago=4)
    page.get_by_label("Why are you correcting it?").fill("I had written down the wrong hour.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_be_visible()


def _fill_time(page: Page, name: str, hours_ago: int) -> None:
    moment = local(timezone.now() - timedelta(hours=hours_ago))
    for part, value in (("day", moment.day), ("month", moment.month), ("year", moment.year)):
        page.locator(f"[name={name}_{part}]").fill(str(value))
    page.locator(f"[name={name}_time]").fill(time_words(moment).split(" ")[0])
