"""What a case must show of the promises made: what is missing, how it is recorded, and what does not apply."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from asb_cases.models import Case, Note
from asb_cases.services.contact import log_contact
from asb_cases.vocabulary import ContactChannel
from ledger.models import Event
from ledger.services import Author
from standards.calendar import LONDON
from standards.engine import State
from standards.loading import load_charter
from standards.models import Evidence, Promise
from standards.selectors import missing, showings
from standards.services import merge
from tests import answers
from tests.cast import CHARTERS, KHAN, WEBB, Cast, clock, party
from tests.reading import boxes, complaint, every, lost, words
from tests.system.scene import signed_in

HOUR = timedelta(hours=1)
AT = datetime(2026, 9, 2, 11, 15, tzinfo=LONDON)


@pytest.fixture
def case(wednesday: time_machine.Traveller, cast: Cast) -> Case:
    """Ms Khan's and Mrs Webb's, received on Wednesday at nine; by now it is noon."""
    case = cast.case(timezone.now(), people=(KHAN, WEBB))
    wednesday.shift(3 * HOUR)
    return case


@pytest.fixture
def priya(case: Case, cast: Cast) -> Client:
    return signed_in(cast.priya)


def page(client: Client, case: Case) -> str:
    return client.get(reverse("case_promises", args=[case.matter.reference])).text


def sections(text: str) -> dict[str, str]:
    """The words under each heading of the page's sections."""
    _, *pieces = words_between(text)
    return dict(pieces)


def words_between(text: str) -> list[tuple[str, str]]:
    main = text[text.index("<main") : text.index("</main>")]
    found = []
    for piece in main.split("<h2")[1:]:
        heading = every("<h2" + piece, "h2")[0]
        found.append((heading, words("<main>" + piece.partition("</h2>")[2] + "</main>")))
    return [("", ""), *found]


def record(client: Client, case: Case, slug: str, query: str = "", **typed: Any) -> Any:
    good = answers.acts(AT).get(slug, {})
    address = reverse("record_act", args=[case.matter.reference, slug]) + query
    return client.post(address, {**good, **typed}, follow=True)


def excuse(client: Client, case: Case, promise: str, family_name: str | None = "Khan", **typed: Any) -> Any:
    about = party(case, family_name) if family_name else None
    return record(client, case, "not-applicable", **{**answers.not_applicable(promise, about, AT), **typed})


def states(case: Case, family_name: str = "Khan") -> dict[str, State]:
    about = party(case, family_name).pk
    return {showing.promise: showing.state for showing in showings(case.matter) if showing.about == about}


# --- what it shows ---------------------------------------------------------------------------------


def test_a_new_case_lists_what_is_missing_for_each_person_and_for_the_case(case: Case, priya: Client) -> None:
    text = page(priya, case)
    said = sections(text)
    assert list(said) == ["Not shown yet", "Shown", "Measured, no time set"]
    assert said["Not shown yet"].startswith("22 of 24 promises are not shown.")
    assert every(text, "h3", "govuk-heading-s") == [
        "Ms Khan", "Mrs Webb", "The case as a whole", "Ms Khan", "Mrs Webb",
    ]  # fmt: skip
    assert (
        "What people tell the partners stays confidential.Cherwell 4, CHER-4a Nothing of the kind has happened"
        in said["Shown"]
    )
    assert "Bring the case of Ms Khan to an outcomeCherwell 3, CHER-3-0 So far 3 hours" in said["Measured, no time set"]


def test_each_missing_promise_leads_to_what_would_show_it(case: Case, priya: Client) -> None:
    khan = party(case).pk
    record_at = f"/cases/{case.matter.reference}/record"
    text = page(priya, case)
    for address in (
        f"{record_at}/done/?what=rights.explained&amp;about={khan}",
        f"{record_at}/contact/?what=contact.made&amp;about={khan}",
        f"{record_at}/spoc/?what=spoc.named&amp;about={khan}",
        f"{record_at}/done/?what=definition.applied",
        f"{record_at}/not-applicable/?promise=CHER-4b%3A{khan}",
        f"{record_at}/not-applicable/?promise=CHER-P2%3Acase",
    ):
        assert f'href="{address}"' in text
    # What has a deadline is not set aside.
    assert f"promise=CHER-3b-i%3A{khan}" not in text


