"""What a partnership sets for itself: the form, what it would have changed, and the version that follows from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from asb_cases.models import Case
from asb_cases.services.contact import log_contact
from asb_cases.vocabulary import ContactChannel
from frontend.words import date_words
from ledger.vocabulary import EventKind
from standards.calendar import LONDON
from standards.charter import AttemptsRule, Within
from standards.charter_file import parse
from standards.loading import add_version
from standards.local_settings import settings_of
from standards.models import Charter, Clock
from standards.preview import last_month, preview, touched
from standards.selectors import rules_of
from tests.answers import day
from tests.cast import Cast, clock, party, use_the_hosts_clock
from tests.dashboards.test_versions import rows
from tests.reading import boxes, complaint, every, lost, words
from tests.system.scene import signed_in

URL = "/dashboard/standards/cherwell/settings/"
PREVIEW = f"{URL}preview/"
VERSIONS = "/dashboard/standards/cherwell/versions/"
DAY = timedelta(days=1)


def tomorrow() -> date:
    return timezone.localdate() + DAY


def typed(client: Client, **changes: Any) -> dict[str, Any]:
    """The form as it stands, with some answers changed; from tomorrow on, for a reason."""
    found = boxes(client.get(URL).text)
    found.pop("csrfmiddlewaretoken", None)
    return {**found, **day("effective_from", tomorrow()), "note": "The team meets at four.", **changes}


def newest(cast: Cast) -> Charter:
    return Charter.objects.filter(partnership=cast.cherwell).latest("effective_from")


@pytest.fixture
def grace(cast: Cast) -> Client:
    return signed_in(cast.grace)


def test_the_form_shows_what_counts_now_and_below_it_what_comes_with_the_document(cast: Cast, grace: Client) -> None:
    response = grace.get(URL)
    assert response.status_code == 200
    found = boxes(response.text)
    assert [found[name] for name in ("close_of_day", "warn_after")] == ["5:00pm", "75"]
    assert [found[f"attempts_{name}"] for name in ("number", "days", "channels")] == ["3", "2", "2"]
    assert [found["amount_CHER-5a_clock"], found["unit_CHER-5a_clock"]] == ["10", "working_days"]
    assert found["note"] == ""
    fixed = response.text[response.text.index("Settings that come with the document") :]
    assert dict(zip(every(fixed, "dt"), every(fixed, "dd"), strict=True))["Risk that is not assessed yet"] == (
        "Counts as high"
    )
    assert "End of the working day" not in every(fixed, "dt")


def test_only_a_manager_of_the_partnership_sees_it(cast: Cast) -> None:
    expected = {"jo": 403, "priya": 403, "dylan": 403, "robin": 403, "grace": 200, "leo": 404, "maya": 404, "noah": 404}
    assert {who: signed_in(cast.staff[who]).get(URL).status_code for who in expected} == expected


def test_from_the_form_over_the_preview_to_a_new_version(cast: Cast, grace: Client) -> None:
    sent = grace.post(URL, typed(grace, close_of_day="4:30pm", warn_after="50", **{"amount_CHER-5a_clock": "5"}))
    assert (sent.status_code, sent.headers["Location"]) == (302, PREVIEW)
    assert Charter.objects.filter(partnership=cast.cherwell).count() == 1, "nothing counts before it is confirmed"
    shown = grace.get(PREVIEW)
    assert "The team meets at four." in words(shown.text)
    assert ["End of the working day", "5:00pm", "4:30pm"] in rows(shown.text)
    assert ["Warning of the officer", "When 75% of the time has gone", "When 50% of the time has gone"] in rows(
        shown.text
    )
    assert ["Time allowed", "10 working days, set by the partnership", "5 working days, set by the partnership"] in (
        rows(shown.text)
    )
    done = grace.post(PREVIEW, follow=True)
    assert f"Version 2 was made. What is received from {date_words(tomorrow())} on runs under it." in words(done.text)
    made = newest(cast)
    assert (made.version, made.effective_from, made.loaded_by, made.note) == (
        2,
        tomorrow(),
        cast.grace,
        "The team meets at four.",
    )
    now = settings_of(made.body)
    assert (now.close_of_day.isoformat("minutes"), now.warn_after_share) == ("16:30", 0.5)
    assert now.targets["CHER-5a.clock"] == Within(5, "working_days", local=True)
    assert made.promises.count() == Charter.objects.get(version=1, partnership=cast.cherwell).promises.count()
    assert "They do not count yet" not in words(grace.get(URL).text), "the draft is done with"


def test_what_is_received_from_that_day_on_runs_under_it_and_earlier_matters_keep_theirs(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_the_hosts_clock(monkeypatch)
    with time_machine.travel(datetime(2026, 9, 1, 9, tzinfo=LONDON), tick=False) as traveller:
        grace = signed_in(cast.grace)
        before = cast.case(timezone.now())
        changed = typed(grace, close_of_day="16:30", **day("effective_from", date(2026, 9, 3)))
        assert grace.post(URL, changed).status_code == 302
        assert grace.post(PREVIEW).status_code == 302
        traveller.move_to(datetime(2026, 9, 2, 23, 59, tzinfo=LONDON))
        still_before = cast.case(timezone.now())
        traveller.move_to(datetime(2026, 9, 3, 0, 0, tzinfo=LONDON))
        after = cast.case(timezone.now())
    assert [(case.matter.charter.version, due(case)) for case in (before, still_before, after)] == [
        (1, "2026-09-04 17:00"),
        (1, "2026-09-07 17:00"),
        (2, "2026-09-08 16:30"),
    ]


def due(case: Case) -> str:
    return f"{clock(case, 'CHER-3c').due_at.astimezone(LONDON):%Y-%m-%d %H:%M}"


def test_a_target_is_set_where_there_was_none_and_taken_away_again(cast: Cast, grace: Client) -> None:
    free = next(key for key, within in settings_of(newest(cast).body).targets.items() if within is None)
    box = free.replace(".", "_")
    grace.post(URL, typed(grace, **{f"amount_{box}": "2", f"unit_{box}": "calendar_days"}))
    assert grace.post(PREVIEW).status_code == 302
    assert settings_of(newest(cast).body).targets[free] == Within(2, "calendar_days", local=True)
    code = free.partition(".")[0]
    assert next(one for one in rules_of(newest(cast).pk).promises if one.code == code).clock.within.amount == 2
    away = typed(grace, **{f"amount_{box}": ""}, **day("effective_from", tomorrow() + DAY))
    grace.post(URL, away)
    assert grace.post(PREVIEW).status_code == 302
    assert settings_of(newest(cast).body).targets[free] is None
    assert [version.version for version in Charter.objects.filter(partnership=cast.cherwell)] == [1, 2, 3]


# --- nothing typed is lost ---


def test_the_answers_survive_the_way_to_the_preview_and_back(cast: Cast, grace: Client) -> None:
    answers = typed(grace, close_of_day="4.30pm", attempts_number="5")
    grace.post(URL, answers)
    grace.get(PREVIEW)
    back = grace.get(URL)
    assert lost(back.text, {name: value for name, value in answers.items() if name != "base"}) == []
    assert "Your changes are below. They do not count yet." in words(back.text)
    grace.post(f"{URL}discard/")
    assert boxes(grace.get(URL).text)["attempts_number"] == "3"
    assert grace.get(PREVIEW).headers["Location"] == URL


WRONG = {
    "close_of_day": ("noonish", "Enter a time, like 5:00pm"),
    "warn_after": ("100", "When the officer is warned must be 99 or less"),
    "attempts_number": ("", "Enter the number of attempts"),
    "attempts_days": ("4", "There cannot be more days than attempts"),
    "attempts_channels": ("4", "There cannot be more channels than attempts"),
    "amount_CHER-5a_clock": ("0", "The amount for CHER-5a must be 1 or more"),
    "note": ("", "Enter why the settings are changed"),
}


@pytest.mark.parametrize("box", WRONG)
def test_what_is_wrong_is_said_beside_it(box: str, cast: Cast, grace: Client) -> None:
    value, said = WRONG[box]
    answers = typed(grace, **{"warn_after": "60", box: value})
    response = grace.post(URL, answers)
    assert response.status_code == 422
    assert complaint(response.text, box) == said
    assert lost(response.text, answers) == []


@pytest.mark.parametrize(
    ("ahead", "said"),
    [
        (0, "The day must be tomorrow or later: what was received today already has its deadlines"),
        (-400, "The day must be tomorrow or later: what was received today already has its deadlines"),
        (9, "Version 2 takes effect on {planned}. The day must be after that"),
        (10, "Version 2 takes effect on {planned}. The day must be after that"),
        (11, None),
    ],
)
def test_a_version_begins_tomorrow_at_the_earliest_and_after_the_one_that_is_planned(
    ahead: int, said: str | None, cast: Cast, grace: Client
) -> None:
    planned = timezone.localdate() + 10 * DAY
    first = newest(cast)
    add_version(partnership=cast.cherwell.pk, rules=rules_of(first.pk), body=first.body, effective_from=planned)
    answers = typed(grace, warn_after="60", **day("effective_from", timezone.localdate() + ahead * DAY))
    response = grace.post(URL, answers)
    if said is None:
        assert response.status_code == 302
    else:
        assert complaint(response.text, "effective_from") == said.format(planned=date_words(planned))


def test_without_a_change_there_is_nothing_to_save(cast: Cast, grace: Client) -> None:
    response = grace.post(URL, typed(grace))
    assert response.status_code == 422
    assert "You have not changed any setting. Change one, or leave this page" in words(response.text)


# --- two managers at once ---


def by_maya(cast: Cast) -> Charter:
    first = newest(cast)
    body = {**first.body, "settings": {**first.body["settings"], "close_of_day": "16:00"}}
    rules = parse(body, event_kinds=EventKind.values)
    return add_version(
        partnership=cast.cherwell.pk, rules=rules, body=body, effective_from=tomorrow(), by=cast.maya, note="Earlier."
    )


def said_of_maya() -> str:
    return (
        f"The standards were changed meanwhile by Maya Holt: version 2 takes effect on {date_words(tomorrow())}. "
        "Look at your changes again before you save them"
    )


def test_who_sends_the_form_too_late_is_told_and_keeps_what_she_changed(cast: Cast, grace: Client) -> None:
    answers = typed(grace, warn_after="60", **day("effective_from", tomorrow() + DAY))
    by_maya(cast)
    response = grace.post(URL, answers)
    assert response.status_code == 422
    assert said_of_maya() in words(response.text)
    found = boxes(response.text)
    assert (found["warn_after"], found["close_of_day"]) == ("60", "4:00pm"), "hers, and what the other one set"
    found.pop("csrfmiddlewaretoken", None)
    assert grace.post(URL, found).status_code == 302
    assert grace.post(PREVIEW).status_code == 302
    now = settings_of(newest(cast).body)
    assert (newest(cast).version, now.warn_after_share, f"{now.close_of_day:%H:%M}") == (3, 0.6, "16:00")


def test_who_confirms_too_late_is_told_and_keeps_what_she_changed(cast: Cast, grace: Client) -> None:
    grace.post(URL, typed(grace, warn_after="60"))
    by_maya(cast)
    response = grace.post(PREVIEW, follow=True)
    assert said_of_maya() in words(response.text)
    assert [boxes(response.text)[name] for name in ("warn_after", "close_of_day")] == ["60", "4:00pm"]
    assert newest(cast).version == 2


def test_a_day_that_has_come_meanwhile_is_not_taken(cast: Cast) -> None:
    with time_machine.travel(datetime(2026, 9, 1, 23, 50, tzinfo=LONDON), tick=False) as traveller:
        grace = signed_in(cast.grace)
        grace.post(URL, typed(grace, warn_after="60"))
        traveller.move_to(datetime(2026, 9, 2, 0, 10, tzinfo=LONDON))
        response = grace.post(PREVIEW, follow=True)
    assert "The day must be tomorrow or later" in words(response.text)
    assert newest(cast).version == 1


# --- what it would have changed ---


@pytest.fixture
def august(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Three cases of August 2026, contacted after 10, 30 and 100 hours, and one of July that was not."""
    use_the_hosts_clock(monkeypatch)
    with time_machine.travel(datetime(2026, 9, 10, 9, tzinfo=LONDON), tick=False):
        for number, hours in enumerate((10, 30, 100), start=1):
            received = datetime(2026, 8, 31 if number == 3 else number, 9, tzinfo=LONDON)
            case = cast.case(received)
            at = received + timedelta(hours=hours)
            log_contact(case=case, party=party(case), channel=ContactChannel.TELEPHONE, at=at, by=cast.priya)
        cast.case(datetime(2026, 7, 31, 23, 59, tzinfo=LONDON))
    return cast


