"""The versions of a partnership's standards: what runs under each, which cases, and what changed between two."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from asb_cases.models import Case
from asb_cases.services.closure import close_case
from asb_cases.vocabulary import ClosureOutcome
from dashboards.what_if.selectors import charters_to_try
from frontend.words import date_words
from standards import figures
from standards.changing import RefusedChange, newest_version, withdraw_version
from standards.loading import load_charter
from standards.models import Charter, Matter
from standards.selectors import charter_in_force, layer_in_force, versions_of
from tests.cast import CHARTERS, Cast
from tests.reading import every, words
from tests.system.scene import signed_in

URL = "/dashboard/standards/cherwell/versions/"
LAW = CHARTERS / "england-2026.toml"
DAY = timedelta(days=1)


def load(cast: Cast, tmp_path: Path, effective_from: date, *changes: tuple[str, str]) -> Charter:
    text = (CHARTERS / "cherwell.toml").read_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = tmp_path / "cherwell.toml"
    path.write_text(text)
    return load_charter(partnership=cast.cherwell.pk, path=path, effective_from=effective_from)


def rows(text: str) -> list[list[str]]:
    """Each row of the page's tables: heading and cells."""
    return [[*every(row, "th"), *every(row, "td")] for row in text.split("<tr")[1:] if "<td" in row]


def links(text: str) -> list[str]:
    main = text[text.index("<main") : text.index("</main>")]
    return [piece.partition('"')[0] for piece in main.split('href="')[1:]]


@pytest.fixture
def three(cast: Cast, tmp_path: Path) -> Cast:
    """Version 1 with two cases, one of them closed; version 2 since yesterday with one; version 3 from 2090 on."""
    for hours in (60, 50):
        last = cast.case(timezone.now() - timedelta(hours=hours))
    close_case(case=last, outcome=ClosureOutcome.RESOLVED, at=timezone.now(), by=cast.dylan, note="All quiet.")
    load(cast, tmp_path, timezone.localdate() - DAY, ('close_of_day = "17:00"', 'close_of_day = "16:30"'))
    cast.case()
    load(cast, tmp_path, date(2090, 1, 1))
    return cast


def test_each_version_says_when_it_counts_and_what_runs_under_it(three: Cast) -> None:
    today, yesterday = timezone.localdate(), timezone.localdate() - DAY
    before = yesterday - DAY
    response = signed_in(three.jo).get(URL)
    assert response.status_code == 200
    document = "Tackling not Tolerating Anti-social Behaviour"

    def told(day: date) -> str:
        return f"{day.day} {day:%B %Y}"

    assert rows(response.text) == [
        ["Version 3 Planned", "From 1 January 2090", f"{told(today)} From the document",
         f"{document} See what changed in version 3", "0", "0"],
        ["Version 2 In force", f"From {told(yesterday)} until 31 December 2089", f"{told(today)} From the document",
         f"{document} See what changed in version 2", "1", "1"],
        ["Version 1 Earlier", f"From 1 April 2010 until {told(before)}", f"{told(today)} From the document",
         document, "1", "2"],
    ]  # fmt: skip


def test_who_works_on_cases_may_open_the_list_of_her_agency_and_others_see_the_number_only(three: Cast) -> None:
    assert f"{URL}1/cases/" in links(signed_in(three.priya).get(URL).text)
    for nobody_of_casework in (three.jo, three.grace):
        client = signed_in(nobody_of_casework)
        assert f"{URL}1/cases/" not in links(client.get(URL).text)
        assert client.get(f"{URL}1/cases/").status_code == 403
    of_the_council = Case.objects.filter(matter__charter__version=1).order_by("matter__received_at")
    found = signed_in(three.priya).get(f"{URL}1/cases/").text
    assert [row[0].split()[0] for row in rows(found)] == [each.matter.reference for each in of_the_council]
    assert [row[4] == "Open" for row in rows(found)] == [True, False]
    assert "Your agency has no cases under this version." in words(signed_in(three.alex).get(f"{URL}1/cases/").text)
    assert signed_in(three.priya).get(f"{URL}9/cases/").status_code == 404


def test_elsewhere_it_is_not_there(three: Cast) -> None:
    for stranger in (three.olga, three.leo, three.maya, three.noah):
        client = signed_in(stranger)
        for address in (URL, f"{URL}1/cases/", f"{URL}1..2/", "/dashboard/standards/atlantis/versions/"):
            assert client.get(address).status_code == 404, (stranger, address)


