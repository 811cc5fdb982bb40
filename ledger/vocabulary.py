"""Everything that can happen to a matter: one enumeration, shared by casework, complaints and community."""

from django.db.models import TextChoices


class EventKind(TextChoices):
    """A kind of fact, with what it means in one line. The detail each carries is given behind it."""

    # What began it, and who is concerned
    REPORT_RECEIVED = "report.received", "A signatory agency received a report"  # channel, agency_type
    COMPLAINT_RECEIVED = "complaint.received", "A complaint about the service was received"  # landlord, route
    REVIEW_REQUESTED = "review.requested", "An ASB case review was requested"
    MATTER_OPENED = "matter.opened", "A standing duty began"
    PARTY_KNOWN = "party.known", "A person's part in the matter became known"  # roles, writable, contactable
    PARTY_SAME = "party.same", "The person is the same as one of the case merged into"  # as
    REPORT_REPEATED = "report.repeated", "The person's second or later report within six months"
    IMMEDIATE_NEED = "immediate_need.identified", "Somebody is in immediate danger"
    HATE_IDENTIFIED = "hate.identified", "Perceived as motivated by hostility or prejudice"  # strands
    RISK_ASSESSED = "risk.assessed", "The risk assessment matrix was completed"  # band, score

    # Taking it in
    REFERENCE_GIVEN = "reference.given", "The person was given the reference of the report"
    DEFINITION_APPLIED = "definition.applied", "Which definitions of anti-social behaviour are met was recorded"
    REFERRAL_MADE = "referral.made", "Referred to the agency that is responsible"  # agency
    REFERRAL_ACCEPTED = "referral.accepted", "The agency that is responsible accepted it"  # agency
    AGENCIES_CONSULTED = "agencies.consulted", "The agencies concerned exchanged information on it"
    POLICE_FORWARDED = "police.forwarded", "Forwarded to the police"
    POLICE_ACCEPTED = "police.accepted", "The police accepted it"

    # Reaching and telling people
    ACKNOWLEDGEMENT_SENT = "acknowledgement.sent", "A written acknowledgement was sent"  # channel
    CONTACT_ATTEMPTED = "contact.attempted", "An attempt to reach the person failed"  # channel
    CONTACT_MADE = "contact.made", "Two-way contact with the person"  # channel
    CONTACT_UNWANTED = "contact.unwanted", "The person was contacted in a way that was not agreed"  # channel
    CHANNEL_AGREED = "channel.agreed", "Agreed with the person how they are contacted"  # channel
    MEETING_HELD = "meeting.held", "Met the person at an agreed place and time"
    MEETING_DECLINED = "meeting.declined", "The person declined a meeting"
    RESPONSE_MADE = "response.made", "Responded to the incident with a documented action"  # action
    ACTION_ADVISED = "action.advised", "Told the person what action will be or has been taken"  # channel
    UPDATES_AGREED = "updates.agreed", "Agreed with the person how often they are updated"  # amount, unit
    UPDATE_GIVEN = "update.given", "The person was updated on progress"  # channel
    UPDATES_DECLINED = "updates.declined", "The person wants no more updates"
    SPOC_NAMED = "spoc.named", "The person's single point of contact was named"  # officer
    SPOC_TOLD = "spoc.told", "The person was given the name and contact details of the one dealing with the case"
    LEAD_TOLD = "lead.told", "The person was told which organisation leads"
    RIGHTS_EXPLAINED = "rights.explained", "The person's rights were explained to them"
    DECISION_EXPLAINED = "decision.explained", "Told the person what is to be done and why"
    OUTCOME_TOLD = "outcome.told", "Told the person the outcome and the reasons"
    CLOSING_EXPLAINED = "closing.explained", "Told the person when and why the case is closed"
    COMPLAINT_ROUTE_TOLD = "complaint_route.told", "Told the person how to complain"
    OTHER_ROUTE_TOLD = "other_route.told", "Told the person of another route if they are not satisfied"
    REVIEW_EXPLAINED = "review.explained", "The ASB case review was explained to the person"
    SATISFACTION_ASKED = "satisfaction.asked", "Asked the person how satisfied they are"

    # Risk and support
    IMPACT_HEARD = "impact.heard", "Recorded how it affects the person and what they want to happen"
    VULNERABILITY_SCREENED = "vulnerability.screened", "Screened for vulnerability"
    RISK_REVIEWED = "risk.reviewed", "The risk was reviewed before closing"
    SAFETY_PLANNED = "safety.planned", "A safety plan was made with the person"
    HATE_REVIEWED = "hate.reviewed", "The hate crime or incident was reviewed individually"
    HATE_SUPPORT_OFFERED = "hate_support.offered", "Specialist hate crime support was offered"
    SUPPORT_SIGNPOSTED = "support.signposted", "Told the person where to go for support"
    SUPPORT_OFFERED = "support.offered", "A referral to victim and witness support was offered"
    SUPPORT_REFERRED = "support.referred", "Referred to a support service with the person's consent"
    WITNESS_ENCOURAGED = "witness.encouraged", "Encouraged and supported to come forward as a witness"
    SPECIAL_MEASURES = "special_measures.considered", "Special measures at court were considered for the person"
    WITNESS_SERVICE = "witness_service.referred", "Referred to the Witness Service"

    # Plan, evidence, action
    PLAN_CONSULTED = "plan.consulted", "The person's views on the plan were sought before it was final"
    PLAN_AGREED = "plan.agreed", "An action plan was agreed with the person"
    PLAN_REVIEWED = "plan.reviewed", "The action plan was reviewed"
    PLAN_COMPLETED = "plan.completed", "Every action of the plan was done"
    PARTNER_ACTION = "partner_action.agreed", "An action for a partner agency was agreed"
    PROBLEM_SOLVING = "problem_solving.applied", "Several agencies worked on the problem together"
    EVIDENCE_MEANS_GIVEN = "evidence.means_given", "The person was given a means of recording evidence"
    EVIDENCE_RECEIVED = "evidence.received", "The person handed in evidence"
    EVIDENCE_REVIEWED = "evidence.reviewed", "An officer reviewed the evidence"
    OPTIONS_CONSIDERED = "options.considered", "The full range of tools and powers was considered"
    INTERVENTION_MADE = "intervention.made", "Prevention, diversion, education, enforcement or rehabilitation"  # class
    PERPETRATOR_ACTION = "perpetrator.action", "The first action was taken against those responsible"
    PERPETRATOR_WARNED = "perpetrator.warned", "Told those responsible that it must stop and what may follow"
    OFFENDER_PLAN = "offender_plan.agreed", "Agencies agreed how to manage those responsible"
    ENFORCEMENT_DECIDED = "enforcement.decided", "Enforcement was decided on"
    PROPORTIONALITY = "proportionality.recorded", "Proportionality and equality were considered and recorded"
    PROCEEDINGS_BEGUN = "proceedings.begun", "Court proceedings began"
    COURT_DECIDED = "court.decided", "A court passed sentence or made an order"
    PUBLICITY_DECIDED = "publicity.decided", "Whether the court's decision is publicised was decided"
    SENTENCE_PUBLISHED = "sentence.published", "The court's decision was publicised"
    INTELLIGENCE_SHARED = "intelligence.shared", "Information was shared with partners under the agreement"
    INTELLIGENCE_USED = "intelligence.used", "What partners shared was acted on"
    INVESTIGATION_DONE = "investigation.completed", "The investigation was completed"
    INVESTIGATION_REVIEWED = "investigation.reviewed", "A supervisor reviewed the investigation"
    CONFIDENCE_BREACHED = "confidence.breached", "Something told in confidence reached somebody it should not have"
    DISCLOSURE_UNLAWFUL = "disclosure.unlawful", "Information was shared outside any agreement"

    # Complaints and case reviews
    COMPLAINT_ACKNOWLEDGED = "complaint.acknowledged", "The complaint was acknowledged"
    COMPLAINT_ANSWERED = "complaint.answered", "The complaint was answered at the first stage"
    COMPLAINT_ESCALATED = "complaint.escalated", "The complaint went to the second stage"
    ESCALATION_ACKNOWLEDGED = "escalation.acknowledged", "The second stage was acknowledged"
    ESCALATION_ANSWERED = "escalation.answered", "The complaint was answered at the second stage"
    COMPLAINT_EXHAUSTED = "complaint.exhausted", "The agency's own complaints procedure has been exhausted"
    EXHAUSTION_WAIVED = "exhaustion.waived", "The chair took the complaint before that procedure was exhausted"
    COMPLAINT_DECIDED = "complaint.decided", "The partnership's decision on the complaint was sent"
    CCFA_RECEIVED = "ccfa.received", "A councillor call for action was received"
    CCFA_ANSWERED = "ccfa.answered", "The councillor call for action was answered"
    REVIEW_ACKNOWLEDGED = "review.acknowledged", "The request for a case review was acknowledged"
    REVIEW_INFORMED = "review.informed", "The agencies gave their information for the case review"
    REVIEW_DECIDED = "review.decided", "Told the applicant whether the threshold is met"
    REVIEW_THRESHOLD_MET = "review.threshold_met", "The threshold is met: there must be a case review"
    REVIEW_INVITED = "review.invited", "The victim was invited to the case review"
    REVIEW_MET = "review.met", "The case review was held"
    REVIEW_OUTCOME = "review.outcome_told", "Told the applicant the outcome and the recommendations"
    REVIEW_APPEALED = "review.appealed", "The applicant asked for the review to be looked at again"
    REVIEW_APPEAL_DECIDED = "review.appeal_decided", "Told the applicant what came of it"

    # What the partnership shows the public, and what it does as a partnership
    STANDARDS_PUBLISHED = "standards.published", "The standards were published with performance against them"
    STANDARDS_REVIEWED = "standards.reviewed", "The standards were reviewed against the partners' own"
    INFORMATION_PUBLISHED = "information.published", "The community was told how anti-social behaviour is tackled"
    NEIGHBOURHOOD_MET = "neighbourhood.met", "A neighbourhood meeting was held"
    NEIGHBOURHOOD_INFORMED = "neighbourhood.informed", "A neighbourhood was told what is happening in it"
    DIRECTORY_VERIFIED = "directory.verified", "Who represents each agency and how to reach them was checked and shown"
    CONTACTS_PUBLISHED = "contacts.published", "The partnership's contact details and aims were publicised"
    EMERGENCY_PUBLISHED = "emergency.published", "The public was told to call 999 in an emergency"
    HOURS_PUBLISHED = "hours.published", "The hours and numbers of the services were published"
    COMPLAINTS_PUBLISHED = "complaints.published", "How to complain was published"
    COMPLAINT_FORM_PUBLISHED = "complaint_form.published", "The way to complain to the partnership was published"
    CCFA_PUBLISHED = "ccfa.published", "The councillor call for action was publicised"
    SUPPORT_PUBLISHED = "support.published", "Where victims and witnesses find support was published"
    APPEAL_PUBLISHED = "appeal.published", "People were encouraged to come forward as witnesses"
    SENTENCES_PUBLISHED = "sentences.published", "Sentencing outcomes were publicised"
    REVIEW_PROCEDURE_PUBLISHED = "review_procedure.published", "How to ask for a case review, and whom, was published"
    REVIEW_FIGURES_PUBLISHED = "review_figures.published", "The yearly figures of case reviews were published"
    FEEDBACK_PUBLISHED = "feedback.published", "What was said and what was done about it was published"
    VIEWS_SOUGHT = "views.sought", "The views of the community were sought"
    ENGAGEMENT_HELD = "engagement.held", "A walkabout, forum, briefing, event or campaign was held"
    PRIORITIES_AGREED = "priorities.agreed", "A neighbourhood's priorities were agreed with its people"
    PROFILE_UPDATED = "profile.updated", "The understanding of local problems and hotspots was brought up to date"
    TARGETS_SET = "targets.set", "Performance targets were set"
    SURVEY_TAKEN = "survey.taken", "Satisfaction was surveyed"
    CALLBACKS_MADE = "callbacks.made", "People were called back to hear how they were served"
    PLAN_INFORMED = "partnership_plan.informed", "Survey results went into the partnership plan"
    POLICIES_REVIEWED = "policies.reviewed", "Policies, procedures and practice were reviewed after feedback"
    POWERS_REVIEWED = "powers.reviewed", "The list of powers in force was reviewed"
    PARTNERS_MET = "partners.met", "The partners met"
    PARTNERS_REVIEWED = "partners.reviewed", "The list of partners and their successors was reviewed"
    ROLES_ACKNOWLEDGED = "roles.acknowledged", "Staff acknowledged their own and others' responsibilities"
    TRAINING_CHECKED = "training.checked", "Training of staff was checked to be in date"
    SHARING_REVIEWED = "sharing_agreement.reviewed", "The information sharing agreement was reviewed"

    # What changes a deadline, or what is owed
    DEADLINE_VARIED = "deadline.varied", "The person asked for a later date"  # promise, due
    UNREACHABLE_CONFIRMED = "unreachable.confirmed", "A team lead confirmed that the person cannot be reached"
    NOT_APPLICABLE = "promise.not_applicable", "A promise does not apply here, for a recorded reason"  # promise, reason

    # Who answers for it, and its end
    OFFICER_ASSIGNED = "officer.assigned", "An officer became answerable"  # officer
    MATTER_TRANSFERRED = "matter.transferred", "Another agency became answerable"  # agency, reason
    MATTER_MERGED = "matter.merged", "Merged with another matter"  # into
    MATTER_CLOSED = "matter.closed", "The matter was closed"  # outcome
    MATTER_REOPENED = "matter.reopened", "The matter was opened again"

    # What the record says about itself
    ENTRY_WITHDRAWN = "entry.withdrawn", "An entry was withdrawn: it should not have been made"
    CALENDAR_CHANGED = (
        "calendar.changed",
        "Bank holidays changed and running deadlines were judged again",
    )  # edition
    BREACH_EXPLAINED = "breach.explained", "The officer gave the reason for a missed promise"  # promise, clock, reason
    BREACH_REVIEWED = "breach.reviewed", "A team lead reviewed that reason"  # promise, clock, verdict
