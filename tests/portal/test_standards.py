"""What everybody may read, and what nobody can work out from it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from ledger.services import Entry
from ledger.vocabulary import EventKind
from partners.models import Partnership
from portal.disclosure import NO_COURSE, TOO_FEW, about, course, percent, quarters, said
from standards.calendar import Unit
from standards.charter import ClockRule, Kind, MeasureRule, Promise, PublicationRule, Role, Within
from standards.duties import begin_duty, turn_over
from standards.figures import ClockFigures, EvidenceFigures, MeasureFigures, Month, PromiseFigures, State, Took
from standards.measures import Scored, Value, Verdict
from standards.models import MeasureValue
from standards.services import record
from tests.cast import Cast
from tests.kept import HOUR, at, close, contact, not_reached, put_in_force, tell
from tests.reading import every, words
from tests.system.scene import signed_in

PAGE = "/standards/cherwell/"


@pytest.fixture
def house(cast: Cast, tmp_path: Path) -> Iterator[Cast]:
    """Looked at in January 2025: the twelve full months are those of 2024."""
    put_in_force(cast, tmp_path)
    with time_machine.travel(datetime(2025, 1, 10, 12, tzinfo=timezone.get_default_timezone()), tick=False):
        yield cast


def look(address: str = PAGE) -> str:
    response = Client().get(address)
    assert response.status_code == 200, address
    return response.text


def promises(text: str) -> dict[str, str]:
    """What is said of each promise."""
    found = re.findall(
        rf'<li class="app-kept__promise">\s*<a[^>]*href="{PAGE}([\w.-]+)/">.*?</a>(.*?)</li>', text, re.S
    )
    return {code: " ".join(re.sub(r"<[^>]+>", " ", rest).split()) for code, rest in found}


def received(cast: Cast, number: int, *, month: int = 3, kept: int = 0, hate: bool = False) -> None:
    """So many reports of a month, of which the first so many were followed by a contact in time."""
    for each in range(number):
        case = cast.case(at(f"2024-{month:02d}-04 09:00"), hate=hate)
        if each < kept:
            contact(cast, case, 10)


# --- what is told -----------------------------------------------------------------------------------


def test_everybody_reads_in_round_numbers_what_was_kept(house: Cast) -> None:
    received(house, 12, kept=9)
    for _ in range(5):
        not_reached(house, house.case(at("2024-06-03 09:00")))
    assert promises(look()) == {
        "T-CONTACT": "Kept about 80% of the time It was owed about 10 times. Where it was done, half were done within "
        "about 10 hours. Besides, about 5 people could not be reached. They do not count as kept.",
        "T-HATE": "Too few to give a figure",
        "T-RESPOND": "Too few to give a figure",
        "T-PLAN": "Too few to give a figure",
        "T-MEET": "Nothing was owed in this period",
        "T-PUBLISH": "Nothing is owed at the moment",
        "T-FEWER": "Not kept: Not measured at all",
        "T-OFF": "Not judged: the law is not in force yet. In force from 1 May 2027.",
        "LAW-RIGHTS": "Too few to give a figure",
        "LAW-2.1": "Never kept It was owed about 10 times. Besides, about 5 people could not be reached. "
        "They do not count as kept.",
    }
    text = words(look())
    assert "From 1 January 2024 to 31 December 2024" in text
    assert "0 promises were kept every time" in text
    assert "3 promises were not always kept" in text
    assert "4 promises were owed fewer than five times, or not at all." in text


def test_evidence_and_what_has_no_time_are_told_too_from_five_on(house: Cast) -> None:
    for number in range(6):
        case = house.case(at("2024-03-04 09:00"))
        tell(house, case, "response.made", at("2024-03-04 09:00") + 3 * HOUR, action="advice")
        if number:
            tell(house, case, "plan.agreed", at("2024-03-06 09:00"))
        close(house, case, at("2024-03-20 12:00"))
    told = promises(look())
    assert told["T-PLAN"] == "Kept about 80% of the time It was owed about 5 times."
    assert told["T-RESPOND"] == (
        "Measured, because no time was promised Where it was done, half were done within about 3 hours."
    )


def test_duties_to_the_public_and_figures_are_told_as_they_are(house: Cast) -> None:
    duty = begin_duty(partnership=house.cherwell.pk, agency=house.council.pk, at=at("2024-10-01 00:00"))
    record(matter=duty.pk, entries=[Entry(kind=EventKind.PARTNERS_MET, occurred_at=at("2024-11-10 12:00"))])
    turn_over()
    MeasureValue.objects.create(
        partnership=house.cherwell, code="T-FEWER", first_day=date(2023, 1, 1), last_day=date(2023, 12, 31),
        figure=31.9, source="Survey", published_on=date(2024, 6, 1), entered_by=house.grace,
    )  # fmt: skip
    told = promises(look())
    assert told["T-MEET"] == "Kept 1 of 3"
    assert told["T-PUBLISH"] == "Kept 0 of 1"
    assert told["T-FEWER"] == (
        "Cannot be told yet: No earlier figure to compare with "
        "The latest figure is 31.9%, for 1 January 2023 to 31 December 2023."
    )
    text = look(f"{PAGE}T-MEET/")
    assert "Kept: 0 in Jan to Mar, 1 in Oct to Dec" in words(text)


def test_a_promise_has_a_page_with_how_it_is_judged_and_its_quarters(house: Cast) -> None:
    for month, kept in ((1, 5), (4, 3), (7, 0), (10, 5)):
        received(house, 5, month=month, kept=kept)
    text = look(f"{PAGE}T-CONTACT/")
    said_there = words(text)
    assert "Contact each victim within 48 hours of the report." in said_there
    assert "Kept about 65% of the time" in said_there
    body = text[text.index("<tbody") : text.index("</tbody>")]
    assert list(zip(every(body, "th"), every(body, "td"), strict=True)) == [
        ("Jan to Mar", "100"), ("Apr to Jun", "60"), ("Jul to Sep", "0"), ("Oct to Dec", "100"),
    ]  # fmt: skip


# --- what cannot be worked out ----------------------------------------------------------------------


def test_between_none_and_four_no_page_differs_in_a_single_letter(house: Cast) -> None:
    """Hate crime and everything else together are what the law's promise is owed for: no difference shows."""
    received(house, 18, kept=18)
    pages = [PAGE, f"{PAGE}T-HATE/", f"{PAGE}T-CONTACT/", f"{PAGE}LAW-2.1/"]
    before = [look(page) for page in pages]
    assert "Too few to give a figure" in promises(before[0])["T-HATE"]
    for kept in (0, 1, 1, 0):
        received(house, 1, kept=kept, hate=True)
        assert [look(page) for page in pages] == before
    received(house, 1, kept=1, hate=True)
    assert promises(look())["T-HATE"] == ("Kept about 60% of the time It was owed about 5 times.")


