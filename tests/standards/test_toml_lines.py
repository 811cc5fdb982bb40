"""On which line each key of a TOML text stands, whatever way it is written."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards.toml_lines import Place, lines
from tests.standards.history import CHARTERS


def places(value: Any, place: Place = ()) -> set[Place]:
    """Every key and item of what tomllib makes of a text."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return {place}.union(*(places(item, (*place, key)) for key, item in inner))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a = 1\n\nb = 2", {("a",): 1, ("b",): 3}, id="keys"),
        pytest.param("# c = 1\na = 1 # b = 2\n#", {("a",): 2}, id="comments"),
        pytest.param("[ a . b ] # x\nc = 1", {("a",): 1, ("a", "b"): 1, ("a", "b", "c"): 2}, id="a sub-table"),
        pytest.param(
            "[[p]]\na = 1\n[p.c]\nd = 1\n[[p]]\n[p.c]\nd = 2",
            {("p",): 1, ("p", 0): 1, ("p", 0, "a"): 2, ("p", 0, "c"): 3, ("p", 0, "c", "d"): 4, ("p", 1): 5,
             ("p", 1, "c"): 6, ("p", 1, "c", "d"): 7},
            id="array tables with sub-tables",
        ),
        pytest.param(
            "[[p]]\n[[p.q]]\n[[p.q]]\n[[p]]\n[[p.q]]",
            {("p",): 1, ("p", 0): 1, ("p", 0, "q"): 2, ("p", 0, "q", 0): 2, ("p", 0, "q", 1): 3, ("p", 1): 4,
             ("p", 1, "q"): 5, ("p", 1, "q", 0): 5},
            id="array tables count anew in each table above",
        ),
        pytest.param(
            "[[p]]\nclock.within.amount = 1\nclock . duty = 'x'",
            {("p",): 1, ("p", 0): 1, ("p", 0, "clock"): 2, ("p", 0, "clock", "within"): 2,
             ("p", 0, "clock", "within", "amount"): 2, ("p", 0, "clock", "duty"): 3},
            id="dotted keys",
        ),
        pytest.param(
            "w = { amount = 1, unit.of = 'h', when = { hate = true } }\nx = {}",
            {("w",): 1, ("w", "amount"): 1, ("w", "unit"): 1, ("w", "unit", "of"): 1, ("w", "when"): 1,
             ("w", "when", "hate"): 1, ("x",): 2},
            id="inline tables",
        ),
        pytest.param(
            "a = [ # first\n  'x', # ]\n\n  [1, 2], {b = 1},\n  2027-03-31 10:00:00,\n]\nb = []",
            {("a",): 1, ("a", 0): 2, ("a", 1): 4, ("a", 1, 0): 4, ("a", 1, 1): 4, ("a", 2): 4, ("a", 2, "b"): 4,
             ("a", 3): 5, ("b",): 7},
            id="lists over several lines",
        ),
        pytest.param(
            'a = """\nb = 1\n[c]\n\\"""\n"""\nd = \'\'\'\n[[e]]\n"""\n\'\'\'\nf = 1',
            {("a",): 1, ("d",): 6, ("f",): 10},
            id="texts over several lines",
        ),
        pytest.param('a = """"x"""""\nb = \'\'\'\'x\'\'\'\'\'\nc = 1', {("a",): 1, ("b",): 2, ("c",): 3}, id="quotes at the end of a text"),
        pytest.param('a = ""\nb = \'\'\nc = """"""\nd = 1', {("a",): 1, ("b",): 2, ("c",): 3, ("d",): 4}, id="empty texts"),
        pytest.param(
            '"a.b" = 1\n\'c]\'."\\u0064 \\"e" = 2\n["f # g"]\nh = "= [ { # \\\\"\n[["i.j"]]',
            {("a.b",): 1, ("c]",): 2, ("c]", 'd "e'): 2, ("f # g",): 3, ("f # g", "h"): 4, ("i.j",): 5, ("i.j", 0): 5},
            id="keys in quotes",
        ),
        pytest.param("a = 1\r\n[b]\r\nc = [\r\n1,\r\n]\r\n", {("a",): 1, ("b",): 2, ("b", "c"): 3, ("b", "c", 0): 4}, id="CRLF"),
        pytest.param("a = 'one\u2028line\u0085still'\nb = 1", {("a",): 1, ("b",): 2}, id="only \\n ends a line"),
        pytest.param("a.b = 1\n[c]\nd.e = 1\nd.f = 2", {("a",): 1, ("a", "b"): 1, ("c",): 2, ("c", "d"): 3, ("c", "d", "e"): 3, ("c", "d", "f"): 4}, id="the first line of what is built up"),
        pytest.param("[a.b]\n[a]\nc = 1", {("a",): 1, ("a", "b"): 1, ("a", "c"): 3}, id="a table named after its part"),
        pytest.param("1 = 1\n2.5 = 2\ntrue = 3\n2027-03-31 = 4", {("1",): 1, ("2",): 2, ("2", "5"): 2, ("true",): 3, ("2027-03-31",): 4}, id="keys like values"),
        pytest.param("", {}, id="nothing"),
        pytest.param(" \t# nothing\r\n\n", {}, id="nothing but a comment"),
    ],
)  # fmt: skip
def test_each_key_is_found_on_its_line(text: str, expected: dict[Place, int]) -> None:
    assert places(tomllib.loads(text)) == {(), *expected}  # the example itself is right
    assert lines(text) == {(): 1} | expected


