"""What must be true of every page, whatever is on it. Each check gives its findings: an empty list is good."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import responses

from playwright.sync_api import Browser, CDPSession, Page, Response

from tests.browser import NARROW, WIDE, sideways_scroll, watch
from tests.system.house import House

A4 = 794  # CSS pixels
REFUSED = 422  # a form that was sent with something wrong in it
TITLE = re.compile(
    r"(Error: )?\S.* – Anti-social behaviour cases( – (Cherwell|Coventry) Community Safety Partnership)?"
)
YELLOW = "rgb(255, 221, 0)"  # what has the focus, all over GOV.UK's components
MANY_TABS = 150
SOME_TABS = 40  # a list shows by its first rows how the others are

POLICY = {
    "default-src": {"'none'"},
    "script-src": {"'self'", "'sha256-GUQ5ad8JK5KmEWmROf3LZd9ge94daqNvd8xy9YS1iDw='"},
    "style-src": {"'self'"},
    "img-src": {"'self'", "data:"},
    "form-action": {"'self'"},
    "frame-ancestors": {"'none'"},
    "base-uri": {"'none'"},
    "object-src": {"'none'"},
}


@dataclass(frozen=True)
class Visit:
    """Somebody opens an address, perhaps does something there, and is answered."""

    who: str
    address: str
    status: int = 200
    act: Callable[[Page], None] | None = None


@dataclass(frozen=True)
class Seat:
    """The one tab of a person's browser: opening another for each page would take longer than looking at it."""

    page: Page
    complaints: list[str]
    session: CDPSession

    @contextmanager
    def scripts_off(self, *, really: bool) -> Iterator[None]:
        """Documents that load meanwhile run none of their scripts. Afterwards they may: axe is one itself."""
        self.session.send("Emulation.setScriptExecutionDisabled", {"value": really})
        yield
        self.session.send("Emulation.setScriptExecutionDisabled", {"value": False})
        assert self.page.evaluate("document.body.classList.contains('js-enabled')") is not really


class Inspector:
    def __init__(self, browser: Browser, house: House, axe: Callable[[Page], list[str]]) -> None:
        self.browser, self.house, self.axe = browser, house, axe
        self.seats: dict[str, Seat] = {}

    def findings(self, visit: Visit) -> list[str]:
        """Everything wrong with a page, at each width, with scripts and without, on paper and by keyboard."""
        if visit.status == REFUSED:
            # The form itself was looked at in every way before somebody sent it.
            return [*self._look(visit, WIDE, scripts=True), *self._look(visit, NARROW, scripts=False)]
        # Opened wide and made narrow, and the other way round.
        return [*self._look(visit, WIDE, NARROW, scripts=True), *self._look(visit, NARROW, WIDE, scripts=False)]

    def _look(self, visit: Visit, *widths: int, scripts: bool) -> Iterator[str]:
        seat = self.seat_of(visit.who)
        page = seat.page
        seat.complaints.clear()
        page.emulate_media(media="screen")
        page.set_viewport_size({"width": widths[0], "height": 800})
        with seat.scripts_off(really=not scripts):
            response = self._answer(page, visit)
        found = [] if response.status == visit.status else [f"status {response.status}"]
        if scripts and visit.status == REFUSED:
            found += _focus_after_refusal(page)
        for width in widths:
            page.set_viewport_size({"width": width, "height": 800})
            found += [f"{width} px: {finding}" for finding in [*self.axe(page), *shape(page)]]
        found += [*_calm(seat.complaints, visit.status), *errors(page)]
        if scripts:
            found += _strict(response)
        if scripts and visit.status != REFUSED:
            found += [*by_keyboard(page), *on_paper(page)]
        yield from (f"{'with' if scripts else 'without'} scripts: {finding}" for finding in found)

    def seat_of(self, who: str) -> Seat:
        if who not in self.seats:
            context = self.browser.new_context()
            if who in self.house.cookies:
                value = self.house.cookies[who]
                context.add_cookies([{"name": "sessionid", "value": value, "url": self.house.url}])
            page = context.new_page()
            self.seats[who] = Seat(page, watch(page), context.new_cdp_session(page))
        return self.seats[who]

    def _answer(self, page: Page, visit: Visit) -> Response:
        response = page.goto(f"{self.house.url}{visit.address}")
        if visit.act:
            with page.expect_navigation() as navigation:
                visit.act(page)
            response = navigation.value
        assert response is not None
        return response


def _calm(complaints: list[str], status: int) -> list[str]:
    """Chromium remarks on a document that is answered with an error; that one line is as it should be."""
    expected = f"error: Failed to load resource: the server responded with a status of {status} ({responses[status]})"
    if status >= 400 and expected in complaints:
        complaints = [*complaints]
        complaints.remove(expected)
    return complaints


def shape(page: Page) -> Iterator[str]:
    if wider := sideways_scroll(page):
        yield f"scrolls sideways by {wider} px"
    if (number := page.locator("h1").count()) != 1:
        yield f"{number} h1"
    if not TITLE.fullmatch(page.title()):
        yield f"title {page.title()!r}"
    if page.locator("html").get_attribute("lang") != "en-GB":
        yield "no lang"
    if cut := page.evaluate(_CUT):
        yield f"cut: {cut}"


# Text that stands in a box too small for it.
_CUT = """() => [...document.querySelectorAll('main *')].filter(element =>
    ['hidden', 'clip'].includes(getComputedStyle(element).overflowX)
    && !element.closest('.govuk-visually-hidden, svg, thead')
    && element.scrollWidth > element.clientWidth + 1).map(element => element.outerHTML.slice(0, 120))"""


