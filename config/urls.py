"""All addresses."""

from django.conf import settings
from django.contrib.auth.views import LogoutView
from django.urls import URLPattern, URLResolver, include, path

from config import health, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("sign-in/", views.SignIn.as_view(), name="sign_in"),
    path("sign-out/", LogoutView.as_view(), name="sign_out"),
    path("accessibility/", views.accessibility_statement, name="accessibility_statement"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", include("asb_cases.urls")),
    path("", include("dashboards.versions_urls")),  # before the pages of single promises, which take any word
    path("", include("community.urls")),
    path("", include("dashboards.urls")),
    path("", include("portal.urls")),
    path("", include("standards.urls")),
    path("", include("portal.calculator_urls")),
]

if not settings.PRODUCTION:
    urlpatterns.append(path("development/", include("notifications.urls")))
