"""What changed from one version to another, in plain words; and what a partnership sets for itself, in the table."""

from __future__ import annotations

import tomllib
from datetime import time
from typing import Any

import pytest

from ledger.vocabulary import EventKind
from standards.calendar import Unit
from standards.charter import AttemptsRule, Charter, Within
from standards.charter_file import CharterError, parse, plain
from standards.difference import Change, difference, promise_in_brief
from standards.local_settings import LocalSettings, changed_body, settings_of, targets_of

NAMES = dict(EventKind.choices)
OLD = """
format = 1
code = "TEST"
name = "Test Partnership"
short_name = "Test"
document = "A leaflet"
division = "england-and-wales"

[settings]
attempts = { number = 3, days = 2, channels = 2 }

[[promise]]
code = "T-1"
clause = "1"
summary = "Each victim is contacted."
[promise.clock]
duty = "Contact {person}"
owed_to = ["victim"]
start = ["report.received"]
stop = ["contact.made"]
within = { amount = 48, unit = "hours" }
unless = { hate = true }

[[promise]]
code = "T-2"
clause = "2"
summary = "Updates are given."
[promise.clock]
duty = "Update {person}"
owed_to = ["victim", "witness"]
start = ["plan.agreed"]
stop = ["update.given"]
within = { amount = 10, unit = "working_days", local = true }
recurring = true

[[promise]]
code = "T-3"
clause = "3"
summary = "Evidence is looked at regularly."
[promise.clock]
duty = "Look at the evidence of {person}"
owed_to = ["victim"]
start = ["evidence.received"]
stop = ["evidence.reviewed"]
within = { local = true }

[[promise]]
code = "T-4"
clause = "4"
summary = "The risk is shown."
[promise.evidence]
owed_to = ["victim"]
events = ["risk.assessed"]

[[promise]]
code = "T-5"
clause = "5"
summary = "News is published regularly."
[promise.publication]
what = "News"
events = ["information.published"]
every = { amount = 3, unit = "calendar_months", local = true }

[[promise]]
code = "T-6"
clause = "6"
summary = "Not in force yet."
switched_off = "Not in force yet"
[promise.clock]
duty = "Reply to {person}"
owed_to = ["victim"]
start = ["report.received"]
stop = ["contact.made"]
within = { local = true }
"""


def body(*changes: tuple[str, str]) -> dict[str, Any]:
    text = OLD
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return plain(tomllib.loads(text))


def read(*changes: tuple[str, str]) -> Charter:
    return parse(body(*changes), event_kinds=EventKind.values)


def test_the_same_is_no_difference_even_if_defaults_are_written_out() -> None:
    spelt_out = ("[settings]", '[settings]\nclose_of_day = "17:00"\nyear_starts_in = 4')
    assert not difference(read(), read(spelt_out), NAMES)


def test_settings_are_told_by_what_they_mean() -> None:
    new = read(
        ("[settings]", '[settings]\nclose_of_day = "16:30"\nwarn_after_share = 0.5\nreceipt = "next_working_day"'),
        ("number = 3, days = 2", "number = 4, days = 1"),
    )
    assert difference(read(), new, NAMES).settings == (
        Change("End of the working day", "5:00pm", "4:30pm"),
        Change(
            "Received on a day that is no working day",
            "That day is day 0",
            "Counts as received on the next working day",
        ),
        Change(
            "Person who cannot be reached",
            "3 attempts on at least 2 days by at least 2 channels",
            "4 attempts on at least 1 day by at least 2 channels",
        ),
        Change("Warning of the officer", "When 75% of the time has gone", "When 50% of the time has gone"),
    )


