"""Erase the name and address on an erased supporter's receipts; numbers, days and yen stay."""

from django.utils.translation import gettext as _

from members.erasing import ERASED_NAME
from members.models import Supporter
from privacy.errors import Refused
from receipts.models import Receipt, ReceiptPrintRun

WORDS = {"addressee": ERASED_NAME, "contact_name": "", "postal_code": "", "address": "", "wording": ""}


def erase_addressees(*, supporter: Supporter) -> int:
    """Overwrite the addressee of every receipt of this supporter; how many. Inside the caller's transaction.

    Raises `Refused` "print_run_waits": a file with such a receipt waits for the answer whether it was printed.
    """
    receipts = Receipt.objects.filter(supporter=supporter)
    if ReceiptPrintRun.objects.waiting().filter(receipts__in=receipts).exists():
        raise Refused(
            _("この人の領収書が、まだ「印刷できましたか」に答えていない印刷に入っています。先に、領収書のページで答えてください。"),
            code="print_run_waits",
        )
    return receipts.update(**WORDS)
