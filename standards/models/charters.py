"""A partnership's published standards, in versions, and their promises as rows to point at."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from partners.models import Partnership, User


class CharterQuerySet(models.QuerySet["Charter"]):
    def standing(self) -> CharterQuerySet:
        """Without the versions that were withdrawn before they came into force."""
        return self.filter(withdrawn_at__isnull=True)


class Charter(models.Model):
    """One version of a partnership's published standards. Never edited once in force: a new version takes over.

    Without a partnership it is the national layer: what the law adds to every partnership's own. A version that was
    withdrawn before it came into force leaves its row, and nobody else gets its number.
    """

    partnership = models.ForeignKey(
        Partnership, null=True, on_delete=models.PROTECT, related_name="charters", help_text="Empty for the layer"
    )
    version = models.PositiveIntegerField()
    effective_from = models.DateField(help_text="Matters received from this day on run under it")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60)
    document = models.CharField(max_length=200)
    body = models.JSONField(help_text="The charter file as a plain table, checked when it was loaded")
    loaded_at = models.DateTimeField(db_default=Now())
    loaded_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", help_text="Empty: whoever runs the service"
    )
    note = models.CharField(max_length=300, blank=True, help_text="What changed, in a sentence")
    withdrawn_at = models.DateTimeField(null=True, help_text="Taken back before it came into force")
    withdrawn_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    objects = CharterQuerySet.as_manager()

    class Meta:
        ordering = ["partnership", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "version"], name="charter_version_once", nulls_distinct=False
            ),
            models.UniqueConstraint(
                fields=["partnership", "effective_from"],
                condition=Q(withdrawn_at__isnull=True),
                name="charter_day_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="charter_withdrawn_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, version {self.version}"


class Promise(models.Model):
    """One numbered promise of a charter, so that clocks and figures can point at it."""

    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, related_name="promises")
    code = models.CharField(max_length=20)
    clause = models.CharField(max_length=20)
    summary = models.CharField(max_length=300)
    kinds = ArrayField(models.CharField(max_length=12))
    place = models.PositiveSmallIntegerField(help_text="Its place in the charter")

    class Meta:
        ordering = ["charter", "place"]
        constraints = [models.UniqueConstraint(fields=["charter", "code"], name="promise_code_once")]

    def __str__(self) -> str:
        return self.code
