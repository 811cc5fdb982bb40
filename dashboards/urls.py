"""Addresses for people who lead."""

from django.urls import path

from dashboards import standards_views, views

urlpatterns = [
    path("dashboard/", views.dashboard, name="dashboard"),
    path("dashboard/promises/", views.promise_list, name="promise_list"),
    path("dashboard/promises.csv", views.promise_list_csv, name="promise_list_csv"),
    path("promises/<int:clock>/", views.promise, name="promise"),
    path("dashboard/standards/", standards_views.standards, name="standards"),
    path("dashboard/standards/<slug:partnership>.csv", standards_views.partnership_csv, name="standards_csv"),
    path("dashboard/standards/<slug:partnership>/", standards_views.partnership_page, name="partnership_standards"),
    path("dashboard/standards/<slug:partnership>/<slug:code>/", standards_views.promise_page, name="promise_figures"),
]
