"""Rules that hold for every template in the repository, and pages that must render with next to nothing."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory
from django.urls import set_script_prefix
from django.views.defaults import server_error

from config.settings.base import CONTENT_SECURITY_POLICY
from frontend.components import Place
from tests.frontend.gallery.forms import SignIn

ROOT = Path(__file__).resolve().parent.parent.parent
TEMPLATES = sorted(
    path
    for path in ROOT.rglob("*.html")
    if "templates" in path.parts and not {"var", "node_modules", ".venv"} & set(path.relative_to(ROOT).parts)
)
# What does not execute needs no permission: JSON for a script to read.
INERT = {"application/json"}


def rooted(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.fixture(params=TEMPLATES, ids=rooted)
def source(request):
    return request.param.read_text()


def inline_scripts(html):
    """Bodies of scripts that the page carries itself."""
    for attributes, body in re.findall(r"<script\b([^>]*)>(.*?)</script>", html, re.DOTALL | re.IGNORECASE):
        kind = re.search(r'type="([^"]*)"', attributes)
        if "src=" not in attributes and (kind[1] if kind else "") not in INERT:
            yield body


def test_there_are_templates():
    assert ROOT / "templates/layout.html" in TEMPLATES


def test_no_inline_styles(source):
    assert not re.search(r"<[^>]*\sstyle\s*=", source)
    assert "<style" not in source.lower()


def test_no_inline_handlers(source):
    assert not re.search(r"<[^>]*\son[a-z]+\s*=", source)
    assert "javascript:" not in source.lower()


def test_no_inline_scripts_but_the_one(request, source):
    scripts = list(inline_scripts(source))
    assert len(scripts) == (1 if request.node.callspec.id == "templates/layout.html" else 0)


def test_nothing_comes_from_elsewhere(source):
    for attribute, address in re.findall(r"<(?:script|link|img|iframe)\b[^>]*\b(src|href)=\"([^\"]*)\"", source):
        assert not address.startswith(("http:", "https:", "//")), (attribute, address)


def test_the_policy_names_the_hash_of_the_one_inline_script():
    [script] = inline_scripts((ROOT / "templates/layout.html").read_text())
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in CONTENT_SECURITY_POLICY["DIRECTIVES"]["script-src"]


# --- pages ------------------------------------------------------------------------------------------


@pytest.fixture
def page(kit):
    def render(**page):
        source = '{% extends "staff.html" %}{% block title %}Cases{% endblock %}'
        request = RequestFactory().get("/")
        return Template(source).render(Context({"page": page, "request": request} if page else {}))

    set_script_prefix("/")
    return render


def title(html):
    return " ".join(re.search(r"<title>(.*?)</title>", html, re.DOTALL)[1].split())


def test_a_page_without_any_context(page):
    html = page()
    assert title(html) == "Cases – Anti-social behaviour cases"
    assert 'class="govuk-template__body  app-staff"' in html or "app-staff" in html.split("<body")[1][:80]
    assert "Sign out" not in html
    assert "govuk-service-navigation" not in html
    assert 'href="/accessibility/"' in html


def test_a_page_with_everything(page):
    html = page(
        service="Cases of ASB",
        organisation="Norchester",
        person="Priya Shah",
        agency="City Council",
        navigation=[Place(label="Cases", url="/cases/", current=True), Place(label="Board", url="/board/")],
        alarm="Deadlines have not been checked since 9:04am.",
        demonstration=True,
        brand_stylesheet="/brand.css",
    )
    assert title(html) == "Cases – Cases of ASB – Norchester"
    assert "Priya Shah, City Council" in html
    assert html.count("aria-current") == 1
    assert "Deadlines have not been checked" in html
    assert "Demonstration" in html
    assert '<link rel="stylesheet" href="/brand.css">' in html


def test_signing_out_is_a_post(page):
    html = page(person="Priya Shah")
    form = html.split("<form")[1].split("</form>")[0]
    assert 'method="post"' in form
    assert 'action="/sign-out/"' in form


@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"])
def test_error_pages(kit, name):
    html = render_to_string(name)
    assert "<h1" in html
    assert title(html).endswith("– Anti-social behaviour cases")


def test_500_needs_neither_request_nor_context_processor(kit, monkeypatch):
    def broken(request):
        raise AssertionError("a context processor ran")

    monkeypatch.setattr("django.template.context_processors.request", broken)
    response = server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "Sorry, there is a problem with this service" in response.content.decode()


def test_signing_in_keeps_where_one_was_going(kit):
    html = get_template("registration/sign_in.html").render({"next": "/cases/?q=a&b", "form": SignIn()})
    assert '<input type="hidden" name="next" value="/cases/?q=a&amp;b">' in " ".join(html.split())
