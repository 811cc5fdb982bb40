"""Recording what happened: what each act does to the promises, and how the timeline tells of it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from asb_cases.forms.acts import ACTS
from asb_cases.models import Case, Note
from ledger.models import Event
from standards.calendar import LONDON
from standards.models import Clock
from tests import answers
from tests.cast import KHAN, WEBB, Cast, clock, party
from tests.reading import complaint, entries, every, lost, words
from tests.system.scene import signed_in

HOUR = timedelta(hours=1)
AT = datetime(2026, 9, 2, 11, 15, tzinfo=LONDON)


@pytest.fixture
def case(wednesday: time_machine.Traveller, cast: Cast) -> Case:
    """Ms Khan's, received on Wednesday at nine; by now it is noon."""
    case = cast.case(timezone.now())
    wednesday.shift(3 * HOUR)
    return case


@pytest.fixture
def dylan(case: Case, cast: Cast) -> Client:
    """A team lead: who may do everything."""
    return signed_in(cast.dylan)


def record(client: Client, case: Case, slug: str, follow: bool = True, **typed: Any) -> Any:
    good = answers.acts(AT).get(slug, {})
    return client.post(reverse("record_act", args=[case.matter.reference, slug]), {**good, **typed}, follow=follow)


def outcomes(case: Case) -> dict[str, str]:
    """Of every clock with a deadline."""
    clocks = Clock.objects.filter(matter=case.pk, due_at__isnull=False)
    return dict(clocks.values_list("promise__code", "outcome"))


def timeline(client: Client, case: Case) -> list[str]:
    """The entries as they are told, without the link to correct them."""
    told = entries(client.get(reverse("case_timeline", args=[case.matter.reference])).text)
    return [re.sub(r"Correct \(.*?[ap]m\) ?", "", entry).strip() for entry in told]


OWED = {"CHER-3b-i": "running", "CHER-3c": "running"}

# What each act enters, what it makes of the promises, and what the timeline says of it.
DOES: dict[str, tuple[list[str], dict[str, str], str, list[str]]] = {
    "contact": (
        ["contact.made", "update.given", "action.advised"],
        {**OWED, "CHER-3b-i": "kept"},
        "Contact with Ms Khan by telephone",
        ["Contact Ms Khan: kept after 2 hours 15 minutes (48 hours, Cherwell 3)"],
    ),
    "attempt": (["contact.attempted"], OWED, "Tried to reach Ms Khan by telephone", []),
    "meeting": (
        ["meeting.held"],
        {"CHER-3b-i": "kept", "CHER-3c": "kept"},
        "Met Ms Khan",
        [
            "Contact Ms Khan: kept after 2 hours 15 minutes (48 hours, Cherwell 3)",
            "Meet Ms Khan: kept after 2 hours 15 minutes (3 working days, Cherwell 3)",
        ],
    ),
    "meeting-declined": (
        ["meeting.declined"],
        {**OWED, "CHER-3c": "waived"},
        "Ms Khan declined a meeting",
        ["Meet Ms Khan: released by the person (3 working days, Cherwell 3)"],
    ),
    "unreachable": (["unreachable.confirmed"], OWED, "Confirmed that Ms Khan cannot be reached", []),
    "update": (["update.given"], OWED, "Updated Ms Khan by letter", []),
    "action-advised": (
        ["action.advised"],
        OWED,
        "Told Ms Khan what action will be or has been taken by e-mail",
        [],
    ),
    "acknowledgement": (
        ["acknowledgement.sent"],
        OWED,
        "Written acknowledgement sent to Ms Khan by letter",
        [],
    ),
    "risk": (["risk.assessed"], OWED, "Risk of Ms Khan assessed: medium, score 42", []),
    "hate": (
        ["hate.identified"],
        {"CHER-3b-i": "gave_way", "CHER-3b-ii": "running", "CHER-3c": "running"},
        "Perceived as hate crime (race, religion or belief)",
        ["Contact Ms Khan: gave way to another promise (48 hours, Cherwell 3)"],
    ),
    "danger": (["immediate_need.identified"], OWED, "Somebody is in immediate danger", []),
    "forwarded": (["police.forwarded"], OWED, "Forwarded to the police", []),
    "plan": (
        ["plan.agreed", "updates.agreed"],
        {**OWED, "CHER-5a": "running"},
        "Action plan agreed with Ms Khan",
        [],
    ),
    "response": (["response.made"], OWED, "Response: patrol or increased presence", []),
    "updates": (
        ["updates.agreed"],
        {**OWED, "CHER-5a": "running"},
        "Agreed with Ms Khan: an update every 3 days",
        [],
    ),
    "close": (["matter.closed"], OWED, "Case closed: the behaviour has stopped", []),
    "done": (
        ["rights.explained", "complaint_route.told", "support.signposted", "options.considered"],
        OWED,
        "Rights explained to Ms Khan",
        [],
    ),
    "intervention": (["intervention.made"], OWED, "Intervention: early intervention", []),
    "referral": (["referral.made", "referral.accepted"], OWED, "Referred to the agency that is responsible", []),
    "channel": (["channel.agreed"], OWED, "Agreed to contact Ms Khan by text message", []),
    "unwanted-contact": (
        ["contact.unwanted"],
        OWED,
        "Ms Khan was contacted by telephone, which had not been agreed",
        [],
    ),
    "report-again": (
        ["report.received", "report.repeated"],
        OWED,
        "Ms Khan reported again by telephone",
        [],
    ),
}
# What asks for something of this one case, or for a closed one, has tests of its own.
ELSEWHERE = {"later-date", "spoc", "not-applicable", "reopen"}