def test_what_changed_between_two_versions(cast: Cast, tmp_path: Path) -> None:
    load(
        cast,
        tmp_path,
        date(2026, 1, 5),
        ('close_of_day = "17:00"', 'close_of_day = "16:30"'),
        ("amount = 48", "amount = 36"),
        ('code = "CHER-3c"', 'code = "CHER-3x"'),
    )
    text = signed_in(cast.alex).get(f"{URL}1..2/").text
    assert "Version 2 counts for what is received from 5 January 2026 on." in words(text)
    assert rows(text) == [
        ["End of the working day", "5:00pm", "4:30pm"],
        ["Time allowed", "48 hours", "36 hours"],
        ["CHER-3x Clause 3", "Each victim is met, at a place and time agreed with them, within 3 working days.",
         "3 working days"],
        ["CHER-3c Clause 3", "Each victim is met, at a place and time agreed with them, within 3 working days.",
         "3 working days"],
    ]  # fmt: skip
    assert every(text, "caption") == [
        "Settings",
        "What changed in CHER-3b-i",
        "Promises that were added",
        "Promises that were removed",
    ]


def test_two_versions_that_say_the_same_say_so(three: Cast) -> None:
    assert "Both versions say the same." in words(signed_in(three.alex).get(f"{URL}1..3/").text)


@pytest.mark.parametrize("pair", ["1..1", "2..1", "1..9"])
def test_only_an_earlier_and_a_later_version_can_be_compared(pair: str, three: Cast) -> None:
    assert signed_in(three.alex).get(f"{URL}{pair}/").status_code == 404


def test_the_law_has_its_versions_too(cast: Cast, tmp_path: Path) -> None:
    later = tmp_path / "later.toml"
    later.write_text(LAW.read_text().replace('short_name = "', 'short_name = "New ', 1))
    load_charter(partnership=None, path=LAW, effective_from=date(2020, 1, 1))
    cast.case()
    load_charter(partnership=None, path=later, effective_from=date(2090, 1, 1))
    client = signed_in(cast.priya)
    law = "/dashboard/standards/cherwell/law"
    assert f"{law}/1..2/" in links(client.get(URL).text)
    assert [row[0] for row in rows(client.get(URL).text)] == [
        "Version 1 In force",
        "Version 2 Planned",
        "Version 1 In force",
    ]
    ((what, old, new),) = rows(client.get(f"{law}/1..2/").text)
    assert (what, new) == ("Short name", f"New {old}")
    assert [row[0].split()[0] for row in rows(client.get(f"{law}/1/cases/").text)] == [Matter.objects.get().reference]
    assert client.get(f"{law}/3/cases/").status_code == 404


# --- taking back what is not in force yet ---


def test_a_manager_withdraws_a_version_that_is_not_in_force_yet(three: Cast) -> None:
    client = signed_in(three.grace)
    assert [link for link in links(client.get(URL).text) if "withdraw" in link] == [f"{URL}3/withdraw/"]
    asked = client.get(f"{URL}3/withdraw/")
    assert "It was to count from 1 January 2090." in words(asked.text)
    done = client.post(f"{URL}3/withdraw/", follow=True)
    assert "Version 3 was withdrawn. It will not take effect." in words(done.text)
    today = timezone.localdate()
    document = "Tackling not Tolerating Anti-social Behaviour"
    withdrawn, in_force, _ = rows(done.text)
    assert withdrawn == [
        "Version 3 Withdrawn",
        "From 1 January 2090",
        f"{date_words(today)} From the document",
        f"{document} Withdrawn on {date_words(today)} by Grace Okafor",
        "0",
        "0",
    ]
    assert every(done.text, "del") == ["Version 3", "From 1 January 2090"]
    assert in_force[1] == f"From {date_words(today - DAY)}", "it goes on"
    assert f"{URL}1..2/" in links(done.text)
    assert not [link for link in links(done.text) if "withdraw" in link or "3" in link.removeprefix(URL)]


