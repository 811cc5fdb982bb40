"""Coventry: each promise kept and broken."""

from __future__ import annotations

from standards.calendar import Unit
from standards.charter import Kind
from tests.standards.examples import Clocked, Example, Measured, Published, PublishedEvery, Shown, ShownEvery

# The first whole reporting year after a duty began in September 2026 ends with March 2028.
YEAR_OVER = "2028-04-03 12:00"
# Nothing more is promised of the figure than that it is known; the last one is two years old.
KNOWN = Measured(kept={2025: 61.0, 2026: 58.0}, broken={2023: 61.0, 2024: 58.0})

# Mr Dunn reports for Ms Khan; so does somebody who leaves no address. A reporter who is not the victim is owed it still.
REPORTED = (
    "2026-09-02T09:00 report.received channel=telephone agency_type=council; "
    "2026-09-02T09:00 party.known khan roles=victim writable=yes contactable=yes; "
    "2026-09-02T09:00 party.known dunn roles=reporter writable=yes contactable=yes; "
    "2026-09-02T09:00 party.known webb roles=reporter writable=no contactable=no"
)

EXAMPLES: dict[str, tuple[Example, ...]] = {
    "COV-P1": (
        Shown(
            kept="+3d perpetrator.warned; +9d intervention.made class=diversion",
            broken="+3d perpetrator.warned; +9d options.considered",
            not_owed="+9d intervention.made class=diversion",
        ),
        KNOWN,
    ),
    "COV-P2": (Measured(kept={2025: 61.0, 2026: 61.0}, broken={2025: 61.0, 2026: 60.0}),),
    "COV-P3": (KNOWN,),
    "COV-P4": (
        PublishedEvery(
            kept="2027-08-01T14:00 engagement.held",
            broken="2027-08-01T14:00 information.published",  # told, but nobody was met
            matter=Kind.PARTNERSHIP,
            now=YEAR_OVER,
        ),
    ),
    "COV-P5": (Shown(kept="+30d standards.reviewed", broken="+30d standards.published", matter=Kind.PARTNERSHIP),),
    "COV-1a": (KNOWN,),
    "COV-1b": (
        Shown(
            kept="+4d decision.explained dunn; +4d decision.explained webb",
            broken="+4d decision.explained khan; +4d decision.explained webb",
            begins=REPORTED,
        ),
    ),
    "COV-1c": (
        Shown(
            kept="+0m party.known webb roles=reporter; +5d report.repeated webb; +5d report.repeated khan; +9d problem_solving.applied",
            broken="+5d report.repeated khan; +9d referral.made",  # to one agency alone
            not_owed="+9d partner_action.agreed",
        ),
    ),
    "COV-2a": (
        Shown(
            kept="+9d update.given khan; +9d update.given dunn",
            broken=("+9d update.given khan", "+9d update.given dunn"),
        ),
    ),
    "COV-2b": (
        Shown(
            kept="+0m party.known webb roles=reporter; +2d support.signposted khan",
            broken="+2d support.signposted dunn",
        ),
    ),
    "COV-3": (
        # Mrs Webb is the councillor: both she and the victim are told.
        Clocked(
            kept="+0m complaint.exhausted; +0m party.known khan roles=victim; +0m party.known webb roles=reporter; "
            "+10d complaint.decided khan; +10d complaint.decided webb",
            broken=(
                "+0m complaint.exhausted; +0m party.known khan roles=victim; +0m party.known webb roles=reporter; +10d complaint.decided webb",
                "+0m complaint.exhausted; +0m party.known khan roles=victim; +0m party.known webb roles=reporter; +10d complaint.decided khan",
            ),
            matter=Kind.COMPLAINT,
            set=(20, Unit.WORKING_DAYS),
        ),
        Shown(
            kept="+0m complaint.exhausted; +0m party.known khan roles=victim; +0m party.known webb roles=reporter; +10d complaint.decided",
            broken=(
                "+0m complaint.exhausted; +0m party.known khan roles=victim; +0m party.known webb roles=reporter; +10d complaint.decided webb",
                "+0m complaint.exhausted; +0m party.known khan roles=victim; +0m party.known webb roles=reporter; +10d complaint.decided khan",
            ),
            matter=Kind.COMPLAINT,
        ),
    ),
    "COV-4a": (
        Clocked(
            kept="+1d referral.made agency=landlord; +2d referral.accepted agency=landlord",
            broken="+1d referral.made agency=landlord",  # sent, and nobody took it
            set=(2, Unit.WORKING_DAYS),
            not_owed="+0m immediate_need.identified",
        ),
        Shown(
            kept="+9d referral.accepted agency=landlord",
            broken="+1d referral.made agency=landlord",
            not_owed="+0m immediate_need.identified",
        ),
    ),
    "COV-4b": (
        # A telephone call is no written acknowledgement.
        Clocked(
            kept="+24h acknowledgement.sent dunn channel=text",
            broken=(
                "+1h acknowledgement.sent dunn channel=telephone",
                "2026-09-03T09:01 acknowledgement.sent dunn channel=text",
            ),
            begins=REPORTED,
            not_owed="+0m immediate_need.identified",
        ),
        Shown(
            kept="+3d acknowledgement.sent dunn channel=letter",
            broken="+1h contact.made dunn channel=telephone",
            begins=REPORTED,
            not_owed="+0m immediate_need.identified",
        ),
    ),
    "COV-4c": (
        Shown(
            kept="+1d agencies.consulted; +2d action.advised dunn",
            begins=REPORTED,
            broken="+2d action.advised dunn; +3d agencies.consulted",  # told before the agencies had spoken
            not_owed="+0m immediate_need.identified",
        ),
    ),
    "COV-4d": (
        # Speaking to her without saying what will be done does not count.
        Clocked(
            kept="2026-09-09T17:00 action.advised dunn",
            begins=REPORTED,
            broken="+1d contact.made dunn; +8d action.advised dunn",
            not_owed="+0m immediate_need.identified",
        ),
        Shown(
            kept="+20d action.advised dunn",
            begins=REPORTED,
            broken=("+20d update.given dunn", "+20d action.advised khan"),
            not_owed="+0m immediate_need.identified",
        ),
    ),
    "COV-5": (
        # A second danger is forwarded too.
        Clocked(
            kept="+5m immediate_need.identified; +20m police.forwarded",
            broken=(
                "+5m immediate_need.identified; +21m police.forwarded",
                "+5m immediate_need.identified; +9m police.forwarded; +2h immediate_need.identified",
            ),
            not_owed="2026-09-02T08:59 report.received agency_type=police; +6m immediate_need.identified",
        ),
        Shown(
            kept="+5m immediate_need.identified; +20m police.forwarded; +23m police.accepted",
            broken="+5m immediate_need.identified; +20m police.forwarded",
            not_owed="2026-09-02T08:59 report.received agency_type=police; +6m immediate_need.identified",
        ),
        KNOWN,
    ),
    "COV-6": (
        ShownEvery(
            kept="2027-06-10T10:00 profile.updated",
            broken="2027-06-10T10:00 neighbourhood.met",
            matter=Kind.NEIGHBOURHOOD,
            now=YEAR_OVER,
        ),
        KNOWN,
    ),
    "COV-7a": (
        ShownEvery(
            kept="2027-06-10T10:00 profile.updated",
            broken="2027-06-10T10:00 partners.met",
            matter=Kind.PARTNERSHIP,
            now=YEAR_OVER,
        ),
    ),
    "COV-7b": (
        Shown(
            kept="+12d enforcement.decided; +14d offender_plan.agreed",
            broken="+12d enforcement.decided; +14d plan.agreed khan",  # the victim's plan, not the one for the offender
            not_owed="+12d perpetrator.warned",
        ),
    ),
    "COV-8a": (
        ShownEvery(
            kept="2027-09-01T10:00 roles.acknowledged",
            broken="2027-09-01T10:00 training.checked",
            matter=Kind.PARTNERSHIP,
            now=YEAR_OVER,
        ),
    ),
    "COV-8b": (
        ShownEvery(
            kept="2027-09-01T10:00 training.checked",
            broken="2027-09-01T10:00 roles.acknowledged",
            matter=Kind.PARTNERSHIP,
            now=YEAR_OVER,
        ),
        KNOWN,
    ),
    "COV-9": (
        Shown(
            kept="+8d perpetrator.warned; +12d enforcement.decided",
            broken="+12d enforcement.decided; +20d proceedings.begun",
            not_owed="+12d investigation.completed",
        ),
    ),
    "COV-10a": (
        PublishedEvery(
            kept="2027-08-01T14:00 engagement.held",
            broken="2027-08-01T14:00 neighbourhood.informed",
            matter=Kind.NEIGHBOURHOOD,
            now=YEAR_OVER,
        ),
    ),
    "COV-10b": (
        ShownEvery(
            kept="2027-05-04T10:00 contacts.published",
            broken="2027-05-04T10:00 emergency.published",  # 999 is one way, to one agency
            matter=Kind.PARTNERSHIP,
            now=YEAR_OVER,
        ),
        KNOWN,
    ),
    "COV-10c": (
        PublishedEvery(
            kept="2027-10-12T18:00 priorities.agreed",
            broken="2027-10-12T18:00 profile.updated",  # the agencies' view, not the people's
            matter=Kind.NEIGHBOURHOOD,
            now=YEAR_OVER,
        ),
    ),
    "COV-11a": (
        PublishedEvery(
            kept="2027-05-04T10:00 directory.verified",
            broken="2027-05-04T10:00 contacts.published",
            matter=Kind.NEIGHBOURHOOD,
            now=YEAR_OVER,
        ),
    ),
    "COV-11b": (
        PublishedEvery(
            kept="2027-07-01T08:00 neighbourhood.informed",
            broken="2028-04-01T08:00 neighbourhood.informed",  # a day late
            matter=Kind.NEIGHBOURHOOD,
            now=YEAR_OVER,
        ),
    ),
    "COV-12a": (
        ShownEvery(
            kept="2027-11-11T11:00 callbacks.made",
            broken="2027-11-11T11:00 survey.taken",
            matter=Kind.PARTNERSHIP,
            now=YEAR_OVER,
        ),
        KNOWN,
    ),
    "COV-12b": (Measured(kept={2025: 25.0, 2026: 24.9}, broken={2025: 25.0, 2026: 25.0}),),
    "COV-P6": (
        # "What was done or not, and why" is more than news on the way.
        Clocked(
            kept="+20d investigation.completed; +22d outcome.told dunn",
            begins=REPORTED,
            broken="+20d investigation.completed; +22d update.given dunn",
            set=(5, Unit.WORKING_DAYS),
        ),
        Shown(kept="+22d outcome.told dunn", broken="+22d outcome.told khan", begins=REPORTED),
    ),
    "COV-P7": (Shown(kept="+30d partners.reviewed", broken="+30d partners.met", matter=Kind.PARTNERSHIP),),
    "COV-C1": (Published(kept="+1d emergency.published", broken="+1d contacts.published", matter=Kind.PARTNERSHIP),),
    "COV-C2": (
        Shown(kept="+1h reference.given dunn", broken="+1h acknowledgement.sent dunn channel=email", begins=REPORTED),
        KNOWN,
    ),
    "COV-C3": (Published(kept="+1d directory.verified", broken="+1d contacts.published", matter=Kind.PARTNERSHIP),),
    "COV-C4": (Published(kept="+1d hours.published", broken="+1d directory.verified", matter=Kind.PARTNERSHIP),),
}
