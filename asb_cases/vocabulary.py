"""The field's terms for reports, people and what is done for them."""

from django.db.models import TextChoices

from ledger.vocabulary import EventKind


class Category(TextChoices):
    """National Standard for Incident Recording: the thirteen sub-types of anti-social behaviour."""

    NEIGHBOURS = "neighbours", "Rowdy or nuisance neighbours"
    ROWDY = "rowdy", "Rowdy or inconsiderate behaviour"
    NOISE = "noise", "Noise"
    COMMUNICATIONS = "communications", "Malicious or nuisance communications"
    ANIMALS = "animals", "Animal problems"
    VEHICLE_NUISANCE = "vehicle_nuisance", "Vehicle nuisance or inappropriate use"
    VEHICLE_ABANDONED = "vehicle_abandoned", "Abandoned vehicle"
    LITTER = "litter", "Littering or drug paraphernalia"
    STREET_DRINKING = "street_drinking", "Street drinking"
    TRESPASS = "trespass", "Trespass"
    BEGGING = "begging", "Begging or vagrancy"
    PROSTITUTION = "prostitution", "Prostitution-related activity"
    FIREWORKS = "fireworks", "Fireworks"
    UNCLASSIFIED = "unclassified", "Not classified yet"


class ReportChannel(TextChoices):
    """How a report reached the partnership."""

    TELEPHONE = "telephone", "Telephone"
    IN_PERSON = "in_person", "In person"
    EMAIL = "email", "E-mail"
    WEB = "web", "Website"
    LETTER = "letter", "Letter"
    PARTNER = "partner", "Passed on by a partner agency"


class ContactChannel(TextChoices):
    """How a person is reached. Northamptonshire 12 names these five, and video is met with since."""

    TELEPHONE = "telephone", "Telephone"
    TEXT = "text", "Text message"
    EMAIL = "email", "E-mail"
    LETTER = "letter", "Letter"
    IN_PERSON = "in_person", "In person"
    VIDEO = "video", "Video call"


class Strand(TextChoices):
    """What a hate crime or incident is perceived to be about: the five national strands, then local ones (X-05b)."""

    DISABILITY = "disability", "Disability"
    RACE = "race", "Race"
    RELIGION = "religion", "Religion or belief"
    SEXUAL_ORIENTATION = "sexual_orientation", "Sexual orientation"
    TRANSGENDER = "transgender", "Transgender identity"
    AGE = "age", "Age (local)"
    GENDER = "gender", "Gender (local)"


class PartyRole(TextChoices):
    """What a person is in a case. One person may be several."""

    VICTIM = "victim", "Victim"
    WITNESS = "witness", "Witness"
    REPORTER = "reporter", "Reporter"


class RiskBand(TextChoices):
    """Result of a risk assessment matrix."""

    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    STANDARD = "standard", "Standard"


class ResponseAction(TextChoices):
    """What was done in response to an incident."""

    VISIT = "visit", "Visited"
    PATROL = "patrol", "Patrol or increased presence"
    WARNING = "warning", "Warned the person responsible"
    REFERRAL = "referral", "Referred to a support service"
    SECURITY = "security", "Security measures at the home"
    ENFORCEMENT = "enforcement", "Enforcement begun"
    INVESTIGATION = "investigation", "Investigation begun"
    OTHER = "other", "Something else"


class TransferReason(TextChoices):
    WRONG_AGENCY = "wrong_agency", "Another agency is responsible"
    MOVED = "moved", "The person or the problem has moved"
    SPECIALIST = "specialist", "Specialist powers or skills are needed"
    CONFLICT = "conflict", "Conflict of interest"


class ClosureOutcome(TextChoices):
    RESOLVED = "resolved", "The behaviour has stopped"
    REDUCED = "reduced", "Reduced, and the victim is content to close"
    NO_ACTION = "no_action", "Nothing more can be done"
    NOT_ASB = "not_asb", "Not anti-social behaviour"
    WITHDRAWN = "withdrawn", "The victim asked to close it"


class Intervention(TextChoices):
    """By what means those responsible are dealt with. The documents name these in different selections."""

    DIVERSION = "diversion", "Diversion"
    EDUCATION = "education", "Education"
    EARLY_INTERVENTION = "early_intervention", "Early intervention"
    PREVENTION = "prevention", "Prevention"
    ENFORCEMENT = "enforcement", "Enforcement"
    REHABILITATION = "rehabilitation", "Rehabilitation"


