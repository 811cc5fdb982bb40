"""The published schema of charter files: current, explained, and of one mind with what reads them."""

from __future__ import annotations

import copy
import json
import tomllib
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import assume, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from ledger.vocabulary import EventKind
from standards.charter_file import CharterError, keys, parse, plain
from standards.charter_schema import MEANING, schema
from tests.standards.history import CHARTERS

ROOT = Path(__file__).parents[2]
PUBLISHED = ROOT / "docs" / "charter.schema.json"
FILES = sorted(CHARTERS.glob("*.toml"))

BASE = """
format = 1
code = "X"
name = "Anywhere"
short_name = "Anywhere"
document = "Standards"
division = "england-and-wales"
[settings]
close_of_day = "17:00"
working_week = ["mon", "tue"]
attempts = { number = 3, days = 2, channels = 2 }
written_channels = ["email"]
warn_after_share = 0.5
[[promise]]
code = "X-1"
clause = "1"
summary = "A person is called, and called again."
since = 2027-03-31
[promise.clock]
duty = "Call {person}"
owed_to = ["victim", "witness"]
start = ["plan.agreed"]
stop = ["update.given"]
within = { amount = 10, unit = "working_days", local = true }
recurring = true
agreed_by = ["updates.agreed"]
opt_out = ["updates.declined"]
[[promise]]
code = "X-2"
clause = "2"
summary = "The community is told, and asked."
[promise.evidence]
matter = "neighbourhood"
owed_to = ["matter"]
events = ["neighbourhood.met"]
every = { amount = 1, unit = "calendar_months" }
[promise.publication]
what = "Notes"
events = ["information.published"]
[promise.measure]
measure = "Perception"
expect = "fall"
change = -5
source = "Survey"
baseline = 31.9
target = 29
ends = 2027-03-31
[[promise]]
code = "X-3"
clause = "3"
summary = "Whoever reports is told the outcome."
[promise.clock]
duty = "Tell {person} the outcome"
owed_to = ["reporter"]
start = ["report.received"]
stop = ["outcome.told"]
within = { local = true }
when = { risk = ["high"], hate = false }
waived_by = ["meeting.declined"]
"""


def base() -> dict[str, Any]:
    return copy.deepcopy(plain(tomllib.loads(BASE)))


def validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(PUBLISHED.read_text(encoding="utf-8")))


VALIDATOR = validator()


def refusals(table: dict[str, Any]) -> list[str]:
    """What the reader of charter files says against a table."""
    try:
        parse(table, event_kinds=EventKind.values)
    except CharterError as error:
        return error.problems
    return []


def test_the_published_schema_is_the_one_of_the_dataclasses() -> None:
    printed = StringIO()
    call_command("charter_schema", stdout=printed)
    assert PUBLISHED.read_text(encoding="utf-8") == printed.getvalue(), "run: manage.py charter_schema " + str(
        PUBLISHED.relative_to(ROOT)
    )
    Draft202012Validator.check_schema(json.loads(printed.getvalue()))


def test_the_command_writes_a_file_or_says_why_not(tmp_path: Path) -> None:
    call_command("charter_schema", str(tmp_path / "new.json"))
    assert (tmp_path / "new.json").read_bytes() == PUBLISHED.read_bytes()
    with pytest.raises(CommandError, match="Is a directory"):
        call_command("charter_schema", str(tmp_path))


def test_every_key_says_what_it_means() -> None:
    assert {kind: set(said) for kind, said in MEANING.items()} == {kind: set(keys(kind)) for kind in MEANING}
    made = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    assert {kind.__name__ for kind in MEANING} == {"Charter", *made["$defs"]} - {"EventName"}
    assert set(made["$defs"]["EventName"]["enum"]) == set(EventKind.values)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_charter_is_as_the_schema_has_it(path: Path) -> None:
    table = plain(tomllib.loads(path.read_text(encoding="utf-8")))
    assert [error.message for error in VALIDATOR.iter_errors(table)] == []


def test_a_default_is_one_that_a_file_could_say_itself() -> None:
    made = schema(EventKind.values)
    settings = {
        key: said["default"] for key, said in made["$defs"]["Settings"]["properties"].items() if "default" in said
    }
    assert settings["close_of_day"] == "17:00"
    assert settings["unassessed_counts_as"] == "high"
    said = base() | {"settings": settings}
    assert refusals(said) == []
    assert (
        parse(said, event_kinds=EventKind.values).settings
        == parse({**base(), "settings": {}}, event_kinds=EventKind.values).settings
    )


