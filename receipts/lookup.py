"""Find one receipt by the number that stands on it."""

from django.utils.translation import gettext as _

from privacy.errors import Refused
from privacy.national_ids import FieldClass, blank
from receipts.models import Receipt


def receipt_by_number(number: str) -> Receipt:
    """The receipt; raises `Refused` "unknown_receipt" when nobody has that number."""
    found = Receipt.objects.filter(number=number).first()
    if found is None:
        typed = blank(number, FieldClass.STRUCTURED)[0]
        raise Refused(_("領収書番号「%s」はありません。番号を確かめてください。") % typed, code="unknown_receipt")
    return found
