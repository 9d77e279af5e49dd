"""Markdown as it is written in Japanese, and nothing that could do harm."""

import pytest

from newsletters.letter import compose
from newsletters.line_wrap import COLUMNS, width, wrap


def html(markdown: str) -> str:
    return compose(markdown).html


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("これは**「強調」**です。", "<p>これは<strong>「強調」</strong>です。</p>"),
        ("**重要(必読)**です", "<p><strong>重要(必読)</strong>です</p>"),
        ("締切は**12月1日。**です", "<p>締切は<strong>12月1日。</strong>です</p>"),
        ("*「斜め」*も", "<p><em>「斜め」</em>も</p>"),
        ("**全部**", "<p><strong>全部</strong></p>"),
        ("a ** b **c", "<p>a ** b **c</p>"),
        ("**“引用”**です", "<p><strong>“引用”</strong>です</p>"),
    ],
)
def test_emphasis_beside_japanese_signs(markdown: str, expected: str) -> None:
    """Strong text may begin and end with 「」, 。 or brackets, without spaces around it."""
    assert html(markdown) == expected


def test_a_new_line_stays_a_new_line() -> None:
    """Enter in the text is a line break in the letter."""
    assert html("一行目\n二行目") == "<p>一行目<br>\n二行目</p>"


def test_headings_become_second_and_third_level() -> None:
    """The title is the only first-level heading, whatever levels the writer used."""
    assert html("# 大\n\n### 小\n\n## 中") == "<h2>大</h2>\n<h3>小</h3>\n<h3>中</h3>"


def test_raw_html_is_shown_not_obeyed() -> None:
    """Tags are letters like any other."""
    assert html("<script>alert(1)</script>") == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "http://example.jp", "//example.jp"])
def test_a_link_of_another_kind_has_no_address(address: str) -> None:
    """Only https and mailto come through."""
    assert "href" not in html(f"[x]({address})").replace("javascript", "")


def test_a_bare_address_becomes_a_link() -> None:
    """The full stop after it does not belong to it."""
    assert html("https://example.jp/a。 https://example.jp/b.") == (
        '<p><a href="https://example.jp/a">https://example.jp/a</a>。 '
        '<a href="https://example.jp/b">https://example.jp/b</a>.</p>'
    )


def test_an_indented_line_is_no_program_code() -> None:
    """Four spaces at the beginning are an indent."""
    assert html("    字下げ") == "<p>字下げ</p>"


def test_a_picture_leaves_nothing() -> None:
    """No image tag, so nothing remote is ever loaded."""
    assert "img" not in html("![絵](https://example.jp/x.png)")


def test_placeholders_survive_both_editions() -> None:
    """They are filled later, for each reader."""
    letter = compose("**{{氏名}}** {{敬称}}")
    assert (letter.html, letter.text) == ("<p><strong>{{氏名}}</strong> {{敬称}}</p>", "{{氏名}} {{敬称}}")


def test_the_text_edition_has_notes_for_links() -> None:
    """One number for one address; an address that stands there already gets none."""
    text = compose("[案内](https://example.jp/a)と[地図](https://example.jp/b)と[案内](https://example.jp/a)、https://example.jp/c").text
    assert text == "案内[1]と地図[2]と案内[1]、https://example.jp/c\n\n[1] https://example.jp/a\n[2] https://example.jp/b"


def test_the_text_edition_of_lists_and_quotations() -> None:
    """Bullets, numbers and nesting stand without empty lines between them; quotations carry their mark."""
    text = compose("前\n\n- 一\n- 二\n  1. 中\n  2. 下\n- 三\n\n> 引用\n\n---\n\n## 見出し").text
    assert text == "前\n\n・一\n・二\n  1. 中\n  2. 下\n・三\n\n> 引用\n\n" + "―" * 20 + "\n\n■ 見出し"


def test_long_text_is_wrapped_at_thirty_five_letters() -> None:
    """No line is wider than 70 columns, none begins with a closing sign, and nothing is lost."""
    text = "本日は、みなさまにお知らせがあります。" * 12
    lines = wrap(text).split("\n")
    assert "".join(lines) == text
    assert max(width(line) for line in lines) <= COLUMNS
    assert [line for line in lines if line[0] in "、。"] == []


def test_a_long_address_is_never_torn() -> None:
    """Better too wide than broken."""
    address = "https://example.jp/" + "a" * 90
    assert address in wrap(f"ここに{address}があります").split("\n")
