"""Neighbourhoods as the partnership's manager keeps them: what each is owed begins, changes hands and ends with them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ledger.models import Event
from partners.models import Neighbourhood
from standards.engine import Outcome
from standards.models import Clock, Matter
from tests import answers
from tests.cast import Cast
from tests.community.conftest import add, begin, membership, months_ago, place, record
from tests.reading import complaint, every, lost, words
from tests.system.scene import signed_in

LIST = "/community/neighbourhoods/"
NEW = f"{LIST}new/"


def rows(client: Client) -> list[list[str]]:
    """The table: where, answerable, next due, missed so far."""
    text = client.get(LIST).text
    body = text[text.index("<tbody") : text.index("</tbody>")].split("<tr")[1:]
    return [[every(row, "th")[0], *every(row, "td")[:1], every(row, "td")[2]] for row in body]


def test_before_anything_has_begun_it_says_that_nobody_answers(grace: Client) -> None:
    assert rows(grace) == [["Whole partnership", "Nobody yet: the duty has not begun", "0"]]


def test_a_neighbourhood_added_is_owed_its_meeting_from_then_on(grace: Client, monthly: Cast) -> None:
    duty = add(grace, monthly, months_ago(2))
    assert (duty.kind, duty.reference, duty.agency, duty.officer) == (
        "neighbourhood", "CHER-N1", monthly.council, monthly.priya,
    )  # fmt: skip
    assert duty.received_at == months_ago(2)
    meetings = Clock.objects.filter(matter=duty, promise__code="CHER-M").order_by("turn")
    assert [clock.outcome for clock in meetings] == ["missed", "missed", "running"]
    since = f"{months_ago(2):%-d %B %Y}"
    assert rows(grace) == [
        ["Whole partnership", "Nobody yet: the duty has not begun", "0"],
        [f"Orchard Park Since {since}", "Community Safety Team Priya Shah", "2"],
    ]
    opened = Event.objects.get(matter=duty.pk, kind="matter.opened")
    assert (opened.recorded_by, opened.agency) == (monthly.grace.pk, monthly.council.pk)


def test_one_that_begins_today_owes_nothing_of_yesterday(grace: Client, monthly: Cast) -> None:
    duty = add(grace, monthly, timezone.localtime())
    assert duty.received_at == timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    assert list(Clock.objects.filter(matter=duty).values_list("outcome", flat=True)) == ["running"]


def refused(client: Client, typed: answers.Answers, box: str) -> str:
    answered = client.post(NEW, typed)
    assert answered.status_code == 422
    assert lost(answered.text, typed) == []
    assert Matter.objects.filter(kind="neighbourhood").count() == Neighbourhood.objects.count()
    return complaint(answered.text, box)


def test_what_is_wrong_is_said_beside_its_box_and_nothing_is_lost(grace: Client, monthly: Cast) -> None:
    today = timezone.localdate()
    add(grace, monthly, months_ago(0), "Canalside")
    assert refused(grace, place(monthly, today, ""), "name") == "Enter a name"
    assert refused(grace, place(monthly, today, "CANALSIDE"), "name") == "There is a neighbourhood of this name already"
    assert refused(grace, place(monthly, date(2010, 3, 31)), "valid_from") == (
        "No standards of this partnership were in force on 31 March 2010"
    )
    tomorrow = today + timedelta(days=1)
    assert refused(grace, place(monthly, tomorrow), "valid_from") == "The first day must be today or in the past"
    assert refused(grace, place(monthly, today, membership=""), "membership") == (
        "Select the agency that answers for it"
    )
    elsewhere = place(monthly, today, officer=str(monthly.alex.pk))
    assert refused(grace, elsewhere, "officer") == (
        "Select somebody who works for Community Safety Team, or “Nobody yet”"
    )
    foreign = place(monthly, today, membership=str(monthly.coventry.memberships.get().pk))
    assert grace.post(NEW, foreign).status_code == 422
    assert list(Neighbourhood.objects.values_list("name", flat=True)) == ["Canalside"]


def test_renaming_changes_the_name_and_nothing_else(grace: Client, monthly: Cast) -> None:
    duty = add(grace, monthly, months_ago(1))
    add(grace, monthly, months_ago(0), "Canalside")
    address = f"{LIST}{duty.neighbourhood_id}/rename/"
    assert 'value="Orchard Park"' in grace.get(address).text
    taken = grace.post(address, {"name": "canalside"})
    assert (taken.status_code, complaint(taken.text, "name")) == (422, "There is a neighbourhood of this name already")
    assert grace.post(address, {"name": "Orchard Park and Mill"}).status_code == 302
    duty.neighbourhood.refresh_from_db()
    assert duty.neighbourhood.name == "Orchard Park and Mill"
    assert Matter.objects.get(pk=duty.pk).received_at == months_ago(1)


def end(client: Client, duty: Matter, day: date) -> Any:
    return client.post(f"{LIST}{duty.neighbourhood_id}/end/", answers.day("at", day))


def test_ending_one_ends_what_it_is_owed_and_keeps_what_was_missed(grace: Client, monthly: Cast) -> None:
    duty = add(grace, monthly, months_ago(3))
    last = months_ago(1, day=10).date()
    assert end(grace, duty, last).status_code == 302
    duty.refresh_from_db()
    assert duty.closed_at == months_ago(1, day=11)
    meetings = Clock.objects.filter(matter=duty, promise__code="CHER-M").exclude(outcome=Outcome.VOID)
    assert list(meetings.order_by("turn").values_list("outcome", flat=True)) == ["missed", "missed", "ended"]
    assert end(grace, duty, last).status_code == 404
    assert rows(grace)[1][0].startswith("Orchard Park ")
    assert f"to {last:%-d %B %Y}" in rows(grace)[1][0]
    # Another one may have the name now.
    assert add(grace, monthly, months_ago(0)).pk != duty.pk


def test_one_whose_meeting_was_held_this_month_ends_today(grace: Client, monthly: Cast) -> None:
    """The turn of next month, which has not begun, goes with it."""
    duty = add(grace, monthly, timezone.localtime())
    record(grace, duty, timezone.now())
    assert end(grace, duty, timezone.localdate()).status_code == 302
    meetings = Clock.objects.filter(matter=duty, promise__code="CHER-M").order_by("turn")
    assert list(meetings.values_list("outcome", flat=True)) == ["kept", "void"]


def test_it_cannot_end_before_it_began(grace: Client, monthly: Cast) -> None:
    duty = add(grace, monthly, months_ago(1))
    refused = end(grace, duty, months_ago(2).date())
    assert refused.status_code == 422
    assert complaint(refused.text, "at") == (
        f"Enter {months_ago(1):%-d %B %Y} or a later day: what it is owed now began on that day."
    )
    assert Neighbourhood.objects.get().valid_to is None


def test_the_partnerships_own_duty_begins_once(grace: Client, monthly: Cast) -> None:
    duty = begin(grace, monthly, months_ago(0))
    assert (duty.reference, duty.agency, duty.officer) == ("CHER-P1", monthly.council, None)
    again = grace.get("/community/duties/new/")
    assert again.status_code == 403
    assert "has begun already" in words(again.text)


def test_handing_it_over_moves_what_is_to_be_done_and_no_deadline(grace: Client, monthly: Cast) -> None:
    duty = add(grace, monthly, months_ago(1))
    before = list(Clock.objects.filter(matter=duty).order_by("pk").values_list("due_at", "outcome"))
    address = f"/community/duties/{duty.pk}/hand-over/"
    typed = {"membership": membership(monthly, monthly.police), "officer": str(monthly.alex.pk), "reason": "agreed"}
    assert grace.post(address, typed).status_code == 302
    duty.refresh_from_db()
    assert (duty.agency, duty.officer) == (monthly.police, monthly.alex)
    assert list(Clock.objects.filter(matter=duty).order_by("pk").values_list("due_at", "outcome")) == before
    whose = dict(Clock.objects.filter(matter=duty).values_list("outcome", "agency__name"))
    assert whose == {"missed": "Community Safety Team", "running": "Neighbourhood Policing"}
    again = grace.post(address, typed)
    assert again.status_code == 422
    assert "This agency answers for it already" in words(again.text)


def test_another_officer_of_the_same_agency_takes_over(grace: Client, monthly: Cast) -> None:
    duty = add(grace, monthly, months_ago(0))
    typed = {"membership": membership(monthly), "officer": str(monthly.tom.pk), "reason": "agreed"}
    assert grace.post(f"/community/duties/{duty.pk}/hand-over/", typed).status_code == 302
    assert Matter.objects.get(pk=duty.pk).officer == monthly.tom
    assert [event.kind for event in Event.objects.filter(matter=duty.pk)] == ["matter.opened", "officer.assigned"]


def test_channels_are_added_and_retired_and_stay(grace: Client, monthly: Cast) -> None:
    add(grace, monthly, months_ago(0))
    text = grace.get("/community/channels/").text
    assert every(text, "th")[3:] == [
        "E-mail or text message", "Leaflet", "Local press", "Local radio", "Newsletter", "Notice board",
        "Public meeting", "Social media", "Street briefing", "Website",
    ]  # fmt: skip
    typed = {"name": "Ringmaster", **answers.day("valid_from", date(2010, 4, 1))}
    assert grace.post("/community/channels/", typed).status_code == 302
    twice = grace.post("/community/channels/", {**typed, "name": "ringmaster"})
    assert (twice.status_code, complaint(twice.text, "name")) == (422, "There is a channel of this name already")
    ringmaster = next(line for line in grace.get("/community/channels/").text.split("<tr") if "Ringmaster" in line)
    address = ringmaster.split('href="')[1].split('"')[0]
    early = grace.post(address, answers.day("at", date(2009, 1, 1)))
    assert complaint(early.text, "at") == "Enter 1 April 2010 or a later day: it has been in use since then."
    assert grace.post(address, answers.day("at", date(2015, 3, 31))).status_code == 302
    retired = grace.get("/community/channels/").text.partition("Retired")[2]
    assert every(retired, "td")[:2] == ["1 April 2010", "31 March 2015"]
    assert grace.get(address).status_code == 404


@pytest.mark.parametrize("who", ["jo", "priya", "dylan", "alex"])
def test_only_the_manager_changes_anything(monthly: Cast, grace: Client, who: str) -> None:
    duty = add(grace, monthly, months_ago(0))
    client = signed_in(monthly.staff[who])
    text = client.get(LIST).text
    assert "Add a neighbourhood" not in text
    assert "Hand over" not in text
    for address in (NEW, f"{LIST}{duty.neighbourhood_id}/end/", f"/community/duties/{duty.pk}/hand-over/"):
        assert client.get(address).status_code == 403
    assert client.get("/community/channels/").status_code == 403


@pytest.mark.parametrize("who", ["olga", "leo", "maya"])
def test_nobody_elses_neighbourhood_is_there(monthly: Cast, grace: Client, who: str) -> None:
    duty = add(grace, monthly, months_ago(0))
    client = signed_in(monthly.staff[who])
    assert "Orchard Park" not in client.get(LIST).text
    for address in (f"{LIST}{duty.neighbourhood_id}/rename/", f"/community/duties/{duty.pk}/record/"):
        assert client.get(address).status_code == 404


def test_a_late_meeting_of_one_that_ended_can_still_be_recorded(grace: Client, monthly: Cast) -> None:
    duty = add(grace, monthly, months_ago(3))
    end(grace, duty, months_ago(1, day=10).date())
    assert record(grace, duty, months_ago(3, day=9, hour=19)).status_code == 302
    meetings = Clock.objects.filter(matter=duty, promise__code="CHER-M").exclude(outcome=Outcome.VOID)
    assert list(meetings.order_by("turn").values_list("outcome", flat=True)) == ["kept", "missed", "ended"]
