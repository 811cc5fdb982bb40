"""What every page shows around its content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from asb_cases.policies import CALL_TAKERS, CASEWORKERS
from frontend.components import Place
from partners.models import User
from partners.selectors import Desk, desks_of
from partners.vocabulary import Role
from standards.heartbeat import sweep_is_late
from standards.selectors import LEADING

SERVICE = "Anti-social behaviour cases"

# Which pages stand in the navigation, for which roles, in this order.
PLACES: tuple[tuple[str, str, tuple[Role, ...]], ...] = (
    ("cases", "Cases", CASEWORKERS),
    ("dashboard", "Missed promises", LEADING),
    ("standards", "Standards", tuple(Role)),
    ("what_if_list", "What if", LEADING),
    ("record_report", "Record a report", CALL_TAKERS),
    ("reports_taken", "Reports I took", CALL_TAKERS),
    ("community", "Community", tuple(Role)),
    ("bank_holidays", "Bank holidays", (Role.MANAGER,)),
)


@dataclass(frozen=True)
class Page:
    """See docs/front-end.md for what the layout does with each."""

    service: str = SERVICE
    organisation: str = ""
    person: str = ""
    agency: str = ""
    navigation: tuple[Place, ...] = ()
    alarm: str = ""
    demonstration: bool = False


def page(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {"page": Page()}
    desks = desks_of(user)
    return {
        "page": Page(
            organisation=_names(desk.partnership_name for desk in desks),
            person=user.name,
            agency=_names(desk.agency_name for desk in desks),
            navigation=_navigation(request, desks),
            alarm=_alarm(),
            demonstration=any(desk.demonstration for desk in desks),
        )
    }


def _navigation(request: HttpRequest, desks: tuple[Desk, ...]) -> tuple[Place, ...]:
    roles = {desk.role for desk in desks}
    places = [(reverse(name), label) for name, label, needed in PLACES if roles & set(needed)]
    # The longest address that the present one begins with: /reports/new/ is not also /reports/.
    current = max((url for url, _ in places if request.path.startswith(url)), key=len, default="")
    return tuple(Place(label=label, url=url, current=url == current) for url, label in places)


def _alarm() -> str:
    if not sweep_is_late():
        return ""
    return (
        "Nobody is being warned of deadlines at the moment: the worker that watches them has stopped. "
        "The deadlines on these pages are right. Tell whoever runs this service."
    )


def _names(names: Any) -> str:
    return ", ".join(dict.fromkeys(names))
