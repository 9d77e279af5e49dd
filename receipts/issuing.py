"""Issue, void and reissue receipts. The words are copied; numbers have no gaps; nothing is deleted."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from donations.allocating import mark_receipted, unmark_receipted
from members.errors import refuse_erased
from members.fiscal_year import fiscal_year_of
from members.models import Association, Supporter
from privacy.errors import Refused
from privacy.recording import record
from receipts.due import DueReceipt, due_receipts
from receipts.models import PrintState, Receipt, ReceiptLine, ReceiptReissue, ReceiptState
from receipts.numbering import next_serials
from receipts.phrases import purpose_line, purpose_text, receipt_number


def issue_due(
    *, until: date, supporter: Supporter | None = None, today: date, at: datetime, by: str
) -> list[Receipt]:
    """Issue what is due for payments booked up to `until`; the receipts in the order of their numbers.

    Nothing due gives an empty list and writes nothing. Raises `Refused` "until_in_future" when `until` lies
    after `today`, "no_association" before the first run.
    """
    association = Association.objects.current()
    if association is None:
        raise Refused(_("会の設定がまだありません。先に会の名前と口座を登録してください。"), code="no_association")
    if until > today:
        raise Refused(
            _("%(until)s はまだ来ていない日です。今日(%(today)s)までの日付を入れてください。")
            % {"until": until.isoformat(), "today": today.isoformat()},
            code="until_in_future",
        )
    with transaction.atomic():
        year = fiscal_year_of(today, start_month=association.fiscal_year_start_month)
        next_serials(fiscal_year=year, count=0)  # the lock: of two people issuing at once, the second waits here
        due = due_receipts(until=until, association=association, supporter=supporter)
        if not due:
            return []
        serials = next_serials(fiscal_year=year, count=len(due))
        void_ones = _void_receipts()
        receipts = Receipt.objects.bulk_create(
            [
                _receipt(one, year, serial, association, void_ones, today=today, at=at, by=by)
                for one, serial in zip(due, serials, strict=True)
            ],
            batch_size=200,
        )
        ReceiptLine.objects.bulk_create(
            [line for receipt, one in zip(receipts, due, strict=True) for line in _lines(receipt, one)],
            batch_size=500,
        )
        mark_receipted(allocation_ids=[row.pk for one in due for row in one.allocations], at=at)
        record(action="receipts.issued", at=at, by=by, subject=receipts[0], count=len(receipts))
    return receipts


def void(*, receipt: Receipt, reason: str, at: datetime, by: str) -> Receipt:
    """Make a receipt invalid: it keeps its number and lines, its payments may be receipted anew.

    A print run that holds it and waits for its answer fails: its paper would show a valid receipt.

    Raises `Refused` "already_void" or "reason_missing".
    """
    if not reason.strip():
        raise Refused(_("無効にする理由を書いてください。"), code="reason_missing", column="reason")
    with transaction.atomic():
        row = Receipt.objects.select_for_update().get(pk=receipt.pk)
        if row.state == ReceiptState.VOID:
            raise Refused(_("領収書 %s はもう無効になっています。") % row.number, code="already_void")
        row.state, row.void_reason, row.voided_at, row.voided_by = ReceiptState.VOID, reason.strip(), at, by
        row.save(update_fields=["state", "void_reason", "voided_at", "voided_by"])
        lines = ReceiptLine.objects.filter(receipt=row)
        unmark_receipted(allocation_ids=list(lines.values_list("allocation_id", flat=True)))
        lines.update(voided=True)
        row.print_runs.filter(state__in=[PrintState.PLANNED, PrintState.READY]).update(
            state=PrintState.FAILED, problem=_("領収書 %s を無効にしたので、この印刷は使えません。作り直してください。") % row.number
        )
        record(action="receipts.voided", at=at, by=by, subject=row, changed=["state", "void_reason"])
    return row


def reissue(*, receipt: Receipt, reason: str, today: date, at: datetime, by: str) -> ReceiptReissue:
    """Allow one more paper under the same number, marked 再発行; who and why are kept.

    Raises `Refused` "void_receipt", "reason_missing" or "erased".
    """
    if not reason.strip():
        raise Refused(_("再発行する理由を書いてください。"), code="reason_missing", column="reason")
    with transaction.atomic():
        row = Receipt.objects.select_for_update().get(pk=receipt.pk)
        if row.state == ReceiptState.VOID:
            raise Refused(
                _("領収書 %s は無効です。無効の領収書は再発行できません。新しい領収書を出してください。") % row.number,
                code="void_receipt",
            )
        refuse_erased(row.supporter)
        nth = row.reissues.count() + 1
        made = ReceiptReissue.objects.create(receipt=row, nth=nth, reason=reason.strip(), on=today, at=at, by=by)
        record(action="receipts.reissued", at=at, by=by, subject=row, count=nth)
    return made


def _receipt(
    due: DueReceipt,
    year: int,
    serial: int,
    association: Association,
    void_ones: dict[int, int],
    *,
    today: date,
    at: datetime,
    by: str,
) -> Receipt:
    person = due.supporter
    return Receipt(
        fiscal_year=year,
        serial=serial,
        number=receipt_number(year, serial),
        supporter=person,
        addressee=person.name,
        honorific=person.honorific,
        contact_name=person.contact_name,
        postal_code=person.postal_code,
        address=f"{person.prefecture}{person.address}",
        purpose_line=purpose_line((row.purpose, row.fiscal_year, row.units) for row in due.allocations),
        wording=association.receipt_wording,
        total_yen=due.total_yen,
        issued_on=today,
        issued_at=at,
        issued_by=by,
        replaces_id=next((void_ones.pop(row.pk) for row in due.allocations if row.pk in void_ones), None),
    )


def _void_receipts() -> dict[int, int]:
    """Allocation id → id of its latest void receipt that no other receipt stands in for yet."""
    lines = ReceiptLine.objects.filter(voided=True, receipt__replaced_by=None, allocation__receipted_at=None)
    one_row_of_each = dict(lines.order_by("pk").values_list("receipt_id", "allocation_id"))
    return {row: receipt for receipt, row in one_row_of_each.items()}


def _lines(receipt: Receipt, due: DueReceipt) -> list[ReceiptLine]:
    return [
        ReceiptLine(
            receipt=receipt,
            allocation=row,
            received_on=row.transaction.booked_on,
            purpose_text=purpose_text(
                purpose=row.purpose, fiscal_year=row.fiscal_year, units=row.units, kind=due.supporter.kind
            ),
            amount_yen=row.amount_yen,
        )
        for row in due.allocations
    ]
