"""A history judged again under another charter: asked for, worked on, kept."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from partners.models import Partnership, User
from standards.models.charters import Charter
from standards.vocabulary import ReplayState


class Replay(models.Model):
    """ "What would have been, had that charter been ours then?" The row is the request, the progress and the answer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+", help_text="Whose history")
    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, related_name="+", help_text="The other standards")
    first_day = models.DateField()
    last_day = models.DateField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(db_default=Now())
    state = models.CharField(max_length=10, choices=ReplayState, default=ReplayState.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    claimed_until = models.DateTimeField(
        null=True, help_text="A worker has it; when that has passed another takes over"
    )
    finished_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0, help_text="How often a worker began it")
    result = models.JSONField(null=True, help_text="Figures by promise, under both charters")
    failure = models.CharField(max_length=300, blank=True, help_text="Why not, for whoever asked")

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ReplayState.values), name="replay_state_known"),
            models.CheckConstraint(condition=Q(first_day__lte=F("last_day")), name="replay_days_in_order"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "running"], finished_at__isnull=True)
                | (~Q(state__in=["waiting", "running"]) & Q(finished_at__isnull=False)),
                name="replay_finished_when_over",
            ),
            models.CheckConstraint(
                condition=Q(state="done", result__isnull=False) | (~Q(state="done") & Q(result__isnull=True)),
                name="replay_result_when_done",
            ),
            models.UniqueConstraint(fields=["state"], condition=Q(state="running"), name="replay_one_at_a_time"),
            models.CheckConstraint(
                condition=Q(state="failed", failure__gt="") | (~Q(state="failed") & Q(failure="")),
                name="replay_failure_when_failed",
            ),
            models.CheckConstraint(
                condition=Q(state="running", claimed_until__isnull=False)
                | (~Q(state="running") & Q(claimed_until__isnull=True)),
                name="replay_claimed_while_running",
            ),
        ]
        indexes = [
            models.Index(fields=["asked_at"], condition=Q(finished_at__isnull=True), name="replay_to_do"),
            models.Index(fields=["partnership", "-asked_at"], name="replay_list"),
        ]

    def __str__(self) -> str:
        return f"Replay {self.pk}"

    @property
    def over(self) -> bool:
        return self.finished_at is not None
