"""What judges each promise, as a page of the documentation: docs/standards.md is made of the charters themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from standards.charter import Charter
from standards.explained import explained

KINDS = ("clock", "evidence", "publication", "measure")

HEAD = """# Every promise, and what judges it

Made from the files in `standards/charters/` by `manage.py standards_table docs/standards.md`; a test keeps it current.
Each row that is judged has an example that keeps it and one that breaks it, for every way in which it is judged, in
`tests/standards/examples_of/`; `tests/standards/test_coverage.py` holds the rows against the codes of the register.

- **Clock**: something is done in time. "Measured" stands for a timing word without a number: the time is measured, and
  judged once the partnership sets one.
- **Evidence**: the record shows it before the case is closed, or before another act.
- **Publication**: the public is shown it, once or in every period.
- **Measure**: a figure is known in time and moves as promised.
"""


def table(charters: Iterable[Charter]) -> str:
    """The whole page, in Markdown."""
    charters = list(charters)
    lines = [HEAD, *_totals(charters)]
    for charter in charters:
        lines += ["", f"## {charter.name}", "", f"{charter.document}.", "", *_rows(charter)]
    return "\n".join(lines) + "\n"


def _totals(charters: Iterable[Charter]) -> Iterator[str]:
    yield "| Charter | Promises | " + " | ".join(kind.capitalize() for kind in KINDS) + " | Switched off |"
    yield "|---|" + "---:|" * (len(KINDS) + 2)
    for charter in charters:
        counts = [sum(kind in promise.kinds for promise in charter.judged) for kind in KINDS]
        off = len(charter.promises) - len(charter.judged)
        yield f"| {charter.short_name} | {len(charter.promises)} | {' | '.join(map(str, counts))} | {off} |"


def _rows(charter: Charter) -> Iterator[str]:
    yield "| Code | Clause | What was promised | Judged by | How |"
    yield "|---|---|---|---|---|"
    for promise in charter.promises:
        if promise.switched_off:
            kinds, how = "not judged", promise.switched_off
        else:
            kinds, how = ", ".join(promise.kinds), " ".join(explained(promise))
        cells = [promise.code, promise.clause, promise.summary, kinds, how]
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
