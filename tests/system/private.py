"""A folder of the test's own for config.embedded, and the processes that use it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree

from config import embedded

HOLD = """
import sys
from config import embedded
print(getattr(embedded, f"{sys.argv[1]}_url")(), flush=True)
sys.stdin.read()
"""


@contextmanager
def private_folder() -> Iterator[Path]:
    """Closed to everybody else, as a checkout in somebody's home folder is. What still runs in it ends with it."""
    # Not below pytest's folders: another run of pytest may close those at any time.
    folder = Path(tempfile.mkdtemp(prefix="asb-test-"))
    try:
        yield folder
    finally:
        for pid in users_of(folder):
            os.kill(pid, signal.SIGKILL)
        rmtree(folder, ignore_errors=True)


def environment_in(folder: Path, **changes: str) -> dict[str, str]:
    """As somebody has it who never heard of the tests."""
    ours = {"DATABASE_URL", "REDIS_URL", "TEST_REDIS_URL"}
    inherited = {name: value for name, value in os.environ.items() if name not in ours}
    return inherited | {
        "ASB_VAR": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings.development", "PYTHONUNBUFFERED": "1",
    } | changes  # fmt: skip


def users_of(folder: Path) -> list[int]:
    """Every process that was started for this folder: by what it inherited, or where it stands (Redis tells no more)."""
    mark = f"ASB_VAR={folder}".encode()
    found = []
    for process in Path("/proc").iterdir():
        try:
            if process.name.isdigit() and (
                mark in (process / "environ").read_bytes().split(b"\0")
                or (process / "cwd").readlink().is_relative_to(folder)
            ):
                found.append(int(process.name))
        except OSError:
            continue
    return found


class Holder:
    """A process that uses a service (`database` or `redis`) until told to leave."""

    def __init__(self, folder: Path, service: str) -> None:
        self.program = subprocess.Popen(
            [sys.executable, "-c", HOLD, service], env=environment_in(folder), cwd=embedded.ROOT,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def url(self) -> str:
        """Once the service runs."""
        return self.program.stdout.readline().strip()

    def leave(self) -> None:
        self.program.stdin.close()
        assert self.program.wait(60) == 0

    def die(self) -> None:
        self.program.kill()
        self.program.wait(60)
        self.program.stdin.close()
        self.program.stdout.close()
