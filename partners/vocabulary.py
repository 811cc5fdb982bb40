"""Kinds of agency and the roles that people have in them."""

from django.db.models import TextChoices


class AgencyKind(TextChoices):
    """What sort of body an agency is. Responsible authorities: Crime and Disorder Act 1998 s.5."""

    COUNCIL = "council", "Council"
    COUNTY_COUNCIL = "county_council", "County council"
    POLICE = "police", "Police"
    FIRE = "fire", "Fire and rescue"
    HEALTH = "health", "Health"
    PROBATION = "probation", "Probation"
    HOUSING = "housing", "Housing provider"
    VOLUNTARY = "voluntary", "Voluntary organisation"


class Role(TextChoices):
    """What a person does for an agency within one partnership."""

    CALL_TAKER = "call_taker", "Call-taker"
    CASEWORKER = "caseworker", "Caseworker"
    TEAM_LEAD = "team_lead", "Team lead"
    MANAGER = "manager", "Partnership manager"


ROLE_EXPLANATIONS = {
    Role.CALL_TAKER: "Records reports and tells the caller what is now promised to them.",
    Role.CASEWORKER: "Works on the agency's cases and records what happened.",
    Role.TEAM_LEAD: "Does what a caseworker does, assigns cases, and reviews why promises were missed.",
    Role.MANAGER: "Sees missed promises across the whole partnership; keeps its settings, neighbourhoods, promised "
    "figures and the bank holidays.",
}
