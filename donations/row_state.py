"""What stands decided about a row right now, read under its lock; and the sentences that refuse."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from donations.models import Allocation, SetAside, Transaction
from donations.months import refuse_closed
from members.in_parts import in_parts
from privacy.errors import Refused


class RowsChanged(Refused):
    """Rows of a batch were decided by somebody else since they were shown; nothing was confirmed.

    Carries `transaction_ids`, the rows that changed.
    """

    code = "rows_changed"

    def __init__(self, transaction_ids: Iterable[int]) -> None:
        self.transaction_ids = tuple(transaction_ids)
        super().__init__(
            _("%(count)d件の入金が、画面を開いたあとで変わりました。何も確定していません。もう一度見てから決めてください。")
            % {"count": len(self.transaction_ids)}
        )


def lock_rows(ids: Iterable[int]) -> dict[int, Transaction]:
    """Lock these rows, to decide about them, until the transaction ends; read with `open_yen`, two queries for 500 and one for all.

    The sums are read after the lock is held, so that they include what a faster person just wrote.
    Raises `Refused` "month_closed" where one is of a closed month.
    """
    found: dict[int, Transaction] = {}
    for part in in_parts(sorted(set(ids))):
        locked = Transaction.objects.select_for_update().filter(pk__in=part).order_by("pk")
        if list(locked.values_list("pk", flat=True)):
            found.update((row.pk, row) for row in Transaction.objects.with_open_yen().filter(pk__in=part))
    refuse_closed((row.account_id, row.booked_on) for row in found.values())
    return found


def lock_row(transaction_id: int) -> Transaction:
    """Lock one row. Raises `Transaction.DoesNotExist`; `Refused`: "import_undone", "month_closed"."""
    try:
        return lock_rows([transaction_id])[transaction_id]
    except KeyError:
        if Transaction.with_undone.filter(pk=transaction_id).exists():
            raise Refused(
                _("この行が入っていた明細の取り込みは、取り消されました。この行はもう数えません。何も変えていません。"),
                code="import_undone",
            ) from None
        raise Transaction.DoesNotExist(f"There is no row {transaction_id}.") from None


def refuse_unless_open(row: Transaction, *, expected_open_yen: int | None = None) -> None:
    """Raise `Refused` unless the row has yen to decide about, as many as were shown.

    Codes: "not_incoming", "set_aside", "already_decided", "changed_since_shown".
    """
    if not row.received_yen:
        raise Refused(
            _("この行は出金です。支援者には結びつけられません。組戻のときは「組戻」を選んでください。"), code="not_incoming"
        )
    if row.is_set_aside:
        raise Refused(_set_aside_sentence(row), code="set_aside")
    if row.open_yen <= 0:
        raise Refused(_decided_sentence(row), code="already_decided")
    if expected_open_yen is not None and expected_open_yen != row.open_yen:
        raise Refused(
            _(
                "画面を開いたあとで、この入金の残りが%(shown)s円から%(found)s円に変わりました。"
                "何も確定していません。もう一度見てから決めてください。"
            )
            % {"shown": f"{expected_open_yen:,}", "found": f"{row.open_yen:,}"},
            code="changed_since_shown",
        )


def clock(at: datetime) -> str:
    """A moment as people say it: 11月23日 10時30分."""
    local = timezone.localtime(at)
    return _("%(month)d月%(day)d日 %(hour)d時%(minute)02d分") % {
        "month": local.month,
        "day": local.day,
        "hour": local.hour,
        "minute": local.minute,
    }


def _decided_sentence(row: Transaction) -> str:
    last = Allocation.objects.live().filter(transaction=row).order_by("-confirmed_at").first()
    if last is None:
        return _("この入金は、もう決まっています。")
    return _(
        "この入金は、%(when)sに%(who)sさんが確定しています。二重には確定しません。"
        "変えるときは「今日の確定」で取り消してから、もう一度決めてください。"
    ) % {"when": clock(last.confirmed_at), "who": last.confirmed_by}


def _set_aside_sentence(row: Transaction) -> str:
    held = SetAside.objects.get(transaction=row, undone_at=None)
    return _(
        "この入金は、%(when)sに%(who)sさんが「%(reason)s」にしました。"
        "支援者に結びつけるときは、先にそれを取り消してください。"
    ) % {"when": clock(held.at), "who": held.by, "reason": held.get_reason_display()}
