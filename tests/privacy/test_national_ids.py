"""The scanner finds the numbers of persons and leaves the numbers of everyday life alone."""

import dataclasses

import pytest

from privacy.national_ids import KNOWN_MISSES, MARK, RULES, FieldClass, Finding, Level, blank, redact, scan

SPECIMEN = "123456789018"
WRONG = "123456789012"


def read(text, field_class=FieldClass.FREE_TEXT):
    return [
        (finding.level.value, finding.rule, text[finding.start : finding.end])
        for finding in scan(text, field_class)
    ]


@pytest.mark.parametrize(
    "label",
    [
        "マイナンバー", "マイナンバー：", "マイナンバーは", "私のマイナンバーは「", "ﾏｲﾅﾝﾊﾞｰ ", "マイナンバ－:", "まいなんばー ", "My Number: ", "ＭＹ　ＮＵＭＢＥＲ　",
        "mynumber=", '"my_number": "', "個人番号", "個人番号（本人）：", "個 人 番 号　", "個人番号\n", "【個人番号】", "<個人番号>", "マイナンバーカードの番号は",
        "個人番号（マイナンバー・12桁）→", "マイ\u200bナンバー ", "個人№ ", "マイ・ナンバー＝",
    ],
)  # fmt: skip
def test_a_label_that_touches_blocks_even_a_mistyped_number(label):
    """The label decides, not the check digit."""
    assert read(label + WRONG) == [("block", "individual_number_labelled", WRONG)]


@pytest.mark.parametrize(
    "number", ["12345678901", "1234567890180", "12345678901820261123", "12-345678-9018", "1.23456789018E+11"]
)
def test_a_labelled_number_may_be_short_long_or_oddly_parted(number):
    """A lost zero, glued digits and odd parts are found behind a label."""
    [finding] = scan("マイナンバー：" + number)
    assert (finding.level, finding.rule, finding.start) == (Level.BLOCK, "individual_number_labelled", 7)


@pytest.mark.parametrize(
    "text",
    [
        f"{WRONG}（マイナンバー）",
        f"{WRONG}は私の個人番号です",
        f"{WRONG} ← マイナンバー",
        f"{SPECIMEN} 個人番号",
    ],
)
def test_a_label_behind_the_number_counts_when_it_is_tied_to_it(text):
    """A bracket, a particle or the check digit ties a label that follows."""
    assert [finding.rule for finding in scan(text)] == ["individual_number_labelled"]


def test_a_second_number_has_the_label_of_the_first():
    """One label, then husband and wife."""
    assert len(scan("マイナンバー：1234-5678-9012（妻 234567890123）")) == 2


@pytest.mark.parametrize(
    "text",
    [
        "1234-5678-9018", "1234 5678 9018", "１２３４　５６７８　９０１８", "1234ー5678ー9018", "1234‐5678‐9018", "1234−5678−9018", "1234・5678・9018",
        "1234.5678.9018", "1234 - 5678 - 9018", "1234の5678の9018", "1234一5678一9018", "1 2 3 4 5 6 7 8 9 0 1 8", "|1|2|3|4|5|6|7|8|9|0|1|8|",
        "［1］［2］［3］［4］［5］［6］［7］［8］［9］［0］［1］［8］", "1 2 3 4-5 6 7 8-9 0 1 8", "1234%205678%209018",
    ],
)  # fmt: skip
def test_the_form_of_the_card_blocks(text):
    """4-4-4 with equal gaps, or one digit to a box, and the check digit."""
    assert [(finding.level, finding.rule) for finding in scan(text)] == [
        (Level.BLOCK, "individual_number_grouped")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "①②③④⑤⑥⑦⑧⑨⓪①⑧", "一二三四五六七八九〇一八", "一二三四五六七八九○一八", "壱弐参四五六七八九零壱八", "¹²³⁴⁵⁶⁷⁸⁹⁰¹⁸", "𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗𝟎𝟏𝟖",
        "١٢٣٤٥٦٧٨٩٠١٨", "1234\u200b5678\u200b9018", "1\u00ad2345678901\u20608", "1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣9️⃣0️⃣1️⃣8️⃣",
    ],
)  # fmt: skip
def test_a_disguise_nobody_types_by_accident_blocks(text):
    """Digits of another kind and hidden signs leave no doubt."""
    assert [(finding.level, finding.rule) for finding in scan(text)] == [
        (Level.BLOCK, "individual_number_bare")
    ]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (SPECIMEN, "individual_number_bare"), ("１２３４５６７８９０１８", "individual_number_bare"), (f"{SPECIMEN} 2026年", "individual_number_bare"),
        (f"{SPECIMEN}.0", "individual_number_bare"), ("1.23456789018E+11", "individual_number_bare"), (r"\uff11\uff12\uff13456789018", "individual_number_bare"),
        ("&#49;23456789018", "individual_number_bare"), ("<b>1234</b>5678<b>9018</b>", "individual_number_bare"),
        ("123456-789018", "individual_number_split"), ("123 456 789 018", "individual_number_split"), ("1234-56789018", "individual_number_split"),
        ("12-34-56-78-90-18", "individual_number_split"), ("1234,5678,9018", "individual_number_split"), ("123456\n789018", "individual_number_split"),
        ("1234-56\n78-9018", "individual_number_split"), ("1234-5678 9018", "individual_number_split"),
    ],
)  # fmt: skip
def test_twelve_digits_that_pass_are_asked_about(text, rule):
    """Without label or card form the check digit alone makes a question, no refusal."""
    assert [(finding.level, finding.rule) for finding in scan(text)] == [(Level.WARN, rule)]