def test_a_link_from_a_missing_promise_comes_with_its_answer_ticked(case: Case, priya: Client) -> None:
    khan = str(party(case).pk)
    address = reverse("record_act", args=[case.matter.reference, "done"])
    typed = boxes(priya.get(address, {"what": "rights.explained", "about": khan}).text)
    assert (typed["people"], typed["about"]) == ("rights.explained", khan)


def test_what_was_done_is_shown_with_when_and_by_which_entry(case: Case, priya: Client) -> None:
    record(priya, case, "done", about=str(party(case).pk))
    text = page(priya, case)
    event = Event.objects.get(kind="rights.explained")
    link = f"{reverse('case_timeline', args=[case.matter.reference])}?page=1#entry-{event.pk}"
    assert f'href="{link}">Rights explained to Ms Khan</a>' in text
    assert "Rights explained to Ms Khan Wednesday 2 September 2026, 11:15am" in sections(text)["Shown"]
    timeline = priya.get(reverse("case_timeline", args=[case.matter.reference])).text
    assert f'id="entry-{event.pk}"' in timeline


def test_promises_that_one_act_settles_are_one_line_with_all_their_codes(
    wednesday: time_machine.Traveller, cast: Cast
) -> None:
    """Cherwell asks for one named contact, and so does the guidance that the layer holds."""
    load_charter(partnership=None, path=CHARTERS / "england-2026.toml", effective_from=date(2026, 1, 1))
    case = cast.case(timezone.now())
    said = sections(page(signed_in(cast.priya), case))["Not shown yet"]
    assert (
        "Every victim has one named person to turn to.Cherwell 3, CHER-3a "
        "The victim has one person to turn to throughout.England Guidance July 2025, ENG-SG-spoc "
        "The person's single point of contact was named" in said
    )


def test_what_happened_against_a_promise_cannot_be_made_good(case: Case, priya: Client) -> None:
    record(priya, case, "done", people=[], support=[], action=[], wrong=["confidence.breached"],
           about=str(party(case).pk))  # fmt: skip
    said = sections(page(priya, case))["Not shown yet"]
    assert (
        "What people tell the partners stays confidential.Cherwell 4, CHER-4a It happened, and must not have: "
        "something Ms Khan told in confidence reached somebody it should not have" in said
    )
    assert states(case)["CHER-4a"] is State.MISSING
    assert states(case, "Webb")["CHER-4a"] is State.SHOWN


def test_what_took_how_long_without_a_time_promised_is_told_running_first(case: Case, priya: Client) -> None:
    record(priya, case, "done", people=["outcome.told"], support=[], action=[], about=str(party(case).pk))
    measured = sections(page(priya, case))["Measured, no time set"]
    assert (
        "Bring the case of Mrs Webb to an outcomeCherwell 3, CHER-3-0 So far 3 hours, no time was promised "
        "Bring the case of Ms Khan to an outcomeCherwell 3, CHER-3-0 Took 2 hours 15 minutes, no time was promised"
    ) in measured


def test_a_merged_case_shows_what_was_done_in_the_other(case: Case, cast: Cast) -> None:
    other = cast.case(timezone.now() - HOUR)
    same = {party(other).pk: party(case).pk}
    merge(matter=other.pk, into=case.pk, same=same, by=Author(person=cast.dylan.pk, agency=cast.council.pk))
    log_contact(
        case=case, party=party(case), channel=ContactChannel.TELEPHONE, at=timezone.now(), by=cast.priya, note="Met."
    )
    other.refresh_from_db()
    assert {showing.promise: showing.state for showing in showings(other.matter)}["CHER-3b-i"] is State.SHOWN
    text = page(signed_in(cast.priya), other)
    assert "An entry of the case that this one was merged into" in words(text)


# --- recording several things at once --------------------------------------------------------------