def test_every_act_that_can_be_recorded_is_in_this_table() -> None:
    assert {*DOES, *ELSEWHERE} == set(ACTS)


@pytest.mark.parametrize("slug", DOES)
def test_an_act_enters_what_happened_settles_what_it_should_and_is_told_in_words(
    slug: str, case: Case, dylan: Client, cast: Cast
) -> None:
    kinds, judged, sentence, results = DOES[slug]
    page = record(dylan, case, slug)
    assert page.redirect_chain == [(reverse(ACTS[slug].leads_to, args=[case.matter.reference]), 302)]
    assert ACTS[slug].saved in words(page.text)
    events = list(Event.objects.filter(matter=case.pk, recorded_by=cast.dylan.pk).order_by("position"))
    assert [event.kind for event in events] == kinds
    assert {event.occurred_at for event in events} == {AT}
    assert Note.objects.get(event=events[0].pk).text == "A note."
    assert outcomes(case) == judged
    (entry,) = [item for item in timeline(dylan, case) if item.startswith(f"{sentence} by Dylan Price")]
    settled = " ".join(results)
    assert entry.startswith(
        f"{sentence} by Dylan Price, Community Safety Team Wednesday 2 September 2026, 11:15am A note. {settled}".strip()
    )


@pytest.mark.parametrize("slug", DOES)
def test_an_act_without_its_answers_is_refused_beside_each_of_them_and_keeps_the_rest(
    slug: str, case: Case, dylan: Client
) -> None:
    before = Event.objects.count()
    good = answers.acts(AT)[slug]
    form = dylan.get(reverse("record_act", args=[case.matter.reference, slug])).context["form"]
    required = [name for name in form.fields if name != "at" and form.fields[name].required and name in good]
    for missing in [*required, "at"]:
        cleared = {"at_time": "quarter past"} if missing == "at" else {missing: ""}
        page = record(dylan, case, slug, **cleared)
        assert page.status_code == 422
        assert complaint(page.text, missing)
        assert lost(page.text, {**good, **cleared}) == []
    assert Event.objects.count() == before


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (AT + 2 * HOUR, "The date and time must be in the past"),
        (AT - 3 * HOUR, "The date and time must not be before the report was received (Wednesday 2 September 2026, 9:00am)"),
    ],
)  # fmt: skip
def test_nothing_happened_in_the_future_or_before_the_report(
    at: datetime, said: str, case: Case, dylan: Client
) -> None:
    page = record(dylan, case, "contact", **answers.moment("at", at))
    assert (page.status_code, complaint(page.text, "at")) == (422, said)


# --- late and early --------------------------------------------------------------------------------


