"""Closed months: which they are, and the sentence that refuses to touch one."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from donations.calendar_months import first_of, month_words
from donations.models import MonthClosing
from privacy.errors import Refused

Place = tuple[int, date]
"""An account (its key) and a day of its ledger."""


def closed_now() -> QuerySet[MonthClosing]:
    """The closings that stand, oldest month first."""
    return MonthClosing.objects.filter(reopened_at=None).select_related("account").order_by("month", "pk")


def refuse_closed(places: Iterable[Place]) -> None:
    """Raise `Refused` "month_closed" where one of these days lies in a month that is closed for its account.

    Call it under the account's or the row's lock, in the transaction that writes. One query; none without places.
    """
    months = {(account_id, first_of(day)) for account_id, day in places}
    if not months:
        return
    standing = closed_now().filter(
        account__in={account_id for account_id, _month in months}, month__in={month for _account, month in months}
    )
    closing = next((one for one in standing if (one.account_id, one.month) in months), None)
    if closing is not None:
        raise Refused(closed_sentence(closing), code="month_closed")


def closed_sentence(closing: MonthClosing) -> str:
    """Who closed the month and when, and what to do."""
    closed_on = timezone.localdate(closing.closed_at)
    return _(
        "「%(account)s」の%(month)sは、%(year)d年%(mm)d月%(dd)d日に%(who)sさんが締めました。何も変えていません。"
        "直すときは、会計の人が「銀行の明細」のその口座のページで%(month)sを開いてから、もう一度してください。"
    ) % {
        "account": closing.account.name,
        "month": month_words(closing.month),
        "year": closed_on.year,
        "mm": closed_on.month,
        "dd": closed_on.day,
        "who": closing.closed_by,
    }
