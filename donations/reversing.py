"""組戻: a withdrawal gives back what an earlier row brought."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from donations.models import Allocation, Reversal, SetAside, SetAsideReason, Transaction
from donations.row_state import lock_rows
from donations.undoing import mark_undone
from privacy.errors import Refused
from privacy.recording import record


def link_reversal(*, withdrawal_id: int, original_id: int | None, at: datetime, by: str) -> Reversal:
    """Say which row a withdrawal gives back: its allocations are undone and its yen set aside as REVERSED.

    The learned payer name stays: the money came from that payer all the same. `original_id=None`: a person
    looked and there is no such row; the withdrawal is only no longer asked about.
    Raises `Transaction.DoesNotExist`; `Refused`: "not_a_withdrawal", "already_linked", "not_incoming",
    "already_reversed", "other_account", "amounts_differ", "later_original", "receipted" (void the receipt first).
    """
    with transaction.atomic():
        wanted = {withdrawal_id} | ({original_id} if original_id is not None else set())
        rows = lock_rows(wanted)
        if len(rows) < len(wanted):
            raise Transaction.DoesNotExist(f"There is no row {sorted(wanted - rows.keys())}.")
        withdrawal = rows[withdrawal_id]
        original = rows[original_id] if original_id is not None else None
        _refuse_unless_free(withdrawal)
        if original is not None:
            _refuse_unless_reversible(withdrawal, original)
            _give_back(original, at=at, by=by)
        link = Reversal.objects.create(withdrawal=withdrawal, original=original, at=at, by=by)
        record(action="donations.reversal_linked", at=at, by=by, subject=withdrawal, changed=("reverses",))
    return link


def unlink_reversal(*, withdrawal_id: int, at: datetime, by: str) -> Reversal:
    """Take a link back: the original is open again as a whole and waits to be confirmed anew.

    Raises `Transaction.DoesNotExist`; `Refused`: "nothing_to_undo", "taken_back" (a typed row that was taken back).
    """
    with transaction.atomic():
        rows = lock_rows([withdrawal_id])
        if withdrawal_id not in rows:
            raise Transaction.DoesNotExist(f"There is no row {withdrawal_id}.")
        link = Reversal.objects.filter(withdrawal=withdrawal_id, undone_at=None).first()
        if link is None:
            raise Refused(_("この組戻は、もう取り消してあります。"), code="nothing_to_undo")
        if link.original_id is not None:
            lock_rows([link.original_id])
            held = SetAside.objects.filter(transaction=link.original_id, undone_at=None)
            if held.exclude(reason=SetAsideReason.REVERSED).exists():
                raise Refused(
                    _("手で入れた入金を取り消した行です。組戻ではないので、ここでは戻せません。もう一度入れてください。"),
                    code="taken_back",
                )
            held.update(undone_at=at, undone_by=by)
        link.undone_at, link.undone_by = at, by
        link.save(update_fields=["undone_at", "undone_by"])
        record(
            action="donations.reversal_undone", at=at, by=by, subject=rows[withdrawal_id], changed=("reverses",)
        )
    return link


def _give_back(original: Transaction, *, at: datetime, by: str) -> None:
    live = list(Allocation.objects.live().filter(transaction=original).select_related("term").order_by("pk"))
    _refuse_receipted_original(original, live)
    mark_undone(live, at=at, by=by)
    SetAside.objects.filter(transaction=original, undone_at=None).update(undone_at=at, undone_by=by)
    SetAside.objects.create(
        transaction=original, reason=SetAsideReason.REVERSED, amount_yen=original.received_yen, at=at, by=by
    )


def _refuse_receipted_original(original: Transaction, live: list[Allocation]) -> None:
    if any(one.receipted_at is not None for one in live):
        raise Refused(
            _(
                "選んだもとの入金(%(day)s、%(yen)s円)には、もう領収書を出してあるので、組戻は決めていません。"
                "先にその領収書を無効にしてから、もう一度この組戻を決めてください。"
            )
            % {"day": original.booked_on.isoformat(), "yen": f"{original.received_yen:,}"},
            code="receipted",
        )


def _refuse_unless_free(withdrawal: Transaction) -> None:
    if not withdrawal.paid_out_yen:
        raise Refused(_("組戻にできるのは出金の行だけです。この行は入金です。"), code="not_a_withdrawal")
    if Reversal.objects.filter(withdrawal=withdrawal, undone_at=None).exists():
        raise Refused(_("この出金の組戻は、もう決まっています。変えるときは、先に取り消してください。"), code="already_linked")


def _refuse_unless_reversible(withdrawal: Transaction, original: Transaction) -> None:
    if not original.received_yen:
        raise Refused(_("もとの行は入金の行から選んでください。"), code="not_incoming")
    if Reversal.objects.filter(original=original, undone_at=None).exists():
        raise Refused(_("その入金は、もう別の出金で返してあります。"), code="already_reversed")
    if original.account_id != withdrawal.account_id:
        raise Refused(_("もとの入金は、同じ口座の行から選んでください。"), code="other_account")
    if original.received_yen != withdrawal.paid_out_yen:
        raise Refused(
            _("出金は%(out)s円、選んだ入金は%(in)s円で、金額が違います。同じ金額の入金を選んでください。")
            % {"out": f"{withdrawal.paid_out_yen:,}", "in": f"{original.received_yen:,}"},
            code="amounts_differ",
        )
    if original.booked_on > withdrawal.booked_on:
        raise Refused(_("選んだ入金は、この出金よりあとの日付です。前の日付の入金を選んでください。"), code="later_original")
