"""Charter files: the five documents, what the format carries, and errors that say what would be right."""

from __future__ import annotations

import copy
import math
import tomllib
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import assume, given
from hypothesis import strategies as st

from asb_cases.vocabulary import ContactChannel, Strand
from ledger.vocabulary import EventKind
from standards import charter as charters
from standards.calendar import Unit
from standards.charter import Kind, Risk, Role, Settings, Within
from standards.charter_checks import CHOICES, LONGEST, MOST, RANGES
from standards.charter_file import CharterError, load, parse
from standards.engine import judge
from standards.facts import Fact
from standards.models import Charter, Promise
from standards.vocabulary import Division
from tests.cast import Cast
from tests.standards.history import CHARTERS, KHAN, at, charter, england

# The clock register of the five documents, K1 to K9: promise, amount, unit, owed to.
CLOCKS = {
    "CHER-3b-ii": (24, Unit.HOURS, (Role.VICTIM,)),  # K2
    "CHER-3b-i": (48, Unit.HOURS, (Role.VICTIM,)),  # K3
    "NORT-5": (1, Unit.WORKING_DAYS, (Role.VICTIM,)),  # K4
    "CHER-3c": (3, Unit.WORKING_DAYS, (Role.VICTIM,)),  # K5
    "NORT-6": (5, Unit.WORKING_DAYS, (Role.VICTIM,)),  # K6
    "CHER-5a": (10, Unit.WORKING_DAYS, (Role.VICTIM, Role.WITNESS)),  # K9, five documents
    "NORT-11": (10, Unit.WORKING_DAYS, (Role.VICTIM, Role.WITNESS)),
    "BOLS-8a": (10, Unit.WORKING_DAYS, (Role.VICTIM, Role.WITNESS)),
    "BOLS-12b": (10, Unit.WORKING_DAYS, (Role.VICTIM,)),
    # Chesterfield
    "CHES-3a": (10, Unit.WORKING_DAYS, (Role.VICTIM, Role.WITNESS)),  # K9
    # Coventry
    "COV-4b": (24, Unit.HOURS, (Role.REPORTER,)),  # K1
    "COV-4d": (5, Unit.WORKING_DAYS, (Role.REPORTER,)),  # K7
    "COV-5": (15, Unit.MINUTES, (Role.MATTER,)),  # K8
}
# A timing word without a number, K10 to K17: measured, and judged once a partnership sets one.
WITHOUT_NUMBER = {
    # Chesterfield
    "CHES-1": (Role.VICTIM, Role.REPORTER),  # K17
    "CHES-4b": (Role.MATTER,),  # "speedily"
    "CHES-9b": (Role.VICTIM,),  # K13
    # Coventry
    "COV-3": (Role.VICTIM, Role.REPORTER),  # K17
    "COV-4a": (Role.REPORTER,),  # K15
    "COV-P6": (Role.REPORTER,),  # K10
    # Cherwell
    "CHER-3-0": (Role.VICTIM, Role.WITNESS),  # "timely"
    "CHER-3a": (Role.VICTIM,),  # K16
    "CHER-5b": (Role.VICTIM, Role.WITNESS),  # K10
    "CHER-7b": (Role.VICTIM, Role.REPORTER),  # K17
    # Bolsover
    "BOLS-4b": (Role.REPORTER,),  # K15
    "BOLS-6a": (Role.VICTIM,),  # "quickly"
    "BOLS-9b": (Role.VICTIM,),  # K16
    "BOLS-10a": (Role.MATTER,),  # "prompt"
    # Northamptonshire
    "NORT-4": (Role.VICTIM,),  # K14
    "NORT-7a": (Role.VICTIM,),  # K16
    "NORT-8": (Role.VICTIM,),  # K16
    "NORT-10b": (Role.VICTIM,),  # K11
}
# The documents give no number for these: the partnership sets it.
LOCAL = {"COV-5", "CHER-5a", "NORT-11", "BOLS-8a", "BOLS-12b", "CHES-3a"}


