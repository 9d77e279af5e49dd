"""The receipt on paper: what stands where."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader

from paper.envelopes import EnvelopeProfile
from paper.errors import DoesNotFit, MissingCharacters
from paper.issuer import Issuer
from paper.pdf import render_pdf, render_pdfs
from paper.receipt_design import receipt_css, receipt_html
from paper.receipt_page import ReceiptPage

MakeReceipt = Callable[..., ReceiptPage]
Words = Callable[[Any], list[Any]]
Print = Callable[..., PdfReader]

SEAL = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'%3E%3Cpath d='M0 0h9v9z'/%3E%3C/svg%3E"


@pytest.fixture
def printed(read: Callable[[bytes], PdfReader], profile: EnvelopeProfile) -> Print:
    def render(page: ReceiptPage, profile: EnvelopeProfile = profile) -> PdfReader:
        html = receipt_html(page, profile)
        return read(render_pdf(html, css=receipt_css(profile), title="領収書", variant="pdf/ua-1"))

    return render


def lines_of(page: Any) -> list[str]:
    return ["".join(line.split()) for line in page.extract_text().splitlines()]


def test_a_receipt_says_what_a_receipt_must(make_receipt: MakeReceipt, printed: Print) -> None:
    """Title, number, payer, amount, purpose, both dates, issuer, and the denial of a deduction."""
    text = "".join(lines_of(printed(make_receipt(2000, 5000)).pages[0]))
    for words in (
        "領収書",
        "R2026-00123",
        "髙﨑邊子様",
        "￥7,000－",
        "但しカンパとして",
        "受領日2026年10月2日",
        "2026年11月23日",
        "みどりの町をまもる会",
        "会計担当濵田𠮷德",
        "寄附金控除など税の優遇の対象ではありません",
    ):
        assert words in text


def test_the_title_can_be_searched(make_receipt: MakeReceipt, printed: Print, words: Words) -> None:
    """領収書 is one run of text, not three letters apart."""
    titles = [word.text for word in words(printed(make_receipt()).pages[0]) if "領収" in word.text]
    assert "領収書" in titles


@pytest.mark.parametrize(("yen", "amount"), [(1, "￥1－"), (1_234_567, "￥1,234,567－")])
def test_amounts_are_closed_on_both_sides(
    make_receipt: MakeReceipt, printed: Print, words: Words, yen: int, amount: str
) -> None:
    """In the frame, in the row and in the total: sign before, dash after, commas."""
    assert [word.text for word in words(printed(make_receipt(yen)).pages[0])].count(amount) == 3


def test_the_window_holds_the_whole_address(
    make_receipt: MakeReceipt, printed: Print, words: Words, profile: EnvelopeProfile
) -> None:
    """Postcode, address, building and name stand in the always visible rectangle."""
    place = profile.always_visible
    seen = {
        word.text
        for word in words(printed(make_receipt()).pages[0])
        if place.left <= word.x <= place.right and place.top <= word.y <= place.bottom
    }
    assert seen == {"〒100-0001", "東京都千代田区千代田1-1-1", "みどりマンション405", "髙﨑 邊子　様"}


@pytest.mark.parametrize(
    "profile",
    [EnvelopeProfile(), EnvelopeProfile(left_mm=95, top_mm=20), EnvelopeProfile(left_mm=15, top_mm=25)],
    ids=["stock", "window on the right", "window low"],
)
def test_nothing_else_may_come_into_sight(
    make_receipt: MakeReceipt, printed: Print, words: Words, profile: EnvelopeProfile
) -> None:
    """Wherever the letter slides, only the address can be seen in the window."""
    page = printed(make_receipt(message="ありがとうございます。"), profile).pages[0]
    sight = profile.sometimes_visible
    seen = [
        word.text
        for word in words(page)
        if sight.left <= word.x <= sight.right and sight.top <= word.y <= sight.bottom
    ]
    assert sorted(seen) == sorted(
        ["〒100-0001", "東京都千代田区千代田1-1-1", "みどりマンション405", "髙﨑 邊子　様"]
    )


def test_the_receipt_stands_between_the_folds(
    make_receipt: MakeReceipt, printed: Print, words: Words
) -> None:
    """Title, amount and the last line of the issuer stand in the middle panel, the table below."""
    found = {word.text: word.y for word in words(printed(make_receipt(7000)).pages[0])}
    assert 99 < found["領収書"] < 198
    assert 99 < found["会計担当　濵田 𠮷德"] < 198
    assert found["内訳"] > 198


def test_fourteen_lines_go_on_to_a_second_page(
    make_receipt: MakeReceipt, printed: Print, words: Words
) -> None:
    """The number and the table's head come again, the total stands once, and no line is lost."""
    first, second = printed(make_receipt(*range(1000, 15000, 1000))).pages
    runs = [word.text for page in (first, second) for word in words(page)]
    assert [runs.count(f"カンパ(寄付) 第{number}回") for number in range(1, 15)] == [1] * 14
    assert runs.count("合計") == 1
    assert "￥105,000－" in {word.text for word in words(second)}
    assert "領収書R2026-00123（つづき）" in lines_of(second)
    assert {"受領日", "摘要", "金額"} <= {word.text for word in words(second)}
    assert "2／2ページ" in lines_of(second)


