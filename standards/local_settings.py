"""What a partnership sets for itself, pure: read from a charter's plain table, and written into it again.

The result is a plain table like a file's, and must be read by `charter_file.parse` like one: that is what checks it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import time
from typing import Any

from standards.calendar import Unit
from standards.charter import AttemptsRule, Settings, Within

# Which tables of a promise hold an amount of time, and under which key.
_PLACES = (("clock", "within"), ("evidence", "every"), ("publication", "every"))


@dataclass(frozen=True)
class Target:
    """A number that the document does not give: the partnership sets it, or leaves it and only measures."""

    code: str
    clause: str
    summary: str
    table: str  # clock, evidence or publication
    recurring: bool  # updates: how long from one to the next
    within: Within | None

    @property
    def key(self) -> str:
        return f"{self.code}.{self.table}"


@dataclass(frozen=True)
class LocalSettings:
    """Everything that a partnership may change without a new document."""

    close_of_day: time
    warn_after_share: float
    attempts: AttemptsRule
    targets: Mapping[str, Within | None]  # by the target's key


def targets_of(body: Mapping[str, Any]) -> list[Target]:
    """The numbers that are the partnership's to set, in the order of the document. What is switched off has none."""
    return [
        Target(
            code=promise["code"],
            clause=promise["clause"],
            summary=promise["summary"],
            table=table,
            recurring=bool(promise[table].get("recurring", False)),
            within=_within(promise[table][key]),
        )
        for promise, table, key in _local(body)
    ]


def settings_of(body: Mapping[str, Any]) -> LocalSettings:
    """As a charter's table stands now."""
    given, default = body.get("settings", {}), Settings()
    close = given.get("close_of_day")
    return LocalSettings(
        close_of_day=default.close_of_day if close is None else time.fromisoformat(str(close)),
        warn_after_share=given.get("warn_after_share", default.warn_after_share),
        attempts=AttemptsRule(**given.get("attempts", {})),
        targets={target.key: target.within for target in targets_of(body)},
    )


def changed_body(body: Mapping[str, Any], local: LocalSettings) -> dict[str, Any]:
    """The charter's table with these settings in it. What stays the same stays as it was written."""
    present = settings_of(body)
    changed: dict[str, Any] = deepcopy(dict(body))
    settings = changed.setdefault("settings", {})
    if local.close_of_day != present.close_of_day:
        settings["close_of_day"] = local.close_of_day.isoformat("minutes")
    if local.warn_after_share != present.warn_after_share:
        settings["warn_after_share"] = local.warn_after_share
    if local.attempts != present.attempts:
        settings["attempts"] = vars(local.attempts).copy()
    for promise, table, key in _local(changed):
        name = f"{promise['code']}.{table}"
        within = local.targets.get(name)
        if within != present.targets[name]:
            promise[table][key] = _plain(within)
    return changed


def _local(body: Mapping[str, Any]) -> Iterator[tuple[dict[str, Any], str, str]]:
    for promise in body.get("promise", ()):
        for table, key in _PLACES:
            within = promise.get(table, {}).get(key)
            if within and within.get("local") and not promise.get("switched_off"):
                yield promise, table, key


def _within(table: Mapping[str, Any]) -> Within | None:
    return Within(table["amount"], Unit(table["unit"]), local=True) if "amount" in table else None


def _plain(within: Within | None) -> dict[str, Any]:
    if within is None:
        return {"local": True}
    return {"amount": within.amount, "unit": within.unit.value, "local": True}
