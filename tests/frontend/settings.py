"""Just enough settings to show the gallery: no database, none of the apps that need one.

    DJANGO_SETTINGS_MODULE=tests.frontend.settings python manage.py runserver --noreload --insecure

shows it to a person. The tests take these values over whatever settings they run under (see conftest).
"""

from config.settings.base import CONTENT_SECURITY_POLICY, ROOT, VAR

SECRET_KEY = "tests only " * 6
DEBUG = False
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = [
    "frontend",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
]
MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
ROOT_URLCONF = "tests.frontend.gallery.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates", ROOT / "tests/frontend/gallery/templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["frontend.templatetags.govuk"],
        },
    }
]
FORM_RENDERER = "frontend.forms.GovukRenderer"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"
STATIC_URL = "/static/"
STATICFILES_DIRS = [VAR / "assets"]
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False

# The policy of the real service: a gallery that needs less of it would prove nothing.
CONTENT_SECURITY_POLICY = CONTENT_SECURITY_POLICY
