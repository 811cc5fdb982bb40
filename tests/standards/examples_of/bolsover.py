"""What Bolsover's promises mean, by example."""

from datetime import date

from standards.calendar import Unit
from standards.charter import Kind
from standards.measures import Target
from tests.standards.examples import Clocked, Example, Measured, Published, PublishedEvery, Shown, ShownEvery

# Done in the first full reporting year (from April 2027) and in the second.
LATER = "2029-06-01 12:00"
# The document's own figures, with the day that the partnership has to set.
BY_SPRING = Target(baseline=31.9, figure=29.0, source="Residents' survey", ends=date(2026, 3, 31))

EXAMPLES: dict[str, tuple[Example, ...]] = {
    # As many as before are not fewer.
    "BOLS-P1": (Measured(kept={2025: 2400, 2026: 2310}, broken={2025: 2400, 2026: 2400}),),
    "BOLS-P2": (
        # Referred and not accepted: nobody answers for it.
        Shown(kept="+1h referral.made; +1d referral.accepted", broken="+1h referral.made"),
        Shown(kept="+1h officer.assigned", broken="+1h spoc.named khan"),
        Measured(kept={2026: 77}, broken={2024: 77}),
    ),
    "BOLS-P3": (
        Published(
            kept="2026-10-05T10:00 standards.published",
            broken="2026-10-05T10:00 information.published",
            matter=Kind.PARTNERSHIP,
        ),
    ),
    "BOLS-P4": (
        Shown(
            kept="2026-10-05T10:00 partners.reviewed",
            broken="2026-10-05T10:00 partners.met",
            matter=Kind.PARTNERSHIP,
        ),
    ),
    "BOLS-1a": (
        # Lower than it was, and not as low as promised.
        Measured(kept={2025: 30.2, 2026: 29.0}, broken={2025: 30.2, 2026: 29.1}, target=BY_SPRING),
        # Reached two years ago, and not looked at since.
        Measured(kept={2025: 28.4, 2026: 28.8}, broken={2024: 28.4}, target=BY_SPRING),
    ),
    "BOLS-1b": (
        # An acknowledgement answers no concern.
        Shown(kept="+6d action.advised khan", broken="+1m acknowledgement.sent khan channel=email"),
        # The reporter is answered, whoever else is.
        Shown(
            kept="+0m party.known webb roles=reporter; +6d decision.explained khan; +9d outcome.told webb",
            broken="+0m party.known webb roles=reporter; +6d decision.explained khan",
        ),
        PublishedEvery(
            kept="2027-12-01T10:00 feedback.published; 2028-12-01T10:00 feedback.published",
            broken="2027-12-01T10:00 views.sought; 2028-12-01T10:00 feedback.published",
            matter=Kind.PARTNERSHIP,
            now=LATER,
        ),
    ),
    "BOLS-2": (
        ShownEvery(
            kept="2027-06-01T18:00 neighbourhood.met; 2028-06-01T18:00 neighbourhood.met",
            broken="2027-06-01T18:00 neighbourhood.met; 2028-06-01T18:00 neighbourhood.informed",
            matter=Kind.NEIGHBOURHOOD,
            now=LATER,
        ),
        PublishedEvery(
            kept="2027-06-01T18:00 information.published; 2028-06-01T18:00 information.published",
            broken="2027-06-01T18:00 information.published; 2027-11-01T18:00 information.published",
            matter=Kind.PARTNERSHIP,
            now=LATER,
        ),
    ),
    # The witness too.
    "BOLS-3a": (
        Shown(
            kept="+1d impact.heard khan; +2d impact.heard dunn",
            broken=("+1d impact.heard khan", "+1d impact.heard dunn"),
        ),
    ),
    "BOLS-3b": (
        Shown(
            kept="+5d agencies.consulted",
            broken=("+5d confidence.breached dunn", "+5d confidence.breached khan"),
        ),
        Measured(kept={2026: 88}, broken={2024: 88}),
    ),
    # Completed, and nobody has looked at how.
    "BOLS-3c": (
        Shown(
            kept="+20d investigation.completed; +21d investigation.reviewed",
            broken="+20d investigation.completed",
        ),
    ),
    "BOLS-4a": (Shown(kept="+1h reference.given khan", broken="+1h reference.given dunn"),),
    "BOLS-4b": (
        Clocked(
            kept="+2h referral.made; +1d referral.accepted",
            broken="+2h referral.made; +6d referral.accepted",
            set=(2, Unit.WORKING_DAYS),
        ),
        # Whoever took the report keeps it: an officer was named.
        Clocked(kept="+1d officer.assigned", broken="+1d contact.made khan", set=(2, Unit.WORKING_DAYS)),
        # Accepted only once the case was closed.
        Shown(
            kept="+2h referral.made; +6d referral.accepted",
            broken="+2h referral.made; +20d matter.closed outcome=no_action; +21d referral.accepted",
            not_owed="+2h officer.assigned",
        ),
    ),
    # A plan on paper is not action.
    "BOLS-4c": (
        Shown(kept="+3d plan.agreed khan; +20d plan.completed", broken="+3d plan.agreed khan"),
        Shown(kept="+3d plan.agreed khan; +20d plan.reviewed", broken="+3d plan.agreed khan; +5d plan.consulted khan"),
        Shown(kept="+9d intervention.made class=diversion", broken="+9d options.considered"),
    ),
    "BOLS-5a": (
        Shown(
            kept="+2d safety.planned khan; +2d safety.planned dunn",
            broken=(
                "+2d safety.planned khan; +2d risk.assessed dunn band=standard",
                "+2d safety.planned dunn; +2d risk.assessed khan band=standard",
            ),
        ),
    ),
    # Weighed only after the papers were at court.
    "BOLS-5b": (
        Shown(
            kept="+9d enforcement.decided; +10d proportionality.recorded; +12d proceedings.begun",
            broken="+9d enforcement.decided; +12d proceedings.begun; +13d proportionality.recorded",
            not_owed="+9d perpetrator.warned",
        ),
        # No court: by the end of the case.
        Shown(
            kept="+9d enforcement.decided; +10d proportionality.recorded",
            broken="+9d enforcement.decided; +10d perpetrator.warned",
        ),
    ),
    "BOLS-5c": (
        Shown(kept="+4d witness.encouraged dunn", broken="+4d witness.encouraged khan"),
        Published(
            kept="2026-10-05T10:00 appeal.published",
            broken="2026-10-05T10:00 support.published",
            matter=Kind.PARTNERSHIP,
        ),
    ),
    "BOLS-6a": (
        # Mrs Webb is no victim of hate: that nobody has answered her breaks no promise of this bullet.
        Clocked(
            kept="+0m hate.identified khan strands=disability; +0m party.known webb roles=victim;"
            "+5h response.made khan action=visit",
            broken="+0m hate.identified khan strands=disability; +1m acknowledgement.sent khan channel=email;"
            "+3d response.made khan action=visit",
            set=(24, Unit.HOURS),
        ),
        # To talk to her is quick too.
        Clocked(
            kept="+0m hate.identified strands=race; +0m party.known webb roles=victim;"
            "+2h contact.made khan channel=telephone; +9h meeting.held webb",
            broken="+0m hate.identified strands=race; +0m party.known webb roles=victim;"
            "+2h contact.made khan channel=telephone; +9h contact.attempted webb channel=telephone",
            set=(24, Unit.HOURS),
        ),
        # Quick, but nothing was done.
        Shown(
            kept="+0m hate.identified khan strands=disability; +0m party.known webb roles=victim;"
            "+5h response.made khan action=visit",
            broken="+0m hate.identified khan strands=disability; +1h contact.made khan channel=telephone",
            not_owed="+1h contact.made khan channel=telephone",
        ),
    ),
    "BOLS-6b": (
        Shown(
            kept="+2d hate.identified khan strands=race; +0m party.known webb roles=victim;+5d perpetrator.action",
            broken="+2d hate.identified khan strands=race; +5d options.considered",
            not_owed="+5d options.considered",
        ),
        Measured(kept={2026: 71}, broken={2024: 71}),
    ),
    # Offered to the victim of hate, and owed to no other.
    "BOLS-6c": (
        Shown(
            kept="+2d hate.identified khan strands=race; +0m party.known webb roles=victim;"
            "+2d hate_support.offered khan",
            broken="+2d hate.identified khan strands=race; +2d support.signposted khan",
        ),
    ),
    # Looked at in the beginning and never again.
    "BOLS-7a": (
        Shown(
            kept="+1d risk.assessed khan band=medium; +28d risk.reviewed khan; +28d risk.reviewed dunn",
            broken=(
                "+1d risk.assessed khan band=medium; +1d risk.assessed dunn band=standard; +28d risk.reviewed khan",
                "+1d risk.assessed khan band=medium; +1d risk.assessed dunn band=standard; +28d risk.reviewed dunn",
            ),
        ),
    ),
    # Witnesses are screened too.
    "BOLS-7b": (
        Shown(
            kept="+1d vulnerability.screened khan; +1d vulnerability.screened dunn",
            broken=(
                "+1d vulnerability.screened khan; +1d risk.assessed dunn band=standard",
                "+1d vulnerability.screened dunn; +1d risk.assessed khan band=standard",
            ),
        ),
        Measured(kept={2026: 93}, broken={2024: 93}),
    ),
    # Being told where support may be found is no offer.
    "BOLS-7c": (
        Shown(
            kept="+2d support.offered khan; +2d support.referred dunn",
            broken=(
                "+2d support.offered khan; +2d support.signposted dunn",
                "+2d support.offered dunn; +2d support.signposted khan",
            ),
        ),
        Shown(kept="+2d hate_support.offered khan; +2d support.offered dunn", broken="+2d hate_support.offered khan"),
    ),
    "BOLS-8a": (
        # Mr Dunn has said that he wants none.
        Clocked(
            kept="+1d plan.agreed khan; +1d updates.declined dunn; +10d update.given khan;"
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
            broken=("+1d updates.agreed khan amount=5 unit=working_days", "+1d updates.declined dunn"),
        ),
    ),
    "BOLS-8b": (
        Shown(
            kept="+2d support.offered khan; +2d support.referred dunn",
            broken=(
                "+2d support.offered khan; +2d support.signposted dunn",
                "+2d support.offered dunn; +2d support.signposted khan",
            ),
        ),
        Measured(kept={2026: 97}, broken={2024: 97}),
    ),
    # Support for a witness does not help the victim.
    "BOLS-9a": (
        Shown(kept="+2d support.referred khan", broken="+2d support.referred dunn"),
        Shown(
            kept="+0m party.known webb roles=victim; +2d support.offered khan; +2d hate_support.offered webb",
            broken="+0m party.known webb roles=victim; +2d support.offered khan; +2d support.signposted webb",
        ),
    ),
    "BOLS-9b": (
        # Somebody else takes over, and she is not told.
        Clocked(
            kept="+2h spoc.named khan; +1d spoc.told khan; +9d spoc.named khan; +10d spoc.told khan",
            broken="+2h spoc.named khan; +1d spoc.told khan; +9d spoc.named khan",
            set=(2, Unit.WORKING_DAYS),
        ),
        Shown(kept="+2h spoc.named khan; +1d spoc.told khan", broken="+2h spoc.named khan"),
    ),
    "BOLS-10a": (
        Clocked(
            kept="+6d enforcement.decided; +9d perpetrator.action",
            broken="+6d enforcement.decided; +40d perpetrator.action",
            set=(10, Unit.WORKING_DAYS),
            not_owed="+6d perpetrator.warned",
        ),
        # Decided, and left at that.
        Shown(
            kept="+6d enforcement.decided; +8d proceedings.begun",
            broken="+6d enforcement.decided",
            not_owed="+6d perpetrator.warned",
        ),
        Shown(
            kept="+6d enforcement.decided; +8d perpetrator.action",
            broken="+6d enforcement.decided; +31d perpetrator.action",
        ),
        Measured(kept={2026: 11}, broken={2024: 11}),
    ),
    "BOLS-10b": (Shown(kept="+8d options.considered", broken="+8d perpetrator.warned"),),
    "BOLS-11a": (
        ShownEvery(
            kept="2027-04-15T10:00 training.checked; 2029-03-31T10:00 training.checked",
            broken="2027-04-15T10:00 training.checked; 2029-04-01T10:00 training.checked",
            matter=Kind.PARTNERSHIP,
            now=LATER,
        ),
        Measured(kept={2026: 95}, broken={2024: 95}),
    ),
    "BOLS-11b": (Measured(kept={2026: 91}, broken={2024: 91}),),
    # How often is not how.
    "BOLS-12a": (Shown(kept="+1d channel.agreed khan", broken="+1d updates.agreed khan amount=5 unit=working_days"),),
    "BOLS-12b": (
        # The plan was agreed and then nobody was heard of, but for a call that she did not answer.
        Clocked(
            kept="+1d plan.agreed khan; +10d contact.made khan channel=telephone; +20d matter.closed outcome=resolved",
            broken="+1d plan.agreed khan; +10d contact.attempted khan channel=telephone;"
            "+30d matter.closed outcome=resolved",
        ),
        # What was agreed with her counts, not what is usual; a meeting is contact.
        Clocked(
            kept="+1d updates.agreed khan amount=20 unit=working_days; +25d meeting.held khan;"
            "+30d matter.closed outcome=resolved",
            broken="+1d updates.agreed khan amount=2 unit=working_days; +9d meeting.held khan;"
            "+10d matter.closed outcome=resolved",
        ),
        # A plan agreed with one victim is a beginning for all; and the day after the tenth working day is too late.
        Clocked(
            kept="+0m party.known webb roles=victim; +1d plan.agreed khan; +10d update.given khan;"
            "+15d update.given webb; +20d matter.closed outcome=resolved",
            broken="+0m party.known webb roles=victim; +1d plan.agreed khan; +10d update.given khan;"
            "+16d update.given webb; +20d matter.closed outcome=resolved",
        ),
        # She needs no more support: nothing is owed from then on. Else it is, for as long as the case is open.
        Clocked(
            kept="+1d plan.agreed khan; +10d update.given khan; +11d updates.declined khan;"
            "+60d matter.closed outcome=resolved",
            broken="+1d plan.agreed khan; +10d update.given khan; +60d matter.closed outcome=resolved",
        ),
    ),
    "BOLS-13a": (
        Shown(
            kept="+1d complaint.acknowledged; +9d complaint.answered",
            broken="+1d complaint.acknowledged",
            matter=Kind.COMPLAINT,
        ),
        # It went to the second stage before anybody had answered it, or to the partnership.
        Shown(
            kept="+9d complaint.escalated; +20d escalation.answered",
            broken="+9d complaint.escalated; +10d escalation.acknowledged",
            matter=Kind.COMPLAINT,
        ),
        Shown(
            begins="2026-09-02T09:00 complaint.received; 2026-09-02T09:00 party.known khan roles=reporter",
            kept="+20d complaint.decided khan",
            broken="+9d exhaustion.waived khan",
            matter=Kind.COMPLAINT,
        ),
        Published(
            kept="2026-10-05T10:00 complaints.published",
            broken="2026-10-05T10:00 ccfa.published",
            matter=Kind.PARTNERSHIP,
        ),
    ),
    "BOLS-13b": (
        # The resident got an answer; the councillor's call did not.
        Shown(
            kept="+0m ccfa.received; +20d ccfa.answered",
            broken="+0m ccfa.received; +20d complaint.answered",
            not_owed="+20d complaint.answered",
            matter=Kind.COMPLAINT,
        ),
        Published(
            kept="2026-10-05T10:00 ccfa.published",
            broken="2026-10-05T10:00 complaints.published",
            matter=Kind.PARTNERSHIP,
        ),
    ),
    "BOLS-14": (
        Shown(
            kept="+2h referral.made; +1d intelligence.shared",
            broken=("+2h referral.made", "+3d partner_action.agreed", "+3d problem_solving.applied"),
            not_owed="+2h officer.assigned",
        ),
        # Shared as agreed, and once as it was not.
        Shown(
            kept="+2h referral.made; +1d agencies.consulted",
            broken="+2h referral.made; +1d agencies.consulted; +9d disclosure.unlawful",
        ),
        # No partner had any part in it.
        Shown(kept="+3d partner_action.agreed; +3d intelligence.shared", broken="+9d disclosure.unlawful"),
    ),
}
