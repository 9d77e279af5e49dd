import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from japanese.errors import FormatError, Reason
from japanese.kana import DASHES, fold_kana, is_kana_only, to_full_katakana, to_zengin_kana

READING = st.text("アイウガギヂヅヴヲンッャュョァィーパポ ・ぁあがっんゐゑゝ", max_size=20)
BANK = st.text("ｱｶｻﾊｳﾝﾞﾟ-()ABC123 .", max_size=20)


def test_half_width_kana_becomes_full_width():
    """Separate sound marks join their kana; the ASCII hyphen stays."""
    assert to_full_katakana("ｼﾕﾝｲﾁﾛ- ﾊﾟﾊﾞ") == "シユンイチロ- パバ"


def test_hiragana_becomes_katakana():
    """Hiragana with small and iterated kana turns into the same katakana."""
    assert to_full_katakana("きょうこ みすゞ") == "キョウコ ミスヾ"


def test_spacing_sound_mark_joins_its_kana():
    """A full-width spacing mark (U+309B) typed apart joins the kana before it."""
    assert to_full_katakana("カ゛ハ゜") == "ガパ"


@pytest.mark.parametrize("dash", DASHES)
def test_every_dash_is_dropped_when_folding(dash):
    """A long vowel written with any dash compares equal to none."""
    assert fold_kana(f"ユ{dash}コ") == "ユコ"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ｼﾕﾝﾔ", "しゅんや"),
        ("ｻﾂﾎﾟﾛ", "さっぽろ"),
        ("カヲル", "ｶｵﾙ"),
        ("ツヅキ", "ﾂｽﾞｷ"),
        ("チヂワ", "ﾁｼﾞﾜ"),
        ("ｳﾞｱｲｵﾘﾝ", "バイオリン"),
        ("ヴィオラ", "びおら"),
        ("ヴ", "ブ"),
        ("ヨシヱ", "ﾖｼｴ"),
        ("みすゞ", "ﾐｽｽﾞ"),
        ("いすゞ", "イスズ"),
        ("ただヽ", "タダタ"),
        ("ＡＢＣ会", "abc会"),
        ("マリア・カルラス", "ﾏﾘｱ ｶﾙﾗｽ"),
        ("José", "JOSE"),
    ],
)
def test_same_sound_folds_to_the_same_text(one, other):
    """Ways to write one sound fold to one text."""
    assert fold_kana(one) == fold_kana(other)


def test_folding_keeps_different_names_apart():
    """Voicing and the written long vowel still count."""
    assert len({fold_kana(name) for name in ("ナカジマ", "ナカシマ", "オノ", "オオノ", "オウノ")}) == 5


def test_folding_takes_double_repeat_marks():
    """Each 々 repeats the character before it."""
    assert fold_kana("代々々木") == "代代代木"


@given(st.text())
def test_folding_is_a_fixed_point(text):
    """Folding what is folded changes nothing, for any text of Unicode."""
    assert fold_kana(fold_kana(text)) == fold_kana(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("サトウ ハナコ", True),
        ("ｻﾄｳ･ﾊﾅｺ", True),
        ("さとう　はなこ", True),
        ("ジョン・スミスー", True),
        ("佐藤 ハナコ", False),
        ("SATO", False),
        ("サトウ1", False),
        ("", False),
        (" ・ー", False),
        ("々", False),
    ],
)
def test_is_kana_only(text, expected):
    """A reading is kana with dots, dashes and spaces, and at least one kana."""
    assert is_kana_only(text) is expected


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("しゅんいちろう ニッポン", "ｼﾕﾝｲﾁﾛｳ ﾆﾂﾎﾟﾝ"),
        ("サッポロビール", "ｻﾂﾎﾟﾛﾋﾞ-ﾙ"),
        ("カ）ミドリ", "ｶ)ﾐﾄﾞﾘ"),
        ("ヴィオラ　かをる", "ｳﾞｲｵﾗ ｶｵﾙ"),
        ("Abc 12−3.", "ABC 12-3."),
        ("チヂミ ツヅミ", "ﾁﾁﾞﾐ ﾂﾂﾞﾐ"),
        ("", ""),
    ],
)
def test_zengin_kana_is_written_strictly(text, written):
    """Half-width, no small kana, ASCII hyphen, ヲ as ｵ."""
    assert to_zengin_kana(text) == written


@pytest.mark.parametrize(
    "text", ["佐藤", "サトウ・ハナコ", "サトウ、", "ア゛", "カ゜", "サトウ/", "é", "A\nB", "ヽ"]
)
def test_zengin_kana_refuses_other_characters(text):
    """What the permitted set lacks is refused, and the text is not in the message."""
    with pytest.raises(FormatError) as caught:
        to_zengin_kana(text)
    assert caught.value.reason is Reason.CHARACTERS
    assert text not in str(caught.value)


def test_zengin_kana_names_the_place():
    """The message counts characters from one."""
    with pytest.raises(FormatError, match=r"^3文字目あたり"):
        to_zengin_kana("サト藤")


@given(READING.filter(lambda text: "・" not in text and "ゝ" not in text))
def test_zengin_kana_compares_equal_to_its_source(text):
    """Writing for the bank does not change what the name folds to."""
    assert fold_kana(to_zengin_kana(text)) == fold_kana(text)


@given(BANK)
def test_zengin_kana_is_permitted_or_refused(text):
    """Whatever comes out is in the permitted set and stays as it is when written again."""
    try:
        written = to_zengin_kana(text)
    except FormatError:
        return
    assert re.fullmatch(r"[ｱ-ﾝﾞﾟA-Z0-9 ().\-]*", written)
    assert to_zengin_kana(written) == written