def test_every_clock_of_the_register_is_there_and_no_other() -> None:
    found, without, local = {}, {}, set()
    documents = [charter(path.stem) for path in CHARTERS.glob("*.toml")]
    for code, rule in [clock for document in documents if not document.layer for clock in document.clocks]:
        if rule.within is None:
            without[code] = rule.owed_to
            continue
        found[code] = (rule.within.amount, rule.within.unit, rule.owed_to)
        local |= {code} if rule.within.local else set()
    assert found == CLOCKS
    assert without == WITHOUT_NUMBER
    assert local == LOCAL


def table() -> dict[str, Any]:
    """Cherwell's four clocks of the register, to be spoiled."""
    whole = copy.deepcopy(tomllib.loads((CHARTERS / "cherwell.toml").read_text()))
    rows = {row["code"]: row for row in whole["promise"]}
    clocks = ("CHER-3b-i", "CHER-3b-ii", "CHER-3c", "CHER-5a")
    whole["promise"] = [{key: rows[code][key] for key in ("code", "clause", "summary", "clock")} for code in clocks]
    return whole


def reach(changed: Any, path: list[Any]) -> Any:
    for step in path:
        changed = changed[step]
    return changed


def put(changed: dict[str, Any], path: list[Any], value: Any) -> dict[str, Any]:
    """Change one value of a table; None takes it away."""
    if value is None:
        del reach(changed, path[:-1])[path[-1]]
    else:
        reach(changed, path[:-1])[path[-1]] = value
    return changed


def problems(changed: dict[str, Any]) -> list[str]:
    with pytest.raises(CharterError) as error:
        parse(changed, event_kinds=EventKind.values)
    return error.value.problems


OTHER_KINDS = """
format = 1
code = "X"
name = "Anywhere"
short_name = "Anywhere"
document = "Standards"
division = "england-and-wales"
[[promise]]
code = "X-1"
clause = "1"
summary = "A plan is agreed, and notes of the monthly meeting are shown."
[promise.evidence]
owed_to = ["victim"]
events = ["plan.agreed"]
unless = { immediate = true }
[promise.publication]
what = "Notes of the monthly meeting"
events = ["neighbourhood.met"]
every = { amount = 1, unit = "calendar_months" }
matter = "neighbourhood"
[[promise]]
code = "X-2"
clause = "2"
summary = "Perception falls from 31.9 to 29 per cent."
[promise.measure]
measure = "Perception of anti-social behaviour"
source = "Residents' survey"
baseline = 31.9
target = 29.0
ends = 2027-03-31
[[promise]]
code = "X-3"
clause = "3"
summary = "Those responsible are warned without delay."
[promise.clock]
duty = "Warn those responsible"
owed_to = ["matter"]
start = ["report.received"]
stop = ["perpetrator.warned"]
within = { local = true }
"""


def other(**tables: dict[str, Any]) -> dict[str, Any]:
    """The charter of every kind of promise, with a table of its first promise replaced or added to."""
    changed = tomllib.loads(OTHER_KINDS)
    for name, keys in tables.items():
        changed["promise"][0][name] = changed["promise"][0].get(name, {}) | keys
    return changed


def test_the_format_carries_the_other_kinds_of_promise() -> None:
    rules = parse(tomllib.loads(OTHER_KINDS), event_kinds=EventKind.values)
    first, second, third = rules.promises
    assert first.kinds == ("evidence", "publication")
    assert (first.evidence.events, first.evidence.unless.immediate) == (("plan.agreed",), True)
    assert first.publication.every == Within(1, Unit.CALENDAR_MONTHS)
    assert first.publication.matter is Kind.NEIGHBOURHOOD
    assert (second.kinds, second.measure.target, second.measure.ends) == (("measure",), 29.0, date(2027, 3, 31))
    assert (third.kinds, third.clock.within) == (("clock",), None)


def test_settings_may_be_left_out_and_a_promise_switched_off_is_not_judged() -> None:
    changed = other()
    changed["promise"][2]["switched_off"] = "Under discussion"
    rules = parse(changed, event_kinds=EventKind.values)
    assert rules.settings == Settings()
    assert [promise.code for promise in rules.judged] == ["X-1", "X-2"]
    assert rules.clocks == ()


