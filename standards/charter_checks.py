"""What the types of a charter cannot say, pure: how long a text may be, and what makes no sense together.

`misfits` looks at one value that has been read, `slips` at a whole table; they say what would be right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from standards.calendar import DIVISIONS, Unit
from standards.charter import (
    AttemptsRule,
    Charter,
    ClockRule,
    Condition,
    EvidenceRule,
    Expected,
    Kind,
    MeasureRule,
    Promise,
    PublicationRule,
    Role,
    Settings,
    Within,
)
from standards.toml_lines import Place

Slip = tuple[Place, str]  # the key in the table (none: the table itself), and what would be right

# How many characters the database takes.
LONGEST: dict[tuple[type, str], int] = {
    (Charter, "code"): 20, (Charter, "name"): 200, (Charter, "short_name"): 60, (Charter, "document"): 200,
    (Promise, "code"): 20, (Promise, "clause"): 20, (Promise, "summary"): 300,
}  # fmt: skip
# The only texts that a key takes, where no enumeration of `charter` says so: most belong to other rooms of the house.
CHOICES: dict[tuple[type, str], tuple[str, ...]] = {
    (Charter, "division"): DIVISIONS,
    (Settings, "hate_strands"): (
        "disability", "race", "religion", "sexual_orientation", "transgender", "age", "gender",
    ),
    (Settings, "written_channels"): ("email", "text", "letter"),
    (PublicationRule, "matter"): (Kind.NEIGHBOURHOOD, Kind.PARTNERSHIP),
}  # fmt: skip
# The least and the most of a whole number that has such.
RANGES: dict[tuple[type, str], tuple[int, int]] = {
    (Settings, "year_starts_in"): (1, 12),
    (AttemptsRule, "number"): (1, 20), (AttemptsRule, "days"): (1, 20), (AttemptsRule, "channels"): (1, 6),
}  # fmt: skip
# Ten years; but one year of working days, because bank holidays are known no further ahead for certain.
MOST: dict[Unit, int] = {
    Unit.MINUTES: 5_256_000, Unit.HOURS: 87_600, Unit.WORKING_DAYS: 250, Unit.CALENDAR_DAYS: 3_650,
    Unit.CALENDAR_MONTHS: 120, Unit.HOURS_LESS_CHRISTMAS: 87_600, Unit.HOURS_LESS_CHRISTMAS_GOOD_FRIDAY_SUNDAYS: 87_600,
}  # fmt: skip
# Periods fit into a year, so that each year begins one.
MONTHS = (1, 2, 3, 4, 6, 12)
MONTHS_WORDS = "1, 2, 3, 4, 6 or 12"


def misfits(kind: type, key: str, value: Any) -> Iterator[str]:
    """What is wrong with one value of a table, looked at for itself."""
    most = LONGEST.get((kind, key))
    if most and len(value) > most:
        yield f"has {len(value)} characters; at most {most} are kept"
    known = CHOICES.get((kind, key))
    for text in value if isinstance(value, tuple) else (value,):
        if known and text not in known:
            yield f"{str(text)!r} must be one of {', '.join(known)}"
    least, most = RANGES.get((kind, key), (None, None))
    if least and most and not least <= value <= most:
        yield f"{value} must be a whole number from {least} to {most}"


def slips(table: Any) -> Iterator[Slip]:
    """What makes no sense together in a table, whatever its kind."""
    if type(table) in _CHECKS:
        yield from _CHECKS[type(table)](table)


def _charter(charter: Charter) -> Iterator[Slip]:
    if charter.layer and charter.settings != Settings():
        yield ("settings",), "a layer has none; what the partnership set holds for it too"
    for number, promise in enumerate(charter.promises):
        beside = promise.measure.beside if promise.measure else ""
        others = [other.code for other in charter.promises if other.measure and other is not promise]
        if beside and beside not in others:
            known = ", ".join(others) or "there is none yet"
            yield (
                ("promise", number, "measure", "beside"),
                f"{beside!r} must be another promise with a measure: {known}",
            )


def _settings(settings: Settings) -> Iterator[Slip]:
    if not 0 < settings.warn_after_share < 1:
        yield ("warn_after_share",), f"{settings.warn_after_share} must be between 0 and 1, like 0.75"


def _attempts(attempts: AttemptsRule) -> Iterator[Slip]:
    for key in ("days", "channels"):
        if getattr(attempts, key) > attempts.number:
            yield (key,), f"{getattr(attempts, key)} must be at most the number of attempts, {attempts.number}"


def _within(within: Within) -> Iterator[Slip]:
    if within.amount > MOST[within.unit]:
        yield ("amount",), f"{within.amount} {within.unit} are too many; at most {MOST[within.unit]}"


def _promise(promise: Promise) -> Iterator[Slip]:
    if not promise.kinds:
        yield (), "needs at least one of the tables clock, evidence, publication, measure, or nothing judges it"
    clock, evidence, told = promise.clock, promise.evidence, promise.publication
    # The turns of a promise are numbered, for a matter once.
    turning = [
        (key, rule.matter)
        for key, rule in (("clock", clock), ("evidence", evidence), ("publication", told))
        if rule and (isinstance(rule, ClockRule) or rule.every)
    ]
    for place, (key, matter) in enumerate(turning):
        for other, same in turning[:place]:
            if matter is same:
                both = f"{other} and {key} would both count turns of the same {matter}"
                yield (key,), f"{both}; make two promises of it"


def _clock(rule: ClockRule) -> Iterator[Slip]:
    if rule.recurring:
        for key in ("when", "unless"):
            if getattr(rule, key) != Condition():
                yield (key,), "a recurring clock has none; it ends by opt_out"
        for key in ("waived_by", "each_start"):
            if getattr(rule, key):
                yield (key,), "a recurring clock has none; it ends by opt_out"
        if Role.MATTER in rule.owed_to:
            yield ("owed_to",), "a recurring clock is owed to people: victim, witness, reporter"
    for key in ("opt_out", "agreed_by"):
        if getattr(rule, key) and not rule.recurring:
            yield (key,), "only a recurring clock has it; add recurring = true"
    if "{" in (words := rule.duty.replace("{person}", "")) or "}" in words:
        yield ("duty",), "the only placeholder is {person}"
    yield from _owed(rule)


def _owed(rule: ClockRule | EvidenceRule) -> Iterator[Slip]:
    if rule.matter.standing and rule.owed_to != (Role.MATTER,):
        yield ("owed_to",), 'a duty to the public is owed to ["matter"]'
    elif Role.MATTER in rule.owed_to and len(rule.owed_to) > 1:
        yield ("owed_to",), '"matter" stands alone: it is owed once, whoever is concerned'


def _evidence(rule: EvidenceRule) -> Iterator[Slip]:
    if not rule.events and not rule.never:
        yield ("events",), "name the events that show it, or in `never` those that must not happen"
    if rule.every:
        if not rule.matter.standing:
            yield ("every",), "only duties of a partnership or neighbourhood come again and again"
        if rule.never and not rule.events:
            yield ("events",), "name the events that show it in each period"
        for key in ("never", "start", "by", "when", "unless"):
            if getattr(rule, key) not in ((), Condition()):
                yield (key,), "what is owed in every period has none"
    yield from _owed(rule)
    yield from _every(rule.every)


def _publication(rule: PublicationRule) -> Iterator[Slip]:
    yield from _every(rule.every)


def _every(every: Within | None) -> Iterator[Slip]:
    if every and (every.unit is not Unit.CALENDAR_MONTHS or every.amount not in MONTHS):
        yield ("every",), f'must be {MONTHS_WORDS} of the unit "{Unit.CALENDAR_MONTHS}"'


def _measure(rule: MeasureRule) -> Iterator[Slip]:
    # a target that cannot be scored is no target.
    lacking = [key for key in ("baseline", "source", "ends") if getattr(rule, key) is None]
    if rule.target is not None and lacking:
        yield ("target",), f"needs {', '.join(lacking)} beside it, or it cannot be scored"
    if rule.months not in MONTHS:
        yield ("months",), f"{rule.months} must be {MONTHS_WORDS}"
    ways = {Expected.FALL: -1, Expected.RISE: 1}
    if rule.change is not None and ways.get(rule.expect, 0) * rule.change <= 0:
        yield (
            ("change",),
            'is below 0 beside expect = "fall", above 0 beside expect = "rise", and stands beside no other',
        )


_CHECKS: dict[type, Callable[[Any], Iterator[Slip]]] = {
    Charter: _charter, Settings: _settings, AttemptsRule: _attempts, Within: _within, Promise: _promise,
    ClockRule: _clock, EvidenceRule: _evidence, PublicationRule: _publication, MeasureRule: _measure,
}  # fmt: skip
