"""A developer's machine, and the demonstration that script/server starts."""

import os

from config import embedded
from config.settings.base import *
from config.settings.environment import broker, database, flag, items

PRODUCTION = False
DEBUG = flag("DJANGO_DEBUG")
SECRET_KEY = os.environ.get("SECRET_KEY", "development only: never protects real data " * 2)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *items("ALLOWED_HOSTS")]

DATABASES = {"default": database(os.environ.get("DATABASE_URL") or embedded.database_url())}
REDIS_URL = os.environ.get("REDIS_URL") or embedded.redis_url()
CELERY_BROKER_URL = broker(REDIS_URL)

SITE_URL = os.environ.get("SITE_URL", f"http://127.0.0.1:{os.environ.get('PORT', '8000')}")

# E-mails land as files, and on the page /development/mail/.
EMAIL_BACKEND = "notifications.backends.FileBackend"
EMAIL_FILE_PATH = VAR / "mail"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "filters": {"refusals": {"()": "config.logs.RefusalsWithoutTrace"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["refusals"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