MUST_BE_PERIOD = 'must be 1, 2, 3, 4, 6 or 12 of the unit "calendar_months"'
CLOCK = {
    "duty": "Call {person}", "owed_to": ["victim"], "start": ["report.received"], "stop": ["contact.made"],
    "within": {"amount": 1, "unit": "hours"},
}  # fmt: skip
MONTHLY = {"amount": 1, "unit": "calendar_months"}
UNITS = (
    "minutes, hours, working_days, calendar_days, calendar_months, hours_disregarding_christmas_day, "
    "hours_disregarding_christmas_day_good_friday_sundays"
)


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        (["format"], 2, "format: must be 1, the version of the file format"),
        (["format"], True, "format: must be 1, the version of the file format"),
        (["name"], "", "name: '' must be a text, and not empty"),
        (["name"], "Cher\0well", "name: 'Cher\\x00well' must be a text, and not empty"),
        (["name"], 3, "name: 3 must be a text, and not empty"),
        (["name"], None, "name: is missing; it must be a text, and not empty"),
        (["name"], "N" * 201, "name: has 201 characters; at most 200 are kept"),
        (["short_name"], "N" * 61, "short_name: has 61 characters; at most 60 are kept"),
        (["document"], "N" * 201, "document: has 201 characters; at most 200 are kept"),
        (["code"], "N" * 21, "code: has 21 characters; at most 20 are kept"),
        (
            ["nmae"],
            "x",
            "nmae: no such key; known are code, division, document, format, layer, name, promise, settings, short_name",
        ),
        (["division"], "wales", "division: 'wales' must be one of england-and-wales, scotland, northern-ireland"),
        (["promise"], [], "promise: must be a list of one or more [[promise]] tables (with two brackets)"),
        (
            ["promise"],
            None,
            "promise: is missing; it must be a list of one or more [[promise]] tables (with two brackets)",
        ),
        (["promise"], {"code": "X-1"}, "promise: must be a list of one or more [[promise]] tables (with two brackets)"),
        (["promise"], "X-1", "promise: must be a list of one or more [[promise]] tables (with two brackets)"),
        (["promise", 1], "X-1", "promise number 2: must be [[promise]] tables (with two brackets)"),
    ],
)
def test_each_slip_of_the_file_is_named(path: list[Any], value: Any, problem: str) -> None:
    assert problems(put(table(), path, value)) == [problem]


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("close_of_day", "five", "'five' must be a time like \"17:00\""),
        ("close_of_day", "17:00+01:00", "'17:00+01:00' must be a time like \"17:00\""),
        ("close_of_day", 17, '17 must be a time like "17:00"'),
        ("unassessed_counts_as", "grave", "'grave' must be one of high, medium, standard, unassessed"),
        ("working_week", [], "must be a list of one or more of mon, tue, wed, thu, fri, sat, sun"),
        ("working_week", "mon", "must be a list of one or more of mon, tue, wed, thu, fri, sat, sun"),
        ("working_week", ["mon", "tue", "mon"], "'mon' stands there twice; once is enough"),
        ("working_week", ["monday"], "'monday' must be one of mon, tue, wed, thu, fri, sat, sun"),
        (
            "complaint_routes",
            [],
            "must be a list of one or more of direct, website, chair_in_writing, councillor, agency_procedure, "
            "councillor_call_for_action",
        ),
        ("hate_strands", [], "must be a list of one or more texts"),
        (
            "hate_strands",
            ["faith"],
            "'faith' must be one of disability, race, religion, sexual_orientation, transgender, age, gender",
        ),
        ("written_channels", ["e-mail"], "'e-mail' must be one of email, text, letter"),
        ("warn_after_share", 75, "75 must be between 0 and 1, like 0.75"),
        ("warn_after_share", 0, "0 must be between 0 and 1, like 0.75"),
        ("warn_after_share", math.nan, "nan must be a number"),
        ("warn_after_share", math.inf, "inf must be a number"),
        ("warn_after_share", True, "True must be a number"),
        ("year_starts_in", 13, "13 must be a whole number from 1 to 12"),
        ("year_starts_in", 0, "0 must be a whole number from 1"),
        ("year_starts_in", 4.0, "4.0 must be a whole number from 1"),
        ("remedial_clock", "yes", "'yes' must be true or false"),
        ("warm_after", 1, None),
    ],
)
def test_each_slip_of_the_settings_is_named(key: str, value: Any, words: str | None) -> None:
    known = ", ".join(sorted(field.name for field in fields(Settings)))
    words = words or f"no such key; known are {known}"
    assert problems(put(table(), ["settings", key], value)) == [f"settings.{key}: {words}"]


