"""What this room holds about persons, why, and until when."""

from django.utils.translation import gettext_lazy as _

from privacy.personal_columns import SUPPORTER, USER, WITH_THE_BOOKS, Held, Table, columns

RECEIPT = Held(_("領収書を出し、何を出したかを残すため"), WITH_THE_BOOKS)

TABLES = (
    Table(
        "receipts.Receipt",
        whose=SUPPORTER,
        personal=dict.fromkeys(
            columns("number supporter addressee honorific contact_name postal_code address purpose_line wording total_yen issued_on"),
            RECEIPT,
        ),
        who=columns("issued_by voided_by"),
        plain=columns("id fiscal_year serial state issued_at printed_at void_reason voided_at replaces"),
    ),
    Table(
        "receipts.ReceiptLine",
        whose=SUPPORTER,
        personal=dict.fromkeys(columns("receipt received_on purpose_text amount_yen"), RECEIPT),
        plain=columns("id allocation voided"),
    ),
    Table("receipts.ReceiptReissue", whose=USER, who=columns("by"), plain=columns("id receipt nth reason on at")),
    Table(
        "receipts.ReceiptPrintRun",
        whose=USER,
        who=columns("created_by settled_by"),
        plain=columns("id created_at state is_reissue total done file_name problem settled_at"),
    ),
    Table("receipts.ReceiptCounter", plain=columns("id fiscal_year last_serial")),
)
