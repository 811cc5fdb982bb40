"""Links, pages, filters and charts: what is computed before anything is drawn."""

import pytest
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import Context, Template
from django.test import RequestFactory

from frontend import charts
from frontend.components import running_clock
from frontend.filters import chosen
from frontend.links import changed, without
from frontend.paging import CappedPaginator, KeysetPage, count_words
from tests.frontend.gallery.forms import Filter
from tests.frontend.gallery.sample import NOW, at, due

pytestmark = pytest.mark.usefixtures("kit")


def show(source, path="/", **context):
    return Template(source).render(Context({"request": RequestFactory().get(path), **context}))


# --- links ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "changes", "expected"),
    [
        ("", {"page": 2}, "?page=2"),
        ("page=1&q=a+b", {"page": 2}, "?q=a+b&page=2"),
        ("page=1&q=x", {"page": None}, "?q=x"),
        ("page=1&q=x", {"page": ""}, "?q=x"),
        ("s=a&s=b", {"page": 2}, "?s=a&s=b&page=2"),
        ("s=a&s=b", {"s": ["b"]}, "?s=b"),
        ("s=a&s=b", {"s": []}, "?"),
        ("", {"q": "x&y=z"}, "?q=x%26y%3Dz"),
    ],
)
def test_changed(query, changes, expected):
    assert changed(QueryDict(query), changes) == expected


def test_without_takes_one_of_several():
    query = QueryDict("s=a&s=b")
    assert changed(query, without(query, "s", "a")) == "?s=b"


def test_qs_escapes():
    assert show('{% qs q="a&b" %}', "/?s=1&s=2") == "?s=1&amp;s=2&amp;q=a%26b"
    assert Template('{% qs q="a" %}').render(Context()) == "?q=a"


@pytest.mark.parametrize(
    ("path", "sort", "state", "leads_to"),
    [
        ("/", None, "none", "?sort=due"),
        ("/?sort=due", None, "ascending", "?sort=-due"),
        ("/?sort=-due", None, "descending", "?sort=due"),
        ("/?sort=name&page=3&q=x", None, "none", "?q=x&amp;sort=due"),
        ("/", "due", "ascending", "?sort=-due"),
    ],
)
def test_sort_header(path, sort, state, leads_to):
    html = show('{% sort_header "due" "Next deadline" %}', path, **({"sort": sort} if sort else {}))
    assert f'aria-sort="{state}"' in html
    assert f'href="{leads_to}"' in html


# --- pages ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "page", "words"),
    [
        (0, 1, "No cases"),
        (1, 1, "1 case"),
        (25, 1, "25 cases"),
        (64, 2, "Showing 26 to 50 of 64 cases"),
        (64, 3, "Showing 51 to 64 of 64 cases"),
        (1234, 1, "Showing 1 to 25 of 1,234 cases"),
    ],
)
def test_counts(number, page, words):
    assert count_words(Paginator(range(number), 25).page(page), "case") == words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (9_999, "Showing 1 to 25 of 9,999 cases"),
        (10_000, "Showing 1 to 25 of 10,000 cases"),
        (10_001, "Showing 1 to 25 of more than 10,000 cases"),
        (2_000_000, "Showing 1 to 25 of more than 10,000 cases"),
    ],
)
def test_capped_counts(number, words):
    paginator = CappedPaginator(range(number), 25)
    assert count_words(paginator.page(1), "case") == words
    assert paginator.num_pages == 400


def test_other_plurals_and_keyset_pages():
    assert count_words(KeysetPage(range(25)), "entry", "entries") == "Showing 25 entries"
    assert count_words(KeysetPage([1]), "entry", "entries") == "Showing 1 entry"
    assert count_words(KeysetPage([]), "entry", "entries") == "No entries"


def test_numbered_pagination():
    html = show("{% pagination page %}", "/?q=x&page=9", page=Paginator(range(500), 25).page(9))
    assert html.count("<li") == 7  # 1 … 8 9 10 … 20
    assert html.count('aria-current="page"') == 1
    assert 'href="?q=x&amp;page=8"' in html
    assert 'rel="prev"' in html
    assert 'rel="next"' in html


def test_one_page_needs_no_pagination():
    assert show("{% pagination page %}", page=Paginator(range(20), 25).page(1)).strip() == ""
    assert show("{% pagination page %}", page=KeysetPage([1])).strip() == ""


def test_keyset_pagination():
    page = KeysetPage([1], next_params={"after": "2026.81", "before": ""})
    html = show("{% pagination page %}", "/?q=x&before=9", page=page)
    assert 'href="?q=x&amp;after=2026.81"' in html
    assert 'rel="prev"' not in html
    assert (page.has_next, page.has_previous, len(page), list(page)) == (True, False, 1, [1])


# --- filters ----------------------------------------------------------------------------------------


def test_chips():
    query = QueryDict("q=Mill&status=new&status=plan&risk=nonsense&opened_day=1&opened_month=8&opened_year=2026&page=4")
    groups = chosen(Filter(query), query)
    rest = "opened_day=1&opened_month=8&opened_year=2026"
    assert [(group.heading, [(chip.text, chip.url) for chip in group.chips]) for group in groups] == [
        ("Reference or address", [("Mill", f"?status=new&status=plan&risk=nonsense&{rest}")]),
        (
            "Status",
            [
                ("New", f"?q=Mill&risk=nonsense&{rest}&status=plan"),
                ("Action plan", f"?q=Mill&risk=nonsense&{rest}&status=new"),
            ],
        ),
        ("Opened on or after", [("1 August 2026", "?q=Mill&status=new&status=plan&risk=nonsense")]),
    ]
    assert chosen(Filter(), query) == []
    assert chosen(Filter(QueryDict("")), QueryDict("")) == []


