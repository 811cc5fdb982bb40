"""Chesterfield: each promise kept and broken."""

from __future__ import annotations

from standards.calendar import Unit
from standards.charter import Kind
from tests.standards.examples import Clocked, Example, Measured, Published, PublishedEvery, Shown, ShownEvery

# The first whole reporting year after a duty began in September 2026 ends with March 2028.
YEAR_OVER = "2028-04-03 12:00"
# Nothing more is promised of the figure than that it is known; the last one is two years old.
KNOWN = Measured(kept={2025: 61.0, 2026: 58.0}, broken={2023: 61.0, 2024: 58.0})

EXAMPLES: dict[str, tuple[Example, ...]] = {
    "CHES-P1": (
        Shown(
            kept="+3d perpetrator.warned; +9d intervention.made class=education",
            broken="+3d perpetrator.warned; +9d options.considered",
            not_owed="+9d intervention.made class=education",
        ),
        KNOWN,
    ),
    "CHES-P2": (KNOWN,),
    "CHES-P3": (Measured(kept={2025: 1000, 2026: 950}, broken={2025: 1000, 2026: 960}),),  # fewer, but not by 5 in 100
    "CHES-P4": (
        Shown(kept="+6d options.considered", broken="+6d perpetrator.action"),
        KNOWN,
    ),
    "CHES-P5": (Shown(kept="+10m definition.applied", broken="+10m reference.given khan"),),
    "CHES-P6": (
        PublishedEvery(
            kept="2026-10-01T09:00 standards.published; 2027-11-01T09:00 standards.published",
            broken="2026-10-01T09:00 standards.reviewed",
            matter=Kind.PARTNERSHIP,
            now=YEAR_OVER,
        ),
    ),
    "CHES-1": (
        # The agency's own answer is not the partnership's decision; the victim and whoever wrote for her both hear it.
        Clocked(
            kept="+0m complaint.exhausted; +0m party.known khan roles=victim,reporter; +10d complaint.decided khan",
            broken=(
                "+0m complaint.exhausted; +0m party.known khan roles=victim; +10d complaint.answered khan",
                "+0m complaint.exhausted; +0m party.known khan roles=victim; +0m party.known webb roles=reporter; +10d complaint.decided webb",
                "+0m complaint.exhausted; +0m party.known khan roles=victim; +0m party.known webb roles=reporter; +10d complaint.decided khan",
            ),
            matter=Kind.COMPLAINT,
            set=(20, Unit.WORKING_DAYS),
        ),
        Shown(
            kept="+0m complaint.exhausted; +0m party.known khan roles=victim,reporter; +10d complaint.decided khan",
            broken=(
                "+0m complaint.exhausted; +0m party.known khan roles=victim; +10d complaint.answered khan",
                "+0m complaint.exhausted; +0m party.known khan roles=victim; +0m party.known webb roles=reporter; +10d complaint.decided webb",
                "+0m complaint.exhausted; +0m party.known khan roles=victim; +0m party.known webb roles=reporter; +10d complaint.decided khan",
            ),
            matter=Kind.COMPLAINT,
        ),
    ),
    "CHES-2a": (
        Shown(
            kept="+29d satisfaction.asked khan; +29d satisfaction.asked dunn",
            broken=("+29d satisfaction.asked khan", "+29d satisfaction.asked dunn"),
        ),
        KNOWN,
    ),
    "CHES-2b": (
        Shown(
            kept="+4d decision.explained khan; +5d decision.explained dunn",
            broken=(
                "+1h acknowledgement.sent khan channel=email; +1h acknowledgement.sent dunn channel=email",
                "+4d decision.explained khan",
                "+4d decision.explained dunn",
            ),
        ),
        KNOWN,
    ),
    "CHES-2c": (
        Shown(
            kept="+0m party.known webb roles=reporter; +5d report.repeated webb; +5d report.repeated khan; +9d problem_solving.applied",
            broken="+5d report.repeated khan; +9d referral.made",  # to one agency alone
            not_owed="+9d partner_action.agreed",
        ),
    ),
    "CHES-3a": (
        Clocked(
            kept="+1d plan.agreed khan; +8d update.given khan; +9d update.given dunn",
            broken=(
                "+1d plan.agreed khan; +8d update.given khan",
                "+1d plan.agreed khan; +8d update.given dunn",
            ),
            now="2026-09-18 12:00",
        ),
        Shown(
            kept="+5d report.repeated khan; +6d support.offered khan; +7d report.repeated dunn; +8d support.referred dunn",
            broken=(
                "+5d report.repeated khan; +6d support.offered dunn",
                "+5d report.repeated dunn; +6d support.offered khan",
            ),
            not_owed="+6d contact.made khan",
        ),
    ),
    "CHES-3b": (
        Shown(
            kept="+0m party.known webb roles=reporter; +2d support.signposted khan",
            broken="+2d support.signposted dunn",
        ),
        Published(kept="+20d support.published", broken="+20d contacts.published", matter=Kind.PARTNERSHIP),
    ),
    "CHES-4a": (
        ShownEvery(
            kept="2027-06-10T10:00 profile.updated",
            broken="2027-06-10T10:00 partners.met",
            matter=Kind.PARTNERSHIP,
            now=YEAR_OVER,
        ),
        KNOWN,
    ),
    "CHES-4b": (
        # What is shared again is to be acted on again.
        Clocked(
            kept="+1d intelligence.shared; +2d intelligence.used",
            broken="+1d intelligence.shared; +2d intelligence.used; +10d intelligence.shared",
            set=(3, Unit.WORKING_DAYS),
            not_owed="+1d investigation.completed",
        ),
        Shown(
            kept="+1d intelligence.shared; +20d intelligence.used",
            broken="+1d intelligence.shared; +31d intelligence.used",  # after it was closed
            not_owed="+1d investigation.completed",
        ),
    ),
    "CHES-4c": (
        Shown(
            kept="+1d intelligence.shared",
            broken=(
                "+1d disclosure.unlawful khan",
                "+1d disclosure.unlawful dunn",
                "+0m party.known webb roles=reporter; +1d disclosure.unlawful webb",
            ),
        ),
    ),
    "CHES-5a": (
        PublishedEvery(
            kept="2027-05-04T10:00 directory.verified",
            broken="2027-05-04T10:00 contacts.published",  # the office's, not each agency's
            matter=Kind.NEIGHBOURHOOD,
            now=YEAR_OVER,
        ),
    ),
    "CHES-5b": (
        PublishedEvery(
            kept="2027-05-04T10:00 contacts.published",
            broken="2027-05-04T10:00 directory.verified",
            matter=Kind.PARTNERSHIP,
            now=YEAR_OVER,
        ),
    ),
    "CHES-6a": (
        ShownEvery(
            kept="2027-09-01T10:00 roles.acknowledged",
            broken="2027-09-01T10:00 training.checked",
            matter=Kind.PARTNERSHIP,
            now=YEAR_OVER,
        ),
    ),
    "CHES-6b": (KNOWN,),
    "CHES-7a": (
        # Two meetings in November do not make up for none in October.
        PublishedEvery(
            kept="2026-09-22T18:00 neighbourhood.met; 2026-10-20T18:00 neighbourhood.met; "
            "2026-11-17T18:00 neighbourhood.met",
            broken="2026-09-22T18:00 neighbourhood.met; 2026-11-03T18:00 neighbourhood.met; "
            "2026-11-17T18:00 neighbourhood.met",
            matter=Kind.NEIGHBOURHOOD,
        ),
    ),
    "CHES-7b": (
        PublishedEvery(
            kept="2027-07-01T08:00 neighbourhood.informed",
            broken="2027-07-01T18:00 neighbourhood.met",
            matter=Kind.NEIGHBOURHOOD,
            now=YEAR_OVER,
        ),
    ),
    "CHES-7c": (
        # Deciding against publicity is a decision; publishing without one is not.
        Shown(
            kept="+20d court.decided; +22d publicity.decided",
            broken="+20d court.decided; +22d sentence.published",
            not_owed="+20d proceedings.begun",
        ),
        PublishedEvery(
            kept="2027-12-01T10:00 sentences.published",
            broken="2028-04-01T10:00 sentences.published",  # a day late
            matter=Kind.PARTNERSHIP,
            now=YEAR_OVER,
        ),
    ),
    "CHES-8a": (KNOWN,),
    "CHES-8b": (
        ShownEvery(
            kept="2027-12-01T10:00 partnership_plan.informed",
            broken="2027-12-01T10:00 views.sought",
            matter=Kind.PARTNERSHIP,
            now=YEAR_OVER,
        ),
    ),
    "CHES-9a": (KNOWN,),
    "CHES-9b": (
        # Individually: neither another victim's review will do, nor the review of what happened before. Age is one of the strands that count here.
        Clocked(
            kept="+0m party.known webb roles=victim; +1d hate.identified strands=age; "
            "+3d hate.reviewed khan; +3d hate.reviewed webb",
            broken=(
                "+0m party.known webb roles=victim; +1d hate.identified strands=age; +3d hate.reviewed khan",
                "+1d hate.identified khan; +3d hate.reviewed khan; +10d hate.identified khan",
            ),
            set=(5, Unit.WORKING_DAYS),
        ),
        Shown(
            kept="+0m party.known webb roles=reporter; +1d hate.identified strands=race; +3d hate.reviewed khan",
            broken="+1d hate.identified khan strands=race; +3d risk.reviewed khan",
            not_owed="+1d vulnerability.screened khan",
        ),
    ),
    "CHES-10a": (
        ShownEvery(
            kept="2027-04-01T09:00 feedback.published",
            broken="2027-04-01T09:00 survey.taken",  # heard, and nothing said of it
            matter=Kind.PARTNERSHIP,
            now=YEAR_OVER,
        ),
    ),
    "CHES-10b": (
        ShownEvery(
            kept="2028-03-31T16:00 policies.reviewed",
            broken="2028-03-31T16:00 feedback.published",
            matter=Kind.PARTNERSHIP,
            now=YEAR_OVER,
        ),
    ),
}