def test_one_visit_is_ticked_once_and_entered_for_everybody_known(case: Case, priya: Client) -> None:
    result = record(priya, case, "done")
    assert result.redirect_chain == [(reverse("case_promises", args=[case.matter.reference]), 302)]
    told = Event.objects.filter(matter=case.pk, recorded_by__isnull=False, occurred_at=AT).order_by("position")
    khan, webb = party(case).pk, party(case, "Webb").pk
    assert [(event.kind, event.about) for event in told] == [
        ("rights.explained", khan), ("rights.explained", webb),
        ("complaint_route.told", khan), ("complaint_route.told", webb),
        ("support.signposted", khan), ("support.signposted", webb),
        ("options.considered", None),
    ]  # fmt: skip
    assert Note.objects.get(event=told[0].pk).text == "A note."
    assert "17 of 24" not in words(result.text)
    assert "16 of 24 promises are not shown." in words(result.text)


def test_only_what_the_standards_of_the_case_ask_for_is_offered(case: Case, priya: Client) -> None:
    form = priya.get(reverse("record_act", args=[case.matter.reference, "done"])).context["form"]
    offered = {value for name in form.groups for value, _ in form.fields[name].choices}
    assert offered == {
        "reference.given", "rights.explained", "spoc.told", "outcome.told", "closing.explained",
        "complaint_route.told", "satisfaction.asked", "support.signposted", "definition.applied",
        "options.considered", "perpetrator.action", "perpetrator.warned", "enforcement.decided",
        "evidence.means_given", "investigation.completed", "investigation.reviewed", "confidence.breached",
    }  # fmt: skip


def test_nothing_ticked_is_refused_and_nothing_typed_is_lost(case: Case, priya: Client) -> None:
    typed = {**answers.acts(AT)["done"], "people": [], "support": [], "action": []}
    result = record(priya, case, "done", **typed)
    assert (result.status_code, complaint(result.text, "people")) == (422, "Select what was done")
    assert lost(result.text, typed) == []


def test_a_contact_is_named_and_told_in_one_go(case: Case, priya: Client, cast: Cast) -> None:
    typed = {**answers.spoc(cast.tom, AT), "about": str(party(case).pk)}
    record(priya, case, "spoc", **typed)
    named, told = Event.objects.filter(kind__startswith="spoc.").order_by("position")
    assert (named.kind, named.detail, told.kind) == ("spoc.named", {"officer": str(cast.tom.pk)}, "spoc.told")
    assert "Tom Ellery is the contact of Ms Khan" in words(page(priya, case))
    assert clock(case, "CHER-3a").outcome == "measured"
    stranger = record(priya, case, "spoc", **{**typed, "officer": str(cast.alex.pk)})
    assert (stranger.status_code, bool(complaint(stranger.text, "officer"))) == (422, True)


# --- what does not apply ---------------------------------------------------------------------------


def test_a_reason_takes_a_promise_out_of_what_is_missing_and_is_told(case: Case, cast: Cast, priya: Client) -> None:
    result = excuse(priya, case, "CHER-4b", reason="no_evidence", note="")
    assert "21 of 24 promises are not shown." in words(result.text)
    assert (
        "CHER-4b does not apply to Ms Khan: no evidence was offered Wednesday 2 September 2026, 11:15am"
        in sections(result.text)["Does not apply"]
    )
    assert Event.objects.get(kind="promise.not_applicable").detail == {"promise": "CHER-4b", "reason": "no_evidence"}
    again = excuse(priya, case, "CHER-4b")
    assert again.status_code == 422


def test_another_reason_needs_its_words(case: Case, priya: Client) -> None:
    result = excuse(priya, case, "CHER-4b", reason="other", note="")
    assert (result.status_code, complaint(result.text, "note")) == (422, "Enter the reason in your own words")


@pytest.mark.parametrize("promise", ["CHER-3b-i", "CHER-3c", "CHER-5a", "CHER-4a", "ENG-SG-spoc"])
def test_a_promise_with_a_deadline_or_shown_or_unknown_has_no_reason(promise: str, case: Case, priya: Client) -> None:
    result = excuse(priya, case, promise)
    assert (result.status_code, Event.objects.filter(kind="promise.not_applicable").exists()) == (422, False)


def test_a_reason_may_be_withdrawn_and_the_promise_is_missing_again(case: Case, priya: Client) -> None:
    excuse(priya, case, "CHER-4b")
    event = Event.objects.get(kind="promise.not_applicable")
    address = reverse("correct_entry", args=[case.matter.reference, event.pk])
    priya.post(address, {"what": "withdraw", "note": "She has recordings after all."})
    assert states(case)["CHER-4b"] is State.MISSING


