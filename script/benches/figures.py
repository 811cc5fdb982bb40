"""Timing, and saying what came out."""

from __future__ import annotations

import gc
import os
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Times:
    """How long each of several runs took, in seconds."""

    runs: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.runs)

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.runs, n=20, method="inclusive")[-1]

    def __str__(self) -> str:
        return f"{self.median * 1000:.2f} ms"


def timed(work: Callable[[], object]) -> float:
    """Seconds that the work takes. Garbage of the runs before is not its business."""
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def peak_memory_from_now() -> None:
    """Forget the highest resident memory so far (Linux)."""
    Path("/proc/self/clear_refs").write_text("5")


def peak_memory() -> float:
    """The highest resident memory of this process since then, in MiB."""
    status = Path("/proc/self/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


@dataclass(frozen=True)
class Target:
    """A ratio that must not be exceeded."""

    what: str
    ratio: float
    at_most: float

    @property
    def held(self) -> bool:
        return self.ratio <= self.at_most

    def __str__(self) -> str:
        return f"{'held  ' if self.held else 'MISSED'}  {self.what}: {self.ratio:.2f}x, target {self.at_most:g}x"


@dataclass(frozen=True)
class Report:
    """A table and the targets that its figures must hold."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    targets: Sequence[Target]

    @property
    def good(self) -> bool:
        return all(target.held for target in self.targets)

    def __str__(self) -> str:
        lines = [self.columns, *self.rows]
        widths = [max(len(cell) for cell in column) for column in zip(*lines, strict=True)]
        table = [
            "  ".join(
                cell.rjust(width) if place else cell.ljust(width)
                for place, (cell, width) in enumerate(zip(line, widths, strict=True))
            )
            for line in lines
        ]
        cores = len(os.sched_getaffinity(0))
        return "\n".join([f"{self.title} ({cores} cores)", "", *table, "", *map(str, self.targets)])
