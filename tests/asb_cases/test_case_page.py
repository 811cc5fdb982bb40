"""The case in ten seconds: whose it is, how grave, what is owed to whom, and what happened."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from asb_cases.models import Case, Party
from asb_cases.services.log import enter, entry
from ledger.models import Event
from ledger.vocabulary import EventKind
from standards.calendar import LONDON
from standards.models import Clock, Matter
from tests import answers
from tests.cast import KHAN, WEBB, Cast, clock, party
from tests.reading import boxes, complaint, entries, every, lost, words
from tests.system.scene import signed_in

HOUR = timedelta(hours=1)


@pytest.fixture
def case(wednesday: time_machine.Traveller, cast: Cast) -> Case:
    case = cast.case(timezone.now())
    wednesday.shift(3 * HOUR)
    return case


@pytest.fixture
def priya(cast: Cast, case: Case) -> Client:
    return signed_in(cast.priya)


def overview(client: Client, case: Case) -> str:
    return client.get(reverse("case", args=[case.matter.reference])).text


def send(client: Client, name: str, case: Case, **typed: Any) -> Any:
    return client.post(reverse(name, args=[case.matter.reference]), typed, follow=True)


# --- what it shows ---------------------------------------------------------------------------------


def test_the_overview_says_whose_the_case_is_and_what_is_owed_soonest_first(case: Case, priya: Client) -> None:
    said = words(overview(priya, case))
    assert f"{case.matter.reference} Noise, Orchard Way, Banbury" in said
    assert "Officer Priya Shah Change officer" in said
    assert "Lead agency Community Safety Team" in said
    assert "Received Wednesday 2 September 2026, 9:00am" in said
    assert (
        "Promises Contact Ms Khan Due in 2 days Friday 4 September, 9:00am 48 hours, Cherwell 3 "
        "Meet Ms Khan Due in 5 days Monday 7 September, 5:00pm 3 working days, Cherwell 3"
    ) in said
    assert "Report Telephone, Wednesday 2 September 2026, 9:00am, taken by Community Safety Team" in said


@pytest.mark.parametrize(
    ("hours", "card"),
    [
        (47, "Due today by 9:00am"),
        (48, "Due today by 9:00am"),
        (48.5, "30 minutes overdue"),
        (72, "1 day overdue"),
    ],
)
def test_a_deadline_is_told_truly_whether_or_not_anything_has_swept(
    hours: float, card: str, wednesday: time_machine.Traveller, cast: Cast
) -> None:
    case = cast.case(timezone.now())
    wednesday.shift(hours * HOUR)
    assert f"Contact Ms Khan {card}" in words(overview(signed_in(cast.priya), case))


def test_flags_stand_for_danger_risk_and_hate_and_none_without_them(cast: Cast) -> None:
    priya = signed_in(cast.priya)
    grave = cast.case(immediate_danger=True, hate=True)
    enter(
        case=grave, by=cast.priya, entries=[entry(EventKind.RISK_ASSESSED, timezone.now(), party(grave), band="high")]
    )
    flags = ["Immediate danger reported", "High risk", "Hate crime"]
    assert [flag for flag in flags if flag in every(overview(priya, grave), "ul", "app-flags")[0]] == flags
    assert every(overview(priya, cast.case()), "ul", "app-flags") == ["Open"]


def test_how_to_reach_each_person_safely_stands_beside_them(cast: Cast) -> None:
    case = cast.case(people=(
        replace(KHAN, may_write=False, safe_contact="Never at weekends"), WEBB, replace(WEBB, family_name="Zed", telephone=""),
    ))  # fmt: skip
    said = words(overview(signed_in(cast.priya), case)).partition(" People ")[2]
    assert (
        "Ms Amira Khan In this case Victim, reporter Risk Not assessed Telephone 07700 900123 "
        "E-mail amira.khan@example.org Address 4 Orchard Way OX16 0VV "
        "Reach them safely. Do not send letters, texts or e-mails. Never at weekends"
    ) in said
    assert "Mrs Vera Webb In this case Witness Risk Not assessed Telephone 07700 900456 Mrs Vera Zed" in said
    assert said.count("No way to reach them is known.") == 1


def test_a_case_in_which_nobody_is_known_says_so(cast: Cast) -> None:
    said = words(overview(signed_in(cast.priya), cast.case(people=())))
    assert "Nobody is known by name." in said
    assert "Contact the victim Due in 2 days" in said


@pytest.mark.parametrize(("who", "unreachable"), [("priya", False), ("dylan", True)])
def test_the_menu_offers_what_the_person_may_record(who: str, unreachable: bool, case: Case, cast: Cast) -> None:
    page = signed_in(cast.staff[who]).get(reverse("record_menu", args=[case.matter.reference]))
    offered = every(page.text, "li")
    assert "Contact: you spoke with them or they answered" in offered
    assert ("That they cannot be reached" in offered) is unreachable


def test_two_hundred_entries_come_in_pages_with_the_latest_first(wednesday: time_machine.Traveller, cast: Cast) -> None:
    case, priya = _long(cast, 200), signed_in(cast.priya)
    text = overview(priya, case)
    assert "Timeline (202)" in words(text)
    assert len(entries(text)) == 5
    address = reverse("case_timeline", args=[case.matter.reference])
    pages = [priya.get(address, {"page": page}).text for page in (1, 5)]
    assert "Showing 1 to 50 of 202 entries" in words(pages[0])
    assert [len(entries(page)) for page in pages] == [50, 2]
    assert entries(pages[1])[-1].startswith("Report received")
    told = [item for page in range(1, 6) for item in entries(priya.get(address, {"page": page}).text)]
    assert len(set(told)) == 202


def _long(cast: Cast, number: int) -> Case:
    case = cast.case(timezone.now() - 30 * 24 * HOUR)
    first = case.matter.received_at
    attempts = [
        entry(EventKind.CONTACT_ATTEMPTED, first + step * HOUR, party(case), channel="text") for step in range(number)
    ]
    enter(case=case, by=cast.priya, entries=attempts)
    return case


# --- whose it is -----------------------------------------------------------------------------------


def test_a_caseworker_takes_a_case_that_nobody_has_and_not_one_that_somebody_has(cast: Cast) -> None:
    case, tom = cast.case(officer=None), signed_in(cast.tom)
    assert "Take the case" in words(overview(tom, case))
    page = send(tom, "take_case", case)
    assert f"{case.matter.reference} is now your case." in words(page.text)
    assert "Take the case" not in words(page.text)
    assert signed_in(cast.priya).post(reverse("take_case", args=[case.matter.reference])).status_code == 403
    assert Matter.objects.get().officer == cast.tom
    assert Event.objects.get(kind="officer.assigned").detail == {"officer": str(cast.tom.pk)}


def promised() -> list[tuple[object, ...]]:
    """Every promise and all that is judged of it; who answers for it may change."""
    judged = [field.name for field in Clock._meta.concrete_fields if field.name not in {"agency", "officer"}]
    return list(Clock.objects.values_list(*judged))


def test_an_officer_passes_her_case_on_to_a_colleague_and_no_deadline_moves(
    case: Case, priya: Client, cast: Cast
) -> None:
    before = promised()
    form = priya.get(reverse("assign_case", args=[case.matter.reference]))
    assert [label for _, label in form.context["form"].fields["officer"].choices] == [
        "Select an officer", "Dylan Price", "Priya Shah", "Tom Ellery",
    ]  # fmt: skip
    assert boxes(form.text)["officer"] == str(cast.priya.pk)
    page = send(priya, "assign_case", case, officer=str(cast.tom.pk))
    assert f"{case.matter.reference} is now with Tom Ellery." in words(page.text)
    assert "Change officer" not in words(page.text)
    assert promised() == before
    empty = send(signed_in(cast.dylan), "assign_case", case, officer="")
    assert (empty.status_code, complaint(empty.text, "officer")) == (422, "Select who takes the case")


def test_a_team_lead_takes_a_case_from_one_officer_and_gives_it_to_another(case: Case, cast: Cast) -> None:
    assert send(signed_in(cast.dylan), "assign_case", case, officer=str(cast.tom.pk)).status_code == 200
    assert Matter.objects.get().officer == cast.tom


def test_nobody_but_a_team_lead_chooses_who_takes_a_case_that_nobody_has(cast: Cast) -> None:
    address = reverse("assign_case", args=[cast.case(officer=None).matter.reference])
    refused = signed_in(cast.priya).get(address)
    assert refused.status_code == 403
    assert "Take it yourself, or ask a team lead to give it to somebody." in words(refused.text)
    assert signed_in(cast.dylan).get(address).status_code == 200


def test_a_case_passed_to_another_agency_keeps_its_deadlines_and_loses_its_officer(
    case: Case, priya: Client, cast: Cast
) -> None:
    before = promised()
    page = send(priya, "transfer_case", case, agency=str(cast.police.pk), reason="wrong_agency")
    assert page.redirect_chain == [(reverse("cases"), 302)]
    assert "was passed on. Its deadlines stay as they are." in words(page.text)
    matter = Matter.objects.get()
    assert (matter.agency, matter.officer) == (cast.police, None)
    assert promised() == before
    told = words(overview(signed_in(cast.alex), case))
    assert "Transferred to Neighbourhood Policing: another agency is responsible by Priya Shah" in told
    again = send(signed_in(cast.alex), "transfer_case", case, agency="", reason="")
    assert (complaint(again.text, "agency"), complaint(again.text, "reason")) == (
        "Select the agency that takes the case",
        "Select why another agency takes the case",
    )


# --- people who join -------------------------------------------------------------------------------


def test_somebody_added_is_owed_what_runs_from_when_she_became_known(case: Case, priya: Client) -> None:
    since = datetime(2026, 9, 2, 10, 0, tzinfo=LONDON)
    typed = {**answers.WEBB, "roles": ["victim"], **answers.moment("known_since", since)}
    page = send(priya, "add_person", case, **typed)
    assert "The person was added." in words(page.text)
    assert clock(case, "CHER-3b-i", about=party(case, "Webb").pk).due_at == since + 48 * HOUR
    assert "Contact Mrs Webb Due in 2 days Friday 4 September, 10:00am" in words(page.text)


@pytest.mark.parametrize(
    ("changes", "box", "said"),
    [
        ({"family_name": ""}, "family_name", "Enter the person’s last name"),
        ({"roles": []}, "roles", "Select what they are in this"),
        ({"known_since_time": "soon"}, "known_since", "Enter a time, like 9:30am or 2:15pm"),
        ({"known_since_year": "2027"}, "known_since", "The date and time must be in the past"),
    ],
)
def test_a_person_without_what_is_needed_is_refused_and_everything_typed_is_kept(
    changes: answers.Answers, box: str, said: str, case: Case, priya: Client
) -> None:
    typed = {**answers.WEBB, **answers.moment("known_since", timezone.now()), **changes}
    page = send(priya, "add_person", case, **typed)
    assert (page.status_code, complaint(page.text, box)) == (422, said)
    assert lost(page.text, typed) == []
    assert Party.objects.count() == 1
