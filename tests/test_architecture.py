"""The floors of the house: an import goes downwards only, and apps on one floor are strangers to each other."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

PURE = ("standards/calendar.py", "standards/charter.py", "standards/charter_checks.py", "standards/charter_file.py",
        "standards/charter_schema.py", "standards/toml_lines.py", "standards/engine.py", "standards/facts.py",
        "standards/steps.py", "standards/difference.py", "standards/local_settings.py", "standards/phrases.py",
        "ledger/chain.py", "frontend/words.py")  # fmt: skip


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--config", ROOT / "pyproject.toml", "--no-cache"],
        cwd=root, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_imports_go_downwards() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("app", "forbidden"),
    [("ledger", "partners"), ("standards", "asb_cases"), ("partners", "notifications"), ("frontend", "ledger")],
)
def test_an_import_upwards_is_caught(tmp_path: Path, app: str, forbidden: str) -> None:
    """The contract can fail: a copy of the house with one wrong import breaks it."""
    for package in [path.parent for path in ROOT.glob("*/__init__.py")]:
        (tmp_path / package.name).symlink_to(package)
    broken = tmp_path / app
    broken.unlink()
    broken.mkdir()
    for part in (ROOT / app).iterdir():
        if part.name != "__init__.py":
            (broken / part.name).symlink_to(part)
    (broken / "__init__.py").write_text(f"import {forbidden}.models\n")
    done = lint(tmp_path)
    assert done.returncode == 1
    assert "The floors of the house BROKEN" in done.stdout


@pytest.mark.parametrize("module", PURE)
def test_pure_modules_know_nothing_of_django_and_read_no_clock(module: str) -> None:
    tree = ast.parse((ROOT / module).read_text())
    imported = {
        alias.name if isinstance(node, ast.Import) else node.module or ""
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert not [name for name in imported if name.split(".")[0] == "django"]
    calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    assert not {call for call in calls if call.endswith((".now", ".utcnow", ".today"))}


def test_only_the_engine_writes_clocks() -> None:
    """Casework never starts, stops or names a clock: it appends facts."""
    allowed = {"standards/storing.py", "standards/sweep.py"}
    writing = (
        "Clock.objects.create",
        "Clock.objects.bulk_create",
        "Clock.objects.update",
        "Clock.objects.filter(pk__in",
    )
    found = set()
    for path in ROOT.glob("*/**/*.py"):
        name = str(path.relative_to(ROOT))
        if name.split("/")[0] in {"tests", "var", ".venv", "script"}:
            continue
        if any(call in path.read_text() for call in writing):
            found.add(name)
    assert found <= allowed
