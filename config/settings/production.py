"""Production. It refuses to start with a missing or unsafe value, and names every one of them at once."""

import os
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from config.settings.base import *
from config.settings.environment import broker, database, flag, items

PRODUCTION = True

SECRET_KEY = os.environ.get("SECRET_KEY", "")
ALLOWED_HOSTS = items("ALLOWED_HOSTS")
SITE_URL = os.environ.get("SITE_URL", "").rstrip("/")
DATABASE_URL = os.environ.get("DATABASE_URL", "")
REDIS_URL = os.environ.get("REDIS_URL", "")
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "")


def _unsafe() -> list[str]:
    problems = []
    if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 10 or "development only" in SECRET_KEY:
        problems.append("SECRET_KEY must be a random text of at least 50 characters, kept secret.")
    if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
        problems.append("ALLOWED_HOSTS must name this service's host names, comma-separated, without *.")
    if urlsplit(SITE_URL).scheme != "https" or not urlsplit(SITE_URL).netloc:
        problems.append("SITE_URL must be the https:// address that people reach this service at.")
    if urlsplit(DATABASE_URL).scheme not in {"postgres", "postgresql"}:
        problems.append("DATABASE_URL must be a postgres:// address.")
    if urlsplit(REDIS_URL).scheme not in {"redis", "rediss", "unix"}:
        problems.append("REDIS_URL must be a redis://, rediss:// or unix:// address.")
    if not EMAIL_HOST:
        problems.append("EMAIL_HOST must name the mail server that alerts leave by.")
    if "@" not in DEFAULT_FROM_EMAIL:
        problems.append("DEFAULT_FROM_EMAIL must be the address that e-mails come from.")
    if flag("DJANGO_DEBUG"):
        problems.append("DJANGO_DEBUG must not be set: error pages would show people's details.")
    return problems


if problems := _unsafe():
    raise ImproperlyConfigured(
        "Production does not start with these settings:\n" + "\n".join(f"  - {problem}" for problem in problems)
    )

DATABASES = {"default": database(DATABASE_URL)}
CELERY_BROKER_URL = broker(REDIS_URL)

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS", default=True)

SECURE_SSL_REDIRECT = flag("SECURE_SSL_REDIRECT", default=True)
# Health checks come from inside, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
if flag("BEHIND_TLS_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = int(os.environ.get("SECURE_HSTS_SECONDS", str(365 * 24 * 60 * 60)))
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_TRUSTED_ORIGINS = [SITE_URL]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "config.logs.SafeJsonFormatter"}},
    "filters": {"refusals": {"()": "config.logs.RefusalsWithoutTrace"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["refusals"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
