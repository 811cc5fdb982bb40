"""Template tags and filters of the kit. They are built-ins: templates need no `{% load %}`.

docs/front-end.md shows each of them in use; tests/frontend/gallery shows what they look like.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.forms.formsets import BaseFormSet
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from frontend import charts, filters, links, paging, rendering, words

register = template.Library()

# --- words ------------------------------------------------------------------------------------------


@register.filter
def date_words(value: dt.date | None, form: str = "") -> str:
    """`{{ day|date_words }}`: 3 September 2026. `{{ day|date_words:"short" }}`: 3 September."""
    return words.date_words(value, short=form == "short") if value else ""


@register.filter
def moment_words(value: dt.datetime | None, form: str = "") -> str:
    """`{{ at|moment_words }}`: Thursday 3 September 2026, 9:00am; with "short" without the year."""
    return words.moment_words(value, short=form == "short") if value else ""


@register.filter
def time_words(value: dt.datetime | dt.time | None) -> str:
    # Midnight as a time was falsy once, and may be again.
    return words.time_words(value) if value is not None else ""


@register.filter
def duration_words(value: dt.timedelta | None) -> str:
    return words.duration_words(value) if value is not None else ""


@register.filter
def due_words(value: dt.datetime | None, now: dt.datetime | None = None) -> str:
    """`{{ clock.due_at|due_words:now }}`: Due in 4 days. Without an argument, as of this moment."""
    return words.due_words(value, now or timezone.now()) if value else ""


@register.filter
def thousands(value: float) -> str:
    """12345 as 12,345."""
    return f"{value:,}"


@register.filter
def lower_first(value: str) -> str:
    """A label inside a sentence: "Main address" as "main address"; "NHS number" keeps its capitals."""
    text = str(value)
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


@register.filter
def alert_kind(level: str) -> str:
    """The kind of alert for the level of one of Django's messages."""
    return level if level in {"success", "warning", "error"} else "information"


# --- links ------------------------------------------------------------------------------------------


def _query(context: template.Context) -> QueryDict:
    request = context.get("request")
    return request.GET if request is not None else QueryDict()


@register.simple_tag(takes_context=True)
def qs(context: template.Context, **changes: Any) -> str:
    """`<a href="{% qs sort="due" page=None %}">`: this page, with these parameters changed (None removes)."""
    return links.changed(_query(context), changes)


@register.inclusion_tag("govuk/sort_header.html", takes_context=True)
def sort_header(context: template.Context, key: str, label: str, numeric: bool = False) -> dict:
    """A `<th>` whose link sorts by `key`, and the other way round when it already does.

    The order in force is the context's `sort` (the view knows its default), or else the address's: a key,
    with a minus sign in front for descending.
    """
    current = context.get("sort") or _query(context).get("sort", "")
    state = {key: "ascending", f"-{key}": "descending"}.get(current, "none")
    url = links.changed(_query(context), {"sort": f"-{key}" if state == "ascending" else key, "page": None})
    return {"label": label, "numeric": numeric, "state": state, "url": url}


@register.inclusion_tag("govuk/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page | paging.KeysetPage, parameter: str = "page") -> dict:
    """Links to the other pages, if there are any, of Django's Page or of a frontend.paging.KeysetPage."""
    query = _query(context)
    if not isinstance(page, Page):
        return {
            "previous": page.previous_params and links.changed(query, page.previous_params),
            "next": page.next_params and links.changed(query, page.next_params),
        }

    def url(number: int) -> str:
        return links.changed(query, {parameter: number})

    numbers: Iterable[int | str] = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "previous": page.has_previous() and url(page.previous_page_number()),
        "next": page.has_next() and url(page.next_page_number()),
        "numbers": [
            {"number": n, "url": url(n) if isinstance(n, int) else "", "current": n == page.number} for n in numbers
        ],
    }


@register.simple_tag
def result_count(page: Page | paging.KeysetPage, singular: str, plural: str = "") -> str:
    """`{% result_count page "case" %}`: Showing 1 to 25 of 64 cases."""
    return paging.count_words(page, singular, plural)


@register.inclusion_tag("govuk/sub_navigation.html")
def sub_navigation(places: Iterable, label: str) -> dict:
    """Tabs as links. Each place has `label`, `url`, `current` and, if wanted, `count` (components.Place)."""
    return {"places": places, "label": label}


