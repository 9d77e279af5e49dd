"""Mail as files, for a group that has no mail server yet, or wants to look first."""

import os
from pathlib import Path

from django.conf import settings

from newsletters.models import Newsletter


def folder_of(newsletter: Newsletter) -> Path:
    """Where the files of one newsletter lie, in the data directory."""
    return Path(settings.DATA_DIR) / "mail" / str(newsletter.pk)


def test_folder() -> Path:
    """Where test mails lie."""
    return Path(settings.DATA_DIR) / "mail" / "test"


def put(folder: Path, name: str, message: bytes) -> Path:
    """Write one message, whole or not at all, readable by the owner only; an older file of that name is replaced."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path, making = folder / f"{name}.eml", folder / f".{name}.part"
    handle = os.open(making, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(message)
    making.replace(path)
    return path
