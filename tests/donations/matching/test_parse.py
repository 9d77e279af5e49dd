"""What is read out of one bank line."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from donations.matching.lines import Form, Line
from donations.matching.parse import parse, strong_keys


def line(payer_text, message="", channel="振込", received_yen=3000, paid_out_yen=0):
    return Line(1, date(2026, 5, 2), received_yen, paid_out_yen, payer_text, message, channel)


def test_a_plain_name_gives_one_strong_key():
    """Half-width kana with a space: the name, and the swapped order as a weaker key."""
    assert parse(line("ｻﾄｳ ｲﾁﾛｳ")).forms == (("サトウイチロウ", Form.WHOLE), ("イチロウサトウ", Form.SWAPPED))


@pytest.mark.parametrize(
    "text",
    ["ｻﾄｳ ｲﾁﾛｳ ｶｲﾋ", "ｻﾄｳ ｲﾁﾛｳ ｶﾝﾊﾟ", "ｻﾄｳｲﾁﾛｳｻﾝﾄﾞｳｷﾝ", "ｻﾄｳ ｲﾁﾛｳ 3ｸﾁ", "ｻﾄｳ ｲﾁﾛｳ(ｶｲﾋ)", "ｶｲﾋ ｻﾄｳ ｲﾁﾛｳ", "2026ﾈﾝﾄﾞ ｻﾄｳ ｲﾁﾛｳ"],
)
def test_words_of_purpose_are_no_part_of_the_name(text):
    """Dues, gift, units and year before or after the name leave the bare name as a strong key."""
    assert "サトウイチロウ" in strong_keys(parse(line(text)))


def test_kanji_with_a_purpose_word():
    """会費 after a kanji name is dropped."""
    assert strong_keys(parse(line("佐藤　一郎　会費")))[-1] == "佐藤一郎"


@pytest.mark.parametrize("text", ["00123 ｻﾄｳ ｲﾁﾛｳ", "ｻﾄｳ ｲﾁﾛｳ 0123", "00123ｻﾄｳ ｲﾁﾛｳ", "ｻﾄｳ ｲﾁﾛｳ No.123"])
def test_a_number_beside_the_name(text):
    """A supporter number before or after the name is read without its leading zeros, and taken off the name."""
    parsed = parse(line(text))
    assert (parsed.numbers, strong_keys(parsed)) == (("123",), ("サトウイチロウ",))


def test_a_labelled_number_in_the_message():
    """番号 in the message labels the number."""
    assert parse(line("ｻﾄｳ ｲﾁﾛｳ", "支援者番号 00123")).numbers == ("123",)


@pytest.mark.parametrize("message", ["0123番", "第0123番です", "0123 番", "会員ナンバー0123", "ﾅﾝﾊﾞｰ 0123", "番号は0123です"])
def test_a_number_in_the_message_called_so_in_other_words(message):
    """番 after it, and ナンバー before it, make a number no less one."""
    assert parse(line("佐藤　一郎", message)).numbers == ("123",)


@pytest.mark.parametrize("message", ["本通123番4号", "本通123番地", "通信第123号を読みました", "123口", "123日"])
def test_what_only_looks_like_a_number(message):
    """Houses, issues of the newsletter, units and days are no supporter's number."""
    assert parse(line("佐藤　一郎", message)).numbers == ()


def test_house_numbers_are_no_supporter_numbers():
    """An address in the message gives its postcode, and no number."""
    parsed = parse(line("佐藤　一郎", "〒999-0123 みどり市本町123番地"))
    assert (parsed.postcodes, parsed.numbers) == (("9990123",), ())


def test_a_phone_is_no_number():
    """A phone in the message is a phone only."""
    parsed = parse(line("佐藤　一郎", "電話 099-123-4567"))
    assert (parsed.phones, parsed.numbers) == (("0991234567",), ())


def test_organisation_before_and_person_after_a_title():
    """代表 parts the organisation from the person, both are looked up."""
    forms = dict(parse(line("ﾄｸﾋ)ﾐﾄﾞﾘﾉｶｲ ﾀﾞｲﾋﾖｳ ﾔﾏﾀﾞ ﾊﾅｺ")).forms)
    assert (forms["ミドリノカイ"], forms["ヤマダハナコ"]) == (Form.BEFORE_TITLE, Form.AFTER_TITLE)


def test_joint_names_share_the_first_surname():
    """佐藤 一郎・花子 names 佐藤一郎 and 佐藤花子."""
    parsed = parse(line("佐藤　一郎・花子"))
    assert (parsed.is_joint, parsed.joint_keys[0], parsed.joint_keys[1][-1]) == (True, ("佐藤一郎",), "佐藤花子")


def test_for_somebody_else():
    """鈴木花子（佐藤一郎分） is for 佐藤一郎."""
    parsed = parse(line("鈴木花子（佐藤一郎分）"))
    assert (parsed.on_behalf, parsed.forms[1]) == (True, ("佐藤一郎", Form.BENEFICIARY))


def test_former_name_in_brackets():
    """田中 花子（佐藤） also names 佐藤花子."""
    assert "佐藤花子" in parse(line("田中　花子（佐藤）")).keys


@pytest.mark.parametrize("text", ["組戻 ｻﾄｳ ｲﾁﾛｳ", "ｻﾄｳ ｲﾁﾛｳ ｸﾐﾓﾄﾞｼ", "取消　ｻﾄｳ ｲﾁﾛｳ"])
def test_reversals(text):
    """組戻 and 取消 mark a reversal and are no part of the name."""
    parsed = parse(line(text))
    assert (parsed.is_reversal, strong_keys(parsed)) == (True, ("サトウイチロウ",))


@pytest.mark.parametrize("text", ["料　金", "ﾃｽｳﾘﾖｳ", "振込手数料", "受取利子"])
def test_the_banks_own_rows_have_no_payer(text):
    """Fees and interest have no keys."""
    parsed = parse(line(text, channel="", received_yen=0, paid_out_yen=152))
    assert (parsed.is_bank_own, parsed.keys) == (True, ())


def test_an_empty_payer_text():
    """No name, no keys, no error."""
    assert parse(line("")).forms == ()


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_can_be_read(payer_text, message):
    """No text of a bank or a person makes reading fail, and no key is empty or doubled."""
    keys = parse(line(payer_text, message)).keys
    assert (all(keys), len(set(keys))) == (True, len(keys))


@pytest.mark.parametrize("message", ["中村 花子分", "市川花子分", "みどり市民の会分"])
def test_a_name_with_a_town_in_it_is_no_address(message):
    """中村, 市川 and 市民 are names: the message says for whom."""
    assert parse(line("ｽｽﾞｷ ｼﾞﾛｳ", message)).says_for_whom is True


@pytest.mark.parametrize("message", ["東京都北区西町1丁目", "西町1-2-3 中村", "みどりマンション5号室"])
def test_an_address_names_nobody(message):
    """What stands in an address is looked up under no name."""
    assert [form for _key, form in parse(line("ｽｽﾞｷ ｼﾞﾛｳ", message)).forms if form is Form.MENTIONED] == []
