"""Refusals, and what a role lets a person do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied


class NotAllowed(PermissionDenied):
    """Something this person may not do. The message says why, in words she can act on; pages show it with 403."""


def allowed(check: Callable[..., None], *args: Any) -> bool:
    """Whether a `check_…` passes: the boolean for templates."""
    try:
        check(*args)
    except NotAllowed:
        return False
    return True
