"""What Cherwell's promises mean, by example."""

from standards.calendar import Unit
from standards.charter import Kind
from tests.standards.examples import Clocked, Example, Measured, Published, PublishedEvery, Shown, ShownEvery

# Done in the first full reporting year (from April 2027) and in the second.
LATER = "2029-06-01 12:00"

EXAMPLES: dict[str, tuple[Example, ...]] = {
    "CHER-P1": (
        Shown(
            kept="+9d perpetrator.warned; +9d intervention.made class=early_intervention",
            broken=(
                "+9d perpetrator.warned; +10d update.given khan",
                "+9d perpetrator.action; +10d update.given khan",
                "+9d enforcement.decided; +10d update.given khan",
            ),
            not_owed="+9d safety.planned khan",
        ),
        Measured(kept={2026: 64}, broken={2024: 64}),
    ),
    "CHER-P2": (Shown(kept="+1h definition.applied", broken="+1h reference.given khan"),),
    # As many feel safe as a year ago: they were to feel safer.
    "CHER-P3": (Measured(kept={2025: 70, 2026: 72}, broken={2025: 70, 2026: 70}),),
    "CHER-P4": (
        Shown(
            kept="2026-10-05T10:00 standards.reviewed",
            broken="2026-10-05T10:00 standards.published",
            matter=Kind.PARTNERSHIP,
        ),
    ),
    "CHER-P5": (
        Published(
            kept="2026-10-05T10:00 standards.published",
            broken="2026-10-05T10:00 standards.reviewed",
            matter=Kind.PARTNERSHIP,
        ),
    ),
    # The witness has rights like the victim.
    "CHER-P6": (
        Shown(
            kept="+2d rights.explained khan; +3d rights.explained dunn",
            broken=("+2d rights.explained khan", "+2d rights.explained dunn"),
        ),
    ),
    "CHER-1a": (
        Measured(kept={2025: 31, 2026: 29.5}, broken={2025: 31, 2026: 31}),
        Measured(kept={2025: 31, 2026: 30}, broken={2023: 31, 2024: 30}),
    ),
    # Asked once, and not again the year after.
    "CHER-1b": (
        ShownEvery(
            kept="2027-05-10T10:00 views.sought; 2028-09-10T10:00 views.sought",
            broken="2027-05-10T10:00 views.sought; 2027-09-10T10:00 views.sought",
            matter=Kind.PARTNERSHIP,
            now=LATER,
        ),
        Measured(kept={2026: 412}, broken={2024: 412}),
    ),
    "CHER-1c": (
        ShownEvery(
            kept="2027-04-20T10:00 targets.set; 2028-04-20T10:00 targets.set",
            broken="2027-04-20T10:00 targets.set; 2028-04-20T10:00 views.sought",
            matter=Kind.PARTNERSHIP,
            now=LATER,
        ),
        # Nothing is promised of the figure but that it is known.
        Measured(kept={2025: 55, 2026: 53}, broken={2024: 55}),
        Measured(kept={2025: 53, 2026: 55}, broken={2024: 53}),
    ),
    # Information for everybody is not yet information for this neighbourhood, and the other way round.
    "CHER-2": (
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
    "CHER-3-0": (
        Clocked(
            kept="+20d outcome.told khan; +21d closing.explained dunn",
            broken=("+20d outcome.told khan; +21d update.given dunn", "+20d outcome.told dunn; +21d update.given khan"),
            set=(20, Unit.WORKING_DAYS),
        ),
        Shown(
            kept="+29d satisfaction.asked khan; +29d satisfaction.asked dunn",
            broken=("+29d satisfaction.asked khan", "+29d satisfaction.asked dunn"),
        ),
        Measured(kept={2026: 81}, broken={2024: 81}),
    ),
    # The contact changes, and nobody tells her.
    "CHER-3a": (
        Clocked(
            kept="+2h spoc.named khan; +1d spoc.told khan; +9d spoc.named khan; +10d spoc.told khan",
            broken="+2h spoc.named khan; +1d spoc.told khan; +9d spoc.named khan",
            set=(2, Unit.WORKING_DAYS),
        ),
        # A contact for one victim is none for the other; an officer for the case is none for a person.
        Shown(
            kept="+1h party.known webb roles=victim; +2h spoc.named khan; +2h spoc.named webb",
            broken="+1h party.known webb roles=victim; +1h officer.assigned; +2h spoc.named khan",
        ),
    ),
    "CHER-3b-i": (
        # Ms Khan's is a hate crime: that she waits for 60 hours breaks another promise, not this one.
        Clocked(
            kept="+0m hate.identified khan strands=race; +0m party.known webb roles=victim;"
            "+47h contact.made webb channel=telephone; +60h contact.made khan channel=telephone",
            broken="+0m party.known webb roles=victim; +47h contact.made khan channel=telephone;"
            "+49h contact.made webb channel=telephone",
        ),
        # Neither an automatic message nor a voicemail is contact.
        Clocked(
            kept="+48h meeting.held khan",
            broken="+1m acknowledgement.sent khan channel=email; +2h contact.attempted khan channel=telephone",
        ),
        # Mr Dunn only reported it.
        Shown(
            kept="+0m party.known dunn roles=reporter; +0m party.known webb roles=victim; +3d meeting.held webb;"
            "+3d contact.made khan channel=telephone",
            broken="+1m acknowledgement.sent khan channel=email; +2h contact.attempted khan channel=telephone",
        ),
    ),
    "CHER-3b-ii": (
        # In time for any other victim, too late for her; and a day more for Mrs Webb, who is not a victim of hate.
        Clocked(
            kept="+0m hate.identified khan strands=race; +0m party.known webb roles=victim;"
            "+23h contact.made khan channel=telephone; +40h contact.made webb channel=telephone",
            broken="+0m hate.identified khan strands=race; +30h contact.made khan channel=telephone",
        ),
        # It was aimed at Mrs Webb too; who only saw it is not owed it.
        Clocked(
            kept="+0m hate.identified strands=race; +0m party.known webb roles=victim;"
            "+23h meeting.held khan; +23h meeting.held webb",
            broken="+0m hate.identified strands=race; +0m party.known webb roles=victim; +23h meeting.held khan",
        ),
        Shown(
            kept="+0m hate.identified strands=race; +0m party.known webb roles=victim; +23h meeting.held khan;"
            "+9d contact.made webb channel=telephone",
            broken="+0m hate.identified khan strands=race; +1m acknowledgement.sent khan channel=email",
            not_owed="+1h contact.attempted khan channel=telephone",
        ),
    ),
    "CHER-3c": (
        # A telephone call is no meeting.
        Clocked(kept="2026-09-07T16:59 meeting.held khan", broken="+1d contact.made khan channel=telephone"),
        # She declined, and that is as good.
        Clocked(
            kept="+0m party.known webb roles=victim; +1d meeting.held khan; +1d meeting.declined webb",
            broken="2026-09-07T17:01 meeting.held khan",
        ),
        # She declined; but nobody asked Mrs Webb.
        Shown(
            kept="+1h party.known webb roles=victim; +1d meeting.held khan; +1d meeting.declined webb",
            broken="+1h party.known webb roles=victim; +1d meeting.declined khan",
        ),
    ),
    # Agreed with her, not made over her head.
    "CHER-3d": (Shown(kept="+3d plan.agreed khan", broken="+3d plan.consulted khan; +9d plan.completed"),),
    # By the time it is closed, not afterwards; and owed to who reported it, not to whom it happened.
    "CHER-4-0a": (
        Shown(
            kept="+1h reference.given khan; +1h party.known webb roles=victim",
            broken="+20d matter.closed outcome=resolved; +21d reference.given khan",
        ),
    ),
    # Completed, and nobody has looked at how.
    "CHER-4-0b": (
        Shown(
            kept="+20d investigation.completed; +21d investigation.reviewed",
            broken="+20d investigation.completed",
        ),
    ),
    # What was shared under the agreement is no breach; what a witness said is protected too.
    "CHER-4a": (
        Shown(
            kept="+5d intelligence.shared",
            broken=(
                "+5d confidence.breached dunn",
                "+0m party.known webb roles=victim; +5d confidence.breached webb",
                "+0m party.known webb roles=reporter; +5d confidence.breached webb",
            ),
        ),
        Shown(kept="+5d agencies.consulted", broken="+5d confidence.breached"),
    ),
    "CHER-4b": (Shown(kept="+2d evidence.means_given khan", broken="+2d evidence.received khan"),),
    "CHER-4c": (Shown(kept="+8d options.considered", broken="+8d enforcement.decided; +9d perpetrator.action"),),
    # The witness heard nothing; contact without news is no update.
    "CHER-5-0": (
        Shown(
            kept="+9d update.given khan; +9d action.advised dunn",
            broken=(
                "+9d update.given khan; +9d contact.made dunn channel=telephone",
                "+9d update.given dunn; +9d contact.made khan channel=telephone",
            ),
        ),
    ),
    "CHER-5a": (
        # The witness is owed it like the victim, and within the ten working days that hold while nothing is agreed.
        Clocked(
            kept="+1d plan.agreed khan; +10d update.given khan; +15d update.given dunn;"
            "+20d matter.closed outcome=resolved",
            broken="+1d plan.agreed khan; +10d update.given khan; +16d update.given dunn;"
            "+20d matter.closed outcome=resolved",
        ),
        # Who wants none is owed none; who has said nothing is.
        Clocked(
            kept="+1d plan.agreed khan; +2d updates.declined dunn; +10d update.given khan;"
            "+20d matter.closed outcome=resolved",
            broken="+1d plan.agreed khan; +2d updates.declined khan; +20d matter.closed outcome=resolved",
        ),
        # Once is not regularly; and what was agreed with her counts, not what is usual.
        Clocked(
            kept="+1d updates.agreed khan amount=3 unit=calendar_days; +4d update.given khan; +4d update.given dunn;"
            "+6d matter.closed outcome=resolved",
            broken="+1d updates.agreed khan amount=3 unit=calendar_days; +4d update.given khan; +4d update.given dunn;"
            "+10d matter.closed outcome=resolved",
        ),
        # That he wants no updates was agreed with him too.
        Shown(
            kept="+1d updates.agreed khan amount=5 unit=working_days; +1d updates.declined dunn",
            broken=(
                "+1d updates.agreed khan amount=5 unit=working_days; +9d update.given dunn",
                "+1d updates.declined dunn; +9d update.given khan",
            ),
        ),
    ),
    "CHER-5b": (
        # It counts from the end of the investigation, however long that took.
        Clocked(
            kept="+60d investigation.completed; +62d outcome.told khan; +62d outcome.told dunn",
            broken=(
                "+10d investigation.completed; +12d outcome.told khan",
                "+10d investigation.completed; +12d outcome.told dunn",
            ),
            set=(5, Unit.WORKING_DAYS),
        ),
        Shown(
            kept="+20d investigation.completed; +29d outcome.told khan; +29d outcome.told dunn",
            broken=(
                "+20d investigation.completed; +29d outcome.told khan; +29d update.given dunn",
                "+20d investigation.completed; +29d outcome.told dunn; +29d update.given khan",
            ),
        ),
    ),
    "CHER-5c": (
        Shown(
            kept="+2d support.signposted khan; +2d support.signposted dunn",
            broken=("+2d support.signposted khan", "+2d support.signposted dunn"),
        ),
        Published(
            kept="2026-10-05T10:00 support.published",
            broken="2026-10-05T10:00 contacts.published",
            matter=Kind.PARTNERSHIP,
        ),
    ),
    "CHER-6": (
        ShownEvery(
            kept="2027-10-10T10:00 partners.met; 2028-10-10T10:00 partners.met",
            broken="2027-10-10T10:00 partners.reviewed; 2028-10-10T10:00 partners.met",
            matter=Kind.PARTNERSHIP,
            now=LATER,
        ),
        Measured(kept={2025: 66, 2026: 68}, broken={2025: 66, 2026: 66}),
    ),
    "CHER-7-0": (
        Published(
            kept="2026-10-05T10:00 complaints.published",
            broken="2026-10-05T10:00 complaint_form.published",
            matter=Kind.PARTNERSHIP,
        ),
    ),
    "CHER-7a": (
        # Every victim is told, not only the one who complains.
        Shown(
            kept="+1h party.known webb roles=victim; +1d complaint_route.told khan; +9d complaint_route.told webb",
            broken="+1h party.known webb roles=victim; +1d complaint_route.told khan",
        ),
        Published(
            kept="2026-10-05T10:00 complaints.published",
            broken="2026-10-05T10:00 standards.published",
            matter=Kind.PARTNERSHIP,
        ),
    ),
    "CHER-7b": (
        # A partner's answer is not the partnership's; and it is the partner's turn first, unless the chair waives that.
        Clocked(
            kept="+0m exhaustion.waived; +1d complaint.acknowledged; +19d complaint.decided",
            broken="+0m complaint.exhausted; +1d complaint.acknowledged; +9d complaint.answered",
            not_owed="+9d complaint.answered",
            matter=Kind.COMPLAINT,
            set=(20, Unit.WORKING_DAYS),
        ),
        Shown(
            begins="2026-09-02T09:00 complaint.received; 2026-09-02T09:00 party.known khan roles=reporter",
            kept="+1d complaint.exhausted; +19d complaint.decided khan",
            broken="+1d exhaustion.waived; +9d complaint.answered khan",
            not_owed="+9d complaint.answered",
            matter=Kind.COMPLAINT,
        ),
        Published(
            kept="2026-10-05T10:00 complaint_form.published",
            broken="2026-10-05T10:00 complaints.published",
            matter=Kind.PARTNERSHIP,
        ),
    ),
}
