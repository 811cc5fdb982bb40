"""Street-level crime as data.police.uk publishes it: anti-social behaviour without persons, known to the month.

Its rows of this type have no id, and identical rows are different incidents. So a row's reference is made of its
content and its place among the rows with the same content, which is the same at every import of the same file.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import islice
from uuid import UUID

from asb_cases.imports.files import Rejects, Rows
from asb_cases.imports.reports import Tally
from asb_cases.imports.rows import BadRow
from asb_cases.models import Incident
from asb_cases.vocabulary import Category

SOURCE = "data.police.uk"
KIND = "anti-social behaviour"
BATCH = 1000

# Today's headings and the older ones differ in case and underscores only.
HEADINGS = frozenset({"crime_id", "month", "longitude", "latitude", "location", "lsoa_code", "lsoa_name", "crime_type"})


def recognised(headings: Sequence[str]) -> bool:
    return {_name(heading) for heading in headings}.issuperset(HEADINGS)


def import_incidents(rows: Rows, partnership: UUID, rejects: Rejects, *, progress: Callable[[Tally], None]) -> Tally:
    """Store each anti-social behaviour incident that is not there yet. Other types of crime are passed over."""
    tally = Tally()
    incidents = _incidents(rows, partnership, rejects, tally)
    while batch := list(islice(incidents, BATCH)):
        references = [incident.external_reference for incident in batch]
        known = set(
            Incident.objects.filter(
                partnership=partnership, source=SOURCE, external_reference__in=references
            ).values_list("external_reference", flat=True)
        )
        new = [incident for incident in batch if incident.external_reference not in known]
        Incident.objects.bulk_create(new, ignore_conflicts=True)
        tally.opened += len(new)
        tally.known += len(known)
        progress(tally)
    tally.rejected = rejects.count
    progress(tally)
    return tally


def _incidents(rows: Rows, partnership: UUID, rejects: Rejects, tally: Tally) -> Iterator[Incident]:
    names = [_name(heading) for heading in rows.headings]
    # Eight bytes for each distinct row: a force's month has some ten thousand.
    seen: Counter[bytes] = Counter()
    for line, cells, problem in rows:
        row = dict(zip(names, (cell.strip() for cell in cells), strict=False))
        if not problem and row.get("crime_type", "").lower() != KIND:
            continue
        tally.rows += 1
        try:
            if problem:
                raise BadRow("row", problem)
            digest = hashlib.sha256("\x1f".join(cells).encode()).digest()[:8]
            incident = _incident(row, partnership)
            seen[digest] += 1
            incident.external_reference = f"{row['month']}:{digest.hex()}:{seen[digest]}"
            yield incident
        except BadRow as reason:
            rejects.add(line, cells, str(reason))


def _incident(row: Mapping[str, str], partnership: UUID) -> Incident:
    return Incident(
        partnership_id=partnership,
        source=SOURCE,
        month=_month(row["month"]),
        category=Category.UNCLASSIFIED,
        force=row.get("reported_by", "")[:80],
        place=row["location"][:200],
        longitude=_degrees(row, "longitude"),
        latitude=_degrees(row, "latitude"),
        lsoa=row["lsoa_code"][:9],
        lsoa_name=row["lsoa_name"][:80],
    )


def _name(heading: str) -> str:
    return heading.strip().lower().replace(" ", "_")


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise BadRow("month", f"{text!r} is not a month like 2018-01") from error


def _degrees(row: Mapping[str, str], column: str) -> Decimal | None:
    text = row[column]
    try:
        return Decimal(text).quantize(Decimal("0.000001")) if text else None
    except InvalidOperation as error:
        raise BadRow(column, f"{text!r} is not a number of degrees") from error
