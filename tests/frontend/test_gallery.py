"""Every page of the gallery in a browser: axe, console, reflow; with and without JavaScript, wide, narrow."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import NARROW, WIDE, browser_widths, sideways_scroll, watch, without_scripts
from tests.frontend.gallery.urls import PAGES

pytestmark = pytest.mark.browser


@browser_widths
@pytest.mark.parametrize("path", ["", *PAGES])
def test_pages(gallery, calm_page, axe, path, width):
    calm_page.set_viewport_size({"width": width, "height": 800})
    calm_page.goto(f"{gallery}/{path}")
    assert axe(calm_page) == []
    assert sideways_scroll(calm_page) == 0


@browser_widths
@pytest.mark.parametrize("path", ["parts/", "form/wrong/", "plan/", "cases/?status=new", "case/", "sign-in/"])
def test_pages_without_javascript(gallery, calm_page, axe, path, width):
    without_scripts(calm_page)
    calm_page.set_viewport_size({"width": width, "height": 800})
    calm_page.goto(f"{gallery}/{path}")
    assert "js-enabled" not in calm_page.locator("body").get_attribute("class")
    assert axe(calm_page) == []
    assert sideways_scroll(calm_page) == 0


def test_without_javascript_every_revealed_field_is_shown(gallery, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{gallery}/form/")
    for name in ("email", "phone", "how_often"):
        expect(page.locator(f"[name={name}]")).to_be_visible()
    context.close()


def test_with_javascript_a_field_is_revealed_by_its_option(gallery, calm_page):
    calm_page.goto(f"{gallery}/form/")
    expect(calm_page.locator("[name=email]")).to_be_hidden()
    calm_page.get_by_label("Email", exact=True).check()
    expect(calm_page.locator("[name=email]")).to_be_visible()
    expect(calm_page.locator("[name=phone]")).to_be_hidden()


def test_the_exclusive_box_unticks_the_others(gallery, calm_page):
    calm_page.goto(f"{gallery}/form/filled/")
    calm_page.get_by_label("None of these").check()
    expect(calm_page.get_by_label("Do not send letters")).not_to_be_checked()


def test_the_count_goes_down(gallery, calm_page):
    calm_page.goto(f"{gallery}/form/")
    calm_page.locator("[name=story]").fill("x" * 100)
    expect(calm_page.get_by_text("You have 1,900 characters remaining").first).to_be_visible()


def test_the_password_can_be_shown(gallery, calm_page):
    calm_page.goto(f"{gallery}/sign-in/")
    calm_page.get_by_label("Password", exact=True).fill("secret")
    calm_page.get_by_role("button", name="Show password").click()
    expect(calm_page.locator("[name=password]")).to_have_attribute("type", "text")


def test_the_summary_takes_the_focus_to_the_control(gallery, calm_page):
    calm_page.goto(f"{gallery}/form/wrong/")
    expect(calm_page).to_have_title(re.compile("^Error: "))
    expect(calm_page.locator(".govuk-error-summary")).to_be_focused()
    calm_page.get_by_role("link", name="Date of birth must include a month").click()
    expect(calm_page.locator("#id_born_month")).to_be_focused()
    calm_page.get_by_role("link", name="Select how often it happens").click()
    expect(calm_page.locator("#id_often_0")).to_be_focused()


@pytest.mark.parametrize("javascript", [True, False])
def test_the_filter_is_open_beside_the_results_and_folded_on_a_phone(gallery, browser, javascript):
    context = browser.new_context(java_script_enabled=javascript, viewport={"width": WIDE, "height": 800})
    page = context.new_page()
    page.goto(f"{gallery}/cases/?status=new")
    apply, handle = page.get_by_role("button", name="Apply filters"), page.locator(".app-filter > summary")
    expect(apply).to_be_visible()
    expect(handle).to_be_hidden()
    page.set_viewport_size({"width": NARROW, "height": 640})
    expect(apply).to_be_hidden()
    expect(page.get_by_role("link", name="Remove this filter: New")).to_be_visible()
    handle.click()
    expect(apply).to_be_visible()
    context.close()


def test_filtering_and_sorting(gallery, calm_page):
    calm_page.goto(f"{gallery}/cases/")
    calm_page.get_by_label("Investigation").check()
    calm_page.get_by_role("button", name="Apply filters").click()
    expect(calm_page.get_by_text("16 cases")).to_be_visible()
    calm_page.get_by_role("link", name="Case", exact=True).click()
    expect(calm_page.locator("th[aria-sort=ascending]")).to_have_text("Case")
    expect(calm_page.get_by_text("16 cases")).to_be_visible()
    calm_page.get_by_role("link", name="Clear filters").click()
    expect(calm_page.get_by_text("Showing 1 to 20 of 64 cases")).to_be_visible()
    expect(calm_page.locator("th[aria-sort=ascending]")).to_have_text("Case")


def test_rows_become_cards_that_keep_their_meaning(gallery, calm_page):
    calm_page.set_viewport_size({"width": NARROW, "height": 640})
    calm_page.goto(f"{gallery}/cases/")
    row = calm_page.get_by_role("row").nth(1)
    expect(row.get_by_role("rowheader")).to_contain_text("ASB-26-1042")
    assert row.get_by_role("cell").count() == 5
    label = row.get_by_role("cell").first.evaluate("cell => getComputedStyle(cell, '::before').content")
    assert label == '"Status"'


def test_a_partnerships_colour(gallery, calm_page):
    calm_page.goto(f"{gallery}/cases/")
    calm_page.evaluate("document.documentElement.style.setProperty('--govuk-brand-colour', '#5b2c6f')")
    colour = calm_page.locator(".app-header").evaluate("header => getComputedStyle(header).backgroundColor")
    assert colour == "rgb(91, 44, 111)"


def test_forced_colours_keep_the_mark_of_the_current_page(gallery, browser):
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(f"{gallery}/case/")
    current = page.locator(".moj-sub-navigation [aria-current]")
    assert "underline" in current.evaluate("link => getComputedStyle(link).textDecorationLine")
    context.close()


def test_print_shows_the_record_and_not_the_controls(gallery, calm_page):
    calm_page.goto(f"{gallery}/case/")
    calm_page.emulate_media(media="print")
    expect(calm_page.get_by_role("heading", name="Latest on this case")).to_be_visible()
    for selector in (".govuk-service-navigation", ".moj-sub-navigation", ".app-actions", ".govuk-footer"):
        expect(calm_page.locator(selector).first).to_be_hidden()


def test_everything_can_be_reached_by_keyboard(gallery, calm_page):
    calm_page.goto(f"{gallery}/cases/")
    calm_page.keyboard.press("Tab")
    expect(calm_page.get_by_role("link", name="Skip to main content")).to_be_focused()
    calm_page.keyboard.press("Enter")
    expect(calm_page.locator("#main-content")).to_be_focused()


# --- the instruments themselves: what they are to find, they do find -----------------------------------


def test_axe_finds_what_is_wrong(gallery, calm_page, axe):
    calm_page.goto(f"{gallery}/cases/")
    calm_page.evaluate("document.querySelector('main').append(document.createElement('input'))")
    assert [finding.partition(":")[0] for finding in axe(calm_page)] == ["label"]


def test_a_breach_of_the_policy_is_seen(gallery, page):
    complaints = watch(page)
    page.goto(f"{gallery}/cases/")
    assert complaints == []
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">Red</p>')")
    page.wait_for_function("document.body.lastElementChild.textContent === 'Red'")
    assert len(complaints) == 1
    assert "Content Security Policy" in complaints[0]


def test_a_page_wider_than_its_window_is_seen(gallery, calm_page):
    calm_page.set_viewport_size({"width": NARROW, "height": 640})
    calm_page.goto(f"{gallery}/cases/")
    calm_page.evaluate("document.querySelector('main').style.minWidth = '400px'")
    assert sideways_scroll(calm_page) > 0