def errors(page: Page) -> Iterator[str]:
    """The summary and the messages beside the fields say the same, and each line leads to a control."""
    beside = [
        text.strip().removeprefix("Error:").strip() for text in page.locator(".govuk-error-message").all_text_contents()
    ]
    links = page.locator(".govuk-error-summary__list a")
    above = [text.strip() for text in links.all_text_contents()]
    if page.locator(".govuk-error-summary").count() and not above:
        yield "a summary that leads nowhere"
    if set(beside) - set(above):
        yield f"errors not in the summary: {set(beside) - set(above)}"
    if bool(above) != page.title().startswith("Error: "):
        yield f"title {page.title()!r} with {len(above)} errors"
    for address in links.evaluate_all("links => links.map(link => link.getAttribute('href'))"):
        if not page.evaluate(_IS_CONTROL, address.removeprefix("#")):
            yield f"an error leads to {address}, which is no control"


_IS_CONTROL = "id => document.getElementById(id)?.matches('input:not([type=hidden]), textarea, select') ?? false"


def _focus_after_refusal(page: Page) -> Iterator[str]:
    summary = page.locator(".govuk-error-summary")
    if not summary.evaluate("summary => summary === document.activeElement"):
        yield "the focus is not on the summary of errors"
    link = summary.locator("a").first
    link.click()
    target = (link.get_attribute("href") or "").removeprefix("#")
    if page.evaluate("document.activeElement.id") != target:
        yield f"the first error does not take the focus to {target}"
    if not page.evaluate("document.activeElement.getBoundingClientRect().top >= 0"):
        yield "the first error's control is above the window"


def _strict(response: Response) -> Iterator[str]:
    policy = {
        name: set(values)
        for name, *values in (
            part.split() for part in response.header_value("content-security-policy").split(";") if part.strip()
        )
    }
    for name, values in POLICY.items():
        if policy.get(name) != values:
            yield f"policy {name} {policy.get(name)}"
    body = response.text()
    scripts = re.findall(r"<script(?![^>]* src=)[^>]*>", body)
    if len(scripts) != 1:  # the one whose hash the policy names
        yield f"{len(scripts)} inline scripts"
    if inline := re.findall(r"<style|<[^>]*\s(?:style|on[a-z]+)=[^>]*>|javascript:", body):
        yield f"inline: {inline}"


def by_keyboard(page: Page) -> Iterator[str]:
    """From the top: the skip link skips, and Tab comes to the main button, showing all the way where it is."""
    page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    page.locator("body").evaluate("body => { body.tabIndex = -1; body.focus(); body.removeAttribute('tabindex'); }")
    page.keyboard.press("Tab")
    if not page.evaluate("document.activeElement.matches('.govuk-skip-link')"):
        yield "Tab does not begin at the skip link"
    button = page.locator("main form[method=post] button.govuk-button:not(.govuk-button--secondary):visible").last
    wanted = button.element_handle() if button.count() else None
    for _ in range(MANY_TABS if wanted else SOME_TABS):
        page.keyboard.press("Tab")
        where, shown, arrived, left = page.evaluate(_FOCUS, wanted)
        if left or (arrived and wanted):
            break
        if not shown:
            yield f"no visible focus on {where}"
    if wanted and not arrived:
        yield "Tab does not come to the button"
    if wanted and not shown:
        yield "no visible focus on the button"
    page.locator(".govuk-skip-link").focus()
    page.keyboard.press("Enter")
    if not page.evaluate("document.activeElement.matches('#main-content')"):
        yield "the skip link does not skip"


# Radios and checkboxes are drawn by their labels.
_FOCUS = f"""button => {{
    const it = document.activeElement;
    const drawn = it.matches('[type=radio], [type=checkbox]')
        ? getComputedStyle(it.nextElementSibling, '::before') : getComputedStyle(it);
    const shown = [drawn.outlineColor, drawn.boxShadow, drawn.backgroundColor, drawn.borderColor]
        .some(value => value.includes('{YELLOW}'));
    return [it.outerHTML.slice(0, 120), shown, it === button, it === document.body];
}}"""


def on_paper(page: Page) -> Iterator[str]:
    """On A4: what can only be clicked is gone, and all that is to be read is there."""
    on_screen = page.evaluate(_READ)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": A4, "height": 1123})
    if wider := sideways_scroll(page):
        yield f"wider than the paper by {wider} px"
    for selector in (".govuk-service-navigation", ".govuk-footer", ".govuk-skip-link", ".govuk-back-link",
                     ".app-actions", ".moj-sub-navigation", ".govuk-pagination", ".app-filter"):  # fmt: skip
        if page.locator(selector).evaluate_all("all => all.some(one => one.checkVisibility())"):
            yield f"{selector} is printed"
    if cut := page.evaluate(_CUT):
        yield f"cut on paper: {cut}"
    if lost := set(on_screen) - set(page.evaluate(_READ)):
        yield f"not on paper: {sorted(lost)}"
    if folded := page.locator("main details:not(.app-filter)").evaluate_all(_FOLDED):
        yield f"folded away on paper: {folded}"


# The words of headings, paragraphs, cells and facts that can be seen.
_READ = """() => [...document.querySelectorAll('main :is(h1, h2, h3, th, td, dt, dd, p, .govuk-tag, .moj-badge)')]
    .filter(element => !element.closest('.app-filter-layout__filter, .app-actions, nav, form, .govuk-summary-list__actions')
        && !element.querySelector('form') && element.checkVisibility() && element.innerText.trim())
    .map(element => element.textContent.trim().replace(/\\s+/g, ' '))"""

_FOLDED = """all => all.filter(one => [...one.children]
    .some(child => !child.matches('summary') && !child.checkVisibility({contentVisibilityAuto: true})))
    .map(one => one.innerText)"""