@pytest.mark.parametrize(
    ("attempts", "problem"),
    [
        ({"number": 0}, "settings.attempts.number: 0 must be a whole number from 1"),
        ({"number": 21}, "settings.attempts.number: 21 must be a whole number from 1 to 20"),
        ({"number": 2, "days": 3}, "settings.attempts.days: 3 must be at most the number of attempts, 2"),
        ({"number": 2, "channels": 3}, "settings.attempts.channels: 3 must be at most the number of attempts, 2"),
        (3, "settings.attempts: must be a table with number, days, channels"),
    ],
)
def test_attempts_that_nobody_could_make_are_none(attempts: Any, problem: str) -> None:
    assert problems(put(table(), ["settings", "attempts"], attempts)) == [problem]


def test_settings_that_are_no_table_are_named() -> None:
    said = problems(put(table(), ["settings"], "none"))
    assert said == [f"settings: must be a table with {', '.join(field.name for field in fields(Settings))}"]


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (["code"], "C" * 21, ", code: has 21 characters; at most 20 are kept"),
        (["clause"], "C" * 21, ", clause: has 21 characters; at most 20 are kept"),
        (["summary"], "C" * 301, ", summary: has 301 characters; at most 300 are kept"),
        (["summary"], " ", ", summary: ' ' must be a text, and not empty"),
        (["since"], "1998", ", since: '1998' must be a day like 2027-03-31"),
        (["since"], "2027-02-30", ", since: '2027-02-30' must be a day like 2027-03-31"),
        (
            ["since"],
            datetime(2027, 3, 31),  # noqa: DTZ001 TOML has times without a zone
            ", since: datetime.datetime(2027, 3, 31, 0, 0) must be a day like 2027-03-31",
        ),
        (
            ["clock"],
            None,
            ": needs at least one of the tables clock, evidence, publication, measure, or nothing judges it",
        ),
        (["clock", "duty"], "Ring {victim}", ", clock.duty: the only placeholder is {person}"),
        (["clock", "duty"], "Ring }", ", clock.duty: the only placeholder is {person}"),
        (
            ["clock", "owed_to"],
            ["neighbour"],
            ", clock.owed_to: 'neighbour' must be one of victim, witness, reporter, matter",
        ),
        (
            ["clock", "owed_to"],
            [],
            ", clock.owed_to: must be a list of one or more of victim, witness, reporter, matter",
        ),
        (
            ["clock", "owed_to"],
            ["matter", "victim"],
            ', clock.owed_to: "matter" stands alone: it is owed once, whoever is concerned',
        ),
        (["clock", "matter"], "partnership", ', clock.owed_to: a duty to the public is owed to ["matter"]'),
        (
            ["clock", "matter"],
            ["case"],
            ", clock.matter: ['case'] must be one of case, complaint, case_review, neighbourhood, partnership",
        ),
        (
            ["clock", "stop"],
            ["contact.tried"],
            ", clock.stop: 'contact.tried' is no event kind the ledger knows, like \"contact.made\"",
        ),
        (
            ["clock", "stop"],
            [["contact.made"]],
            ", clock.stop: ['contact.made'] is no event kind the ledger knows, like \"contact.made\"",
        ),
        (
            ["clock", "stop"],
            "contact.made",
            ', clock.stop: must be a list of one or more event kinds, like "contact.made"',
        ),
        (["clock", "stop"], ["contact.made"] * 2, ", clock.stop: 'contact.made' stands there twice; once is enough"),
        (
            ["clock", "within"],
            48,
            ', clock.within: must be a table like { amount = 48, unit = "hours" }',
        ),
        (
            ["clock", "within"],
            None,
            ', clock.within: is missing; it must be a table like { amount = 48, unit = "hours" }, or { local = true } '
            "where the document has no number and none is set",
        ),
        (["clock", "within", "unit"], "hrs", f", clock.within.unit: 'hrs' must be one of {UNITS}"),
        (["clock", "within", "amount"], True, ", clock.within.amount: True must be a whole number from 1"),
        (["clock", "within", "amount"], 1.5, ", clock.within.amount: 1.5 must be a whole number from 1"),
        (["clock", "within", "amount"], 87_601, ", clock.within.amount: 87601 hours are too many; at most 87600"),
        (["clock", "unless", "hate"], "yes", ", clock.unless.hate: 'yes' must be true or false"),
        (
            ["clock", "unless", "risk"],
            [],
            ", clock.unless.risk: must be a list of one or more of high, medium, standard, unassessed",
        ),
        (
            ["clock", "opt_out"],
            ["updates.declined"],
            ", clock.opt_out: only a recurring clock has it; add recurring = true",
        ),
        (
            ["clock", "agreed_by"],
            ["updates.agreed"],
            ", clock.agreed_by: only a recurring clock has it; add recurring = true",
        ),
    ],
)
def test_each_slip_of_a_promise_is_named(path: list[Any], value: Any, words: str) -> None:
    changed = put(table(), ["promise", 0, *path], value)
    assert problems(changed) == [f"promise {changed['promise'][0]['code']}{words}"]


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (["when"], {"hate": True}, "when: a recurring clock has none; it ends by opt_out"),
        (["waived_by"], ["meeting.declined"], "waived_by: a recurring clock has none; it ends by opt_out"),
        (["each_start"], True, "each_start: a recurring clock has none; it ends by opt_out"),
        (["owed_to"], ["matter"], "owed_to: a recurring clock is owed to people: victim, witness, reporter"),
    ],
)
def test_what_a_recurring_clock_cannot_have(path: list[Any], value: Any, words: str) -> None:
    assert problems(put(table(), ["promise", 3, "clock", *path], value)) == [f"promise CHER-5a, clock.{words}"]


