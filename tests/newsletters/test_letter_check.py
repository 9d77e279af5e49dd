"""What must be mended before a letter is frozen."""

import pytest

from newsletters.letter_check import check, check_size

GOOD = "{{氏名}}{{敬称}}\n\n**「強調」**です。[集会の案内](https://example.jp/)"


def codes(title: str, markdown: str) -> list[tuple[str, int | None]]:
    return [(one.code, one.line) for one in check(title, markdown)]


def test_a_good_letter_has_no_complaints() -> None:
    """Placeholders, emphasis and a link that says where it leads."""
    assert codes("ひとくち通信", GOOD) == []


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("一\n\n{{名前}}", [("unknown_placeholder", 3)]),
        ("一\n\n{{氏名", [("broken_placeholder", 3)]),
        ("一\n\n**片方", [("stars_left_over", 3)]),
        ("＊＊全角＊＊", [("stars_left_over", 1)]),
        ("[こちら](https://example.jp/)", [("link_says_nothing", 1)]),
        ("[「こちら」](https://example.jp/)", [("link_says_nothing", 1)]),
        ("[](https://example.jp/)", [("link_says_nothing", 1)]),
        ("[案内](http://example.jp/)", [("link_not_allowed", 1)]),
        ("[案内](/page)", [("link_not_allowed", 1)]),
        ("[案内](https://example.jp/{{支援者番号}})", [("placeholder_in_link", 1)]),
        ("![絵](https://example.jp/x.png)", [("image_not_allowed", 1)]),
        ("", [("body_missing", None)]),
    ],
)
def test_each_slip_is_named_with_its_line(markdown: str, expected: list[tuple[str, int | None]]) -> None:
    """One complaint each, with a stable code."""
    assert codes("題", markdown) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [("", "title_missing"), ("あ" * 41, "title_too_long"), ("{{氏名}}さんへ", "placeholder_in_title")],
)
def test_the_title_is_looked_at(title: str, expected: str) -> None:
    """Empty, too long for a list of mails, or personal."""
    assert codes(title, GOOD) == [(expected, None)]


def test_a_mail_that_would_be_cut_off_is_refused() -> None:
    """90 kB of HTML is the limit."""
    assert ([one.code for one in check_size("あ" * 30_001)], check_size("あ" * 30_000)) == (["letter_too_long"], [])
