"""Production starts with good values only, names every bad one, and logs no personal data."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys

import pytest
from django.db import IntegrityError

from config import embedded
from config.logs import SafeJsonFormatter

GOOD = {
    "SECRET_KEY": "k3p-0ut-9f8e7d6c5b4a3-z1x2c3v4b5n6m7-q8w9e0r1t2y3u4i5o6p",
    "ALLOWED_HOSTS": "asb.example",
    "SITE_URL": "https://asb.example",
    "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "EMAIL_HOST": "mail.example",
    "DEFAULT_FROM_EMAIL": "asb@asb.example",
}
SHOW = """
import json, sys
from config.settings import production as chosen
print(json.dumps({name: getattr(chosen, name) for name in sys.argv[1:]}))
"""


def start(*names: str, **changes: str | None) -> subprocess.CompletedProcess[str]:
    """Production's settings in a process of their own, with the good values but for the changes."""
    own = {name: value for name, value in {**GOOD, **changes}.items() if value is not None}
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", SHOW, *names], env=inherited | own, cwd=embedded.ROOT,
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_good_values_start_and_are_safe() -> None:
    safe = {
        "DEBUG": False,
        "PRODUCTION": True,
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_NAME": "__Host-session",
        "CSRF_COOKIE_SECURE": True,
        "CSRF_COOKIE_NAME": "__Host-csrf",
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
        "EMAIL_USE_TLS": True,
        "ALLOWED_HOSTS": ["asb.example"],
        "CSRF_TRUSTED_ORIGINS": ["https://asb.example"],
    }
    done = start(*safe, "SECURE_HSTS_SECONDS", DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    assert done.returncode == 0, done.stderr
    chosen = json.loads(done.stdout)
    assert chosen.pop("SECURE_HSTS_SECONDS") >= 365 * 24 * 60 * 60
    assert chosen == safe


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        *((name, None) for name in GOOD),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "a" * 60),
        ("SECRET_KEY", "development only: never protects real data " * 2),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "asb.example,*"),
        ("ALLOWED_HOSTS", " , "),
        ("SITE_URL", "http://asb.example"),
        ("SITE_URL", "https://"),
        ("SITE_URL", "asb.example"),
        ("DATABASE_URL", "sqlite:///here.db"),
        ("DATABASE_URL", "mysql://nobody@127.0.0.1/none"),
        ("REDIS_URL", "127.0.0.1:6379"),
        ("REDIS_URL", "memory://"),
        ("DEFAULT_FROM_EMAIL", "nobody"),
        ("DJANGO_DEBUG", "1"),
    ],
)
def test_an_unsafe_value_is_refused_by_name_and_not_repeated(name: str, bad: str | None) -> None:
    done = start(**{name: bad})
    assert done.returncode != 0
    refusal = done.stderr[done.stderr.index("Production does not start") :]
    assert [line.split()[1] for line in refusal.splitlines()[1:]] == [name]
    if name == "SECRET_KEY" and bad:
        assert bad not in refusal


def test_everything_wrong_is_named_at_once() -> None:
    done = start(**dict.fromkeys(GOOD), DJANGO_DEBUG="yes")
    assert [name for name in [*GOOD, "DJANGO_DEBUG"] if f"- {name} " not in done.stderr] == []


def logged(caplog, **options: object) -> dict[str, object]:
    line = SafeJsonFormatter().format(caplog.records[-1])
    assert "\n" not in line
    return json.loads(line)


def test_a_log_line_is_one_json_object(caplog) -> None:
    logging.getLogger("notifications").warning("message %s not sent: %s", "7c1f", "OSError")
    told = logged(caplog)
    assert {key: told[key] for key in ("level", "logger", "message")} == {
        "level": "WARNING", "logger": "notifications", "message": "message 7c1f not sent: OSError",
    }  # fmt: skip
    assert "at" in told


def test_what_rides_along_with_a_log_line_is_left_out(caplog) -> None:
    logging.getLogger("django.request").error("Server error", extra={"request": "?q=Khan", "person": "Amira Khan"})
    assert "Khan" not in json.dumps(logged(caplog))


def test_an_exception_is_logged_without_its_words(caplog) -> None:
    try:
        try:
            raise ValueError("Amira Khan, 4 Orchard Way")
        except ValueError as error:
            raise IntegrityError("Key (email)=(amira.khan@example.org) already exists.") from error
    except IntegrityError:
        logging.getLogger("asb").exception("not saved")
    told = logged(caplog)
    assert not [word for word in ("Khan", "Orchard", "amira") if word in json.dumps(told)]
    assert "IntegrityError" in str(told["exc_info"])
    assert "caused by ValueError" in str(told["exc_info"])
    assert "test_an_exception_is_logged_without_its_words" in str(told["exc_info"])
