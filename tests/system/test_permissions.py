"""Who may open and do what: every address of the application, asked by everybody, against one table.

The table is written out, not computed: it is meant to be read by whoever answers for data protection.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponseBase
from django.urls import reverse

from asb_cases.forms.acts import ACTS
from ledger.models import Event
from tests.cast import Cast
from tests.system.scene import CASE, STANDARDS, Scene, fingerprint, knock, outcome, routes, signed_in

# The case is Cherwell council's. Jo took the report, Priya has it, Tom is her colleague, Dylan leads them. Alex and
# Robin are of the police in the same partnership, Grace manages it. Olga, Leo and Maya are in Coventry. Noah left.
STAFF = "jo priya tom dylan alex robin grace olga leo maya noah"
EVERYBODY = f"{STAFF} nobody"

Outcomes = dict[str, str]

OPEN_TO_ALL: Outcomes = {"200": EVERYBODY}
NEVER: Outcomes = {"405": EVERYBODY}
SIGNED_IN_BUT_NEVER: Outcomes = {"302 sign-in": "nobody", "405": STAFF}
WHO_TAKES_REPORTS: Outcomes = {
    "200": "jo priya tom dylan alex robin olga leo",
    "302 sign-in": "nobody",
    "403": "grace maya noah",
}
WHO_TOOK_THE_REPORT: Outcomes = {
    "200": "jo",
    "302 sign-in": "nobody",
    "403": "grace maya noah",
    "404": "priya tom dylan alex robin olga leo",
}
WHO_WORKS_ON_THE_CASE: Outcomes = {
    "200": "priya tom dylan",
    "302 sign-in": "nobody",
    "403": "jo grace maya noah",
    "404": "alex robin olga leo",
}
OFFICER_OR_LEAD: Outcomes = {
    "200": "priya dylan",
    "302 sign-in": "nobody",
    "403": "jo tom grace maya noah",
    "404": "alex robin olga leo",
}
WHO_LEADS: Outcomes = {
    "200": "dylan robin grace leo maya",
    "302 sign-in": "nobody",
    "403": "jo priya tom alex olga noah",
}
WHO_KEEPS_HOLIDAYS: Outcomes = {
    "200": "grace maya",
    "302 sign-in": "nobody",
    "403": "jo priya tom dylan alex robin olga leo noah",
}
WHO_WORKS_IN_CHERWELL: Outcomes = {
    "200": "jo priya tom dylan alex robin grace",
    "302 sign-in": "nobody",
    "404": "olga leo maya noah",
}
WHO_LEADS_HERE: Outcomes = {
    "200": "dylan robin grace",
    "302 sign-in": "nobody",
    "403": "jo priya tom alex olga noah",
    "404": "leo maya",
}
WHO_ASKED_OR_MANAGES: Outcomes = {
    "200": "dylan grace",
    "302 sign-in": "nobody",
    "403": "jo priya tom alex robin olga noah",
    "404": "leo maya",
}
TEAM_LEAD_ONLY: Outcomes = {
    "200": "dylan",
    "302 sign-in": "nobody",
    "403": "jo priya tom grace maya noah",
    "404": "alex robin olga leo",
}
WHO_WORKS_IN_THE_PARTNERSHIP: Outcomes = {
    "200": "jo priya tom dylan alex robin grace",
    "302 sign-in": "nobody",
    "404": "olga leo maya noah",
}
WHO_WORKS_ON_ITS_CASES: Outcomes = {
    "200": "priya tom dylan alex robin",
    "302 sign-in": "nobody",
    "403": "jo grace",
    "404": "olga leo maya noah",
}
WHO_MANAGES_THE_PARTNERSHIP: Outcomes = {
    "200": "grace",
    "302 sign-in": "nobody",
    "403": "jo priya tom dylan alex robin",
    "404": "olga leo maya noah",
}

WHO_HAS_A_DESK: Outcomes = {
    "200": "jo priya tom dylan alex robin grace olga leo maya",
    "302 sign-in": "nobody",
    "403": "noah",
}
WHO_HAS_A_DESK_HERE: Outcomes = {
    "200": "jo priya tom dylan alex robin grace",
    "302 sign-in": "nobody",
    "403": "noah",
    "404": "olga leo maya",
}
WHO_PUBLISHES: Outcomes = {  # the council answers for the duty
    "200": "priya tom dylan robin grace",
    "302 sign-in": "nobody",
    "403": "jo alex noah",
    "404": "olga leo maya",
}
WHO_TAKES_BACK: Outcomes = {  # Priya recorded it
    "200": "priya dylan robin grace",
    "302 sign-in": "nobody",
    "403": "jo tom alex noah",
    "404": "olga leo maya",
}
WHO_MANAGES: Outcomes = {
    "200": "grace maya",
    "302 sign-in": "nobody",
    "403": "jo priya tom dylan alex robin olga leo noah",
}
WHO_MANAGES_HERE: Outcomes = {
    "200": "grace",
    "302 sign-in": "nobody",
    "403": "jo priya tom dylan alex robin noah",
    "404": "olga leo maya",
}
PLACE = "community/neighbourhoods/<uuid:neighbourhood>/"
DUTY = "community/duties/<uuid:duty>/"
MEASURE = "community/measures/<slug:partnership>/<str:code>/"


GET: dict[str, Outcomes] = {
    "": {"302": "jo priya tom dylan alex robin grace olga leo maya", "302 sign-in": "nobody", "403": "noah"},
    "sign-in/": {"200": "nobody", "302": STAFF},
    "sign-out/": SIGNED_IN_BUT_NEVER,
    "accessibility/": OPEN_TO_ALL,
    "healthz": OPEN_TO_ALL,
    "readyz": OPEN_TO_ALL,
    "reports/": WHO_TAKES_REPORTS,
    "reports/new/": WHO_TAKES_REPORTS,
    "reports/<uuid:case>/": WHO_TOOK_THE_REPORT,
    "reports/<uuid:case>/forwarded/": WHO_TOOK_THE_REPORT,
    "cases/": {
        "200": "priya tom dylan alex robin olga leo",
        "302 sign-in": "nobody",
        "403": "jo grace maya noah",
    },
    "cases/find/": SIGNED_IN_BUT_NEVER,
    f"{CASE}": WHO_WORKS_ON_THE_CASE,
    f"{CASE}timeline/": WHO_WORKS_ON_THE_CASE,
    f"{CASE}promises/": WHO_WORKS_ON_THE_CASE,
    f"{CASE}take/": SIGNED_IN_BUT_NEVER,
    f"{CASE}assign/": OFFICER_OR_LEAD,
    f"{CASE}transfer/": WHO_WORKS_ON_THE_CASE,
    f"{CASE}people/add/": WHO_WORKS_ON_THE_CASE,
    f"{CASE}record/": WHO_WORKS_ON_THE_CASE,
    f"{CASE}record/<slug:slug>/": WHO_WORKS_ON_THE_CASE,
    f"{CASE}record/unreachable/": TEAM_LEAD_ONLY,
    f"{CASE}record/reopen/": TEAM_LEAD_ONLY,
    f"{CASE}record/not-applicable/": OFFICER_OR_LEAD,
    f"{CASE}entries/<uuid:event>/correct/": OFFICER_OR_LEAD,
    "dashboard/": WHO_LEADS,
    "dashboard/promises/": WHO_LEADS,
    "dashboard/promises.csv": WHO_LEADS,
    "dashboard/what-if/": WHO_LEADS,
    "dashboard/what-if/<uuid:replay>/": WHO_LEADS_HERE,
    "dashboard/what-if/<uuid:replay>.csv": WHO_LEADS_HERE,
    "dashboard/what-if/<uuid:replay>/cancel/": SIGNED_IN_BUT_NEVER,
    "dashboard/what-if/<uuid:replay>/delete/": WHO_ASKED_OR_MANAGES,
    "promises/<int:clock>/": {
        "200": "priya tom dylan grace",
        "302 sign-in": "nobody",
        "404": "jo alex robin olga leo maya noah",
    },
    "dashboard/standards/": {
        "302": "jo priya tom dylan alex robin grace olga leo maya",
        "302 sign-in": "nobody",
        "403": "noah",
    },
    "dashboard/standards/<slug:partnership>.csv": WHO_WORKS_IN_CHERWELL,
    "dashboard/standards/<slug:partnership>/": WHO_WORKS_IN_CHERWELL,
    "dashboard/standards/<slug:partnership>/<str:code>/": WHO_WORKS_IN_CHERWELL,
    "standards/": OPEN_TO_ALL,
    "standards/<slug:partnership>/": OPEN_TO_ALL,
    "standards/<slug:partnership>/<str:code>/": OPEN_TO_ALL,
    "bank-holidays/": WHO_KEEPS_HOLIDAYS,
    "bank-holidays/<int:day>/remove/": WHO_KEEPS_HOLIDAYS,
    "deadlines/": OPEN_TO_ALL,
    f"{STANDARDS}versions/": WHO_WORKS_IN_THE_PARTNERSHIP,
    f"{STANDARDS}versions/<int:version>/cases/": WHO_WORKS_ON_ITS_CASES,
    f"{STANDARDS}versions/<int:version>/withdraw/": WHO_MANAGES_THE_PARTNERSHIP,
    f"{STANDARDS}versions/<int:old>..<int:new>/": WHO_WORKS_IN_THE_PARTNERSHIP,
    f"{STANDARDS}law/<int:version>/cases/": WHO_WORKS_ON_ITS_CASES,
    f"{STANDARDS}law/<int:old>..<int:new>/": WHO_WORKS_IN_THE_PARTNERSHIP,
    f"{STANDARDS}settings/": WHO_MANAGES_THE_PARTNERSHIP,
    f"{STANDARDS}settings/preview/": {  # without a change there is nothing to be seen: back to the settings
        "302": "grace",
        "302 sign-in": "nobody",
        "403": "jo priya tom dylan alex robin",
        "404": "olga leo maya noah",
    },
    f"{STANDARDS}settings/discard/": SIGNED_IN_BUT_NEVER,
    "community/": {
        "302": "jo priya tom dylan alex robin grace olga leo maya",
        "302 sign-in": "nobody",
        "403": "noah",
    },
    "community/publications/": WHO_HAS_A_DESK,
    "community/publications/log/": WHO_HAS_A_DESK,
    "community/publications/log.csv": WHO_HAS_A_DESK,
    "community/publications/<uuid:publication>/withdraw/": WHO_TAKES_BACK,
    "community/duties/new/": {  # Cherwell's has begun, Coventry's has not
        "200": "maya",
        "302 sign-in": "nobody",
        "403": "jo priya tom dylan alex robin grace olga leo noah",
    },
    f"{DUTY}record/": WHO_PUBLISHES,
    f"{DUTY}hand-over/": WHO_MANAGES_HERE,
    "community/neighbourhoods/": WHO_HAS_A_DESK,
    "community/neighbourhoods/new/": WHO_MANAGES,
    f"{PLACE}rename/": WHO_MANAGES_HERE,
    f"{PLACE}end/": WHO_MANAGES_HERE,
    "community/channels/": WHO_MANAGES,
    "community/channels/<int:channel>/retire/": {
        "200": "grace",
        "302 sign-in": "nobody",
        "403": "jo priya tom dylan alex robin olga leo noah",
        "404": "maya",
    },
    "community/measures/": WHO_HAS_A_DESK,
    f"{MEASURE}": WHO_HAS_A_DESK_HERE,
    f"{MEASURE}values/new/": WHO_MANAGES_HERE,
    f"{MEASURE}targets/new/": WHO_MANAGES_HERE,
    "community/measures/values/<int:value>/withdraw/": WHO_MANAGES_HERE,
    "community/measures/targets/<int:target>/withdraw/": WHO_MANAGES_HERE,
    "development/mail/": OPEN_TO_ALL,
    "development/mail/<uuid:message>/": {"404": EVERYBODY},
}


def done(by: Outcomes) -> Outcomes:
    """The same people, but with good answers: it is done, and they are sent on."""
    return {"302" if outcome == "200" else outcome: who for outcome, who in by.items()}


# With good answers throughout: who is refused here is refused for who she is, not for what she typed.
POST: dict[str, Outcomes] = {
    "": SIGNED_IN_BUT_NEVER,
    "sign-in/": {"302": STAFF, "422": "nobody"},
    "sign-out/": {"302 sign-in": EVERYBODY},
    "accessibility/": NEVER,
    "healthz": NEVER,
    "readyz": NEVER,
    "reports/": SIGNED_IN_BUT_NEVER,
    "reports/new/": {
        "302": "jo priya tom dylan",
        "302 sign-in": "nobody",
        "403": "grace maya noah",
        "422": "alex robin olga leo",  # nobody takes a report in another agency's name
    },
    "reports/<uuid:case>/": SIGNED_IN_BUT_NEVER,
    "reports/<uuid:case>/forwarded/": done(WHO_TOOK_THE_REPORT),
    "cases/": SIGNED_IN_BUT_NEVER,
    "cases/find/": {
        "302": "priya tom dylan alex robin olga leo",
        "302 sign-in": "nobody",
        "403": "jo grace maya noah",
    },
    f"{CASE}": SIGNED_IN_BUT_NEVER,
    f"{CASE}timeline/": SIGNED_IN_BUT_NEVER,
    f"{CASE}promises/": SIGNED_IN_BUT_NEVER,
    f"{CASE}take/": done(OFFICER_OR_LEAD),
    f"{CASE}assign/": done(OFFICER_OR_LEAD),
    f"{CASE}transfer/": done(WHO_WORKS_ON_THE_CASE),
    f"{CASE}people/add/": done(WHO_WORKS_ON_THE_CASE),
    f"{CASE}record/": SIGNED_IN_BUT_NEVER,
    f"{CASE}record/<slug:slug>/": done(WHO_WORKS_ON_THE_CASE),
    f"{CASE}record/unreachable/": done(TEAM_LEAD_ONLY),
    f"{CASE}record/reopen/": done(TEAM_LEAD_ONLY),
    f"{CASE}record/not-applicable/": done(OFFICER_OR_LEAD),
    f"{CASE}entries/<uuid:event>/correct/": done(OFFICER_OR_LEAD),
    "dashboard/": SIGNED_IN_BUT_NEVER,
    "dashboard/promises/": SIGNED_IN_BUT_NEVER,
    "dashboard/promises.csv": SIGNED_IN_BUT_NEVER,
    "dashboard/what-if/": {
        "302": "dylan robin grace",
        "302 sign-in": "nobody",
        "403": "jo priya tom alex olga noah",
        "422": "leo maya",  # the standards named are their own only ones
    },
    "dashboard/what-if/<uuid:replay>/": SIGNED_IN_BUT_NEVER,
    "dashboard/what-if/<uuid:replay>.csv": SIGNED_IN_BUT_NEVER,
    "dashboard/what-if/<uuid:replay>/cancel/": done(WHO_ASKED_OR_MANAGES),
    "dashboard/what-if/<uuid:replay>/delete/": done(WHO_ASKED_OR_MANAGES),
    "promises/<int:clock>/": {
        "302": "priya dylan",
        "302 sign-in": "nobody",
        "403": "tom grace",  # may read it, but does not answer for it
        "404": "jo alex robin olga leo maya noah",
    },
    "dashboard/standards/": SIGNED_IN_BUT_NEVER,
    "dashboard/standards/<slug:partnership>.csv": SIGNED_IN_BUT_NEVER,
    "dashboard/standards/<slug:partnership>/": SIGNED_IN_BUT_NEVER,
    "dashboard/standards/<slug:partnership>/<str:code>/": SIGNED_IN_BUT_NEVER,
    "standards/": NEVER,
    "standards/<slug:partnership>/": NEVER,
    "standards/<slug:partnership>/<str:code>/": NEVER,
    "bank-holidays/": done(WHO_KEEPS_HOLIDAYS),
    "bank-holidays/<int:day>/remove/": done(WHO_KEEPS_HOLIDAYS),
    "deadlines/": NEVER,
    f"{STANDARDS}versions/": SIGNED_IN_BUT_NEVER,
    f"{STANDARDS}versions/<int:version>/cases/": SIGNED_IN_BUT_NEVER,
    f"{STANDARDS}versions/<int:version>/withdraw/": done(WHO_MANAGES_THE_PARTNERSHIP),
    f"{STANDARDS}versions/<int:old>..<int:new>/": SIGNED_IN_BUT_NEVER,
    f"{STANDARDS}law/<int:version>/cases/": SIGNED_IN_BUT_NEVER,
    f"{STANDARDS}law/<int:old>..<int:new>/": SIGNED_IN_BUT_NEVER,
    f"{STANDARDS}settings/": done(WHO_MANAGES_THE_PARTNERSHIP),
    f"{STANDARDS}settings/preview/": done(WHO_MANAGES_THE_PARTNERSHIP),
    f"{STANDARDS}settings/discard/": done(WHO_MANAGES_THE_PARTNERSHIP),
    "community/": SIGNED_IN_BUT_NEVER,
    "community/publications/": SIGNED_IN_BUT_NEVER,
    "community/publications/log/": SIGNED_IN_BUT_NEVER,
    "community/publications/log.csv": SIGNED_IN_BUT_NEVER,
    "community/publications/<uuid:publication>/withdraw/": done(WHO_TAKES_BACK),
    "community/duties/new/": {
        "302": "maya",
        "302 sign-in": "nobody",
        "403": "jo priya tom dylan alex robin grace olga leo noah",
    },
    f"{DUTY}record/": done(WHO_PUBLISHES),
    f"{DUTY}hand-over/": done(WHO_MANAGES_HERE),
    "community/neighbourhoods/": SIGNED_IN_BUT_NEVER,
    "community/neighbourhoods/new/": {
        "302": "grace",
        "302 sign-in": "nobody",
        "403": "jo priya tom dylan alex robin olga leo noah",
        "422": "maya",  # nobody adds one to another partnership
    },
    f"{PLACE}rename/": done(WHO_MANAGES_HERE),
    f"{PLACE}end/": done(WHO_MANAGES_HERE),
    "community/channels/": done(WHO_MANAGES),
    "community/channels/<int:channel>/retire/": {
        "302": "grace",
        "302 sign-in": "nobody",
        "403": "jo priya tom dylan alex robin olga leo noah",
        "404": "maya",
    },
    "community/measures/": SIGNED_IN_BUT_NEVER,
    f"{MEASURE}": SIGNED_IN_BUT_NEVER,
    f"{MEASURE}values/new/": done(WHO_MANAGES_HERE),
    f"{MEASURE}targets/new/": done(WHO_MANAGES_HERE),
    "community/measures/values/<int:value>/withdraw/": done(WHO_MANAGES_HERE),
    "community/measures/targets/<int:target>/withdraw/": done(WHO_MANAGES_HERE),
    "development/mail/": NEVER,
    "development/mail/<uuid:message>/": NEVER,
}
TABLES = {"get": GET, "post": POST}


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    """Django writes a page of traceback for each of some hundred refusals."""
    caplog.set_level(logging.ERROR, logger="django.request")


def test_every_address_has_its_row_and_no_row_is_left_over() -> None:
    acts = {f"{CASE}record/{slug}/" for slug in ACTS}
    assert set(GET) - acts == set(POST) - acts == set(routes())


@pytest.mark.parametrize("method", ["get", "post"])
def test_everybody_gets_what_the_table_says_at_every_address(method: str, scene: Scene) -> None:
    typed, people = scene.good_answers(), scene.people()
    found: dict[str, Mapping[str, str]] = {}
    expected = {}
    for route, form, address in scene.doors():
        who: dict[str, list[str]] = {}
        for name, client in people.items():
            response = knock(client, method, address, data=typed.get(form, {}) if method == "post" else {})
            who.setdefault(outcome(response), []).append(name)
            _check_headers(response, signed_in=name != "nobody")
        found[form] = {each: " ".join(names) for each, names in sorted(who.items())}
        expected[form] = TABLES[method].get(form, TABLES[method][route])
    assert found == expected


def _check_headers(response: HttpResponseBase, *, signed_in: bool) -> None:
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    if signed_in:
        assert "no-store" in response.headers["Cache-Control"], "a page must not come back after signing out"


@pytest.mark.parametrize("who", ["jo", "priya", "dylan", "grace"])
def test_looking_changes_nothing(who: str, scene: Scene) -> None:
    before = fingerprint()
    client = signed_in(scene.cast.staff[who])
    opened = [client.get(address).status_code for _, _, address in scene.doors()]
    assert opened.count(200) > 5
    assert fingerprint() == before


@pytest.mark.parametrize("who", ["jo", "priya", "alex", "grace", "olga", "leo", "maya"])
def test_what_one_may_not_see_answers_like_what_does_not_exist(who: str, scene: Scene) -> None:
    """Else an answer would tell that a reference, a report, an entry or a promise is a real one."""
    client = signed_in(scene.cast.staff[who])
    theirs = scene.cast.case(partnership=scene.cast.coventry.pk, **_in_coventry(scene.cast))
    foreign = scene.case if who in {"olga", "leo", "maya", "alex"} else theirs
    entry = Event.objects.filter(matter=foreign.pk).first()
    real = {"reference": foreign.matter.reference, "event": entry.pk, "case": foreign.pk}
    made_up = {"reference": "ASB-26-AAAAAAA", "event": uuid4(), "case": uuid4()}
    for name, keys in {
        "case": ["reference"],
        "case_timeline": ["reference"],
        "case_promises": ["reference"],
        "record_menu": ["reference"],
        "assign_case": ["reference"],
        "correct_entry": ["reference", "event"],
        "report_received": ["case"],
    }.items():
        statuses = {
            client.get(reverse(name, kwargs={key: ids[key] for key in keys})).status_code for ids in (real, made_up)
        }
        assert len(statuses) == 1, name
        assert statuses <= {403, 404}, name
    for pk in (foreign.matter.clocks.first().pk, 999_999_999):
        assert client.get(reverse("promise", args=[pk])).status_code == 404


def test_an_entry_of_another_case_is_not_there_even_beside_ones_own_reference(scene: Scene) -> None:
    other = scene.cast.case()
    entry = Event.objects.filter(matter=other.pk).first()
    client = signed_in(scene.cast.priya)
    assert client.get(reverse("correct_entry", args=[scene.reference, entry.pk])).status_code == 404
    assert client.get(reverse("correct_entry", args=[other.matter.reference, entry.pk])).status_code != 404


def test_a_call_taker_reopens_only_what_she_took_herself(scene: Scene) -> None:
    taken_by_priya = scene.cast.case(taken_by=scene.cast.priya.pk)
    assert signed_in(scene.cast.jo).get(reverse("report_received", args=[taken_by_priya.pk])).status_code == 404


def _in_coventry(cast: Cast) -> dict[str, Any]:
    council = cast.coventry.memberships.get().agency.pk
    return {"taken_for": council, "lead_agency": council, "taken_by": None, "officer": None}