def test_a_withdrawn_version_counts_for_nothing(three: Cast, tmp_path: Path) -> None:
    third = Charter.objects.get(partnership=three.cherwell, version=3)
    client, later = signed_in(three.grace), date(2090, 1, 2)
    assert charter_in_force(three.cherwell.pk, later) == newest_version(three.cherwell.pk) == third
    withdraw_version(partnership=three.cherwell.pk, version=3, by=three.grace)
    assert charter_in_force(three.cherwell.pk, later).version == newest_version(three.cherwell.pk).version == 2
    assert [pk == third.pk for _, pk in versions_of(three.cherwell.pk)] == [False, False]
    assert {charter.version for charter in charters_to_try(three.grace)} == {1, 2}
    assert client.get(f"{URL}1..3/").status_code == client.get(f"{URL}2..3/").status_code == 404
    again = client.post(f"{URL}3/withdraw/", follow=True)
    assert "This version was withdrawn already." in words(again.text)
    with pytest.raises(RefusedChange, match="withdrawn already"):
        withdraw_version(partnership=three.cherwell.pk, version=3, by=three.maya)
    third.refresh_from_db()
    assert third.withdrawn_by == three.grace


def test_figures_leave_a_withdrawn_version_out(three: Cast, tmp_path: Path) -> None:
    """Also when its day comes."""
    text = ('code = "CHER-3c"', 'code = "CHER-3x"')
    load(three, tmp_path, date(2091, 1, 1), text)
    withdraw_version(partnership=three.cherwell.pk, version=4, by=three.grace)
    _, since = figures._rows(three.cherwell.pk, {"CHER-3c", "CHER-3x"})
    assert list(since) == ["CHER-3c"]
    in_force, _ = figures._in_force(three.cherwell.pk, date(2091, 1, 2))
    assert in_force.version == 3


def test_the_law_can_be_taken_back_too(cast: Cast, tmp_path: Path) -> None:
    first = load_charter(partnership=None, path=LAW, effective_from=date(2020, 1, 1))
    later = load_charter(partnership=None, path=LAW, effective_from=date(2090, 1, 1))
    assert layer_in_force(date(2090, 1, 1)) == later
    Charter.objects.filter(pk=later.pk).update(withdrawn_at=timezone.now(), withdrawn_by=cast.grace)
    assert layer_in_force(date(2090, 1, 1)) == first


def test_the_number_of_a_withdrawn_version_is_not_used_again_but_its_day_may_be(three: Cast, tmp_path: Path) -> None:
    with pytest.raises(IntegrityError, match="charter_day_once"), transaction.atomic():
        load(three, tmp_path, date(2090, 1, 1))
    withdraw_version(partnership=three.cherwell.pk, version=3, by=three.grace)
    assert load(three, tmp_path, date(2090, 1, 1)).version == 4
    told = rows(signed_in(three.grace).get(URL).text)
    assert [row[0] for row in told] == [
        "Version 4 Planned", "Version 3 Withdrawn", "Version 2 In force", "Version 1 Earlier",
    ]  # fmt: skip
    assert f"{URL}2..4/" in links(signed_in(three.grace).get(URL).text)


@pytest.mark.parametrize("who", ["grace", None])
def test_nothing_is_withdrawn_by_halves(three: Cast, who: str | None) -> None:
    half = {"withdrawn_by": three.grace} if who else {"withdrawn_at": timezone.now()}
    with pytest.raises(IntegrityError, match="charter_withdrawn_whole"), transaction.atomic():
        Charter.objects.filter(version=3, partnership=three.cherwell).update(**half)


def test_what_is_in_force_or_built_upon_or_used_stays(three: Cast) -> None:
    client = signed_in(three.grace)
    in_force = client.post(f"{URL}2/withdraw/", follow=True)
    assert "This version is in force. Change the settings again instead." in words(in_force.text)
    Charter.objects.filter(version=2, partnership=three.cherwell).update(effective_from=date(2089, 1, 1))
    built_upon = client.post(f"{URL}2/withdraw/", follow=True)
    assert "Version 3 was made from this one. Withdraw that first." in words(built_upon.text)
    Matter.objects.filter(charter__version=2).update(charter=Charter.objects.get(version=3, partnership=three.cherwell))
    used = client.post(f"{URL}3/withdraw/", follow=True)
    assert "A matter runs under this version already." in words(used.text)
    assert Charter.objects.filter(partnership=three.cherwell).count() == 3


def test_only_a_manager_of_the_partnership_withdraws(three: Cast) -> None:
    for who, status in {"dylan": 403, "priya": 403, "maya": 404, "noah": 404}.items():
        assert signed_in(three.staff[who]).post(f"{URL}3/withdraw/").status_code == status, who
    assert signed_in(three.grace).post(f"{URL}9/withdraw/").status_code == 404
    assert Charter.objects.filter(partnership=three.cherwell).count() == 3
