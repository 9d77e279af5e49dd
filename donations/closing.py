"""月締め: close a month of an account, and open it again with a reason."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from donations.calendar_months import first_of, month_words
from donations.models import MonthClosing
from donations.month_checks import month_states
from donations.months import closed_now
from members.models import BankAccount
from privacy.errors import Refused
from privacy.recording import record


def close_month(
    *, account_id: int, month: date, said_whole: bool = False, at: datetime, by: str
) -> MonthClosing:
    """Close a month (any of its days) whose rows are all decided and whose balance is the bank's.

    `said_whole`: a person says that nothing is missing on the days that no file shows whole; needed then, and kept.
    Months are closed in any order: each is proved by the bank's own balances.
    Raises `BankAccount.DoesNotExist`; `Refused`: "already_closed", "month_not_ready" (the sentence says what is
    missing), "days_not_shown" (only that word is missing).
    """
    month = first_of(month)
    with transaction.atomic():
        account = BankAccount.objects.select_for_update().get(pk=account_id)
        (state,) = month_states(account, [month], today=timezone.localdate(at))
        if state.closing is not None:
            raise Refused(_("%(month)sは、もう締めてあります。") % {"month": month_words(month)}, code="already_closed")
        if state.in_the_way:
            raise Refused(
                _("%(month)sは、まだ締められません。%(why)s")
                % {"month": month_words(month), "why": "".join(one.words for one in state.in_the_way)},
                code="month_not_ready",
            )
        if state.needs_word and not said_whole:
            raise Refused(
                _("%(month)sは、まだ締めていません。%(why)s抜けている明細がないことを確かめて、そこに印を付けてください。")
                % {"month": month_words(month), "why": "".join(one.words for one in state.missing)},
                code="days_not_shown",
            )
        closing = MonthClosing.objects.create(
            account=account,
            month=month,
            row_count=state.row_count,
            received_yen=state.received_yen,
            paid_out_yen=state.paid_out_yen,
            closing_yen=state.closing_yen,
            said_whole=state.needs_word,
            closed_at=at,
            closed_by=by,
        )
        record(action="donations.month_closed", at=at, by=by, subject=closing, count=state.row_count)
    return closing


def reopen_month(*, account_id: int, month: date, reason: str, at: datetime, by: str) -> MonthClosing:
    """Open a closed month (any of its days) again; the closing stays on record with the reason.

    Other closed months stay closed, later ones too: their balances do not rest on this one.
    Raises `BankAccount.DoesNotExist`; `Refused`: "reason_needed", "not_closed"; `NationalIdRefused` for the reason.
    """
    reason, month = reason.strip(), first_of(month)
    if not reason:
        raise Refused(
            _("締めた月を開く理由を書いてください。あとで見る人が、何を直したのか分かります。"),
            code="reason_needed",
            column=_("理由"),
        )
    with transaction.atomic():
        BankAccount.objects.select_for_update().get(pk=account_id)
        closing = closed_now().filter(account=account_id, month=month).first()
        if closing is None:
            raise Refused(_("%(month)sは、締めてありません。") % {"month": month_words(month)}, code="not_closed")
        closing.reopened_at, closing.reopened_by, closing.reopen_reason = at, by, reason
        closing.save(update_fields=["reopened_at", "reopened_by", "reopen_reason"])
        record(action="donations.month_reopened", at=at, by=by, subject=closing)
    return closing
