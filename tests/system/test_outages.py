"""Redis or PostgreSQL fails under a running system: pages answer, work resumes, and nothing is done twice."""

from __future__ import annotations

import http.client
import json
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import psycopg2
import pytest
from django.conf import settings
from django.utils import timezone

from asb_cases.models import Case
from config import embedded
from tests import answers
from tests.cast import Cast
from tests.system.misses import assert_found_once, heartbeat_held, missed, noticed, sweeps_held
from tests.system.processes import Programs
from tests.system.scene import signed_in

pytestmark = pytest.mark.worker

HOUR = timedelta(hours=1)
ANSWERS_WITHIN = 15  # seconds: what a person takes for "it hangs"
TOKEN = "a" * 32

A_CASE = """
import django; django.setup()
from tests import cast
cast.know_holidays(); cast.assemble().case()
"""
# As if two days had gone by for everybody.
TIME_PASSES = """
UPDATE standards_clock SET started_at = started_at - span, first_due_at = first_due_at - span,
  due_at = due_at - span, next_check_at = next_check_at - span FROM (SELECT interval '49 hours' AS span) AS passed
"""


def ask(address: str, path: str, session: str, form: Mapping[str, Any] | None = None) -> tuple[int, str, bytes]:
    """Status, where it sends us, and the body, of an answer that must come while a person still waits."""
    server = http.client.HTTPConnection(urlsplit(address).netloc, timeout=ANSWERS_WITHIN)
    headers = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}"}
    body = None
    if form is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        body = urlencode({**form, "csrfmiddlewaretoken": TOKEN}, doseq=True)
    try:
        server.request("GET" if form is None else "POST", path, body, headers)
        response = server.getresponse()
        return response.status, response.headers.get("Location", ""), response.read()
    finally:
        server.close()


def test_worker_and_beat_go_on_after_redis_died_and_came_back(cast: Cast, programs: Programs) -> None:
    redis = programs.broker()
    programs.worker()
    programs.beat()
    before = missed(cast, 5, timezone.now() - 2 * HOUR)
    programs.until(lambda: noticed(before), "the misses before are found")
    with heartbeat_held():
        programs.until(sweeps_held, "a sweep is at work")
        programs.kill(redis)
    # Not before the sweep may end: a worker with its hands full does not look at Redis.
    programs.until(lambda: "Connection to broker lost" in programs.said("worker"), "the worker misses Redis")
    meanwhile = missed(cast, 5, timezone.now() - HOUR)
    programs.broker()
    programs.until(lambda: noticed(meanwhile), "the misses of the meantime are found")
    assert_found_once(cast, [*before, *meanwhile])


def test_pages_answer_and_reports_are_saved_while_redis_hangs_and_when_it_is_gone(
    cast: Cast, programs: Programs
) -> None:
    redis = programs.broker()
    web = programs.web()
    jo = signed_in(cast.jo).cookies[settings.SESSION_COOKIE_NAME].value

    def saved_in_spite_of_it() -> None:
        known = Case.objects.count()
        status, where, _ = ask(web, "/reports/new/", jo, answers.report(cast))
        assert (status, Case.objects.count()) == (302, known + 1)
        assert ask(web, where, jo)[0] == 200
        status, _, body = ask(web, "/readyz", jo)
        parts = json.loads(body)
        assert (status, parts["redis"], parts["database"]) == (503, "failing", "ok")

    redis.send_signal(signal.SIGSTOP)
    saved_in_spite_of_it()
    programs.kill(redis)
    saved_in_spite_of_it()


@pytest.fixture
def own_postgres(monkeypatch) -> Iterator[str]:
    """A PostgreSQL of the test's own, to be stopped and started with config.embedded's own functions."""
    # Not below pytest's folders: those are closed to the user that PostgreSQL runs as.
    folder = Path(tempfile.mkdtemp(prefix="asb-test-"))
    with monkeypatch.context() as patch:
        patch.setattr(embedded, "VAR", folder)
        try:
            embedded._start_postgres()
            yield embedded._postgres_address()
        finally:
            embedded._stop_postgres()
            shutil.rmtree(folder)


def test_the_worker_goes_on_after_postgresql_was_restarted(own_postgres: str, programs: Programs) -> None:
    programs.environment["DATABASE_URL"] = own_postgres
    for words in (["manage.py", "migrate", "--verbosity", "0", "--skip-checks"], ["-c", A_CASE]):
        python = embedded.ROOT / ".venv" / "bin" / "python"
        subprocess.run([python, *words], env=programs.environment, cwd=embedded.ROOT, check=True)
    programs.broker()
    programs.worker()
    programs.beat()
    # The last thing that happens by itself; it is a fact, and the case is judged again by it.
    noted = "SELECT FROM notifications_message WHERE noted_at IS NOT NULL"
    programs.until(lambda: rows(own_postgres, noted), "the acknowledgement is sent and noted")
    embedded._stop_postgres()
    programs.until(lambda: "OperationalError" in programs.said("worker"), "the worker misses PostgreSQL")
    embedded._start_postgres()
    with psycopg2.connect(own_postgres) as connection, connection.cursor() as cursor:
        cursor.execute(TIME_PASSES)
    connection.close()
    programs.until(
        lambda: rows(own_postgres, "SELECT FROM notifications_message WHERE kind = 'breach' AND sent_at IS NOT NULL"),
        "the alerts are sent",
    )
    assert rows(
        own_postgres, "SELECT b.due_at = c.due_at FROM standards_breach b JOIN standards_clock c ON c.id = clock_id"
    ) == [(True,)]
    assert rows(
        own_postgres, "SELECT count(*), count(DISTINCT recipient) FROM notifications_message WHERE kind = 'breach'"
    ) == [(2, 2)]


def rows(database: str, query: str) -> list[tuple[Any, ...]]:
    connection = psycopg2.connect(database)
    try:
        with connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchall()
    finally:
        connection.close()