def test_a_reissue_says_so(make_receipt: MakeReceipt, printed: Print) -> None:
    """再発行 with its date beside the title, under the same number."""
    lines = lines_of(printed(make_receipt(state="再発行", state_note="2026年12月1日")).pages[0])
    assert {"再発行", "2026年12月1日"} <= set(lines)
    assert any("R2026-00123" in line for line in lines)


def test_a_void_receipt_is_marked_across(make_receipt: MakeReceipt, printed: Print) -> None:
    """無効 stands beside the title and across the page, and on the following page too."""
    first, second = printed(make_receipt(*[1000] * 14, state="無効", state_note="金額の誤り")).pages
    assert lines_of(first).count("無効") == 2
    assert "領収書R2026-00123無効（つづき）" in lines_of(second)


def test_a_long_reason_stands_below_the_table(
    make_receipt: MakeReceipt, printed: Print, words: Words
) -> None:
    """Whole, where it has room, instead of running into the name."""
    reason = "二つの入金を一つとまちがえて書いたため、正しい領収書を二枚に分けて出しなおしました。"
    (place,) = [
        word
        for word in words(printed(make_receipt(1000, state="無効", state_note=reason)).pages[0])
        if word.text.startswith("無効: 二つの")
    ]
    assert place.y > 198
    assert place.text == f"無効: {reason}"


def test_the_stamp_note_begins_at_fifty_thousand(make_receipt: MakeReceipt, profile: EnvelopeProfile) -> None:
    """Below, no revenue stamp is a question for anybody."""
    note = "収入印紙は不要です。"
    assert note not in receipt_html(make_receipt(49_999, stamp_note=note), profile)
    assert note in receipt_html(make_receipt(50_000, stamp_note=note), profile)


def test_a_long_organisation_breaks_after_its_legal_form(
    make_receipt: MakeReceipt, printed: Print, words: Words, long_organisation: Any
) -> None:
    """The addressee of 38 characters takes two lines and keeps its 御中."""
    page = make_receipt(1000, addressee_name=long_organisation.name, honorific="御中")
    runs = [word.text for word in words(printed(page).pages[0])]
    assert (
        runs[runs.index("特定非営利活動法人") + 1]
        == "市民の暮らしと環境を守る全国ネットワーク東日本支部連絡協議会　御中"
    )


def test_words_are_escaped(make_receipt: MakeReceipt, printed: Print) -> None:
    """What looks like HTML is printed as it was written."""
    text = "".join(lines_of(printed(make_receipt(purpose_line="<b>会費</b> & <img src=x>")).pages[0]))
    assert "<b>会費</b>&<imgsrc=x>" in text


def test_the_seal_is_described(make_receipt: MakeReceipt, issuer: Issuer, profile: EnvelopeProfile) -> None:
    """A seal is a picture with words for those who cannot see it."""
    html = receipt_html(make_receipt(issuer=replace(issuer, seal=SEAL)), profile)
    assert 'alt="みどりの町をまもる会の印"' in html
    assert render_pdf(html, css=receipt_css(profile), title="x", variant="pdf/ua-1").startswith(b"%PDF-")


def test_a_long_greeting_is_refused_not_cut(make_receipt: MakeReceipt, profile: EnvelopeProfile) -> None:
    """What does not fit above the fold is an error."""
    with pytest.raises(DoesNotFit):
        receipt_html(make_receipt(message="長い" * 300), profile)


def test_a_missing_character_stops_the_run(make_receipt: MakeReceipt, profile: EnvelopeProfile) -> None:
    """The receipt at fault is known by its place."""
    pages = [receipt_html(make_receipt(purpose_line=purpose), profile) for purpose in ("会費", "会費😀")]
    with pytest.raises(MissingCharacters) as caught:
        render_pdfs(pages, css=receipt_css(profile), title="領収書")
    assert (caught.value.characters, caught.value.document) == (("😀",), 1)
