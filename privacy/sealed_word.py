"""Facts on their way through a page: signed and compressed into one word, kept nowhere else (docs/decisions/0002)."""

from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from privacy.errors import Refused


def seal(facts: dict[str, Any], *, salt: str) -> str:
    """The word for a hidden field. `facts` is JSON data without anything that must not be stored."""
    return signing.dumps(facts, salt=salt, compress=True)


def unseal(word: str, *, salt: str, minutes: int) -> dict[str, Any]:
    """The facts again.

    Raises `Refused`: "preview_expired" after `minutes`, "preview_damaged" when a sign of it was changed.
    """
    try:
        facts: dict[str, Any] = signing.loads(word, salt=salt, max_age=minutes * 60)
    except signing.SignatureExpired as error:
        raise Refused(
            _("確かめる画面を開いてから時間がたちすぎました。何も取り込んでいません。ファイルをもう一度選んでください。"),
            code="preview_expired",
        ) from error
    except signing.BadSignature as error:
        raise Refused(
            _("送られた内容が壊れています。何も取り込んでいません。ファイルをもう一度選んでください。"), code="preview_damaged"
        ) from error
    return facts
