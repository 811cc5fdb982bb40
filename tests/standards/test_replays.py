"""What-ifs as rows: one is claimed at a time, under a lease, and what kills its worker loses nothing."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models.functions import Now

from standards import replays
from standards.models import BankHoliday, BankHolidayEdition, Charter, Replay
from standards.services import RefusedEntry
from standards.tasks import replay_task
from standards.vocabulary import ReplayState
from tests.cast import Cast
from tests.standards.test_replay import SEPTEMBER, september


def asked(cast: Cast, **changes: object) -> Replay:
    theirs = Charter.objects.get(code="COV")
    return replays.ask(
        **{"partnership": cast.cherwell.pk, "charter": theirs.pk, **SEPTEMBER, "by": cast.dylan, **changes}
    )


def now(row: Replay) -> Replay:
    row.refresh_from_db()
    return row


def silent(row: Replay, **changes: object) -> None:
    """As a worker leaves it that was killed a while ago."""
    changes = {"attempts": 1, "done": 3, "total": 5, **changes}
    past = Now() - timedelta(seconds=1)
    Replay.objects.filter(pk=row.pk).update(state=ReplayState.RUNNING, claimed_until=past, **changes)


def test_the_worker_works_it_out(cast: Cast) -> None:
    september(cast)
    row = asked(cast)
    assert (row.state, row.total) == ("waiting", None)
    replay_task()
    now(row)
    assert (row.state, row.done, row.total, row.attempts, row.claimed_until) == ("done", 5, 5, 1, None)
    assert row.result["matters"] == 5
    theirs, ours = ({line["code"]: line for line in row.result[side]["lines"]} for side in ("theirs", "ours"))
    assert (theirs["COV-4d"]["owed"], theirs["COV-4d"]["kept"], theirs["COV-4d"]["missed"]) == (5, 0, 5)
    assert (ours["CHER-3b-i"]["owed"], ours["CHER-3b-i"]["kept"], ours["CHER-3b-i"]["missed"]) == (4, 2, 2)
    assert ours["CHER-3b-i"]["median"] == 47 * 60 * 60


def test_the_oldest_comes_first_and_all_are_worked_off(cast: Cast) -> None:
    rows = [asked(cast, by=by) for by in (cast.dylan, cast.robin, cast.grace)]
    assert replays.work_off() == 3
    finished = list(Replay.objects.order_by("finished_at").values_list("pk", flat=True))
    assert finished == [row.pk for row in rows]


def test_while_one_is_worked_on_another_waits(cast: Cast) -> None:
    first, second = asked(cast), asked(cast, by=cast.robin)
    mine = replays._claim()
    assert mine == first
    replay_task()
    assert (now(first).state, now(second).state) == ("running", "waiting")


def test_another_takes_over_when_a_worker_goes_silent_and_begins_again(cast: Cast) -> None:
    september(cast)
    row = asked(cast)
    dead = replays._claim()
    silent(row)
    replay_task()
    now(row)
    assert (row.state, row.attempts, row.done) == ("done", 2, 5)
    replays._work(dead, None)  # it was not dead, only slow
    assert (now(row).state, row.attempts) == ("done", 2)


def test_what_kills_its_worker_three_times_is_given_up(cast: Cast) -> None:
    row = asked(cast)
    silent(row, attempts=2)
    dead = replays._claim()
    assert dead.attempts == 3
    silent(row, attempts=3)
    replay_task()
    now(row)
    assert (row.state, row.result) == ("failed", None)
    assert (
        row.failure == "It was begun three times and never finished. Whoever runs this service can see why in its log."
    )


def test_a_cancelled_one_is_not_worked_out(cast: Cast) -> None:
    waiting, running = asked(cast), asked(cast, by=cast.robin)
    assert replays.cancel(replay=waiting.pk) is True
    mine = replays._claim()
    assert mine == running
    assert replays.cancel(replay=running.pk) is True
    replays._work(mine, None)
    assert {now(waiting).state, now(running).state} == {"cancelled"}
    assert (running.result, running.claimed_until) == (None, None)
    assert replays.cancel(replay=running.pk) is False
    replay_task()
    assert now(waiting).state == "cancelled"


def test_one_person_may_have_only_three_in_the_queue(cast: Cast) -> None:
    for _ in range(3):
        asked(cast)
    with pytest.raises(RefusedEntry, match="3 that you asked for are not finished yet"):
        asked(cast)
    asked(cast, by=cast.grace)
    replay_task()
    asked(cast)


def test_what_it_lacks_is_said_to_the_person(cast: Cast) -> None:
    september(cast)
    BankHoliday.objects.all().delete()
    BankHolidayEdition.objects.all().delete()
    row = asked(cast)
    replay_task()
    assert now(row).failure == "The bank-holiday table is empty. Run: manage.py seed_bank_holidays"


def test_a_fault_of_ours_is_told_without_what_it_was_about(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    september(cast)
    row = asked(cast)
    Charter.objects.filter(pk=row.charter_id).update(body={"name": "Ms Khan"})
    replay_task()
    assert (now(row).state, row.failure) == (
        "failed",
        "Something went wrong. Whoever runs this service can see what in its log.",
    )
    (said,) = [one.getMessage() for one in caplog.records if one.name == "standards.replays"]
    assert said.startswith(f"what-if {row.pk} failed: CharterError at ")
    assert "Khan" not in caplog.text


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_have_two_at_once(cast: Cast) -> None:
    for by in (cast.dylan, cast.robin, cast.grace):
        asked(cast, by=by)
    together, claimed = threading.Barrier(4), []

    def claim() -> None:
        together.wait()
        claimed.append(replays._claim())
        connection.close()

    workers = [threading.Thread(target=claim) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len([one for one in claimed if one]) == 1
    assert Replay.objects.filter(state="running").count() == 1


def test_the_same_from_the_command_line(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    september(cast)
    call_command(
        "what_if", partnership="cherwell", charter="coventry", **{"from": date(2026, 9, 1), "to": date(2026, 9, 30)}
    )
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "Cherwell Community Safety Partnership, 1 September 2026 to 30 September 2026: 5 cases"
    (contact,) = [line.split() for line in said if line.startswith("CHER-3b-i ")]
    assert contact[:4] == ["CHER-3b-i", "4", "2", "2"]
    (met,) = [line.split() for line in said if line.startswith("COV-4d ")]
    assert met[:4] == ["COV-4d", "5", "0", "5"]
    with pytest.raises(CommandError, match="There is no partnership 'narnia'"):
        call_command(
            "what_if", partnership="cherwell", charter="narnia", **{"from": date(2026, 9, 1), "to": date(2026, 9, 2)}
        )
