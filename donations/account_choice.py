"""Which of our accounts a bank file belongs to."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from donations.bankfiles import zengin_account
from donations.bankfiles.zengin_account import ZenginAccount
from japanese.errors import FormatError
from japanese.plain import to_plain
from japanese.yucho_account import BANK_CODE, compact, same_account, transfer_account
from members.models import AccountAlias, AccountKind, BankAccount
from privacy.errors import Refused

JAPAN_POST = frozenset({AccountKind.POSTAL_TRANSFER, AccountKind.POSTAL_SAVINGS})


@dataclass(frozen=True, slots=True)
class AccountChoice:
    """`is_known` False: the file writes the number in a form nobody has confirmed yet; a person has to say yes once."""

    account: BankAccount
    is_known: bool


def choose_account(
    *, as_written: str, chosen: BankAccount | None = None, usual: BankAccount | None = None
) -> AccountChoice:
    """The account of a file that prints `as_written` ('' when it names none), checked against what was `chosen`.

    `usual`: whose files have this form; decides where neither the file nor anybody says.

    Raises `Refused`: "no_account" (we have none yet), "account_not_named" (neither the file nor anybody said),
    "not_our_account", "other_account" (the file is of another account than the chosen one), "account_not_chosen"
    (unknown form and several accounts), "cash_has_no_file".
    """
    if chosen is not None and chosen.kind == AccountKind.CASH:
        raise Refused(
            _("「%s」は現金の口座なので、銀行のファイルは取り込めません。別の口座を選んでください。") % chosen.name,
            code="cash_has_no_file",
        )
    accounts = list(BankAccount.objects.exclude(kind=AccountKind.CASH).order_by("pk"))
    if not accounts:
        raise Refused(
            _("口座がまだ登録されていません。先に「会の設定」で口座を登録してください。"), code="no_account"
        )
    if not as_written:
        return _unnamed(chosen or usual)
    alias = AccountAlias.objects.filter(as_written=as_written).select_related("account").first()
    named = alias.account if alias else next((account for account in accounts if is_number_of(account, as_written)), None)
    if named is not None:
        if chosen is not None and chosen != named:
            raise _other_account(named)
        return AccountChoice(named, is_known=True)
    return _unknown_form(as_written, accounts, chosen or usual)


def find_account(text: str) -> BankAccount:
    """The account with this number, in any known spelling. Raises `Refused` "unknown_account"."""
    for account in BankAccount.objects.exclude(number="").order_by("pk"):
        if is_number_of(account, text):
            return account
    raise Refused(
        _("この番号の口座は登録されていません。「会の設定」に登録した口座番号を指定してください。"), code="unknown_account"
    )


def is_number_of(account: BankAccount, found: str) -> bool | None:
    """Whether `found` is this account's number: yes, no (it reads as another account), or None: unknown form."""
    in_full = zengin_account.parse(found)
    if in_full is not None:
        return _is_in_full(account, in_full)
    if account.kind in JAPAN_POST:
        try:
            return same_account(account.number, found)
        except FormatError:
            return None
    return True if _digits(account.number) and _digits(account.number) == _digits(found) else None


def _is_in_full(account: BankAccount, found: ZenginAccount) -> bool | None:
    """The same for bank, branch, kind and number as the 全銀 files write them; 記号番号 by the bank's rule (formats.md §2)."""
    if account.kind in JAPAN_POST:
        try:
            ours = transfer_account(account.number)
        except FormatError:
            return None
        same = (ours.bank_code, ours.branch_code, ours.deposit_type, ours.number.lstrip("0"))
        return same == (found.bank_code, found.branch_code, found.deposit_type, found.number)
    if found.bank_code == BANK_CODE or _digits(account.number) != found.number:
        return False
    return found.is_at(account.bank_name, account.branch_name)


def formatted_number(account: BankAccount) -> str:
    """Our spelling of the number, for results; as typed where it is no 記号番号."""
    try:
        return compact(account.number) if account.kind in JAPAN_POST else account.number
    except FormatError:
        return account.number


def _unnamed(chosen: BankAccount | None) -> AccountChoice:
    if chosen is None:
        raise Refused(
            _("ファイルに口座番号が書かれていません。どの口座のファイルかを選んでください。"), code="account_not_named"
        )
    return AccountChoice(chosen, is_known=True)


def _unknown_form(as_written: str, accounts: list[BankAccount], chosen: BankAccount | None) -> AccountChoice:
    possible = [account for account in accounts if is_number_of(account, as_written) is None]
    if not possible or (chosen is not None and chosen not in possible):
        raise Refused(
            _("ファイルの口座番号は、登録してある口座のどれともちがいます。当会の口座のファイルかどうかを確かめてください。"),
            code="not_our_account",
        )
    if chosen is not None:
        return AccountChoice(chosen, is_known=False)
    if len(possible) > 1:
        raise Refused(
            _("ファイルの口座番号の書きかたが初めて見る形なので、どの口座か分かりません。口座を選んで、もう一度読ませてください。"),
            code="account_not_chosen",
        )
    return AccountChoice(possible[0], is_known=False)


def _other_account(named: BankAccount) -> Refused:
    return Refused(
        _("このファイルは「%s」のものです。選んだ口座とちがいます。口座を選び直してください。") % named, code="other_account"
    )


def _digits(text: str) -> str:
    return "".join(sign for sign in to_plain(text) if sign.isdigit()).lstrip("0")
