"""The format of charter files as a JSON Schema (draft 2020-12), pure: made of the dataclasses that read them.

With it an editor completes keys and marks slips while a file is written. It refuses nothing that `charter_file` takes.
What a schema cannot say (that a code is used once, that turns do not collide), only reading the file says.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import MISSING, is_dataclass
from datetime import date, time
from types import NoneType, UnionType
from typing import Any, get_args, get_origin

from standards.charter import (
    AttemptsRule,
    Charter,
    ClockRule,
    Condition,
    EventName,
    EvidenceRule,
    Kind,
    MeasureRule,
    Promise,
    PublicationRule,
    Settings,
    Within,
)
from standards.charter_checks import CHOICES, LONGEST, MONTHS, MOST, RANGES
from standards.charter_file import FORMAT, keys, may_be_local, required

# What each key means, in one line. The README of the charters says the same.
MEANING: dict[type, dict[str, str]] = {
    Charter: {
        "code": "A short code of the document, with which the codes of its promises begin: CHER",
        "name": "The partnership's full name",
        "short_name": "The name as it stands beside a deadline: Cherwell 3",
        "document": "The title of the published document",
        "division": "Whose bank holidays count",
        "settings": "What the document leaves open",
        "promise": "The promises, one table each",
        "layer": "This file is what the law adds to every partnership's own promises",
    },
    Settings: {
        "close_of_day": "When a working day ends, and with it what is due on that day (X-02)",
        "working_week": "The days that are working days unless they are bank holidays (X-02)",
        "receipt": "Which day is day 0 for what arrives on a day that is no working day (X-02)",
        "after_hours": "Which day is day 0 for what arrives on a working day after its close (X-02)",
        "unassessed_counts_as": "The risk that counts until somebody has assessed it (X-03)",
        "remedial_clock": "What became known too late is owed afresh from when it became known (X-04)",
        "hate_strands": "The strands by which a case counts as hate crime; left out: all of them (X-05b)",
        "attempts": "When a person counts as impossible to reach (X-09)",
        "updates_by_default": "Updates are given unless declined; false: only once they were agreed (X-11)",
        "written_channels": "The channels that count as writing (X-13)",
        "definition": "The parts of the definitions of anti-social behaviour that count (X-16)",
        "not_same_household": "It must come from outside the person's own household (X-16)",
        "complaint_routes": "The ways by which a complaint reaches the partnership (X-18)",
        "exhaustion": "Whether an agency's own complaints procedure comes first (X-20)",
        "series_only": "Updates only from the second report within six months on (X-31)",
        "year_starts_in": "The month, 1 to 12, in which reporting years begin",
        "warn_after_share": "The share of the time allowed after which the officer is warned",
    },
    AttemptsRule: {
        "number": "So many failed attempts, at least",
        "days": "on so many different days",
        "channels": "by so many different channels",
    },
    Promise: {
        "code": "The promise's own code, used once: CHER-3b-ii",
        "clause": "The clause of the document that it comes from",
        "summary": "What is promised, in one sentence of your own",
        "clock": "Judged by time: something is done within so long",
        "evidence": "Judged by record: something happened, for each person owed",
        "publication": "Judged by what the public was shown",
        "measure": "Judged by a figure",
        "since": "Of a law: the day from which it is in force",
        "switched_off": "Why it is not judged yet; the promise stays on record",
    },
    ClockRule: {
        "duty": "What the officer must do, with {person} where the name goes: Contact {person}",
        "owed_to": "To whom; each person known in that role has a clock of her own",
        "start": "Events; the first of them starts the clock",
        "stop": "Events; any of them keeps the promise",
        "within": "How long there is; { local = true }: no number, so the time is measured without a verdict",
        "matter": "What the promise is about",
        "when": "It applies only when all of this is so",
        "unless": "It does not apply when all of this is so",
        "recurring": "Kept again and again: each stop starts the next turn",
        "each_start": "What happens again after it was dealt with starts a clock of its own",
        "start_for_all": "An event about one person starts the clock of everybody owed",
        "waived_by": "Events by which the person releases the partnership",
        "opt_out": "Recurring only: events that end it until it is agreed again",
        "agreed_by": "Recurring only: events that set the person's own interval",
        "attempts_count": "It may end as attempted when the person cannot be reached",
        "written": "Only what was said by a channel that counts as writing keeps it",
    },
    EvidenceRule: {
        "owed_to": "To whom; it is shown for each person known in that role",
        "events": "Events; any of them shows it",
        "never": "Events of which none may happen; give events, never or both",
        "matter": "What the promise is about",
        "start": "Events that make it owed at all; left out: it is owed from the beginning",
        "by_for_all": "The event in `by` counts for every person owed, whoever it is about",
        "by": "Events before the first of which it must have happened; left out: before closure",
        "every": "On a partnership or neighbourhood: owed again in each period of so many calendar months",
        "when": "It applies only when all of this is so",
        "unless": "It does not apply when all of this is so",
    },
    PublicationRule: {
        "what": "What the public is shown",
        "events": "Events; any of them shows it",
        "every": "Owed again in each period of so many calendar months; left out: once",
        "matter": "Whether the partnership owes it as a whole, or each neighbourhood is shown its own",
    },
    MeasureRule: {
        "measure": "What is measured, in words",
        "figure": "How the figure is written",
        "expect": "How it must move from one period to the next",
        "change": "By at least so many per cent a period: -5 beside fall, 5 beside rise",
        "months": "How many months a period has",
        "computed": "How the system works it out from its own records; left out: it is entered",
        "source": "Where the figure comes from",
        "baseline": "The figure at the beginning",
        "target": "The figure promised; needs baseline, source and ends beside it",
        "ends": "The day by which the target is promised",
        "aim": "A target that the document gives without a date",
        "beside": "The code of another promise whose figure must be read together with this one (X-26)",
    },
    Condition: {
        "hate": "Perceived as a hate crime or incident",
        "risk": "The risk is one of these",
        "immediate": "Somebody is in immediate danger",
        "taken_by_police": "The report was taken by the police",
        "writable": "An e-mail, text or postal address of the person is known",
        "contactable": "Any way to reach the person is known",
        "repeat": "The person reported a second time within six months",
        "landlord": "The complaint is about a landlord",
        "exhausted": "The agency's own complaints procedure came first, or the chair waived that (X-20)",
    },
    Within: {
        "amount": "How many of the unit",
        "unit": "What is counted",
        "local": "The document gives no number; the partnership has set this one",
    },
}  # fmt: skip

_STANDING = [kind.value for kind in Kind if kind.standing]
_NO_CONDITION: dict[str, Any] = {"when": {"maxProperties": 0}, "unless": {"maxProperties": 0}}
_TO_PEOPLE = {"not": {"contains": {"const": "matter"}}}
_OWED = [
    {"properties": {"owed_to": {"anyOf": [{"const": ["matter"]}, _TO_PEOPLE]}}},
    {
        "if": {"properties": {"matter": {"enum": _STANDING}}, "required": ["matter"]},
        "then": {"properties": {"owed_to": {"const": ["matter"]}}},
    },
]
_EVERY = {
    "description": "A period: 1, 2, 3, 4, 6 or 12 calendar months",
    "allOf": [{"$ref": "#/$defs/Within"}],
    "properties": {"amount": {"enum": list(MONTHS)}, "unit": {"const": "calendar_months"}},
}


def _if(key: str, value: Any, then: Mapping[str, Any]) -> dict[str, Any]:
    """With that value of one key, these are the rules of the others."""
    return {"if": {"properties": {key: {"const": value}}, "required": [key]}, "then": {"properties": dict(then)}}


def _unless(key: str, values: list[Any], then: Mapping[str, Any]) -> dict[str, Any]:
    return {"if": {"properties": {key: {"enum": values}}, "required": [key]}, "else": {"properties": dict(then)}}


# What makes no sense together, as `charter_checks` has it and as far as a schema can say it.
_TOGETHER: dict[type, dict[str, Any]] = {
    Promise: {"anyOf": [{"required": [kind]} for kind in ("clock", "evidence", "publication", "measure")]},
    ClockRule: {
        "allOf": [
            *_OWED,
            _if("recurring", True, _NO_CONDITION | {"waived_by": False, "owed_to": _TO_PEOPLE}),
            _if("recurring", True, {"each_start": {"const": False}}),
            _unless("recurring", [True], {"opt_out": False, "agreed_by": False}),
        ]
    },
    EvidenceRule: {
        "anyOf": [{"required": ["events"]}, {"required": ["never"]}],
        "allOf": _OWED,
        "dependentSchemas": {
            "every": {
                "required": ["matter", "events"],
                "properties": _NO_CONDITION
                | {"matter": {"enum": _STANDING}, "never": False, "start": False, "by": False},
            }
        },
    },
    MeasureRule: {
        "dependentRequired": {"target": ["baseline", "source", "ends"]},
        "allOf": [
            _if("expect", "fall", {"change": {"exclusiveMaximum": 0}}),
            _if("expect", "rise", {"change": {"exclusiveMinimum": 0}}),
            _unless("expect", ["fall", "rise"], {"change": False}),
        ],
    },
    Within: {"allOf": [_if("unit", unit.value, {"amount": {"maximum": most}}) for unit, most in MOST.items()]},
}  # fmt: skip

_TEXT = {"type": "string", "pattern": "^(?=[\\s\\S]*\\S)[^\\u0000-\\u0008\\u000b-\\u001f\\u007f]*$"}
_NUMBER = {"type": "number", "minimum": -(10**15), "maximum": 10**15}
_PLAIN: dict[Any, dict[str, Any]] = {
    str: _TEXT,
    bool: {"type": "boolean"},
    int: {"type": "integer", "minimum": 1},
    float: _NUMBER,
    time: {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$"},
    date: {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    EventName: {"$ref": "#/$defs/EventName"},
}
# Where a key takes less than its type does.
_OWN: dict[tuple[type, str], dict[str, Any]] = {
    (ClockRule, "duty"): {**_TEXT, "allOf": [{"pattern": "^([^{}]|\\{person\\})*$"}]},
    (EvidenceRule, "every"): _EVERY,
    (PublicationRule, "every"): _EVERY,
    (MeasureRule, "months"): {"enum": list(MONTHS)},
    (Settings, "warn_after_share"): {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1},
}


def schema(event_kinds: Collection[str]) -> dict[str, Any]:
    """The schema of a charter file. `event_kinds` are the kinds the ledger knows."""
    whole = _table(Charter)
    whole["properties"] = {"format": {"const": FORMAT, "description": "The version of this format"}} | whole[
        "properties"
    ]
    whole["required"] = ["format", *whole["required"]]
    tables = {kind.__name__: _table(kind) for kind in MEANING if kind is not Charter}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Charter file",
        "description": "One published document of minimum standards of response to anti-social behaviour.",
        **whole,
        "$defs": {"EventName": {"enum": list(event_kinds)}, **tables},
    }


def _table(kind: type) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {key: _key(kind, key) for key in keys(kind)},
        "required": [key for key in keys(kind) if required(kind, key)],
        "additionalProperties": False,
        **_TOGETHER.get(kind, {}),
    }


def _key(kind: type, key: str) -> dict[str, Any]:
    field, hint = keys(kind)[key]
    value = _OWN.get((kind, key)) or _value(hint, CHOICES.get((kind, key)))
    if may_be_local(kind, key):
        value = {"anyOf": [value, {"const": {"local": True}}]}
    if (kind, key) in LONGEST:
        value = value | {"maxLength": LONGEST[kind, key]}
    if (kind, key) in RANGES:
        least, most = RANGES[kind, key]
        value = value | {"minimum": least, "maximum": most}
    default = {} if required(kind, key) or field.default is MISSING else _default(field.default)
    return {
        "description": MEANING[kind][key],
        **{name: part for name, part in value.items() if name != "description"},
        **default,
    }


def _value(hint: Any, choices: Collection[str] | None = None) -> dict[str, Any]:
    if get_origin(hint) is UnionType:
        hint = next(part for part in get_args(hint) if part is not NoneType)
    if get_origin(hint) is tuple:
        return {"type": "array", "items": _value(get_args(hint)[0], choices), "minItems": 1, "uniqueItems": True}
    if choices:
        return {"enum": [str(choice) for choice in choices]}
    if is_dataclass(hint):
        return {"$ref": f"#/$defs/{hint.__name__}"}  # type: ignore[union-attr]
    if hint in _PLAIN:
        return _PLAIN[hint]
    return {"enum": [member.value for member in hint]}


def _default(default: Any) -> dict[str, Any]:
    """What holds when the key is left out, where a file could say so itself."""
    if default is None or default in ((), "") or is_dataclass(default):
        return {}
    if isinstance(default, time):
        return {"default": f"{default:%H:%M}"}
    return {"default": list(default) if isinstance(default, tuple) else default}
