"""Which standards can be tried, and which what-ifs a person sees."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Now, TruncDate

from partners.models import User
from partners.selectors import desks_as
from standards.models import Charter, Replay
from standards.selectors import LEADING


def partnerships_led_by(user: User) -> dict[UUID, str]:
    """Those whose history she may look at as a whole, with their names."""
    return {desk.partnership: desk.partnership_name for desk in desks_as(user, LEADING)}


def charters_to_try(user: User) -> list[Charter]:
    """What is in force anywhere, and every version of one's own; with only one of one's own, that says nothing new."""
    mine = partnerships_led_by(user)
    known = Charter.objects.standing().filter(partnership__isnull=False)
    stored = known.defer("body").order_by("short_name", "-version")
    in_force = stored.filter(effective_from__lte=TruncDate(Now())).order_by("partnership_id", "-effective_from")
    latest = in_force.distinct("partnership_id").values("pk")
    found = list(stored.filter(Q(pk__in=latest) | Q(partnership__in=mine)))
    alone = {one for one in mine if sum(charter.partnership_id == one for charter in found) == 1}
    return [charter for charter in found if charter.partnership_id not in alone or len(mine) > 1]


def replays_of(user: User) -> QuerySet[Replay]:
    """The what-ifs of the partnerships that she leads in, newest first."""
    return (
        Replay.objects.filter(partnership__in=partnerships_led_by(user))
        .select_related("charter", "partnership", "asked_by")
        .defer("charter__body")
    )
