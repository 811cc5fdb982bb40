"""The assets: where they come from, that they are whole, that they can be hashed."""

from __future__ import annotations

import importlib.util
import json
import re
import time
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent.parent
ASSETS = ROOT / "var/assets"


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("build_assets", ROOT / "script/build_assets.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_lock_file_names_no_registry():
    text = (ROOT / "static/package-lock.json").read_text()
    lock = json.loads(text)
    assert '"resolved"' not in text
    assert "registry" not in text
    assert set(re.findall(r"https?://([^/\"]+)", text)) <= {
        "opencollective.com",
        "paulmillr.com",
        "github.com",
    }
    fetched = {name: package for name, package in lock["packages"].items() if name}
    assert all(package["integrity"].startswith("sha512-") for package in fetched.values())


def test_versions_are_exact():
    package = json.loads((ROOT / "static/package.json").read_text())
    for version in {**package["dependencies"], **package["devDependencies"]}.values():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)


def test_what_is_served():
    names = {str(path.relative_to(ASSETS)) for path in ASSETS.rglob("*") if path.is_file()}
    assert {"css/app.css", "js/app.js", "js/govuk-frontend.min.js", "js/moj-frontend.min.js"} <= names
    assert {"images/favicon.svg", "images/favicon.png", "images/touch-icon.png"} <= names
    assert not [name for name in names if "axe" in name or name.endswith(".map")]


def test_nothing_that_is_licensed_to_others():
    css = (ASSETS / "css/app.css").read_text()
    for words in ("GDS Transport", "@font-face", "crest", "crown.", "logotype"):
        assert words not in css
    assert "--govuk-brand-colour: #14504f" in css or "--govuk-brand-colour:#14504f" in css
    assert "#1d70b8" not in re.sub(r"\.moj-badge--blue\{[^}]*\}|[^{}]*file-upload[^{}]*\{[^}]*\}", "", css)


def test_the_brand_can_be_changed_at_run_time():
    css = (ASSETS / "css/app.css").read_text()
    header = re.search(r"\.app-header\{[^}]*\}", css)[0]
    assert "var(--govuk-brand-colour" in header


def test_no_source_maps_are_named():
    for path in (ASSETS / "js").iterdir():
        assert "sourceMappingURL" not in path.read_text()


def test_every_image_of_the_style_sheet_is_there():
    css = (ASSETS / "css/app.css").read_text()
    for name in re.findall(r"url\(\"?(\.\./[^)\"]+)", css):
        assert (ASSETS / "css" / name).resolve().is_file(), name


def test_a_second_build_does_nothing(script, capsys):
    before = {path: path.stat().st_mtime_ns for path in ASSETS.rglob("*")}
    started = time.perf_counter()
    script.build()
    assert time.perf_counter() - started < 1
    assert {path: path.stat().st_mtime_ns for path in ASSETS.rglob("*")} == before
    assert capsys.readouterr().out == ""


def test_the_stamp_sees_sources_and_results(script, monkeypatch, tmp_path):
    before = script.state()
    (tmp_path / "new.scss").write_text("")
    monkeypatch.setattr(script, "SOURCES", tmp_path)
    monkeypatch.setattr(script, "ROOT", Path("/"))
    assert script.state()["sources"] != before["sources"]
    monkeypatch.setattr(script, "ASSETS", tmp_path)
    assert script.state()["results"] != before["results"]


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        ("npm error code ENOTFOUND", "needs the network"),
        ("npm error code EINTEGRITY", "do not use it"),
        ("npm error code SELF_SIGNED_CERT_IN_CHAIN", "NODE_EXTRA_CA_CERTS"),
        ("npm error something else", "Mend what it names"),
    ],
)
def test_advice_when_npm_fails(script, said, advice):
    assert advice in script.advice(said)


# --- hashed names -----------------------------------------------------------------------------------


@pytest.fixture
def collected(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STATICFILES_DIRS = [ASSETS]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "frontend.storage.HashedStorage"}}
    finders.get_finder.cache_clear()
    call_command("collectstatic", interactive=False, verbosity=0)
    yield tmp_path
    finders.get_finder.cache_clear()


def test_names_are_hashed_compressed_and_imported_by(collected):
    names = json.loads((collected / "staticfiles.json").read_text())["paths"]
    assert set(names) == {str(path.relative_to(ASSETS)) for path in ASSETS.rglob("*") if path.is_file()}
    for name, hashed in names.items():
        assert re.fullmatch(r"[0-9a-f]{12}", hashed.removeprefix(name.rpartition(".")[0] + ".").split(".")[0])
        assert (collected / hashed).is_file()
    css, app = collected / names["css/app.css"], collected / names["js/app.js"]
    assert css.with_name(css.name + ".br").is_file()
    assert css.with_name(css.name + ".gz").is_file()
    for module in ("govuk-frontend.min.js", "moj-frontend.min.js"):
        hashed = names[f"js/{module}"].rpartition("/")[2]
        assert f"'./{hashed}'" in app.read_text() or f'"./{hashed}"' in app.read_text()
        assert f"/{module}" not in app.read_text()
    for image in re.findall(r"url\(\"?\.\./(images/[^)\"]+)", css.read_text()):
        assert image in names.values()


def test_pages_ask_for_the_hashed_names(collected, kit, settings):
    from django.template.loader import render_to_string

    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "frontend.storage.HashedStorage"}}
    html = render_to_string("404.html")
    names = json.loads((collected / "staticfiles.json").read_text())["paths"]
    asked = {address.removeprefix("/static/") for address in re.findall(r'"(/static/[^"]+)"', html)}
    assert {names["css/app.css"], names["js/app.js"], names["images/favicon.svg"]} <= asked
    assert asked <= set(names.values())
