"""Error pages that Django does not make by itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a valid token: signed out meanwhile, or cookies refused. What was typed is still in the tab."""
    return render(request, "403_csrf.html", status=403)
