"""The field's terms for reports, people and what is done for them."""

from django.db.models import TextChoices


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
