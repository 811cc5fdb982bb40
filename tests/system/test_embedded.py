"""The private PostgreSQL and Redis: one of each however many use them, and none when nobody does."""

from __future__ import annotations

import os
import pwd
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest
import redis

from config import embedded
from tests.system.private import Holder, private_folder, users_of

SERVICES = ("database", "redis")
PROGRAMS = {"database": "postgres", "redis": "redis-server"}


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with private_folder() as private:
        yield private


@pytest.fixture
def hold(folder: Path) -> Iterator[Callable[[str], Holder]]:
    """Another process that uses a service."""
    holders: list[Holder] = []

    def start(service: str) -> Holder:
        holders.append(Holder(folder, service))
        return holders[-1]

    yield start
    for holder in holders:
        holder.die()


def servers(folder: Path, service: str) -> list[int]:
    """The server's main process; its helpers are its children."""
    lines = {pid: (Path("/proc") / str(pid) / "cmdline").read_text() for pid in users_of(folder)}
    return [pid for pid, line in lines.items() if PROGRAMS[service] in line and str(folder) in line]


def answers(url: str) -> bool:
    try:
        if urlsplit(url).scheme == "unix":
            with redis.Redis.from_url(url) as client:
                return bool(client.ping())
        psycopg2.connect(url).close()
    except (redis.RedisError, psycopg2.OperationalError):
        return False
    return True


def remember(url: str, value: str | None = None) -> str:
    """Leave something in the service, or read what was left."""
    if urlsplit(url).scheme == "unix":
        with redis.Redis.from_url(url, decode_responses=True) as client:
            if value:
                client.set("left", value)
            return str(client.get("left"))
    connection = psycopg2.connect(url)
    try:
        with connection, connection.cursor() as cursor:
            if value:
                cursor.execute("CREATE TABLE IF NOT EXISTS remembered (value text)")
                cursor.execute("DELETE FROM remembered")
                cursor.execute("INSERT INTO remembered VALUES (%s)", [value])
            cursor.execute("SELECT value FROM remembered")
            return str(cursor.fetchone()[0])
    finally:
        connection.close()


@pytest.mark.parametrize("service", SERVICES)
def test_two_at_once_start_one_and_the_last_to_leave_stops_it(
    folder: Path, hold: Callable[[str], Holder], service: str
) -> None:
    first, second = hold(service), hold(service)
    url = first.url()
    assert second.url() == url
    assert len(servers(folder, service)) == 1
    first.leave()
    assert answers(url)
    second.leave()
    assert not answers(url)
    assert users_of(folder) == []


@pytest.mark.parametrize("service", SERVICES)
def test_data_is_there_again_after_a_stop(folder: Path, hold: Callable[[str], Holder], service: str) -> None:
    first = hold(service)
    remember(first.url(), "kept")
    first.leave()
    second = hold(service)
    assert remember(second.url()) == "kept"
    second.leave()


@pytest.mark.parametrize("service", SERVICES)
def test_a_killed_owner_leaves_it_to_the_next(folder: Path, hold: Callable[[str], Holder], service: str) -> None:
    killed = hold(service)
    url = killed.url()
    server = servers(folder, service)
    killed.die()
    assert answers(url)
    following = hold(service)
    assert following.url() == url
    assert servers(folder, service) == server
    following.leave()
    assert users_of(folder) == []


@pytest.mark.parametrize("service", SERVICES)
def test_a_killed_server_starts_again_in_spite_of_what_it_left(
    folder: Path, hold: Callable[[str], Holder], service: str
) -> None:
    first = hold(service)
    url = first.url()
    (server,) = servers(folder, service)
    os.kill(server, signal.SIGKILL)
    deadline = time.monotonic() + 60
    # Until the system has buried it: PostgreSQL takes a process that is dead but not buried for alive.
    while Path(f"/proc/{server}").exists() or set(users_of(folder)) - {first.program.pid}:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    second = hold(service)
    assert second.url() == url
    assert answers(url)
    first.leave()
    second.leave()
    assert users_of(folder) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root is somebody PostgreSQL refuses to be")
def test_started_by_root_postgresql_runs_as_nobody_and_root_lets_it_pass_no_further(
    folder: Path, hold: Callable[[str], Holder]
) -> None:
    holder = hold("database")
    holder.url()
    (server,) = servers(folder, "database")
    nobody = pwd.getpwnam("nobody")
    status = (Path("/proc") / str(server)).stat()
    assert (status.st_uid, status.st_gid) == (nobody.pw_uid, nobody.pw_gid)
    assert folder.stat().st_mode & 0o777 == 0o701
    assert (folder / "postgres").stat().st_mode & 0o777 == 0o700
    holder.leave()


def test_a_long_path_gets_its_sockets_below_tmp(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setattr(embedded, "VAR", tmp_path / ("long" * 30))
    assert len(str(embedded._socket_folder("postgres") / ".s.PGSQL.5432.lock")) <= embedded.LONGEST_SOCKET_PATH
    assert embedded._socket_folder("postgres") != embedded._socket_folder("redis")


def test_a_missing_package_is_named_with_the_way_round_it() -> None:
    with pytest.raises(embedded.ServiceUnavailable, match=r"DATABASE_URL.*no_such_package.*script/bootstrap"):
        embedded._package_folder("no_such_package", "DATABASE_URL")