def test_one_quarter_with_too_few_takes_the_others_with_it(house: Cast) -> None:
    for month, number in ((1, 6), (4, 6), (7, 6), (10, 4)):
        received(house, number, month=month, kept=number)
    text = look(f"{PAGE}T-CONTACT/")
    assert NO_COURSE in words(text)
    assert ("<svg" in text[text.index("<main") :], "Jan to Mar" in text) == (False, False)
    received(house, 1, month=10)
    assert "Jan to Mar" in look(f"{PAGE}T-CONTACT/")


def test_a_period_made_up_in_the_address_changes_nothing(house: Cast) -> None:
    received(house, 6, kept=6)
    for page in (PAGE, f"{PAGE}T-CONTACT/"):
        assert look(f"{page}?from=2024-03-01&to=2024-03-31&show=not_kept&kind=clock") == look(page)


def test_no_told_pair_of_numbers_has_only_one_that_it_can_come_from() -> None:
    """Neither the rounded number nor the per cent, nor both together, tell how many there were."""
    come_from: dict[tuple[int, int], set[int]] = defaultdict(set)
    for owed in range(5, 400):
        for kept in range(owed + 1):
            come_from[about(owed), percent(kept, owed)].add(owed)
    assert min(len(numbers) for numbers in come_from.values()) == 2


def test_rounding_never_makes_a_miss_disappear_nor_a_kept_promise() -> None:
    for owed in range(5, 400):
        told = [percent(kept, owed) for kept in range(owed + 1)]
        assert (told[0], told[-1]) == (0, 100)
        assert {0, 100}.isdisjoint(told[1:-1])
        assert told == sorted(told)
    assert [about(number) for number in (5, 7, 8, 12, 13, 47, 48)] == [5, 5, 10, 10, 15, 45, 50]


def _clock(matter: Kind = Kind.CASE) -> Promise:
    rule = ClockRule(
        duty="Contact {person}", owed_to=(Role.VICTIM,), start=(), stop=(), within=Within(48, Unit.HOURS), matter=matter
    )
    return Promise("X", "1", "Contact.", clock=rule)


def test_a_figure_that_the_system_works_out_itself_is_judged_and_not_told() -> None:
    """One in three hate crimes is 33 per cent: who knows the figure knows how few there were."""
    latest = Value(date(2024, 1, 1), date(2024, 12, 31), 33.33, date(2025, 1, 10))
    scored = MeasureFigures(Scored(Verdict.KEPT, "Measured", latest))
    for computed, beside in (
        ("evidence_shown", ()),
        ("", ("The latest figure is 33.33, for 1 January 2024 to 31 December 2024.",)),
    ):
        promise = Promise("X", "1", "Measured.", measure=MeasureRule("Action taken", computed=computed))
        (told,) = said(PromiseFigures(promise, (1,), measure=scored))
        assert (told.words, told.beside) == ("Kept: Measured", beside)


def test_of_several_ways_in_which_a_promise_is_judged_each_has_its_name() -> None:
    figures = PromiseFigures(_clock(), (1,), clocks=ClockFigures(kept=9), evidence=EvidenceFigures(shown=1))
    assert [(one.name, one.words) for one in said(figures)] == [
        ("Deadlines", "Kept every time"),
        ("Evidence", TOO_FEW),
    ]


