"""Uploads that never touch the disk."""

from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.utils.translation import gettext_lazy as _

MAX_UPLOAD_BYTES = 10 * 1024 * 1024


class UploadTooLarge(SuspiciousOperation):
    """The file is larger than `MAX_UPLOAD_BYTES`; nothing of it was kept.

    A `SuspiciousOperation`, because Django swallows `StopUpload` and would show an empty form instead.
    """

    code = "upload_too_large"
    message = _("ファイルが大きすぎます。10メガバイトまでのファイルを選んでください。何も保存していません。")


class MemoryOnlyUploadHandler(MemoryFileUploadHandler):
    """Hold the file in memory up to 10 MB; past that, stop reading and refuse the whole request."""

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None,  # noqa: N803
    ) -> None:
        self.activated = True
        self.seen = 0
        if content_length > MAX_UPLOAD_BYTES + 1024 * 1024:
            raise UploadTooLarge

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.seen += len(raw_data)
        if self.seen > MAX_UPLOAD_BYTES:
            raise UploadTooLarge
        super().receive_data_chunk(raw_data, start)
