"""Takes the pictures of the README anew: .venv/bin/python script/screenshots.py [ADDRESS]

Needs a running script/server with the demonstration, and Chromium (script/bootstrap test).
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, sync_playwright

IMAGES = Path(__file__).resolve().parent.parent / "docs/images"
PASSWORD = "demonstration only"
SIZE: ViewportSize = {"width": 1100, "height": 1350}


def main(address: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))

        def signed_in(who: str) -> Page:
            page = browser.new_context(viewport=SIZE).new_page()
            page.goto(f"{address}/sign-in/")
            page.get_by_label("E-mail address").fill(f"{who}@cherwell.example")
            page.get_by_label("Password", exact=True).fill(PASSWORD)
            page.get_by_role("button", name="Sign in").click()
            return page

        page = signed_in("team-lead")
        page.goto(f"{address}/dashboard/")
        page.screenshot(path=IMAGES / "dashboard.png")

        page = signed_in("manager")
        page.goto(f"{address}/dashboard/standards/cherwell/")
        page.screenshot(path=IMAGES / "standards.png")

        page = signed_in("caseworker")
        page.goto(f"{address}/cases/?hate=on")
        page.locator("tbody").get_by_role("link").first.click()
        page.wait_for_load_state()
        page.screenshot(path=IMAGES / "case.png")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
