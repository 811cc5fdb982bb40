"""Addresses for everybody."""

from django.urls import path

from portal import views

urlpatterns = [
    path("standards/", views.partnerships, name="public_standards"),
    path("standards/<slug:partnership>/", views.standards, name="public_standards_of"),
    path("standards/<slug:partnership>/<str:code>/", views.promise, name="public_promise"),
]
