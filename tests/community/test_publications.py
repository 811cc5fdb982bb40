"""What the public is shown: what is due, what was done, and what was taken back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from community.models import Channel, Publication
from ledger.models import Event
from standards.duties import turn_over
from standards.loading import load_charter
from standards.models import Breach, Clock, Matter
from standards.sweep import sweep
from tests.cast import Cast
from tests.community.conftest import add, begin, months_ago, record, shown
from tests.reading import complaint, every, lost, words
from tests.system.scene import signed_in

DUE = "/community/publications/"
LOG = f"{DUE}log/"


def due(client: Client, query: str = "") -> list[list[str]]:
    """The table of what is due: what, where, last done, due."""
    text = client.get(f"{DUE}{query}").text
    body = text[text.index("<tbody") : text.index("</tbody>")].split("<tr")[1:]
    return [[every(row, "th")[0], *every(row, "td")[:3]] for row in body]


def log(client: Client, query: str = "") -> list[str]:
    """The titles in the log, with what was struck through in brackets."""
    text = client.get(f"{LOG}{query}").text
    if "<tbody" not in text:
        return []
    body = text[text.index("<tbody") : text.index("</tbody>")].split("<tr")[1:]
    return [f"({every(row, 'del')[0]})" if "<del>" in row else every(row, "span")[0] for row in body]


def meetings(duty: Matter) -> list[str]:
    clocks = Clock.objects.filter(matter=duty, promise__code="CHER-M").exclude(outcome="void").order_by("turn")
    return list(clocks.values_list("outcome", flat=True))


def end_of(months: int) -> str:
    """The last day of the month so many months ago."""
    return f"{months_ago(months - 1) - timedelta(days=1):%-d %B %Y}"


def test_a_meeting_held_keeps_its_month_and_withdrawn_it_is_missed_again(grace: Client, monthly: Cast) -> None:
    duty = add(grace, monthly, months_ago(1))
    sweep()
    assert meetings(duty) == ["missed", "running"]
    held = months_ago(1, day=9, hour=19)
    assert record(grace, duty, held).status_code == 302
    assert meetings(duty) == ["kept", "running"]
    assert Breach.objects.get().retracted_at is not None
    assert log(grace) == ["Meeting in the hall"]

    publication = Publication.objects.get()
    event = Event.objects.get(pk=publication.event)
    assert (event.kind, event.occurred_at, event.detail) == (
        "neighbourhood.met", held, {"channel": publication.channel_id},
    )  # fmt: skip
    address = f"{DUE}{publication.pk}/withdraw/"
    empty = grace.post(address, {"reason": ""})
    assert (empty.status_code, complaint(empty.text, "reason")) == (422, "Enter why it is withdrawn")
    assert grace.post(address, {"reason": "It was another hall"}).status_code == 302
    assert meetings(duty) == ["missed", "running"]
    assert Breach.objects.get().retracted_at is None
    assert log(grace) == ["(Meeting in the hall)"]
    today = f"{timezone.localdate():%-d %B %Y}"
    assert f"Withdrawn on {today} by Grace Okafor: It was another hall" in words(grace.get(LOG).text)
    withdrawal = Event.objects.get(kind="entry.withdrawn")
    assert (withdrawal.corrects_id, withdrawal.detail) == (event.pk, {})
    assert grace.get(address).status_code == 403
    assert Publication.objects.get().text == "Noise at night, and what is done about it."


def test_a_month_that_passes_without_a_meeting_is_missed_by_itself(grace: Client, monthly: Cast) -> None:
    """As if nobody had opened a page since: the month's clock is the last, and its deadline is past."""
    duty = add(grace, monthly, months_ago(1))
    Clock.objects.filter(matter=duty, turn__gt=1).delete()
    passed = Clock.objects.get(matter=duty)
    Clock.objects.filter(pk=passed.pk).update(outcome="running", ended_at=None, next_check_at=passed.due_at)
    Matter.objects.filter(pk=duty.pk).update(next_due_at=passed.due_at)
    assert due(grace)[0][3].endswith(f"By {end_of(1)}")
    assert "overdue" in due(grace)[0][3]
    assert turn_over() == 1
    sweep()
    assert meetings(duty) == ["missed", "running"]
    assert Breach.objects.get().due_at == months_ago(0) - timedelta(seconds=1)
    assert due(grace)[0][3] == f"Not done by {end_of(1)} Due again by {end_of(0)}"


