"""A case of the council of Cherwell, every address of the application filled in for it, and who knocks at them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.db import transaction
from django.http import HttpResponseBase, SimpleCookie
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from asb_cases.forms.acts import ACTS
from asb_cases.models import Case
from asb_cases.services.closure import close_case
from asb_cases.services.contact import log_attempt
from asb_cases.vocabulary import ClosureOutcome, ContactChannel
from ledger.models import Event
from ledger.vocabulary import EventKind
from partners.models import User
from standards import replays
from standards.loading import load_charter
from standards.models import BankHoliday, Clock, Replay
from standards.selectors import charter_in_force
from standards.sweep import sweep
from tests import answers
from tests.cast import CHARTERS, Cast, clock, party
from tests.system import registers
from tests.system.registers import Registers

# A file of the development mail folder would bear such a name; there is none.
NO_MESSAGE = "00000000-0000-4000-8000-000000000000"

CASE = "cases/<slug:reference>/"
STANDARDS = "dashboard/standards/<slug:partnership>/"


def routes() -> list[str]:
    """Every route of the resolver, as it is written in the modules of addresses."""
    return [route for route, _ in _patterns(get_resolver())]


def _patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        route = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern, route)
        else:
            yield route, pattern


@dataclass
class Scene:
    """Ms Khan's case: taken by Jo, Priya's to work on, 49 hours old; she was tried once, her contact is missed.

    Another one was closed.
    """

    cast: Cast
    case: Case
    closed: Case
    promise: Clock
    attempt: Event
    holiday: BankHoliday
    registers: Registers
    replay: Replay

    @property
    def reference(self) -> str:
        return self.case.matter.reference

    def addresses(self) -> dict[str, list[str]]:
        """What each route is asked as; those of acts in all their forms."""
        told: dict[str, dict[str, Any]] = {
            "reference": {"reference": self.reference},
            "case": {"case": self.case.pk},
            "event": {"event": self.attempt.pk},
            "clock": {"clock": self.promise.pk},
            "day": {"day": self.holiday.pk},
            "replay": {"replay": self.replay.pk},
            "message": {"message": NO_MESSAGE},
            "version": {"version": 2},
            "old": {"old": 1},
            "new": {"new": 2},
            **self.registers.told,
            "partnership": {"partnership": self.cast.cherwell.slug},
        }
        asked: dict[str, list[str]] = {}
        for route, pattern in _patterns(get_resolver()):
            wanted = pattern.pattern.converters
            values = {key: value for name in wanted if name in told for key, value in told[name].items()}
            each = [{**values, **self._act(slug)} for slug in ACTS] if "slug" in wanted else [values]
            asked[route] = [reverse(str(pattern.name), kwargs=one) for one in each]
        return asked

    def _act(self, slug: str) -> dict[str, Any]:
        """What is done to a closed case is asked of one."""
        return {"slug": slug, **({"reference": self.closed.matter.reference} if slug == "reopen" else {})}

    def doors(self) -> Iterator[tuple[str, str, str]]:
        """(route, the same with the act's word filled in, address) of everything there is to ask."""
        for route, addresses in self.addresses().items():
            for address in addresses:
                yield route, route.replace("<slug:slug>", address.rstrip("/").rpartition("/")[2]), address

    def good_answers(self) -> dict[str, answers.Answers]:
        """What each form is sent, by route or by route and act."""
        cast, now = self.cast, timezone.now()
        acts = answers.acts(now - timedelta(minutes=5))
        still_owed = clock(self.case, "CHER-3c")
        at = now - timedelta(minutes=5)
        acts |= {
            "later-date": answers.later_date(still_owed, at, still_owed.due_at + timedelta(days=1)),
            "spoc": answers.spoc(cast.tom, at),
            "not-applicable": answers.not_applicable("CHER-4b", party(self.case), at),
            "reopen": acts["reopen"] | answers.moment("at", now),
        }
        assert set(acts) == set(ACTS)
        return {
            "reports/new/": answers.report(cast),
            "reports/<uuid:case>/forwarded/": acts["forwarded"],
            f"{CASE}assign/": {"officer": str(cast.tom.pk)},
            f"{CASE}transfer/": {"agency": str(cast.police.pk), "reason": "wrong_agency"},
            f"{CASE}people/add/": {**answers.WEBB, **answers.moment("known_since", now)},
            f"{CASE}entries/<uuid:event>/correct/": {"what": "withdraw", "note": "Entered twice."},
            "promises/<int:clock>/": {"what": "explain", "reason": "workload", "explanation": "Two cases at once."},
            "bank-holidays/": answers.holiday(date(2027, 3, 3)),
            f"{STANDARDS}settings/": answers.local_settings(cast),
            **self.registers.good_answers(),
            **{f"{CASE}record/{slug}/": typed for slug, typed in acts.items()},
            "dashboard/what-if/": {"charter": str(self.replay.charter_id), "period": "three_months"},
        }

    def people(self) -> dict[str, Client]:
        """A browser for everybody, signed in, and one of nobody's."""
        return {**{name: signed_in(user) for name, user in self.cast.staff.items()}, "nobody": Client()}


def arrange(cast: Cast) -> Scene:
    plan_versions(cast)
    case = cast.case(timezone.now() - timedelta(hours=49))
    log_attempt(
        case=case,
        party=party(case),
        channel=ContactChannel.TELEPHONE,
        at=timezone.now() - timedelta(days=2),
        by=cast.priya,
        note="No answer.",
    )
    closed = cast.case(people=())
    close_case(case=closed, outcome=ClosureOutcome.RESOLVED, at=timezone.now(), by=cast.dylan, note="All quiet.")
    sweep()
    asked = what_if(cast)
    replays.work_off()
    return Scene(
        cast=cast,
        case=case,
        closed=closed,
        promise=clock(case, "CHER-3b-i"),
        attempt=Event.objects.get(matter=case.pk, kind=EventKind.CONTACT_ATTEMPTED),
        holiday=BankHoliday.objects.filter(date__year=2027).first(),
        registers=registers.keep(cast),
        replay=Replay.objects.get(pk=asked.pk),
    )


def what_if(cast: Cast, days: int = 30) -> Replay:
    """Dylan asks how these last days had been under Coventry's standards."""
    today = timezone.localdate()
    return replays.ask(
        partnership=cast.cherwell.pk,
        charter=charter_in_force(cast.coventry.pk, today).pk,
        first_day=today - timedelta(days=days),
        last_day=today,
        by=cast.dylan,
    )


def plan_versions(cast: Cast) -> None:
    """A second version of Cherwell's standards and two of the law, so far ahead that nothing runs under them."""
    load_charter(partnership=cast.cherwell.pk, path=CHARTERS / "cherwell.toml", effective_from=date(2090, 1, 1))
    for day in (date(2090, 1, 1), date(2091, 1, 1)):
        load_charter(partnership=None, path=CHARTERS / "england-2026.toml", effective_from=day)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def outcome(response: HttpResponseBase) -> str:
    """The status, and whether it was the way to signing in."""
    to_sign_in = response.headers.get("Location", "").startswith(reverse("sign_in"))
    return f"{response.status_code} sign-in" if to_sign_in else str(response.status_code)


def knock(client: Client, method: str, address: str, **how: Any) -> HttpResponseBase:
    """Ask, and leave everything as it was: what is in the database and what the browser remembers."""
    remembered = client.cookies.output(header="")
    with transaction.atomic():
        response = getattr(client, method)(address, **how)
        if response.streaming:
            response.streaming_content = [response.getvalue()]  # read it while its rows are there
        transaction.set_rollback(True)
    client.cookies = SimpleCookie(remembered)
    return response


# Signing in and looking around change these, and nothing that matters is in them.
_PASSING = {"Session", "Heartbeat", "ContentType", "Permission"}


def fingerprint() -> dict[str, list[tuple[Any, ...]]]:
    """Everything in the database, to be compared before and after something that must change nothing."""
    everything = {}
    for model in apps.get_models():
        if model.__name__ not in _PASSING:
            columns = [field.name for field in model._meta.concrete_fields if field.name != "last_login"]
            everything[model.__name__] = list(model._default_manager.order_by("pk").values_list(*columns))
    return everything