@pytest.mark.parametrize(
    ("tables", "words"),
    [
        (
            {"evidence": {"events": []}},
            'evidence.events: must be a list of one or more event kinds, like "contact.made"',
        ),
        ({"evidence": {"every": MONTHLY, "unless": {}}}, "evidence.every: only duties of a partnership or neighbourhood come again and again"),
        ({"evidence": {"matter": "partnership", "unless": {}}}, 'evidence.owed_to: a duty to the public is owed to ["matter"]'),
        ({"evidence": {"within": MONTHLY}}, "evidence.within: no such key; known are by, by_for_all, events, every, matter, never, owed_to, start, unless, when"),
        ({"publication": {"matter": "case"}}, "publication.matter: 'case' must be one of neighbourhood, partnership"),
        ({"publication": {"every": {"amount": 30, "unit": "calendar_days"}}}, f"publication.every: {MUST_BE_PERIOD}"),
        ({"publication": {"every": {"amount": 5, "unit": "calendar_months"}}}, f"publication.every: {MUST_BE_PERIOD}"),
        ({"measure": {"measure": "M", "target": 29}}, "measure.target: needs baseline, source, ends beside it, or it cannot be scored"),
        ({"measure": {"measure": "M", "months": 5}}, "measure.months: 5 must be 1, 2, 3, 4, 6 or 12"),
        ({"measure": {"measure": "M", "figure": "euro"}}, "measure.figure: 'euro' must be one of percent, number, score"),
        ({"measure": {"measure": "M", "baseline": math.nan}}, "measure.baseline: nan must be a number"),
        ({"measure": {"measure": "M", "aim": -math.inf}}, "measure.aim: -inf must be a number"),
        ({"measure": {"measure": "M", "aim": 10**400}}, None),
        ({"measure": {"measure": "M", "beside": "X-9"}}, "measure.beside: 'X-9' must be another promise with a measure: X-2"),
        ({"measure": {"measure": "M", "beside": "X-1"}}, "measure.beside: 'X-1' must be another promise with a measure: X-2"),
    ],
)  # fmt: skip
def test_each_slip_of_the_other_tables_is_named(tables: dict[str, Any], words: str | None) -> None:
    said = problems(other(**tables))
    assert len(said) == 1
    assert said == [f"promise X-1, {words}"] if words else said[0].endswith("must be a number")


