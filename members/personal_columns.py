"""What this room holds about persons, why, and until when."""

from django.utils.translation import gettext_lazy as _

from privacy.personal_columns import (
    SUPPORTER,
    UNTIL_ERASED,
    WHILE_A_USER,
    WITH_THE_BOOKS,
    Held,
    Table,
    columns,
)

ADDRESSING = Held(_("領収書と通信を、まちがいなく届けるため"), UNTIL_ERASED)
REACHING = Held(_("望んだ方法で通信を届け、問い合わせに答えるため"), UNTIL_ERASED)
FINDING = Held(_("入金がだれのものか、確かめるため"), UNTIL_ERASED)
AGREED = Held(_("名簿にのせ、通信を届けてよいと、いつ同意したかを示すため"), UNTIL_ERASED)
BELONGING = Held(_("賛同の年度と口数を数えるため"), WITH_THE_BOOKS)

TABLES = (
    Table(
        "members.Supporter",
        whose=SUPPORTER,
        personal={
            "number": BELONGING,
            "legacy_number": FINDING,
            "kind": BELONGING,
            "name": ADDRESSING,
            "reading": FINDING,
            "contact_name": ADDRESSING,
            "postal_code": ADDRESSING,
            "prefecture": ADDRESSING,
            "address": ADDRESSING,
            "email": REACHING,
            "phone": REACHING,
            "household": Held(_("同じ家に、紙の通信を1通だけ届けるため"), UNTIL_ERASED),
            "channel": REACHING,
            "state": BELONGING,
            "wants_receipt": ADDRESSING,
            "note": Held(_("会の仕事に要ることを、書きとめるため"), UNTIL_ERASED),
            "registered_on": BELONGING,
            "left_on": BELONGING,
        },
        plain=columns("id key erased_at"),
    ),
    Table(
        "members.Consent",
        whose=SUPPORTER,
        personal=dict.fromkeys(columns("supporter given_on source withdrawn_on withdrawn_source"), AGREED),
        plain=columns("id"),
    ),
    Table(
        "members.PayerName",
        whose=SUPPORTER,
        personal=dict.fromkeys(
            columns("key as_written origin supporter joint_group confirmed_count last_confirmed_on last_text"), FINDING
        ),
        plain=columns("id blocked_for_auto"),
    ),
    Table(
        "members.MembershipTerm",
        whose=SUPPORTER,
        personal=dict.fromkeys(columns("supporter fiscal_year units paid_on"), BELONGING),
        plain=columns("id unit_price_yen starts_on ends_on cancelled_at"),
    ),
    Table("members.Household", whose=SUPPORTER, personal={"code": ADDRESSING}, plain=columns("id")),
    Table(
        "members.Association",
        whose=_("会の会計担当者"),
        personal={"treasurer_name": Held(_("領収書に、だれが受け取ったかを書くため"), WHILE_A_USER)},
        plain=columns(
            "id singleton name postal_code address email phone website fiscal_year_start_month fiscal_year_rule split_rule "
            "receipt_policy receipt_period receipt_wording seal_png window_left_mm window_top_mm window_width_mm "
            "window_height_mm auto_confidence auto_error_limit last_supporter_serial"
        ),
    ),
    Table(
        "members.BankAccount",
        plain=columns("id name kind number bank_name branch_name opening_balance_yen opening_on"),
    ),
    Table("members.AccountAlias", plain=columns("id account as_written")),
    Table("members.FeeRate", plain=columns("id kind unit_price_yen valid_from")),
)
