"""What forms are made of. Import from here: `from frontend.forms import GovukForm, MomentField, govuk`.

Any Django form comes out in GOV.UK's components (`FORM_RENDERER` sees to that). A form derived from GovukForm
also words its errors in GOV.UK's manner and treats fields that an option reveals as part of that option.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from frontend.dates import DateField, MomentField, parse_time
from frontend.looks import Look, govuk, look_of
from frontend.rendering import GovukBoundField, GovukRenderer
from frontend.wording import speak_plainly, subject_of

__all__ = [
    "DateField",
    "GovukBoundField",
    "GovukForm",
    "GovukFormMixin",
    "GovukModelForm",
    "GovukRenderer",
    "LongTextField",
    "Look",
    "MomentField",
    "govuk",
    "parse_time",
]


class LongTextField(forms.CharField):
    """Text of several lines. A line break counts as one character, as it does in the count beside the box."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        # Browsers send two characters for each line break, but count one.
        return super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value)


class GovukFormMixin:
    """The behaviour of GovukForm, for forms that derive from something else.

    Mixed into a form it is one. A type checker that sees it alone is told so where it matters.
    """

    # Formsets need this to be said, and the browser's own messages are not ours.
    use_required_attribute = False
    #: "(optional)" after the labels of fields that may stay empty. A filter, where all may, says False.
    mark_optional = True
    #: The field that errors about the whole form lead to; without it, the first one.
    error_anchor = ""

    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]

    def full_clean(self) -> None:
        for name, field in self.fields.items():
            speak_plainly(field, str(self[name].label))  # type: ignore[index]
        super().full_clean()  # type: ignore[misc]

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        # After the fields and before clean(), so that no form's clean() meets an answer to a question that
        # was not asked. Without JavaScript every revealed field is on the page, and may be filled in.
        for name in self._not_asked():
            self._errors.pop(name, None)
            self.cleaned_data[name] = "" if isinstance(self.fields[name], forms.CharField) else None
        self._refuse_exclusive_with_others()

    def _not_asked(self) -> Iterator[str]:
        """Names of fields that belong to an option nobody chose, in the order of the form."""
        dropped: set[str] = set()
        for name, field in self.fields.items():
            reveals = look_of(field).reveals
            if not reveals:
                continue
            chosen = set() if name in dropped else self._chosen(name)
            asked = {child for value, names in reveals.items() if str(value) in chosen for child in names}
            for child in (child for names in reveals.values() for child in names):
                if child not in asked and child not in dropped:
                    dropped.add(child)
                    yield child

    def _chosen(self, name: str) -> set[str]:
        """The chosen values, as text, as they stand in the page."""
        value = self[name].value()  # type: ignore[index]
        return {str(each) for each in (value if isinstance(value, list | tuple) else [value])}

    def _refuse_exclusive_with_others(self) -> None:
        for name, field in self.fields.items():
            exclusive = look_of(field).exclusive
            chosen = self._chosen(name) if exclusive is not None else set()
            if str(exclusive) in chosen and len(chosen) > 1:
                labels = {str(value): label for value, label in field.choices}
                subject = subject_of(field, str(self[name].label)) or "what applies"  # type: ignore[index]
                words = f"Select {subject}, or select “{labels[str(exclusive)]}”"
                self.add_error(name, ValidationError(words, code="exclusive"))


class GovukForm(GovukFormMixin, forms.Form):
    """A form in GOV.UK's manner.

    A field that an option reveals (`govuk(..., reveals=...)`) is declared as it should be when that option is
    chosen, `required` included. When it is not, the field raises no error and cleans to nothing ("" for text,
    otherwise None).
    """


class GovukModelForm(GovukFormMixin, forms.ModelForm):
    """The same for a form made from a model."""