@pytest.mark.parametrize(
    ("evidence", "key", "words"),
    [
        ({"never": ["confidence.breached"]}, "never", "what is owed in every period has none"),
        ({"start": ["matter.opened"]}, "start", "what is owed in every period has none"),
        ({"by": ["matter.closed"]}, "by", "what is owed in every period has none"),
        ({"when": {"hate": True}}, "when", "what is owed in every period has none"),
        ({"unless": {"hate": True}}, "unless", "what is owed in every period has none"),
        ({"every": {"local": True}}, "every.amount", "is missing; it must be a whole number from 1"),
    ],
)
def test_what_evidence_of_every_period_cannot_have(evidence: dict[str, Any], key: str, words: str) -> None:
    changed = other()
    periodic = {"owed_to": ["matter"], "matter": "partnership", "events": ["partners.met"], "every": MONTHLY}
    changed["promise"][0]["evidence"] = periodic
    assert parse(changed, event_kinds=EventKind.values).promises[0].evidence.every == Within(1, Unit.CALENDAR_MONTHS)
    changed["promise"][0]["evidence"] = periodic | evidence
    assert problems(changed)[0] == f"promise X-1, evidence.{key}: {words}"


def test_a_change_goes_the_way_that_is_expected() -> None:
    for expect, change, good in [
        ("fall", -5, True), ("rise", 5, True), ("fall", 5, False), ("rise", -5, False), ("fall", 0, False),
        ("measured", -5, False), ("not_rise", -5, False),
    ]:  # fmt: skip
        changed = other(measure={"measure": "M", "expect": expect, "change": change})
        if good:
            assert parse(changed, event_kinds=EventKind.values).promises[0].measure.change == change
        else:
            assert problems(changed) == [
                'promise X-1, measure.change: is below 0 beside expect = "fall", above 0 beside expect = "rise", and '
                "stands beside no other"
            ]


@pytest.mark.parametrize(
    ("tables", "key", "pair"),
    [
        (
            {
                "clock": CLOCK | {"owed_to": ["matter"], "matter": "partnership"},
                "evidence": {
                    "owed_to": ["matter"],
                    "matter": "partnership",
                    "events": ["partners.met"],
                    "every": MONTHLY,
                },
            },
            "evidence",
            "clock and evidence would both count turns of the same partnership",
        ),
        (
            {
                "clock": CLOCK | {"owed_to": ["matter"], "matter": "neighbourhood"},
                "publication": {
                    "what": "Notes",
                    "matter": "neighbourhood",
                    "events": ["partners.met"],
                    "every": MONTHLY,
                },
            },
            "publication",
            "clock and publication would both count turns of the same neighbourhood",
        ),
        (
            {
                "evidence": {
                    "owed_to": ["matter"],
                    "matter": "partnership",
                    "events": ["partners.met"],
                    "every": MONTHLY,
                },
                "publication": {"what": "Notes", "events": ["partners.met"], "every": MONTHLY},
            },
            "publication",
            "evidence and publication would both count turns of the same partnership",
        ),
    ],
)
def test_turns_that_would_collide_are_refused(tables: dict[str, Any], key: str, pair: str) -> None:
    changed = other()
    row = {"code": "X-1", "clause": "1", "summary": "Both."}
    changed["promise"][0] = row | tables
    assert problems(changed) == [f"promise X-1, {key}: {pair}; make two promises of it"]
    # Once in a lifetime has no turns; nor has another matter.
    once = {name: {k: v for k, v in table.items() if k != "every"} for name, table in tables.items()}
    changed["promise"][0] = row | once
    assert parse(changed, event_kinds=EventKind.values)


def test_a_layer_has_no_settings_of_its_own() -> None:
    layer = other() | {"layer": True}
    assert parse(layer, event_kinds=EventKind.values).layer
    layer["settings"] = {"year_starts_in": 1}
    assert problems(layer) == ["settings: a layer has none; what the partnership set holds for it too"]


def test_one_code_is_for_one_promise() -> None:
    changed = table()
    changed["promise"][0]["code"] = "CHER-3c"
    said = "promise CHER-3c, code: 'CHER-3c' stands there twice; every promise has a code of its own"
    assert problems(changed) == [said, said]


