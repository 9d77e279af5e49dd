"""Say who we are: the group, its accounts, what a unit costs."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from japanese import yucho_account
from japanese.errors import FormatError
from members.models import AccountAlias, AccountKind, Association, BankAccount, FeeRate, SupporterKind
from members.valid import refuse_invalid
from privacy.errors import Refused
from privacy.recording import record

DEFAULT_FEES_YEN: Mapping[SupporterKind, int] = {SupporterKind.INDIVIDUAL: 1000, SupporterKind.ORGANISATION: 3000}
DEFAULT_FEES_FROM = date(2000, 1, 1)
POSTAL = frozenset({AccountKind.POSTAL_TRANSFER, AccountKind.POSTAL_SAVINGS})
FACTS = (
    "name", "postal_code", "address", "email", "phone", "website", "treasurer_name", "fiscal_year_start_month",
    "fiscal_year_rule", "split_rule", "receipt_policy", "receipt_period", "receipt_wording",
    "window_left_mm", "window_top_mm", "window_width_mm", "window_height_mm", "seal_png",
    "auto_confidence", "auto_error_limit",
)  # fmt: skip


def set_up_association(
    *,
    name: str,
    account_number: str | None = None,
    address: str | None = None,
    email: str | None = None,
    phone: str | None = None,
    website: str | None = None,
    postal_code: str | None = None,
    treasurer_name: str | None = None,
    fiscal_year_start_month: int | None = None,
    opening_balance_yen: int | None = None,
    opening_on: date | None = None,
    today: date,
    at: datetime,
    by: str,
) -> Association:
    """Found our group: one row, the usual fees (個人 ¥1,000, 団体 ¥3,000), the account and a cash box.

    None means "not said". Where the group exists already, the same values change nothing. Raises `Refused`:
    "already_set_up" (the message names what differs), "bad_value", and what `add_account` raises.
    """
    said = {
        "name": name,
        "address": address,
        "email": email,
        "phone": phone,
        "website": website,
        "postal_code": postal_code,
        "treasurer_name": treasurer_name,
        "fiscal_year_start_month": fiscal_year_start_month,
    }
    wanted = Association(**{field: value for field, value in said.items() if value is not None})
    refuse_invalid(wanted)
    existing = Association.objects.current()
    if existing is not None:
        said_fields = [field for field, value in said.items() if value is not None]
        differing = _differing_facts(existing, wanted, said_fields)
        differing += _differing_account(account_number, opening_balance_yen, opening_on)
        if differing:
            raise Refused(
                _("会はもう登録されています。次の内容が今の登録と違うため、何も変えませんでした: %(names)s。変えるときは「会の設定」の画面で変えてください。")
                % {"names": "、".join(differing)},
                code="already_set_up",
            )
        return existing
    with transaction.atomic():
        wanted.save()
        FeeRate.objects.bulk_create(
            FeeRate(kind=kind, unit_price_yen=yen, valid_from=DEFAULT_FEES_FROM) for kind, yen in DEFAULT_FEES_YEN.items()
        )
        record(action="members.association_set_up", at=at, by=by, subject=wanted)
        if account_number is not None:
            add_account(
                kind=AccountKind.POSTAL_TRANSFER,
                number=account_number,
                opening_balance_yen=opening_balance_yen,
                opening_on=opening_on,
                today=today,
                at=at,
                by=by,
            )
        add_account(kind=AccountKind.CASH, today=today, at=at, by=by)
    return wanted


def change_association(*, changes: Mapping[str, Any], at: datetime, by: str) -> list[str]:
    """Change facts of our group, by field name (`FACTS`); give the names of those that changed.

    `seal_png` must come from `members.seal.seal_png`. Raises `Refused`: "not_set_up", "bad_value"; ValueError for
    a field that is not one of `FACTS`.
    """
    if unknown := set(changes) - set(FACTS):
        raise ValueError(f"Not facts of an association: {', '.join(sorted(unknown))}")
    association = Association.objects.current()
    if association is None:
        raise Refused(_("会の設定がまだありません。先に会の名前と口座を登録してください。"), code="not_set_up")
    before = {field: _value(association, field) for field in changes}
    for field, value in changes.items():
        setattr(association, field, value)
    refuse_invalid(association)
    changed = [field for field in changes if _value(association, field) != before[field]]
    if changed:
        with transaction.atomic():
            association.save(update_fields=changed)
            record(action="members.association_changed", at=at, by=by, subject=association, changed=changed)
    return changed


def add_account(
    *,
    kind: str,
    number: str = "",
    name: str = "",
    bank_name: str = "",
    branch_name: str = "",
    opening_balance_yen: int | None = None,
    opening_on: date | None = None,
    today: date,
    at: datetime,
    by: str,
) -> BankAccount:
    """Add an account. A Japan Post 記号番号 is checked and kept as 00100-2-729745; it also says 振替 or 総合.

    `opening_balance_yen` is the balance before the first row on or after `opening_on`; both or neither. Raises
    `Refused` ("bad_account_number", "account_exists", "bad_opening", "bad_value"; `column` names the field).
    """
    kind, number = _kind_and_number(kind, number)
    refuse_bad_opening(opening_balance_yen, opening_on, today=today)
    account = BankAccount(
        name=name or str(AccountKind(kind).label).removeprefix("ゆうちょ "),
        kind=kind,
        number=number,
        bank_name=bank_name,
        branch_name=branch_name,
        opening_balance_yen=opening_balance_yen,
        opening_on=opening_on,
    )
    if kind == AccountKind.OTHER_BANK and not (bank_name and branch_name and number):
        raise Refused(_("ほかの銀行の口座は、銀行名・支店名・口座番号を書いてください。"), code="bad_account_number", column=_("口座番号"))
    refuse_invalid(account)
    same = BankAccount.objects.filter(kind=kind, bank_name=bank_name, branch_name=branch_name, number=number)
    if number and same.exists():
        raise Refused(_("この口座はもう登録されています。"), code="account_exists", column=_("口座番号"))
    with transaction.atomic():
        account.save()
        record(action="members.account_added", at=at, by=by, subject=account)
    return account


def set_opening(
    *, account: BankAccount, opening_balance_yen: int, opening_on: date, today: date, at: datetime, by: str
) -> None:
    """Say with how much and when the ledger of `account` begins, where that was unknown.

    Saying the same again changes nothing. Raises `Refused`: "opening_known" (another one is on record), "bad_opening".
    """
    refuse_bad_opening(opening_balance_yen, opening_on, today=today)
    if (account.opening_balance_yen, account.opening_on) == (opening_balance_yen, opening_on):
        return
    if account.opening_balance_yen is not None:
        raise Refused(_("この口座の始めの残高は、もう登録されています。"), code="opening_known", column=_("始めの残高"))
    account.opening_balance_yen, account.opening_on = opening_balance_yen, opening_on
    with transaction.atomic():
        account.save(update_fields=["opening_balance_yen", "opening_on"])
        record(action="members.opening_set", at=at, by=by, subject=account, changed=["opening_balance_yen", "opening_on"])


def change_fee(*, kind: str, unit_price_yen: int, valid_from: date, at: datetime, by: str) -> FeeRate:
    """Say what one unit costs from `valid_from` on; a rate of the same day is replaced. Terms paid before stay.

    Raises `Refused` with code "bad_value" (price below 1, unknown kind).
    """
    rate = FeeRate.objects.filter(kind=kind, valid_from=valid_from).first() or FeeRate(kind=kind, valid_from=valid_from)
    if rate.pk and rate.unit_price_yen == unit_price_yen:
        return rate
    rate.unit_price_yen = unit_price_yen
    refuse_invalid(rate)
    if unit_price_yen < 1:
        raise Refused(_("一口の金額は1円以上です。"), code="bad_value", column=_("一口の金額(円)"))
    with transaction.atomic():
        rate.save()
        record(action="members.fee_changed", at=at, by=by, subject=rate, changed=["unit_price_yen", "valid_from"])
    return rate


def remember_account_alias(*, account: BankAccount, as_written: str, at: datetime, by: str) -> AccountAlias:
    """Remember how a bank writes this account in its files. Again the same: changes nothing.

    Raises `Refused` with code "alias_taken" where it stands for another account of ours.
    """
    known = AccountAlias.objects.filter(as_written=as_written).select_related("account").first()
    if known is not None and known.account_id != account.pk:
        raise Refused(
            _("この書きかたは、もう「%(account)s」の口座のものとして覚えています。") % {"account": known.account}, code="alias_taken"
        )
    if known is not None:
        return known
    alias = AccountAlias(account=account, as_written=as_written)
    refuse_invalid(alias)
    with transaction.atomic():
        alias.save()
        record(action="members.account_alias_remembered", at=at, by=by, subject=account, changed=["aliases"])
    return alias


def forget_account_alias(*, alias: AccountAlias, at: datetime, by: str) -> None:
    """Take back what `remember_account_alias` learned: a file that writes the number so is asked about again."""
    with transaction.atomic():
        account = alias.account
        alias.delete()
        record(action="members.account_alias_forgotten", at=at, by=by, subject=account, changed=["aliases"])


def refuse_bad_opening(opening_balance_yen: int | None, opening_on: date | None, *, today: date) -> None:
    """Refuse ("bad_opening") a balance without its day, a day without its balance, a day to come."""
    if (opening_balance_yen is None) != (opening_on is None):
        raise Refused(
            _("始めの残高は、金額と日付の両方を書いてください。わからないときは、両方とも空にしてください。"),
            code="bad_opening",
            column=_("始めの残高"),
        )
    if opening_on is not None and opening_on > today:
        raise Refused(_("始めの残高の日が未来の日付です。"), code="bad_opening", column=_("始めの残高の日"))


def _kind_and_number(kind: str, number: str) -> tuple[str, str]:
    if kind == AccountKind.CASH:
        return kind, ""
    if kind not in POSTAL:
        return kind, number.strip()
    try:
        parsed = yucho_account.parse(number)
    except FormatError as error:
        raise Refused(error.message, code="bad_account_number", column=_("口座番号")) from error
    return (AccountKind.POSTAL_TRANSFER if parsed.is_transfer_account else AccountKind.POSTAL_SAVINGS), str(parsed)


def _differing_facts(existing: Association, wanted: Association, said: list[str]) -> list[str]:
    return [
        str(Association._meta.get_field(field).verbose_name)  # type: ignore[union-attr]
        for field in said
        if getattr(existing, field) != getattr(wanted, field)
    ]


def _differing_account(number: str | None, opening_balance_yen: int | None, opening_on: date | None) -> list[str]:
    if number is None:
        return []
    kind, form = _kind_and_number(AccountKind.POSTAL_TRANSFER, number)
    account = BankAccount.objects.filter(kind=kind, number=form).first()
    if account is None:
        return [_("口座番号")]
    differing = []
    if opening_balance_yen is not None and account.opening_balance_yen != opening_balance_yen:
        differing.append(_("始めの残高"))
    if opening_on is not None and account.opening_on != opening_on:
        differing.append(_("始めの残高の日"))
    return differing


def _value(association: Association, field: str) -> object:
    value = getattr(association, field)
    return bytes(value) if field == "seal_png" else value
