"""Type in money that no file tells of: cash at an event, an account whose bank gives no file."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from donations.models import BankStatement, Reversal, SetAside, SetAsideReason, Transaction
from donations.months import refuse_closed
from members.models import AccountKind, BankAccount
from privacy.errors import Refused
from privacy.recording import record

CASH_WORD = "現金"
TYPED_WORD = "手入力"
TAKEN_BACK_WORD = "入力の取り消し"
LARGEST_YEN = 999_999_999


def accounts_for_typing() -> QuerySet[BankAccount]:
    """Cash, and other banks that never gave a file. Japan Post always gives files: typing there would count twice."""
    no_files = Q(kind=AccountKind.OTHER_BANK) & ~Exists(BankStatement.objects.filter(account=OuterRef("pk")))
    return BankAccount.objects.filter(Q(kind=AccountKind.CASH) | no_files).order_by("pk")


def enter_cash(
    *,
    account: BankAccount,
    booked_on: date,
    received_yen: int,
    payer_name: str = "",
    message: str = "",
    entry_key: str = "",
    at: datetime,
    by: str,
) -> Transaction:
    """Add one row of money received. It is the same kind of row as the bank's and is reconciled the same way.

    `entry_key` names one filled-in sheet: the same key again returns the row made before and adds nothing.
    Raises `Refused`: "account_has_files", "yen_not_positive", "yen_too_large", "day_in_future",
    "month_closed".
    """
    _check(booked_on=booked_on, received_yen=received_yen, at=at)
    with transaction.atomic():
        BankAccount.objects.select_for_update().get(pk=account.pk)
        if not accounts_for_typing().filter(pk=account.pk).exists():
            raise Refused(
                _("「%s」の入金は、銀行のファイルから取り込みます。手で入れると二重に数えてしまいます。") % account.name,
                code="account_has_files",
            )
        rows = Transaction.objects.filter(account=account)
        if entry_key and (known := rows.filter(external_id=entry_key).first()):
            return known
        refuse_closed([(account.pk, booked_on)])
        entry = Transaction.objects.create(
            account=account,
            position=_next_position(account),
            booked_on=booked_on,
            received_yen=received_yen,
            detail_1=CASH_WORD if account.kind == AccountKind.CASH else TYPED_WORD,
            detail_2=payer_name,
            message=message,
            external_id=entry_key,
            recorded_by=by,
        )
        record(action="donations.cash_entered", at=at, by=by, subject=entry)
    return entry


def take_back(*, transaction_id: int, at: datetime, by: str) -> Transaction:
    """Undo a typed row by a row that pays the same yen out; both stay. Returns that row.

    Raises `Transaction.DoesNotExist`, or `Refused`: "bank_row_stays" (a row of a file), "already_taken_back",
    "allocated" and "set_aside" (something hangs on the row: undo that first), "month_closed".
    """
    with transaction.atomic():
        account_id = Transaction.objects.values_list("account_id", flat=True).get(pk=transaction_id)
        BankAccount.objects.select_for_update().get(pk=account_id)
        entry = Transaction.objects.select_for_update(of=("self",)).select_related("account").get(pk=transaction_id)
        _refuse_unless_free(entry)
        refuse_closed([(account_id, entry.booked_on)])
        reversing = Transaction.objects.create(
            account=entry.account,
            position=_next_position(entry.account),
            booked_on=entry.booked_on,
            paid_out_yen=entry.received_yen,
            detail_1=TAKEN_BACK_WORD,
            recorded_by=by,
        )
        Reversal.objects.create(withdrawal=reversing, original=entry, at=at, by=by)
        SetAside.objects.create(
            transaction=entry,
            reason=SetAsideReason.OTHER,
            note=TAKEN_BACK_WORD,
            amount_yen=entry.received_yen,
            at=at,
            by=by,
        )
        record(action="donations.cash_taken_back", at=at, by=by, subject=entry)
    return reversing


def _check(*, booked_on: date, received_yen: int, at: datetime) -> None:
    if received_yen <= 0:
        raise Refused(_("金額は1円以上で入れてください。"), code="yen_not_positive", column=_("金額"))
    if received_yen > LARGEST_YEN:
        raise Refused(_("金額が大きすぎます。けた数を確かめてください。"), code="yen_too_large", column=_("金額"))
    if booked_on > timezone.localdate(at):
        raise Refused(_("日付が今日より先です。受け取った日を入れてください。"), code="day_in_future", column=_("日付"))


def _refuse_unless_free(entry: Transaction) -> None:
    if entry.statement_id is not None or not entry.received_yen:
        raise Refused(
            _("この行は銀行のファイルの行か、取り消しの行です。手で入れた入金だけを取り消せます。"), code="bank_row_stays"
        )
    if entry.reversed_by.filter(undone_at=None).exists():
        raise Refused(_("この入金は、もう取り消してあります。"), code="already_taken_back")
    if entry.allocations.filter(undone_at=None).exists():
        raise Refused(
            _("この入金は、もう支援者に割り当ててあります。先に照合のページで割り当てを取り消してください。"), code="allocated"
        )
    if entry.set_asides.filter(undone_at=None).exists():
        raise Refused(
            _("この入金は「保留・対象外」にしてあります。先に照合のページでそれを取り消してください。"), code="set_aside"
        )


def _next_position(account: BankAccount) -> int:
    last = Transaction.objects.filter(account=account).aggregate(last=Max("position"))["last"]
    return (last or 0) + 1
