"""Error reports without form data, cookies, local variables, rows or numbers."""

from collections.abc import ItemsView
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

from privacy.database_errors import forget_rows, without_details
from privacy.national_ids import redact


class TellNothing(SafeExceptionReporterFilter):
    """Django's default report still shows POST values and frame variables; this one shows none."""

    def is_active(self, request: HttpRequest | None) -> bool:
        return True

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        return {}

    def get_traceback_frame_variables(self, request: Any, tb_frame: Any) -> ItemsView[str, Any]:
        return {}.items()

    def get_safe_cookies(self, request: Any) -> dict[str, Any]:
        return {}

    def get_safe_request_meta(self, request: Any) -> dict[str, Any]:
        return {}


class RedactedReport(ExceptionReporter):
    """What is left, an error's message and the address asked for, is redacted in the finished report."""

    def get_traceback_html(self) -> SafeString:
        forget_rows(self.exc_value)
        return mark_safe(redact(super().get_traceback_html()))  # redacting writes no markup

    def get_traceback_text(self) -> SafeString:
        forget_rows(self.exc_value)
        return mark_safe(redact(without_details(super().get_traceback_text())))