def line_of(text: str, part: str) -> int:
    """The line on which a part of a text stands for the last time."""
    return text[: text.rindex(part)].count("\n") + 1


def test_all_slips_are_named_at_once_in_the_order_of_the_lines() -> None:
    text = OTHER_KINDS.replace("format = 1", "format = 3").replace('"calendar_months"', '"months"')
    text = text.replace("ends = 2027-03-31\n", "").replace('clause = "3"', 'clause = "0123456789012345678901"')
    text += 'written = "yes"\n'
    with pytest.raises(CharterError) as error:
        parse(tomllib.loads(text), event_kinds=EventKind.values, text=text)
    assert error.value.problems == [
        "line 2: format: must be 1, the version of the file format",
        f"line {line_of(text, 'unit =')}: promise X-1, publication.every.unit: 'months' must be one of {UNITS}",
        f"line {line_of(text, 'target =')}: promise X-2, measure.target: needs ends beside it, or it cannot be scored",
        f"line {line_of(text, 'clause')}: promise X-3, clause: has 22 characters; at most 20 are kept",
        f"line {line_of(text, 'written')}: promise X-3, clock.written: 'yes' must be true or false",
    ]


def test_a_table_in_which_something_is_missing_is_named_by_its_own_line() -> None:
    text = OTHER_KINDS.replace('stop = ["perpetrator.warned"]\n', "").replace('name = "Anywhere"\n', "", 1)
    with pytest.raises(CharterError) as error:
        parse(tomllib.loads(text), event_kinds=EventKind.values, text=text)
    assert [problem.split(";")[0] for problem in error.value.problems] == [
        "line 1: name: is missing",
        f"line {line_of(text, '[promise.clock]')}: promise X-3, clock.stop: is missing",
    ]


def test_the_item_of_a_long_list_is_named_by_its_own_line() -> None:
    text = OTHER_KINDS.replace('["perpetrator.warned"]', '[\n  "perpetrator.warned", # the usual\n  "warned",\n]')
    with pytest.raises(CharterError) as error:
        parse(tomllib.loads(text), event_kinds=EventKind.values, text=text)
    assert error.value.problems == [
        f"line {line_of(text, 'warned')}: promise X-3, clock.stop: 'warned' is no event kind the ledger knows, like \"contact.made\""
    ]


