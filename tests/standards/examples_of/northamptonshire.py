"""What Northamptonshire's promises mean, by example."""

from standards.calendar import Unit
from standards.charter import Kind
from tests.standards.examples import Clocked, Example, Measured, Published, PublishedEvery, Shown, ShownEvery

# Done in the first full reporting year (from April 2027) and in the second.
LATER = "2029-06-01 12:00"

EXAMPLES: dict[str, tuple[Example, ...]] = {
    # Begun and not finished.
    "NORT-1": (Shown(kept="+20d investigation.completed", broken="+2d response.made khan action=investigation"),),
    # Kept confidential, and yet handled against the law.
    "NORT-2": (
        Shown(kept="+5d intelligence.shared", broken="+5d disclosure.unlawful"),
        Shown(
            kept="+5d agencies.consulted",
            broken=(
                "+5d confidence.breached dunn",
                "+0m party.known webb roles=victim; +5d confidence.breached webb",
                "+0m party.known webb roles=reporter; +5d confidence.breached webb",
            ),
        ),
    ),
    "NORT-3": (
        ShownEvery(
            kept="2027-04-15T10:00 training.checked; 2028-09-15T10:00 training.checked",
            broken="2027-04-15T10:00 training.checked; 2028-09-15T10:00 roles.acknowledged",
            matter=Kind.PARTNERSHIP,
            now=LATER,
        ),
        Measured(kept={2026: 95}, broken={2024: 95}),
    ),
    "NORT-4": (
        # Each victim has her own risk.
        Clocked(
            kept="+0m party.known webb roles=victim; +4h risk.assessed khan band=high;"
            "+1d risk.assessed webb band=standard",
            broken="+0m party.known webb roles=victim; +4h risk.assessed khan band=high",
            set=(1, Unit.WORKING_DAYS),
        ),
        # To screen for vulnerability is only a part of it.
        Shown(kept="+1d risk.assessed khan band=medium", broken="+1d vulnerability.screened khan"),
        Measured(kept={2026: 310}, broken={2024: 310}),
    ),
    "NORT-5": (
        # Mrs Webb's risk is not high: for her five days hold.
        Clocked(
            kept="+1h risk.assessed khan band=high; +1d contact.made khan channel=telephone;"
            "+0m party.known webb roles=victim; +1h risk.assessed webb band=standard;"
            "+5d contact.made webb channel=telephone",
            broken="+1h risk.assessed khan band=high; +2d contact.made khan channel=telephone",
        ),
        # nobody has assessed it, so it counts as high.
        Clocked(
            kept="2026-09-03T16:59 response.made khan action=visit",
            broken="2026-09-03T17:01 response.made khan action=visit",
        ),
        # Met in time; on the day that would do for a lower risk it is too late.
        Clocked(
            kept="+1h risk.assessed khan band=high; +20h meeting.held khan",
            broken="+1h risk.assessed khan band=high; +7d meeting.held khan",
        ),
        # Neither an automatic message nor a voicemail is a response.
        Shown(
            kept="+1h risk.assessed band=high; +0m party.known webb roles=victim; +4h contact.made khan;"
            "+4h response.made webb action=visit",
            broken="+1h risk.assessed khan band=high; +1m acknowledgement.sent khan channel=email;"
            "+2h contact.attempted khan channel=telephone",
        ),
    ),
    "NORT-6": (
        # Mrs Webb's risk is high: that she waits for eight days breaks another promise, not this one.
        Clocked(
            kept="+1h risk.assessed khan band=standard; +7d contact.made khan channel=telephone;"
            "+0m party.known webb roles=victim; +1h risk.assessed webb band=high;"
            "+8d contact.made webb channel=telephone",
            broken="+1h risk.assessed khan band=standard; +8d contact.made khan channel=telephone",
        ),
        Clocked(
            kept="+1h risk.assessed khan band=medium; 2026-09-09T16:59 response.made khan action=patrol",
            broken="+1h risk.assessed khan band=medium; +1m acknowledgement.sent khan channel=email",
        ),
        # Met on the last day. The witness waits longer, and it is not owed to him.
        Clocked(
            kept="+1h risk.assessed band=standard; 2026-09-09T16:00 meeting.held khan",
            broken="+1h risk.assessed band=standard; 2026-09-10T09:00 meeting.held khan",
        ),
        # Nor is it owed to her whose risk is high.
        Shown(
            kept="+1h risk.assessed khan band=medium; +0m party.known webb roles=victim;"
            "+1h risk.assessed webb band=high; +1h risk.assessed dunn band=standard;"
            "+3d response.made khan action=patrol",
            broken="+1h risk.assessed khan band=medium; +2h contact.attempted khan channel=telephone",
        ),
    ),
    "NORT-7a": (
        # Another organisation takes over, and she is not told.
        Clocked(
            kept="+1h officer.assigned; +1d lead.told khan; +20d matter.transferred agency=police;+21d lead.told khan",
            broken=(
                "+1d lead.told khan; +20d matter.transferred agency=police",
                "+1h officer.assigned; +1d spoc.told khan",
            ),
            set=(2, Unit.WORKING_DAYS),
        ),
        # To know the person is not to know who leads.
        Shown(kept="+1d lead.told khan", broken="+1d spoc.told khan"),
    ),
    # Being told where support may be found is no support.
    "NORT-7b": (
        Shown(kept="+2d support.offered khan", broken="+2d support.signposted khan"),
        Shown(
            kept="+0m party.known webb roles=victim; +2d support.referred khan; +2d hate_support.offered webb",
            broken="+0m party.known webb roles=victim; +2d support.referred khan; +2d support.offered dunn",
        ),
    ),
    # Referred, and nobody has anything to do.
    "NORT-7c": (
        Shown(
            kept="+2h referral.made; +1d partner_action.agreed",
            broken="+2h referral.made; +1d referral.accepted",
            not_owed="+2h officer.assigned",
        ),
        Shown(
            kept="+1d agencies.consulted; +3d problem_solving.applied",
            broken="+1d agencies.consulted; +3d intelligence.shared",
        ),
    ),
    "NORT-8": (
        # The contact changes, and she is not told.
        Clocked(
            kept="+2h spoc.named khan; +1d spoc.told khan; +9d spoc.named khan; +10d spoc.told khan",
            broken="+2h spoc.named khan; +1d spoc.told khan; +9d spoc.named khan",
            set=(2, Unit.WORKING_DAYS),
        ),
        # Named in the file, and she does not know.
        Shown(kept="+2h spoc.named khan; +1d spoc.told khan", broken="+2h spoc.named khan; +1d lead.told khan"),
    ),
    # Nothing is promised of the figure but that it is known.
    "NORT-9a": (
        Measured(kept={2025: 70, 2026: 61}, broken={2024: 70}),
        Measured(kept={2025: 61, 2026: 70}, broken={2024: 61}),
    ),
    # Agreed and looked at again, and not carried out.
    "NORT-9b": (
        Shown(
            kept="+3d plan.agreed khan; +25d plan.completed",
            broken="+3d plan.agreed khan; +15d plan.reviewed",
        ),
        Measured(kept={2026: 84}, broken={2024: 84}),
    ),
    "NORT-10a": (Shown(kept="+2d evidence.means_given khan", broken="+2d evidence.received khan"),),
    "NORT-10b": (
        # The first recording was listened to, the second lies there.
        Clocked(
            kept="+2d evidence.received khan; +3d evidence.reviewed khan;"
            "+9d evidence.received khan; +12d evidence.reviewed khan",
            broken="+2d evidence.received khan; +3d evidence.reviewed khan; +9d evidence.received khan",
            set=(5, Unit.WORKING_DAYS),
        ),
        Shown(
            kept="+2d evidence.received khan; +9d evidence.reviewed khan",
            broken="+2d evidence.received khan; +9d update.given khan",
            not_owed="+2d evidence.means_given khan",
        ),
    ),
    # What is to be done, without the reasons.
    "NORT-10c": (Shown(kept="+9d decision.explained khan", broken="+9d action.advised khan"),),
    "NORT-11": (
        # The witness is owed it like the victim, within the ten working days that hold while nothing is agreed.
        Clocked(
            kept="+1d plan.agreed khan; +10d update.given khan; +15d update.given dunn;"
            "+20d matter.closed outcome=resolved",
            broken="+1d plan.agreed khan; +10d update.given khan; +16d update.given dunn;"
            "+20d matter.closed outcome=resolved",
        ),
        # What was agreed with her counts, not what is usual.
        Clocked(
            kept="+1d updates.agreed khan amount=20 unit=working_days; +1d updates.declined dunn;"
            "+25d update.given khan; +30d matter.closed outcome=resolved",
            broken="+1d updates.agreed khan amount=2 unit=working_days; +1d updates.declined dunn;"
            "+9d update.given khan; +10d matter.closed outcome=resolved",
        ),
        Shown(
            kept="+1d updates.agreed khan amount=5 unit=working_days; +1d updates.declined dunn",
            broken=(
                "+1d channel.agreed khan; +9d update.given khan; +1d updates.declined dunn",
                "+1d updates.agreed khan amount=5 unit=working_days; +9d update.given dunn",
            ),
        ),
    ),
    "NORT-12": (
        # By telephone, though a letter was what she had agreed to.
        Shown(
            kept="+1d channel.agreed khan; +5d contact.made khan channel=letter",
            broken="+1d channel.agreed khan; +5d contact.unwanted khan channel=telephone",
        ),
        Shown(kept="+1d channel.agreed khan", broken="+5d contact.made khan channel=letter"),
    ),
    "NORT-13": (
        # Asked after it was closed is too late for this case; asking the witness is not asking her.
        Shown(
            kept="+29d satisfaction.asked khan",
            broken="+29d satisfaction.asked dunn; +30d matter.closed outcome=resolved; +31d satisfaction.asked khan",
        ),
        Measured(kept={2025: 80, 2026: 74}, broken={2024: 80}),
        Measured(kept={2025: 74, 2026: 80}, broken={2024: 74}),
    ),
    "NORT-14": (
        # The witness was forgotten, or the victim.
        Shown(
            kept="+20d proceedings.begun; +21d special_measures.considered khan;"
            "+21d special_measures.considered dunn; +28d court.decided",
            broken=(
                "+20d proceedings.begun; +21d special_measures.considered khan; +28d court.decided",
                "+20d proceedings.begun; +21d special_measures.considered dunn; +28d court.decided",
            ),
            not_owed="+20d perpetrator.warned",
        ),
        # After the court has decided it helps nobody.
        Shown(
            kept="+20d proceedings.begun; +27d special_measures.considered khan;+27d special_measures.considered dunn",
            broken="+20d proceedings.begun; +25d court.decided; +26d special_measures.considered khan;"
            "+26d special_measures.considered dunn",
        ),
    ),
    "NORT-15": (
        # The victim was referred, the witness was not.
        Shown(
            kept="+20d proceedings.begun; +21d witness_service.referred dunn; +28d court.decided",
            broken="+20d proceedings.begun; +21d witness_service.referred khan; +28d court.decided",
            not_owed="+20d perpetrator.warned",
        ),
        Shown(
            kept="+20d proceedings.begun; +21d witness_service.referred dunn",
            broken="+20d proceedings.begun; +25d court.decided; +26d witness_service.referred dunn",
        ),
    ),
    # A newsletter for the county is not yet news for this neighbourhood, and the other way round.
    "NORT-16": (
        ShownEvery(
            kept="2027-06-01T18:00 neighbourhood.informed; 2028-06-01T18:00 neighbourhood.informed",
            broken="2027-06-01T18:00 neighbourhood.informed; 2028-06-01T18:00 information.published",
            matter=Kind.NEIGHBOURHOOD,
            now=LATER,
        ),
        PublishedEvery(
            kept="2027-06-01T18:00 information.published; 2028-06-01T18:00 information.published",
            broken="2027-06-01T18:00 neighbourhood.informed; 2028-06-01T18:00 information.published",
            matter=Kind.PARTNERSHIP,
            now=LATER,
        ),
    ),
    "NORT-17": (
        # How to complain about the service is not another route to a better outcome.
        Shown(kept="+29d other_route.told khan", broken="+29d complaint_route.told khan; +29d outcome.told khan"),
        Published(
            kept="2026-10-05T10:00 complaints.published",
            broken="2026-10-05T10:00 information.published",
            matter=Kind.PARTNERSHIP,
        ),
    ),
}
