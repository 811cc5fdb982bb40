"""What a list is filtered by, as tags that can be taken off one by one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from frontend.dates import Boxes
from frontend.links import changed, without
from frontend.words import date_words, moment_words


@dataclass(frozen=True)
class Chip:
    """One chosen value, and the address of the page without it."""

    text: str
    url: str


@dataclass(frozen=True)
class ChipGroup:
    heading: str
    chips: list[Chip]


def chosen(form: forms.Form, query: QueryDict) -> list[ChipGroup]:
    """The filters in force, by field, in the order of the form. Values that do not validate are left out."""
    if not form.is_bound:
        return []
    form.is_valid()
    # A page number of the longer list may not exist in the shorter one, or the other way round.
    query = query.copy()
    query.pop("page", None)
    groups = []
    for name, field in form.fields.items():
        value = form.cleaned_data.get(name)
        if value in (None, "", [], False) or field.widget.is_hidden:
            continue
        heading = str(form[name].label)
        groups.append(ChipGroup(heading, _chips(form.add_prefix(name), field, value, heading, query)))
    return groups


def _chips(name: str, field: forms.Field, value: Any, heading: str, query: QueryDict) -> list[Chip]:
    if isinstance(field.widget, Boxes):
        parts = dict.fromkeys((f"{name}_{part}" for part in field.widget.names), None)
        words = moment_words(value) if isinstance(value, dt.datetime) else date_words(value)
        return [Chip(words, changed(query, parts))]
    if isinstance(value, dt.date):
        return [Chip(date_words(value), changed(query, {name: None}))]
    if value is True:
        return [Chip(heading, changed(query, {name: None}))]
    labels = _labels(field)
    return [
        Chip(labels.get(text, text), changed(query, without(query, name, text))) for text in query.getlist(name) if text
    ]


def _labels(field: forms.Field) -> dict[str, str]:
    """Labels by value as text, through one level of groups."""
    labels: dict[str, str] = {}
    for value, label in getattr(field, "choices", ()):
        inner = label if isinstance(label, list | tuple) else [(value, label)]
        labels.update((str(each), str(words)) for each, words in inner)
    return labels