@pytest.mark.parametrize("kept", range(5))
def test_below_five_nothing_at_all_is_said_neither_what_is_beside_it(kept: int) -> None:
    for owed in range(kept, 5):
        figures = ClockFigures(
            kept=kept, missed=owed - kept, attempted=40, reclassified=9, retracted=7, took=Took(owed, HOUR, HOUR)
        )
        (told,) = said(PromiseFigures(_clock(), (1,), clocks=figures))
        assert (told.words, told.state, told.beside) == (TOO_FEW, None, ())
        (shown,) = said(PromiseFigures(_clock(), (1,), evidence=EvidenceFigures(kept, owed - kept, 12)))
        assert shown == told


def test_of_few_that_were_done_it_is_not_told_how_long_they_took_nor_how_few_are_beside_them() -> None:
    figures = ClockFigures(kept=4, missed=6, attempted=4, reclassified=4, took=Took(4, 3 * HOUR, 9 * HOUR))
    (told,) = said(PromiseFigures(_clock(), (1,), clocks=figures))
    assert (told.words, told.beside) == ("Kept about 40% of the time", ("It was owed about 10 times.",))
    assert told.state is State.NOT_KEPT


def test_only_duties_in_which_nobody_is_concerned_are_told_exactly() -> None:
    few = ClockFigures(kept=1, missed=1)
    monthly = PublicationRule("A meeting", (), Within(1, Unit.CALENDAR_MONTHS))
    for promise, told_exactly in (
        (Promise("X", "1", "Met.", publication=monthly), True),
        (_clock(Kind.PARTNERSHIP), True),
        (_clock(), False),
        (_clock(Kind.COMPLAINT), False),
        (Promise("X", "1", "Both.", clock=_clock().clock, publication=monthly), False),
    ):
        (told,) = said(PromiseFigures(promise, (1,), clocks=few))
        assert (told.words == "Kept 1 of 2") is told_exactly


def test_quarters_hold_three_months_each_and_are_told_all_or_none() -> None:
    year = [Month(date(2024, month, 1), kept=2, missed=0) for month in range(1, 13)]
    assert [(one.first.month, one.kept, one.owed) for one in quarters(year)] == [
        (1, 6, 6), (4, 6, 6), (7, 6, 6), (10, 6, 6),
    ]  # fmt: skip
    figures = PromiseFigures(_clock(), (1,))
    assert [column.label for column in course(figures, year)] == [
        "Jan to Mar",
        "Apr to Jun",
        "Jul to Sep",
        "Oct to Dec",
    ]
    assert course(figures, [*year[:-1], Month(date(2024, 12, 1))]) == []


# --- nothing secret, and what is around it ----------------------------------------------------------


def test_no_name_reference_agency_or_id_is_on_any_public_page(house: Cast) -> None:
    received(house, 6, kept=3)
    case = house.case(at("2024-03-04 09:00"), description="Canary in the stairwell", place="Canary Wharf")
    close(house, case, at("2024-03-20 12:00"))
    secret = [
        "Khan", "Amira", "Canary", "07700", "OX16", "ASB-", case.matter.reference, str(case.pk), str(house.cherwell.pk),
        house.council.name, house.police.name, *(user.name for user in house.staff.values()), "/cases/", "/promises/",
        "/dashboard/",
    ]  # fmt: skip
    codes = list(promises(look()))
    assert len(codes) == 10
    for page in ("/standards/", PAGE, *(f"{PAGE}{code}/" for code in codes)):
        text = look(page)
        assert [word for word in secret if word in text] == [], page


def test_partnerships_are_listed_and_demonstrations_say_that_they_are(house: Cast) -> None:
    Partnership.objects.create(slug="atlantis", name="Atlantis")  # without standards
    house.coventry.demonstration = True
    house.coventry.save()
    text = look("/standards/")
    assert re.findall(r'href="/standards/(\w+)/"', text) == ["cherwell", "coventry"]
    assert "Coventry Community Safety Partnership Demonstration" in words(text)
    for page, warned in ((PAGE, False), ("/standards/coventry/", True), ("/standards/coventry/T-MEET/", True)):
        assert ("Invented people and cases." in look(page)) is warned


@pytest.mark.parametrize(
    "address", ["/standards/atlantis/", "/standards/cherwell/NONE/", "/standards/atlantis/T-MEET/"]
)
def test_what_is_not_there_is_not_found(address: str, house: Cast) -> None:
    Partnership.objects.create(slug="atlantis", name="Atlantis")
    assert Client().get(address).status_code == 404


def test_caches_may_keep_the_page_of_the_public_and_never_that_of_staff(house: Cast) -> None:
    public = Client().get(PAGE)
    assert public.headers["Cache-Control"] == "public, max-age=600"
    assert "Cookie" in public.headers["Vary"]
    assert public.cookies == {}
    staff = signed_in(house.priya).get(PAGE)
    assert "no-store" in staff.headers["Cache-Control"]


def test_the_way_in_leads_to_them(house: Cast) -> None:
    assert 'href="/standards/"' in look("/sign-in/")
