"""Everything that can happen to a matter: one enumeration, shared by casework, complaints and community."""

from django.db.models import TextChoices


class EventKind(TextChoices):
    """A kind of fact, with what it means in one line. The detail each carries is given behind it."""

    # What reached the partnership, and who is concerned
    REPORT_RECEIVED = "report.received", "A signatory agency received a report"  # channel, agency_type
    PARTY_KNOWN = "party.known", "A person's part in the matter became known"  # roles, writable, contactable
    IMMEDIATE_NEED = "immediate_need.identified", "Somebody is in immediate danger"
    HATE_IDENTIFIED = "hate.identified", "Perceived as motivated by hostility or prejudice"  # strands
    RISK_ASSESSED = "risk.assessed", "The risk assessment matrix was completed"  # band, score

    # What was done for them
    POLICE_FORWARDED = "police.forwarded", "Forwarded to the police"
    ACKNOWLEDGEMENT_SENT = "acknowledgement.sent", "A written acknowledgement was sent"  # channel
    CONTACT_ATTEMPTED = "contact.attempted", "An attempt to reach the person failed"  # channel
    CONTACT_MADE = "contact.made", "Two-way contact with the person"  # channel
    MEETING_HELD = "meeting.held", "Met the person at an agreed place and time"
    MEETING_DECLINED = "meeting.declined", "The person declined a meeting"
    RESPONSE_MADE = "response.made", "Responded to the incident with a documented action"  # action
    ACTION_ADVISED = "action.advised", "Told the person what action will be or has been taken"  # channel
    PLAN_AGREED = "plan.agreed", "An action plan was agreed with the person"
    UPDATES_AGREED = "updates.agreed", "Agreed with the person how often they are updated"  # amount, unit
    UPDATE_GIVEN = "update.given", "The person was updated on progress"  # channel
    UPDATES_DECLINED = "updates.declined", "The person wants no more updates"

    # What changes a deadline
    DEADLINE_VARIED = "deadline.varied", "The person asked for a later date"  # promise, due
    UNREACHABLE_CONFIRMED = "unreachable.confirmed", "A team lead confirmed that the person cannot be reached"

    # Who answers for it, and its end
    OFFICER_ASSIGNED = "officer.assigned", "An officer became answerable"  # officer
    MATTER_TRANSFERRED = "matter.transferred", "Another agency became answerable"  # agency, reason
    MATTER_MERGED = "matter.merged", "Merged with another matter"  # into
    MATTER_CLOSED = "matter.closed", "The matter was closed"  # outcome

    # What the record says about itself
    ENTRY_WITHDRAWN = "entry.withdrawn", "An entry was withdrawn: it should not have been made"
    CALENDAR_CHANGED = (
        "calendar.changed",
        "Bank holidays changed and running deadlines were judged again",
    )  # edition
    BREACH_EXPLAINED = "breach.explained", "The officer gave the reason for a missed promise"  # promise, clock, reason
    BREACH_REVIEWED = "breach.reviewed", "A team lead reviewed that reason"  # promise, clock, verdict
