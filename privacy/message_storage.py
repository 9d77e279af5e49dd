"""Messages of one page to the next travel in a cookie or in the session: none of them carries a number."""

from typing import Any

from django.contrib.messages.storage.fallback import FallbackStorage

from privacy.national_ids import redact


class GuardedMessages(FallbackStorage):
    """Django's storage; a number in a message is replaced, since what the message tells of is already done."""

    def add(self, level: int, message: Any, extra_tags: str | None = "") -> None:
        clean = redact(str(message))
        super().add(level, message if clean == str(message) else clean, extra_tags)
