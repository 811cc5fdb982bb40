"""Forms with every kind of field the kit knows."""

from __future__ import annotations

from django import forms

from frontend.forms import DateField, GovukForm, LongTextField, MomentField, govuk

CONTACT = [("email", "Email"), ("phone", "Phone call"), ("none", "Do not contact me")]
SAFETY = [
    ("letters", "Do not send letters"),
    ("voicemail", "Do not leave a voicemail"),
    ("daytime", "Only contact me in the daytime"),
    ("nothing", "None of these"),
]
STATUSES = [("new", "New"), ("triage", "Triage"), ("investigation", "Investigation"), ("plan", "Action plan")]
RISKS = [("high", "High"), ("medium", "Medium"), ("standard", "Standard")]


class EveryField(GovukForm):
    name = govuk(forms.CharField(label="Full name", max_length=40), width="two-thirds")
    story = govuk(
        LongTextField(
            label="What happened?",
            help_text="Tell us what you saw or heard, and how it affects you.",
            max_length=2000,
        ),
        subject="what happened",
        count=True,
    )
    when = MomentField(
        label="When did it happen?",
        help_text="For example, 27 3 2026 and 9:30pm",
        subject="the date and time it happened",
        past=True,
    )
    born = DateField(label="Date of birth", required=False, past=True)
    often = govuk(
        forms.ChoiceField(
            label="How often does it happen?",
            choices=[("once", "It happened once"), ("weekly", "Every week"), ("daily", "Most days")],
            widget=forms.RadioSelect,
        ),
        subject="how often it happens",
        hints={"weekly": "Or nearly every week"},
    )
    contact = govuk(
        forms.ChoiceField(label="How should we contact you?", choices=CONTACT, widget=forms.RadioSelect),
        subject="how we should contact you",
        reveals={"email": ["email"], "phone": ["phone"]},
        divider_before="none",
    )
    email = forms.EmailField(label="Email address")
    phone = govuk(
        forms.CharField(label="Phone number", max_length=20, widget=forms.TextInput({"type": "tel"})),
        width=20,
    )
    safety = govuk(
        forms.MultipleChoiceField(
            label="Is there anything we should know to contact you safely?",
            help_text="Select all that apply.",
            choices=SAFETY,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        ),
        subject="what we should know",
        divider_before="nothing",
        exclusive="nothing",
        mark_optional=False,
    )
    ward = forms.ChoiceField(label="Ward", choices=[("", "Choose a ward"), ("abbey", "Abbey"), ("castle", "Castle")])
    visits = govuk(forms.IntegerField(label="Number of visits", min_value=1, max_value=99), width=3)
    cost = govuk(forms.DecimalField(label="Cost of repairs", required=False, min_value=0), prefix="£", width=5)
    upload = forms.FileField(label="Upload a photo, sound or video", help_text="Smaller than 50MB.", required=False)
    password = forms.CharField(label="Password", widget=forms.PasswordInput)
    answer = govuk(
        forms.ChoiceField(
            label="Do you live nearby?", choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect
        ),
        subject="yes if you live nearby",
        inline=True,
    )
    agree = govuk(
        forms.BooleanField(label="I want updates", help_text="You can change your mind at any time.", required=False),
        reveals={True: ["how_often"]},
    )
    how_often = govuk(forms.CharField(label="How often, in days", max_length=3), width=3)
    token = forms.CharField(widget=forms.HiddenInput, required=False)


class Filter(GovukForm):
    mark_optional = False

    q = govuk(forms.CharField(label="Reference or address", required=False))
    status = govuk(
        forms.MultipleChoiceField(
            label="Status", choices=STATUSES, required=False, widget=forms.CheckboxSelectMultiple
        ),
        small=True,
    )
    risk = govuk(
        forms.MultipleChoiceField(label="Risk", choices=RISKS, required=False, widget=forms.CheckboxSelectMultiple),
        small=True,
    )
    opened = DateField(label="Opened on or after", required=False)


class Action(GovukForm):
    what = govuk(forms.CharField(label="What will be done", max_length=200))
    owner = forms.ChoiceField(label="Who will do it", choices=[("", "Choose a person"), ("priya", "Priya Shah")])
    by = DateField(label="By when", subject="the date it will be done by", future=True)


class Plan(forms.BaseFormSet):
    item_name = "Action"

    def clean(self) -> None:
        if not any(form.has_changed() for form in self.forms):
            raise forms.ValidationError("Enter at least one action")


ActionFormSet = forms.formset_factory(Action, formset=Plan, extra=2)


class SignIn(GovukForm):
    """As Django's AuthenticationForm names its fields."""

    error_anchor = "username"

    username = govuk(forms.EmailField(label="Email address"), subject="your email address")
    password = govuk(forms.CharField(label="Password", widget=forms.PasswordInput), subject="your password")

    def clean(self) -> None:
        if not self.errors:
            raise forms.ValidationError("Enter the email address and password of an account")


class OneQuestion(GovukForm):
    often = govuk(
        forms.ChoiceField(
            label="How often does it happen?",
            help_text="Count only what you saw or heard yourself.",
            choices=[("once", "It happened once"), ("weekly", "Every week"), ("daily", "Most days")],
            widget=forms.RadioSelect,
        ),
        subject="how often it happens",
        heading=True,
    )
