"""What the law and national guidance add: each promise that is judged, kept and broken."""

from __future__ import annotations

from standards.calendar import Unit
from standards.charter import Kind
from tests.standards.examples import Clocked, Example, Published, PublishedEvery, Shown, ShownEvery

# The first whole reporting year after a duty began in September 2026 ends with March 2028.
YEAR_OVER = "2028-04-03 12:00"
# Mr Dunn asks for a case review for Ms Khan.
ASKED = (
    "2026-09-02T09:00 review.requested; 2026-09-02T09:00 party.known khan roles=victim; "
    "2026-09-02T09:00 party.known dunn roles=reporter"
)
# Ms Khan complains of her landlord, on Wednesday 2 September.
LANDLORD = "2026-09-02T09:00 complaint.received landlord=yes; 2026-09-02T09:00 party.known khan roles=reporter"
DAYS = Unit.WORKING_DAYS

EXAMPLES: dict[str, tuple[Example, ...]] = {
    "ENG-CR-publish": (
        Published(
            kept="+9d review_procedure.published",
            broken="+9d review_figures.published",
            matter=Kind.PARTNERSHIP,
        ),
    ),
    "ENG-CR-assess": (
        ShownEvery(
            kept="2027-06-10T10:00 policies.reviewed",
            broken="2027-06-10T10:00 review_figures.published",
            matter=Kind.PARTNERSHIP,
            now=YEAR_OVER,
        ),
    ),
    "ENG-CR-figures": (
        PublishedEvery(
            kept="2028-03-31T23:00 review_figures.published",
            broken="2028-04-01T00:00 review_figures.published",  # after more than 12 months
            matter=Kind.PARTNERSHIP,
            now=YEAR_OVER,
        ),
    ),
    "ENG-CR-explain": (
        # Five working days from Tuesday 22 September end on Tuesday 29 September.
        Clocked(
            kept="+0m party.known webb roles=reporter; +20d report.repeated webb; +20d report.repeated khan; +27d review.explained khan",
            broken="+20d report.repeated khan; +28d review.explained khan",
            not_owed="+3d update.given khan",
        ),
        Shown(
            kept="+0m party.known webb roles=reporter; +20d report.repeated webb; +20d report.repeated khan; +25d review.explained khan",
            broken="+20d report.repeated khan; +25d review.explained dunn",
            not_owed="+3d update.given khan",
        ),
    ),
    "ENG-CR-ack": (
        Clocked(
            kept="+2d review.acknowledged dunn",
            broken="+2d review.acknowledged khan",  # not the one who asked
            matter=Kind.CASE_REVIEW,
            begins=ASKED,
            set=(3, DAYS),
        ),
        Shown(
            kept="+2d review.acknowledged dunn",
            broken="+2d review.informed",
            matter=Kind.CASE_REVIEW,
            begins=ASKED,
        ),
    ),
    "ENG-CR-info": (
        Clocked(
            kept="+9d review.informed",
            broken="+9d agencies.consulted",
            matter=Kind.CASE_REVIEW,
            begins=ASKED,
            set=(10, DAYS),
        ),
        Shown(
            kept="+9d review.informed; +20d review.met",
            broken="+20d review.met; +21d review.informed",  # the review was held without it
            matter=Kind.CASE_REVIEW,
            begins=ASKED,
            not_owed="+9d review.decided",
        ),
    ),
    "ENG-CR-threshold": (
        # Finding that it is met is not telling him.
        Clocked(
            kept="+9d review.decided dunn",
            broken="+9d review.threshold_met",
            matter=Kind.CASE_REVIEW,
            begins=ASKED,
            set=(10, DAYS),
        ),
        Shown(
            kept="+9d review.decided dunn",
            broken="+9d review.threshold_met",
            matter=Kind.CASE_REVIEW,
            begins=ASKED,
        ),
    ),
    "ENG-CR-meet": (
        Clocked(
            kept="+9d review.threshold_met; +20d review.met",
            broken="+9d review.threshold_met; +20d partners.met",
            matter=Kind.CASE_REVIEW,
            begins=ASKED,
            set=(20, DAYS),
            not_owed="+9d review.decided",
        ),
        Shown(
            kept="+9d review.threshold_met; +20d review.met",
            broken="+9d review.threshold_met; +20d review.outcome_told dunn",
            matter=Kind.CASE_REVIEW,
            begins=ASKED,
            not_owed="+9d review.decided",
        ),
    ),
    "ENG-CR-invite": (
        Shown(
            kept="+15d review.invited khan; +20d review.met",
            broken=(
                "+15d review.invited dunn; +20d review.met",  # the victim herself was not
                "+20d review.met; +21d review.invited khan",
            ),
            matter=Kind.CASE_REVIEW,
            begins=ASKED,
            not_owed="+9d review.decided",
        ),
    ),
    "ENG-CR-plan": (
        Shown(
            kept="+20d review.met; +22d plan.consulted khan; +25d review.outcome_told dunn",
            broken="+20d review.met; +25d review.outcome_told dunn; +26d plan.consulted khan",  # it was final by then
            matter=Kind.CASE_REVIEW,
            begins=ASKED,
            not_owed="+9d review.decided",
        ),
    ),
    "ENG-CR-outcome": (
        Clocked(
            kept="+20d review.met; +25d review.outcome_told dunn",
            broken="+20d review.met; +25d review.outcome_told khan",
            matter=Kind.CASE_REVIEW,
            begins=ASKED,
            set=(5, DAYS),
            not_owed="+9d review.decided",
        ),
        Shown(
            kept="+20d review.met; +25d review.outcome_told dunn",
            broken="+20d review.met; +25d review.decided dunn",
            matter=Kind.CASE_REVIEW,
            begins=ASKED,
            not_owed="+9d review.decided",
        ),
    ),
    "ENG-CR-appeal": (
        # Asked again after an answer, he is owed another.
        Clocked(
            kept="+12d review.appealed dunn; +20d review.appeal_decided dunn",
            broken="+12d review.appealed dunn; +20d review.appeal_decided dunn; +22d review.appealed dunn",
            matter=Kind.CASE_REVIEW,
            begins=ASKED,
            set=(15, DAYS),
            not_owed="+9d review.decided",
        ),
        Shown(
            kept="+12d review.appealed dunn; +20d review.appeal_decided dunn",
            broken="+12d review.appealed dunn; +20d review.decided dunn",
            matter=Kind.CASE_REVIEW,
            begins=ASKED,
            not_owed="+9d review.decided",
        ),
    ),
    "ENG-SG-spoc": (
        Shown(
            kept="+1d spoc.named khan officer=one",
            broken="+0m party.known webb roles=victim; +1d spoc.named khan officer=one",  # the other victim has none
        ),
    ),
    "ENG-SG-close": (
        Shown(
            kept="+0m party.known webb roles=reporter; +29d closing.explained khan",
            broken="+31d closing.explained khan",  # told when it was closed already
        ),
    ),
    "ENG-HO-ack": (
        # Wednesday 2 September and 5 working days: Wednesday 9 September, at the close of the day.
        Clocked(
            kept="2026-09-09T17:00 complaint.acknowledged khan",
            broken="2026-09-09T17:01 complaint.acknowledged khan",
            matter=Kind.COMPLAINT,
            begins=LANDLORD,
            not_owed="+9d complaint.acknowledged",
        ),
    ),
    "ENG-HO-S1": (
        # From the acknowledgement on Monday 7 September, not from the receipt: Monday 21 September.
        Clocked(
            kept="2026-09-07T10:00 complaint.acknowledged khan; 2026-09-21T17:00 complaint.answered khan",
            broken="2026-09-07T10:00 complaint.acknowledged khan; 2026-09-22T09:00 complaint.answered khan",
            matter=Kind.COMPLAINT,
            begins=LANDLORD,
            not_owed="+9d complaint.acknowledged",
        ),
        Shown(
            kept="+9d complaint.answered khan",
            broken="+9d complaint.decided khan",  # the partnership's decision is not the landlord's answer
            matter=Kind.COMPLAINT,
            begins=LANDLORD,
            not_owed="+9d complaint.acknowledged",
        ),
    ),
    "ENG-HO-S2-ack": (
        # The acknowledgement of the first stage does not serve for the second.
        Clocked(
            kept="+2d complaint.acknowledged khan; +20d complaint.escalated khan; +27d escalation.acknowledged khan",
            broken=(
                "+2d complaint.acknowledged khan; +20d complaint.escalated khan; +22d complaint.acknowledged khan",
                "+20d complaint.escalated khan; +28d escalation.acknowledged khan",
            ),
            matter=Kind.COMPLAINT,
            begins=LANDLORD,
            not_owed="+9d complaint.escalated",
        ),
    ),
    "ENG-HO-S2": (
        # Acknowledged on Thursday 24 September; 20 working days end on Thursday 22 October.
        Clocked(
            kept="+20d complaint.escalated khan; 2026-09-24T10:00 escalation.acknowledged khan; "
            "2026-10-22T17:00 escalation.answered khan",
            broken="+20d complaint.escalated khan; 2026-09-24T10:00 escalation.acknowledged khan; "
            "2026-10-23T09:00 escalation.answered khan",
            matter=Kind.COMPLAINT,
            begins=LANDLORD,
            not_owed="+9d complaint.escalated; +10d escalation.acknowledged",
        ),
        Shown(
            kept="+20d complaint.escalated khan; +28d escalation.answered khan",
            broken="+9d complaint.answered khan; +20d complaint.escalated khan",
            matter=Kind.COMPLAINT,
            begins=LANDLORD,
            not_owed="+1m complaint.received landlord=yes; +9d complaint.answered",
        ),
    ),
    "ENG-AP-1a": (
        PublishedEvery(
            kept="2027-05-04T10:00 contacts.published",
            broken="2027-05-04T10:00 emergency.published",
            matter=Kind.PARTNERSHIP,
            now=YEAR_OVER,
        ),
    ),
    "ENG-AP-1b": (
        Shown(
            kept="+0m party.known webb roles=reporter; +2d support.offered khan", broken="+2d support.signposted khan"
        ),
    ),
    "ENG-AP-2a": (
        PublishedEvery(
            kept="2027-05-04T10:00 information.published",
            broken="2027-05-04T10:00 contacts.published",
            matter=Kind.PARTNERSHIP,
            now=YEAR_OVER,
        ),
    ),
    "ENG-AP-2b": (
        Shown(kept="+0m party.known webb roles=reporter; +9d update.given khan", broken="+9d update.given dunn"),
    ),
    "ENG-AP-3a": (
        ShownEvery(
            kept="2027-05-04T10:00 partners.met",
            broken="2027-05-04T10:00 partners.reviewed",
            matter=Kind.PARTNERSHIP,
            now=YEAR_OVER,
        ),
    ),
    "ENG-AP-3b": (Published(kept="+9d support.published", broken="+9d contacts.published", matter=Kind.PARTNERSHIP),),
    "ENG-AP-4": (
        ShownEvery(
            kept="2027-12-01T10:00 partnership_plan.informed",
            broken="2027-12-01T10:00 views.sought",  # heard, and not put to use
            matter=Kind.PARTNERSHIP,
            now=YEAR_OVER,
        ),
    ),
    "ENG-AP-5a": (
        Shown(
            kept="+3d perpetrator.warned; +9d intervention.made class=restorative",
            broken="+3d perpetrator.warned; +9d enforcement.decided",
            not_owed="+9d options.considered",
        ),
    ),
    "ENG-AP-5b": (
        Shown(
            kept="+12d proportionality.recorded; +12d enforcement.decided",
            broken="+11d options.considered; +12d enforcement.decided",
            not_owed="+3d perpetrator.warned",
        ),
    ),
    "ENG-NC-1.3.1": (
        ShownEvery(
            kept="2028-03-31T16:59 partners.met",
            broken="2027-05-04T10:00 sharing_agreement.reviewed",
            matter=Kind.PARTNERSHIP,
            now=YEAR_OVER,
        ),
    ),
    "ENG-NC-2.2.1": (Shown(kept="+30d policies.reviewed", broken="+30d standards.reviewed", matter=Kind.PARTNERSHIP),),
}
