"""Django's form fields in GOV.UK's markup.

Django asks the renderer for a bound field class and for templates; so every form, whoever wrote it, comes
out in GOV.UK's components, and nobody has to remember to. tests/frontend/test_conformance.py compares the
result with the fixtures that GOV.UK publishes with each release.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField, BoundWidget
from django.forms.renderers import TemplatesSetting
from django.utils.functional import cached_property

from frontend.dates import Boxes
from frontend.looks import Look, look_of

# The first match wins: CheckboxSelectMultiple is a RadioSelect, PasswordInput an Input.
KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (Boxes, "boxes"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Select, "select"),
    (forms.FileInput, "file"),
    (forms.Textarea, "textarea"),
    (forms.PasswordInput, "password"),
)
GROUPS = ("boxes", "checkboxes", "radios")
CSS = {
    "input": "govuk-input",
    "password": "govuk-input",
    "textarea": "govuk-textarea",
    "select": "govuk-select",
    "file": "govuk-file-upload",
}


@dataclass(frozen=True)
class Option:
    """One radio or checkbox, and what it reveals."""

    id: str
    name: str
    value: str
    label: str
    checked: bool
    disabled: bool
    hint: str
    exclusive: bool
    divider: bool
    revealed: list[BoundField]


class GovukBoundField(BoundField):
    """A field together with its data, as GOV.UK's components need it. The templates read its properties."""

    field: forms.Field

    @cached_property
    def look(self) -> Look:
        return look_of(self.field)

    @cached_property
    def kind(self) -> str:
        """Which component shows the field."""
        return next((kind for widget, kind in KINDS if isinstance(self.field.widget, widget)), "input")

    @property
    def is_group(self) -> bool:
        """Several controls under one legend."""
        return self.kind in GROUPS

    @cached_property
    def is_revealed(self) -> bool:
        """The field stands below an option of another field."""
        return self.name in _revealed_names(self.form)

    @property
    def size(self) -> str:
        if self.look.size is not None:
            return self.look.size
        if self.look.heading:
            return "l"
        return "" if self.is_revealed else "s"

    @property
    def label_text(self) -> str:
        """The label, marked when the answer may be left out. A lone checkbox is a choice in itself."""
        label = str(self.label)
        may_mark = getattr(self.form, "mark_optional", True) and self.look.mark_optional
        if self.field.required or self.field.disabled or not may_mark or self.kind == "checkbox":
            return label
        return label if "(optional)" in label else f"{label} (optional)"

    # --- ids ----------------------------------------------------------------------------------------

    @property
    def control_id(self) -> str:
        """The id of the control, or of the group's frame."""
        return self.field.widget.attrs.get("id") or self.auto_id

    @property
    def hint_id(self) -> str:
        return f"{self.control_id}-hint"

    @property
    def count_id(self) -> str:
        return f"{self.control_id}-info"

    @cached_property
    def numbered_errors(self) -> list[tuple[str, str]]:
        """(id, words) of each error."""
        return [
            (f"{self.control_id}-error{f'-{number}' if number > 1 else ''}", str(words))
            for number, words in enumerate(self.errors, start=1)
        ]

    @property
    def error_target(self) -> str:
        """Where the error summary leads: the control to mend, in a group the first one, never the frame."""
        if self.kind == "boxes":
            return f"{self.control_id}_{self.bad_parts[0]}"
        if self.is_group and self.subwidgets:
            return self.subwidgets[0].id_for_label
        return self.control_id

    @property
    def bad_parts(self) -> tuple[str, ...]:
        """Which boxes of a date the errors are about: those an error names in its params, otherwise all."""
        every = self.field.widget.names if self.kind == "boxes" else ()
        named: set[str] = set()
        for error in self.form.errors.as_data().get(self.name, []):
            named.update((error.params or {}).get("parts", every))
        return tuple(name for name in every if name in named) or every

    @property
    def aria_describedby(self) -> str:
        """Count first, then hint, then errors: the order of GOV.UK's components."""
        if not self.control_id:
            return ""
        ids = [self.field.widget.attrs.get("aria-describedby", "")]
        if self.look.count:
            ids.append(self.count_id)
        if self.help_text:
            ids.append(self.hint_id)
        ids += [error_id for error_id, _ in self.numbered_errors]
        return " ".join(filter(None, ids))

    # --- controls -----------------------------------------------------------------------------------

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        widget = widget or self.field.widget
        attrs = dict(super().build_widget_attrs(attrs, widget))
        if widget.is_hidden:
            attrs.pop("aria-describedby", None)
            return attrs
        own = {**widget.attrs, **attrs}
        # False keeps an attribute out. The browser's own validation speaks another language than our errors,
        # and with maxlength a pasted text would be cut without a word.
        unwanted = ("required", "aria-invalid", "placeholder", "maxlength", "minlength", "min", "max", "step")
        attrs.update({name: False for name in (*unwanted, "cols") if name in own})
        if self.is_group:
            attrs["aria-describedby"] = False
            if self.kind == "boxes":
                attrs["bad_parts"] = self.bad_parts if self.errors else ()
            return attrs
        attrs["aria-describedby"] = self.aria_describedby or False
        attrs["class"] = self._css_classes(widget)
        for name, value in self._defaults_of_kind(widget).items():
            attrs[name] = value if name == "rows" else own.get(name, value)
        return attrs

    def _css_classes(self, widget: forms.Widget) -> str:
        css = CSS.get(self.kind, "")
        classes = [css, widget.attrs.get("class", "")]
        if self.errors:
            classes.append(f"{css}--error")
        if self.kind == "password":
            classes.append("govuk-password-input__input govuk-js-password-input-input")
        if self.look.count:
            classes.append("govuk-js-character-count")
        if isinstance(self.look.width, int):
            classes.append(f"govuk-input--width-{self.look.width}")
        elif self.look.width:
            classes.append(f"govuk-!-width-{self.look.width}")
        return " ".join(filter(None, classes))

    def _defaults_of_kind(self, widget: forms.Widget) -> dict[str, Any]:
        if self.kind == "password":
            return {"spellcheck": "false", "autocapitalize": "none", "autocomplete": "current-password"}
        if isinstance(widget, forms.EmailInput):
            return {"spellcheck": "false", "autocomplete": "email"}
        if isinstance(widget, forms.NumberInput):
            # Spinning boxes change numbers by accident: a text box with a number pad instead.
            widget.input_type = "text"
            parts = isinstance(self.field, forms.FloatField | forms.DecimalField)
            return {"inputmode": "decimal" if parts else "numeric", "spellcheck": "false"}
        if self.kind == "textarea":
            # Django's Textarea brings 10 rows of its own; 5 is GOV.UK's.
            return {} if widget.attrs.get("rows") != "10" else {"rows": 5}
        return {}

    @cached_property
    def options(self) -> list[Option]:
        """The radios or checkboxes, each with what it reveals."""
        return [self._option(widget) for widget in self.subwidgets]

    def _option(self, widget: BoundWidget) -> Option:
        # Values are compared as they stand in the page: as text.
        value = str(widget.data["value"])
        hints = {str(key): hint for key, hint in self.look.hints.items()}
        reveals = {str(key): names for key, names in self.look.reveals.items()}
        return Option(
            id=widget.id_for_label or "",
            name=widget.data["name"],
            value=value,
            label=widget.choice_label,
            checked=bool(widget.data["selected"]),
            disabled=bool(widget.data["attrs"].get("disabled")),
            hint=hints.get(value, ""),
            exclusive=self.look.exclusive is not None and value == str(self.look.exclusive),
            divider=self.look.divider_before is not None and value == str(self.look.divider_before),
            revealed=[self.form[name] for name in reveals.get(value, ())],
        )

    @property
    def revealed_by_tick(self) -> list[BoundField]:
        """What a single checkbox reveals."""
        return [self.form[name] for name in self.look.reveals.get(True, ())]

    @property
    def control_template(self) -> str:
        return f"govuk/forms/{self.kind}.html"


class GovukRenderer(TemplatesSetting):
    """`FORM_RENDERER`: all forms and formsets in GOV.UK's components, with the project's own templates."""

    form_template_name = "govuk/forms/form.html"
    formset_template_name = "govuk/forms/formset.html"
    field_template_name = "govuk/forms/field.html"
    bound_field_class = GovukBoundField


def top_level(form: forms.BaseForm) -> Iterator[BoundField]:
    """The fields a form shows one after the other: not the hidden ones, nor those an option reveals."""
    revealed = _revealed_names(form)
    return (field for field in form if not field.is_hidden and field.name not in revealed)


def _revealed_names(form: forms.BaseForm) -> set[str]:
    looks = (look_of(field) for field in form.fields.values())
    return {name for look in looks for names in look.reveals.values() for name in names}
