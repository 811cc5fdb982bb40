"""A pytest plugin for tests that look at pages in headless Chromium.

    @pytest.mark.browser
    def test_list(live_server, calm_page, axe):
        calm_page.goto(live_server.url + "/cases/")
        assert axe(calm_page) == []

`calm_page` is pytest-playwright's `page`, and fails the test when the page complains on the console: a broken
Content-Security-Policy, a missing file and an error in a script all do. `browser_widths` are the widths every
page is looked at.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route

# Playwright's synchronous interface runs an event loop in the test's thread, where Django refuses the ORM.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

AXE = Path(__file__).resolve().parent.parent / "var/test-assets/axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

# GOV.UK Frontend's own, known and left so by its makers: aria-expanded on radios and checkboxes that reveal
# something (alphagov/govuk-frontend#979), and the label of the enhanced file upload.
ACCEPTED = {
    "aria-allowed-attr": ".govuk-radios__input[aria-expanded], .govuk-checkboxes__input[aria-expanded]",
    "label-content-name-mismatch": ".govuk-file-upload-button",
}

WIDE, NARROW = 1280, 320  # a laptop; and WCAG's reflow width, a phone or a laptop at 400 % zoom
browser_widths = pytest.mark.parametrize("width", [WIDE, NARROW])


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's Chromium, or the one that CHROMIUM names; without either, Playwright's own."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    return {**browser_type_launch_args, "executable_path": program} if program else browser_type_launch_args


@pytest.fixture
def calm_page(page: Page) -> Iterator[Page]:
    complaints = watch(page)
    yield page
    assert complaints == []


def watch(page: Page) -> list[str]:
    """A list that fills with what the page complains about, errors and warnings of the console alike."""
    complaints: list[str] = []

    def listen(message: Any) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(f"{message.type}: {message.text}")

    page.on("console", listen)
    page.on("pageerror", lambda error: complaints.append(f"exception: {error}"))
    return complaints


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """`axe(page)`: what axe-core finds against WCAG 2.2 AA, one line a node, accepted findings left out."""
    if not AXE.exists():
        pytest.fail("axe-core is not here: run script/build_assets.py")
    source = AXE.read_text()

    def check(page: Page) -> list[str]:
        # Evaluated, not added as a script: the page's Content-Security-Policy stays as it is.
        if not page.evaluate("'axe' in window"):
            page.evaluate(f"{source};0")
        result = page.evaluate(
            "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'], preload: false})",
            WCAG,
        )
        return [
            f"{violation['id']}: {node['html'][:160]}"
            for violation in result["violations"]
            for node in violation["nodes"]
            if not _accepted(page, violation["id"], node["target"])
        ]

    return check


def _accepted(page: Page, rule: str, target: list[str]) -> bool:
    selector = ACCEPTED.get(rule)
    return bool(selector) and page.evaluate(
        "([target, selector]) => document.querySelector(target)?.matches(selector) ?? false",
        [target[0], selector],
    )


def without_scripts(page: Page) -> None:
    """From here on the page's documents come without their scripts.

    axe is a script itself, and cannot run where JavaScript is switched off altogether.
    """

    def strip(route: Route) -> None:
        if route.request.resource_type != "document":
            route.continue_()
            return
        response = route.fetch()
        body = re.sub(r"<script\b.*?</script>", "", response.text(), flags=re.DOTALL)
        route.fulfill(response=response, body=body)

    page.route("**/*", strip)


def sideways_scroll(page: Page) -> int:
    """How many pixels the page is wider than its window: 0 is the only good answer."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
