import pytest
import zengin_code
from hypothesis import given
from hypothesis import strategies as st

from japanese.errors import FormatError, Reason
from japanese.yucho_account import (
    YuchoAccount,
    check_digit,
    compact,
    format,  # noqa: A004
    is_valid,
    parse,
    same_account,
    transfer_account,
    validate,
)

OURS = "00100-2-729745"
PUBLIC = {
    "00100-2-729745": ("019", "当座", "0729745"),
    "00180-2-687915": ("019", "当座", "0687915"),
    "02260-8-114405": ("229", "当座", "0114405"),
    "00990-4-313097": ("099", "当座", "0313097"),
    "00120-7-670031": ("019", "当座", "0670031"),
    "00170-2-33885": ("019", "当座", "0033885"),
    "14030-12345671": ("408", "普通", "1234567"),
    "14080-12712721": ("408", "普通", "1271272"),
}

BRANCHES = sorted(zengin_code.Bank.all["9900"].branches)
TRANSFER_PREFIXES = [f"0{code[:2]}" for code in BRANCHES if code.endswith("9")]
SAVING_PREFIXES = [f"1{code[:2]}" for code in BRANCHES if code.endswith("8")]


def with_check_digit(prefix, number):
    digit = check_digit(f"{prefix}00", number)
    return f"{prefix}{digit}0"


@st.composite
def accounts(draw):
    """Made-up accounts of both kinds that pass every check."""
    if draw(st.booleans()):
        number = str(draw(st.integers(1, 999_999)))
        prefix, middle = draw(st.sampled_from(TRANSFER_PREFIXES)), draw(st.sampled_from("123456789"))
    else:
        number = f"{draw(st.integers(1, 9_999_999))}1"
        prefix, middle = draw(st.sampled_from(SAVING_PREFIXES)), ""
    return YuchoAccount(with_check_digit(prefix, number), middle, number)


@pytest.mark.parametrize("text", PUBLIC)
def test_public_numbers_pass(text):
    """Numbers that their owners publish are accepted and come back as they are printed."""
    assert (validate(text), compact(text), format(text)) == (text, text, text)


@pytest.mark.parametrize(("text", "expected"), PUBLIC.items())
def test_public_numbers_convert(text, expected):
    """店番, 預金種目 and 口座番号 are those that the owners print beside the 記号番号."""
    account = transfer_account(text)
    assert (account.branch_code, account.deposit_type, account.number) == expected


def test_transfer_account_names_bank_and_branch():
    """All six parts of a transfer, from our own account number."""
    assert transfer_account(OURS) == ("9900", "019", "〇一九", "ゼロイチキユウ", "当座", "0729745")


@pytest.mark.parametrize(
    "text",
    [
        "００１００－２－７２９７４５",
        "00100-2 729745",
        "00100‐2‐729745",
        "00100 2 729745",
        "00100-2-0729745",
        "00100-2729745",
        "001002729745",
        " 00100ー2ー729745\u200b",
        "00100 - 2 - 729745",
    ],
)
def test_spellings_are_read(text):
    """Any width, dash, space, missing hyphens and leading zeros give the one spelling."""
    assert compact(text) == OURS


@pytest.mark.parametrize("text", ["00100-729745", "00100-0729745", "00100729745"])
def test_middle_digit_may_be_absent(text):
    """Without the middle digit the account is read, and none is invented."""
    assert parse(text) == ("00100", "", "729745")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.EMPTY),
        ("　", Reason.EMPTY),
        ("00100-2-72974X", Reason.CHARACTERS),
        ("00100-2-729745 (賛同金)", Reason.CHARACTERS),
        ("00100-2-", Reason.CHARACTERS),
        ("00100", Reason.STRUCTURE),
        ("00101-2-729745", Reason.STRUCTURE),
        ("20100-2-729745", Reason.STRUCTURE),
        ("0100-2-729745", Reason.STRUCTURE),
        ("00100-23-729745", Reason.STRUCTURE),
        ("00100-2-7297-45", Reason.STRUCTURE),
        ("00100-2-00000000", Reason.STRUCTURE),
        ("14030-12345672", Reason.STRUCTURE),
        ("00110-2-729745", Reason.CHECK_DIGIT),
        ("00100-2-729754", Reason.CHECK_DIGIT),
        ("14040-12345671", Reason.CHECK_DIGIT),
    ],
)
def test_wrong_numbers_are_refused(text, reason):
    """Each kind of mistake has its reason, and the number is not in the message."""
    with pytest.raises(FormatError) as caught:
        parse(text)
    assert caught.value.reason is reason
    assert not text.strip() or text not in f"{caught.value} {caught.value.expected}".replace(OURS, "")


