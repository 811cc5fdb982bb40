"""Error messages as GOV.UK words them, in place of Django's, where a form does not say its own."""

from __future__ import annotations

from django import forms

from frontend.looks import look_of

CHOICES = (forms.ChoiceField, forms.MultipleChoiceField, forms.ModelChoiceField, forms.FilePathField)


def speak_plainly(field: forms.Field, label: str) -> None:
    """Replaces those of the field's messages that are still Django's own. Safe to repeat."""
    subject = subject_of(field, label)
    if hasattr(field, "subject"):  # the fields of frontend.dates word their own messages
        field.subject = field.subject or subject
    theirs: dict[str, str] = {}
    for base in reversed(type(field).__mro__):
        theirs.update(getattr(base, "default_error_messages", {}))
    for code, words in _wording(field, label, subject).items():
        if field.error_messages.get(code) == theirs.get(code):
            field.error_messages[code] = words


def subject_of(field: forms.Field, label: str) -> str:
    """The answer as it stands inside a sentence, or nothing if only a question is known."""
    said = look_of(field).subject or getattr(field, "subject", "")
    if said or label.rstrip().endswith("?"):
        return said
    # "NHS number" keeps its capitals.
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def required_words(field: forms.Field, label: str) -> str:
    """`Enter your name`, `Select how often it happens`; for a bare question: `Answer “What happened?”`."""
    subject = subject_of(field, label)
    if isinstance(field, forms.BooleanField):
        return f"Select “{label}”"
    if not subject:
        return f"Answer “{label}”"
    return f"{'Select' if isinstance(field, (*CHOICES, forms.FileField)) else 'Enter'} {subject}"


def _wording(field: forms.Field, label: str, subject: str) -> dict[str, str]:
    answer = subject[:1].upper() + subject[1:] if subject else "Your answer"
    words = {}
    if not hasattr(field, "subject"):
        words["required"] = required_words(field, label)
    if isinstance(field, CHOICES):
        words |= dict.fromkeys(("invalid_choice", "invalid_list", "invalid_pk_value"), words["required"])
    if isinstance(field, forms.FileField):
        words |= {
            "missing": words["required"],
            "empty": "The selected file is empty",
            "invalid_image": "The selected file must be an image",
        }
    if isinstance(field, forms.CharField):
        if field.max_length is not None:
            words["max_length"] = f"{answer} must be {field.max_length:,} characters or less"
        if field.min_length is not None:
            words["min_length"] = f"{answer} must be {field.min_length:,} characters or more"
    if isinstance(field, forms.EmailField):
        words["invalid"] = "Enter an email address in the correct format, like name@example.com"
    if isinstance(field, forms.URLField):
        words["invalid"] = "Enter a website address, like https://www.example.com"
    if isinstance(field, forms.IntegerField):  # decimals and floats are kinds of it
        whole = not isinstance(field, forms.DecimalField | forms.FloatField)
        words["invalid"] = f"{answer} must be a {'whole ' if whole else ''}number"
        if field.max_value is not None:
            words["max_value"] = f"{answer} must be {field.max_value} or less"
        if field.min_value is not None:
            words["min_value"] = f"{answer} must be {field.min_value} or more"
    return words
