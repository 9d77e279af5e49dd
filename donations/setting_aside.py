"""Put a row aside with a reason (保留・対象外), and take that back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from donations.models import Reversal, SetAside, SetAsideReason
from donations.row_state import lock_row, refuse_unless_open
from privacy.errors import Refused
from privacy.recording import record

NOTE_NEEDED = frozenset({SetAsideReason.ASKING, SetAsideReason.TO_RETURN, SetAsideReason.OTHER})
CHOOSABLE = (
    SetAsideReason.ASKING,
    SetAsideReason.TO_RETURN,
    SetAsideReason.NOT_A_GIFT,
    SetAsideReason.OTHER,
)


def set_aside(*, transaction_id: int, reason: str, note: str = "", at: datetime, by: str) -> SetAside:
    """Put the open yen of a row aside.

    Raises `Transaction.DoesNotExist`; `Refused`: "unknown_reason" (REVERSED is written by `link_reversal` only),
    "note_needed", and what `donations.row_state.refuse_unless_open` raises; `NationalIdRefused` for the note.
    """
    note = note.strip()
    if reason not in CHOOSABLE:
        raise Refused(_("理由を一覧から選んでください。"), code="unknown_reason", column=_("理由"))
    if reason in NOTE_NEEDED and not note:
        raise Refused(
            _("この理由のときは、メモを書いてください。あとで見る人が、何を待っているのか分かります。"),
            code="note_needed",
            column=_("メモ"),
        )
    with transaction.atomic():
        row = lock_row(transaction_id)
        refuse_unless_open(row)
        held = SetAside.objects.create(
            transaction=row, reason=reason, note=note, amount_yen=row.open_yen, at=at, by=by
        )
        record(action="donations.set_aside", at=at, by=by, subject=row, changed=("set_asides",))
    return held


def undo_set_aside(*, transaction_id: int, at: datetime, by: str) -> SetAside:
    """Open a row again that was put aside.

    Raises `Transaction.DoesNotExist`; `Refused`: "nothing_to_undo", "reversed" (a withdrawal gives this row back).
    """
    with transaction.atomic():
        row = lock_row(transaction_id)
        held = SetAside.objects.filter(transaction=row, undone_at=None).first()
        if held is None:
            raise Refused(_("この入金は、保留・対象外になっていません。もう取り消してあります。"), code="nothing_to_undo")
        if Reversal.objects.filter(original=row, undone_at=None).exists():
            raise Refused(
                _("この入金は返してあります。まちがいのときは、出金の行で組戻を取り消してください。"), code="reversed"
            )
        held.undone_at, held.undone_by = at, by
        held.save(update_fields=["undone_at", "undone_by"])
        record(action="donations.set_aside_undone", at=at, by=by, subject=row, changed=("set_asides",))
    return held
