"""The e-mails that development writes to files, as pages. Not there in production."""

from __future__ import annotations

import email
import email.policy
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

PER_PAGE = 50


@dataclass(frozen=True)
class Written:
    """A file in the mail folder."""

    name: str
    at: datetime
    to: str
    subject: str
    body: str


@login_not_required
@require_safe
def mail(request: HttpRequest) -> HttpResponse:
    """The list, newest first. Open to all: in development there is nobody's mail in it."""
    folder = Path(settings.EMAIL_FILE_PATH)
    files = sorted(folder.glob("*.eml"), key=lambda file: file.stat().st_mtime, reverse=True)
    listing = Paginator(files, PER_PAGE).get_page(request.GET.get("page"))
    messages = [_read(file) for file in listing.object_list]
    return render(request, "notifications/mail.html", {"listing": listing, "messages_written": messages})


@login_not_required
@require_safe
def mail_message(request: HttpRequest, message: UUID) -> HttpResponse:
    file = Path(settings.EMAIL_FILE_PATH) / f"{message}.eml"
    if not file.exists():
        raise Http404
    return render(request, "notifications/mail_message.html", {"message": _read(file)})


def _read(file: Path) -> Written:
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    body = message.get_body(("plain",)) if isinstance(message, EmailMessage) else None
    return Written(
        name=file.stem,
        at=datetime.fromtimestamp(file.stat().st_mtime, tz=UTC),
        to=str(message["To"]),
        subject=str(message["Subject"]),
        body=body.get_content() if body else "",
    )
