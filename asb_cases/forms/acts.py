"""Everything that can be recorded in a case, by the word in its address, and grouped for the menu."""

from __future__ import annotations

from asb_cases.forms.again import ReportAgainForm
from asb_cases.forms.base import ActForm
from asb_cases.forms.closing import CloseForm, ReopenForm
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
from asb_cases.forms.done import (
    ChannelForm,
    DoneForm,
    InterventionForm,
    ReferralForm,
    SpocForm,
    UnwantedContactForm,
)
from asb_cases.forms.excuse import NotApplicableForm
from asb_cases.forms.plan import PlanForm
from asb_cases.forms.risk import DangerForm, ForwardForm, HateForm, RiskForm
from ledger.vocabulary import EventKind

GROUPS: tuple[tuple[str, tuple[type[ActForm], ...]], ...] = (
    (
        "Reaching them",
        (ContactForm, AttemptForm, MeetingForm, MeetingDeclinedForm, UnreachableForm, ChannelForm, UnwantedContactForm),
    ),
    ("Telling them", (UpdateForm, ActionAdvisedForm, AcknowledgementForm, SpocForm)),
    ("Risk and safety", (RiskForm, HateForm, DangerForm, ForwardForm, ReportAgainForm)),
    ("Plan and response", (PlanForm, ResponseForm, InterventionForm, UpdatePreferenceForm, LaterDateForm)),
    ("Promises", (DoneForm, NotApplicableForm)),
    ("The case", (ReferralForm, CloseForm, ReopenForm)),
)

ACTS: dict[str, type[ActForm]] = {form.slug: form for _, forms in GROUPS for form in forms}

# Which of them enters a kind of event.
RECORDED_BY: dict[EventKind, type[ActForm]] = {kind: form for form in ACTS.values() for kind in form.records}