@pytest.mark.parametrize("path", sorted(CHARTERS.glob("*.toml")), ids=lambda path: path.stem)
def test_every_key_of_every_charter_is_found(path: Any) -> None:
    text = path.read_text(encoding="utf-8")
    found = lines(text)
    assert set(found) == places(tomllib.loads(text))
    written = text.split("\n")
    for place, line in found.items():
        if place and isinstance(place[-1], str):
            assert place[-1] in written[line - 1]


# --- any text: made key by key, with the line of each noted as it is written ---

BARE = st.text("abz019_-", min_size=1, max_size=3)
QUOTED = st.text("ab.#[]{}=,' ", max_size=4).map(lambda text: f'"{text}"')
GAP = st.sampled_from(["", " ", "\t "])
BREAK = st.sampled_from(["\n", "\r\n", ' # ] } = """ \'\n', "\n\n"])
SCALAR = st.sampled_from(
    ["1", "-1.5e3", "true", "inf", "2027-03-31", "2027-03-31 10:00:00", "10:00:00", '""', "''", '"a # ] \\" b"',
     "'\"'", '"""x = 1\n[y]\n"""', '"""a\\"""b""""', "'''\n[[z]]\n''''", '"""\r\n\\\r\n  x"""'],
)  # fmt: skip


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A TOML text whose keys are all different, in a layout that nobody would choose."""
    names = iter(draw(st.lists(BARE | QUOTED, min_size=12, max_size=12, unique_by=lambda key: key.strip('"'))))

    def value(depth: int) -> str:
        kind = draw(st.sampled_from(["scalar", "list", "table"] if depth < 2 else ["scalar"]))
        if kind == "list":
            items = [value(depth + 1) for _ in range(draw(st.integers(0, 3)))]
            return "[" + "".join(f"{draw(BREAK)}{draw(GAP)}{item}{draw(BREAK)}," for item in items) + draw(BREAK) + "]"
        if kind == "table":
            # Its keys stand on one line; only what they hold may go over several.
            keys = [next(names, None) for _ in range(draw(st.integers(0, 2)))]
            return "{ " + ", ".join(f"{key}{draw(GAP)}= {value(depth + 1)}" for key in keys if key) + " }"
        return draw(SCALAR)

    written = ""
    for name in names:
        form = draw(
            st.sampled_from(["{} = ", "{}.x = ", "{} . 'y' . z\t=", "[{}]", "[[{}]]", "[[{0}]]\n[{0} . sub]\n[[{0}]]"])
        )
        written += draw(GAP) + form.format(name) + ("" if form.startswith("[") else value(0)) + draw(BREAK)
    return written


@given(text=texts())
def test_every_key_that_tomllib_reads_is_found_and_no_other(text: str) -> None:
    found = lines(text)
    assert set(found) == places(tomllib.loads(text))
    written = text.split("\n")
    for place, line in found.items():
        if place and isinstance(place[-1], str):
            assert place[-1] in written[line - 1]