def test_a_late_entry_counts_from_when_it_happened_and_says_when_it_was_entered(
    wednesday: time_machine.Traveller, cast: Cast
) -> None:
    """Received on Monday at nine, looked at on Wednesday at noon: "I did ring him, yesterday at 10"."""
    case, priya = cast.case(timezone.now() - 48 * HOUR), signed_in(cast.priya)
    wednesday.shift(3 * HOUR)
    overview = reverse("case", args=[case.matter.reference])
    assert "Contact Ms Khan 3 hours overdue" in words(priya.get(overview).text)
    yesterday = datetime(2026, 9, 1, 10, tzinfo=LONDON)
    page = record(priya, case, "contact", **answers.moment("at", yesterday))
    assert "Contact Ms Khan Kept after 1 day 1 hour" in words(page.text)
    assert outcomes(case)["CHER-3b-i"] == "kept"
    (entry,) = [item for item in timeline(priya, case) if item.startswith("Contact with Ms Khan")]
    assert "Tuesday 1 September 2026, 10:00am, entered Wednesday 2 September 2026, 12:00pm (midday)" in entry


def test_what_is_done_too_late_is_told_as_late_and_never_as_kept(wednesday: time_machine.Traveller, cast: Cast) -> None:
    case, priya = cast.case(timezone.now() - 48 * HOUR), signed_in(cast.priya)
    wednesday.shift(3 * HOUR)
    page = record(priya, case, "contact")
    assert "Contact Ms Khan Missed, done 2 hours 15 minutes late" in words(page.text)
    assert outcomes(case)["CHER-3b-i"] == "missed"


def test_an_attempt_stops_nothing(case: Case, dylan: Client) -> None:
    before = Clock.objects.filter(matter=case.pk).order_by("pk").values()
    unchanged = list(before)
    page = record(dylan, case, "attempt")
    assert list(before.all()) == unchanged
    assert "Nothing stopped: the promise is still owed." in words(page.text)
    assert "Contact Ms Khan Due in 2 days" in words(page.text)


def test_enough_attempts_confirmed_by_a_team_lead_end_the_promise_as_attempted(
    wednesday: time_machine.Traveller, cast: Cast
) -> None:
    case, dylan = cast.case(timezone.now() - 24 * HOUR), signed_in(cast.dylan)
    for at, channel in ((-20, "telephone"), (-19, "text"), (0, "in_person")):
        record(dylan, case, "attempt", channel=channel, **answers.moment("at", timezone.now() + at * HOUR))
    page = record(dylan, case, "unreachable", **answers.moment("at", timezone.now()))
    assert outcomes(case)["CHER-3b-i"] == "attempted"
    assert "Kept" not in words(page.text)


def test_hate_crime_puts_24_hours_in_the_place_of_48_counted_from_the_report(case: Case, dylan: Client) -> None:
    page = record(dylan, case, "hate")
    hate = clock(case, "CHER-3b-ii")
    assert (hate.started_at, hate.due_at) == (case.matter.received_at, case.matter.received_at + 24 * HOUR)
    owed = words(page.text)
    assert (
        "Contact Ms Khan Due tomorrow by 9:00am Thursday 3 September, 9:00am 24 hours, hate crime, Cherwell 3" in owed
    )
    assert "48 hours, Cherwell 3" not in owed.partition("What was reported")[0]
    assert "Hostility against Race, Religion or belief" in owed


def test_hate_crime_that_becomes_known_when_24_hours_are_over_is_counted_apart_and_owed_afresh(
    wednesday: time_machine.Traveller, cast: Cast
) -> None:
    case, dylan = cast.case(timezone.now() - 24 * HOUR), signed_in(cast.dylan)
    wednesday.shift(3 * HOUR)
    record(dylan, case, "hate", **answers.moment("at", timezone.now()))
    both = Clock.objects.filter(matter=case.pk, promise__code="CHER-3b-ii").order_by("remedial")
    assert [(each.outcome, each.remedial) for each in both] == [("reclassified_late", False), ("running", True)]
    assert both[1].due_at == timezone.now() + 24 * HOUR


# --- who it is about -------------------------------------------------------------------------------


