"""The standards pages of staff: every promise with its verdict, and the cases behind it for whoever may see them."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, datetime
from pathlib import Path

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from ledger.services import Entry
from ledger.vocabulary import EventKind
from partners.models import Membership, Posting
from partners.vocabulary import Role
from standards.calendar import LONDON
from standards.duties import begin_duty, turn_over
from standards.loading import load_charter
from standards.models import Clock
from standards.services import record
from tests.cast import CHARTERS, Cast
from tests.kept import HOUR, at, close, march, put_in_force, tell
from tests.reading import boxes, complaint, every, words
from tests.system.scene import signed_in

PAGE = "/dashboard/standards/cherwell/"
MARCH = "?from=2024-03-01&to=2024-03-31"


@pytest.fixture
def house(cast: Cast, tmp_path: Path) -> Cast:
    put_in_force(cast, tmp_path)
    return cast


def rows(text: str) -> dict[str, list[str]]:
    """For each promise on the page: how it is judged, and what became of it."""
    found = {}
    for row in text.split('<tr class="govuk-table__row" role="row">'):
        codes = re.findall(r"/dashboard/standards/cherwell/((?!versions|settings)[\w.-]+)/", row)
        if codes:
            found[codes[0]] = every(row, "td")
    return found


def verdicts(text: str) -> dict[str, str]:
    return {code: cells[1] for code, cells in rows(text).items()}


def look(cast: Cast, address: str, who: str = "grace") -> str:
    response = signed_in(cast.staff[who]).get(address)
    assert response.status_code == 200, address
    return response.text


def test_every_promise_has_its_verdict_in_words(house: Cast) -> None:
    march(house)
    assert verdicts(look(house, PAGE + MARCH)) == {
        "T-CONTACT": "Kept 3 of 6 3 missed Half were done within 15 hours, nine in ten within 2 days "
        "Counted apart: 1 could not be reached, 1 not missed after all",
        "T-HATE": "Kept 1 of 1 Took 10 hours Counted apart: 1 classified too late",
        "T-RESPOND": "Nothing was owed in this period",
        "T-PLAN": "Nothing was owed in this period",
        "T-MEET": "Nothing was owed in this period",
        "T-PUBLISH": "Nothing is owed at the moment",
        "T-FEWER": "Not kept: Not measured at all",
        "T-OFF": "Not judged: the law is not in force yet. In force from 1 May 2027.",
        "LAW-RIGHTS": "Nothing was owed in this period",
        "LAW-2.1": "Kept 0 of 7 7 missed Counted apart: 1 could not be reached",
    }


def test_how_each_is_judged_is_told_from_its_rule(house: Cast) -> None:
    told = {code: cells[0] for code, cells in rows(look(house, PAGE)).items()}
    assert told["T-CONTACT"] == (
        "Contact each victim within 48 hours of the report. Kept by contact with the person or a meeting with the "
        "person. Not if it is perceived as a hate crime or incident."
    )
    assert told["T-RESPOND"] == (
        "Respond to the incident. Counted from the report. No time was promised, so how long it takes is measured and "
        "not judged. What counts is a documented response to the incident."
    )
    assert told["T-PLAN"] == "For each victim the record must show an agreed action plan before the case is closed."
    assert told["T-MEET"] == ("For the public, once a month: a meeting of the partners. Kept by “The partners met”.")
    assert told["T-FEWER"] == (
        "Measured at least every 12 months: people who see it as a problem, in per cent. "
        "It must fall from one period to the next."
    )


def test_promises_stand_under_their_clauses_and_the_law_under_its_own_heading(house: Cast) -> None:
    text = look(house, PAGE)
    main = text[text.index("app-filter-layout__results") :]
    assert every(main, "h2")[:2] == ["Our Promises", "The law"]
    assert every(main, "h3") == [
        "Clause 1", "Clause 2", "Clause 3", "Clause 4", "Clause 5", "Clause 6", "s.1", "s.2",
    ]  # fmt: skip


def test_the_tiles_count_promises_and_lead_to_them(house: Cast) -> None:
    march(house)
    text = look(house, PAGE + MARCH)
    tiles = re.findall(r'app-tile__number">(\d+)</span>\s*<a[^>]*href="([^"]*)">(.*?)</a>', text)
    assert [(int(number), label) for number, _, label in tiles] == [
        (3, "Not always kept"),
        (0, "Cannot be told yet"),
        (1, "Kept every time"),
        (5, "Nothing was owed"),
    ]
    for number, href, _ in tiles:
        assert len(rows(look(house, PAGE + href.replace("&amp;", "&")))) == int(number)
    assert set(rows(look(house, f"{PAGE}{MARCH}&show=not_kept"))) == {"T-CONTACT", "T-FEWER", "LAW-2.1"}
    assert set(rows(look(house, f"{PAGE}{MARCH}&kind=publication"))) == {"T-MEET", "T-PUBLISH"}
    assert "No promises to show" in words(look(house, f"{PAGE}{MARCH}&kind=publication&show=kept"))


def test_the_usual_period_is_the_last_twelve_full_months_and_this_one(house: Cast) -> None:
    with time_machine.travel(datetime(2025, 3, 10, 12, tzinfo=LONDON), tick=False):
        text = look(house, PAGE)
        assert "1 March 2024 to 31 March 2025." in words(text)
        assert (boxes(text)["from"], boxes(text)["to"]) == ("2024-03-01", "2025-03-31")
        presets = re.findall(r'href="\?from=([\d-]+)&amp;to=([\d-]+)"( aria-current="page")?>([^<]+)<', text)
    assert [(label.strip(), first, last, bool(current)) for first, last, current, label in presets] == [
        ("This month", "2025-03-01", "2025-03-31", False),
        ("Last month", "2025-02-01", "2025-02-28", False),
        ("Last quarter", "2024-10-01", "2024-12-31", False),
        ("Last 12 months", "2024-03-01", "2025-02-28", False),
        ("Last 12 months and this one", "2024-03-01", "2025-03-31", True),
    ]


@pytest.mark.parametrize(
    ("query", "box", "said"),
    [
        ("from=2024-13-01", "from", "Enter the first day as a real date, like 2026-04-01"),
        ("from=2024-03-02&to=2024-03-01", "to", "The last day must not be before the first"),
        ("from=1066-10-14", "from", "Enter a date between 1 January 2000 and"),
        ("to=9999-12-31", "to", "Enter a date between 1 January 2000 and"),
    ],
)
def test_days_that_make_no_sense_are_said_to_be_wrong_and_the_usual_ones_shown(
    query: str, box: str, said: str, house: Cast
) -> None:
    page = signed_in(house.grace).get(f"{PAGE}?{query}")
    assert (page.status_code, complaint(page.text, box).startswith(said)) == (422, True)
    assert len(rows(page.text)) == 10
    assert boxes(page.text)[box] == query.rpartition("=")[2]
    assert signed_in(house.grace).get(f"{PAGE}T-CONTACT/?{query}").status_code == 422


def test_the_file_says_what_the_page_says_in_numbers(house: Cast) -> None:
    march(house)
    response = signed_in(house.priya).get(f"/dashboard/standards/cherwell.csv{MARCH}&kind=clock")
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="standards-cherwell-2024-03-01-2024-03-31.csv"'
    )
    text = response.getvalue().decode()
    assert text.startswith("\ufeff")
    found = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert [row["Promise"] for row in found] == ["T-CONTACT", "T-HATE", "T-RESPOND", "LAW-2.1"]
    row = found[0]
    assert {key: row[key] for key in row if key not in {"What was promised", "How it is judged"}} == {
        "Promise": "T-CONTACT", "Clause": "Cherwell 1", "Judged by": "Deadlines", "From": "2024-03-01",
        "To": "2024-03-31", "Owed": "6", "Kept": "3", "Missed": "3", "Not due yet": "0",
        "Half within (hours)": "15.0", "Nine in ten within (hours)": "48.0", "Done, no time promised": "0",
        "Could not be reached": "1", "Classified too late": "0", "Not missed after all": "1", "Not applicable": "",
        "In words": "Kept 3 of 6",
    }  # fmt: skip
    whole = signed_in(house.priya).get(f"/dashboard/standards/cherwell.csv{MARCH}").getvalue().decode()
    assert whole.count("\r\n") == 11  # the headings and ten promises
    assert f'href="/dashboard/standards/cherwell.csv{MARCH.replace("&", "&amp;")}"' in look(house, PAGE + MARCH)


def test_every_published_promise_has_a_page_for_staff_and_one_for_the_public(cast: Cast) -> None:
    """The codes of the register and of the law are part of addresses."""
    load_charter(partnership=None, path=CHARTERS / "england-2026.toml", effective_from=date(2012, 1, 1))
    codes = list(rows(look(cast, PAGE)))
    assert set(codes) > {"CHER-3b-ii", "ENG-NC-1.3.1"}
    for code in [*codes[::10], "ENG-NC-1.3.1"]:
        assert code in look(cast, f"{PAGE}{code}/")
        assert code in look(cast, f"/standards/cherwell/{code}/")


# --- one promise ------------------------------------------------------------------------------------


def test_a_promise_has_its_figures_what_is_counted_apart_and_its_course(house: Cast) -> None:
    march(house)
    text = look(house, f"{PAGE}T-CONTACT/{MARCH}")
    said = words(text)
    assert "Kept 3 of 6" in said
    assert "1 could not be reached. Tried often enough in time, and a team lead confirmed it." in said
    assert "1 not missed after all. Recorded as missed first." in said
    assert "classified too late" not in said
    assert f'href="{PAGE}{MARCH.replace("&", "&amp;")}"' in text  # the way back keeps the days


def test_the_course_shows_twelve_months_up_to_this_one(house: Cast) -> None:
    march(house)
    with time_machine.travel(datetime(2025, 2, 20, 12, tzinfo=LONDON), tick=False):
        text = look(house, f"{PAGE}T-CONTACT/")
    table = text[text.index("app-plot") :]
    table = table[table.index("<tbody") : table.index("</tbody>")]
    assert dict(zip(every(table, "th"), zip(every(table, "td")[::2], every(table, "td")[1::2], strict=True), strict=True)) == {
        **dict.fromkeys(("Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb"), ("0", "0")),
        "Mar": ("3", "6"),
    }  # fmt: skip


def listed(text: str) -> list[str]:
    return [cell.partition(":")[0] for cell in every(text, "th") if cell.startswith("ASB-")]


def test_the_deadlines_behind_it_are_listed_missed_ones_first_to_whoever_may_open_them(house: Cast) -> None:
    cases = march(house)
    reference = {name: case.matter.reference for name, case in cases.items()}
    text = look(house, f"{PAGE}T-CONTACT/{MARCH}", "dylan")
    shown = listed(text)
    assert set(shown[:3]) == {reference[name] for name in ("late", "swept", "unswept")}
    assert set(shown[3:]) == {reference[name] for name in ("kept", "later", "attempted", "retracted", "hate")}
    clock = Clock.objects.get(matter=cases["late"].pk, promise__code="T-CONTACT")
    assert f'href="{reverse("promise", args=[clock.pk])}"' in text


@pytest.mark.parametrize("who", ["jo", "alex"])
def test_who_may_open_none_of_them_learns_how_many_there_are_and_whom_to_ask(who: str, house: Cast) -> None:
    cases = march(house)
    text = look(house, f"{PAGE}T-CONTACT/{MARCH}", who)
    assert listed(text) == []
    assert not any(case.matter.reference in text for case in cases.values())
    assert "There are 6, of which 3 were missed. You may not open them. Ask the team lead" in words(text)


def test_closed_cases_without_the_evidence_are_listed_to_their_agency_only(house: Cast) -> None:
    without, shown, later = (house.case(at("2024-03-04 09:00")) for _ in range(3))
    tell(house, shown, "plan.agreed", at("2024-03-05 09:00"))
    for case, day in ((without, "2024-03-20 12:00"), (shown, "2024-03-20 12:00"), (later, "2024-04-20 12:00")):
        close(house, case, at(day))
    text = look(house, f"{PAGE}T-PLAN/{MARCH}", "tom")
    assert listed(text) == [without.matter.reference]
    assert f'href="{reverse("case", args=[without.matter.reference])}"' in text
    assert "20 March 2024" in words(text)
    refused = look(house, f"{PAGE}T-PLAN/{MARCH}", "alex")
    assert listed(refused) == []
    assert "It was not shown 1 time. You may not open the case concerned. Ask the team lead" in words(refused)


def test_a_promise_that_is_not_judged_says_why(house: Cast) -> None:
    said = words(look(house, f"{PAGE}T-OFF/"))
    assert "Not judged: the law is not in force yet. In force from 1 May 2027." in said
    assert "Kept" not in said


def test_another_code_and_another_partnership_are_not_there(house: Cast) -> None:
    grace = signed_in(house.grace)
    for address in (f"{PAGE}T-NONE/", "/dashboard/standards/coventry/", "/dashboard/standards/atlantis/",
                    "/dashboard/standards/coventry.csv", "/dashboard/standards/coventry/T-CONTACT/"):  # fmt: skip
        assert grace.get(address).status_code == 404, address


def test_who_works_in_two_partnerships_chooses_and_who_works_in_one_is_led_there(house: Cast) -> None:
    grace = signed_in(house.grace)
    assert grace.get("/dashboard/standards/").url == PAGE
    coventry = Membership.objects.get(partnership=house.coventry)
    Posting.objects.create(user=house.grace, membership=coventry, role=Role.MANAGER)
    text = grace.get("/dashboard/standards/").text
    main = text[text.index("<main") : text.index("</main>")]
    assert re.findall(r'href="([^"]*)"', main) == [PAGE, "/dashboard/standards/coventry/"]


def test_without_standards_in_force_the_page_says_so(house: Cast) -> None:
    for number, charter in enumerate(house.cherwell.charters.all()):
        charter.effective_from = date(2100, 1, 1 + number)
        charter.save(update_fields=["effective_from"])
    assert "No standards are in force" in words(look(house, PAGE))
    assert signed_in(house.grace).get("/dashboard/standards/cherwell.csv").status_code == 404
    assert signed_in(house.grace).get(f"{PAGE}T-CONTACT/").status_code == 404


# --- the page of one deadline -----------------------------------------------------------------------


def test_a_deadline_of_a_duty_to_the_public_has_a_page_too(house: Cast) -> None:
    duty = begin_duty(
        partnership=house.cherwell.pk, agency=house.council.pk, at=at("2024-01-01 00:00"), officer=house.priya.pk
    )
    record(matter=duty.pk, entries=[Entry(kind=EventKind.PARTNERS_MET, occurred_at=at("2024-01-10 12:00"))])
    turn_over()
    kept = Clock.objects.get(matter=duty.pk, promise__code="T-MEET", outcome="kept")
    for who in ("dylan", "grace", "priya"):
        text = look(house, reverse("promise", args=[kept.pk]), who)
        assert every(text, "h1")[0].endswith("A meeting of the partners")
        assert "The partners met" in words(text)
        assert "Open the case" not in words(text)


def test_what_has_no_deadline_says_that_none_was_promised_and_is_theirs_to_open_who_lead(house: Cast) -> None:
    case = house.case(timezone.now() - 2 * HOUR)
    tell(house, case, "response.made", timezone.now() - HOUR, action="advice")
    clock = Clock.objects.get(matter=case.pk, promise__code="T-RESPOND")
    for who in ("priya", "dylan", "grace"):
        assert "Due No time was promised" in words(look(house, reverse("promise", args=[clock.pk]), who))
        assert listed(look(house, f"{PAGE}T-RESPOND/", who)) == [case.matter.reference]
    assert "It was done 1 time without a deadline. You may not open it." in words(
        look(house, f"{PAGE}T-RESPOND/", "jo")
    )
