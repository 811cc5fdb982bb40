"""Addresses for people who lead."""

from django.urls import path

from dashboards import views

urlpatterns = [
    path("dashboard/", views.dashboard, name="dashboard"),
    path("dashboard/promises/", views.promise_list, name="promise_list"),
    path("dashboard/promises.csv", views.promise_list_csv, name="promise_list_csv"),
    path("promises/<int:clock>/", views.promise, name="promise"),
]
