"""Who knows how to reach a recipient.

Messages name people by id; a directory turns the id into an address at the moment of sending. Apps above this one
register theirs when they start, so that this app needs to know none of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True)
class Addressee:
    """Somebody who can be written to: how she is addressed in the text, and her e-mail address."""

    salutation: str
    email: str


class Directory(Protocol):
    def find(self, recipient: UUID) -> Addressee | None:
        """How to reach the recipient now; None when she cannot or must not be written to."""

    def sent(self, *, kind: str, recipient: UUID, context: dict[str, object], at: datetime) -> None:
        """Take note that a message was sent. Runs in a transaction; may run again after a failure."""


_directories: dict[str, Directory] = {}


def register(name: str, directory: Directory) -> None:
    """Make a directory known under the name that messages use. Call from AppConfig.ready()."""
    _directories[name] = directory


def directory(name: str) -> Directory:
    return _directories[name]
