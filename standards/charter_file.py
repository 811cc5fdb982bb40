"""Reading a charter file, pure: from TOML to `Charter`, with every problem named.

One file per published document lies in `standards/charters/`; README.md there explains the format.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import fields
from datetime import time
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from standards.calendar import DIVISIONS, Unit
from standards.charter import (
    AttemptsRule,
    Charter,
    ClockRule,
    Condition,
    EvidenceRule,
    MeasureRule,
    Promise,
    PublicationRule,
    Risk,
    Role,
    Settings,
    Within,
)

FORMAT = 1


class CharterError(ValueError):
    """A charter file that cannot be used. Each problem names the place and what would be right."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def load(path: Path, *, event_kinds: Collection[str]) -> tuple[Charter, dict[str, Any]]:
    """Read a charter file: the charter and the plain table it came from. Raises CharterError."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CharterError([f"{path.name}: not readable as TOML: {error}"]) from error
    return parse(table, event_kinds=event_kinds), table


def parse(table: Mapping[str, Any], *, event_kinds: Collection[str]) -> Charter:
    """Check a charter's table and make it a Charter. `event_kinds` are the kinds the ledger knows.

    Raises CharterError naming every problem: the place, what stands there, and what would be right.
    """
    reader = _Reader(event_kinds)
    charter = reader.charter(table)
    if reader.problems or charter is None:
        raise CharterError(reader.problems)
    return charter


_T = TypeVar("_T")
_E = TypeVar("_E", bound=StrEnum)


class _Reader:
    """Reads tables and gathers problems instead of stopping at the first."""

    def __init__(self, event_kinds: Collection[str]) -> None:
        self.event_kinds = event_kinds
        self.problems: list[str] = []

    def charter(self, table: Mapping[str, Any]) -> Charter | None:
        if table.get("format") != FORMAT:
            self.problems.append(f"format: must be {FORMAT}, the version of the file format")
        self._only(table, "", {"format", "settings", "promise", *_names(Charter)} - {"promises"})
        head = {key: self._text(table, key, "") for key in ("code", "name", "short_name", "document", "division")}
        if head["division"] and head["division"] not in DIVISIONS:
            self.problems.append(f"division: {head['division']!r} must be one of {', '.join(DIVISIONS)}")
        settings = self._settings(table.get("settings", {}))
        promises = tuple(self._promise(row, place) for place, row in enumerate(table.get("promise", []), start=1))
        codes = [promise.code for promise in promises if promise]
        for code in sorted({code for code in codes if codes.count(code) > 1}):
            self.problems.append(f"promise {code}: the code stands there twice; every promise has its own")
        if not promises:
            self.problems.append("promise: a charter needs at least one [[promise]] table")
        if self.problems:
            return None
        return Charter(**head, settings=settings, promises=tuple(promise for promise in promises if promise))

    def _settings(self, table: Mapping[str, Any]) -> Settings:
        self._only(table, "settings", _names(Settings))
        values: dict[str, Any] = {}
        if "close_of_day" in table:
            values["close_of_day"] = self._made(time.fromisoformat, table["close_of_day"], "settings.close_of_day",
                                                "a time like \"17:00\"")  # fmt: skip
        if "unassessed_counts_as" in table:
            values["unassessed_counts_as"] = self._one_of(Risk, table["unassessed_counts_as"],
                                                          "settings.unassessed_counts_as")  # fmt: skip
        if "attempts" in table:
            place = "settings.attempts"
            self._only(table["attempts"], place, _names(AttemptsRule))
            values["attempts"] = AttemptsRule(
                **{key: self._count(value, f"{place}.{key}") for key, value in table["attempts"].items()}
            )
        if "warn_after_share" in table:
            share = table["warn_after_share"]
            if not isinstance(share, float) or not 0 < share < 1:
                self.problems.append("settings.warn_after_share: must be a number between 0 and 1, like 0.75")
            values["warn_after_share"] = share
        return Settings(**values)

    def _promise(self, table: Mapping[str, Any], place: int) -> Promise | None:
        where = f"promise {table.get('code', f'number {place}')}"
        self._only(table, where, _names(Promise))
        readers: dict[str, Callable[[Mapping[str, Any], str], Any]] = {
            "clock": self._clock, "evidence": self._evidence,
            "publication": self._publication, "measure": self._measure,
        }  # fmt: skip
        kinds = {kind: read(table[kind], f"{where}.{kind}") for kind, read in readers.items() if kind in table}
        if not kinds:
            self.problems.append(
                f"{where}: needs at least one of the tables {', '.join(readers)}, or nothing judges it"
            )
        code, clause, summary = (self._text(table, key, where) for key in ("code", "clause", "summary"))
        return None if self.problems else Promise(code, clause, summary, **kinds)

    def _clock(self, table: Mapping[str, Any], where: str) -> ClockRule | None:
        self._only(table, where, _names(ClockRule))
        duty = self._text(table, "duty", where)
        owed_to = self._roles(table, where)
        start, stop = self._events(table, "start", where), self._events(table, "stop", where)
        within = self._within(table.get("within"), f"{where}.within")
        recurring = bool(table.get("recurring", False))
        for key in ("opt_out", "agreed_by"):
            if key in table and not recurring:
                self.problems.append(f"{where}.{key}: only a recurring clock has it; add recurring = true")
        for key in ("when", "unless", "waived_by", "each_start"):
            if key in table and recurring:
                self.problems.append(f"{where}.{key}: a recurring clock has none; it ends by opt_out")
        if "{" in duty.replace("{person}", ""):
            self.problems.append(f"{where}.duty: the only placeholder is {{person}}")
        if within is None or not owed_to:
            return None
        return ClockRule(
            duty=duty, owed_to=owed_to, start=start, stop=stop, within=within, recurring=recurring,
            when=self._condition(table.get("when", {}), f"{where}.when"),
            unless=self._condition(table.get("unless", {}), f"{where}.unless"),
            each_start=bool(table.get("each_start", False)),
            start_for_all=bool(table.get("start_for_all", False)),
            attempts_count=bool(table.get("attempts_count", True)),
            **{key: self._events(table, key, where) for key in ("waived_by", "opt_out", "agreed_by") if key in table},
        )  # fmt: skip

    def _evidence(self, table: Mapping[str, Any], where: str) -> EvidenceRule:
        self._only(table, where, _names(EvidenceRule))
        return EvidenceRule(
            owed_to=self._roles(table, where),
            events=self._events(table, "events", where),
            within=self._within(table["within"], f"{where}.within") if "within" in table else None,
            when=self._condition(table.get("when", {}), f"{where}.when"),
            unless=self._condition(table.get("unless", {}), f"{where}.unless"),
        )

    def _publication(self, table: Mapping[str, Any], where: str) -> PublicationRule:
        self._only(table, where, _names(PublicationRule))
        return PublicationRule(
            what=self._text(table, "what", where),
            events=self._events(table, "events", where),
            every=self._within(table["every"], f"{where}.every") if "every" in table else None,
        )

    def _measure(self, table: Mapping[str, Any], where: str) -> MeasureRule:
        self._only(table, where, _names(MeasureRule))
        rule = MeasureRule(
            measure=self._text(table, "measure", where),
            **{key: table[key] for key in ("source", "baseline", "target", "ends") if key in table},
        )
        # a target that cannot be scored is no target.
        if rule.target is not None and (rule.baseline is None or rule.source is None or rule.ends is None):
            self.problems.append(f"{where}.target: needs baseline, source and ends beside it, or it cannot be scored")
        return rule

    # --- parts ---

    def _condition(self, table: Mapping[str, Any], where: str) -> Condition:
        self._only(table, where, _names(Condition))
        values = dict(table)
        if "risk" in values:
            values["risk"] = tuple(self._one_of(Risk, band, f"{where}.risk") for band in values["risk"])
        for key, value in values.items():
            if key != "risk" and not isinstance(value, bool):
                self.problems.append(f"{where}.{key}: must be true or false")
        return Condition(**{key: values[key] for key in values if key in _names(Condition)})

    def _within(self, table: Any, where: str) -> Within | None:
        if not isinstance(table, Mapping):
            self.problems.append(f'{where}: must be a table like {{ amount = 48, unit = "hours" }}')
            return None
        self._only(table, where, _names(Within))
        amount = self._count(table.get("amount"), f"{where}.amount")
        unit = self._one_of(Unit, table.get("unit"), f"{where}.unit")
        return Within(amount, unit, bool(table.get("local", False))) if unit else None

    def _roles(self, table: Mapping[str, Any], where: str) -> tuple[Role, ...]:
        roles = table.get("owed_to") or []
        if not roles or not isinstance(roles, list):
            self.problems.append(f"{where}.owed_to: must list one or more of {', '.join(Role)}")
            return ()
        return tuple(self._one_of(Role, role, f"{where}.owed_to") for role in roles)

    def _events(self, table: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
        kinds = table.get(key)
        if not kinds or not isinstance(kinds, list):
            self.problems.append(f'{where}.{key}: must list one or more event kinds, like "contact.made"')
            return ()
        for kind in kinds:
            if kind not in self.event_kinds:
                self.problems.append(f"{where}.{key}: {kind!r} is no event kind the ledger knows")
        return tuple(kinds)

    def _text(self, table: Mapping[str, Any], key: str, where: str) -> str:
        value = table.get(key)
        if not isinstance(value, str) or not value.strip():
            self.problems.append(f"{where + '.' if where else ''}{key}: must be a text, and not empty")
            return ""
        return value

    def _count(self, value: Any, where: str) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            self.problems.append(f"{where}: must be a whole number from 1")
            return 1
        return value

    def _one_of(self, kinds: type[_E], value: Any, where: str) -> _E:
        if value in tuple(kinds):
            return kinds(value)
        self.problems.append(f"{where}: {value!r} must be one of {', '.join(kinds)}")
        return next(iter(kinds))

    def _made(self, make: Callable[[str], _T], value: Any, where: str, like: str) -> _T | None:
        try:
            return make(value)
        except (TypeError, ValueError):
            self.problems.append(f"{where}: {value!r} must be {like}")
            return None

    def _only(self, table: Mapping[str, Any], where: str, known: Collection[str]) -> None:
        for key in table:
            if key not in known:
                self.problems.append(
                    f"{where + '.' if where else ''}{key}: no such key; known are {', '.join(sorted(known))}"
                )


def _names(kind: type) -> set[str]:
    return {field.name for field in fields(kind)}
