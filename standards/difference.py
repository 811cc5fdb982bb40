"""What changed from one version of a charter to another, pure: key by key, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from standards.charter import AttemptsRule, Charter, Condition, Promise, Within
from standards.phrases import key_words, setting_words, value_words, within_words

_DOCUMENT = ("name", "short_name", "document", "division")
# Said as they stand in a sentence, not key by key.
_WHOLE = (Within, Condition, AttemptsRule)
_RULES = {
    "clock": "Kept in time",
    "evidence": "Shown by evidence",
    "publication": "Shown to the public",
    "measure": "Measured",
}


@dataclass(frozen=True)
class Change:
    """Something that is not as it was. `old` or `new` say "none" where there was nothing."""

    what: str
    old: str
    new: str


@dataclass(frozen=True)
class PromiseChange:
    """A promise that stands in both versions, and what of it changed."""

    promise: Promise  # as it is now
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Difference:
    """Everything that is not the same in two versions."""

    document: tuple[Change, ...]
    settings: tuple[Change, ...]
    added: tuple[Promise, ...]
    removed: tuple[Promise, ...]
    changed: tuple[PromiseChange, ...]

    def __bool__(self) -> bool:
        return any((self.document, self.settings, self.added, self.removed, self.changed))


def difference(old: Charter, new: Charter, event_names: Mapping[str, str]) -> Difference:
    """What changed from `old` to `new`.

    What a file leaves out counts as its default, so writing that out is no change.
    """
    before = {promise.code: promise for promise in old.promises}
    after = {promise.code: promise for promise in new.promises}
    both = [(before[code], promise) for code, promise in after.items() if code in before]
    changed = [PromiseChange(now, tuple(_promise_changes(then, now, event_names))) for then, now in both if then != now]
    return Difference(
        document=tuple(
            Change(key_words(key), value_words(getattr(old, key)), value_words(getattr(new, key)))
            for key in _DOCUMENT
            if getattr(old, key) != getattr(new, key)
        ),
        settings=tuple(_settings_changes(old, new)),
        added=tuple(promise for code, promise in after.items() if code not in before),
        removed=tuple(promise for code, promise in before.items() if code not in after),
        changed=tuple(changed),
    )


def promise_in_brief(promise: Promise) -> str:
    """How much time a promise allows, or how it is judged when it allows none."""
    if promise.clock:
        return within_words(promise.clock.within)
    return ", ".join(_RULES[kind].lower() for kind in promise.kinds)


def _settings_changes(old: Charter, new: Charter) -> list[Change]:
    before, after = setting_words(old.settings), setting_words(new.settings)
    return [
        Change(after[key][0], before[key][1], after[key][1])
        for key in after
        if getattr(old.settings, key) != getattr(new.settings, key)
    ]


def _promise_changes(old: Promise, new: Promise, names: Mapping[str, str]) -> list[Change]:
    changes = []
    for field in fields(Promise):
        then, now = getattr(old, field.name), getattr(new, field.name)
        if then == now:
            continue
        if field.name not in _RULES:
            changes.append(Change(key_words(field.name), value_words(then, names), value_words(now, names)))
        elif then is None or now is None:
            changes.append(Change(_RULES[field.name], "yes" if then else "no", "yes" if now else "no"))
        else:
            changes += _rule_changes(then, now, names)
    return changes


def _rule_changes(old: Any, new: Any, names: Mapping[str, str]) -> list[Change]:
    changes = []
    for field in fields(new):
        then, now = getattr(old, field.name), getattr(new, field.name)
        if then == now:
            continue
        if is_dataclass(then) and is_dataclass(now) and not isinstance(now, _WHOLE):
            changes += _rule_changes(then, now, names)
            continue
        # A time that is not set is said as such; anything else that is not there is none.
        words = within_words if field.name == "within" else lambda value: value_words(value, names)
        changes.append(Change(key_words(field.name), words(then), words(now)))
    return changes
