"""The gallery on a port of its own. It needs no database, so not pytest-django's live_server either."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test import override_settings
from django.test.testcases import LiveServerThread

from tests.frontend import settings as gallery_settings

# Installed apps stay those of the settings in force: to change them is slow, and the gallery needs only
# the kit itself.
VALUES: dict[str, Any] = {
    name: value
    for name, value in vars(gallery_settings).items()
    if name.isupper() and name not in {"INSTALLED_APPS", "ROOT", "VAR"}
}


@pytest.fixture(scope="module")
def gallery() -> Iterator[str]:
    """The gallery's address. No longer than a module: its settings must not reach anybody else's tests."""
    with override_settings(**VALUES):
        server = LiveServerThread("localhost", StaticFilesHandler)
        server.daemon = True
        server.start()
        server.is_ready.wait()
        if server.error:
            raise server.error
        yield f"http://localhost:{server.port}"
        server.terminate()


@pytest.fixture
def kit() -> Iterator[None]:
    """Templates, renderer and addresses of the kit, without a server."""
    with override_settings(**VALUES):
        yield
