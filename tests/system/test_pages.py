"""Every page of the application in a browser: wide and narrow, with scripts and without, by keyboard, on paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from django.core.exceptions import SuspiciousOperation
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse
from playwright.sync_api import Browser, Page
from pytest_django import DjangoDbBlocker

from asb_cases.forms.acts import ACTS
from tests.system.house import House, opened
from tests.system.inspection import REFUSED, Inspector, Visit, by_keyboard, errors, on_paper, shape
from tests.system.scene import STANDARDS, routes, signed_in

# The mark has the tests' own database made; what the browser sees was committed before.
pytestmark = [pytest.mark.browser, pytest.mark.django_db]

CHERWELL = "/dashboard/standards/cherwell/"
DEADLINE = "partnership=cherwell&received_day=24&received_month=10&received_year=2026&received_time=10am"
ACT = "cases/<slug:reference>/record/<slug:slug>/"
# Answered by something that is not a page, or only when something is sent.
NO_PAGES = {
    "sign-out/",
    "healthz",
    "readyz",
    "cases/<slug:reference>/take/",
    "cases/find/",
    "dashboard/promises.csv",
    f"{STANDARDS}settings/preview/",  # among the STATES: there must be a change to be seen
    f"{STANDARDS}settings/discard/",
    "community/",
    "community/publications/log.csv",
    "dashboard/standards/<slug:partnership>.csv",
    "dashboard/what-if/<uuid:replay>.csv",
    "dashboard/what-if/<uuid:replay>/cancel/",
}
# Who opens a page; the team lead of the agency that leads the case where nobody is named.
WHO = {
    "sign-in/": "nobody",
    "accessibility/": "nobody",
    "reports/<uuid:case>/": "jo",
    "reports/<uuid:case>/forwarded/": "jo",
    "standards/": "nobody",
    "standards/<slug:partnership>/": "nobody",
    "standards/<slug:partnership>/<str:code>/": "nobody",
    "bank-holidays/": "grace",
    "bank-holidays/<int:day>/remove/": "grace",
    "deadlines/": "nobody",
    f"{STANDARDS}settings/": "grace",
    f"{STANDARDS}versions/<int:version>/withdraw/": "grace",
    "development/mail/": "nobody",
    "community/duties/new/": "maya",
    **dict.fromkeys(
        (
            "community/channels/",
            "community/channels/<int:channel>/retire/",
            "community/duties/<uuid:duty>/hand-over/",
            "community/measures/<slug:partnership>/<str:code>/",
            "community/measures/<slug:partnership>/<str:code>/targets/new/",
            "community/measures/<slug:partnership>/<str:code>/values/new/",
            "community/measures/targets/<int:target>/withdraw/",
            "community/measures/values/<int:value>/withdraw/",
            "community/neighbourhoods/",
            "community/neighbourhoods/<uuid:neighbourhood>/end/",
            "community/neighbourhoods/<uuid:neighbourhood>/rename/",
            "community/neighbourhoods/new/",
        ),
        "grace",
    ),
}
PAGES = [
    (route, number) for route in routes() if route not in NO_PAGES for number in range(len(ACTS) if route == ACT else 1)
]
# Pages with a form that can be sent wrong.
FORMS = [
    (route, number)
    for route, number in PAGES
    if route == ACT
    or route
    in {
        "sign-in/",
        "bank-holidays/",
        f"{STANDARDS}settings/",
        "community/channels/",
        "community/channels/<int:channel>/retire/",
        "community/duties/<uuid:duty>/hand-over/",
        "community/duties/<uuid:duty>/record/",
        "community/duties/new/",
        "community/measures/<slug:partnership>/<str:code>/targets/new/",
        "community/measures/<slug:partnership>/<str:code>/values/new/",
        "community/neighbourhoods/<uuid:neighbourhood>/end/",
        "community/neighbourhoods/<uuid:neighbourhood>/rename/",
        "community/neighbourhoods/new/",
        "community/publications/<uuid:publication>/withdraw/",
        "cases/<slug:reference>/assign/",
        "cases/<slug:reference>/entries/<uuid:event>/correct/",
        "cases/<slug:reference>/people/add/",
        "cases/<slug:reference>/transfer/",
        "dashboard/what-if/",
        "promises/<int:clock>/",
        "reports/<uuid:case>/forwarded/",
        "reports/new/",
    }
]


def leave_empty(page: Page) -> None:
    """Empty every box and send the form."""
    page.evaluate(
        """() => { for (const box of document.querySelectorAll(
            'main form[method=post] :is(input:not([type=hidden]), textarea, select)')) {
            if (box.matches('[type=radio], [type=checkbox]')) box.checked = false; else box.value = '';
        } }"""
    )
    send(page)


def send(page: Page) -> None:
    page.locator("main form[method=post] button.govuk-button:not(.govuk-button--secondary):visible").last.click()


@pytest.fixture(scope="module")
def house(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    with django_db_blocker.unblock(), opened(tmp_path_factory.mktemp("mail")) as house:
        yield house


@pytest.fixture(scope="module")
def inspector(browser: Browser, house: House, axe: Callable[[Page], list[str]]) -> Inspector:
    return Inspector(browser, house, axe)


@pytest.mark.parametrize(("route", "number"), PAGES, ids=lambda value: value or None)
def test_every_page_is_as_a_page_must_be(inspector, house, route, number):
    address = house.scene.addresses()[route][number]
    assert inspector.findings(Visit(WHO.get(route, "dylan"), address)) == []


@pytest.mark.parametrize(("route", "number"), FORMS, ids=lambda value: value or None)
def test_every_form_sent_empty_says_what_is_missing(inspector, house, route, number):
    address = house.scene.addresses()[route][number]
    assert inspector.findings(Visit(WHO.get(route, "dylan"), address, REFUSED, leave_empty)) == []


def test_no_page_with_a_form_is_left_out_of_the_forms(house):
    """A page that can be sent is in FORMS, or is a question that its button answers."""
    with_forms = set()
    for route, number in PAGES:
        client = signed_in(house.cast.staff[who]) if (who := WHO.get(route, "dylan")) != "nobody" else Client()
        body = client.get(house.scene.addresses()[route][number], follow=True).content.decode()
        main = body[body.index("<main") : body.index("</main>")]
        if re.search(r"<form method=.post.[^>]*novalidate", main):
            with_forms.add((route, number))
    assert with_forms == set(FORMS)


def test_every_page_inside_a_case_leads_back(house):
    client = signed_in(house.cast.dylan)
    for route, number in PAGES:
        if route.startswith("cases/<"):
            body = client.get(house.scene.addresses()[route][number]).content.decode()
            assert body[: body.index("<main")].count('class="govuk-back-link"') == 1, (route, number)


def test_a_later_date_is_offered_only_where_something_is_owed_to_somebody(house):
    client = signed_in(house.cast.dylan)
    for case, status in ((house.scene.case, 200), (house.closed, 403)):
        form = house.of(case, "record_act", "later-date")
        assert (form in client.get(house.of(case, "record_menu")).content.decode()) == (status == 200)
        assert client.get(form).status_code == status


STATES = {
    "the case list of somebody without cases": lambda house: Visit("olga", "/cases/"),
    "a filter that leaves nothing": lambda house: Visit("dylan", "/cases/?q=nobody"),
    "a filter that makes no sense": lambda house: Visit("dylan", "/cases/?risk=whatever", REFUSED),
    "a list of more than a page": lambda house: Visit("dylan", "/cases/?whose=nobody&state=open&page=2"),
    "cases that nobody has, for one who may take them": lambda house: Visit("priya", "/cases/?whose=nobody&state=open"),
    "no reports taken": lambda house: Visit("tom", "/reports/"),
    "a dashboard without figures": lambda house: Visit("leo", "/dashboard/"),
    "a dashboard by officer": lambda house: Visit("dylan", "/dashboard/?by=officer"),
    "the whole partnership's dashboard": lambda house: Visit("grace", "/dashboard/?by=agency"),
    "missed, reason given": lambda house: Visit("dylan", "/dashboard/promises/?state=explained"),
    "no promises to show": lambda house: Visit("leo", "/dashboard/promises/?state=kept"),
    "standards, only what was not kept": lambda house: Visit("grace", "/dashboard/standards/cherwell/?show=not_kept"),
    "standards of which nothing is left": lambda house: Visit(
        "grace", "/dashboard/standards/cherwell/?show=kept&kind=measure"
    ),
    "standards over days that make no sense": lambda house: Visit(
        "grace", "/dashboard/standards/cherwell/?from=2026-05-01&to=2026-04-01", REFUSED
    ),
    "a promise whose cases one may not open": lambda house: Visit("jo", "/dashboard/standards/cherwell/CHER-3b-i/"),
    "a public page, as staff see it": lambda house: Visit("priya", "/standards/cherwell/"),
    "no what-ifs yet": lambda house: Visit("leo", "/dashboard/what-if/"),
    "a what-if that waits": lambda house: Visit("dylan", house.what_if("waiting")),
    "a what-if that is being worked out": lambda house: Visit("grace", house.what_if("running")),
    "a what-if that was cancelled": lambda house: Visit("dylan", house.what_if("cancelled")),
    "a what-if that failed": lambda house: Visit("robin", house.what_if("failed")),
    "a what-if without cases": lambda house: Visit("dylan", house.what_if("empty")),
    "a year without bank holidays": lambda house: Visit("grace", "/bank-holidays/?division=scotland&year=1990"),
    "a missed promise, as its officer sees it": lambda house: Visit("priya", f"/promises/{house.scene.promise.pk}/"),
    "a missed promise, as the manager sees it": lambda house: Visit("grace", f"/promises/{house.scene.promise.pk}/"),
    "a missed promise with its reason": lambda house: Visit("dylan", f"/promises/{house.explained.pk}/"),
    "a missed promise that was reviewed": lambda house: Visit("priya", f"/promises/{house.reviewed.pk}/"),
    "a review without a verdict": lambda house: Visit(
        "dylan", f"/promises/{house.explained.pk}/", REFUSED, review_empty
    ),
    "a grave case with people": lambda house: Visit("priya", house.of(house.grave)),
    "a timeline with a corrected entry": lambda house: Visit("priya", house.of(house.grave, "case_timeline")),
    "a case of two people": lambda house: Visit("priya", house.of(house.grave, "record_act", "contact")),
    "a closed case without people": lambda house: Visit("dylan", house.of(house.closed)),
    "a case of somebody else's": lambda house: Visit("tom", house.of(house.grave)),
    "somebody in danger": lambda house: Visit("jo", reverse("report_received", args=[house.grave.pk])),
    "the report form with hate and a second person": lambda house: Visit("jo", "/reports/new/", 200, two_people),
    "what was just done is said": lambda house: Visit("dylan", house.of(house.grave, "assign_case"), 200, send),
    "the calculator's form": lambda house: Visit("nobody", "/deadlines/?partnership=cherwell"),
    "a deadline step by step": lambda house: Visit("nobody", f"/deadlines/?{DEADLINE}&promise=CHER-3b-ii"),
    "a promise without a number": lambda house: Visit("priya", f"/deadlines/?{DEADLINE}&promise=CHER-5b"),
    "no deadline to be given": lambda house: Visit("nobody", f"/deadlines/?{DEADLINE}", REFUSED),
    "versions without a difference": lambda house: Visit("alex", f"{CHERWELL}versions/1..2/"),
    "the versions, to a manager": lambda house: Visit("grace", f"{CHERWELL}versions/"),
    "cases under a version": lambda house: Visit("priya", f"{CHERWELL}versions/1/cases/"),
    "what other settings would change": lambda house: Visit("grace", f"{CHERWELL}settings/", 200, other_settings),
    "settings that do not count yet": lambda house: Visit("grace", f"{CHERWELL}settings/"),
    "signing in in vain": lambda house: Visit("nobody", "/sign-in/", REFUSED, sign_in_in_vain),
    "nothing is due to the public yet": lambda house: Visit("leo", "/community/publications/"),
    "nothing in the publication log": lambda house: Visit("leo", "/community/publications/log/"),
    "a place of which nothing is asked": lambda house: Visit("dylan", "/community/publications/log/?place=whole"),
    "a promised figure as a caseworker sees it": lambda house: Visit("priya", "/community/measures/cherwell/CHER-1a/"),
    "figures that contradict each other": lambda house: Visit("dylan", "/community/measures/cherwell/CHER-P1/"),
    "not allowed": lambda house: Visit("priya", "/dashboard/", 403),
    "nothing there": lambda house: Visit("priya", "/nothing/", 404),
    "a case that one cannot see": lambda house: Visit("olga", house.of(house.grave), 404),
    "an account without a role": lambda house: Visit("noah", "/", 403),
    "a form that expired": lambda house: Visit("dylan", house.of(house.grave, "assign_case"), 403, without_token),
}


@pytest.mark.parametrize("state", STATES)
def test_pages_are_as_they_must_be_in_every_state(inspector, house, state):
    assert inspector.findings(STATES[state](house)) == []


def review_empty(page: Page) -> None:
    page.evaluate("document.querySelectorAll('[name=verdict]').forEach(one => { one.checked = false })")
    page.get_by_role("button", name="Save the review").click()


def two_people(page: Page) -> None:
    page.locator("[name=hate][value=yes]").check()
    page.get_by_role("button", name="Add another person").click()


def other_settings(page: Page) -> None:
    page.fill("[name=close_of_day]", "4pm")
    page.fill("[name=warn_after]", "60")
    for part, value in {"day": "1", "month": "2", "year": "2090"}.items():
        page.fill(f"[name=effective_from_{part}]", value)
    page.fill("[name=note]", "The office closes at four.")
    page.get_by_role("button", name="See what would change").click()


def sign_in_in_vain(page: Page) -> None:
    page.fill("[name=username]", "jo.marsh@example.org")
    page.fill("[name=password]", "a guess")
    send(page)


def without_token(page: Page) -> None:
    page.evaluate("document.querySelector('main [name=csrfmiddlewaretoken]').value = 'old'")
    send(page)


def test_without_e_mails_the_development_page_says_so(inspector, tmp_path):
    with override_settings(EMAIL_FILE_PATH=tmp_path):
        assert inspector.findings(Visit("nobody", "/development/mail/")) == []


def test_every_page_says_when_the_worker_has_stopped(inspector, house, monkeypatch):
    monkeypatch.setattr("config.context.sweep_is_late", lambda: True)
    assert inspector.findings(Visit("priya", house.of(house.grave))) == []


@pytest.mark.parametrize(("error", "status"), [(RuntimeError, 500), (SuspiciousOperation, 400)])
def test_pages_about_faults_of_ours_are_pages_too(inspector, house, monkeypatch, error, status):
    def fail(*given: object) -> None:
        raise error

    monkeypatch.setattr("asb_cases.views.cases.timeline", fail)
    assert inspector.findings(Visit("priya", house.of(house.grave), status)) == []


# --- the instruments themselves: what they are to find, they do find -----------------------------------

SPOILT = {
    "scrolls sideways": (shape, "document.querySelector('h1').style.minWidth = '2000px'"),
    "0 h1": (shape, "document.querySelector('h1').remove()"),
    "title ''": (shape, "document.title = ''"),
    "cut": (shape, "Object.assign(document.querySelector('h1').style, {width: '9px', overflow: 'hidden'})"),
    "errors not in the summary": (
        errors,
        "document.querySelector('h1').insertAdjacentHTML('afterend', '<p class=govuk-error-message>Wrong</p>')",
    ),
    "Tab does not begin": (by_keyboard, "document.querySelector('.govuk-skip-link').remove()"),
    "no visible focus": (by_keyboard, "document.querySelectorAll('a').forEach(link => { link.className = '' })"),
    "Tab does not come": (by_keyboard, "document.querySelector('main form button').tabIndex = -1"),
    "not on paper": (on_paper, "document.querySelector('h1').className = 'app-no-print'"),
    ".app-actions is printed": (
        on_paper,
        "const it = document.querySelector('h1'); it.className = 'app-actions';"
        "it.style.setProperty('display', 'block', 'important')",
    ),
}


@pytest.mark.parametrize("finding", SPOILT)
def test_what_is_wrong_with_a_page_is_found(inspector, house, finding):
    page = inspector.seat_of("dylan").page
    page.emulate_media(media="screen")
    page.goto(house.url + house.of(house.grave, "assign_case"))
    instrument, spoil = SPOILT[finding]
    page.evaluate(spoil)
    assert any(finding in found for found in instrument(page))
