"""The whole system on one machine: `script/server` runs this.

Prepares the database, loads the demonstration when it is empty, then runs the web server, a Celery worker and Celery
beat until Ctrl-C. The private PostgreSQL and Redis live as long as anybody uses them (config.embedded).
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

from honcho.manager import Manager
from honcho.printer import Printer

from config import embedded

PORT = os.environ.get("PORT", "8000")
ADDRESS = f"http://127.0.0.1:{PORT}"
BIN = embedded.ROOT / ".venv" / "bin"

CELERY = f"{BIN}/celery --quiet --app config.celery"

# The same commands as in docker-compose.yml.
PROCESSES = {
    "web": f"{BIN}/gunicorn config.wsgi --config python:config.gunicorn --bind 127.0.0.1:{PORT}",
    "worker": f"{CELERY} worker --loglevel WARNING --concurrency 2 --without-gossip --without-mingle",
    "beat": f"{CELERY} beat --loglevel WARNING --schedule {embedded.VAR}/run/beat-schedule --pidfile=",
}


def main() -> None:
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    environment.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")
    # On a machine of one's own, root or not: five lines about it hide the address that follows.
    environment.setdefault("PYTHONWARNINGS", "ignore:You're running the worker with superuser privileges")
    try:
        # Held here as well as by each process, so that no service stops while one of them restarts.
        environment["DATABASE_URL"] = os.environ.get("DATABASE_URL") or embedded.database_url()
        environment["REDIS_URL"] = os.environ.get("REDIS_URL") or embedded.redis_url()
    except embedded.ServiceUnavailable as error:
        sys.exit(str(error))
    # For beat's schedule: with services of one's own nobody else has made the folder.
    (embedded.VAR / "run").mkdir(parents=True, exist_ok=True)
    done = subprocess.run([BIN / "python", "-m", "config.prepare"], env=environment, cwd=embedded.ROOT, check=False)
    if done.returncode:
        sys.exit(done.returncode)
    manager = Manager(Printer(sys.stdout))
    for name, command_line in PROCESSES.items():
        manager.add_process(name, command_line, env=environment, cwd=str(embedded.ROOT))
    threading.Thread(target=_announce, daemon=True).start()
    manager.loop()
    # Ctrl-C is how one stops it; anything else that ended a process is a fault.
    sys.exit(0 if manager.returncode in {0, 130, -2, -15} else manager.returncode)


def _announce() -> None:
    """Once everything answers: where it is, who may sign in, how to stop."""
    for _ in range(240):
        try:
            with urllib.request.urlopen(f"{ADDRESS}/healthz", timeout=2):  # noqa: S310  our own address
                break
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    else:
        sys.stderr.write(f"Nothing answers at {ADDRESS} after two minutes. The words of the web server are above.\n")
        return
    subprocess.run([BIN / "python", "-m", "config.welcome", ADDRESS], cwd=embedded.ROOT, check=False)


if __name__ == "__main__":
    main()
