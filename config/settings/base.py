"""What holds in every environment. Whatever differs comes from the environment; README lists the variables."""

import os
from pathlib import Path

from celery.schedules import crontab
from csp.constants import NONE, SELF

ROOT = Path(__file__).resolve().parent.parent.parent
# Everything that is made while running: assets, private services, e-mails as files, seals.
VAR = Path(os.environ.get("ASB_VAR", ROOT / "var")).resolve()

DEBUG = False
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "dashboards",
    "community",
    "portal",
    "asb_cases",
    "standards",
    "notifications",
    "partners",
    "ledger",
    "frontend",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.middleware.keep_out_of_caches",
]

# --- time and language ------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False  # one language for now; dates and numbers are formatted by frontend's filters

# --- people -----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "partners.User"
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign_in"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "config.errors.form_expired"

# --- pages ------------------------------------------------------------------------------------------
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.page",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["frontend.templatetags.govuk"],
        },
    }
]
FORM_RENDERER = "frontend.forms.GovukRenderer"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [ROOT / "var" / "assets"]  # compiled by script/build_assets.py from static/
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "frontend.storage.HashedStorage"},
}

# --- security ---------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        # The hash is that of GOV.UK Frontend's one-line "js-enabled" snippet (a test holds the two together).
        "script-src": [SELF, "'sha256-GUQ5ad8JK5KmEWmROf3LZd9ge94daqNvd8xy9YS1iDw='"],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# --- loops ------------------------------------------------------------------------------------------
# Celery runs them and may lose or repeat any of them (ADR 0003); all state is in PostgreSQL.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 240
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 5
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 300,
    "socket_timeout": 5,
    "socket_connect_timeout": 5,
}
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "run" / "beat-schedule")
# A run that waited longer than its own period is dropped: the next one does its work.
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "standards.sweep", "schedule": 20.0, "options": {"expires": 20}},
    "turn_over": {"task": "standards.turn_over", "schedule": 300.0, "options": {"expires": 300}},
    "replay": {"task": "standards.replay", "schedule": 10.0, "options": {"expires": 10}},
    "dispatch": {"task": "notifications.dispatch", "schedule": 10.0, "options": {"expires": 10}},
    "compute_measures": {"task": "standards.compute_measures", "schedule": crontab(hour="4", minute="10")},
    "seal": {"task": "ledger.seal", "schedule": 24 * 60 * 60.0},
}
SWEEP_STALE_AFTER_SECONDS = 300
# To be copied off the machine (docs/operations.md).
LEDGER_SEAL_FILE = os.environ.get("LEDGER_SEAL_FILE", str(VAR / "seals.txt"))

# --- e-mail -----------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = "Anti-social behaviour cases <no-reply@localhost>"
EMAIL_TIMEOUT = 20

SILENCED_SYSTEM_CHECKS: list[str] = []
