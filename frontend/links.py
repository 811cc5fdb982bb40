"""Addresses of the same page with other parameters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict


def changed(query: QueryDict, changes: Mapping[str, Any]) -> str:
    """`?...` with some parameters changed. None and "" remove one; a list gives it several values.

    Parameters that are not named stay as they are, with all their values.
    """
    new = query.copy()
    for name, value in changes.items():
        new.pop(name, None)
        if isinstance(value, list | tuple):
            new.setlist(name, [str(each) for each in value])
        elif value not in (None, ""):
            new[name] = str(value)
    return f"?{new.urlencode()}"


def without(query: QueryDict, name: str, value: str) -> dict[str, list[str]]:
    """The change that takes one of several values from a parameter."""
    return {name: [each for each in query.getlist(name) if each != value]}