# --- forms ------------------------------------------------------------------------------------------


@register.filter
def top_level(form: forms.BaseForm) -> Iterable:
    """The fields that a form shows one after the other; the others stand below an option of theirs."""
    return rendering.top_level(form)


@register.inclusion_tag("govuk/error_summary.html")
def error_summary(*given: forms.BaseForm | BaseFormSet | None) -> dict:
    """All errors of forms and formsets, each leading to its control. Stands first in the page's <main>.

    A page that has its form only sometimes may give None.
    """
    return {"errors": [error for each in given if each is not None for error in _errors(each)]}


@register.simple_tag(takes_context=True)
def error_prefix(context: template.Context) -> str:
    """ "Error: " when the page's `form` or `formset` has errors: the first thing a screen reader says."""
    given = (context.get("form"), context.get("formset"))
    return "Error: " if any(each is not None and _has_errors(each) for each in given) else ""


def _has_errors(given: Any) -> bool:
    return bool(given.total_error_count() if isinstance(given, BaseFormSet) else given.errors)


def _errors(given: forms.BaseForm | BaseFormSet) -> list[tuple[str, str]]:
    """(words, id of the control) of each error; the id is empty when there is no control at all."""
    if isinstance(given, BaseFormSet):
        anchor = next((_anchor(form) for form in given), "")
        whole = [(str(words), anchor) for words in given.non_form_errors()]
        return whole + [error for form in given for error in _errors(form)]
    found = [(str(words), _anchor(given)) for words in given.non_field_errors()]
    for field in given:
        # A hidden field has no control to lead to; its errors concern the whole form.
        target = _anchor(given) if field.is_hidden else _target(field)
        found += [(str(words), target) for words in field.errors]
    return found


def _anchor(form: forms.BaseForm) -> str:
    """Where errors about a whole form lead: the field it names, or else its first."""
    name = getattr(form, "error_anchor", "")
    field = form[name] if name else next(iter(form.visible_fields()), None)
    return _target(field) if field is not None else ""


def _target(field: BoundField) -> str:
    # A form may bring a renderer of its own, with Django's bound fields.
    return field.error_target if isinstance(field, rendering.GovukBoundField) else field.id_for_label


@register.simple_block_tag(takes_context=True)
def filter_layout(
    context: template.Context, content: str, form: forms.Form, label: str = "Filter", keep: str = "sort"
) -> SafeString:
    """`{% filter_layout form "Filter cases" %}<table>...{% endfilter_layout %}`: a filter beside its results.

    `keep` names parameters of the address, comma-separated, that applying the filter leaves as they are.
    """
    query = _query(context)
    kept = [(name, value) for name in keep.split(",") for value in query.getlist(name) if value]
    clear = links.changed(QueryDict(), dict(kept))
    groups = filters.chosen(form, query)
    parts = {"form": form, "label": label, "groups": groups, "kept": kept, "clear": clear, "content": content}
    return render_to_string("govuk/filter_layout.html", parts)


# --- marks ------------------------------------------------------------------------------------------


@register.simple_tag
def status_tag(status: Any, colour: str = "") -> SafeString:
    """`{% status_tag "On hold" "grey" %}`, or `{% status_tag case.status_choice %}` for an enumeration
    member that has a `label` and, if it likes, a `colour` (one of GOV.UK's tag colours; grey otherwise)."""
    colour = colour or getattr(status, "colour", "grey")
    return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', colour, getattr(status, "label", status))


@register.simple_tag
def badge(text: str, colour: str = "black") -> SafeString:
    """`{% badge "High risk" "red" %}`: a fact that must not be missed. Tags are for states."""
    return format_html('<span class="moj-badge moj-badge--{}">{}</span>', colour, text)


@register.simple_tag
def deadline(due: dt.datetime | None, now: dt.datetime, none: str = "None") -> SafeString:
    """`{% deadline case.due_at now %}` in a table: the words of due_words, in red when overdue, strong when
    due today or tomorrow."""
    if due is None:
        return format_html("<span>{}</span>", none)
    near = "app-soon" if words.days_left(due, now) <= 1 else "app-later"
    css = "app-overdue" if words.utc(now) > words.utc(due) else near
    return format_html('<span class="{}">{}</span>', css, words.due_words(due, now))


# --- parts of a page --------------------------------------------------------------------------------