@pytest.mark.parametrize(
    "text",
    [
        "共通番号いらないネット 00100-2-729745", "マイナンバー反対！00100-2-729745", "振替口座 ００１００－２－７２９７４５", "001002729745",
        "マイナンバー違憲訴訟の会 03-1234-5678", "マイナンバー総合フリーダイヤル 0120-95-0178", "マイナンバー 090-1234-5678", "マイナンバー（2015年10月5日施行）",
        "マイナンバー +81-90-1234-5678", "+819012345678", "81-90-1234-5678", "03-1234-5678/5679、090-1234-5678", "①09012345678",
        "追跡番号 1234-5678-9018", "お問い合わせ番号：123456789018", "1234-5678-9018（追跡番号）", "注文番号123456789018、123456789018", "その他の番号 123456789018",
        "2026/11/23 12:34", "202611231234", "20261123 1234", "2024 2025 2026", "会費 1000 2000 3000", "123456789018円", "¥123,456,789,018",
        "法人番号 5835678256246", "T5835678256246", "5-8356-7825-6246", "4111 1111 1111 1111", "XXXX-1234-5678-9018", "4912345678904", "000000003000",
        "192.168.123.145", "https://example.jp/item/123456789018", "550e8400-e29b-41d4-a716-123456789018", "550e8400-e29b-41d4-a716-ab12345678cd", "第123456789018号",
        "三重県津市大字四日市一二三四ー五六ー七八", "北海道釧路市阿寒町1141-1902-1060", "1,2,3,4,5,6,7,8,9,0,1,2", "123456789012",
        "記号 10120 番号 12345671", "健康保険証は2024年12月2日に廃止", "被保険者数 4000万人", "パスポート 2026年11月23日", "雇用保険 03-1234-5678",
    ],
)  # fmt: skip
def test_everyday_numbers_are_left_alone(text):
    """Phones, accounts, dates, amounts, labelled parcels, public numbers."""
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "rule", "number"),
    [
        ("住民票コード 12345678901", "resident_code_labelled", "12345678901"),
        ("住基コード：1234-5678-901", "resident_code_labelled", "1234-5678-901"),
        ("基礎年金番号 1234-567890", "pension_number_labelled", "1234-567890"),
        ("年金手帳の記号番号１２３４－５６７８９０", "pension_number_labelled", "１２３４－５６７８９０"),
        ("雇用保険被保険者番号 1234-567890-1", "employment_insurance_labelled", "1234-567890-1"),
        ("運転免許証番号 第123456789012号", "driving_licence_labelled", "123456789012"),
        ("旅券番号はTK1234567", "passport_labelled", "TK1234567"),
        ("パスポートNo. ＴＫ１２３４５６７", "passport_labelled", "ＴＫ１２３４５６７"),
        ("在留カード番号 AB12345678CD", "residence_card_labelled", "AB12345678CD"),
        ("保険者番号 12345678", "health_insurance_labelled", "12345678"),
        ("被保険者証の記号・番号 12-3456", "health_insurance_labelled", "12-3456"),
        ("国民健康保険 記号 12 番号 3456789", "health_insurance_labelled", "12 番号 3456789"),
    ],
)
def test_the_other_numbers_of_persons_are_blocked_by_their_label(text, rule, number):
    """Residence, pension, employment, licence, passport, insurance."""
    assert read(text) == [("block", rule, number)]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("AB12345678CD", "residence_card"),
        ("1234-567890-1", "employment_insurance_form"),
        ("記号 123 番号 4567", "health_insurance_form"),
    ],
)
def test_a_form_of_its_own_is_asked_about(text, rule):
    """The form of a residence card, of an employment insurance number and of 記号・番号."""
    assert [(finding.level, finding.rule) for finding in scan(text)] == [(Level.WARN, rule)]


