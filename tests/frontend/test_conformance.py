"""Our fields against the fixtures that GOV.UK Frontend ships: what its own macros render for given options.

Every fixture whose options we can express is compared, token by token; the numbers below are how many those
are, so that a change on either side shows. A new release of govuk-frontend that changes markup fails here.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError

from frontend.forms import DateField, GovukForm, govuk
from tests.frontend.markup import tokens

COMPONENTS = (
    Path(__file__).resolve().parent.parent.parent / "var/node/node_modules/govuk-frontend/dist/govuk/components"
)

pytestmark = pytest.mark.usefixtures("kit")


class NotExpressible(Exception):
    """The fixture asks for something that our forms do not do, on purpose."""


def fixtures(component: str) -> list[dict[str, Any]]:
    path = COMPONENTS / component / "fixtures.json"
    if not path.exists():
        pytest.fail("govuk-frontend is not here: run script/build_assets.py")
    return json.loads(path.read_text())["fixtures"]


class Options:
    """A fixture's options, each to be taken: one left over is one that we cannot express."""

    def __init__(self, given: dict[str, Any]) -> None:
        self.left = dict(given)

    def take(self, name: str, default: Any = None) -> Any:
        return self.left.pop(name, default)

    def text(self, name: str) -> str:
        given = self.take(name) or {}
        return self._only(given, "text").get("text") or ""

    def label(self, name: str = "label") -> dict[str, Any]:
        """Arguments for the field and its look: label, size and heading."""
        given = self._only(self.take(name) or {}, "text", "classes", "isPageHeading")
        text = given.get("text")
        if not text:
            raise NotExpressible("a field without label")
        heading = bool(given.get("isPageHeading"))
        size = (given.get("classes") or "").rpartition("--")[2]
        return {"label": text, "size": size, "heading": heading}

    def finish(self) -> None:
        for harmless in ("id", "name", "idPrefix", "namePrefix"):
            self.left.pop(harmless, None)
        if self.left:
            raise NotExpressible(", ".join(self.left))

    @staticmethod
    def _only(given: dict[str, Any], *names: str) -> dict[str, Any]:
        if set(given) - set(names):
            raise NotExpressible(", ".join(given))
        return given


def width(options: Options) -> dict[str, Any]:
    classes = options.take("classes") or ""
    if not classes:
        return {}
    number = classes.removeprefix("govuk-input--width-")
    if not number.isdigit():
        raise NotExpressible(classes)
    return {"width": int(number)}


def items(options: Options, *allowed: str) -> list[dict[str, Any]]:
    given = [item for item in options.take("items") or [] if item]
    for item in given:
        if set(item) - {"value", "text", *allowed}:
            raise NotExpressible(", ".join(item))
    return given


def rendered(
    field: forms.Field, look: dict[str, Any], error: str, value: Any = None, parts: list[str] | None = None
) -> str:
    reveals = look.pop("reveals", {})
    attrs: dict[str, Any] = {"field": govuk(field, reveals=reveals, **look)}
    for names in reveals.values():
        attrs.update({name: forms.CharField(required=False) for name in names})
    form = type("Form", (GovukForm,), attrs)
    bound = form({}, initial={"field": value}) if error else form(initial={"field": value})
    if error:
        bound.is_valid()
        bound.errors.clear()
        bound.add_error("field", ValidationError(error, params={"parts": parts} if parts else None))
        bound.is_bound = False  # shows the initial value beside the error
    return bound["field"].as_field_group()


def input_field(options: Options) -> str:
    look = {**options.label(), **width(options)}
    attrs = {name: options.left.pop(name) for name in ("inputmode", "autocomplete", "type") if name in options.left}
    if "spellcheck" in options.left:
        attrs["spellcheck"] = "true" if options.take("spellcheck") else "false"
    look.update(prefix=options.text("prefix"), suffix=options.text("suffix"))
    hint, error, value = options.text("hint"), options.text("errorMessage"), options.take("value")
    disabled = bool(options.take("disabled"))
    options.finish()
    field = forms.CharField(label=look.pop("label"), help_text=hint, disabled=disabled, widget=forms.TextInput(attrs))
    return rendered(field, look, error, value)


def textarea(options: Options, *, count: bool = False) -> str:
    look = options.label()
    attrs: dict[str, Any] = {"rows": options.take("rows", 5)}
    if "autocomplete" in options.left:
        attrs["autocomplete"] = options.take("autocomplete")
    if "spellcheck" in options.left:
        attrs["spellcheck"] = "true" if options.take("spellcheck") else "false"
    hint, error, value = options.text("hint"), options.text("errorMessage"), options.take("value")
    limit = options.take("maxlength") if count else None
    if count and limit is None:
        raise NotExpressible("a count without limit")
    options.finish()
    field = forms.CharField(label=look.pop("label"), help_text=hint, max_length=limit, widget=forms.Textarea(attrs))
    return rendered(field, {**look, "count": count}, error, value)


def character_count(options: Options) -> str:
    return textarea(options, count=True)


