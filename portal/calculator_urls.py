"""Addresses of the deadline calculator."""

from django.urls import path

from portal import calculator

urlpatterns = [path("deadlines/", calculator.deadlines, name="deadlines")]
