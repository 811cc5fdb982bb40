"""The way in, and pages about the service itself."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from asb_cases.policies import CASEWORKERS
from frontend.forms import GovukFormMixin
from partners.models import User
from partners.selectors import desks_of
from partners.vocabulary import Role


class SignInForm(GovukFormMixin, AuthenticationForm):
    error_anchor = "username"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        username = self.fields["username"]
        username.label = "E-mail address"
        # The page begins at its top, as every other: whoever listens to it hears first where she is.
        del username.widget.attrs["autofocus"]


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    template_name = "registration/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """To where the person's work is."""
    user = request.user
    roles = {desk.role for desk in desks_of(user)} if isinstance(user, User) else set()
    if roles & {Role.TEAM_LEAD, Role.MANAGER}:
        return redirect("dashboard")
    if roles & set(CASEWORKERS):
        return redirect("cases")
    if Role.CALL_TAKER in roles:
        return redirect("record_report")
    return render(request, "no_role.html", status=403)


@login_not_required
@require_safe
def accessibility_statement(request: HttpRequest) -> HttpResponse:
    return render(request, "accessibility_statement.html")
