"""Erase where an erased supporter's newsletters went; that there was one, and what became of it, stays."""

from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from members.models import Supporter
from newsletters.models import Delivery, DeliveryState, SuppressReason
from privacy.errors import Refused

STILL_TO_COME = (DeliveryState.QUEUED, DeliveryState.DEFERRED, DeliveryState.TO_PRINT)


def erase_addresses(*, supporter: Supporter) -> int:
    """Forget the addresses of this supporter's deliveries and stop those still to come; how many there are.

    Inside the caller's transaction; mail that was written to files is removed when it is committed. Raises `Refused`
    "mail_on_its_way": the mail server is being handed a letter to this supporter at this moment.
    """
    deliveries = Delivery.objects.filter(supporter=supporter)
    if deliveries.filter(state=DeliveryState.HANDING_OVER).exists():
        raise Refused(
            _("この人への通信を、いまメールサーバーに渡しているところです。送り終わってから、もう一度お試しください。"),
            code="mail_on_its_way",
        )
    deliveries.filter(state__in=STILL_TO_COME).update(state=DeliveryState.SUPPRESSED, reason=SuppressReason.LEFT)
    count = deliveries.update(email="", server_reply="")
    transaction.on_commit(partial(_remove_files, supporter.number))
    return count


def _remove_files(number: str) -> None:
    for file in (Path(settings.DATA_DIR) / "mail").glob(f"*/{number}.eml"):
        file.unlink(missing_ok=True)