def test_unknown_branch_is_refused():
    """A 記号 that passes the check digit but belongs to no branch of bank 9900 is refused."""
    symbol = with_check_digit("099", "1000")
    assert "999" not in BRANCHES
    unknown = with_check_digit("050", "1000")
    assert "509" not in BRANCHES
    with pytest.raises(FormatError) as caught:
        parse(f"{unknown}-1-1000")
    assert caught.value.reason is Reason.UNKNOWN_BRANCH
    assert not is_valid(f"{symbol}-1-1000")


@given(accounts(), st.sampled_from("123456789"))
def test_the_check_digit_finds_the_middle_digit(account, middle):
    """Without hyphens, at most one cut passes: the one with the right 番号."""
    if account.is_transfer_account:
        assert parse(f"{account.symbol}{middle}{account.number}") == (account.symbol, middle, account.number)
        assert parse(f"{account.symbol}{account.number}").number == account.number


@given(accounts())
def test_spelling_round_trips(account):
    """What is written with hyphens reads back as the same account."""
    assert parse(str(account)) == account
    assert validate(format(str(account))) == str(account)


@given(accounts(), st.data())
def test_one_wrong_digit_is_noticed(account, data):
    """Any single wrong digit of the 番号 of a 振替口座 breaks the check digit."""
    if not account.is_transfer_account:
        return
    place = data.draw(st.integers(0, len(account.number) - 1))
    wrong = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != account.number[place]]))
    number = account.number[:place] + wrong + account.number[place + 1 :]
    assert check_digit(account.symbol, number) != account.symbol[3]


@given(accounts())
def test_seven_digits_for_other_banks(account):
    """The number for other banks always has seven digits, the branch three."""
    transfer = transfer_account(str(account))
    assert (len(transfer.number), transfer.branch_code[:2]) == (7, account.symbol[1:3])


@given(accounts())
def test_same_account_knows_the_spellings_of_a_bank_file(account):
    """Hyphenated, padded to eight digits, with middle digit in front, bare or as 店番 and 口座番号: all ours."""
    transfer = transfer_account(str(account))
    symbol, middle, number = account
    spellings = [
        str(account),
        f"{symbol}-{number:0>8}",
        f"{symbol}-{middle}{number:0>7}",
        f"{symbol}{middle}{number:0>7}",
        f"{transfer.branch_code}-{transfer.number}",
        f"{transfer.branch_code}{transfer.number}",
        f"{transfer.branch_name} {transfer.deposit_type} {transfer.number}",
        f"9900-{transfer.branch_code}-{transfer.number}",
    ]
    assert [same_account(str(account), spelling) for spelling in spellings] == [True] * len(spellings)


@pytest.mark.parametrize(
    "found", ["00180-2-687915", "14030-12345671", "019-0729746", "00180-0687915", "00170-2-33885"]
)
def test_same_account_refuses_another(found):
    """A valid account that is not ours is not ours."""
    assert same_account(OURS, found) is False


@pytest.mark.parametrize(
    "found",
    [
        "",
        "00100-****",
        "00100-2-729746",
        "99999-1",
        "不明",
        "00100",
        "019-12345678901",
        "999-0729745",
    ],
)
def test_same_account_asks_about_unknown_forms(found):
    """Masked, cut, mistyped or never-seen forms are neither ours nor another's."""
    assert same_account(OURS, found) is None


def test_same_account_does_not_need_the_middle_digit():
    """記号 and 番号 make the account; the digit between may be absent or another on either side."""
    assert same_account("00100-729745", "00100-2729745") is True
    assert same_account("00100-729745", "00100-2-729745") is True
    assert same_account(OURS, "00100-3-729745") is True


def test_same_account_needs_ours_to_be_one():
    """An own account that is no 記号番号 is the caller's mistake."""
    with pytest.raises(FormatError):
        same_account("00100-2-729754", OURS)
