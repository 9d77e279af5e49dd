"""Hang slips on rows and take them off. A slip adds no yen anywhere; on a row they are at most what it received."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from donations.models import Allocation, Slip, Transaction
from donations.slip_places import find_places
from donations.slips import plain_slip, rows_for, slips_of
from members.models import BankAccount
from privacy.errors import Refused
from privacy.recording import record, record_many


def lock_slip(slip_id: int) -> Slip:
    """Lock the account of a slip, so that its slips are changed one after the other, and read the slip.

    Raises `Slip.DoesNotExist`; `Refused` "slip_withdrawn".
    """
    account_id = Slip.objects.values_list("account_id", flat=True).get(pk=slip_id)
    BankAccount.objects.select_for_update().get(pk=account_id)
    slip = Slip.objects.select_for_update(of=("self",)).select_related("account", "transaction").get(pk=slip_id)
    if slip.withdrawn_at is not None:
        raise Refused(_("この払込票は、もう取り消してあります。入れ直すときは、新しく入れてください。"), code="slip_withdrawn")
    return slip


def attach_slip(*, slip_id: int, transaction_id: int, at: datetime, by: str) -> Slip:
    """Hang a waiting slip on the row that a person chose, whatever its day; whole or as a part of a daily sum.

    A closed month takes slips too: they decide nothing. Raises `Slip.DoesNotExist`, `Transaction.DoesNotExist`;
    `Refused`: "slip_withdrawn", "slip_hangs_already", "other_account", "not_incoming", "slip_too_large".
    """
    with transaction.atomic():
        slip = lock_slip(slip_id)
        if slip.transaction_id == transaction_id:
            return slip
        if slip.transaction_id is not None:
            raise Refused(
                _("この払込票は、もう別の行に付いています。先に「行から外す」を押してください。"), code="slip_hangs_already"
            )
        hang(slip, transaction_id, at=at, by=by)
    return slip


def hang(slip: Slip, transaction_id: int, *, at: datetime, by: str) -> None:
    """Hang a locked slip on a row under the row's lock; raises as `attach_slip`."""
    row = Transaction.objects.select_for_update(of=("self",)).get(pk=transaction_id)
    _refuse_unless_within(slip, row)
    _put([slip], {slip.pk: row})
    record(action="donations.slip_attached", at=at, by=by, subject=slip, changed=("transaction",))


def detach_slip(*, slip_id: int, at: datetime, by: str) -> Slip:
    """Take a slip off its row; it waits until a person hangs it on another.

    Raises `Slip.DoesNotExist`; `Refused`: "slip_withdrawn", "slip_waits", "row_decided" (undo the confirmation first).
    """
    with transaction.atomic():
        slip = lock_slip(slip_id)
        if slip.transaction_id is None:
            raise Refused(_("この払込票は、もうどの行にも付いていません。"), code="slip_waits")
        take_off(slip)
        slip.detached_at = at
        slip.save(update_fields=["transaction", "row_yen", "detached_at"])
        record(action="donations.slip_detached", at=at, by=by, subject=slip, changed=("transaction",))
    return slip


def take_off(slip: Slip) -> None:
    """Take a locked slip off its row, unsaved. Raises `Refused` "row_decided"."""
    refuse_decided(slip)
    slip.transaction = slip.row_yen = None


def refuse_decided(slip: Slip) -> None:
    """Raise `Refused` "row_decided" where its row is confirmed: what was learned then came from the slip."""
    if slip.transaction_id is None:
        return
    Transaction.objects.select_for_update(of=("self",)).get(pk=slip.transaction_id)
    if Allocation.objects.live().filter(transaction=slip.transaction_id).exists():
        raise Refused(
            _("この払込票の行は、もう支援者に確定してあります。先に「入金の照合」で確定を取り消してから、もう一度お試しください。"),
            code="row_decided",
        )


def attach_waiting(*, account: BankAccount, at: datetime, by: str) -> int:
    """Hang every waiting slip of the account that has one place only; gives how many. The caller holds the account's lock.

    Slips that a person took off a row are left to a person. One query where nothing waits.
    """
    waiting = list(Slip.objects.waiting().filter(account=account, detached_at=None).order_by("pk"))
    if not waiting:
        return 0
    plain = [plain_slip(slip) for slip in waiting]
    places = find_places(plain, rows_for(account.pk, plain))
    if not places:
        return 0
    with transaction.atomic():
        rows = Transaction.objects.select_for_update(of=("self",)).in_bulk(set(places.values()))
        found = [slip for slip in waiting if slip.pk in places]
        _put(found, {slip.pk: rows[places[slip.pk]] for slip in found})
        changes = [(slip, ("transaction",)) for slip in found]
        record_many(action="donations.slip_attached", at=at, by=by, changes=changes)
    return len(found)


def _put(slips: Sequence[Slip], rows: dict[int, Transaction]) -> None:
    for slip in slips:
        slip.transaction, slip.row_yen, slip.detached_at = rows[slip.pk], rows[slip.pk].received_yen, None
    Slip.objects.bulk_update(slips, ["transaction", "row_yen", "detached_at"], batch_size=200)


def _refuse_unless_within(slip: Slip, row: Transaction) -> None:
    if row.account_id != slip.account_id:
        raise Refused(_("この行は別の口座のものです。払込票と同じ口座の行を選んでください。"), code="other_account")
    if not row.received_yen:
        raise Refused(_("この行は出金です。払込票は入金の行に付けます。"), code="not_incoming")
    held = slips_of([row]).get(row.pk, ())
    rest = row.received_yen - sum(one.amount_yen for one in held)
    if slip.amount_yen > rest:
        raise Refused(
            _(
                "この行の%(row)s円のうち、払込票がまだ付いていないのは%(rest)s円です。%(slip)s円の払込票は付けられません。"
                "金額と行を確かめてください。"
            )
            % {"row": f"{row.received_yen:,}", "rest": f"{rest:,}", "slip": f"{slip.amount_yen:,}"},
            code="slip_too_large",
        )
