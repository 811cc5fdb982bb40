"""Structured logs without personal data.

Messages are ours and name ids. Exceptions are not ours: a database error quotes the row that broke a constraint, an
address and all. So of an exception only its type and the places it passed through are logged.
"""

from __future__ import annotations

import logging
import traceback
from typing import Any

from pythonjsonlogger.json import JsonFormatter

KEPT = frozenset({"at", "level", "logger", "message", "status_code", "exc_info", "stack_info"})


class SafeJsonFormatter(JsonFormatter):
    """One JSON object a line: time, level, logger, message, and for an exception its type and frames."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            "{asctime}{levelname}{name}{message}",
            style="{",
            rename_fields={"asctime": "at", "levelname": "level", "name": "logger"},
            **options,
        )

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        """Nothing that rides along: Django hangs the request onto what it logs, with the name somebody searched for."""
        return {key: value for key, value in log_data.items() if key in KEPT}

    def formatException(self, ei: Any) -> str:  # noqa: N802  logging's name
        kind, error, trace = ei
        frames = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
        while error is not None and error.__cause__ is not None:
            error = error.__cause__
            frames.append(f"caused by {type(error).__name__}")
        return "\n".join([kind.__name__, *frames])


class RefusalsWithoutTrace(logging.Filter):
    """A page refused or not found is no fault: one line says it, not thirty."""

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "status_code", 500) < 500:
            record.exc_info = None
        return True