@register.simple_block_tag
def page_header(content: str, title: str, caption: str = "", lead: str = "") -> SafeString:
    """`{% page_header "Cases" %}<a class="govuk-button" ...>{% endpage_header %}`: the h1 and its buttons."""
    parts = {"title": title, "caption": caption, "lead": lead, "content": content}
    return render_to_string("govuk/page_header.html", parts)


@register.simple_block_tag
def alert(content: str, kind: str, title: str = "") -> SafeString:
    """`{% alert "warning" "Staff safety" %}Do not visit alone.{% endalert %}`

    `kind` is information, success, warning or error; `title` is a visible heading.
    """
    return render_to_string("govuk/alert.html", {"content": content, "kind": kind, "title": title})


@register.simple_block_tag
def empty_state(content: str, title: str) -> SafeString:
    """What stands where a list would: `{% empty_state "No cases match" %}<p>...</p>{% endempty_state %}`."""
    return render_to_string("govuk/empty_state.html", {"title": title, "content": content})


@register.simple_block_tag
def panel(content: str, title: str) -> SafeString:
    """The confirmation at the end of a journey; its title is the page's h1."""
    return render_to_string("govuk/panel.html", {"title": title, "content": content})


@register.simple_block_tag
def summary_card(content: str, title: str, url: str = "", action: str = "Change", level: int = 2) -> SafeString:
    """`{% summary_card "Report" url=... %}{% summary_row "Where" place %}{% endsummary_card %}`"""
    parts = {"title": title, "url": url, "action": action, "level": level, "content": content}
    return render_to_string("govuk/summary_card.html", parts)


@register.inclusion_tag("govuk/summary_row.html")
def summary_row(key: str, value: Any, url: str = "", action: str = "Change", empty: str = "Not recorded") -> dict:
    """A row of a summary list. `empty` stands for None and for empty text; 0 and False are values."""
    missing = value is None or value == ""
    return {
        "key": key,
        "value": empty if missing else value,
        "url": url,
        "action": action,
        "missing": missing,
    }


@register.inclusion_tag("govuk/clocks.html")
def clocks(cards: Iterable, level: int = 3) -> dict:
    """Deadline cards (components.Clock), the settled ones folded away below the others."""
    given = list(cards)
    settled = [card for card in given if card.settled]
    return {"cards": [card for card in given if not card.settled], "settled": settled, "level": level}


@register.inclusion_tag("govuk/tile.html")
def tile(number: float, label: str, url: str = "", note: str = "", alert: bool = False) -> dict:
    """A figure that leads to its list, inside `<ul class="app-tiles">`. Nothing to do is never an alert."""
    return {"number": number, "label": label, "url": url, "note": note, "alert": alert and bool(number)}


@register.inclusion_tag("govuk/timeline.html")
def timeline(entries: Iterable, level: int = 3) -> dict:
    """What happened, newest first (components.Entry)."""
    return {"entries": entries, "level": level}


@register.inclusion_tag("govuk/steps.html")
def steps(given: Iterable) -> dict:
    """How far a report has come (components.Step)."""
    return {"steps": given}


# --- charts -----------------------------------------------------------------------------------------


@register.inclusion_tag("govuk/bar_chart.html")
def bar_chart(
    id: str, title: str, rows: Iterable, unit: str = "Number", summary: str = "", heading: str = "Name"
) -> dict:
    """Lying bars with their numbers, a sentence, and the same as a table. Rows: charts.Bar or tuples."""
    drawn = charts.bars(rows)
    summary = summary or charts.bar_summary(drawn)
    return {
        "id": id, "title": title, "rows": drawn, "series": [unit], "heading": heading, "summary": summary,
    }  # fmt: skip


@register.inclusion_tag("govuk/column_chart.html")
def column_chart(id: str, title: str, series: str, rows: Iterable, summary: str = "", heading: str = "Month") -> dict:
    """Standing columns over time, for one series or two ("Opened,Closed"), of which the second is hollow.

    Rows: charts.Column or tuples.
    """
    drawn, names = charts.columns(rows), series.split(",")
    summary = summary or charts.column_summary(drawn, names)
    return {
        "id": id, "title": title, "rows": drawn, "series": names, "heading": heading, "summary": summary,
        "crowded": charts.is_crowded(drawn),
    }  # fmt: skip
