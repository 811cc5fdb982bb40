"""The guide to charter files: its examples can be loaded, and its tables say what the format says."""

from __future__ import annotations

import re
import tomllib
from dataclasses import MISSING, is_dataclass
from datetime import time
from enum import StrEnum
from types import UnionType
from typing import Any, get_args, get_origin

import pytest
from jsonschema import Draft202012Validator

from ledger.vocabulary import EventKind
from standards.calendar import Unit
from standards.charter import Charter, EventName, Kind, Role, Within
from standards.charter_checks import CHOICES, LONGEST, MOST, RANGES
from standards.charter_file import CharterError, keys, may_be_local, parse, plain, required
from standards.charter_schema import MEANING, schema
from tests.standards.history import CHARTERS

GUIDE = (CHARTERS / "README.md").read_text(encoding="utf-8")
EVENTS = (CHARTERS / "event-kinds.md").read_text(encoding="utf-8")

TAKES: dict[Any, str] = {
    bool: "`true` or `false`",
    int: "a whole number from 1",
    float: "a number",
    time: 'a time like `"17:00"`',
    EventName: "event kinds",
    Within: "an amount of time",
    Role: "roles",
}


def row(kind: type, key: str) -> str:
    """One line of a table of the guide: the key, what it takes, what holds without it, and what it means."""
    field, hint = keys(kind)[key]
    if required(kind, key):
        default = "needed"
    elif field.default in (MISSING, None, "", ()) or is_dataclass(field.default):
        default = "(the defaults)" if key in {"settings", "attempts"} else "–"
    elif isinstance(field.default, tuple):
        default = ", ".join(f"`{one}`" for one in field.default)
    else:
        default = f"`{field.default:%H:%M}`" if isinstance(field.default, time) else f"`{field.default}`"
        default = default.lower()
    return f"| `{key}` | {_takes(kind, key, hint)} | {default} | {MEANING[kind][key]} |"


def _takes(kind: type, key: str, hint: Any) -> str:
    if get_origin(hint) is UnionType:
        hint = get_args(hint)[0]
    many = get_origin(hint) is tuple
    hint = get_args(hint)[0] if many else hint
    some = "some of " if many else ""
    if (kind, key) in CHOICES:
        return some + ", ".join(f"`{one}`" for one in CHOICES[kind, key])
    if (kind, key) in RANGES:
        return "a whole number, {} to {}".format(*RANGES[kind, key])
    if hint in TAKES:
        return TAKES[hint] + (", or `{ local = true }`" if may_be_local(kind, key) else "")
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return some + ", ".join(f"`{one}`" for one in hint)
    if is_dataclass(hint):
        return "tables" if many else "a table"
    most = f", at most {LONGEST[kind, key]} characters" if (kind, key) in LONGEST else ""
    return f"a text{most}" if hint is str else "a day like `2027-03-31`"


def table(kind: type) -> str:
    rows = "\n".join(row(kind, key) for key in keys(kind))
    return f"| Key | Takes | Without it | Meaning |\n|---|---|---|---|\n{rows}\n"


@pytest.mark.parametrize("kind", MEANING, ids=lambda kind: kind.__name__)
def test_every_key_stands_in_the_guide_with_meaning_and_default(kind: type) -> None:
    written = GUIDE.split("\n")
    assert [line for line in table(kind).split("\n") if line not in written] == []
    assert table(kind) in GUIDE  # in this order, and nothing else


def test_every_unit_stands_in_the_guide_with_its_most() -> None:
    for unit in Unit:
        assert re.search(rf"^\| `{unit}` \| .+ \| {MOST[unit]:,} \|$", GUIDE, re.MULTILINE), unit


@pytest.mark.parametrize("enumeration", [Kind, Role])
def test_every_kind_of_matter_and_every_role_is_explained(enumeration: type[StrEnum]) -> None:
    for member in enumeration:
        assert re.search(rf"^- `{member}`: .+", GUIDE, re.MULTILINE), member


def example() -> str:
    """The examples joined in their order: a file, as the guide says."""
    return "\n".join(re.findall(r"^```toml\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL))


def test_the_examples_of_the_guide_make_one_charter() -> None:
    """Each way of judging is among them."""
    text = example()
    whole = tomllib.loads(text)
    charter = parse(whole, event_kinds=EventKind.values, text=text)
    assert Draft202012Validator(schema(EventKind.values)).is_valid(plain(whole))
    clocks = [promise.clock for promise in charter.promises if promise.clock]
    assert [any(rule.recurring for rule in clocks), any(rule.each_start for rule in clocks)] == [True, True]
    assert {rule.within is None for rule in clocks} == {True, False}
    assert {bool(promise.evidence.every) for promise in charter.promises if promise.evidence} == {True, False}
    assert any(promise.evidence.never for promise in charter.promises if promise.evidence)
    assert {bool(promise.publication.every) for promise in charter.promises if promise.publication} == {True, False}
    assert {promise.measure.target is None for promise in charter.promises if promise.measure} == {True, False}
    assert [promise.code for promise in charter.promises if promise.switched_off] == ["AMB-12"]
    assert isinstance(charter, Charter)


def test_slips_are_named_as_the_guide_shows_them() -> None:
    text = example().replace('"contact.made"', '"contact.mad"', 1).replace('"working_days"', '"days"', 1)
    with pytest.raises(CharterError) as error:
        parse(tomllib.loads(text), event_kinds=EventKind.values, text=text)
    assert error.value.problems == re.findall(r"^    (line \d+: .+)$", GUIDE, re.MULTILINE)


def test_every_event_kind_is_listed_once_with_its_meaning() -> None:
    assert re.findall(r"^\| `(.+?)` \| (.+) \|$", EVENTS, re.MULTILINE) == [
        (str(kind.value), str(kind.label)) for kind in EventKind
    ]


def test_the_links_of_the_guide_lead_somewhere() -> None:
    targets = re.findall(r"\]\(([^)#]+)", GUIDE + EVENTS)
    assert targets
    assert [target for target in targets if not (CHARTERS / target).exists()] == []