def test_the_preview_counts_what_was_missed_and_what_would_have_been(august: Cast) -> None:
    present = rules_of(newest(august).pk)
    first_day, last_day = last_month(date(2026, 9, 10))
    assert (first_day, last_day) == (date(2026, 8, 1), date(2026, 8, 31))
    body = newest(august).body
    stricter = parse(
        {**body, "promise": [_within(one, "CHER-3b-i", 24) for one in body["promise"]]}, event_kinds=EventKind.values
    )
    found = preview(
        partnership=august.cherwell.pk,
        first_day=first_day,
        last_day=last_day,
        present=present,
        changed=stricter,
        now=datetime(2026, 9, 10, 9, tzinfo=LONDON),
    )
    assert (found.matters, found.capped) == (3, False)
    assert [(row.promise.code, row.owed, row.missed_before, row.missed_after, row.words) for row in found.rows] == [
        ("CHER-3b-i", 3, 1, 2, "1 more would have been missed")
    ]
    back = preview(
        partnership=august.cherwell.pk,
        first_day=first_day,
        last_day=last_day,
        present=stricter,
        changed=present,
        now=datetime(2026, 9, 10, 9, tzinfo=LONDON),
        cap=2,
    )
    assert (back.matters, back.capped) == (2, True)
    assert [row.words for row in back.rows] == ["1 fewer would have been missed"]
    hurried = preview(
        partnership=august.cherwell.pk,
        first_day=first_day,
        last_day=last_day,
        present=present,
        changed=stricter,
        now=datetime(2026, 9, 10, 9, tzinfo=LONDON),
        seconds=-1,
    )
    assert (hurried.matters, hurried.capped, hurried.rows) == (0, True, ())


