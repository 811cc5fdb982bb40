"""Celery wrappers."""

from celery import shared_task

from notifications.services import dispatch


@shared_task(name="notifications.dispatch")
def dispatch_task() -> None:
    dispatch()
