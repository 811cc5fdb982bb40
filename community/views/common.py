"""What the pages of the community share."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from asb_cases.views.common import acting_user, needs, page, saves
from frontend.components import Place

SECTIONS = (
    ("publications", "What is due"),
    ("publication_log", "Publication log"),
    ("neighbourhoods", "Neighbour\u00adhoods"),  # may be parted on a phone
    ("measures", "Measures"),
)


def sections(current: str) -> list[Place]:
    """The way to the other pages of the community."""
    return [Place(label=label, url=reverse(name), current=name == current) for name, label in SECTIONS]


def form_page(
    request: HttpRequest, *, form: Any, heading: str, back: str, caption: str = "", lead: str = "", save: str = "Save",
    warning: bool = False, template: str = "community/form.html", **context: Any,
) -> HttpResponse:  # fmt: skip
    """A page with one form; saved, or left for the address `back`."""
    told = {"heading": heading, "back": back, "caption": caption, "lead": lead, "save": save, "warning": warning}
    return page(request, template, form=form, **told, **context)


__all__ = ["acting_user", "form_page", "needs", "page", "saves", "sections"]
