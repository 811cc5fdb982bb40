"""HTML as tokens that can be compared: spacing, order of attributes and names of ids do not count."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"input", "img", "br", "meta", "link", "hr", "rect", "path", "circle"}
REFERENCES = {"id", "for", "aria-describedby", "aria-controls", "data-aria-controls"}
# Pictures are drawn by each for itself; what stands below an option is not the option's own markup.
OPAQUE_CLASSES = ("govuk-radios__conditional", "govuk-checkboxes__conditional")


class Tokens(HTMLParser):
    """Tokens of a piece of HTML. An id is told by its place among the ids: so references are compared."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.found: list[tuple] = []
        self.names: dict[str, str] = {}
        self._skipping: list[str] = []
        Ids(self.ids).feed(html)
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._skipping:
            if tag not in VOID:
                self._skipping.append(tag)
            return
        self.found.append((tag, *sorted((name, self._value(name, value or "")) for name, value in attrs)))
        classes = (dict(attrs).get("class") or "").split()
        if tag == "svg" or any(name in OPAQUE_CLASSES for name in classes):
            self._skipping.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self._skipping:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self._skipping:
            if tag not in VOID:
                self._skipping.pop()
            return
        self.found.append((f"/{tag}",))

    def handle_data(self, data: str) -> None:
        words = " ".join(data.split())
        if words and not self._skipping:
            self.found.append(("text", words))

    def _value(self, name: str, value: str) -> str:
        if name in REFERENCES:
            return " ".join(f"#{self.ids.index(id)}" if id in self.ids else id for id in value.split())
        if name == "name":  # controls of one name share a token
            return self.names.setdefault(value, f"name {len(self.names)}")
        if name == "class":
            return " ".join(sorted(value.split()))
        return value


class Ids(HTMLParser):
    def __init__(self, ids: list[str]) -> None:
        super().__init__()
        self.ids = ids

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value for name, value in attrs if name == "id" and value]


def tokens(html: str) -> list[tuple]:
    return Tokens(html).found


def ids(html: str) -> list[str]:
    found: list[str] = []
    Ids(found).feed(html)
    return found
