"""Every promise of every document is there, and each way of judging it has been seen to say yes and to say no."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from importlib import import_module
from io import StringIO

import pytest
from django.core.management import call_command

from standards.charter import Charter, Kind
from standards.engine import judge, show
from tests.standards import codes
from tests.standards.examples import Clocked, Example, told
from tests.standards.history import CHARTERS, at, charter, england

EXAMPLES_OF = ("cherwell", "bolsover", "northamptonshire", "chesterfield", "coventry", "england_2026")
DOCUMENTS = {
    "cherwell": codes.CHERWELL,
    "bolsover": codes.BOLSOVER,
    "northamptonshire": codes.NORTHAMPTONSHIRE,
    "chesterfield": codes.CHESTERFIELD,
    "coventry": codes.COVENTRY,
}
LAW = "england_2026"

every_charter = pytest.mark.parametrize("name", EXAMPLES_OF)


def examples_of(name: str) -> dict[str, tuple[Example, ...]]:
    found: dict[str, tuple[Example, ...]] = import_module(f"tests.standards.examples_of.{name}").EXAMPLES
    return found


def charter_of(name: str) -> Charter:
    return charter(name.replace("_", "-"))


@pytest.mark.parametrize(("name", "promised"), DOCUMENTS.items(), ids=DOCUMENTS)
def test_every_promise_of_the_document_is_there_once_and_none_was_invented(
    name: str, promised: tuple[str, ...]
) -> None:
    assert Counter(promise.code for promise in charter_of(name).promises) == Counter(promised)


def test_the_register_names_149_promises_each_once() -> None:
    named = [code for promised in DOCUMENTS.values() for code in promised]
    assert (len(named), len(set(named))) == (149, 149)


@every_charter
def test_every_way_of_judging_a_promise_has_an_example(name: str) -> None:
    ways = {promise.code: set(promise.kinds) for promise in charter_of(name).judged}
    assert {code: {one.mechanism for one in examples} for code, examples in examples_of(name).items()} == ways


@every_charter
def test_every_example_comes_out_as_told(name: str) -> None:
    rules = charter_of(name)
    for code, examples in examples_of(name).items():
        for example in examples:
            example.check(rules, code)


@every_charter
def test_every_promise_can_be_broken_before_anybody_sets_a_number(name: str) -> None:
    def needs_a_number(example: Example) -> bool:
        return isinstance(example, Clocked) and example.set is not None

    assert [code for code, examples in examples_of(name).items() if all(map(needs_a_number, examples))] == []


@every_charter
def test_no_two_ways_of_judging_a_promise_answer_for_the_same_thing(name: str) -> None:
    """What is shown once, or once in every period, is known by promise, person and turn: two of them would be one."""
    twice = []
    for promise in charter_of(name).judged:
        shown = [rule for rule in (promise.evidence, promise.publication) if rule]
        kinds = Counter((rule.matter, rule.every is None) for rule in shown)
        twice += [promise.code for count in kinds.values() if count > 1]
    assert twice == []


@every_charter
def test_a_promise_that_is_switched_off_is_not_judged(name: str) -> None:
    rules = charter_of(name)
    off = replace(rules, promises=tuple(replace(one, switched_off="Not in force") for one in rules.promises))

    def said(given: Charter, kind: Kind) -> int:
        facts, now = told("", kind), at("2026-12-01 12:00")
        return len(judge(given, facts, england(), now, kind)) + len(show(given, facts, kind))

    assert sum(said(rules, kind) for kind in Kind) > 0
    assert [said(off, kind) for kind in Kind] == [0] * len(Kind)


def test_what_the_law_does_not_demand_yet_says_why_and_has_no_example() -> None:
    off = [promise for promise in charter_of(LAW).promises if promise.switched_off]
    assert off
    assert [promise.code for promise in off if len(promise.switched_off.split()) < 3] == []
    assert {promise.code for promise in off} & set(examples_of(LAW)) == set()


def test_the_published_table_is_the_one_of_the_charters() -> None:
    """If this fails: manage.py standards_table docs/standards.md"""
    said = StringIO()
    call_command("standards_table", stdout=said)
    assert (CHARTERS.parents[1] / "docs" / "standards.md").read_text(encoding="utf-8") == said.getvalue()
