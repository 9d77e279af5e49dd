import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from japanese.kana import to_zengin_kana
from japanese.kanji_variants import GROUPS, VARIANT_TO_USUAL
from japanese.names import comparison_key, kana_key, kanji_key, loose_key, script_of

PIECES = st.lists(
    st.sampled_from(
        [
            "カブシキ",
            "ガイシャ",
            "カブシキガイシャ",
            "株式会社",
            "（株）",
            "(カ)",
            "カ)",
            "(トクヒ",
            "ｶ)",
            "ﾛｳｸﾐ",
            "(ロウクミ)",
            "法人",
            "社団",
            "NPO",
            "緑",
            "みどり",
            "ヴ",
            "ア",
            "々",
            "ー",
            "-",
            "(",
            ")",
            "髙",
            "𠮷",
            "斎",
            "ゞ",
            "ﾊ",
            "ﾞ",
            " ",
            "\u3000",
        ]
    ),
    max_size=8,
).map("".join)
READING = st.text("アイウエオカキクケコガギヂヅヲンッャュョパポ", min_size=1, max_size=15)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ｼﾕﾝｲﾁﾛｳ ｻﾄｳ", "しゅんいちろう　さとう"),
        ("ｶ)ﾐﾄﾞﾘ", "みどり株式会社"),
        ("ﾐﾄﾞﾘ(ｶ", "カブシキ ガイシャ ミドリ"),
        ("ﾄｸﾋ)ﾐﾄﾞﾘﾉｶｲ", "エヌピーオーほうじん みどりのかい"),
        ("ｼﾔ)ﾐﾄﾞﾘ", "いっぱんしゃだんほうじん みどり"),
        ("ﾐﾄﾞﾘ(ﾛｳｸﾐ", "みどり ろうどうくみあい"),
        ("ﾐﾄﾞﾘ(ｾｲｷﾖｳ)", "みどり せいかつきょうどうくみあい"),
        ("ﾄｸﾖｳ)ﾐﾄﾞﾘ", "とくべつようごろうじんホーム みどり"),
        ("ナカヤマ　ヨシヱ", "ﾅｶﾔﾏﾖｼｴ"),
    ],
)
def test_kana_key_meets(one, other):
    """Bank style and typed style of one reading have one key."""
    assert kana_key(one) == kana_key(other)


def test_kana_key_keeps_company_and_union_apart():
    """A legal form is dropped, a business word stays: ミドリ(カ and ミドリ(ロウクミ are different payers."""
    assert kana_key("ﾐﾄﾞﾘ(ｶ") != kana_key("ﾐﾄﾞﾘ(ﾛｳｸﾐ")


def test_kana_key_does_not_strip_without_a_bracket():
    """A name that starts like an abbreviation keeps its first kana."""
    assert kana_key("ｶ ﾄｳ ﾊﾅｺ") == "カトウハナコ"


@pytest.mark.parametrize("text", ["ｶ)", "株式会社", "(ｶ)"])
def test_a_legal_form_alone_keeps_a_key(text):
    """A text that is only a legal form does not get the empty key that every other such text would share."""
    assert kana_key(text) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("髙橋　花子", "高橋花子"),
        ("山﨑", "山崎"),
        ("渡邊", "渡辺"),
        ("渡邉", "渡辺"),
        ("齋藤", "斉藤"),
        ("齊藤", "斎藤"),
        ("𠮷田", "吉田"),
        ("佐々木", "佐佐木"),
        ("濵田", "浜田"),
        ("龍ヶ崎", "竜ケ崎"),
        ("神田", "神田"),
        ("葛\U000e0100城", "葛城"),
        ("辻︀", "辻"),
        ("（株）みどり書店", "みどり書店"),
        ("株式會社緑", "緑 株式会社"),
        ("醫療法人社団 緑", "緑"),
        ("特定非営利活動法人 緑の会", "ＮＰＯ法人緑の会"),
        ("はるみ会", "ハルミ会"),
    ],
)
def test_kanji_key_meets(one, other):
    """Variant forms of one written name have one key."""
    assert kanji_key(one) == kanji_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("大阪", "大坂"),
        ("太田", "大田"),
        ("埼玉", "崎玉"),
        ("中川", "仲川"),
        ("和島", "輪島"),
        ("畑山", "畠山"),
    ],
)
def test_kanji_key_keeps_different_names_apart(one, other):
    """Look-alikes that are different names keep different keys."""
    assert kanji_key(one) != kanji_key(other)


def test_no_character_is_in_two_variant_groups():
    """Folding is unambiguous: a character belongs to one group."""
    characters = "".join(GROUPS)
    assert len(characters) == len(set(characters))


def test_variant_table_is_large_and_of_single_ideographs():
    """At least 150 variants, each an ideograph that NFKC alone does not fold."""
    assert len(VARIANT_TO_USUAL) >= 150
    assert [v for v in map(chr, VARIANT_TO_USUAL) if unicodedata.normalize("NFKC", v) != v] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("ナカジマ", "ナカシマ"), ("オオノ", "オノ"), ("ユウコ", "ﾕ-ｺ"), ("ケイコ", "ケーコ"), ("リョウ", "ﾘﾖ")],
)
def test_loose_key_meets_near_misses(one, other):
    """Voicing and long vowels do not count in K2."""
    assert loose_key(one) == loose_key(other)


@given(PIECES)
@pytest.mark.parametrize("key", [kana_key, kanji_key, loose_key])
def test_keys_are_fixed_points_of_awkward_names(key, text):
    """key(key(x)) == key(x), also for legal forms inside legal forms and stray brackets."""
    assert key(key(text)) == key(text)


@given(st.text())
@pytest.mark.parametrize("key", [kana_key, kanji_key, loose_key])
def test_keys_are_fixed_points_of_any_text(key, text):
    """key(key(x)) == key(x) for any text of Unicode."""
    assert key(key(text)) == key(text)


@given(READING)
def test_bank_spelling_has_the_key_of_the_reading(reading):
    """A reading, and the same reading as the bank writes it, share K1 and K2."""
    assert kana_key(to_zengin_kana(reading)) == kana_key(reading)
    assert loose_key(to_zengin_kana(reading)) == loose_key(reading)


@given(st.text("ABCabc123アガパ髙", max_size=12))
def test_width_and_form_do_not_count(text):
    """NFKC and NFKD spellings of one name share every key."""
    for form in ("NFKC", "NFKD"):
        assert kanji_key(unicodedata.normalize(form, text)) == kanji_key(text)


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("ｻﾄｳ", "kana"),
        ("さとう123", "kana"),
        ("佐藤ハナ", "kanji"),
        ("𠮷", "kanji"),
        ("々", "kanji"),
        ("Smith", "latin"),
        ("NPOハナ", "kana"),
        ("123-4", ""),
        ("・ー", ""),
        ("", ""),
    ],
)
def test_script_of(text, script):
    """Kanji wins over kana, kana over Latin."""
    assert script_of(text) == script


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ｻﾄｳ ﾊﾅｺ", ("kana", "サトウハナコ")),
        ("髙橋花子", ("kanji", "高橋花子")),
        ("Smith, John", ("latin", "SMITHJOHN")),
        ("㈱みどり", ("kana", "ミドリ")),
        ("ABC(ｶ", ("latin", "ABC")),
        ("12", ("", "")),
        ("", ("", "")),
    ],
)
def test_comparison_key(text, expected):
    """The script is that of the name without its legal form; no letters, no key."""
    assert comparison_key(text) == expected