def test_with_several_people_one_is_chosen_and_the_others_stay_owed(
    wednesday: time_machine.Traveller, cast: Cast
) -> None:
    case = cast.case(timezone.now(), people=(KHAN, replace(KHAN, title="Mr", family_name="Osei")))
    wednesday.shift(3 * HOUR)
    priya = signed_in(cast.priya)
    page = record(priya, case, "contact")
    assert (page.status_code, complaint(page.text, "about")) == (422, "Select who it is about")
    record(priya, case, "contact", about=str(party(case, "Osei").pk))
    assert clock(case, "CHER-3b-i", about=party(case, "Osei").pk).outcome == "kept"
    assert clock(case, "CHER-3b-i", about=party(case, "Khan").pk).outcome == "running"


def test_only_people_whom_an_act_can_be_about_are_offered(cast: Cast) -> None:
    case = cast.case(people=(KHAN, WEBB))
    for slug, offered in {"contact": ["Khan", "Webb"], "plan": [], "hate": ["Everybody concerned", "Khan"]}.items():
        page = signed_in(cast.priya).get(reverse("record_act", args=[case.matter.reference, slug]))
        field = page.context["form"].fields.get("about")
        labels = [label for _, label in field.choices] if field else []
        assert [word in label for word, label in zip(offered, labels, strict=True)] == [True] * len(offered), slug


# --- later dates and closing -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "due", "box", "said"),
    [
        (AT, AT + timedelta(days=4), "", ""),
        (AT, AT + timedelta(days=1), None, "The new date must be later than the present deadline."),
        (AT, AT - HOUR, "due_at", "The new date and time must be in the future"),
    ],
)
def test_a_deadline_moves_to_a_later_date_that_the_person_asked_for_and_the_first_stays_on_record(
    asked: datetime, due: datetime, box: str | None, said: str, case: Case, dylan: Client
) -> None:
    contact = clock(case, "CHER-3b-i")
    page = record(dylan, case, "later-date", **answers.later_date(contact, asked, due))
    after = clock(case, "CHER-3b-i")
    assert after.first_due_at == contact.due_at
    if said:
        assert page.status_code == 422
        assert said in words(page.text)
        assert after.due_at == contact.due_at
    else:
        assert after.due_at == due
        assert "Ms Khan asked for a later date: Sunday 6 September 2026, 11:15am" in " ".join(timeline(dylan, case))


def test_a_later_date_asked_for_after_the_deadline_does_not_help(wednesday: time_machine.Traveller, cast: Cast) -> None:
    case, dylan = cast.case(timezone.now() - 48 * HOUR), signed_in(cast.dylan)
    wednesday.shift(3 * HOUR)
    typed = answers.later_date(clock(case, "CHER-3b-i"), timezone.now(), timezone.now() + 24 * HOUR)
    page = record(dylan, case, "later-date", **typed)
    assert page.status_code == 422
    assert complaint(page.text, "at") == "The deadline had passed by then. A missed promise stays missed."


def test_closing_warns_of_what_is_still_owed_and_leaves_it_owed(case: Case, dylan: Client) -> None:
    form = dylan.get(reverse("record_act", args=[case.matter.reference, "close"]))
    assert "Contact Ms Khan by Friday 4 September 2026, 9:00am (due in 2 days)" in every(form.text, "li")
    page = record(dylan, case, "close")
    assert "Closed" in every(page.text, "strong", "govuk-tag")
    assert "Contact Ms Khan Due in 2 days" in words(page.text)
    again = record(dylan, case, "close")
    assert (again.status_code, complaint(again.text, "at")) == (422, "This case is closed already.")


def test_what_nobody_can_record_is_not_found(case: Case, dylan: Client) -> None:
    assert record(dylan, case, "made-up").status_code == 404


def test_a_contact_with_a_witness_alone_says_for_whom_it_does_not_count(cast: Cast, dylan: Client) -> None:
    alone = cast.case(timezone.now() - HOUR, people=(WEBB,))
    both = cast.case(timezone.now() - HOUR, people=(KHAN, WEBB))
    notice = "Nobody who is harmed is known by name in this case."
    shown = {
        (case, slug): notice in words(dylan.get(reverse("record_act", args=[case.matter.reference, slug])).text)
        for case in (alone, both)
        for slug in ("contact", "hate")
    }
    assert shown == {(alone, "contact"): True, (alone, "hate"): False, (both, "contact"): False, (both, "hate"): False}