# Each changes one thing of the base, which both take: where, and to what (GONE: nothing).
GONE = "<gone>"
BOTH_REFUSE: list[tuple[list[Any], Any]] = [
    (["format"], 2),
    (["format"], GONE),
    (["name"], " "),
    (["name"], "a\0b"),
    (["code"], "C" * 21),
    (["division"], "wales"),
    (["promise"], []),
    (["promise"], {}),
    (["promise", 0, "summary"], "S" * 301),
    (["promise", 0, "since"], "31.3.2027"),
    (["promise", 0, "colour"], "red"),
    (["settings"], "none"),
    (["settings", "close_of_day"], "25:00"),
    (["settings", "close_of_day"], "5 pm"),
    (["settings", "working_week"], []),
    (["settings", "working_week"], ["mon", "mon"]),
    (["settings", "complaint_routes"], ["pigeon"]),
    (["settings", "hate_strands"], ["faith"]),
    (["settings", "written_channels"], ["e-mail"]),
    (["settings", "warn_after_share"], 1),
    (["settings", "warn_after_share"], 0),
    (["settings", "year_starts_in"], 13),
    (["settings", "attempts", "number"], 21),
    (["settings", "attempts", "channels"], 0),
    (["promise", 0, "clock"], GONE),
    (["promise", 0, "clock", "duty"], "Call {victim}"),
    (["promise", 0, "clock", "duty"], GONE),
    (["promise", 0, "clock", "owed_to"], ["matter"]),
    (["promise", 0, "clock", "stop"], ["contact.tried"]),
    (["promise", 0, "clock", "stop"], []),
    (["promise", 0, "clock", "within"], GONE),
    (["promise", 0, "clock", "within", "amount"], 251),
    (["promise", 0, "clock", "within", "amount"], 0),
    (["promise", 0, "clock", "within", "unit"], "days"),
    (["promise", 0, "clock", "within"], {"local": False}),
    (["promise", 0, "clock", "when"], {"hate": True}),
    (["promise", 0, "clock", "waived_by"], ["meeting.declined"]),
    (["promise", 0, "clock", "each_start"], True),
    (["promise", 0, "clock", "recurring"], GONE),
    (["promise", 0, "clock", "recurring"], False),
    (["promise", 2, "clock", "owed_to"], ["matter", "victim"]),
    (["promise", 2, "clock", "matter"], "partnership"),
    (["promise", 2, "clock", "opt_out"], ["updates.declined"]),
    (["promise", 2, "clock", "when", "risk"], ["grave"]),
    (["promise", 2, "clock", "when", "hate"], "yes"),
    (["promise", 1, "evidence", "events"], GONE),
    (["promise", 1, "evidence", "matter"], "case"),
    (["promise", 1, "evidence", "owed_to"], ["victim"]),
    (["promise", 1, "evidence", "never"], ["confidence.breached"]),
    (["promise", 1, "evidence", "when"], {"hate": True}),
    (["promise", 1, "evidence", "every"], {"local": True}),
    (["promise", 1, "evidence", "every"], {"amount": 5, "unit": "calendar_months"}),
    (["promise", 1, "evidence", "every"], {"amount": 1, "unit": "working_days"}),
    (["promise", 1, "publication", "matter"], "case"),
    (["promise", 1, "publication", "every"], {"amount": 30, "unit": "calendar_days"}),
    (["promise", 1, "measure", "baseline"], GONE),
    (["promise", 1, "measure", "target"], "29"),
    (["promise", 1, "measure", "months"], 5),
    (["promise", 1, "measure", "figure"], "euro"),
    (["promise", 1, "measure", "change"], 5),
    (["promise", 1, "measure", "expect"], "rise"),
    (["promise", 1, "measure", "expect"], GONE),
    (["promise", 1, "measure", "aim"], 10**16),
]


def changed(path: list[Any], value: Any) -> dict[str, Any]:
    table = base()
    place = table
    for step in path[:-1]:
        place = place[step]
    if value is GONE:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return table


def test_the_base_is_taken_by_both() -> None:
    assert refusals(base()) == []
    assert VALIDATOR.is_valid(base())


@pytest.mark.parametrize(("path", "value"), BOTH_REFUSE, ids=str)
def test_what_one_refuses_the_other_does(path: list[Any], value: Any) -> None:
    table = changed(path, value)
    assert not VALIDATOR.is_valid(table)
    assert refusals(table)


# What the reader alone can see: it compares one place of the file with another.
BEYOND_A_SCHEMA = (
    "stands there twice; every promise has a code of its own",
    "must be another promise with a measure",
    "would both count turns of the same",
    "must be at most the number of attempts",
    "a layer has none",
    "must be a day like",  # 31 February
)
ODD = st.recursive(
    st.booleans() | st.integers(-1, 300) | st.floats(0.1, 400).filter(lambda number: not number.is_integer())
    | st.text("a {}\n", max_size=4) | st.sampled_from(["case", "partnership", "matter", "hours", "contact.made", "victim"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["local", "amount", "unit", "hate", "risk"]), inner, max_size=3),
    max_leaves=4,
)  # fmt: skip


def places(value: Any, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place, *(deeper for key, item in inner for deeper in places(item, (*place, key)))]


@given(data=st.data())
def test_schema_and_reader_are_of_one_mind(data: st.DataObject) -> None:
    """One value anywhere in a charter replaced by another, taken away, or a key of the same table added."""
    table = base()
    path = list(data.draw(st.sampled_from(places(table)[1:])))
    kinds = [kind for kind in MEANING if path[-1] in keys(kind)]
    if kinds and data.draw(st.booleans()):
        path[-1] = data.draw(st.sampled_from(sorted(keys(kinds[0]))))
    value = data.draw(st.just(GONE) | ODD | st.sampled_from([spare for _, spare in BOTH_REFUSE]))
    place: Any = table
    for step in path[:-1]:
        place = place[step]
    assume(value is not GONE or isinstance(place, list) or path[-1] in place)
    table = changed(path, value)
    said = refusals(table)
    if VALIDATOR.is_valid(table):
        assert all(any(words in problem for words in BEYOND_A_SCHEMA) for problem in said)
    else:
        assert said