class NotApplicable(TextChoices):
    """Why something that was promised has no place in a case."""

    DECLINED = "declined", "The person declined it"
    NOBODY = "nobody", "There is nobody whom this concerns"
    NO_COURT = "no_court", "There are no court proceedings"
    NO_EVIDENCE = "no_evidence", "No evidence was offered"
    UNSAFE = "unsafe", "It would not be safe for the person"
    ANOTHER_AGENCY = "another_agency", "Another agency does it under its own duty"
    OTHER = "other", "Another reason"


# What can be recorded together, by ticking, under the headings of the form. What needs more than a tick (a channel, an
# agency, a class) has a form of its own.
DONE: tuple[tuple[str, str, tuple[EventKind, ...]], ...] = (
    (
        "people",
        "Hearing and telling people",
        (
            EventKind.REFERENCE_GIVEN, EventKind.IMPACT_HEARD, EventKind.RIGHTS_EXPLAINED, EventKind.SPOC_TOLD,
            EventKind.LEAD_TOLD, EventKind.DECISION_EXPLAINED, EventKind.OUTCOME_TOLD, EventKind.CLOSING_EXPLAINED,
            EventKind.COMPLAINT_ROUTE_TOLD, EventKind.OTHER_ROUTE_TOLD, EventKind.REVIEW_EXPLAINED,
            EventKind.SATISFACTION_ASKED,
        ),
    ),
    (
        "support",
        "Safety and support",
        (
            EventKind.VULNERABILITY_SCREENED, EventKind.SAFETY_PLANNED, EventKind.RISK_REVIEWED,
            EventKind.SUPPORT_SIGNPOSTED, EventKind.SUPPORT_OFFERED, EventKind.SUPPORT_REFERRED,
            EventKind.HATE_REVIEWED, EventKind.HATE_SUPPORT_OFFERED, EventKind.WITNESS_ENCOURAGED,
        ),
    ),
    (
        "action",
        "Plan and action",
        (
            EventKind.DEFINITION_APPLIED, EventKind.AGENCIES_CONSULTED, EventKind.POLICE_ACCEPTED,
            EventKind.OPTIONS_CONSIDERED, EventKind.PLAN_CONSULTED, EventKind.PLAN_REVIEWED, EventKind.PLAN_COMPLETED,
            EventKind.PARTNER_ACTION, EventKind.PROBLEM_SOLVING, EventKind.PERPETRATOR_ACTION,
            EventKind.PERPETRATOR_WARNED, EventKind.OFFENDER_PLAN, EventKind.ENFORCEMENT_DECIDED,
            EventKind.PROPORTIONALITY,
        ),
    ),
    (
        "investigation",
        "Evidence and investigation",
        (
            EventKind.EVIDENCE_MEANS_GIVEN, EventKind.EVIDENCE_RECEIVED, EventKind.EVIDENCE_REVIEWED,
            EventKind.INTELLIGENCE_SHARED, EventKind.INTELLIGENCE_USED, EventKind.INVESTIGATION_DONE,
            EventKind.INVESTIGATION_REVIEWED,
        ),
    ),
    (
        "court",
        "Court",
        (
            EventKind.PROCEEDINGS_BEGUN, EventKind.SPECIAL_MEASURES, EventKind.WITNESS_SERVICE,
            EventKind.COURT_DECIDED, EventKind.PUBLICITY_DECIDED, EventKind.SENTENCE_PUBLISHED,
        ),
    ),
    (
        "wrong",
        "What should not have happened",
        (EventKind.CONFIDENCE_BREACHED, EventKind.DISCLOSURE_UNLAWFUL),
    ),
)  # fmt: skip
DONE_KINDS = frozenset(kind for _, _, kinds in DONE for kind in kinds)

# What is done in the case as a whole and not for one person: it counts for everybody in it.
OF_THE_CASE = frozenset(
    {
        EventKind.DEFINITION_APPLIED, EventKind.AGENCIES_CONSULTED, EventKind.POLICE_ACCEPTED,
        EventKind.OPTIONS_CONSIDERED, EventKind.PLAN_REVIEWED, EventKind.PLAN_COMPLETED, EventKind.PARTNER_ACTION,
        EventKind.PROBLEM_SOLVING, EventKind.PERPETRATOR_ACTION, EventKind.PERPETRATOR_WARNED,
        EventKind.OFFENDER_PLAN, EventKind.ENFORCEMENT_DECIDED, EventKind.PROPORTIONALITY,
        EventKind.INTELLIGENCE_SHARED, EventKind.INTELLIGENCE_USED, EventKind.INVESTIGATION_DONE,
        EventKind.INVESTIGATION_REVIEWED, EventKind.PROCEEDINGS_BEGUN, EventKind.COURT_DECIDED,
        EventKind.PUBLICITY_DECIDED, EventKind.SENTENCE_PUBLISHED, EventKind.DISCLOSURE_UNLAWFUL,
    }
)  # fmt: skip
