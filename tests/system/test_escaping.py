"""Typed text is never markup in a page nor a formula in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
from django.urls import reverse

from tests.cast import Cast
from tests.system.scene import Scene, signed_in
from tests.system.story import PERSON, Story


@pytest.mark.parametrize(
    "formula", ["=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "  =1", "＝1", "|calc", "%0"]
)
def test_no_cell_of_a_csv_is_a_formula(formula: str, scene: Scene) -> None:
    for row in (scene.cast.council, scene.cast.priya):
        row.name = formula
        row.save()
    response = signed_in(scene.cast.grace).get(reverse("promise_list_csv"))
    (row,) = csv.DictReader(io.StringIO(response.getvalue().decode().removeprefix("\ufeff"), newline=""))
    assert (row["Agency"], row["Officer"]) == (f"'{formula}", f"'{formula}")


def _marked(field: str) -> str:
    return f"<i>{field}</i>\"'"


def test_markup_in_typed_text_is_shown_as_text_on_every_page(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    fields = ["title", "given_name", "family_name", "address", "safe_contact", "description", "place", "note",
              "explanation", "review_note", "name", "agency"]  # fmt: skip
    for name in ("title", "given_name", "family_name", "address", "safe_contact"):
        monkeypatch.setitem(PERSON, name, _marked(name)[:20])
    cast.dylan.name, cast.council.name = _marked("name"), _marked("agency")
    cast.dylan.save()
    cast.council.save()
    original = Story.ask

    def ask(self: Story, who: str, name: str, *args: Any, **typed: Any) -> Any:
        typed |= {key: _marked(key) for key in ("description", "place", "note", "explanation", "review_note")
                  if key in typed}  # fmt: skip
        return original(self, who, name, *args, **typed)

    monkeypatch.setattr(Story, "ask", ask)
    story = Story(cast).tell()
    shown = [response.text for response in story.responses if response.status_code != 302]
    shown += [text for who in ("jo", "priya", "dylan", "grace", "alex") for _, text in story.pages(who)]
    everything = "".join(shown)
    assert re.findall(r"<i>\w+", everything) == []
    assert [field for field in fields if f"&lt;i&gt;{field}" not in everything] == []


@pytest.mark.parametrize(
    ("who", "name", "query"),
    [
        ("priya", "cases", ["q", "whose", "state", "deadline", "risk", "category", "sort", "page"]),
        ("dylan", "promise_list", ["q", "state", "promise", "agency", "officer", "sort", "page"]),
        ("dylan", "dashboard", ["by"]),
        ("grace", "bank_holidays", ["division", "year"]),
        ("jo", "reports_taken", ["page"]),
    ],
)
def test_markup_in_an_address_is_never_part_of_a_page(who: str, name: str, query: list[str], scene: Scene) -> None:
    attack = "\"><script>alert(1)</script>'"
    for field in query:
        response = signed_in(scene.cast.staff[who]).get(reverse(name), {field: attack})
        assert response.status_code in {200, 422}
        assert "<script>alert" not in response.text