def test_what_is_quoted_is_kept_short() -> None:
    [said] = problems(put(table(), ["settings", "close_of_day"], "x" * 10_000))
    assert len(said) < 200


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.dates() | st.datetimes()
    | st.times() | st.sampled_from(["case", "matter", "hours", "contact.made", "victim"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)  # fmt: skip


def places(value: Any, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place, *(deeper for key, item in inner for deeper in places(item, (*place, key)))]


@given(data=st.data())
def test_whatever_stands_there_it_is_read_or_refused_in_words(data: st.DataObject) -> None:
    changed = data.draw(st.sampled_from([table(), tomllib.loads(OTHER_KINDS)]))
    path = list(data.draw(st.sampled_from(places(changed)[1:])))
    if data.draw(st.booleans()):
        path.append(data.draw(st.text(max_size=3)))
        assume(isinstance(reach(changed, path[:-1]), dict))
    reach(changed, path[:-1])[path[-1]] = data.draw(ODD)
    try:
        said: Any = parse(changed, event_kinds=EventKind.values).promises
    except CharterError as error:
        said = error.problems
    assert said
    assert all(said)


def refused(path: Path) -> list[str]:
    """What `manage.py load_charter` says of a file that it does not load."""
    with pytest.raises(CommandError) as error:
        call_command("load_charter", str(path), partnership="cherwell", effective_from=date(2027, 4, 1))
    assert Charter.objects.filter(partnership__slug="cherwell").count() == 1
    return str(error.value).splitlines()


def test_a_bad_file_loads_nothing(cast: Cast, tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text((CHARTERS / "cherwell.toml").read_text().replace('unit = "hours"', 'unit = "hrs"'))
    wrong = [n for n, line in enumerate(bad.read_text().splitlines(), start=1) if '"hrs"' in line]
    assert refused(bad) == [
        "bad.toml cannot be loaded:",
        f"line {wrong[0]}: promise CHER-3b-i, clock.within.unit: 'hrs' must be one of {UNITS}",
        f"line {wrong[1]}: promise CHER-3b-ii, clock.within.unit: 'hrs' must be one of {UNITS}",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a = 1\nb = \n", ["bad.toml: not readable as TOML: Invalid value (at line 2, column 5)"]),
        (b"a = 1\na = 2\n", ["bad.toml: not readable as TOML: Cannot overwrite a value (at line 2, column 6)"]),
        (b'a = 1\r\nb = "caf\xe9"\r\n', ["line 2: not UTF-8; save the file as plain text in UTF-8"]),
        (b"a = " + b"9" * 5000, None),
        (b"a = " + b"[" * 5000, None),
        (b"", None),
    ],
)
def test_what_is_no_toml_is_said_in_words(cast: Cast, tmp_path: Path, content: bytes, said: list[str] | None) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_bytes(content)
    lines = refused(bad)
    assert lines[0] == "bad.toml cannot be loaded:"
    assert lines[1:] == said if said else lines[1:]


def test_a_file_that_is_not_there_is_named(cast: Cast, tmp_path: Path) -> None:
    assert refused(tmp_path / "none.toml") == [f"{tmp_path / 'none.toml'}: No such file or directory"]
    assert refused(tmp_path) == [f"{tmp_path}: Is a directory"]


def test_a_file_of_another_editor_is_the_same(cast: Cast, tmp_path: Path) -> None:
    """A byte-order mark at the beginning and \\r\\n at the end of lines, as Notepad writes them."""
    windows = tmp_path / "cherwell.toml"
    windows.write_bytes(b"\xef\xbb\xbf" + (CHARTERS / "cherwell.toml").read_bytes().replace(b"\n", b"\r\n"))
    assert load(windows, event_kinds=EventKind.values) == load(CHARTERS / "cherwell.toml", event_kinds=EventKind.values)
    windows.write_bytes(windows.read_bytes().replace(b'"working_days"', b'"days"', 1))
    line = next(n for n, line in enumerate(windows.read_text("utf-8-sig").splitlines(), start=1) if '"days"' in line)
    assert refused(windows)[1].startswith(f"line {line}: promise CHER-3c, clock.within.unit: 'days'")


def test_the_longest_texts_are_those_that_the_database_takes() -> None:
    rows = {charters.Charter: Charter, charters.Promise: Promise}
    assert {
        (kind, field.name): field.max_length
        for kind, row in rows.items()
        for field in row._meta.concrete_fields
        if field.max_length and field.name in {known.name for known in fields(kind)}
    } == LONGEST


def test_the_choices_are_those_of_casework() -> None:
    assert CHOICES[Settings, "hate_strands"] == tuple(Strand.values)
    assert set(CHOICES[Settings, "written_channels"]) < set(ContactChannel.values)
    assert CHOICES[charters.Charter, "division"] == tuple(Division.values)
    assert RANGES[charters.AttemptsRule, "channels"] == (1, len(ContactChannel.values))


@pytest.mark.parametrize("unit", Unit)
def test_the_longest_time_there_is_can_be_judged(unit: Unit) -> None:
    """Whatever a charter may promise, its deadline is a day of the calendar."""
    changed = put(table(), ["promise", 0, "clock", "within"], {"amount": MOST[unit], "unit": unit.value})
    facts = [Fact(KHAN, "report.received", at("2026-09-02 09:00"))]
    judged = judge(parse(changed, event_kinds=EventKind.values), facts, england(), at("2026-09-03 09:00"))
    assert [one.due_at > at("2027-08-01 09:00") for one in judged if one.promise == "CHER-3b-i"] == [True]
    assert problems(put(changed, ["promise", 0, "clock", "within", "amount"], MOST[unit] + 1)) == [
        f"promise CHER-3b-i, clock.within.amount: {MOST[unit] + 1} {unit} are too many; at most {MOST[unit]}"
    ]


def test_unassessed_is_high_in_all_five() -> None:
    assert {charter(path.stem).settings.unassessed_counts_as for path in CHARTERS.glob("*.toml")} == {Risk.HIGH}