def test_who_neither_has_the_case_nor_leads_gives_no_reasons(case: Case, cast: Cast) -> None:
    tom = signed_in(cast.tom)
    assert excuse(tom, case, "CHER-4b").status_code == 403
    assert "not-applicable" not in page(tom, case)


# --- closing, and opening again --------------------------------------------------------------------


def test_closing_says_how_many_promises_would_count_as_not_kept_and_leads_to_each(case: Case, priya: Client) -> None:
    text = priya.get(reverse("record_act", args=[case.matter.reference, "close"])).text
    assert "22 promises would be counted as not kept if you close the case now." in words(text)
    assert f"done/?what=rights.explained&amp;about={party(case).pk}" in text
    assert f"not-applicable/?promise=CHER-4b%3A{party(case).pk}" in text


def test_what_is_missing_at_closing_is_counted_and_late_entries_of_what_was_done_before_are_too(
    case: Case, priya: Client
) -> None:
    owed_before = {(showing.promise, showing.about) for showing in missing(case.matter)}
    record(priya, case, "close", **answers.moment("at", AT + timedelta(minutes=30)))
    case.refresh_from_db()
    evidence = Evidence.objects.get(matter=case.pk)
    assert len(evidence.missing) == len(owed_before) == 22
    assert "The case was closed without them, so they count as not kept." in words(page(priya, case))
    late = record(priya, case, "done", **answers.moment("at", AT + timedelta(minutes=40)), about=str(party(case).pk))
    assert "Done, but too late: Wednesday 2 September 2026, 11:55am" in words(late.text)
    record(priya, case, "done", about=str(party(case).pk))
    evidence.refresh_from_db()
    codes = list(Promise.objects.filter(pk__in=evidence.missing).values_list("code", flat=True))
    assert (len(evidence.missing), "CHER-4c" in codes) == (18, False)


def test_a_reason_given_after_closing_counts_only_from_before_it(case: Case, priya: Client) -> None:
    record(priya, case, "close", **answers.moment("at", AT))
    case.refresh_from_db()
    late = excuse(priya, case, "CHER-4b", **answers.moment("at", AT + HOUR / 2))
    assert (late.status_code, complaint(late.text, "at")) == (
        422,
        "It had to be shown by then. A reason counts only from before the case was closed.",
    )
    assert excuse(priya, case, "CHER-4b").status_code == 200
    assert states(case)["CHER-4b"] is State.NOT_APPLICABLE


def test_a_team_lead_opens_a_closed_case_again_and_it_is_owed_again(case: Case, priya: Client, cast: Cast) -> None:
    dylan = signed_in(cast.dylan)
    menu = reverse("record_menu", args=[case.matter.reference])
    record(priya, case, "contact", about=str(party(case).pk))
    assert "That the case is opened again" not in words(dylan.get(menu).text)
    record(priya, case, "close", **answers.moment("at", AT))
    assert "That the case is opened again" in words(dylan.get(menu).text)
    assert "That the case is opened again" not in words(priya.get(menu).text)
    assert record(priya, case, "reopen").status_code == 403
    early = record(dylan, case, "reopen", **answers.moment("at", AT - HOUR))
    assert (early.status_code, complaint(early.text, "at")) == (
        422,
        "The date and time must not be before the case was closed (Wednesday 2 September 2026, 11:15am)",
    )
    result = record(dylan, case, "reopen", **answers.moment("at", AT + HOUR / 2))
    assert "Case opened again" in words(result.text)
    assert "Open" in every(result.text, "strong", "govuk-tag")
    again = clock(case, "CHER-3b-i", about=party(case).pk, turn=2)
    assert (again.outcome, again.started_at, again.due_at) == ("running", AT + HOUR / 2, AT + HOUR / 2 + 48 * HOUR)
    assert not Evidence.objects.filter(matter=case.pk).exists()
    before = record(dylan, case, "close", **answers.moment("at", AT + HOUR / 4))
    assert (before.status_code, complaint(before.text, "at")) == (
        422,
        "The date and time must be after the case was opened again",
    )
    assert record(dylan, case, "close", **answers.moment("at", AT + HOUR * 0.7)).status_code == 200
