"""The list of cases: the soonest deadline first, narrowed down, searched, sorted, in pages."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from asb_cases.models import Case
from asb_cases.services.closure import close_case
from asb_cases.services.contact import log_meeting
from asb_cases.services.log import enter, entry
from asb_cases.vocabulary import Category, ClosureOutcome
from ledger.vocabulary import EventKind
from partners.models import User
from tests.cast import KHAN, WEBB, Cast, party
from tests.reading import boxes, every, words
from tests.system.scene import signed_in

HOUR = timedelta(hours=1)


@pytest.fixture
def priya(wednesday: time_machine.Traveller, cast: Cast) -> Client:
    return signed_in(cast.priya)


@pytest.fixture
def cases(wednesday: time_machine.Traveller, cast: Cast) -> dict[str, Case]:
    """On Wednesday at nine. Named for what is particular about each; `kept` and `closed` owe nothing any more."""
    now = timezone.now()
    made = {
        "later": cast.case(now - HOUR),
        "overdue": cast.case(now - 50 * HOUR, hate=True),
        "today": cast.case(now - 45 * HOUR, category=Category.ANIMALS),
        "kept": cast.case(now - 30 * HOUR, people=(KHAN, WEBB)),
        "closed": cast.case(now - 40 * HOUR),
        "unowned": cast.case(now - 20 * HOUR, officer=None),
        "toms": cast.case(now - 10 * HOUR, officer=cast.tom.pk),
        "police": cast.case(now, lead_agency=cast.police.pk, officer=cast.alex.pk),
    }
    for name in ("kept", "closed"):
        log_meeting(case=made[name], party=party(made[name]), at=now, by=cast.priya)
    close_case(case=made["closed"], outcome=ClosureOutcome.RESOLVED, at=now, by=cast.priya, note="Done.")
    risk = entry(EventKind.RISK_ASSESSED, now, party(made["today"]), band="high")
    enter(case=made["today"], by=cast.priya, entries=[risk])
    return made


def listed(client: Client, cases: dict[str, Case], query: str = "") -> list[str]:
    """The names of the cases on the page, in their order."""
    names = {case.matter.reference: name for name, case in cases.items()}
    page = client.get(f"/cases/{query}")
    assert page.status_code == 200
    return [names[row.split()[0]] for row in every(page.text, "th", "govuk-table__header") if row.startswith("ASB-")]


# What the address asks for, and the cases listed for it, in their order. {name} stands for that case's reference.
ASKED: dict[str, list[str]] = {
    "": ["overdue", "today", "later", "kept"],  # her own open cases, those that owe nothing last
    "?whose=nobody": ["unowned"],
    "?whose=all": ["overdue", "today", "unowned", "toms", "later", "kept"],
    "?whose=all&state=closed": ["closed"],
    "?state=any&sort=received": ["overdue", "today", "closed", "kept", "later"],
    "?deadline=overdue": ["overdue"],
    "?deadline=today": ["today"],
    "?deadline=later": ["later"],
    "?deadline=none": ["kept"],
    "?deadline=overdue&deadline=none": ["overdue", "kept"],
    "?risk=high": ["today"],
    "?risk=unassessed": ["overdue", "later", "kept"],
    "?hate=true": ["overdue"],
    "?category=animals": ["today"],
    "?category=animals&hate=true": [],
    "?q={police}&whose=all": [],
    "?q={toms}&whose=all": ["toms"],
    "?sort=-due": ["later", "today", "overdue", "kept"],
    "?sort=received": ["overdue", "today", "kept", "later"],
    "?sort=-received": ["later", "kept", "today", "overdue"],
    "?sort=officer": ["overdue", "today", "later", "kept"],  # no such order: the usual one
}


def test_the_list_shows_what_was_asked_for_the_soonest_deadline_first(cases: dict[str, Case], priya: Client) -> None:
    references = {name: case.matter.reference.lower() for name, case in cases.items()}
    assert {query: listed(priya, cases, query.format(**references)) for query in ASKED} == ASKED


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("webb", ["kept"]),
        (" Khan ", ["overdue", "today", "unowned", "toms", "closed", "later", "kept"]),
        ("Kha", []),
        ("<b>", []),
    ],
)
def test_a_person_is_looked_for_by_last_name_and_no_address_holds_it(
    name: str, found: list[str], cases: dict[str, Case], priya: Client
) -> None:
    answer = priya.post("/cases/find/", {"family_name": name})
    assert (answer.status_code, answer.url) == (302, "/cases/?named=on&whose=all&state=any")
    assert sorted(listed(priya, cases, "?named=on&whose=all&state=any")) == sorted(found)
    assert listed(priya, cases) == ASKED[""], "the usual list is as it was"


def test_the_name_looked_for_is_a_filter_that_can_be_taken_off(cases: dict[str, Case], priya: Client) -> None:
    priya.post("/cases/find/", {"family_name": "Khan"})
    text = priya.get("/cases/?named=on&whose=all&sort=-due").text
    assert "Remove this filter: Last name Khan" in words(text)
    assert "Khan" not in "".join(re.findall(r'(?:href|action)="([^"]*)"', text))
    # Who looks for nobody, or signed in anew, is not shown everybody's cases as if they were the person's.
    tom = signed_in(User.objects.get(name="Tom Ellery")).get("/cases/?named=on&whose=all&state=any")
    assert (tom.status_code, tom.url) == (302, "/cases/")


@pytest.mark.parametrize("nothing", ["", "   ", "x" * 81, "a\x00b"])
def test_looking_for_nothing_shows_the_list(nothing: str, priya: Client) -> None:
    answer = priya.post("/cases/find/", {"family_name": nothing}, follow=True)
    assert answer.redirect_chain == [("/cases/", 302)]
    assert "Enter a last name to find a person’s cases." in words(answer.text)


def test_the_same_person_twice_in_a_case_is_found_once(cast: Cast, priya: Client) -> None:
    cases = {"both": cast.case(people=(WEBB, KHAN, WEBB))}
    priya.post("/cases/find/", {"family_name": "Webb"})
    assert listed(priya, cases, "?named=on") == ["both"]


def test_a_choice_made_up_in_the_address_is_said_to_be_wrong_and_counts_as_none(
    cases: dict[str, Case], priya: Client
) -> None:
    for query in ("?whose=theirs", "?risk=huge&category=ufo", "?deadline=never", "?q=%00"):
        page = priya.get(f"/cases/{query}")
        assert (page.status_code, "There is a problem" in page.text) == (422, True)
        found = [row for row in every(page.text, "th", "govuk-table__header") if row.startswith("ASB-")]
        assert len(found) == len(ASKED[""])


def test_a_row_says_what_is_next_owed_and_how_much_more(cases: dict[str, Case], priya: Client) -> None:
    said = words(priya.get("/cases/?whose=all").text)
    assert (
        "Noise Orchard Way, Banbury 1 day overdue Contact Ms Khan and 1 more Not assessed Hate crime Priya Shah 31 August 2026"
        in said
    )
    assert "Due today by 12:00pm (midday) Contact Ms Khan and 1 more High Priya Shah" in said
    assert "Nothing owed now" in said
    assert "Due tomorrow by 1:00pm Contact Ms Khan and 1 more Not assessed Take the case" in said


def test_the_filter_keeps_what_was_chosen_and_the_order_keeps_the_filter(cases: dict[str, Case], priya: Client) -> None:
    reference = cases["today"].matter.reference
    text = priya.get(f"/cases/?whose=all&risk=high&q={reference}&sort=-due").text
    chosen = boxes(text)
    assert (chosen["whose"], chosen["risk"], chosen["q"]) == ("all", "high", reference)
    assert f'href="?whose=all&amp;risk=high&amp;q={reference}&amp;sort=received"' in text


def test_the_list_comes_in_pages_of_twenty_five(cast: Cast, priya: Client) -> None:
    cases = {str(number): cast.case(timezone.now() - number * HOUR) for number in range(1, 28)}
    soonest_first = [str(number) for number in range(27, 0, -1)]
    assert listed(priya, cases) == soonest_first[:25]
    assert listed(priya, cases, "?page=2") == soonest_first[25:]
    assert listed(priya, cases, "?page=99") == soonest_first[25:]
    assert listed(priya, cases, "?page=first") == soonest_first[:25]
    text = priya.get("/cases/?state=any").text
    assert "Showing 1 to 25 of 27 cases" in words(text)
    assert 'href="?state=any&amp;page=2"' in text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "You have no open cases. See the cases that nobody has yet."),
        ("?q=Nobody", "Take a filter off, or check the spelling of the reference or name."),
    ],
)
def test_an_empty_list_says_what_to_do_next(query: str, said: str, priya: Client) -> None:
    text = words(priya.get(f"/cases/{query}").text)
    assert "No cases to show" in text
    assert said in text


def test_whoever_signs_in_comes_to_where_her_work_is(cast: Cast) -> None:
    first = {"jo": "/reports/new/", "priya": "/cases/", "dylan": "/dashboard/", "grace": "/dashboard/"}
    assert {who: signed_in(cast.staff[who]).get("/").url for who in first} == first
    assert "no agency has given you a role" in words(signed_in(cast.noah).get("/").text)
