import pytest

from japanese.legal_forms import LEGAL_FORMS, split_legal_form


def named(text):
    core, form, position = split_legal_form(text)
    return core, form.name if form else None, position


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ｶ)ABC", ("ABC", "株式会社", "before")),
        ("ABC(ｶ", ("ABC", "株式会社", "after")),
        ("ABC(ｶ)", ("ABC", "株式会社", "after")),
        ("ABC(ｶ)DEF", ("ABC DEF", "株式会社", "middle")),
        ("カ）ミドリ", ("ミドリ", "株式会社", "before")),
        ("ﾄｸﾋ)ﾐﾄﾞﾘﾉｶｲ", ("ミドリノカイ", "特定非営利活動法人", "before")),
        ("ｼﾔ)ﾐﾄﾞﾘ", ("ミドリ", "社団法人", "before")),
        ("ｼﾕｳ) ﾐﾄﾞﾘｼﾞ", ("ミドリジ", "宗教法人", "before")),
        ("ﾄﾞ)ﾐﾄﾞﾘ", ("ミドリ", "合同会社", "before")),
        ("ﾍﾞﾝ)ﾐﾄﾞﾘ", ("ミドリ", "弁護士法人", "before")),
        ("ﾐﾄﾞﾘ(ﾛｳｸﾐ", ("ミドリ", "労働組合", "after")),
        ("ﾐﾄﾞﾘ(ｴｲ", ("ミドリ", "営業所", "after")),
        ("㈱みどり", ("ミドリ", "株式会社", "before")),
        ("みどり商店（有）", ("ミドリ商店", "有限会社", "after")),
        ("株式会社　緑", ("緑", "株式会社", "before")),
        ("緑株式会社", ("緑", "株式会社", "after")),
        ("一般社団法人緑の会", ("緑ノ会", "社団法人", "before")),
        ("認定ＮＰＯ法人 緑の会", ("緑ノ会", "特定非営利活動法人", "before")),
        ("ミドリ カブシキガイシャ", ("ミドリ", "株式会社", "after")),
        ("みどり かぶしきかいしゃ", ("ミドリ", "株式会社", "after")),
        ("エヌピーオーほうじん みどり", ("ミドリ", "特定非営利活動法人", "before")),
        ("緑生活協同組合", ("緑", "生活協同組合", "after")),
    ],
)
def test_form_is_split_off(text, expected):
    """Core, form and place are read from bank style and from written-out style."""
    assert named(text) == expected


@pytest.mark.parametrize("text", ["カトウ ハナコ", "ｶ ﾄｳ", "ﾄｸﾋ ﾐﾄﾞﾘ", "シヤ", "ヤマダ(ハナコ)", ""])
def test_no_bracket_means_no_form(text):
    """An abbreviation without its bracket is part of a name."""
    assert split_legal_form(text)[1:] == (None, None)


@pytest.mark.parametrize("text", ["株式会社", "（株）", "ｶ)", "(ｶ"])
def test_a_form_alone_is_not_split(text):
    """Nothing is taken off where nothing would remain."""
    assert split_legal_form(text)[1:] == (None, None)


@pytest.mark.parametrize("form", LEGAL_FORMS, ids=lambda form: form.name)
def test_every_abbreviation_is_read_back(form):
    """Each abbreviation of the table is recognised in brackets as a form written the same way."""
    core, found, position = split_legal_form(f"ﾐﾄﾞﾘ({form.abbreviation})ﾉｶｲ")
    assert (core, found.abbreviation, position) == ("ミドリ ノカイ", form.abbreviation, "middle")


@pytest.mark.parametrize("form", LEGAL_FORMS, ids=lambda form: form.name)
def test_every_written_out_name_is_read_back(form):
    """Each name and reading of the table is recognised before a name, the longest first."""
    found = [split_legal_form(f"{word} ミドリ")[:2] for word in (*form.names, *form.readings)]
    assert found == [("ミドリ", form)] * len(found)


def test_the_tables_hold_every_row_of_the_banks():
    """28 legal forms, 2 kinds of office and 25 kinds of business."""
    kinds = [form.kind for form in LEGAL_FORMS]
    assert [kinds.count(kind) for kind in ("legal", "office", "business")] == [28, 2, 25]
