"""The ledger: append-only by the database, chained by hashes, sealed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from ledger import seals
from ledger.chain import GENESIS, digest
from ledger.models import Event, Seal
from ledger.selectors import events_of, faults, seal_faults
from ledger.services import Author, Entry, Head, append

NOW = datetime(2026, 9, 2, 8, 0, tzinfo=UTC)


def chain(matter: UUID, length: int) -> list[Event]:
    heads: dict[UUID, Head] = {}
    entries = [(matter, Entry(kind="contact.made", occurred_at=NOW + n * timedelta(hours=1))) for n in range(length)]
    return append(entries=entries, heads=heads, recorded_at=NOW + timedelta(days=1))


def tamper(sql: str, *parameters: object) -> None:
    """What somebody with the keys to the database could do: the triggers switched off, then on again."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE ledger_event DISABLE TRIGGER USER")
        cursor.execute(sql, parameters)
        cursor.execute("ALTER TABLE ledger_event ENABLE TRIGGER USER")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE ledger_event SET kind = 'meeting.held'",
        "DELETE FROM ledger_event",
        "TRUNCATE ledger_event CASCADE",
        "UPDATE ledger_seal SET events = 0",
        "DELETE FROM ledger_seal",
        "TRUNCATE ledger_seal",
    ],
)
def test_the_database_refuses_to_change_or_remove(db: None, sql: str) -> None:
    chain(uuid4(), 2)
    Seal.objects.create(up_to=NOW, matters=0, events=0, previous=GENESIS, hash=GENESIS)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute(sql)
    assert (Event.objects.count(), Seal.objects.count()) == (2, 1)


def test_each_event_follows_the_one_before(db: None) -> None:
    events = chain(uuid4(), 3)
    assert [event.position for event in events] == [1, 2, 3]
    assert [event.previous for event in events] == [GENESIS, events[0].hash, events[1].hash]


def test_the_hash_of_an_event_is_what_anybody_can_compute() -> None:
    """A literal, so that a change of the recipe is noticed: it would break every chain there is."""
    value = digest(
        previous=GENESIS,
        event=UUID(int=1),
        matter=UUID(int=2),
        position=1,
        kind="contact.made",
        occurred_at=NOW,
        recorded_at=NOW + timedelta(minutes=1),
        recorded_by=UUID(int=3),
        agency=None,
        about=None,
        corrects=None,
        detail={"channel": "telephone"},
    )
    assert value == "82cfa64c0186e531b95f3fed106f46b7a3a22bc5d5b04e599d887d4d5c5c65ac"


def test_a_stored_chain_is_sound(db: None) -> None:
    matter = uuid4()
    chain(matter, 5)
    assert list(faults(events_of([matter]))) == []


@pytest.mark.parametrize(
    ("sql", "position", "what"),
    [
        (
            "UPDATE ledger_event SET occurred_at = occurred_at - interval '1 hour' WHERE position = 3",
            3,
            "content was changed",
        ),
        ('UPDATE ledger_event SET detail = \'{"channel": "text"}\' WHERE position = 2', 2, "content was changed"),
        ("UPDATE ledger_event SET previous = repeat('a', 64) WHERE position = 4", 4, "does not follow"),
        ("DELETE FROM ledger_event WHERE position = 2", 3, "event 2 of the chain is missing"),
    ],
)
def test_the_first_bad_event_is_named(db: None, sql: str, position: int, what: str) -> None:
    matter, other = uuid4(), uuid4()
    chain(matter, 5)
    tamper(sql)
    chain(other, 5)
    (fault,) = faults(Event.objects.order_by("matter", "position"))
    assert f"matter {matter}, event {position} (" in fault.where
    assert what in fault.what


def test_verify_ledger_names_it_and_answers_with_an_error(db: None, capsys) -> None:
    chain(uuid4(), 3)
    call_command("verify_ledger")
    assert capsys.readouterr().out == "3 events and 0 seals are sound.\n"
    tamper("UPDATE ledger_event SET kind = 'meeting.held' WHERE position = 2")
    with pytest.raises(CommandError, match="1 faults"):
        call_command("verify_ledger")
    assert "event 2" in capsys.readouterr().err


def test_names_and_sentences_are_refused(db: None) -> None:
    for words in ("Ms Khan", "4 Orchard Way", "spoke to her", "x" * 81, "né"):
        with pytest.raises(ValueError, match="codes"):
            append(
                entries=[(uuid4(), Entry(kind="contact.made", occurred_at=NOW, detail={"channel": words}))],
                heads={},
                recorded_at=NOW,
            )


def test_the_author_is_kept_as_ids(db: None) -> None:
    by = Author(person=uuid4(), agency=uuid4())
    (event,) = append(
        entries=[(uuid4(), Entry(kind="contact.made", occurred_at=NOW, by=by))], heads={}, recorded_at=NOW
    )
    stored = Event.objects.get(pk=event.pk)
    assert (stored.recorded_by, stored.agency) == (by.person, by.agency)


# --- seals: the tail of a chain ----------------------------------------------------------------------


@pytest.fixture
def sealed(db: None, tmp_path, settings) -> UUID:
    """A chain of five, all of it sealed."""
    settings.LEDGER_SEAL_FILE = tmp_path / "seals.txt"
    matter = uuid4()
    chain(matter, 5)
    tamper("UPDATE ledger_event SET recorded_at = recorded_at")  # the helper itself breaks nothing
    return matter


def test_a_cut_tail_shows_in_the_seal(sealed: UUID, django_capture_on_commit_callbacks, settings) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        made = seals.seal()
    assert (made.matters, made.events) == (1, 5)
    assert settings.LEDGER_SEAL_FILE.read_text().split()[-1] == made.hash
    assert list(seal_faults()) == []
    tamper("DELETE FROM ledger_event WHERE position = 5")
    assert list(faults(events_of([sealed]))) == []  # the chain itself looks sound
    (fault,) = seal_faults()
    assert fault.what == "covered 5 events of 1 matters; now there are 4 of 1"


def test_what_is_too_young_to_be_settled_waits_for_the_next_seal(db: None, tmp_path, settings) -> None:
    settings.LEDGER_SEAL_FILE = tmp_path / "seals.txt"
    append(entries=[(uuid4(), Entry(kind="contact.made", occurred_at=NOW))], heads={}, recorded_at=timezone.now())
    assert seals.seal().events == 0


def test_a_copy_kept_elsewhere_shows_rewritten_seals(
    sealed: UUID, django_capture_on_commit_callbacks, settings, capsys
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        seals.seal()
    call_command("verify_ledger", seals=settings.LEDGER_SEAL_FILE)
    tamper("DELETE FROM ledger_event WHERE position = 5")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_seal DISABLE TRIGGER USER; DELETE FROM ledger_seal")
        cursor.execute("ALTER TABLE ledger_seal ENABLE TRIGGER USER")
    seals.seal()
    capsys.readouterr()
    with pytest.raises(CommandError):
        call_command("verify_ledger", seals=settings.LEDGER_SEAL_FILE)
    assert "sealed elsewhere, but not here" in capsys.readouterr().err
