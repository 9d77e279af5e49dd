"""What is shown of a file, and what never is."""

import pytest

from donations.bankfiles import errors, read
from donations.bankfiles.errors import BankFileError, BrokenLine, drop_long_numbers, showable

PUBLIC_TEST_NUMBER = "123456789018"
FILE = (
    "明細件数：1\n取引日,入出金明細ＩＤ,受入金額（円）,払出金額（円）,詳細１,詳細２,現在（貸付）高,\n"
    "20260901,,{amount},,振込,ｷﾑﾗ,9000,\n"
)


@pytest.mark.parametrize(
    "written",
    [
        "123456789018",
        "1234-5678-9018",
        "１２３４ ５６７８ ９０１８",
        "一二三四五六七八九〇一八",
        "番号：①②③④⑤⑥⑦⑧⑨0",
    ],
)
def test_default_guard_hides_ten_digits_or_more(written: str) -> None:
    """Digits of every script count, whatever stands between them."""
    assert drop_long_numbers(written) == errors.HIDDEN


def test_default_guard_leaves_an_ordinary_cell() -> None:
    """A date and a name stay readable."""
    assert drop_long_numbers("20260901 ﾔﾏﾀﾞ") == "20260901 ﾔﾏﾀﾞ"


def test_guard_sees_the_text_before_it_is_cut() -> None:
    """Eleven digits of a number at the edge would give the twelfth away."""
    text = "あ" * 55 + PUBLIC_TEST_NUMBER
    assert showable(text, lambda shown: shown.replace(PUBLIC_TEST_NUMBER, "※")) == "あ" * 55 + "※"


def test_a_very_long_text_is_not_shown_at_all() -> None:
    """Only its length is told."""
    assert showable("9" * 401, lambda shown: shown) == "（401文字の長い文字列）"


def test_line_breaks_and_control_characters_are_not_shown() -> None:
    """A quoted cell can break neither a page nor a log."""
    assert showable("a\r\n\x1b[31mb\u2028c", lambda shown: shown) == "a [31mb c"


def test_the_guard_of_the_caller_is_used_for_what_was_found() -> None:
    """The application passes its own scanner."""
    with pytest.raises(BrokenLine) as caught:
        read(FILE.format(amount="千円").encode("cp932"), guard=lambda text: text.replace("千", "□"))
    assert caught.value.found == "□円"


def test_the_guard_of_the_caller_is_used_for_the_file_name() -> None:
    """A file may be named after a number."""
    with pytest.raises(BankFileError) as caught:
        read(
            b"",
            file_name=f"{PUBLIC_TEST_NUMBER}.csv",
            guard=lambda text: text.replace(PUBLIC_TEST_NUMBER, "□"),
        )
    assert caught.value.file == "□.csv"


def test_no_part_of_the_exception_holds_the_number() -> None:
    """Neither the message nor the arguments nor an exception behind it."""
    with pytest.raises(BrokenLine) as caught:
        read(FILE.format(amount=f"{PUBLIC_TEST_NUMBER}9").encode("cp932") + "終".encode("cp932"))
    error = caught.value
    said = repr((error, error.args, vars(error), error.__cause__, error.__context__))
    assert PUBLIC_TEST_NUMBER not in said


def test_undecodable_bytes_are_not_carried_along() -> None:
    """A UnicodeDecodeError holds the whole file; it must not hang behind ours."""
    with pytest.raises(BankFileError) as caught:
        read(FILE.format(amount=PUBLIC_TEST_NUMBER).encode("cp932") + b"\x81")
    assert (caught.value.code, caught.value.__cause__, caught.value.__context__) == (
        "not_decodable",
        None,
        None,
    )


def test_message_tells_place_finding_expectation_and_next_step() -> None:
    """One story in full sentences."""
    error = BrokenLine(
        "金額を読めません。",
        found="千円",
        expected="1234 のような金額",
        next_step="直してください。",
        file="a.csv",
        line=3,
        column="受入",
    )
    assert str(error) == (
        "ファイル「a.csv」の3行目の「受入」：金額を読めません。書かれている内容は「千円」です。"
        "必要な内容は、1234 のような金額です。直してください。"
    )