def test_promises_are_added_removed_and_changed_key_by_key() -> None:
    new = read(
        ('code = "T-4"', 'code = "T-40"'),
        ("amount = 48", "amount = 24"),
        ("unless = { hate = true }", 'when = { risk = ["high"] }\nwaived_by = ["meeting.declined"]'),
        ("within = { local = true }", 'within = { amount = 2, unit = "calendar_days", local = true }'),
        ("amount = 10", "amount = 5"),
        ("News is published regularly.", "News is published every quarter."),
        ('document = "A leaflet"', 'document = "A new leaflet"'),
    )
    found = difference(read(), new, NAMES)
    assert found.document == (Change("Document", "A leaflet", "A new leaflet"),)
    assert found.settings == ()
    assert [(one.code, promise_in_brief(one)) for one in found.added] == [("T-40", "shown by evidence")]
    assert [(one.code, promise_in_brief(one)) for one in found.removed] == [("T-4", "shown by evidence")]
    assert {each.promise.code: each.changes for each in found.changed} == {
        "T-1": (
            Change("Time allowed", "48 hours", "24 hours"),
            Change("Only for", "none", "high risk"),
            Change("Not for", "hate crime or a hate incident", "none"),
            Change("The person gives it up by", "none", EventKind.MEETING_DECLINED.label),
        ),
        "T-2": (
            Change("Time allowed", "10 working days, set by the partnership", "5 working days, set by the partnership"),
        ),
        "T-3": (Change("Time allowed", "no time set", "2 days, set by the partnership"),),
        "T-5": (Change("Summary", "News is published regularly.", "News is published every quarter."),),
    }


def test_another_way_of_judging_is_told_as_such() -> None:
    new = read(
        ('[promise.evidence]\nowed_to = ["victim"]\nevents = ["risk.assessed"]',
         '[promise.publication]\nwhat = "The risk"\nevents = ["information.published"]'),
    )  # fmt: skip
    assert [each.changes for each in difference(read(), new, NAMES).changed] == [
        (Change("Shown by evidence", "yes", "no"), Change("Shown to the public", "no", "yes"))
    ]


# --- local settings, in the plain table ---


def test_the_numbers_that_are_the_partnerships_are_found() -> None:
    assert [(each.key, each.recurring, each.within) for each in targets_of(body())] == [
        ("T-2.clock", True, Within(10, Unit.WORKING_DAYS, local=True)),
        ("T-3.clock", False, None),
        ("T-5.publication", False, Within(3, Unit.CALENDAR_MONTHS, local=True)),
    ]


def test_what_is_written_back_unchanged_is_the_same_table() -> None:
    assert changed_body(body(), settings_of(body())) == body()


def test_each_setting_is_written_where_it_belongs_and_nothing_else_moves() -> None:
    local = LocalSettings(
        close_of_day=time(16, 30),
        warn_after_share=0.5,
        attempts=AttemptsRule(4, 3, 2),
        targets={
            "T-2.clock": None,
            "T-3.clock": Within(2, Unit.CALENDAR_DAYS, local=True),
            "T-5.publication": Within(6, Unit.CALENDAR_MONTHS, local=True),
        },
    )
    before = body()
    changed = changed_body(before, local)
    assert before == body(), "the table that it came from stays as it was"
    assert changed == body(
        ("[settings]", '[settings]\nclose_of_day = "16:30"\nwarn_after_share = 0.5'),
        ("number = 3, days = 2", "number = 4, days = 3"),
        ('within = { amount = 10, unit = "working_days", local = true }', "within = { local = true }"),
        ("within = { local = true }\n\n[[promise]]\ncode = \"T-4\"",
         "within = { amount = 2, unit = \"calendar_days\", local = true }\n\n[[promise]]\ncode = \"T-4\""),
        ("amount = 3, unit", "amount = 6, unit"),
    )  # fmt: skip
    assert settings_of(changed) == local
    parse(changed, event_kinds=EventKind.values)


def test_a_table_without_settings_has_the_defaults() -> None:
    table = body()
    del table["settings"]
    present = settings_of(table)
    assert (present.close_of_day, present.warn_after_share, present.attempts) == (time(17), 0.75, AttemptsRule())


def test_what_is_not_good_is_refused_when_it_is_read_like_a_file() -> None:
    present = settings_of(body())
    wrong = LocalSettings(
        present.close_of_day,
        1.5,
        present.attempts,
        {**present.targets, "T-5.publication": Within(5, Unit.CALENDAR_MONTHS, local=True)},
    )
    with pytest.raises(CharterError) as refused:
        parse(changed_body(body(), wrong), event_kinds=EventKind.values)
    assert sorted(refused.value.problems) == [
        'promise T-5, publication.every: must be 1, 2, 3, 4, 6 or 12 of the unit "calendar_months"',
        "settings.warn_after_share: 1.5 must be between 0 and 1, like 0.75",
    ]