def test_the_worst_stands_first(grace: Client, monthly: Cast) -> None:
    begin(grace, monthly, months_ago(0))
    orchard = add(grace, monthly, months_ago(1))
    canal = add(grace, monthly, months_ago(1), "Canalside")
    held = months_ago(1, day=9, hour=19)
    record(grace, canal, held)
    record(grace, canal, timezone.now() - timedelta(minutes=1), "directory.verified")
    year_end = Clock.objects.get(promise__code="CHER-T").due_at
    months = due(grace)
    assert [row[:3] for row in months] == [
        ["A meeting in the neighbourhood CHER-M", "Orchard Park", "Never"],
        ["Who represents each agency CHER-N", "Orchard Park", "Never"],
        ["The standards, and how they are kept CHER-S", "Whole partnership", "Never"],
        ["A meeting in the neighbourhood CHER-M", "Canalside", f"{held:%-d %B %Y}"],
        ["Targets are set every year. CHER-T", "Whole partnership", "Never"],
        ["Who represents each agency CHER-N", "Canalside", f"{timezone.localdate():%-d %B %Y}"],
    ]
    assert [row[3] for row in months if "Once" in row[3]] == ["Once, not done yet", "Once, not done yet", "Once, done"]
    assert months[4][3].endswith(f"By {timezone.localtime(year_end):%-d %B %Y}")
    assert "6 promises, 1 overdue." in words(grace.get(DUE).text)
    assert [row[0] for row in due(grace, f"?place={orchard.neighbourhood_id}")] == [
        "A meeting in the neighbourhood CHER-M", "Who represents each agency CHER-N",
    ]  # fmt: skip
    assert [row[0] for row in due(grace, "?place=whole")] == [
        "The standards, and how they are kept CHER-S", "Targets are set every year. CHER-T",
    ]  # fmt: skip


def test_what_is_done_this_month_is_owed_again_by_the_end_of_the_next(grace: Client, monthly: Cast) -> None:
    duty = add(grace, monthly, months_ago(1))
    record(grace, duty, months_ago(1, day=9, hour=19))
    record(grace, duty, timezone.now() - timedelta(minutes=1))
    (row,) = [row for row in due(grace) if "CHER-M" in row[0]]
    assert row[3] == f"Done for now Next by {end_of(-1)}"


def test_this_months_meeting_withdrawn_takes_next_months_turn_with_it(grace: Client, monthly: Cast) -> None:
    duty = add(grace, monthly, timezone.localtime())
    record(grace, duty, timezone.now())
    assert meetings(duty) == ["kept", "running"]
    withdrawn = grace.post(f"{DUE}{Publication.objects.get().pk}/withdraw/", {"reason": "It was another hall"})
    assert withdrawn.status_code == 302
    assert meetings(duty) == ["running"]


def test_only_what_the_standards_name_for_the_place_can_be_recorded(grace: Client, monthly: Cast) -> None:
    duty = add(grace, monthly, months_ago(1))
    text = grace.get(f"/community/duties/{duty.pk}/record/?kind=directory.verified").text
    assert every(text, "label", "govuk-radios__label") == [
        "A neighbourhood meeting was held",
        "A walkabout, forum, briefing, event or campaign was held",
        "Who represents each agency and how to reach them was checked and shown",
    ]
    assert 'value="directory.verified" checked' in " ".join(text.split())
    refused = record(grace, duty, months_ago(1, day=9), "standards.published")
    assert refused.status_code == 422
    assert Publication.objects.count() == 0


