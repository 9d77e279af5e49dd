"""A mail server on loopback, and an installation that is configured with it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.newsletters.mail_sink import Sink


@pytest.fixture(autouse=True)
def own_data_folder(settings, tmp_path: Path) -> Path:
    """Mail files and the sender's lock lie in a folder of the test."""
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def no_server(settings) -> None:
    settings.MAIL_IS_CONFIGURED = False


@pytest.fixture
def sink(settings) -> Iterator[Sink]:
    """A mail server that takes everything unless told otherwise; the installation is configured with it."""
    with Sink() as server:
        settings.MAIL_IS_CONFIGURED = True
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_TIMEOUT = 10
        yield server
