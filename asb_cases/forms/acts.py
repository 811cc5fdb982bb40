"""Everything that can be recorded in a case, by the word in its address, and grouped for the menu."""

from __future__ import annotations

from asb_cases.forms.base import ActForm
from asb_cases.forms.closing import CloseForm
from asb_cases.forms.contact import (
    AcknowledgementForm,
    ActionAdvisedForm,
    AttemptForm,
    ContactForm,
    LaterDateForm,
    MeetingDeclinedForm,
    MeetingForm,
    ResponseForm,
    UnreachableForm,
    UpdateForm,
    UpdatePreferenceForm,
)
from asb_cases.forms.plan import PlanForm
from asb_cases.forms.risk import DangerForm, ForwardForm, HateForm, RiskForm

GROUPS: tuple[tuple[str, tuple[type[ActForm], ...]], ...] = (
    ("Reaching them", (ContactForm, AttemptForm, MeetingForm, MeetingDeclinedForm, UnreachableForm)),
    ("Telling them", (UpdateForm, ActionAdvisedForm, AcknowledgementForm)),
    ("Risk and safety", (RiskForm, HateForm, DangerForm, ForwardForm)),
    ("Plan and response", (PlanForm, ResponseForm, UpdatePreferenceForm, LaterDateForm)),
    ("The case", (CloseForm,)),
)

ACTS: dict[str, type[ActForm]] = {form.slug: form for _, forms in GROUPS for form in forms}