def test_filter_layout_keeps_the_order_and_clears_the_rest():
    source = '{% filter_layout form "Filter cases" %}<p>Results</p>{% endfilter_layout %}'
    path = "/?q=Mill&sort=-due&page=2"
    html = show(source, path, form=Filter(RequestFactory().get(path).GET))
    assert '<input type="hidden" name="sort" value="-due">' in " ".join(html.split())
    assert 'href="?sort=-due">Clear filters' in " ".join(html.split())
    assert "<p>Results</p>" in html


# --- charts -----------------------------------------------------------------------------------------


def test_bars():
    rows = charts.bars([("A", 8, "/a"), charts.Bar("B", 3, alert=True), ("C", 0)])
    assert [(row.label, row.percents, row.url, row.alert) for row in rows] == [
        ("A", [100], "/a", False),
        ("B", [37.5], "", True),
        ("C", [0], "", False),
    ]
    assert charts.bar_summary(rows) == "A has the most, 8. C has the fewest, 0."


@pytest.mark.parametrize(
    ("rows", "summary"),
    [
        ([], "There is nothing to show yet."),
        ([("A", 0)], "There is nothing to show yet."),
        ([("A", 1200)], "A: 1,200."),
        ([("A", 2), ("B", 2)], "All have the same, 2."),
    ],
)
def test_bar_summaries(rows, summary):
    assert charts.bar_summary(charts.bars(rows)) == summary


def test_columns():
    rows = charts.columns([("June", (31, 24)), ("July", (62, 31))])
    assert [row.percents for row in rows] == [[50, 38.7], [100, 50]]
    assert charts.column_summary(rows, ["Opened", "Closed"]) == (
        "Opened: 31 in June, 62 in July, most in July (62). Closed: 24 in June, 31 in July, most in July (31)."
    )
    assert charts.column_summary(charts.columns([("June", (0, 0))]), ["Opened"]) == "There is nothing to show yet."
    assert charts.column_summary(charts.columns([("June", (3,))]), ["Opened"]) == "Opened: 3 in June."


def test_a_chart_has_a_sentence_and_a_table():
    html = show('{% bar_chart "x" "Overdue" rows unit="Cases" %}', rows=[("A & B", 1200, "/a")])
    assert "A &amp; B: 1,200." in html
    assert html.count("<table") == 1
    assert 'href="/a"' in html
    assert "style=" not in html


# --- parts ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("started", "deadline", "state", "percent"),
    [
        (at(-9), due(1, 17), "overdue", 100),
        (at(-1), at(1), "soon", 50),
        (at(-1), at(1.1), "running", 47.6),
        (at(0), at(10), "running", 0),
        (at(1), at(10), "running", 0),
        (NOW, NOW, "soon", 0),
    ],
)
def test_running_clocks(started, deadline, state, percent):
    clock = running_clock("First contact", started=started, due=deadline, now=NOW)
    assert (clock.state, clock.percent) == (state, percent)


def test_settled_clocks_are_folded_away():
    clock = running_clock("Met one", started=at(-1), due=at(1), now=NOW)
    met = running_clock("Other", started=at(-1), due=at(1), now=NOW).__class__(
        name="M", state="met", words="Met", settled=True
    )
    html = show("{% clocks cards %}", cards=[clock, met])
    assert "1 settled" in html
    assert html.index("Met one") < html.index("<details")
    assert "<details" not in show("{% clocks cards %}", cards=[clock])
    assert show("{% clocks cards %}", cards=[]).strip() == ""


@pytest.mark.parametrize(
    ("deadline", "expected"),
    [
        (due(1, 17), '<span class="app-overdue">2 days overdue</span>'),
        (due(3, 17), '<span class="app-soon">Due today by 5:00pm</span>'),
        (due(4, 9), '<span class="app-soon">Due tomorrow by 9:00am</span>'),
        (due(7, 9), '<span class="app-later">Due in 4 days</span>'),
        (None, "<span>None</span>"),
    ],
)
def test_deadlines_in_tables(deadline, expected):
    assert show("{% deadline at now %}", at=deadline, now=NOW) == expected


def test_nothing_to_do_is_no_alert():
    assert "app-tile--alert" in show('{% tile 3 "Overdue" "/x" alert=True %}')
    assert "app-tile--alert" not in show('{% tile 0 "Overdue" "/x" alert=True %}')


def test_words_as_filters():
    assert show('{{ at|moment_words:"short" }}', at=NOW) == "Thursday 3 September, 10:30am"
    assert show("{{ at|date_words }} {{ at|time_words }}", at=NOW) == "3 September 2026 10:30am"
    assert show("{{ at|due_words:now }}", at=due(4, 9), now=NOW) == "Due tomorrow by 9:00am"
    assert show("[{{ at|moment_words }}{{ at|date_words }}{{ at|time_words }}{{ at|duration_words }}]", at=None) == "[]"


def test_text_is_escaped_everywhere():
    bad = "<b>&"
    for source in (
        "{% status_tag bad %}",
        "{% badge bad %}",
        "{% page_header bad caption=bad lead=bad %}{% endpage_header %}",
        "{% summary_row bad bad url=bad %}",
        "{% tile 1 bad bad note=bad %}",
        "{% panel bad %}{{ bad }}{% endpanel %}",
        "{% alert 'error' bad %}{{ bad }}{% endalert %}",
        "{% empty_state bad %}{{ bad }}{% endempty_state %}",
        "{% summary_card bad url=bad %}{% endsummary_card %}",
    ):
        assert "<b>" not in show(source, bad=bad), source
