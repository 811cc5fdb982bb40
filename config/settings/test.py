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

SITE_URL = "http://testserver"
EMAIL_BACKEND = os.environ.get("TEST_EMAIL_BACKEND", "django.core.mail.backends.locmem.EmailBackend")
EMAIL_FILE_PATH = os.environ.get("TEST_EMAIL_FILE_PATH", VAR / "test-mail")
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# live_server serves from the finders, which know no hashed names; one test builds the manifest for real.
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
