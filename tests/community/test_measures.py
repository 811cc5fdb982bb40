"""Promised figures: entered, withdrawn, held against targets that can be scored, and read beside each other."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from django.test import Client
from django.utils import timezone

from community.models import Publication
from ledger.models import Event
from standards.loading import load_charter
from standards.models import Clock, MeasureTarget, MeasureValue
from tests import answers
from tests.cast import CHARTERS, Cast
from tests.community.conftest import begin, months_ago
from tests.reading import boxes, complaint, every, lost, words
from tests.system.scene import signed_in

LIST = "/community/measures/"
PERCEPTION = f"{LIST}cherwell/CHER-A/"
CALLS = f"{LIST}cherwell/CHER-C/"
REPORTS = f"{LIST}cherwell/CHER-R/"


def year(ago: int) -> tuple[date, date]:
    """The reporting year (from April) that ended so many years before the last one."""
    today = timezone.localdate()
    start = date(today.year - (today.month < 4), 4, 1) - relativedelta(years=ago + 1)
    return start, start + relativedelta(years=1) - timedelta(days=1)


def value(ago: int, number: str, **changes: Any) -> answers.Answers:
    """The form for a figure, published on the day after its period."""
    last = year(ago)[1]
    return {
        "period": last.isoformat(),
        "number": number,
        "source": "Residents’ survey",
        **answers.day("published_on", last + timedelta(days=1)),
        **changes,
    }


def target(**changes: Any) -> answers.Answers:
    today = timezone.localdate()
    return {
        "baseline": "31.9",
        "source": "Residents’ survey of 2010",
        "target": "29",
        **answers.day("starts_on", today),
        **answers.day("ends_on", today + relativedelta(years=1)),
        **changes,
    }


def enter(client: Client, address: str, ago: int, number: str, **changes: Any) -> None:
    assert client.post(f"{address}values/new/", value(ago, number, **changes)).status_code == 302


def stands(client: Client, code: str) -> list[str]:
    """A row of the list: latest, before, target, promise."""
    text = client.get(LIST).text
    row = next(row for row in text.split("<tr") if f"/{code}/" in row)
    return every(row, "td")


def span(ago: int) -> str:
    first, last = year(ago)
    return f"April {first.year} to March {last.year}"


# --- targets ------------------------------------------------------------------------------------------

WITHOUT = {
    "baseline": ("baseline", "Enter the baseline, or nobody can tell whether the target was met"),
    "source": ("source", "Enter where the baseline comes from, or nobody can compare later figures with it"),
    "end date": ("ends_on", "Enter the end date, or nobody can tell when the target is missed"),
}


@pytest.mark.parametrize("what", WITHOUT)
def test_a_target_is_refused_without_what_makes_it_one(grace: Client, monthly: Cast, what: str) -> None:
    box, said = WITHOUT[what]
    left = {f"{box}_{part}": "" for part in ("day", "month", "year")} if box == "ends_on" else {box: ""}
    typed = target(**left)
    refused = grace.post(f"{PERCEPTION}targets/new/", typed)
    assert refused.status_code == 422
    assert complaint(refused.text, box) == said
    assert len(every(refused.text, "p", "govuk-error-message")) == 1
    assert lost(refused.text, typed) == []
    assert MeasureTarget.objects.count() == 0


def test_bolsovers_aim_stands_in_the_form_and_wants_an_end_date(cast: Cast) -> None:
    load_charter(partnership=cast.cherwell.pk, path=CHARTERS / "bolsover.toml", effective_from=date(2012, 1, 1))
    grace, address = signed_in(cast.grace), f"{LIST}cherwell/BOLS-1a/"
    filled = boxes(grace.get(f"{address}targets/new/").text)
    assert (filled["baseline"], filled["target"]) == ("31.9", "29")
    assert [filled[f"ends_on_{part}"] for part in ("day", "month", "year")] == ["", "", ""]
    as_it_stands = {name: text for name, text in filled.items() if name != "csrfmiddlewaretoken"}
    refused = grace.post(f"{address}targets/new/", as_it_stands)
    assert complaint(refused.text, "ends_on") == WITHOUT["end date"][1]
    assert "29%, without a date. Set a target with an end date to have it judged." in words(grace.get(address).text)
    ends = answers.day("ends_on", date(2027, 3, 31))
    assert grace.post(f"{address}targets/new/", {**as_it_stands, **ends}).status_code == 302
    (row,) = MeasureTarget.objects.all()
    assert (str(row.baseline), str(row.figure), row.ends_on, row.set_by) == (
        "31.90", "29.00", date(2027, 3, 31), cast.grace,
    )  # fmt: skip


REFUSED: dict[str, tuple[dict[str, Any], str, str]] = {
    "the baseline again": ({"target": "31.90"}, "target", "The target must be another figure than the baseline"),
    "over a hundred": ({"target": "101"}, "target", "The target must be 100 or less"),
    "no number": ({"baseline": "a third"}, "baseline", "The baseline must be a number"),
}


@pytest.mark.parametrize("wrong", REFUSED)
def test_a_target_that_makes_no_sense_is_refused(grace: Client, monthly: Cast, wrong: str) -> None:
    changes, box, said = REFUSED[wrong]
    refused = grace.post(f"{PERCEPTION}targets/new/", target(**changes))
    assert (refused.status_code, complaint(refused.text, box)) == (422, said)


def test_a_target_must_end_after_it_begins_and_each_day_has_one(grace: Client, monthly: Cast) -> None:
    early = grace.post(f"{PERCEPTION}targets/new/", target(**answers.day("ends_on", timezone.localdate())))
    assert complaint(early.text, "ends_on") == "The end date must be after the day from which the target counts"
    assert grace.post(f"{PERCEPTION}targets/new/", target()).status_code == 302
    twice = grace.post(f"{PERCEPTION}targets/new/", target(target="28"))
    assert complaint(twice.text, "ends_on") == "There is a target for this day already. Withdraw it first"


def test_setting_a_target_is_what_the_standards_ask_and_withdrawing_it_takes_that_back(
    grace: Client, monthly: Cast
) -> None:
    duty = begin(grace, monthly, months_ago(0))
    grace.post(f"{PERCEPTION}targets/new/", target())
    event = Event.objects.get(matter=duty.pk, kind="targets.set")
    assert (event.detail, event.recorded_by) == ({}, monthly.grace.pk)
    assert Clock.objects.filter(promise__code="CHER-T", outcome="kept").count() == 1
    log = words(grace.get("/community/publications/log/").text)
    assert "Target for CHER-A" in log
    assert grace.get(f"/community/publications/{event.pk}/withdraw/").status_code == 403

    row = MeasureTarget.objects.get()
    assert grace.post(f"{LIST}targets/{row.pk}/withdraw/").status_code == 302
    row.refresh_from_db()
    assert (row.withdrawn_by, row.withdrawn_at is None) == (monthly.grace, False)
    assert Event.objects.get(matter=duty.pk, kind="entry.withdrawn").corrects_id == event.pk
    assert Clock.objects.filter(promise__code="CHER-T", outcome="kept").count() == 0
    assert Publication.objects.get().withdrawn_because == "The target was withdrawn."
    text = grace.get(PERCEPTION).text
    assert every(text, "del") == [f"{row.ends_on:%-d %B %Y}", "29%"]
    assert f"Withdrawn on {timezone.localdate():%-d %B %Y} by Grace Okafor" in words(text)
    assert grace.get(f"{LIST}targets/{row.pk}/withdraw/").status_code == 403
    assert grace.post(f"{PERCEPTION}targets/new/", target()).status_code == 302


def test_without_a_standing_duty_a_target_is_set_all_the_same(grace: Client, monthly: Cast) -> None:
    assert grace.post(f"{PERCEPTION}targets/new/", target()).status_code == 302
    assert (MeasureTarget.objects.count(), Event.objects.count()) == (1, 0)


# --- figures and verdicts -----------------------------------------------------------------------------


def test_what_was_never_measured_is_not_kept(grace: Client, monthly: Cast) -> None:
    assert stands(grace, "CHER-A") == ["None yet", "31.9%", "None", "Not kept Not measured at all"]


def recently(ago: int = 0) -> answers.Answers:
    """Published today, so that the figure is not a year old."""
    return answers.day("published_on", timezone.localdate())


def test_a_figure_that_moves_as_promised_is_kept(grace: Client, monthly: Cast) -> None:
    enter(grace, PERCEPTION, 1, "30.5")
    enter(grace, PERCEPTION, 0, "30.1", **recently())
    assert stands(grace, "CHER-A") == [f"30.1% {span(0)}", "30.5%", "None", "Kept Lower than before"]


def test_a_figure_that_moves_the_wrong_way_is_not_kept(grace: Client, monthly: Cast) -> None:
    enter(grace, PERCEPTION, 0, "32", **recently())
    assert stands(grace, "CHER-A") == [f"32% {span(0)}", "31.9%", "None", "Not kept Higher than before"]


def test_a_target_whose_day_has_come_decides(grace: Client, monthly: Cast) -> None:
    day = timezone.localdate()
    past = {**answers.day("starts_on", day - timedelta(days=400)), **answers.day("ends_on", day)}
    grace.post(f"{PERCEPTION}targets/new/", target(**past))
    enter(grace, PERCEPTION, 0, "30", **recently())
    assert stands(grace, "CHER-A")[3] == f"Not kept Target of 29% by {day:%-d %B %Y} not met"
    row = MeasureValue.objects.get()
    assert grace.post(f"{LIST}values/{row.pk}/withdraw/").status_code == 302
    enter(grace, PERCEPTION, 0, "28.9", **recently())
    assert stands(grace, "CHER-A")[3] == f"Kept Target of 29% by {day:%-d %B %Y} met"


def test_what_is_withdrawn_stays_struck_through_and_counts_no_more(grace: Client, monthly: Cast) -> None:
    enter(grace, PERCEPTION, 0, "32", **recently())
    row = MeasureValue.objects.get()
    again = grace.post(f"{PERCEPTION}values/new/", value(0, "30"))
    assert again.status_code == 422  # the period is not offered any more
    assert grace.get(f"{LIST}values/{row.pk}/withdraw/").status_code == 200
    assert grace.post(f"{LIST}values/{row.pk}/withdraw/").status_code == 302
    assert stands(grace, "CHER-A")[3] == "Not kept Not measured at all"
    text = grace.get(PERCEPTION).text
    assert every(text, "del") == [span(0), "32%"]
    assert f"Withdrawn on {timezone.localdate():%-d %B %Y} by Grace Okafor" in words(text)
    assert grace.get(f"{LIST}values/{row.pk}/withdraw/").status_code == 403
    enter(grace, PERCEPTION, 0, "30", **recently())
    assert stands(grace, "CHER-A")[0] == f"30% {span(0)}"


BAD_VALUES: dict[str, tuple[dict[str, Any], str, str]] = {
    "no period": ({"period": ""}, "period", "Select the period"),
    "no figure": ({"number": ""}, "number", "Enter the figure"),
    "below nothing": ({"number": "-1"}, "number", "The figure must be 0 or more"),
    "no source": ({"source": ""}, "source", "Enter where the figure comes from"),
}


@pytest.mark.parametrize("wrong", BAD_VALUES)
def test_what_is_wrong_with_a_figure_is_said_beside_its_box(grace: Client, monthly: Cast, wrong: str) -> None:
    changes, box, said = BAD_VALUES[wrong]
    typed = {**value(0, "30"), **changes}
    refused = grace.post(f"{PERCEPTION}values/new/", typed)
    assert (refused.status_code, complaint(refused.text, box)) == (422, said)
    assert lost(refused.text, typed) == []
    assert MeasureValue.objects.count() == 0


def test_nothing_is_published_before_its_period_is_over(grace: Client, monthly: Cast) -> None:
    last = year(0)[1]
    refused = grace.post(
        f"{PERCEPTION}values/new/", value(0, "30", **answers.day("published_on", last - timedelta(days=1)))
    )
    assert complaint(refused.text, "published_on") == (
        f"The day must be {last:%-d %B %Y}, when the period ended, or later"
    )


def test_figures_that_contradict_each_other_are_shown_together_and_neither_is_called_a_success(
    grace: Client, monthly: Cast
) -> None:
    """X-26: fewer calls for service may mean that fewer people report."""
    enter(grace, CALLS, 1, "2000")
    enter(grace, CALLS, 0, "1850", **recently())
    MeasureValue.objects.create(
        partnership=monthly.cherwell, code="CHER-R", first_day=year(0)[0], last_day=year(0)[1], figure=812,
        source="The system’s own records", published_on=timezone.localdate(), computed=True,
    )  # fmt: skip
    for address, both in ((CALLS, ["1,850", "812"]), (REPORTS, ["812", "1,850"])):
        text = grace.get(address).text
        assert "Neither figure is a success by itself." in words(text)
        together = text.partition("Read it together")[2].partition("</table>")[0]
        assert every(together, "td")[:2] == both
    assert stands(grace, "CHER-C")[3] == "Kept 5 per cent lower was promised"
    assert stands(grace, "CHER-R")[3] == "Kept Measured as promised"
    listed = words(grace.get(LIST).text)
    assert f"Read with CHER-R, reports of anti-social behaviour: 812, {span(0)}" in listed
    assert f"Read with CHER-C, calls for service: 1,850, {span(0)}" in listed


def test_what_the_system_works_out_nobody_enters_or_withdraws(grace: Client, monthly: Cast) -> None:
    row = MeasureValue.objects.create(
        partnership=monthly.cherwell, code="CHER-R", first_day=year(0)[0], last_day=year(0)[1], figure=812,
        source="The system’s own records", published_on=timezone.localdate(), computed=True,
    )  # fmt: skip
    text = grace.get(REPORTS).text
    assert "Enter a figure" not in text
    assert f"Worked out on {timezone.localdate():%-d %B %Y}" in words(text)
    assert "What is entered later is not in it." in words(text)
    assert grace.post(f"{REPORTS}values/new/", value(1, "900")).status_code == 403
    assert grace.post(f"{LIST}values/{row.pk}/withdraw/").status_code == 403
    assert MeasureValue.objects.filter(withdrawn_at=None).count() == 1


@pytest.mark.parametrize("who", ["jo", "priya", "dylan", "robin"])
def test_only_the_manager_enters_and_sets(monthly: Cast, grace: Client, who: str) -> None:
    enter(grace, PERCEPTION, 0, "30", **recently())
    grace.post(f"{PERCEPTION}targets/new/", target())
    client = signed_in(monthly.staff[who])
    text = client.get(PERCEPTION).text
    assert "30%" in text
    assert "Withdraw" not in text
    for address in (
        f"{PERCEPTION}values/new/",
        f"{PERCEPTION}targets/new/",
        f"{LIST}values/{MeasureValue.objects.get().pk}/withdraw/",
        f"{LIST}targets/{MeasureTarget.objects.get().pk}/withdraw/",
    ):
        assert client.post(address, {**value(1, "30"), **target()}).status_code == 403


@pytest.mark.parametrize("who", ["olga", "leo", "maya"])
def test_another_partnerships_figures_are_not_there(monthly: Cast, grace: Client, who: str) -> None:
    enter(grace, PERCEPTION, 0, "30", **recently())
    client = signed_in(monthly.staff[who])
    assert "CHER-A" not in client.get(LIST).text
    for address in (
        PERCEPTION,
        f"{PERCEPTION}targets/new/",
        f"{LIST}values/{MeasureValue.objects.get().pk}/withdraw/",
        f"{LIST}coventry/CHER-A/",
    ):
        assert client.get(address).status_code == 404
