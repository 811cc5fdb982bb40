"""The Celery app: the engine that runs the loops. It never holds a deadline (ADR 0003)."""

import os

from celery import Celery

from config import broker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")

broker.use_for_redis_urls()

app = Celery("asb")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
