"""Celery wrappers."""

from celery import shared_task

from standards.computed import compute_measures
from standards.duties import turn_over
from standards.replays import work_off
from standards.sweep import sweep


@shared_task(name="standards.sweep")
def sweep_task() -> None:
    sweep()


@shared_task(name="standards.turn_over")
def turn_over_task() -> None:
    turn_over()


@shared_task(name="standards.compute_measures")
def compute_measures_task() -> None:
    compute_measures()


# It may take long, and whoever takes over finds in the row whose it is: not to be handed out a second time.
@shared_task(name="standards.replay", acks_late=False, time_limit=6 * 60 * 60)
def replay_task() -> None:
    work_off()
