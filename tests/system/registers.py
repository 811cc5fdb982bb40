"""What Cherwell owes its public: a neighbourhood, something that was shown, a figure and a target."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from community.figures import figures
from community.models import Channel, Publication
from community.services.duties import add_neighbourhood, begin_partnership_duty
from community.services.measures import enter_value, set_target
from community.services.publications import Shown, record_publication
from ledger.vocabulary import EventKind
from standards.models import Matter, MeasureTarget, MeasureValue
from tests import answers
from tests.cast import Cast

MEASURE = "CHER-1a"


@dataclass
class Registers:
    cast: Cast
    duty: Matter  # to Orchard Park
    publication: Publication  # recorded by Priya
    channel: Channel
    value: MeasureValue
    target: MeasureTarget

    @property
    def told(self) -> dict[str, dict[str, Any]]:
        """What stands in their addresses, by the name of the part."""
        return {
            "partnership": {"partnership": "cherwell"},
            "code": {"code": MEASURE},
            "duty": {"duty": self.duty.pk},
            "neighbourhood": {"neighbourhood": self.duty.neighbourhood_id},
            "publication": {"publication": self.publication.pk},
            "channel": {"channel": self.channel.pk},
            "value": {"value": self.value.pk},
            "target": {"target": self.target.pk},
        }

    def good_answers(self) -> dict[str, answers.Answers]:
        cast, today = self.cast, timezone.localdate()
        place, duty = "community/neighbourhoods/<uuid:neighbourhood>/", "community/duties/<uuid:duty>/"
        measure = "community/measures/<slug:partnership>/<str:code>/"
        council, police = (str(cast.cherwell.memberships.get(agency=one).pk) for one in (cast.council, cast.police))
        elsewhere = str(cast.coventry.memberships.get().pk)
        (figure,) = figures([cast.cherwell], today, [MEASURE])
        _, last = figure.periods(today)[0]
        since, until = answers.day("valid_from", today), answers.day("at", today)
        return {
            "community/publications/<uuid:publication>/withdraw/": {"reason": "It was another hall."},
            "community/duties/new/": {"membership": elsewhere, "officer": "", **since},
            f"{duty}record/": {
                "kind": "neighbourhood.informed",
                **answers.moment("at", timezone.now() - timedelta(minutes=5)),
                "channel": str(self.channel.pk),
                "title": "Newsletter",
                "text": "What was done.",
            },
            f"{duty}hand-over/": {"membership": police, "officer": str(cast.alex.pk), "reason": "agreed"},
            "community/neighbourhoods/new/": {"name": "Canalside", "membership": council, "officer": "", **since},
            f"{place}rename/": {"name": "Orchard Park and Mill"},
            f"{place}end/": until,
            "community/channels/": {"name": "Bluetooth", **since},
            "community/channels/<int:channel>/retire/": until,
            f"{measure}values/new/": {
                "period": last.isoformat(),
                "number": "30.5",
                "source": "Residents’ survey",
                **answers.day("published_on", today),
            },
            f"{measure}targets/new/": {
                "baseline": "31.9",
                "source": "Residents’ survey",
                "target": "28",
                **answers.day("starts_on", today),
                **answers.day("ends_on", today + timedelta(days=700)),
            },
        }


def keep(cast: Cast, places: int = 1) -> Registers:
    """The duties of so many neighbourhoods and of the whole partnership, with a publication, figure and target each."""
    today, grace = timezone.localdate(), cast.grace
    since = today - timedelta(days=60)
    council = {"agency": cast.council.pk, "officer": cast.priya.pk, "by": grace}
    begin_partnership_duty(partnership=cast.cherwell.pk, since=since, **council)
    names = ["Orchard Park", *(f"Ward {number}" for number in range(1, places))]
    every = [
        add_neighbourhood(partnership=cast.cherwell.pk, name=name, valid_from=since, **council) for name in names
    ]  # fmt: skip
    channel = Channel.objects.get(partnership=cast.cherwell, name="Newsletter")
    shown = Shown(
        kind=EventKind.NEIGHBOURHOOD_INFORMED, at=timezone.now() - timedelta(days=3), title="Autumn newsletter",
        text="Noise at night, and what is done about it.", url="https://www.example.org/news", channel=channel,
        audience="Every household",
    )  # fmt: skip
    duties = [Matter.objects.get(neighbourhood=one) for one in every]
    publications = [record_publication(duty=duty, shown=shown, by=cast.priya) for duty in duties]
    (figure,) = figures([cast.cherwell], today, [MEASURE])
    measure = {"partnership": cast.cherwell.pk, "code": MEASURE, "source": "Residents’ survey", "by": grace}
    values = [
        enter_value(period=period, figure=Decimal("31.2"), published_on=today, **measure)
        for period in figure.periods(today)[:places]
    ]
    targets = [
        set_target(
            baseline=Decimal("31.9"), figure=Decimal("29"), starts_on=since,
            ends_on=today + timedelta(days=400 + number), **measure,
        )
        for number in range(places)
    ]  # fmt: skip
    return Registers(cast, duties[0], publications[0], channel, values[0], targets[0])
