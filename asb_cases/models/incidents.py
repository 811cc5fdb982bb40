"""Incidents known without a person: open data that shows where anti-social behaviour is, and promises nothing."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from asb_cases.vocabulary import Category
from partners.models import Partnership


class Incident(models.Model):
    """Something that happened at a place, known to the month, from a published source. No clock starts for it."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=60)
    external_reference = models.CharField(max_length=100)
    month = models.DateField(help_text="The first day of the month it happened in")
    category = models.CharField(max_length=20, choices=Category)
    force = models.CharField(max_length=80, blank=True, help_text="The police force that recorded it")
    place = models.CharField(max_length=200, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=6, null=True)
    lsoa = models.CharField(max_length=9, blank=True, help_text="Lower layer super output area")
    lsoa_name = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "source", "external_reference"], name="incident_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="incident_month_is_first_day"),
            models.CheckConstraint(condition=Q(category__in=Category.values), name="incident_category_known"),
            models.CheckConstraint(
                condition=Q(longitude__isnull=True, latitude__isnull=True)
                | Q(longitude__range=(-180, 180), latitude__range=(-90, 90)),
                name="incident_point_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"Incident {self.external_reference}"
