"""Addresses of the engine's own pages."""

from django.urls import path

from standards import views

urlpatterns = [
    path("bank-holidays/", views.bank_holidays, name="bank_holidays"),
    path("bank-holidays/<int:day>/remove/", views.remove_bank_holiday, name="remove_bank_holiday"),
]
