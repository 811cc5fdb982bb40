"""Development's pages of the e-mails that would have been sent."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from notifications.models import Message
from notifications.services import dispatch
from standards.sweep import sweep
from tests.cast import Cast


@pytest.fixture
def folder(settings, tmp_path: Path) -> Path:
    settings.EMAIL_BACKEND = "notifications.backends.FileBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    return settings.EMAIL_FILE_PATH


def test_the_list_is_empty_before_anything_was_sent(db: None, folder: Path) -> None:
    assert b"No e-mails yet" in Client().get(reverse("development_mail")).content


def test_each_e_mail_is_a_file_a_row_and_a_page(cast: Cast, folder: Path) -> None:
    case = cast.case()
    sweep()
    assert dispatch() == 1
    message = Message.objects.get()
    assert [file.name for file in folder.iterdir()] == [f"{message.pk}.eml"]
    page = reverse("development_mail_message", kwargs={"message": message.pk})
    assert page.encode() in Client().get(reverse("development_mail")).content
    shown = Client().get(page).content.decode()
    assert case.matter.reference in shown
    assert "amira.khan@example.org" in shown


def test_sending_again_overwrites_the_file(cast: Cast, folder: Path) -> None:
    cast.case()
    dispatch()
    Message.objects.update(status="queued", sent_at=None, next_try_at=Message.objects.get().queued_at)
    assert dispatch() == 1
    assert len(list(folder.iterdir())) == 1


def test_an_e_mail_that_is_not_there_is_not_found(db: None, folder: Path) -> None:
    address = reverse("development_mail_message", kwargs={"message": "00000000-0000-4000-8000-000000000000"})
    assert Client().get(address).status_code == 404
