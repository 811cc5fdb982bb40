"""The report form: what it asks, what it refuses, and what it says is now promised."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from asb_cases.models import Case, ContactDetails, Party, Report
from ledger.models import Event
from notifications.models import Message
from standards.calendar import LONDON
from tests import answers
from tests.cast import Cast, party
from tests.reading import boxes, complaint, every, lost, words
from tests.system.scene import signed_in

FORM = "/reports/new/"


@pytest.fixture
def jo(cast: Cast) -> Client:
    return signed_in(cast.jo)


def promised(client: Client, typed: dict[str, Any]) -> list[str]:
    page = client.post(FORM, typed, follow=True)
    assert page.status_code == 200
    return [item for item in every(page.text, "li") if " by " in item]


# --- saved -----------------------------------------------------------------------------------------


def test_the_received_page_says_in_words_what_is_now_promised_to_whom_by_when(
    wednesday: time_machine.Traveller, cast: Cast, jo: Client
) -> None:
    hate = answers.report(cast, at=timezone.now(), hate="yes", strands=["race"])
    assert promised(jo, hate) == [
        "Contact Ms Khan by Thursday 3 September, 9:00am: 24 hours, hate crime, Cherwell 3",
        "Meet Ms Khan by Monday 7 September, 5:00pm: 3 working days, Cherwell 3",
    ]


@pytest.mark.parametrize(
    ("people", "said"),
    [
        (
            [answers.KHAN],
            [
                "Contact Ms Khan by Friday 4 September, 9:00am: 48 hours, Cherwell 3",
                "Meet Ms Khan by Monday 7 September, 5:00pm: 3 working days, Cherwell 3",
            ],
        ),
        (
            [answers.WEBB],  # a witness is owed nothing until a plan is agreed, but there is a victim somewhere
            [
                "Contact the victim by Friday 4 September, 9:00am: 48 hours, Cherwell 3",
                "Meet the victim by Monday 7 September, 5:00pm: 3 working days, Cherwell 3",
            ],
        ),
        (
            [{**answers.KHAN, "title": "", "given_name": "Sam", "family_name": "O’Neill-Ünal"}],
            [
                "Contact Sam O’Neill-Ünal by Friday 4 September, 9:00am: 48 hours, Cherwell 3",
                "Meet Sam O’Neill-Ünal by Monday 7 September, 5:00pm: 3 working days, Cherwell 3",
            ],
        ),
    ],
)
def test_each_person_is_promised_what_the_charter_says(
    people: list[answers.Answers], said: list[str], wednesday: time_machine.Traveller, cast: Cast, jo: Client
) -> None:
    typed = answers.report(cast, at=timezone.now()) | answers.people(*people)
    assert promised(jo, typed) == said


def test_a_report_without_names_is_owed_to_the_case(wednesday: time_machine.Traveller, cast: Cast, jo: Client) -> None:
    named = answers.report(cast, at=timezone.now())
    typed = {key: value for key, value in named.items() if not key.startswith("people-")} | answers.people(blank=1)
    assert promised(jo, typed) == [
        "Contact the victim by Friday 4 September, 9:00am: 48 hours, Cherwell 3",
        "Meet the victim by Monday 7 September, 5:00pm: 3 working days, Cherwell 3",
    ]
    assert not Party.objects.exists()


def test_everything_typed_reaches_the_case(cast: Cast, jo: Client) -> None:
    typed = answers.report(
        cast, answers.KHAN, answers.WEBB, hate="yes", strands=["race", "age"], channel="in_person", category="animals"
    )
    assert jo.post(FORM, typed).status_code == 302
    case = Case.objects.select_related("matter").get()
    assert (case.category, case.summary, case.place, case.postcode, case.hate_strands) == (
        "animals",
        "Loud music until three in the morning.",
        "Orchard Way, Banbury",
        "OX16 5QB",
        ["age", "race"],
    )
    assert (case.matter.agency, case.matter.partnership, case.matter.officer) == (cast.council, cast.cherwell, None)
    report = Report.objects.get()
    assert (report.channel, report.taken_by, report.reporter) == ("in_person", cast.jo, party(case))
    details = {each.person.family_name: each for each in ContactDetails.objects.select_related("person")}
    khan, webb = details["Khan"], details["Webb"]
    assert (khan.telephone, khan.email, khan.address, khan.postcode, khan.may_write, khan.safe_contact) == (
        "07700 900123",
        "amira.khan@example.org",
        "4 Orchard Way",
        "OX16 5QA",
        True,
        "Call between 9 and 3",
    )
    assert webb.may_write is False


def test_a_form_sent_twice_opens_one_case_and_sends_one_acknowledgement(cast: Cast, jo: Client) -> None:
    typed = answers.report(cast)
    first, second = jo.post(FORM, typed), jo.post(FORM, typed)
    assert first.url == second.url
    assert (Case.objects.count(), Message.objects.count()) == (1, 1)
    assert jo.post(FORM, answers.report(cast)).url != first.url


def test_each_empty_form_has_a_token_of_its_own(jo: Client) -> None:
    assert boxes(jo.get(FORM).text)["token"] != boxes(jo.get(FORM).text)["token"]


@pytest.mark.parametrize(
    ("changes", "letters"),
    [({}, 1), ({"may_write": "no"}, 0), ({"email": ""}, 0), ({"roles": ["victim"]}, 0)],
)
def test_whoever_reported_is_written_to_only_where_that_is_possible_and_safe(
    changes: answers.Answers, letters: int, cast: Cast, jo: Client
) -> None:
    assert jo.post(FORM, answers.report(cast, {**answers.KHAN, **changes})).status_code == 302
    assert Message.objects.filter(kind="acknowledgement").count() == letters


def test_immediate_danger_is_passed_to_the_police_by_whoever_took_the_report(cast: Cast, jo: Client) -> None:
    received = jo.post(FORM, answers.report(cast, immediate_danger="yes"), follow=True)
    assert "Pass it to the police now" in words(received.text)
    forward = f"{received.redirect_chain[0][0]}forwarded/"
    assert f'href="{forward}"' in received.text
    typed = {**answers.moment("at", timezone.now()), "note": "CAD 1234, Sgt Lee"}
    assert jo.post(forward, {**typed, "note": ""}).status_code == 422
    assert jo.post(forward, typed).url == received.redirect_chain[0][0]
    assert Event.objects.get(kind="police.forwarded").recorded_by == cast.jo.pk
    calm = jo.post(FORM, answers.report(cast), follow=True)
    assert "Pass it to the police now" not in words(calm.text)


def test_the_emergency_number_stands_before_any_question(jo: Client) -> None:
    text = jo.get(FORM).text.partition("<main")[2]
    assert text.index("call 999") < text.index("<form method")
    asked = every(text, "legend")
    assert asked[0] == "Is anyone in immediate danger now?"


# --- more people -----------------------------------------------------------------------------------


def test_adding_a_person_keeps_everything_typed_and_complains_of_nothing(cast: Cast, jo: Client) -> None:
    typed = answers.report(
        cast, description="", received_at_day="", hate="yes", strands=["race", "religion"], add_person="1"
    )
    page = jo.post(FORM, typed)
    assert (page.status_code, "There is a problem" in page.text) == (200, False)
    assert lost(page.text, {key: value for key, value in typed.items() if key not in NOT_A_BOX}) == []
    assert [each for each in every(page.text, "legend") if each.startswith("Person")] == ["Person 1", "Person 2"]
    assert boxes(page.text)["people-TOTAL_FORMS"] == "2"
    assert not Case.objects.exists()


def test_what_the_page_then_holds_can_be_sent_as_it_stands_and_an_unused_person_is_nobody(
    cast: Cast, jo: Client
) -> None:
    page = jo.post(FORM, answers.report(cast, add_person="1"))
    page = jo.post(FORM, {**boxes(page.text), "people-1-family_name": "Webb", "add_person": "1"})
    assert jo.post(FORM, {**boxes(page.text), "people-1-roles": ["witness"]}).status_code == 302
    assert {each.person.family_name for each in Party.objects.select_related("person")} == {"Khan", "Webb"}


def test_there_may_be_twenty_people_and_no_more(cast: Cast, jo: Client) -> None:
    many = [{**answers.KHAN, "family_name": f"Khan {number}"} for number in range(19)]
    page = jo.post(FORM, answers.report(cast, *many, add_person="1"))
    assert (boxes(page.text)["people-TOTAL_FORMS"], "Add another person" in page.text) == ("20", False)
    page = jo.post(FORM, {**boxes(page.text), "add_person": "1"})
    assert boxes(page.text)["people-TOTAL_FORMS"] == "20"


@pytest.mark.parametrize("total", ["", "many", "1000"])
def test_a_form_whose_count_of_people_was_tampered_with_is_bad_input_and_no_error(
    total: str, cast: Cast, jo: Client
) -> None:
    typed = answers.report(cast, **{"people-TOTAL_FORMS": total})
    assert jo.post(FORM, typed).status_code == 422
    assert jo.post(FORM, {**typed, "add_person": "1"}).status_code in {200, 422}
    assert not Case.objects.exists()


# --- refused ---------------------------------------------------------------------------------------

# What has no box of its own on the page, or is written anew.
NOT_A_BOX = {"add_person", "people-TOTAL_FORMS", "people-INITIAL_FORMS", "people-MIN_NUM_FORMS", "people-MAX_NUM_FORMS"}


def _on(year: int, month: int, day: int) -> answers.Answers:
    return answers.moment("received_at", datetime(year, month, day, 10, 0, tzinfo=LONDON))


REFUSED: list[tuple[answers.Answers, str, str]] = [
    ({"immediate_danger": ""}, "immediate_danger", "Select whether anyone is in immediate danger"),
    ({"channel": ""}, "channel", "Select how it was reported"),
    ({"channel": "pigeon"}, "channel", "Select how it was reported"),
    ({"category": ""}, "category", "Select the kind of behaviour"),
    ({"description": " "}, "description", "Enter what happened"),
    ({"description": "x" * 4001}, "description", "What happened must be 4,000 characters or less"),
    ({"description": "nul\x00"}, "description", "Null characters are not allowed."),
    ({"postcode": "OX16"}, "postcode", "Enter a full UK postcode, like OX16 5QA"),
    ({"hate": ""}, "hate", "Select whether it is seen as motivated by hostility or prejudice"),
    ({"hate": "yes"}, "strands", "Select what the hostility is against"),
    ({"received_at_time": ""}, "received_at", "The date and time must include a time"),
    ({"received_at_time": "9"}, "received_at", "Enter a time, like 9:30am or 2:15pm"),
    ({"received_at_day": "40"}, "received_at", "The date and time must be a real date"),
    ({"received_at_year": "2090"}, "received_at", "The date and time must be in the past"),
    (_on(2010, 3, 31), "received_at", "No standards of this partnership were in force on 31 March 2010."),
    ({"people-0-family_name": ""}, "people-0-family_name", "Enter the person’s last name"),
    ({"people-0-roles": []}, "people-0-roles", "Select what they are in this"),
    ({"people-0-email": "amira"}, "people-0-email", "Enter an email address in the correct format, like name@example.com"),
    ({"people-0-telephone": "ring me"}, "people-0-telephone", "Enter a telephone number, like 01295 000 123 or +44 7700 900 982"),
    ({"people-0-postcode": "nowhere"}, "people-0-postcode", "Enter a full UK postcode, like OX16 5QA"),
    ({"people-0-may_write": ""}, "people-0-may_write", "Select whether it is safe to write to them"),
    ]  # fmt: skip


def test_what_cannot_be_used_is_said_beside_its_box_and_everything_typed_is_kept(cast: Cast, jo: Client) -> None:
    for changes, box, said in REFUSED:
        typed = answers.report(cast) | changes
        page = jo.post(FORM, typed)
        assert (page.status_code, complaint(page.text, box)) == (422, said)
        unselectable = {key for key, value in changes.items() if value in ("pigeon", " ", "nul\x00")}
        sent = {key: value for key, value in typed.items() if key not in NOT_A_BOX | unselectable}
        assert lost(page.text, sent) == [], box
        assert page.text.count("<title>Error: ") == 1
    assert not Case.objects.exists()


def test_a_report_from_a_year_whose_bank_holidays_nobody_knows_is_refused_with_the_reason(
    cast: Cast, jo: Client
) -> None:
    page = jo.post(FORM, answers.report(cast) | _on(2011, 6, 1))
    assert page.status_code == 422
    assert "bank holidays" in complaint(page.text, "received_at").lower()


def test_a_postcode_may_be_typed_in_any_way_and_an_answer_not_asked_for_does_not_count(cast: Cast, jo: Client) -> None:
    assert jo.post(FORM, answers.report(cast, postcode=" ox165qb", hate="no", strands=["race"])).status_code == 302
    case = Case.objects.get()
    assert (case.postcode, case.hate, case.hate_strands) == ("OX16 5QB", False, [])


# --- taken before ----------------------------------------------------------------------------------


def test_a_call_taker_finds_the_reports_she_took_the_latest_first(cast: Cast, jo: Client) -> None:
    assert "You have not taken a report yet" in words(jo.get("/reports/").text)
    cases = [cast.case(timezone.now() - timedelta(hours=hours)) for hours in (1, 3, 2)]
    cast.case(taken_by=cast.priya.pk)
    text = jo.get("/reports/").text
    assert [row.split()[0] for row in every(text, "th", "govuk-table__header")[4:]] == [
        case.matter.reference for case in reversed(cases)
    ]
    assert "3 reports" in words(text)
    assert f'href="{reverse("report_received", args=[cases[0].pk])}"' in text
