"""What nobody is offered and some might try: smuggled answers, sessions that outlive a posting, forged forms."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from asb_cases.forms.acts import ACTS
from asb_cases.models import Case, Party, Report
from ledger.models import Event
from partners.models import Posting, User
from standards.models import Breach, Matter
from tests import answers
from tests.cast import PASSWORD, Cast, clock, party
from tests.reading import every
from tests.system.scene import CASE, Scene, fingerprint, outcome, signed_in

# --- answers that no page offers -------------------------------------------------------------------


def test_fields_that_the_report_form_does_not_ask_for_do_nothing(cast: Cast) -> None:
    smuggled = {
        "officer": str(cast.olga.pk),
        "partnership": str(cast.coventry.pk),
        "agency": str(cast.police.pk),
        "reference": "ASB-26-MINE",
        "source": "import",
        "external_reference": "1",
        "taken_by": str(cast.dylan.pk),
        "entered_at": "2020-01-01",
        "risk": "standard",
        "people-0-risk": "standard",
        "is_superuser": "on",
    }
    assert signed_in(cast.jo).post(reverse("record_report"), answers.report(cast, **smuggled)).status_code == 302
    report, matter = Report.objects.get(), Matter.objects.get()
    assert (matter.officer, matter.partnership, matter.agency) == (None, cast.cherwell, cast.council)
    assert (report.source, report.taken_by, report.entered_at.year) == ("form", cast.jo, timezone.now().year)
    assert (Case.objects.get().risk, Party.objects.get().risk, matter.reference == "ASB-26-MINE") == ("", "", False)
    assert not User.objects.filter(is_superuser=True).exists()


def test_fields_that_an_act_does_not_ask_for_do_nothing(scene: Scene) -> None:
    stranger = party(scene.cast.case())
    before = scene.promise.due_at
    typed = {
        **answers.acts(timezone.now())["contact"],
        "about": str(stranger.pk),
        "recorded_by": str(scene.cast.dylan.pk),
        "matter": str(stranger.case_id),
        "kind": "matter.closed",
        "due_at": "2030-01-01",
        "outcome": "kept",
    }
    signed_in(scene.cast.priya).post(reverse("record_act", args=[scene.reference, "contact"]), typed)
    event = Event.objects.get(kind="contact.made")
    assert (event.matter, event.about, event.recorded_by) == (scene.case.pk, party(scene.case).pk, scene.cast.priya.pk)
    scene.promise.refresh_from_db()
    assert (scene.promise.due_at, scene.promise.outcome) == (before, "missed")
    assert not Event.objects.filter(matter=scene.case.pk, kind="matter.closed").exists()


def test_whoever_gives_the_reason_cannot_review_it_in_the_same_breath(scene: Scene) -> None:
    typed = {"what": "explain", "reason": "workload", "explanation": "Two at once.", "verdict": "accepted"}
    signed_in(scene.cast.dylan).post(reverse("promise", args=[scene.promise.pk]), typed)
    breach = Breach.objects.get()
    assert (breach.reason, breach.explained_by, breach.verdict, breach.reviewed_by) == (
        "workload",
        scene.cast.dylan,
        "",
        None,
    )
    answer = signed_in(scene.cast.dylan).post(
        reverse("promise", args=[scene.promise.pk]), {"what": "review", "verdict": "accepted"}
    )
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("name", "field", "choose"),
    [
        ("record_report", "lead_agency", lambda scene: scene.cast.coventry.memberships.get().agency_id),
        ("record_report", "taken_for", lambda scene: scene.cast.police.memberships.get().pk),
        ("assign_case", "officer", lambda scene: scene.cast.olga.pk),
        ("assign_case", "officer", lambda scene: scene.cast.jo.pk),
        ("assign_case", "officer", lambda scene: scene.cast.noah.pk),
        ("transfer_case", "agency", lambda scene: scene.cast.coventry.memberships.get().agency_id),
        ("transfer_case", "agency", lambda scene: scene.cast.council.pk),
        ("later-date", "clock", lambda scene: clock(scene.cast.case(), "CHER-3c").pk),
        ("hate", "about", lambda scene: party(scene.cast.case()).pk),
    ],
)
def test_what_is_not_among_the_choices_cannot_be_chosen(name: str, field: str, choose: Any, scene: Scene) -> None:
    smuggled = {field: str(choose(scene))}
    before = fingerprint()
    if name in ACTS:
        address, row = reverse("record_act", args=[scene.reference, name]), f"{CASE}record/{name}/"
    else:
        address = reverse(name) if name == "record_report" else reverse(name, args=[scene.reference])
        row = {"record_report": "reports/new/", "assign_case": f"{CASE}assign/"}.get(name, f"{CASE}transfer/")
    response = signed_in(scene.cast.dylan).post(address, {**scene.good_answers()[row], **smuggled})
    assert response.status_code == 422
    assert field in (response.context["form"].errors)
    assert fingerprint() == before


# --- comings and goings ----------------------------------------------------------------------------


def test_a_posting_that_ends_closes_every_door_at_once_in_a_session_that_goes_on(scene: Scene) -> None:
    client = signed_in(scene.cast.priya)
    places = [reverse("cases"), reverse("case", args=[scene.reference]), reverse("record_report")]
    assert [client.get(place).status_code for place in places] == [200, 200, 200]
    Posting.objects.filter(user=scene.cast.priya).update(ends_at=timezone.now())
    assert [client.get(place).status_code for place in places] == [403, 403, 403]
    assert client.get(reverse("promise", args=[scene.promise.pk])).status_code == 404
    typed = answers.acts(timezone.now())["contact"]
    assert client.post(reverse("record_act", args=[scene.reference, "contact"]), typed).status_code == 403


def test_a_posting_that_has_not_begun_opens_nothing(scene: Scene) -> None:
    Posting.objects.filter(user=scene.cast.priya).update(starts_at=timezone.now() + timedelta(hours=1))
    assert signed_in(scene.cast.priya).get(reverse("cases")).status_code == 403


def test_an_account_that_is_switched_off_is_signed_out(scene: Scene) -> None:
    client = signed_in(scene.cast.priya)
    User.objects.filter(pk=scene.cast.priya.pk).update(is_active=False)
    assert outcome(client.get(reverse("cases"))) == "302 sign-in"


def test_a_case_passed_to_another_agency_is_theirs_and_no_longer_ours(scene: Scene) -> None:
    address = reverse("case", args=[scene.reference])
    Matter.objects.filter(pk=scene.case.pk).update(agency=scene.cast.police, officer=None)
    assert signed_in(scene.cast.alex).get(address).status_code == 200
    assert signed_in(scene.cast.priya).get(address).status_code == 404


# --- forgery ---------------------------------------------------------------------------------------


def test_nothing_is_accepted_without_the_token_of_the_form(scene: Scene) -> None:
    """From whoever could do most, with good answers."""
    forged = {who: Client(enforce_csrf_checks=True) for who in ("dylan", "jo", "grace")}
    for who, client in forged.items():
        client.force_login(scene.cast.staff[who])
    typed, before = scene.good_answers(), fingerprint()
    for client in (*forged.values(), Client(enforce_csrf_checks=True)):
        for _, form, address in scene.doors():
            response = client.post(address, typed.get(form, {}))
            assert (response.status_code, "This form has expired" in response.text) == (403, True), address
    assert fingerprint() == before


def test_with_the_token_of_the_form_it_is_accepted(scene: Scene) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(scene.cast.priya)
    address = reverse("record_act", args=[scene.reference, "contact"])
    token = str(client.get(address).context["csrf_token"])
    typed = {**answers.acts(timezone.now())["contact"], "csrfmiddlewaretoken": token}
    assert client.post(address, typed).status_code == 302


# --- addresses made up -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "address", "status"),
    [
        ("dylan", "/promises/99999999999999999999/", 404),
        ("dylan", "/promises/0/", 404),
        ("dylan", "/cases/../../etc/passwd", 404),
        ("dylan", "/cases/ASB-26-%00/", 404),
        ("dylan", "/cases/?page=99999999999999999999", 200),
        ("dylan", "/cases/?page=-1", 200),
        ("dylan", "/dashboard/?by=%00", 200),
        ("dylan", "/dashboard/promises/?sort=%00&page=%00", 200),
        ("grace", "/bank-holidays/99999999999999999999/remove/", 404),
        ("grace", "/bank-holidays/?year=99999999999999999999&division=%00", 200),
        ("jo", "/reports/?page=%00", 200),
        ("jo", "/reports/00000000-0000-4000-8000-000000000000/", 404),
    ],
)
def test_an_address_made_up_is_not_found_and_never_an_error(who: str, address: str, status: int, cast: Cast) -> None:
    assert signed_in(cast.staff[who]).get(address).status_code == status


def test_signing_in_leads_back_into_the_service_and_nowhere_else(cast: Cast) -> None:
    typed = {"username": cast.priya.email, "password": PASSWORD}
    for wanted, leads_to in {
        "/cases/?whose=all": "/cases/?whose=all",
        "https://evil.example/cases/": "/",
        "//evil.example": "/",
        "javascript:alert(1)": "/",
    }.items():
        assert Client().post("/sign-in/", {**typed, "next": wanted}).url == leads_to


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(cast: Cast) -> None:
    said = {
        name: complaint_of(Client().post("/sign-in/", {"username": name, "password": "wrong wrong wrong"}))
        for name in (cast.priya.email, "nobody@example.org")
    }
    assert len(set(said.values())) == 1


def complaint_of(response: Any) -> str:
    assert response.status_code == 422
    return every(response.text, "ul", "govuk-error-summary__list")[0]


def test_signing_out_ends_the_session_and_a_link_cannot_do_it(cast: Cast) -> None:
    client = signed_in(cast.priya)
    assert client.get("/sign-out/").status_code == 405
    assert client.get("/cases/").status_code == 200
    client.post("/sign-out/")
    assert outcome(client.get("/cases/")) == "302 sign-in"
