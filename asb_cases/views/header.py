"""What stands above every section of a case."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from asb_cases.models import Case
from asb_cases.policies import check_can_assign, check_can_record
from frontend.components import Place
from partners.policies import allowed


def case_header(request: HttpRequest, case: Case, current: str, entries: int) -> dict[str, Any]:
    """What stands above every section of a case: what one may do with it, and the way to the other sections."""
    reference = case.matter.reference
    places = [
        ("overview", "Overview", "case", None),
        ("promises", "Promises to show", "case_promises", None),
        ("timeline", "Timeline", "case_timeline", entries),
    ]
    return {
        "case": case,
        "tabs": [
            Place(label=label, url=reverse(name, args=[reference]), current=section == current, count=count)
            for section, label, name, count in places
        ],
        "may_record": allowed(check_can_record, request.user, case),
        "may_take": case.matter.officer_id is None and allowed(check_can_assign, request.user, case, request.user),
        "may_assign": may_give_away(request, case),
    }


def may_give_away(request: HttpRequest, case: Case) -> bool:
    """Whether the person may choose who takes the case, not only take it herself."""
    matter = case.matter
    somebody_else = matter.officer if matter.officer and matter.officer != request.user else None
    if matter.officer_id is None:
        return allowed(check_can_assign, request.user, case, None)
    return allowed(check_can_assign, request.user, case, somebody_else)
