"""Celery wrappers."""

from celery import shared_task

from ledger.seals import seal


@shared_task(name="ledger.seal")
def seal_task() -> None:
    seal()
