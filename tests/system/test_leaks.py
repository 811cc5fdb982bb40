"""Personal data stays in its place: canaries are typed into every box, and looked for wherever they must not be."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import transaction
from django.urls import reverse

from dashboards.forms import STATE_WORDS
from ledger.models import Event
from notifications.models import Message
from tests import cast as casting
from tests.system.story import NEEDLES, Story, found_in


@pytest.fixture(scope="module")
def story(django_db_setup: None, django_db_blocker: Any) -> Iterator[Story]:
    """Told once for all tests here, which only read. Nothing of it is kept."""
    with django_db_blocker.unblock(), transaction.atomic():
        casting.know_holidays()
        yield Story(casting.assemble()).tell()
        transaction.set_rollback(True)


def test_the_canaries_are_where_they_belong(story: Story) -> None:
    """Else none of the tests below could fail."""
    pages = dict(story.pages("dylan"))
    assert set(NEEDLES) - {"07700900987", "ox169zy"} == set(found_in("".join(pages.values())))
    assert {"Canarynote", "Canarygiven", "Canarytwo"} <= set(re.findall(r"Canary\w+", "".join(pages.values())))


def test_no_address_and_no_redirect_carries_them(story: Story) -> None:
    redirects = [response.url for response in story.responses if response.status_code == 302]
    links = [
        target
        for who in ("jo", "priya", "dylan", "grace")
        for _, text in story.pages(who)
        for target in re.findall(r'(?:href|action|formaction|src)="([^"]*)"', text)
    ]
    assert (len(redirects) >= 17, len(links) > 500) == (True, True)
    assert found_in(" ".join([*redirects, *links])) == []


def test_no_page_title_carries_them(story: Story) -> None:
    shown = [response.text for response in story.responses if response.status_code != 302]
    shown += [text for who in ("jo", "priya", "dylan", "grace") for _, text in story.pages(who)]
    titles = [html.unescape(re.search(r"<title>(.*?)</title>", text, re.DOTALL)[1]) for text in shown]
    assert any(title.startswith("Error: ") for title in titles)
    assert any(story.reference in title for title in titles)
    assert found_in(" ".join(titles)) == []


def test_alerts_to_staff_name_the_reference_and_nobody(story: Story) -> None:
    alerts = [message for message in story.letters if message.to != ["canarymail@example.org"]]
    assert {message.to[0] for message in alerts} == {"dylan.price@example.org"}
    for message in alerts:
        assert story.reference in message.subject
        assert found_in(message.message().as_string()) == []


def test_an_acknowledgement_says_the_reference_and_greets_by_name_and_no_more(story: Story) -> None:
    (letter,) = [message for message in story.letters if message.to == ["canarymail@example.org"]]
    greeting, _, rest = letter.body.partition("\n")
    assert greeting == "Dear Canarymiss Canaryname,"
    assert story.reference in rest
    assert found_in(letter.subject + rest) == []


def test_neither_the_ledger_nor_the_outbox_nor_a_session_holds_them(story: Story) -> None:
    details = [event.detail for event in Event.objects.all()]
    outbox = list(Message.objects.values("key", "context", "last_error"))
    sessions = [session.get_decoded() for session in Session.objects.all()]
    assert (len(details) > 20, len(outbox) >= 2, len(sessions) >= 4) == (True, True, True)
    assert found_in(json.dumps([details, outbox, sessions], default=str)) == []


def test_a_list_as_csv_holds_promises_and_no_people(story: Story) -> None:
    holds_something = []
    for state, _ in STATE_WORDS:
        response = story.browsers["grace"].get(reverse("promise_list_csv"), {"state": state})
        text = response.getvalue().decode()
        holds_something += [state] if story.reference in text else []
        assert found_in(text + response.headers["Content-Disposition"]) == []
    assert {"explained", "reclassified"} <= set(holds_something)


def test_a_manager_reads_what_was_promised_but_not_to_whom(story: Story) -> None:
    """The reason and its review are hers to read: they ask for no names."""
    pages = list(story.pages("grace"))
    assert reverse("promise", args=[story.promise]) in dict(pages)
    hers = {"Canaryreason", "Canaryreview"}
    assert {word for _, text in pages for word in re.findall(r"Canary\w+", text)} == hers
    assert not {needle for _, text in pages for needle in found_in(text)} - {"canary"}


@pytest.mark.parametrize("who", ["alex", "robin", "olga", "leo", "maya", "noah"])
def test_nobody_else_reads_any_of_it(who: str, story: Story) -> None:
    assert [address for address, text in story.pages(who) if found_in(text)] == []
