"""Settings, addresses, the Celery app and the private services: what joins the house into one system."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