def select(options: Options) -> str:
    look = options.label()
    given = items(options, "selected")
    if any(item.get("value") in (None, "") for item in given):
        raise NotExpressible("an option without value: Django says that it is selected, GOV.UK does not")
    if any(item.get("selected") is False for item in given):
        raise NotExpressible("a value that is not selected")
    hint, error, value = options.text("hint"), options.text("errorMessage"), options.take("value")
    options.finish()
    chosen = [item["value"] for item in given if item.get("selected")]
    choices = [(item["value"], item["text"]) for item in given]
    field = forms.ChoiceField(label=look.pop("label"), help_text=hint, choices=choices)
    return rendered(field, look, error, chosen[0] if chosen else value)


def file_upload(options: Options) -> str:
    look = options.label()
    hint, error = options.text("hint"), options.text("errorMessage")
    look["drop_zone"] = bool(options.take("javascript"))
    widget = forms.ClearableFileInput()
    widget.allow_multiple_selected = bool(options.take("multiple"))
    if widget.allow_multiple_selected:
        widget.attrs["multiple"] = True
    options.finish()
    return rendered(forms.FileField(label=look.pop("label"), help_text=hint, widget=widget), look, error)


def password(options: Options) -> str:
    look = {**options.label(), **width(options)}
    attrs = {"autocomplete": options.left.pop("autocomplete")} if "autocomplete" in options.left else {}
    hint, error = options.text("hint"), options.text("errorMessage")
    options.finish()
    field = forms.CharField(label=look.pop("label"), help_text=hint, widget=forms.PasswordInput(attrs))
    return rendered(field, look, error)


def radios(options: Options) -> str:
    return choice(options, forms.ChoiceField, forms.RadioSelect, "govuk-radios")


def checkboxes(options: Options) -> str:
    return choice(options, forms.MultipleChoiceField, forms.CheckboxSelectMultiple, "govuk-checkboxes")


def choice(options: Options, field: Any, widget: Any, block: str) -> str:
    fieldset = Options(options.take("fieldset") or {})
    look = fieldset.label("legend")
    fieldset.finish()
    classes = options.take("classes") or ""
    look["inline"] = f"{block}--inline" in classes
    look["small"] = f"{block}--small" in classes
    if set(classes.split()) - {f"{block}--inline", f"{block}--small"}:
        raise NotExpressible(classes)
    given = items(options, "hint", "divider", "checked", "conditional", "id", "behaviour")
    labels, hints, reveals, checked = [], {}, {}, []
    for number, item in enumerate(given):
        if "divider" in item:
            if item["divider"] != "or" or "divider_before" in look:
                raise NotExpressible("another divider")
            look["divider_before"] = given[number + 1]["value"]
            continue
        value = item["value"]
        labels.append((value, item["text"]))
        if "hint" in item:
            hints[value] = Options(item).text("hint")
        if item.get("checked"):
            checked.append(value)
        if item.get("behaviour") == "exclusive":
            look["exclusive"] = value
        if item.get("conditional"):
            if not item["conditional"].get("html"):
                raise NotExpressible("an empty conditional")
            reveals[value] = [f"revealed_{number}"]
    hint, error = options.text("hint"), options.text("errorMessage")
    value = options.take("value", options.take("values", checked))
    if field is forms.ChoiceField and isinstance(value, list):
        value = value[0] if value else None
    options.finish()
    made = field(label=look.pop("label"), help_text=hint, choices=labels, widget=widget)
    return rendered(made, {**look, "hints": hints, "reveals": reveals}, error, value)


def date_input(options: Options) -> str:
    fieldset = Options(options.take("fieldset") or {})
    look = fieldset.label("legend")
    fieldset.finish()
    given = options.take("items")
    if [item.get("name") for item in given or []] not in ([], ["day", "month", "year"]):
        raise NotExpressible("other boxes")
    for item in given or []:
        if set(item) - {"name", "classes"} or "--error" in item.get("classes", ""):
            raise NotExpressible("boxes of their own")
    boxes = {part: options.take(part) for part in ("day", "month", "year")}
    if any(box not in (None, {"error": True}, {"error": False}) for box in boxes.values()):
        raise NotExpressible("boxes of their own")
    said = {part: box["error"] for part, box in boxes.items() if box}
    bad = [part for part in boxes if said.get(part, True not in said.values())] if said else []
    prefix = f"{options.take('namePrefix')}-" if "namePrefix" in options.left else ""
    typed = {name.removeprefix(prefix): str(text) for name, text in (options.take("values") or {}).items()}
    value = tuple(typed.get(part, "") for part in ("day", "month", "year"))
    hint, error = options.text("hint"), options.text("errorMessage")
    if bad and not error:
        raise NotExpressible("an error without words")
    options.finish()
    return rendered(DateField(label=look.pop("label"), help_text=hint), look, error, value, bad)


@pytest.mark.parametrize(
    ("component", "render", "expressible"),
    [
        ("input", input_field, 28),
        ("textarea", textarea, 11),
        ("character-count", character_count, 12),
        ("select", select, 5),
        ("file-upload", file_upload, 10),
        ("password-input", password, 7),
        ("radios", radios, 17),
        ("checkboxes", checkboxes, 19),
        ("date-input", date_input, 11),
    ],
)
def test_fields(component, render, expressible):
    compared = []
    for fixture in fixtures(component):
        try:
            ours = render(Options(fixture["options"]))
        except NotExpressible as reason:
            print("not compared:", fixture["name"], "-", reason)
            continue
        assert tokens(ours) == tokens(fixture["html"]), fixture["name"]
        compared.append(fixture["name"])
    print(compared)
    assert len(compared) == expressible
