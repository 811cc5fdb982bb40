"""script/server: everything at once, gone with Ctrl-C, and back with its data."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from asb_cases.demo.accounts import ACCOUNTS, PARTNERSHIPS, PASSWORD, address
from config import embedded
from tests.system.private import Holder, environment_in, private_folder, users_of
from tests.system.processes import free_port

pytestmark = pytest.mark.worker

PATIENCE = 120

# Whoever has partnerships is not given the demonstration, which takes a minute to make.
SOMEBODYS = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0, skip_checks=True)
from tests import cast
cast.know_holidays(); cast.assemble()
"""


def until(question: Callable[[], bool], what: str, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while not question():
        if time.monotonic() > deadline:
            pytest.fail(f"Waited {PATIENCE} s in vain until {what}.\n{log.read_text()[-4000:]}")
        time.sleep(0.1)


@contextmanager
def server(folder: Path, **environment: str) -> Iterator[tuple[str, str]]:
    """Its address and what it has said once it is ready. Leaves it with Ctrl-C, as a person does."""
    port = free_port()
    log = folder / "said.log"
    with log.open("wb") as out:
        program = subprocess.Popen(
            [sys.executable, "-m", "config.server"], env=environment_in(folder, PORT=str(port), **environment),
            cwd=embedded.ROOT, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True,
        )  # fmt: skip
    try:
        until(lambda: "Stop with Ctrl-C." in log.read_text() or program.poll() is not None, "it is ready", log)
        assert program.poll() is None, log.read_text()
        yield f"http://127.0.0.1:{port}", log.read_text()
        os.killpg(program.pid, signal.SIGINT)
        assert program.wait(PATIENCE) == 0, log.read_text()
    except BaseException:
        print(log.read_text()[-6000:])  # what pytest shows of a test that failed
        raise
    finally:
        program.kill()
        program.wait(PATIENCE)


def get(url: str) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(url, timeout=30) as response:  # noqa: S310  our own address
            return response.status, response.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


def test_it_starts_everything_and_ctrl_c_ends_it_all_and_its_data_is_there_again() -> None:
    with private_folder() as first, private_folder() as second:
        subprocess.run([sys.executable, "-c", SOMEBODYS], env=environment_in(first), cwd=embedded.ROOT, check=True)
        with server(first) as (url, said):
            assert f"Ready: {url}" in said
            assert PASSWORD in said
            assert [role for role, account, _ in ACCOUNTS if address(account, PARTNERSHIPS[0]) not in said] == []
            status, body = get(f"{url}/readyz")
            assert (status, json.loads(body)["ready"]) == (200, True)
            assert get(f"{url}/sign-in/")[0] == 200
            assert len(users_of(first)) > 8  # web, worker and beat, PostgreSQL and Redis
        assert users_of(first) == []

        # Again with the same data, as somebody has it who brings services of her own: DATABASE_URL and REDIS_URL.
        database, redis = Holder(first, "database"), Holder(first, "redis")
        try:
            with server(second, DATABASE_URL=database.url(), REDIS_URL=redis.url()) as (url, said):
                assert "There are partnerships already" in said
                assert get(f"{url}/readyz")[0] == 200
                assert not (second / "postgres").exists()
                assert not (second / "redis").exists()
            assert users_of(second) == []
            database.leave()
            redis.leave()
            assert users_of(first) == []
        finally:
            database.die()
            redis.die()
