"""The tests: real PostgreSQL, real Redis (its database 15), quick password hashes, e-mail in memory."""

import os

from config.settings.base import *
from config.settings.environment import broker, database

PRODUCTION = False
SECRET_KEY = "tests only " * 6
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]

# config.pytest_services sets both before pytest-django reads this; type checking needs neither.
DATABASES = {"default": database(os.environ.get("DATABASE_URL") or "postgres://not-started/asb")}
DATABASES["default"]["CONN_MAX_AGE"] = 0
REDIS_URL = os.environ.get("REDIS_URL") or "unix:///not-started"
CELERY_BROKER_URL = broker(REDIS_URL)

# A real beat in a test does not keep it waiting, and no test waits for the daily seal.
CELERY_BEAT_SCHEDULE = {
    name: {**entry, "schedule": 1.0} for name, entry in CELERY_BEAT_SCHEDULE.items() if name != "seal"
}

SITE_URL = "http://testserver"
EMAIL_BACKEND = os.environ.get("TEST_EMAIL_BACKEND", "django.core.mail.backends.locmem.EmailBackend")
EMAIL_FILE_PATH = os.environ.get("TEST_EMAIL_FILE_PATH", VAR / "test-mail")
EMAIL_HOST = "127.0.0.1"
EMAIL_PORT = int(os.environ.get("TEST_EMAIL_PORT", "1"))  # port 1: nobody listens
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# live_server serves from the finders, which know no hashed names; one test builds the manifest for real.
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
