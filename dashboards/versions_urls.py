"""Addresses of a partnership's standards through time, and of what it sets for itself."""

from django.urls import path

from dashboards import settings_views, versions

HERE = "dashboard/standards/<slug:partnership>"
LAW = {"law": True}

urlpatterns = [
    path(f"{HERE}/versions/", versions.versions, name="standards_versions"),
    path(f"{HERE}/versions/<int:version>/cases/", versions.cases, name="version_cases"),
    path(f"{HERE}/versions/<int:version>/withdraw/", versions.withdraw, name="withdraw_version"),
    path(f"{HERE}/versions/<int:old>..<int:new>/", versions.changes, name="version_changes"),
    path(f"{HERE}/law/<int:version>/cases/", versions.cases, LAW, name="law_cases"),
    path(f"{HERE}/law/<int:old>..<int:new>/", versions.changes, LAW, name="law_changes"),
    path(f"{HERE}/settings/", settings_views.settings, name="local_settings"),
    path(f"{HERE}/settings/preview/", settings_views.preview_settings, name="preview_settings"),
    path(f"{HERE}/settings/discard/", settings_views.discard_settings, name="discard_settings"),
]
