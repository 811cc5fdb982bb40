"""The parts of a charter in plain English, pure: amounts, conditions, settings, and whatever stands under a key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date, time
from enum import StrEnum
from typing import Any

from frontend.words import MONTHS, WEEKDAYS, date_words, time_words
from standards.calendar import Receipt, Unit, Weekday
from standards.charter import AttemptsRule, ClockRule, Condition, Exhaustion, Figure, Risk, Role, Settings, Within

_UNITS = {
    Unit.MINUTES: "minute",
    Unit.HOURS: "hour",
    Unit.WORKING_DAYS: "working day",
    Unit.CALENDAR_DAYS: "day",
    Unit.CALENDAR_MONTHS: "month",
    Unit.HOURS_LESS_CHRISTMAS: "hour, not counting Christmas Day",
    Unit.HOURS_LESS_CHRISTMAS_GOOD_FRIDAY_SUNDAYS: "hour, not counting Christmas Day, Good Friday and Sundays",
}
_ROLES = {
    Role.VICTIM: "the victim",
    Role.WITNESS: "the witness",
    Role.REPORTER: "the person who reported",
    Role.MATTER: "the people concerned",
}


def amount_words(amount: int, unit: str) -> str:
    """ "24 hours", "1 working day"."""
    noun, comma, rest = _UNITS[Unit(unit)].partition(",")
    return f"{amount} {noun}{'' if amount == 1 else 's'}{comma}{rest}"


def figure_words(number: float, figure: Figure) -> str:
    """ "32.8%", "1,525": at most two places, and none that say nothing."""
    plain = f"{number:,.2f}".rstrip("0").rstrip(".")
    return f"{plain}%" if figure is Figure.PERCENT else plain


def within_words(within: Within | None) -> str:
    """ "24 hours", "10 working days, set by the partnership", "no time set"."""
    if within is None:
        return "no time set"
    return amount_words(within.amount, within.unit) + (", set by the partnership" if within.local else "")


def whom(rule: ClockRule) -> str:
    """To whom it is owed, by their part: "the victim or the witness"."""
    return " or ".join(dict.fromkeys(_ROLES[role] for role in rule.owed_to))


def listed(words: Iterable[str], last: str = "and") -> str:
    """ "one", "one and two", "one, two and three"."""
    *before, end = list(words) or [""]
    return f"{', '.join(before)} {last} {end}" if before else end


# --- when a promise applies -------------------------------------------------------------------------

_CONDITIONS: dict[str, tuple[str, str]] = {
    "hate": ("hate crime or a hate incident", "no hate crime or hate incident"),
    "immediate": ("somebody in immediate danger", "nobody in immediate danger"),
    "taken_by_police": ("reports taken by the police", "reports taken by another agency than the police"),
    "writable": ("people who can be written to", "people who cannot be written to"),
    "contactable": ("people who can be reached", "people who cannot be reached"),
    "repeat": ("people who reported again within six months", "people who have not reported again within six months"),
    "exhausted": (
        "complaints that went through the agency's own procedure first",
        "complaints that did not go through the agency's own procedure",
    ),
    "landlord": ("complaints about a landlord", "complaints that are not about a landlord"),
}


def condition_words(condition: Condition) -> list[str]:
    """What must be so, each in a few words: "hate crime or a hate incident", "high risk"."""
    said = []
    for field in fields(condition):
        value = getattr(condition, field.name)
        if value is None:
            continue
        if field.name == "risk":
            said.append(_risk_words(value))
        else:
            said.append(_CONDITIONS.get(field.name, (_plainly(field.name), f"not {_plainly(field.name)}"))[not value])
    return said


def applies_words(when: Condition, unless: Condition) -> list[str]:
    """ "Only for high risk", "Not for hate crime or a hate incident"; nothing for a promise that always applies."""
    return [f"Only for {words}" for words in condition_words(when)] + [
        f"Not for {words}" for words in condition_words(unless)
    ]


def _risk_words(bands: tuple[Risk, ...]) -> str:
    return " or ".join("risk not assessed yet" if band is Risk.UNASSESSED else f"{band} risk" for band in bands)


# --- settings ---------------------------------------------------------------------------------------

_RECEIPT = {
    Receipt.DAY0: "That day is day 0",
    Receipt.NEXT_WORKING_DAY: "Counts as received on the next working day",
}
_EXHAUSTION = {
    Exhaustion.NOT_NEEDED: "Need not come first",
    Exhaustion.WAIVABLE: "Comes first, unless the chair waives it",
    Exhaustion.NEEDED: "Must come first",
}


def _either(yes: str, no: str) -> Callable[[bool], str]:
    return lambda value: yes if value else no


def _attempts_words(rule: AttemptsRule) -> str:
    attempts = f"{rule.number} attempt{'' if rule.number == 1 else 's'}"
    days = f"{rule.days} day{'' if rule.days == 1 else 's'}"
    return f"{attempts} on at least {days} by at least {rule.channels} channel{'' if rule.channels == 1 else 's'}"


# What each setting is called, and what a value of it means.
_SETTINGS: dict[str, tuple[str, Callable[[Any], str]]] = {
    "close_of_day": ("End of the working day", time_words),
    "working_week": ("Working days", lambda week: listed(WEEKDAYS[tuple(Weekday).index(day)] for day in week)),
    "receipt": ("Received on a day that is no working day", _RECEIPT.__getitem__),
    "after_hours": ("Received on a working day after its end", _RECEIPT.__getitem__),
    "unassessed_counts_as": ("Risk that is not assessed yet", lambda risk: f"Counts as {risk}"),
    "remedial_clock": (
        "Promise found to apply when it is past due",
        _either("Owed afresh from when that became known", "Counted as classified too late, and not owed afresh"),
    ),
    "hate_strands": (
        "Strands of hate crime",
        lambda strands: listed(map(_plainly, strands)).capitalize() if strands else "All count",
    ),
    "attempts": ("Person who cannot be reached", _attempts_words),
    "updates_by_default": (
        "Updates",
        _either("Given unless the person declines them", "Given once the person asks for them"),
    ),
    "written_channels": ("What counts as written", lambda channels: listed(map(_plainly, channels)).capitalize()),
    "definition": ("What anti-social behaviour causes", lambda limbs: listed(limbs, "or").capitalize()),
    "not_same_household": (
        "Behaviour towards one's own household",
        _either("Is not anti-social behaviour", "Can be anti-social behaviour"),
    ),
    "complaint_routes": ("Ways to complain", lambda routes: listed(map(_plainly, routes)).capitalize()),
    "exhaustion": ("An agency's own complaints procedure", _EXHAUSTION.__getitem__),
    "series_only": ("Full support", _either("Only in an identified series of incidents", "For everybody")),
    "year_starts_in": ("Reporting years begin in", lambda month: MONTHS[month - 1]),
    "warn_after_share": ("Warning of the officer", lambda share: f"When {share:.0%} of the time has gone"),
}


def setting_words(settings: Settings) -> dict[str, tuple[str, str]]:
    """For each setting, by its key: what it is called, and what its value means."""
    said = {}
    for field in fields(settings):
        label, words = _SETTINGS.get(field.name, (_plainly(field.name).capitalize(), value_words))
        said[field.name] = label, words(getattr(settings, field.name))
    return said


# --- anything else ----------------------------------------------------------------------------------

_KEYS = {
    "duty": "What must be done",
    "owed_to": "Owed to",
    "start": "Starts with",
    "stop": "Kept by",
    "within": "Time allowed",
    "every": "How often",
    "matter": "About",
    "when": "Only for",
    "unless": "Not for",
    "recurring": "Again and again",
    "each_start": "Starts anew each time",
    "start_for_all": "Starts for everybody at once",
    "waived_by": "The person gives it up by",
    "opt_out": "Ends with",
    "agreed_by": "The person's own interval is set by",
    "attempts_count": "Can end because the person cannot be reached",
    "written": "Only in writing",
    "events": "Shown by",
    "never": "Broken by",
    "by": "Must be shown before",
    "what": "What the public is shown",
    "switched_off": "Not judged, because",
    "since": "In force since",
    "name": "Name",
    "short_name": "Short name",
    "document": "Document",
    "division": "Bank holidays of",
}


def key_words(key: str) -> str:
    return _KEYS.get(key, _plainly(key).capitalize())


def value_words(value: Any, names: Mapping[str, str] | None = None) -> str:
    """Whatever may stand in a charter, in words. `names` are those of the ledger's event kinds."""
    if value is None or value == "" or value == ():
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Within):
        return within_words(value)
    if isinstance(value, Condition):
        return "; ".join(condition_words(value)) or "none"
    if isinstance(value, tuple):
        return "; ".join(value_words(each, names) for each in value)
    if isinstance(value, date):
        return date_words(value)
    if isinstance(value, time):
        return time_words(value)
    if isinstance(value, StrEnum):
        return _plainly(value)
    return (names or {}).get(value, value) if isinstance(value, str) else f"{value}"


def _plainly(name: str) -> str:
    return {"email": "e-mail"}.get(name, name.replace("_", " "))
