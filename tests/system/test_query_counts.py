"""How many questions each page asks the database: a number written here, the same for one row as for three.

Two are the session and the person, one her postings, one whether the sweep is late.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from asb_cases.models import Case
from asb_cases.services.contact import log_contact
from asb_cases.services.log import enter, entry
from asb_cases.vocabulary import ContactChannel
from ledger.vocabulary import EventKind
from standards import replays
from standards.breaches import explain
from standards.sweep import sweep
from standards.vocabulary import MissReason
from tests.cast import KHAN, Cast
from tests.system import registers
from tests.system.scene import plan_versions, signed_in, what_if

HOUR = timedelta(hours=1)

DEADLINE = "partnership=cherwell&promise=CHER-3c&received_day=2&received_month=9&received_year=2026&received_time=9am"
# Who, the page, and its queries. A list asks no more than 12, any other page no more than 15.
PAGES: dict[str, tuple[str, int]] = {
    "/cases/?whose=all": ("priya", 8),
    "/cases/?whose=all&risk=unassessed&deadline=overdue&sort=received": ("priya", 8),
    "/cases/{reference}/": ("priya", 14),
    "/cases/{reference}/timeline/": ("priya", 11),
    "/cases/{reference}/record/": ("priya", 9),
    "/cases/{reference}/record/contact/": ("priya", 6),
    "/cases/{reference}/record/later-date/": ("priya", 8),
    "/cases/{reference}/promises/": ("priya", 14),
    "/cases/{reference}/record/done/": ("priya", 7),
    "/cases/{reference}/record/not-applicable/": ("priya", 8),
    "/cases/{reference}/record/spoc/": ("priya", 7),
    "/cases/{reference}/record/referral/": ("priya", 7),
    "/cases/{reference}/record/report-again/": ("priya", 6),
    "/cases/{reference}/record/close/": ("priya", 9),
    "/cases/{reference}/people/add/": ("priya", 6),
    "/cases/{reference}/entries/{event}/correct/": ("priya", 12),
    "/cases/{reference}/assign/": ("priya", 7),
    "/cases/{reference}/transfer/": ("priya", 7),
    "/reports/": ("jo", 6),
    "/reports/new/": ("jo", 5),
    "/reports/{case}/": ("jo", 9),
    "/reports/{case}/forwarded/": ("jo", 7),
    "/dashboard/": ("dylan", 13),
    "/dashboard/?by=officer": ("grace", 13),
    "/dashboard/promises/": ("dylan", 9),
    "/dashboard/promises/?state=explained": ("grace", 9),
    "/dashboard/promises.csv": ("dylan", 7),
    "/dashboard/what-if/": ("dylan", 8),
    "/dashboard/what-if/{replay}/": ("dylan", 5),
    "/dashboard/what-if/{replay}.csv": ("dylan", 4),
    "/dashboard/what-if/{replay}/delete/": ("dylan", 5),
    "/promises/{clock}/": ("priya", 13),
    "/dashboard/standards/cherwell/": ("grace", 11),
    "/dashboard/standards/cherwell.csv": ("grace", 10),
    "/dashboard/standards/cherwell/CHER-3b-i/": ("dylan", 13),
    "/standards/": ("grace", 5),
    "/standards/cherwell/": ("grace", 11),
    "/standards/cherwell/CHER-3b-i/": ("grace", 9),
    "/bank-holidays/": ("grace", 6),
    "/community/publications/": ("dylan", 9),
    "/community/publications/log/": ("dylan", 8),
    "/community/publications/log.csv": ("dylan", 6),
    "/community/publications/{publication}/withdraw/": ("dylan", 5),
    "/community/duties/new/": ("maya", 7),
    "/community/duties/{duty}/record/": ("dylan", 6),
    "/community/duties/{duty}/hand-over/": ("grace", 7),
    "/community/neighbourhoods/": ("grace", 7),
    "/community/neighbourhoods/new/": ("grace", 6),
    "/community/neighbourhoods/{neighbourhood}/end/": ("grace", 5),
    "/community/channels/": ("grace", 5),
    "/community/measures/": ("dylan", 10),
    "/community/measures/cherwell/CHER-1a/": ("grace", 10),
    "/community/measures/cherwell/CHER-1a/values/new/": ("grace", 10),
    "/community/measures/cherwell/CHER-1a/targets/new/": ("grace", 10),
    "/community/measures/values/{value}/withdraw/": ("grace", 5),
    "/community/measures/targets/{target}/withdraw/": ("grace", 5),
    "/deadlines/": ("priya", 5),
    f"/deadlines/?{DEADLINE}": ("priya", 9),
    "/dashboard/standards/cherwell/versions/": ("priya", 9),
    "/dashboard/standards/cherwell/versions/1/cases/": ("priya", 10),
    "/dashboard/standards/cherwell/versions/1..2/": ("priya", 6),
    "/dashboard/standards/cherwell/law/1/cases/": ("priya", 7),
    "/dashboard/standards/cherwell/law/1..2/": ("priya", 6),
    "/dashboard/standards/cherwell/versions/2/withdraw/": ("grace", 8),
    "/dashboard/standards/cherwell/settings/": ("grace", 6),
}
LISTS = ("/cases/?", "/reports/", "/dashboard/promises", "/community/publications/", "/community/measures/")
LISTS = ("/cases/?", "/reports/", "/dashboard/promises", "/dashboard/what-if/")


def crowd(cast: Cast, rows: int) -> dict[str, Any]:
    """As many cases, people, entries, missed promises with a reason and without; what to fill into the addresses."""
    plan_versions(cast)
    people = tuple(replace(KHAN, given_name=f"Amira {number}") for number in range(rows))
    cases = [cast.case(timezone.now() - 50 * HOUR, people=people) for _ in range(2 * rows)]
    sweep()
    for case in cases[:rows]:
        _fill(case, cast, rows)
    first, kept = cases[0], registers.keep(cast, rows)
    for _ in range(rows):
        replay = what_if(cast)
    replays.work_off()
    first = cases[0]
    return {
        **{name: value for part in kept.told.values() for name, value in part.items()},
        "reference": first.matter.reference,
        "case": first.pk,
        "event": first.notes.get().event,
        "replay": replay.pk,
        "clock": first.matter.clocks.filter(outcome="missed").first().pk,
    }


def _fill(case: Case, cast: Cast, entries: int) -> None:
    somebody = case.parties.first()
    now = timezone.now()
    attempts = [entry(EventKind.CONTACT_ATTEMPTED, now, somebody, channel="text") for _ in range(entries)]
    enter(case=case, by=cast.priya, entries=attempts, note="No answer.")
    missed = case.matter.clocks.filter(outcome="missed").first()
    explain(clock=missed.pk, reason=MissReason.WORKLOAD, explanation="Two at once.", by=cast.dylan)
    for other in case.parties.exclude(pk=somebody.pk):
        log_contact(case=case, party=other, channel=ContactChannel.LETTER, at=now, by=cast.tom)


@pytest.mark.parametrize("rows", [1, 3])
def test_no_page_asks_more_for_three_rows_than_for_one(rows: int, cast: Cast) -> None:
    ids = crowd(cast, rows)
    assert {address: (who, asked(cast, who, address.format(**ids))) for address, (who, _) in PAGES.items()} == PAGES


def test_a_case_of_two_hundred_entries_asks_no_more_than_a_new_one(cast: Cast) -> None:
    case = cast.case(timezone.now() - 50 * HOUR)
    sweep()
    _fill(case, cast, 200)
    for address in ("/cases/{reference}/", "/cases/{reference}/timeline/"):
        assert asked(cast, "priya", address.format(reference=case.matter.reference)) == PAGES[address][1]


def test_the_numbers_keep_to_their_limits() -> None:
    for address, (_, number) in PAGES.items():
        assert number <= (12 if address.startswith(LISTS) else 15), address


def asked(cast: Cast, who: str, address: str) -> int:
    """The queries of a page that was open once before: charters are read once in a process."""
    client = signed_in(cast.staff[who])
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
        assert response.status_code == 200
        response.getvalue()
    return len(queries)
