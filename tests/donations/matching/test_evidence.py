"""The reasons as a treasurer reads them."""

from dataclasses import replace
from datetime import date

import pytest

from donations.matching.crowd import crowd_of
from donations.matching.gate import Policy
from donations.matching.in_memory import InMemoryRegister
from donations.matching.lines import Line
from donations.matching.match import match_batch
from donations.matching.register import KnownName, Person, Population

APRIL = date(2025, 4, 8)
ICHIRO = Person(1, "0123", "", "individual", "佐藤 一郎", "サトウ イチロウ", 1000, last_amount_yen=3000, last_paid_on=APRIL)
KEIKO = Person(2, "0412", "", "individual", "大河内 敬子", "オオコウチ ケイコ", 1000)
MIDORI = Person(3, "", "", "organisation", "みどりの会", "ミドリノカイ", 3000, contact="山田 春子", contact_reading="ヤマダ ハルコ")


def sentences(payer_text, *, people=(ICHIRO, KEIKO, MIDORI), names=(), message="", received_yen=3000):
    line = Line(7, date(2026, 4, 20), received_yen, 0, payer_text, message, "振込")
    match = match_batch([line], InMemoryRegister(people, names, population=Population(payers=1000.0)), policy=Policy.posterior())[0]
    return {reason.sentence: reason.speaks_for for one in match.suggestions[:1] for reason in one.evidence}


@pytest.mark.parametrize(
    ("payer_text", "sentence"),
    [
        ("ｻﾄｳ ｲﾁﾛｳ", "登録の読み「サトウ イチロウ」と同じです。"),
        ("佐藤　一郎", "登録の名前「佐藤 一郎」と同じです。"),
        ("ｻﾄｳ ｲﾁﾓｳ", "登録の読み「サトウ イチロウ」と1文字だけ違います。"),
        ("ｻﾄｳ ﾊﾙﾋｺ", "姓は登録の読み「サトウ イチロウ」と同じですが、名が違います（家族かもしれません）。"),
        ("ﾀﾅｶ ｲﾁﾛｳ", "名は登録の読み「サトウ イチロウ」と同じですが、姓が違います（姓が変わったのかもしれません）。"),
        ("ｵｵｺｳﾁ", "払込人名が途中で切れていますが、はじめの部分が登録の読み「オオコウチ ケイコ」と同じです。"),
        ("ﾔﾏﾀﾞ ﾊﾙｺ", "担当者の名前「山田 春子」と同じです。"),
        ("ﾖｺﾊﾏﾐﾄﾞﾘﾉｶｲ", "払込人名の中に、登録の読み「ミドリノカイ」があります。"),
        ("ﾜﾐﾄﾞﾘﾉｼﾛｶ", "登録の読み「ミドリノカイ」に少し似ています（8文字のうち5文字が同じ順にあります）。"),
    ],
)
def test_what_is_alike_and_how_far(payer_text, sentence):
    """The first reason names what the register has, and how the line agrees or differs."""
    assert next(iter(sentences(payer_text))) == sentence


def test_a_name_with_little_in_common_is_not_offered():
    """みどりの会 is no candidate for ﾐｺｼﾊﾞ ﾄｼｿﾞｳ, nor a relative of ﾐﾄﾞﾘ ｼﾝｲﾁ."""
    assert (sentences("ﾐｺｼﾊﾞ ﾄｼｿﾞｳ"), sentences("ﾐﾄﾞﾘ ｼﾝｲﾁ")) == ({}, {})


@pytest.mark.parametrize(
    ("amount_yen", "sentence"),
    [(3000, "昨年4月と同じ払込人名・同じ金額です。"), (5000, "昨年4月と同じ払込人名です。")],
)
def test_a_name_confirmed_last_year(amount_yen, sentence):
    """When it was, and whether the amount is the same."""
    learned = KnownName("サトウハルヒコ", frozenset({1}), "learned", 1, APRIL, last_amount_yen=3000)
    assert next(iter(sentences("ｻﾄｳ ﾊﾙﾋｺ", names=[learned], received_yen=amount_yen))) == sentence