WRONG: dict[str, tuple[dict[str, Any], str, str]] = {
    "nothing chosen": ({"kind": ""}, "kind", "Select what was done"),
    "no channel": ({"channel": ""}, "channel", "Select the channel"),
    "no title": ({"title": ""}, "title", "Enter a title"),
    "nothing shown": ({"text": ""}, "text", "Enter a web address above, or what was shown or said"),
    "a script": ({"url": "javascript:alert(1)"}, "url", "Enter a web address, like https://www.example.org/news"),
    "another scheme": ({"url": "ftp://example.org/a"}, "url", "Enter a web address, like https://www.example.org/news"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_wrong_is_said_beside_its_box_and_nothing_is_lost(grace: Client, monthly: Cast, wrong: str) -> None:
    duty = add(grace, monthly, months_ago(1))
    changes, box, said = WRONG[wrong]
    answered = record(grace, duty, months_ago(1, day=9), **changes)
    assert answered.status_code == 422
    assert complaint(answered.text, box) == said
    assert lost(answered.text, shown(duty, months_ago(1, day=9), **changes)) == []
    assert Publication.objects.count() == 0


def test_a_link_alone_is_enough(grace: Client, monthly: Cast) -> None:
    duty = add(grace, monthly, months_ago(1))
    assert record(grace, duty, months_ago(1, day=9), text="", url="www.example.org/news").status_code == 302
    assert Publication.objects.get().url == "https://www.example.org/news"


def test_a_retired_channel_is_good_for_what_happened_while_it_was_in_use(grace: Client, monthly: Cast) -> None:
    duty = add(grace, monthly, months_ago(3))
    last = months_ago(2, day=10).date()
    old = Channel.objects.create(
        partnership=monthly.cherwell, name="Ringmaster", valid_from=date(2010, 4, 1), valid_to=last
    )
    assert record(grace, duty, months_ago(2, day=10, hour=23), channel=str(old.pk)).status_code == 302
    late = record(grace, duty, months_ago(2, day=11), channel=str(old.pk))
    assert late.status_code == 422
    assert complaint(late.text, "channel") == (
        f"This channel was retired on {last:%-d %B %Y}. Select another one"
    )  # fmt: skip


def test_the_log_is_narrowed_down_and_downloaded(grace: Client, monthly: Cast) -> None:
    orchard = add(grace, monthly, months_ago(2))
    canal = add(grace, monthly, months_ago(2), "Canalside")
    record(grace, orchard, months_ago(2, day=5, hour=18), title="First")
    record(grace, orchard, months_ago(1, day=5, hour=18), "engagement.held", title="=Second")
    record(grace, canal, months_ago(1, day=6, hour=18), title="Third")
    grace.post(f"{DUE}{Publication.objects.get(title='First').pk}/withdraw/", {"reason": "Twice"})
    assert log(grace) == ["Third", "=Second", "(First)"]
    assert log(grace, f"?place={orchard.neighbourhood_id}") == ["=Second", "(First)"]
    assert log(grace, "?kind=neighbourhood.met") == ["Third", "(First)"]
    assert log(grace, "?withdrawn=on") == ["Third", "=Second"]
    assert log(grace, "?place=whole") == []
    assert log(grace, "?place=made-up&kind=nothing") == ["Third", "=Second", "(First)"]
    lines = grace.get(f"{DUE}log.csv?place={orchard.neighbourhood_id}").getvalue().decode("utf-8-sig").splitlines()
    assert [line.split(",")[2:5] for line in lines] == [
        ["Where", "What was done", "Title"],
        ["Orchard Park", '"A walkabout', " forum"],
        ["Orchard Park", "A neighbourhood meeting was held", "First"],
    ]
    assert ",'=Second," in lines[1]
    assert lines[2].endswith(",Twice")


def test_the_log_has_pages(grace: Client, monthly: Cast) -> None:
    duty = add(grace, monthly, months_ago(1))
    for number in range(27):
        record(grace, duty, months_ago(1, day=5, hour=18), title=f"Number {number}")
    assert (len(log(grace)), len(log(grace, "?page=2"))) == (25, 2)


@pytest.mark.parametrize(
    ("who", "status"),
    [("priya", 200), ("tom", 200), ("dylan", 200), ("robin", 200), ("grace", 200), ("jo", 403), ("alex", 403)],
)
def test_who_may_record(monthly: Cast, grace: Client, who: str, status: int) -> None:
    duty = add(grace, monthly, months_ago(1))
    client = signed_in(monthly.staff[who])
    assert client.get(f"/community/duties/{duty.pk}/record/").status_code == status
    assert ("Record<span" in client.get(DUE).text) == (status == 200)
    done = record(client, duty, months_ago(1, day=9))
    assert done.status_code == (302 if status == 200 else 403)
    assert Publication.objects.count() == (status == 200)


@pytest.mark.parametrize(
    ("who", "status"), [("priya", 200), ("tom", 403), ("dylan", 200), ("robin", 200), ("grace", 200), ("jo", 403)]
)
def test_who_may_withdraw_what_priya_recorded(monthly: Cast, grace: Client, who: str, status: int) -> None:
    duty = add(grace, monthly, months_ago(1))
    record(signed_in(monthly.priya), duty, months_ago(1, day=9))
    client = signed_in(monthly.staff[who])
    address = f"{DUE}{Publication.objects.get().pk}/withdraw/"
    assert client.get(address).status_code == status
    assert (address in client.get(LOG).text) == (status == 200)


@pytest.mark.parametrize("who", ["olga", "leo", "maya"])
def test_nobody_reads_the_log_of_another_partnership(monthly: Cast, grace: Client, who: str) -> None:
    duty = add(grace, monthly, months_ago(1))
    record(grace, duty, months_ago(1, day=9))
    client = signed_in(monthly.staff[who])
    assert log(client) == []
    assert "Meeting in the hall" not in client.get(f"{DUE}log.csv").getvalue().decode()
    assert client.get(f"{DUE}{Publication.objects.get().pk}/withdraw/").status_code == 404


def test_what_happened_under_earlier_standards_counts_for_the_duty_of_then(
    grace: Client, monthly: Cast, file: Any
) -> None:
    first = add(grace, monthly, months_ago(2))
    load_charter(partnership=monthly.cherwell.pk, path=file, effective_from=timezone.localdate())
    assert turn_over() == 1
    second = Matter.objects.get(neighbourhood=first.neighbourhood_id, closed_at=None)
    assert second.pk != first.pk
    assert record(grace, second, months_ago(2, day=9, hour=19)).status_code == 302
    assert Event.objects.get(kind="neighbourhood.met").matter == first.pk
    assert meetings(first)[:2] == ["kept", "missed"]


def test_without_a_duty_the_page_says_who_begins_one(monthly: Cast) -> None:
    assert "No standing duty has begun yet" in words(signed_in(monthly.jo).get(DUE).text)
