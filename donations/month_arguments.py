"""What a person types at a terminal to name a month of an account."""

import re
from datetime import date

from django.utils.translation import gettext as _

from donations.account_choice import find_account
from members.models import BankAccount
from privacy.errors import Refused


def account_of(text: str) -> BankAccount:
    """The account with this number, or with this name (cash has no number). Raises `Refused` "unknown_account"."""
    named = list(BankAccount.objects.filter(name=text.strip()).order_by("pk")[:2])
    return named[0] if len(named) == 1 else find_account(text)


def month_of(text: str) -> date:
    """The first day of a month written 2026-10. Raises `Refused` "bad_month"."""
    written = re.fullmatch(r"([0-9]{4})-([0-9]{1,2})", text.strip())
    year, month = (int(written[1]), int(written[2])) if written else (0, 0)
    if not (1900 <= year <= 2999 and 1 <= month <= 12):
        raise Refused(_("月は 2026-10 のように、西暦の年と月を - でつないで書いてください。"), code="bad_month", column="MONTH")
    return date(year, month, 1)