def _within(promise: dict[str, Any], code: str, hours: int) -> dict[str, Any]:
    if promise["code"] != code:
        return promise
    return {**promise, "clock": {**promise["clock"], "within": {"amount": hours, "unit": "hours"}}}


def test_only_promises_that_a_change_can_touch_are_judged(cast: Cast) -> None:
    present = rules_of(newest(cast).pk)

    def changed(**settings: Any):
        return replace(present, settings=replace(present.settings, **settings))

    assert touched(present, present) == frozenset()
    assert touched(present, changed(warn_after_share=0.5)) == frozenset()
    close = touched(present, changed(close_of_day=datetime(2026, 1, 1, 16, tzinfo=LONDON).time()))
    assert {"CHER-3c", "CHER-5a"} <= close
    assert not close & {"CHER-3b-i", "CHER-3b-ii"}
    assert "CHER-3b-i" in touched(present, changed(attempts=AttemptsRule(1, 1, 1)))


def test_the_preview_judges_as_the_stored_clocks_were(august: Cast) -> None:
    """Under the present standards it finds what the engine stored."""
    present = rules_of(newest(august).pk)
    every_clock = replace(present, settings=replace(present.settings, attempts=AttemptsRule(9, 9, 5)))
    now = datetime(2026, 9, 10, 9, tzinfo=LONDON)
    found = preview(
        partnership=august.cherwell.pk,
        first_day=date(2026, 8, 1),
        last_day=date(2026, 8, 31),
        present=every_clock,
        changed=present,
        now=now,
    )
    stored = Clock.objects.filter(matter__received_at__gte=datetime(2026, 8, 1, tzinfo=LONDON))
    for row in found.rows:
        clocks = stored.filter(promise__code=row.promise.code)
        assert row.owed == clocks.count(), row.promise.code
        missed = [
            one for one in clocks if one.outcome == "missed" or (not one.ended_at and one.due_at and one.due_at < now)
        ]
        assert row.missed_after == len(missed), row.promise.code


