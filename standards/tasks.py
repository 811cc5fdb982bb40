"""Celery wrappers."""

from celery import shared_task

from standards.sweep import sweep


@shared_task(name="standards.sweep")
def sweep_task() -> None:
    sweep()
