"""Charter files: the five documents, what the format carries, and errors that say what would be right."""

from __future__ import annotations

import copy
import tomllib
from datetime import date
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from ledger.vocabulary import EventKind
from standards.calendar import Unit
from standards.charter import Risk, Role, Within
from standards.charter_file import CharterError, parse
from standards.models import Charter, Promise
from standards.selectors import promises_of, rules_of
from tests.cast import Cast
from tests.standards.history import CHARTERS, charter

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
}
# A timing word without a number, K10 to K17: measured, and judged once a partnership sets one.
WITHOUT_NUMBER = {
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
    return copy.deepcopy(tomllib.loads((CHARTERS / "cherwell.toml").read_text()))


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
summary = "A plan is agreed, and the person is told of it."
[promise.evidence]
owed_to = ["victim"]
events = ["plan.agreed"]
within = { amount = 5, unit = "working_days" }
unless = { immediate = true }
[promise.publication]
what = "Notes of the monthly meeting"
events = ["meeting.held"]
every = { amount = 30, unit = "calendar_days" }
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
"""


def test_the_format_carries_the_other_kinds_of_promise() -> None:
    rules = parse(tomllib.loads(OTHER_KINDS), event_kinds=EventKind.values)
    first, second = rules.promises
    assert first.kinds == ("evidence", "publication")
    assert first.evidence.within == Within(5, Unit.WORKING_DAYS)
    assert (first.evidence.unless.immediate, first.publication.events) == (True, ("meeting.held",))
    assert (second.kinds, second.measure.target, second.measure.ends) == (("measure",), 29.0, date(2027, 3, 31))
    assert rules.clocks == ()


def test_a_target_that_cannot_be_scored_is_no_target() -> None:
    text = OTHER_KINDS.replace("baseline = 31.9\n", "")
    assert problems(tomllib.loads(text)) == [
        "promise X-2.measure.target: needs baseline, source and ends beside it, or it cannot be scored"
    ]


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        (["format"], 2, "format: must be 1, the version of the file format"),
        (["name"], "", "name: must be a text, and not empty"),
        (
            ["nmae"],
            "x",
            "nmae: no such key; known are code, division, document, format, name, promise, settings, short_name",
        ),
        (["division"], "wales", "division: 'wales' must be one of england-and-wales, scotland, northern-ireland"),
        (["settings", "close_of_day"], "five", "settings.close_of_day: 'five' must be a time like \"17:00\""),
        (
            ["settings", "unassessed_counts_as"],
            "grave",
            "settings.unassessed_counts_as: 'grave' must be one of high, medium, standard, unassessed",
        ),
        (["settings", "attempts", "number"], 0, "settings.attempts.number: must be a whole number from 1"),
        (
            ["settings", "warn_after_share"],
            75,
            "settings.warn_after_share: must be a number between 0 and 1, like 0.75",
        ),
        (["promise", 0, "code"], "CHER-3c", "promise CHER-3c: the code stands there twice; every promise has its own"),
        (
            ["promise", 0, "clock", "duty"],
            "Ring {victim}",
            "promise CHER-3b-i.clock.duty: the only placeholder is {person}",
        ),
        (
            ["promise", 0, "clock", "owed_to"],
            ["neighbour"],
            "promise CHER-3b-i.clock.owed_to: 'neighbour' must be one of victim, witness, reporter, matter",
        ),
        (
            ["promise", 0, "clock", "stop"],
            ["contact.tried"],
            "promise CHER-3b-i.clock.stop: 'contact.tried' is no event kind the ledger knows",
        ),
        (
            ["promise", 0, "clock", "within"],
            48,
            'promise CHER-3b-i.clock.within: must be a table like { amount = 48, unit = "hours" }',
        ),
        (
            ["promise", 0, "clock", "within", "unit"],
            "hrs",
            "promise CHER-3b-i.clock.within.unit: 'hrs' must be one of minutes, hours, working_days, calendar_days, hours_disregarding_christmas_day, hours_disregarding_christmas_day_good_friday_sundays",
        ),
        (
            ["promise", 0, "clock", "within", "amount"],
            True,
            "promise CHER-3b-i.clock.within.amount: must be a whole number from 1",
        ),
        (
            ["promise", 0, "clock", "unless", "hate"],
            "yes",
            "promise CHER-3b-i.clock.unless.hate: must be true or false",
        ),
        (
            ["promise", 0, "clock", "opt_out"],
            ["updates.declined"],
            "promise CHER-3b-i.clock.opt_out: only a recurring clock has it; add recurring = true",
        ),
        (
            ["promise", 3, "clock", "when"],
            {"hate": True},
            "promise CHER-5a.clock.when: a recurring clock has none; it ends by opt_out",
        ),
        (
            ["promise", 0, "clock"],
            None,
            "promise CHER-3b-i: needs at least one of the tables clock, evidence, publication, measure, or nothing judges it",
        ),
    ],
)
def test_each_slip_is_named_with_what_would_be_right(path: list[Any], value: Any, problem: str) -> None:
    changed = table()
    place = changed
    for step in path[:-1]:
        place = place[step]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    assert problems(changed) == [problem]


def test_all_slips_are_named_at_once() -> None:
    changed = table()
    changed["format"] = 3
    changed["promise"][0]["clock"]["within"]["unit"] = "hrs"
    assert len(problems(changed)) == 2


def test_a_stored_charter_reads_as_the_file(cast: Cast) -> None:
    stored = Charter.objects.get(partnership=cast.cherwell)
    assert rules_of(stored.pk) == charter("cherwell")
    assert sorted(promises_of(stored.pk)) == sorted(promise.code for promise in charter("cherwell").promises)


def test_loading_again_is_a_new_version_from_its_own_day(cast: Cast, capsys) -> None:
    call_command(
        "load_charter", str(CHARTERS / "cherwell.toml"), partnership="cherwell", effective_from=date(2027, 4, 1)
    )
    assert capsys.readouterr().out == "Cherwell Safer Communities Partnership, version 2: 4 promises.\n"
    assert Promise.objects.filter(code="CHER-3c").count() == 2
    with pytest.raises(CommandError, match="takes effect on 2027-04-01 already"):
        call_command(
            "load_charter", str(CHARTERS / "cherwell.toml"), partnership="cherwell", effective_from=date(2027, 4, 1)
        )


def test_a_bad_file_loads_nothing(cast: Cast, tmp_path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text((CHARTERS / "cherwell.toml").read_text().replace('unit = "hours"', 'unit = "hrs"'))
    with pytest.raises(CommandError, match=r"bad\.toml cannot be loaded:\npromise CHER-3b-i\.clock\.within\.unit"):
        call_command("load_charter", str(bad), partnership="cherwell", effective_from=date(2027, 4, 1))
    assert Charter.objects.filter(partnership=cast.cherwell).count() == 1


def test_unassessed_is_high_in_all_five() -> None:
    assert {charter(path.stem).settings.unassessed_counts_as for path in CHARTERS.glob("*.toml")} == {Risk.HIGH}
