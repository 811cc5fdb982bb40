"""Addresses for people who lead."""

from django.urls import path

from dashboards import standards_views, views
from dashboards.what_if import views as what_if

urlpatterns = [
    path("dashboard/", views.dashboard, name="dashboard"),
    path("dashboard/promises/", views.promise_list, name="promise_list"),
    path("dashboard/promises.csv", views.promise_list_csv, name="promise_list_csv"),
    path("dashboard/what-if/", what_if.what_if_list, name="what_if_list"),
    path("dashboard/what-if/<uuid:replay>/", what_if.what_if, name="what_if"),
    path("dashboard/what-if/<uuid:replay>.csv", what_if.what_if_csv, name="what_if_csv"),
    path("dashboard/what-if/<uuid:replay>/cancel/", what_if.cancel_what_if, name="cancel_what_if"),
    path("dashboard/what-if/<uuid:replay>/delete/", what_if.delete_what_if, name="delete_what_if"),
    path("promises/<int:clock>/", views.promise, name="promise"),
    path("dashboard/standards/", standards_views.standards, name="standards"),
    path("dashboard/standards/<slug:partnership>.csv", standards_views.partnership_csv, name="standards_csv"),
    path("dashboard/standards/<slug:partnership>/", standards_views.partnership_page, name="partnership_standards"),
    path("dashboard/standards/<slug:partnership>/<str:code>/", standards_views.promise_page, name="promise_figures"),
]
