"""Two days of a case with a canary typed into every box, and everything the application answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.core import mail
from django.urls import reverse
from django.utils import timezone

from asb_cases.models import Case
from ledger.models import Event
from notifications.services import dispatch
from standards.sweep import sweep
from tests import answers
from tests.cast import Cast, clock
from tests.system.scene import signed_in

PERSON: answers.Answers = {
    "roles": ["victim", "reporter"],
    "title": "Canarymiss",
    "given_name": "Canarygiven",
    "family_name": "Canaryname",
    "telephone": "07700 900987",
    "email": "canarymail@example.org",
    "address": "7 Canaryaddress",
    "postcode": "OX16 9ZY",
    "may_write": "yes",
    "safe_contact": "Canarysafe",
}
NEEDLES = ("canary", "07700 900987", "07700900987", "ox16 9zy", "ox169zy")


def found_in(text: str) -> list[str]:
    return [needle for needle in NEEDLES if needle in text.lower()]


class Story:
    """Two days of a case with a canary in every box. Keeps each answer of the application."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.responses: list[Any] = []
        self.browsers = {name: signed_in(user) for name, user in cast.staff.items()}

    def ask(self, who: str, name: str, *args: Any, **typed: Any) -> Any:
        browser, address = self.browsers[who], reverse(name, args=args)
        response = browser.post(address, typed) if typed else browser.get(address)
        self.responses.append(response)
        return response

    def tell(self) -> Story:
        at = timezone.now() - timedelta(hours=49)
        typed = answers.report(
            self.cast, PERSON, at=at, description="Canarytext", place="Canaryplace", postcode="OX16 9ZY", hate="yes"
        )
        self.ask("jo", "record_report", **typed)  # refused: the strands are missing
        self.ask("jo", "record_report", **typed, add_person="1")
        opened = self.ask("jo", "record_report", **{**typed, "hate": "no"})
        self.ask("jo", "report_received", opened.url.strip("/").split("/")[1])
        sweep()
        self.case = Case.objects.select_related("matter").get()
        self.reference = self.case.matter.reference
        self.promise = clock(self.case, "CHER-3b-i").pk
        note = {"note": "Canarynote"}
        for slug, good in answers.acts(timezone.now() - timedelta(minutes=2)).items():
            if slug not in {"close", "unreachable", "reopen"}:
                self.ask("dylan", "record_act", self.reference, slug, **good | note)
        known = answers.moment("known_since", timezone.now())
        self.ask("dylan", "add_person", self.reference, **{**PERSON, "given_name": "Canarytwo", **known})
        entry = Event.objects.filter(kind="meeting.held").get()
        self.ask("dylan", "correct_entry", self.reference, entry.pk, what="withdraw", **note)
        why = {"reason": "workload", "explanation": "Canaryreason"}
        self.ask("dylan", "promise", self.promise, what="explain", **why)
        self.ask("grace", "promise", self.promise, what="review", verdict="accepted", review_note="Canaryreview")
        assert [response.status_code for response in self.responses].count(302) >= 17
        dispatch()
        self.letters = list(mail.outbox)
        return self

    def pages(self, who: str) -> Iterator[tuple[str, str]]:
        """Every page of the story that the person can open, with its address."""
        entry = Event.objects.filter(matter=self.case.pk, kind="contact.attempted").get()
        for name, args in (
            ("cases", ()), ("case", (self.reference,)), ("case_timeline", (self.reference,)),
            ("record_menu", (self.reference,)), ("record_act", (self.reference, "contact")),
            ("record_act", (self.reference, "later-date")), ("record_act", (self.reference, "close")),
            ("case_promises", (self.reference,)), ("record_act", (self.reference, "not-applicable")),
            ("add_person", (self.reference,)), ("correct_entry", (self.reference, entry.pk)),
            ("assign_case", (self.reference,)), ("transfer_case", (self.reference,)),
            ("reports_taken", ()), ("report_received", (self.case.pk,)), ("forward_report", (self.case.pk,)),
            ("dashboard", ()), ("promise_list", ()), ("promise", (self.promise,)), ("bank_holidays", ()),
        ):  # fmt: skip
            address = reverse(name, args=args)
            query = {"whose": "all", "state": "any"} if name == "cases" else {}
            query = {"state": "explained"} if name == "promise_list" else query
            response = self.browsers[who].get(address, query)
            if response.status_code == 200:
                yield address, response.text
