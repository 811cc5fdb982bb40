"""Reading pages as people do: their words, what stands in their boxes, and the complaint beside a box."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from typing import Any


def plain(piece: str) -> str:
    """The words of a piece of HTML."""
    piece = re.sub(r"</?(a|b|strong|span|time)\b[^>]*>", "", piece)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", piece)).split())


def words(text: str) -> str:
    """The words of the page's content."""
    return plain(text[text.index("<main") : text.index("</main>")])


def every(text: str, tag: str, css: str = "") -> list[str]:
    """The words of each element of this kind, in order: those with the class, if one is named."""
    mark = rf'[^>]*class="[^"]*\b{re.escape(css)}\b' if css else ""
    found = re.findall(rf"<{tag}\b{mark}[^>]*>(.*?)</{tag}>", text, re.DOTALL)
    return [plain(piece) for piece in found]


def entries(text: str) -> list[str]:
    """The entries of a timeline, the latest first."""
    pieces = text.partition("</main>")[0].split('<div class="moj-timeline__item')[1:]
    return [plain(piece.partition(">")[2]) for piece in pieces]


def complaint(text: str, box: str) -> str:
    """What is said beside a box; it must stand in the summary above as well."""
    beside = re.search(rf'<p id="id_{box}-error"[^>]*>(.*?)</p>', text, re.DOTALL)
    assert beside, f"nothing is said beside {box}"
    said = plain(beside[1]).removeprefix("Error: ")
    assert said in every(text, "ul", "govuk-error-summary__list")[0]
    return said


class _Boxes(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.filled: dict[str, list[str]] = {}
        self._select = self._textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        it = dict(attrs)
        name, value = it.get("name") or "", it.get("value") or ""
        if tag == "select":
            self._select = name
        elif tag == "textarea":
            self._textarea = name
            self.filled[name] = [""]
        elif tag == "option" and "selected" in it:
            self.filled[self._select] = [value]
        elif tag == "input" and it.get("type") in {"radio", "checkbox"}:
            if "checked" in it:
                self.filled.setdefault(name, []).append(value)
        elif tag == "input" and name:
            self.filled[name] = [value]

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.filled[self._textarea][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            # The line break after the tag is not part of the text.
            self.filled[self._textarea][0] = self.filled[self._textarea][0].removeprefix("\n").removeprefix("\r\n")
            self._textarea = ""


def boxes(text: str) -> dict[str, Any]:
    """What a form would send as it stands: a text for each name, a list where several were chosen."""
    reader = _Boxes()
    reader.feed(text)
    return {name: each[0] if len(each) == 1 else each for name, each in reader.filled.items()}


def lost(text: str, typed: dict[str, Any]) -> list[str]:
    """The names of boxes that no longer hold what was typed into them."""
    found = boxes(text)

    def same(value: Any) -> Any:
        return (value or [""])[0] if isinstance(value, list) and len(value) < 2 else value

    return [name for name, value in typed.items() if same(value) != found.get(name, "")]
