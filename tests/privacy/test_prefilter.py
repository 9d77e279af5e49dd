"""The quick look never lets a finding pass, and it spares the texts that a bank writes."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from privacy.national_ids import FieldClass, scan, scan_fully
from privacy.prefilter import is_surely_clean

WORDS = ["保険証 記号", "番号", "被保険者証の記号", "旅券", "パスポート", "passport ", "在留カード", "マイナンバー", "雇用保険", "AB", "ｃＤ", "E+11"]
SIGNS = ["-", "・", " ", "：", "&#49;", "%31", "\u200b", "𝟙", "①", "一", "２", "<b>", "\\u0031", "\n", "/"]
pieces = st.lists(
    st.one_of(st.sampled_from(WORDS), st.sampled_from(SIGNS), st.text("0123456789", min_size=1, max_size=15)), max_size=8
).map("".join)
anything = st.text(st.characters(blacklist_categories=("Cs",)), max_size=40)


@settings(max_examples=400)
@given(st.one_of(pieces, anything), st.sampled_from(FieldClass))
@example("記号1-1", FieldClass.FREE_TEXT)
@example("旅券 TK1234567", FieldClass.FREE_TEXT)
@example("AB12345678CD", FieldClass.STRUCTURED)
@example("保険証 記号12 番号34", FieldClass.FREE_TEXT)
def test_what_is_surely_clean_has_no_finding(text, field_class):
    """The quick look and the full scan never differ."""
    assert scan(text, field_class) == scan_fully(text, field_class)


@given(st.text("0123456789", min_size=1, max_size=40), st.sampled_from(FieldClass))
def test_plain_digits_are_clean_unless_twelve(digits, field_class):
    """A cell of nothing but digits is a finding only with the length of a 個人番号."""
    assert is_surely_clean(digits) is (len(digits) != 12)
    assert len(digits) == 12 or scan_fully(digits, field_class) == ()


@pytest.mark.parametrize("text", ["", "ｻﾄｳ ﾊﾅｺ", "髙橋由美子", "202604010000001", "料　金", "2026-04-01", "賛同金 3000円", "振込", "-1,650"])
def test_the_cells_of_a_bank_need_no_full_scan(text):
    """Names, days, amounts and the bank's own numbers are cleared by the quick look."""
    assert is_surely_clean(text)


@pytest.mark.parametrize(
    "text", ["123456789018", "1234-5678-9018", "＆#49; 2345".replace("＆", "&"), "記号12 番号34", "旅券TK1234567", "AB12345678CD", "𝟙"]
)
def test_what_may_hold_a_number_is_scanned(text):
    """Anything that could be one of the numbers goes on to the full scan."""
    assert not is_surely_clean(text)


wordless = st.text("0123456789０１２ -－()（）+　", min_size=8, max_size=30)


@settings(max_examples=400)
@given(wordless, st.sampled_from(FieldClass))
@example("1234-567890-1", FieldClass.FREE_TEXT)
@example("03-1234-5678", FieldClass.STRUCTURED)
def test_digits_without_words_have_no_hidden_finding(text, field_class):
    """A telephone number needs no full scan, 4-6-1 and anything of twelve digits does."""
    assert scan(text, field_class) == scan_fully(text, field_class)


@pytest.mark.parametrize("text", ["03-1234-5678", "090-1234-5678", "(03) 1234-5678", "０３－１２３４－５６７８"])
def test_a_telephone_number_needs_no_full_scan(text):
    """Ten or eleven digits by themselves."""
    assert is_surely_clean(text)