def test_a_name_confirmed_more_than_once():
    """How often is said too."""
    learned = KnownName("サトウハルヒコ", frozenset({1}), "learned", 4, APRIL)
    assert "昨年4月と同じ払込人名・同じ金額です（この名前を確かめたのは4回）。" in sentences("ｻﾄｳ ﾊﾙﾋｺ", names=[learned])


def test_another_of_the_same_reading():
    """Number and name of the other one, as a reason against."""
    found = sentences("ｵｵｺｳﾁ ｹｲｺ", people=[KEIKO, replace(KEIKO, id=4, number="0977", name="大河内 恵子")])
    assert found["同じ名前・同じ読みの支援者がもう1人います（0977 大河内 恵子）。"] is False


def test_a_number_of_somebody_else():
    """The number as the register writes it, and whose it is."""
    assert sentences("ｵｵｺｳﾁ ｹｲｺ 0123")["番号0123は別の人（佐藤 一郎）の番号です。"] is False


def test_a_common_name_speaks_against():
    """鈴木 博 is many people's name."""
    hiroshi = replace(ICHIRO, name="鈴木 博", reading="スズキ ヒロシ")
    assert sentences("ｽｽﾞｷ ﾋﾛｼ", people=[hiroshi])["この姓名の人は、推計で10万人に約5人です。"] is False


def test_a_small_register_does_not_make_a_name_common():
    """Two of twelve supporters are called ミノル; a sixth of the nation is not."""
    minoru = [replace(ICHIRO, id=one, name=name, reading="タナカ ミノル") for one, name in ((1, "田中 実"), (2, "田中 稔"))]
    others = [replace(KEIKO, id=one, name=f"大河内 敬{one}", reading=f"オオコウチ ケイ{one}") for one in range(3, 13)]
    line = Line(7, date(2026, 4, 20), 3000, 0, "ﾀﾅｶ ﾐﾉﾙ", "", "振込")
    register = InMemoryRegister([*minoru, *others], (), population=crowd_of([*minoru, *others]))
    match = match_batch([line], register, policy=Policy.posterior())[0]
    assert {
        reason.sentence for one in match.suggestions for reason in one.evidence if reason.code in ("name_common", "name_rare")
    } == {"この姓名の人は、推計で10万人に約2人です。"}


@pytest.mark.parametrize(("payer_text", "message"), [("0123", ""), ("", "0123 佐藤です")])
def test_a_number_without_a_name(payer_text, message):
    """No payer's name is written, so none differs."""
    found = sentences(payer_text, message=message)
    assert (found["払込人名が書かれていません。"], "払込人名は、登録の名前と違います。" in found) == (False, False)


def test_another_name_is_not_another_manner_of_writing():
    """The family's payer is told by the name alone; how the learned one was written says nothing here."""
    learned = KnownName("サトウハルヒコ", frozenset({1}), "learned", 4, APRIL, last_text="ｻﾄｳ ﾊﾙﾋｺ")
    assert "前回とは書き方が少し違います。" not in sentences("ｻﾄｳ ﾅﾂﾋｺ", names=[learned])


def test_a_rare_name_speaks_for():
    """Hardly anybody else is called 大河内 敬子."""
    found = sentences("ｵｵｺｳﾁ ｹｲｺ")
    assert [speaks_for for sentence, speaks_for in found.items() if "この姓名" in sentence] == [True]


def test_an_unverified_reading_is_called_a_guess():
    """A supporter without フリガナ, found by what the program proposes."""
    found = sentences("ｻﾄｳ ｲﾁﾛｳ", people=[replace(ICHIRO, reading="")])
    assert "プログラムが名前から推測した読みと同じです（まだ確かめていない読みです）。" in found


def test_units_that_strangers_give_as_well_speak_against_and_say_so():
    """One unit is what a supporter gives; five are what anybody may give."""
    found = {sentence: speaks_for for yen in (1_000, 5_000) for sentence, speaks_for in sentences("ｵｵｺｳﾁ ｹｲｺ", received_yen=yen).items()}
    assert (found["1,000円は、この支援者の1口分です。"], found["5,000円は、この支援者の5口分です。支援者ではない方からも、よくある額です。"]) == (
        True, False,
    )  # fmt: skip
