"""What this room holds about persons, why, and until when."""

from django.utils.translation import gettext_lazy as _

from privacy.personal_columns import (
    PAYER,
    SUPPORTER,
    UNTIL_ERASED,
    USER,
    WITH_THE_BOOKS,
    Held,
    Table,
    columns,
)

BOOKS = Held(_("受け取ったお金を、1円まで帳簿に残すため"), WITH_THE_BOOKS)
WHO_PAID = Held(_("入金がだれのものか、確かめるため"), WITH_THE_BOOKS)
WHAT_FOR = Held(_("何のための入金か、領収書が要るかを知るため"), WITH_THE_BOOKS)
LEARNED = Held(_("去年までの入金から、今年の入金がだれのものかを知るため"), UNTIL_ERASED)

TABLES = (
    Table(
        "donations.Transaction",
        whose=PAYER,
        personal={
            **dict.fromkeys(columns("booked_on received_yen paid_out_yen"), BOOKS),
            "detail_2": WHO_PAID,
            "message": WHAT_FOR,
        },
        who=columns("recorded_by"),
        plain=columns(
            "id account statement position detail_1 balance_yen external_id number_was_blanked text_was_erased undone_at"
        ),
    ),
    Table(
        "donations.Slip",
        whose=PAYER,
        personal={
            **dict.fromkeys(columns("day amount_yen"), BOOKS),
            **dict.fromkeys(columns("payer_name kana postal_code address phone supporter_number"), WHO_PAID),
            "message": WHAT_FOR,
        },
        who=columns("typed_by withdrawn_by"),
        plain=columns("id account text_was_erased transaction row_yen detached_at entry_key typed_at withdrawn_at"),
    ),
    Table(
        "donations.Allocation",
        whose=SUPPORTER,
        personal=dict.fromkeys(columns("transaction supporter purpose amount_yen fiscal_year units"), BOOKS),
        who=columns("confirmed_by undone_by"),
        plain=columns("id term automatic batch confirmed_at undone_at receipted_at"),
    ),
    Table(
        "donations.SetAside",
        whose=PAYER,
        personal={"note": Held(_("まだ決められない理由を、書きとめるため"), WITH_THE_BOOKS)},
        who=columns("by undone_by"),
        plain=columns("id transaction reason amount_yen at undone_at"),
    ),
    Table(
        "donations.PastPayment",
        whose=PAYER,
        personal=dict.fromkeys(columns("booked_on amount_yen name supporter"), LEARNED),
        plain=columns("id"),
    ),
    Table("donations.ErasedRow", plain=columns("id account booked_on received_yen paid_out_yen balance_yen")),
    Table("donations.Prediction", plain=columns("id transaction probability was_certain decided_at outcome")),
    Table(
        "donations.SavedMapping",
        whose=USER,
        who=columns("made_by retired_by"),
        plain=columns("id account name day_written words_in words_out made_at retired_at"),
    ),
    Table("donations.MappedColumn", plain=columns("id mapping place title role")),
    Table(
        "donations.BankStatement",
        whose=USER,
        who=columns("gap_accepted_by imported_by undone_by"),
        plain=columns(
            "id account format mapping sha256 row_count new_row_count first_on last_on period_from period_to "
            "complete_from complete_to opening_yen closing_yen produced_at blanked_count gap_yen imported_at "
            "moved_opening opening_before_yen opening_before_on learned_alias undone_at"
        ),
    ),
    Table("donations.ReconcileBatch", whose=USER, who=columns("by undone_by"), plain=columns("id at automatic undone_at")),
    Table("donations.Reversal", whose=USER, who=columns("by undone_by"), plain=columns("id withdrawal original at undone_at")),
    Table(
        "donations.MonthClosing",
        whose=USER,
        who=columns("closed_by reopened_by"),
        plain=columns(
            "id account month row_count received_yen paid_out_yen closing_yen said_whole closed_at reopened_at reopen_reason"
        ),
    ),
)