@pytest.mark.parametrize("text", [WRONG, "1234-5678-9012", "神田 1234 5678 9012"])
def test_structured_fields_take_no_twelve_digits(text):
    """A name or an address has no room for twelve digits, whatever their check digit."""
    assert [finding.level for finding in scan(text, FieldClass.STRUCTURED)] == [Level.BLOCK]


@pytest.mark.parametrize(
    "text",
    [
        "00100-2-729745",
        "東京都千代田区神田神保町1-2-3 090-1234-5678",
        "つばめの会 202611231234",
        "追跡番号 1234-5678-9012",
    ],
)
def test_structured_fields_take_everyday_numbers(text):
    """Accounts, phones, moments and labelled numbers are no national ID in any field."""
    assert scan(text, FieldClass.STRUCTURED) == ()


def test_words_of_parcels_lower_a_block_to_a_question():
    """荷物 near a 4-4-4 number makes a parcel number likelier."""
    assert [finding.level for finding in scan("荷物が届きました。1234-5678-9018")] == [Level.WARN]


def test_findings_come_by_place_and_do_not_overlap():
    """Two numbers, two findings, left to right."""
    text = "1234-5678-9018と①②③④⑤⑥⑦⑧⑨⓪①⑧"
    assert [(finding.start, finding.end) for finding in scan(text)] == [(0, 14), (15, 27)]


def test_a_finding_carries_no_digit_of_the_number():
    """Level, rule and place only."""
    [finding] = scan("個人番号 1234-5678-9018")
    assert [field.name for field in dataclasses.fields(Finding)] == ["level", "rule", "start", "end"]
    assert repr(finding) == (
        "Finding(level=<Level.BLOCK: 'block'>, rule='individual_number_labelled', start=5, end=19)"
    )


def test_blank_puts_the_mark_in_place_of_what_is_refused():
    """The words around stay, a doubtful number stays."""
    assert blank(f"個人番号 1234-5678-9018です。{SPECIMEN} も") == (f"個人番号 {MARK}です。{SPECIMEN} も", 1)


def test_blank_takes_doubtful_numbers_too_when_asked():
    """With `warn`, nothing is left."""
    assert blank(f"{SPECIMEN}です", warn=True) == (f"{MARK}です", 1)


def test_blank_leaves_a_harmless_text_as_it_is():
    """No mark without a finding."""
    assert blank("賛同金2口 090-1234-5678") == ("賛同金2口 090-1234-5678", 0)


def test_redact_clears_a_log_line():
    """Escapes of a log are read; times and addresses stay."""
    line = r"2026-11-23 12:34:56,789 INFO POST /search q=\uff11\uff12\uff13456789018 192.168.100.200"
    assert redact(line) == f"2026-11-23 12:34:56,789 INFO POST /search q={MARK} 192.168.100.200"


def test_the_mark_is_clean():
    """A blanked text may be stored anywhere."""
    assert scan(MARK, FieldClass.STRUCTURED) == ()


def test_rules_are_sentences_without_digits():
    """Each rule says in Japanese what kind of number it is, and what cannot be found is said too."""
    assert [rule for rule, sentence in RULES.items() if not sentence.endswith("です")] == []
    assert [miss for miss in KNOWN_MISSES if not miss.endswith("。")] == []
