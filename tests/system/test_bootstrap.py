"""script/bootstrap prepares the private database once, wherever ASB_VAR says that it lives."""

from __future__ import annotations

import subprocess
from pathlib import Path
from shutil import copy

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Says what it was asked to do, and leaves what the database leaves.
PYTHON = """#!/bin/sh
[ "$1" = manage.py ] || exit 0
echo "$2"
mkdir -p "${ASB_VAR:-var}/postgres"
touch "${ASB_VAR:-var}/postgres/PG_VERSION"
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """One in which the packages are installed already."""
    for folder in ("script", ".venv/bin", "app/migrations", "standards/management/commands"):
        (tmp_path / folder).mkdir(parents=True)
    copy(ROOT / "script" / "bootstrap", tmp_path / "script")
    for name in (
        "app/migrations/0001.py", "standards/management/commands/seed_bank_holidays.py", "requirements.lock",
        "requirements-local.lock", ".venv/installed-requirements-local.lock",
    ):  # fmt: skip
        (tmp_path / name).touch()
    python = tmp_path / ".venv/bin/python"
    python.write_text(PYTHON)
    python.chmod(0o755)
    return tmp_path


def bootstrapped(checkout: Path, **environment: str) -> list[str]:
    done = subprocess.run(
        [checkout / "script" / "bootstrap"], env={"PATH": "/usr/bin:/bin", **environment}, check=True,
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    return done.stdout.splitlines()


PREPARED = ["Preparing the private database", "migrate", "seed_bank_holidays"]


@pytest.mark.parametrize("elsewhere", [True, False])
def test_the_database_is_prepared_once_where_it_lives(checkout: Path, elsewhere: bool) -> None:
    var = checkout / ("another place" if elsewhere else "var")
    environment = {"ASB_VAR": str(var)} if elsewhere else {}
    assert bootstrapped(checkout, **environment) == PREPARED
    assert bootstrapped(checkout, **environment) == []
    assert (var / "run" / "prepared").exists()
    assert (checkout / "var").exists() is not elsewhere


def test_another_place_has_a_database_of_its_own(checkout: Path) -> None:
    bootstrapped(checkout)
    assert bootstrapped(checkout, ASB_VAR=str(checkout / "other")) == PREPARED


def test_a_new_migration_is_applied(checkout: Path) -> None:
    bootstrapped(checkout)
    (checkout / "app/migrations/0002.py").write_text("operations = []\n")
    assert bootstrapped(checkout) == PREPARED


def test_a_database_of_ones_own_is_left_alone(checkout: Path) -> None:
    assert bootstrapped(checkout, DATABASE_URL="postgres:///mine") == []
