"""Every kind of event that can occur in a case reads as a sentence, and names whom it is about."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

from asb_cases.event_words import Names, sentence
from asb_cases.forms.acts import RECORDED_BY
from asb_cases.vocabulary import DONE_KINDS, OF_THE_CASE
from ledger.models import Event
from ledger.vocabulary import EventKind
from standards.charter import Charter, Kind, Role
from standards.charter_file import load

CHARTERS = sorted((Path(__file__).parents[2] / "standards" / "charters").glob("*.toml"))
KHAN, TOM, POLICE = uuid4(), uuid4(), uuid4()
NAMES = Names(parties={KHAN: "Ms Khan"}, people={TOM: "Tom Ellery"}, agencies={POLICE: "The police"})
DETAIL = {
    "updates.agreed": {"amount": 3, "unit": "calendar_days"},
    "deadline.varied": {"due": "2026-09-06T10:15:00+00:00"},
}
# About somebody, but what is said of it needs no name: it is perceived, assigned or done for the case.
NAMELESS = {
    "hate.identified", "response.made", "intervention.made", "referral.made", "referral.accepted",
    "officer.assigned", "matter.transferred", "police.forwarded", "immediate_need.identified",
}  # fmt: skip


def charters() -> list[Charter]:
    return [load(path, event_kinds=EventKind.values)[0] for path in CHARTERS]


def used_in_cases() -> set[str]:
    used: set[str] = set()
    for charter in charters():
        for promise in charter.judged:
            if promise.clock and promise.clock.matter is Kind.CASE:
                rule = promise.clock
                used.update(rule.start, rule.stop, rule.waived_by, rule.opt_out, rule.agreed_by)
            for shown in promise.shown_by:
                if shown.matter is Kind.CASE:
                    used.update(shown.start, shown.events, shown.never, shown.by)
    return used


def said(kind: str) -> str:
    return sentence(Event(kind=kind, about=KHAN, detail=DETAIL.get(kind, {})), NAMES)


def test_the_charters_are_read() -> None:
    assert len(CHARTERS) == 6
    assert len(used_in_cases()) > 55


def test_each_kind_that_a_promise_hangs_on_has_a_sentence_and_names_the_person() -> None:
    for kind in used_in_cases() | DONE_KINDS | {kind.value for kind in RECORDED_BY}:
        words = said(kind)
        label = EventKind(kind).label
        named = kind not in NAMELESS | OF_THE_CASE and not kind.startswith("matter.")
        assert ("Ms Khan" in words) is named, (kind, words)
        assert words != label or not named, kind
        assert words[0].isupper(), kind


def test_some_sentences() -> None:
    assert said("support.offered") == "Support offered to Ms Khan"
    assert said("rights.explained") == "Rights explained to Ms Khan"
    assert said("options.considered") == "Full range of tools and powers considered"
    made = Event(kind="referral.accepted", detail={"agency": str(POLICE)})
    assert sentence(made, NAMES) == "Accepted by The police"
    told = Event(kind="rights.explained", detail={})
    assert sentence(told, NAMES) == "Rights explained to everybody concerned"
    excused = Event(kind="promise.not_applicable", about=KHAN, detail={"promise": "CHER-4b", "reason": "unsafe"})
    assert sentence(excused, NAMES) == "CHER-4b does not apply to Ms Khan: it would not be safe for the person"


def test_whatever_a_promise_of_a_case_hangs_on_can_be_recorded() -> None:
    follow = {"officer.assigned", "matter.transferred"}  # recorded where it is done
    assert used_in_cases() - follow <= {kind.value for kind in RECORDED_BY}


def test_what_only_the_case_is_owed_is_recorded_for_the_case() -> None:
    """A fact about one person does not show what nobody in particular is owed."""
    for charter in charters():
        for promise in charter.judged:
            for rule in promise.shown_by:
                if rule.matter is Kind.CASE and rule.owed_to == (Role.MATTER,):
                    assert DONE_KINDS.intersection(rule.events) <= OF_THE_CASE, promise.code
