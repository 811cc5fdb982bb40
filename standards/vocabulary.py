"""What a matter is, and why a promise was missed. The engine's own terms are in `charter` and `engine`."""

from django.db.models import TextChoices


class MatterKind(TextChoices):
    """What a partnership has undertaken to respond to."""

    CASE = "case", "Case"
    COMPLAINT = "complaint", "Complaint"
    CASE_REVIEW = "case_review", "ASB case review"
    NEIGHBOURHOOD = "neighbourhood", "Neighbourhood"
    PARTNERSHIP = "partnership", "Partnership"


class Division(TextChoices):
    """Parts of the United Kingdom with bank holidays of their own."""

    ENGLAND_AND_WALES = "england-and-wales", "England and Wales"
    SCOTLAND = "scotland", "Scotland"
    NORTHERN_IRELAND = "northern-ireland", "Northern Ireland"


class MissReason(TextChoices):
    """Why a promise was missed, as its officer sees it."""

    WORKLOAD = "workload", "Too much other work"
    ABSENCE = "absence", "Officer absent without cover"
    HANDOVER = "handover", "Delay in passing the case between agencies or officers"
    NOT_RECORDED = "not_recorded", "Done in time, but not recorded yet"
    NO_ANSWER = "no_answer", "Tried, but the person could not be reached"
    NO_DETAILS = "no_details", "No way to reach the person was known"
    SAFETY = "safety", "Not safe to make contact"
    OVERSIGHT = "oversight", "Overlooked"
    OTHER = "other", "Another reason"


class Verdict(TextChoices):
    """What the team lead makes of the reason. The promise stays missed either way."""

    ACCEPTED = "accepted", "Accepted: outside the officer's control"
    NOT_ACCEPTED = "not_accepted", "Not accepted: it should have been kept"
    MORE_NEEDED = "more_needed", "More explanation needed"


class ReplayState(TextChoices):
    """Where a history that is judged again under another charter has got to."""

    WAITING = "waiting", "Waiting to start"
    RUNNING = "running", "Being worked out"
    DONE = "done", "Finished"
    CANCELLED = "cancelled", "Cancelled"
    FAILED = "failed", "Could not be worked out"
