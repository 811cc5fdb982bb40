"""What a partnership sets for itself: the form, what it would have changed, and making it count.

Between the form and the preview the answers wait in the session, so that no way back loses them.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from asb_cases.views.common import acting_user, page
from dashboards.settings_forms import SettingsForm, answers_of, carried_over
from dashboards.versions import frame, own_partnership
from frontend.words import date_words
from ledger.vocabulary import EventKind
from partners.models import Partnership
from standards.changing import (
    ChangedMeanwhile,
    RefusedChange,
    change_settings,
    changed_rules,
    newest_version,
)
from standards.difference import difference
from standards.models import Charter
from standards.phrases import setting_words
from standards.policies import check_can_change_settings
from standards.preview import last_month, preview
from standards.selectors import NoCharter, layer_in_force, rules_of

DRAFTS = "settings_drafts"
# What the form itself asks; the rest is shown below it as the document has it.
ASKED = frozenset({"close_of_day", "warn_after_share", "attempts"})


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, partnership: str) -> HttpResponse:
    here, newest = _managed(request, partnership)
    draft = _drafts(request).get(here.slug)
    if request.method == "POST":
        form = _sent(request, newest)
        if form.is_valid():
            _keep(request, here, {"base": newest.pk, "typed": form.answers()})
            return redirect("preview_settings", here.slug)
    else:
        kept = carried_over(draft["typed"], _base(draft["base"]), newest) if draft else {}
        form = SettingsForm(None, newest=newest, kept=kept)
    said = setting_words(rules_of(newest.pk).settings)
    return page(
        request,
        "dashboards/settings.html",
        form=form,
        newest=newest,
        planned=newest.effective_from > timezone.localdate(),
        draft=draft,
        fixed=[words for key, words in said.items() if key not in ASKED],
        **frame(request, here, "settings"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def preview_settings(request: HttpRequest, partnership: str) -> HttpResponse:
    """What the settings would have changed last month; and from here they are made to count."""
    here, newest = _managed(request, partnership)
    draft = _drafts(request).get(here.slug)
    if draft is None:
        return redirect("local_settings", here.slug)
    form = SettingsForm(draft["typed"], newest=newest)
    if draft["base"] != newest.pk:
        return _back(request, here, str(ChangedMeanwhile(newest)))
    if not form.is_valid():
        return _back(request, here, str(next(iter(form.errors.values()))[0]))
    if request.method == "POST":
        return _make(request, here, form)
    layer = layer_in_force(timezone.localdate())
    law = rules_of(layer.pk) if layer else None
    present, (changed, _) = rules_of(newest.pk), changed_rules(newest, form.local)
    first_day, last_day = last_month(timezone.localdate())
    return page(
        request,
        "dashboards/settings_preview.html",
        changed=difference(present, changed, dict(EventKind.choices)),
        effective_from=form.cleaned_data["effective_from"],
        note=form.cleaned_data["note"],
        newest=newest,
        preview=preview(
            partnership=here.pk,
            first_day=first_day,
            last_day=last_day,
            present=present.with_layer(law),
            changed=changed.with_layer(law),
            now=timezone.now(),
        ),
        **frame(request, here, "settings"),
    )


@require_POST
def discard_settings(request: HttpRequest, partnership: str) -> HttpResponse:
    """Forget the answers that were not made to count."""
    here, _ = _managed(request, partnership)
    _keep(request, here, None)
    messages.success(request, "Your changes were discarded.")
    return redirect("local_settings", here.slug)


def _make(request: HttpRequest, here: Partnership, form: SettingsForm) -> HttpResponse:
    data = form.cleaned_data
    try:
        version = change_settings(
            partnership=here.pk,
            base=form.newest.pk,
            local=form.local,
            effective_from=data["effective_from"],
            by=acting_user(request),
            note=data["note"],
        )
    except RefusedChange as refusal:
        return _back(request, here, str(refusal))
    _keep(request, here, None)
    day = date_words(version.effective_from)
    messages.success(request, f"Version {version.version} was made. What is received from {day} on runs under it.")
    return redirect("standards_versions", here.slug)


def _managed(request: HttpRequest, slug: str) -> tuple[Partnership, Charter]:
    """The partnership that the person manages, and its newest version."""
    here = own_partnership(request, slug)
    check_can_change_settings(acting_user(request), here.pk)
    try:
        return here, newest_version(here.pk)
    except NoCharter as error:
        raise Http404 from error


def _sent(request: HttpRequest, newest: Charter) -> SettingsForm:
    """The form as it was sent. Upon a version that is not the newest any more, it says so and is put upon that one."""
    base = request.POST.get("base", "")
    if base == str(newest.pk):
        return SettingsForm(request.POST, newest=newest)
    typed = {name: str(value) for name, value in request.POST.items()}
    form = SettingsForm({**answers_of(newest), **carried_over(typed, _base(base), newest)}, newest=newest)
    form.add_error(None, str(ChangedMeanwhile(newest)))
    return form


def _base(charter: Any) -> Charter | None:
    return Charter.objects.filter(pk=charter).first() if str(charter).isdecimal() else None


def _back(request: HttpRequest, here: Partnership, why: str) -> HttpResponse:
    messages.error(request, f"{why.rstrip('.')}.")
    return redirect("local_settings", here.slug)


def _drafts(request: HttpRequest) -> dict[str, Any]:
    drafts: dict[str, Any] = request.session.get(DRAFTS, {})
    return drafts


def _keep(request: HttpRequest, here: Partnership, draft: dict[str, Any] | None) -> None:
    drafts = {slug: each for slug, each in _drafts(request).items() if slug != here.slug}
    request.session[DRAFTS] = drafts | ({here.slug: draft} if draft else {})
