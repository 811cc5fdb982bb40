"""What an officer does in an invented case, sooner or later or not at all."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from asb_cases.demo.cast import Company, Team
from asb_cases.demo.showing import Occasions
from asb_cases.services.intake import NewPerson, NewReport
from asb_cases.vocabulary import PartyRole
from ledger.services import Author, Entry
from ledger.vocabulary import EventKind
from partners.vocabulary import AgencyKind
from standards.calendar import LONDON

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@dataclass
class Story:
    """A report and everything that followed, as facts. Times are aware and never in the future."""

    report: NewReport
    # Each fact with the words that go with it. `about` is the place among the report's people, as a UUID, until they
    # have ids of their own.
    acts: list[tuple[Entry, str]] = field(default_factory=list)


class Casework:
    """What one officer does in one case."""

    def __init__(
        self,
        story: Story,
        company: Company,
        team: Team,
        officer: UUID,
        *,
        pace: float,
        now: datetime,
        chance: random.Random,
    ) -> None:
        self.story = story
        self.now = now
        self.chance = chance
        self.pace = pace
        self.officer = Author(person=officer, agency=team.agency.pk)
        self.lead = Author(person=team.lead.pk, agency=team.agency.pk)
        self.received_at = story.report.received_at
        self.agency_kind: str = team.agency.kind
        self.police = team.agency.kind == AgencyKind.POLICE
        self.occasions = Occasions(self, company)

    def tell(self) -> None:
        report = self.story.report
        if report.immediate_danger and not self.police:
            self.add(
                self.received_at + timedelta(minutes=self.chance.choice((3, 5, 8, 11, 26))), EventKind.POLICE_FORWARDED
            )
        for number, person in enumerate(report.people):
            if PartyRole.REPORTER in person.roles and isinstance(person, NewPerson):
                self._reporter(number, person)
            if PartyRole.VICTIM in person.roles:
                self._victim(number)
            elif PartyRole.WITNESS in person.roles:
                self._keep_informed(number, self.received_at + 2 * DAY, 10)
                self.occasions.witness(number, self.office(self.after(1.2 * DAY)))
        self.occasions.in_the_case(self.after(3 * DAY))
        self._close()
        self._open_again()
        self.story.acts.sort(key=lambda act: act[0].occurred_at)

    def _reporter(self, number: int, person: NewPerson) -> None:
        if person.may_write and person.email:
            self.add(self.received_at + timedelta(minutes=2), EventKind.ACKNOWLEDGEMENT_SENT, number, by=Author(),
                      channel="email")  # fmt: skip
        elif person.may_write and self.chance.random() < 0.8:
            self.add(self.after(10 * HOUR), EventKind.ACKNOWLEDGEMENT_SENT, number, channel="letter")
        self.occasions.report(number)
        if self.chance.random() < 0.9:
            self.add(self.office(self.after(2.5 * DAY)), EventKind.ACTION_ADVISED, number, channel="telephone")

    def _victim(self, number: int) -> None:
        contact = self.office(self.after(9 * HOUR))
        if self.chance.random() < 0.25:
            self.add(self.office(self.after(4 * HOUR)), EventKind.CONTACT_ATTEMPTED, number, channel="telephone",
                      note="No answer. Left no message.")  # fmt: skip
        if self.chance.random() < 0.03:
            self._give_up(number)
            return
        self.add(contact, EventKind.CONTACT_MADE, number, channel="telephone", note=self.chance.choice(CONTACT_NOTES))
        self.occasions.first_contact(number, contact)
        assessed = self.office(contact + self.spread(4 * HOUR))
        band = self.chance.choices(("standard", "medium", "high"), (55, 30, 15))[0]
        score = {"standard": 8, "medium": 19, "high": 29}[band] + self.chance.randrange(6)
        self.add(assessed, EventKind.RISK_ASSESSED, number, band=band, score=score)
        if self.story.report.strands and not self.story.report.hate:
            strands = [str(strand) for strand in self.story.report.strands]
            self.add(contact + timedelta(minutes=5), EventKind.HATE_IDENTIFIED, strands=strands)
        meeting = self.office(self.after(2 * DAY))
        if self.chance.random() < 0.12:
            self.add(contact, EventKind.MEETING_DECLINED, number)
        else:
            self.add(meeting, EventKind.MEETING_HELD, number, note="At home, as agreed.")
        self.add(self.office(self.after(1.5 * DAY)), EventKind.RESPONSE_MADE, number,
                  action=self.chance.choice(("visit", "patrol", "warning", "investigation")))  # fmt: skip
        self._plan(number, meeting + timedelta(minutes=30))
        self.occasions.visit(number, meeting)

    def _plan(self, number: int, at: datetime) -> None:
        self.add(at, EventKind.PLAN_AGREED, number, note="Diary sheets, a visit to the neighbours, review in a month.")
        every = self.chance.choice((5, 10, 10, 10))
        self.add(at, EventKind.UPDATES_AGREED, number, amount=every, unit="working_days")
        if self.chance.random() < 0.05:
            self.add(at + 10 * DAY, EventKind.UPDATES_DECLINED, number)
            return
        self._keep_informed(number, at, every)

    def _keep_informed(self, number: int, since: datetime, every: int) -> None:
        update = since
        while update < self.ends():
            late = self.chance.random() < 0.07 * self.pace
            update += timedelta(days=every * 1.4 * (1.3 if late else self.chance.uniform(0.6, 0.93)))
            channel = self.chance.choice(("telephone", "email"))
            self.add(self.office(update), EventKind.UPDATE_GIVEN, number, channel=channel)

    def _give_up(self, number: int) -> None:
        for hours, channel in ((5, "telephone"), (26, "text"), (40, "in_person")):
            self.add(self.received_at + hours * HOUR, EventKind.CONTACT_ATTEMPTED, number, channel=channel)
        self.add(self.received_at + 46 * HOUR, EventKind.UNREACHABLE_CONFIRMED, number, by=self.lead)

    def _close(self) -> None:
        if self.ends() < self.now:
            self.occasions.before_closing(self.ends() - timedelta(hours=self.chance.randrange(2, 60)))
            outcome = self.chance.choices(("resolved", "reduced", "no_action", "withdrawn"), (60, 25, 10, 5))[0]
            self.add(self.closes(), EventKind.MATTER_CLOSED, outcome=outcome)

    def _open_again(self) -> None:
        """It began again: what was promised at first is promised anew."""
        reopened = self.closes() + timedelta(days=self.chance.randrange(6, 40))
        if self.chance.random() > 0.03 or reopened + DAY > self.now:
            return
        self._end = reopened + timedelta(days=self.chance.randrange(20, 60))
        self.add(reopened, EventKind.MATTER_REOPENED, by=self.lead, note="It has begun again, the same people.")
        for number, person in enumerate(self.story.report.people):
            if PartyRole.VICTIM in person.roles:
                self.add(self.office(reopened + 9 * HOUR), EventKind.CONTACT_MADE, number, channel="telephone")
                self.add(self.office(reopened + 2 * DAY), EventKind.MEETING_HELD, number, note="At home, as agreed.")
                self.add(self.office(reopened + 2 * DAY), EventKind.RESPONSE_MADE, number, action="visit")
                self._keep_informed(number, reopened + 2 * DAY, 10)
            if PartyRole.REPORTER in person.roles:
                self.add(self.office(reopened + DAY), EventKind.ACTION_ADVISED, number, channel="telephone")
                self.add(self.office(reopened + 6 * HOUR), EventKind.ACKNOWLEDGEMENT_SENT, number, channel="letter")
        if self.ends() < self.now:
            self.add(self.ends(), EventKind.MATTER_CLOSED, outcome="resolved")

    def ends(self) -> datetime:
        if not hasattr(self, "_end"):
            self._end = self.received_at + timedelta(days=18 + self.chance.expovariate(1 / 68))
        return self._end

    def closes(self) -> datetime:
        """When it is closed: at work."""
        if not hasattr(self, "_closed"):
            self._closed = self.office(self.ends())
        return self._closed

    # --- chance and time ---

    def after(self, usual: timedelta) -> datetime:
        """That long after receipt for a good officer, longer for a busy one, much longer now and then."""
        slip = self.chance.choice((3, 5)) if self.chance.random() < 0.035 * self.pace else 1
        return self.received_at + self.spread(usual) * slip

    def spread(self, usual: timedelta) -> timedelta:
        return usual * self.pace * self.chance.lognormvariate(-0.15, 0.4)

    def office(self, at: datetime) -> datetime:
        """Moved into the hours in which this agency works."""
        local = at.astimezone(LONDON)
        if self.police or 8 <= local.hour < 20:
            return at
        return at + timedelta(hours=(8 - local.hour) % 24, minutes=self.chance.randrange(50))

    def add(
        self,
        at: datetime,
        kind: EventKind,
        person: int | None = None,
        *,
        by: Author | None = None,
        note: str = "",
        **detail: str | int | list[str],
    ) -> None:
        """A fact, entered some minutes after it happened, or hours. What has not happened yet is left out."""
        entered = at + timedelta(minutes=self.chance.choice((1, 2, 4, 9, 9, 25, 190)))
        if entered >= self.now or at > self.ends() + 3 * DAY:
            return
        about = UUID(int=person) if person is not None else None
        entry = Entry(kind=kind, occurred_at=at, recorded_at=entered, about=about, detail=detail, by=by or self.officer)
        self.story.acts.append((entry, note))


CONTACT_NOTES = (
    "Went through what happened and what we can do. Frightened but glad to be called.",
    "Explained the diary sheets. Wants us to speak to the landlord first.",
    "Has had enough of being passed around. Gave my name and direct number.",
    "Confirmed the dates. A neighbour may be willing to speak to us as well.",
)
