"""Find one receipt by the number that stands on it."""

from django.utils.translation import gettext as _

from privacy.errors import Refused
from receipts.models import Receipt


def receipt_by_number(number: str) -> Receipt:
    """The receipt; raises `Refused` "unknown_receipt" when nobody has that number."""
    found = Receipt.objects.filter(number=number).first()
    if found is None:
        raise Refused(_("領収書番号「%s」はありません。番号を確かめてください。") % number, code="unknown_receipt")
    return found