def test_the_preview_page_says_how_many_more_would_have_been_missed(august: Cast) -> None:
    with time_machine.travel(datetime(2026, 9, 10, 9, tzinfo=LONDON), tick=False):
        grace = signed_in(august.grace)
        grace.post(URL, typed(grace, close_of_day="9am"))
        text = words(grace.get(PREVIEW).text)
    assert "What was received from 1 August 2026 until 31 August 2026, 3 matters in all" in text
    assert "CHER-3c" in text


def test_a_change_of_warnings_only_moves_no_deadline(cast: Cast, grace: Client) -> None:
    grace.post(URL, typed(grace, warn_after="60"))
    assert "The change moves no deadline: it only changes when officers are warned." in words(grace.get(PREVIEW).text)


def test_the_preview_asks_no_more_for_three_matters_than_for_one(august: Cast) -> None:
    asked = []
    with time_machine.travel(datetime(2026, 9, 10, 9, tzinfo=LONDON), tick=False):
        grace = signed_in(august.grace)
        grace.post(URL, typed(grace, close_of_day="9am"))
        grace.get(PREVIEW)
        for months in (1, 0):  # one matter in July, three in August
            with time_machine.travel(datetime(2026, 9 - months, 10, 9, tzinfo=LONDON), tick=False):
                with CaptureQueriesContext(connection) as queries:
                    found = words(grace.get(PREVIEW).text)
                asked.append(("1 matter in all" in found, "3 matters in all" in found, len(queries)))
    assert asked == [(True, False, 11), (False, True, 11)]
