"""Development only: what would have been sent."""

from django.urls import path

from notifications import views

urlpatterns = [
    path("mail/", views.mail, name="development_mail"),
    path("mail/<uuid:message>/", views.mail_message, name="development_mail_message"),
]
