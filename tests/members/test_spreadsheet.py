"""Tables out of CSV and XLSX bytes."""

import zipfile
from datetime import date
from io import BytesIO

import openpyxl
import pytest

from members.spreadsheet import MOST_ROWS, read_sheet
from privacy.errors import Refused


def texts(sheet):
    return [row.cells for row in sheet.rows]


def book(*rows, other=None):
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    if other:
        workbook.create_sheet(other)
    out = BytesIO()
    workbook.save(out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_names_survive_every_encoding(encoding):
    """髙 﨑 邊 ㈱ arrive as written."""
    sheet = read_sheet("氏名\r\n髙﨑　邊㈱\r\n".encode(encoding), "a.csv")
    assert (sheet.headers, texts(sheet)) == (("氏名",), [("髙﨑　邊㈱",)])


@pytest.mark.parametrize("name", ["髙﨑　邊", "𠮷田", "神󠄀"])
def test_names_survive_a_workbook(name):
    """Also what CP932 cannot carry: 𠮷, and a character with a variation selector."""
    assert texts(read_sheet(book(["氏名"], [name]), "a.xlsx")) == [(name,)]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_line_end_is_read(newline):
    """Excel for Mac and others end lines in their own way."""
    assert texts(read_sheet(newline.join(["氏名,電話", "森,03"]).encode(), "a.csv")) == [("森", "03")]


def test_line_numbers_are_those_of_the_spreadsheet():
    """Empty rows count as places, not as rows; a cell of two lines is one row."""
    sheet = read_sheet('氏名,備考\n\n森,"一行目\n二行目"\n,\n林,\n'.encode(), "a.csv")
    assert [(row.line, row.cells) for row in sheet.rows] == [(3, ("森", "一行目\n二行目")), (5, ("林", ""))]


def test_short_rows_are_filled_up():
    """Every row has at least as many cells as there are headers."""
    assert texts(read_sheet("氏名,電話,住所\n森\n".encode(), "a.csv")) == [("森", "", "")]


def test_the_sign_against_formulas_is_taken_off():
    """What our export puts in front of = + - @ is undone, one sign of it."""
    assert texts(read_sheet("氏名,備考\n'=森,''@x\n'森,-\n".encode(), "a.csv")) == [("=森", "'@x"), ("'森", "-")]


def test_numbers_and_dates_of_a_workbook_become_plain_text():
    """1500002, 3.0, a date."""
    sheet = read_sheet(book(["a", "b", "c", "d"], [1500002, 3.0, date(2026, 9, 22), True]), "a.xlsx")
    assert texts(sheet) == [("1500002", "3", "2026-09-22", "True")]


def test_a_formula_without_an_answer_is_named():
    """A workbook that no spreadsheet program has calculated holds no answers."""
    sheet = read_sheet(book(["氏名", "フリガナ"], ["森", "=PHONETIC(A2)"]), "a.xlsx")
    assert (texts(sheet), sheet.unanswered) == ([("森", "")], ((2, "B"),))


def test_a_formula_with_its_answer_is_read():
    """Excel keeps the answer beside the formula; フリガナ are often made that way."""
    data = book(["氏名", "フリガナ"], ["森", "=PHONETIC(A2)"])
    with_answer = _edit(data, b"<v />", "<v>モリ</v>".encode())
    with_answer = _edit(with_answer, b'<c r="B2">', b'<c r="B2" t="str">')
    sheet = read_sheet(with_answer, "a.xlsx")
    assert (texts(sheet), sheet.unanswered) == ([("森", "モリ")], ())


def test_the_ruby_of_a_name_is_not_read_into_it():
    """Excel keeps the reading typed with a name inside the cell; the name stays the name."""
    ruby = '<t>森</t><rPh sb="0" eb="1"><t>モリ</t></rPh>'
    inline = _edit(book(["氏名"], ["森"]), "<t>森</t>".encode(), ruby.encode())
    assert texts(read_sheet(inline, "a.xlsx")) == [("森",)]
    assert texts(read_sheet(_shared(book(["氏名"], ["森"]), "森", ruby), "a.xlsx")) == [("森",)]


def test_an_error_in_a_cell_is_named():
    """#N/A is not a name."""
    assert read_sheet(book(["氏名"], ["#N/A"]), "a.xlsx").unanswered == ((2, "A"),)


def test_a_text_far_to_the_right_is_refused():
    """Nothing is cut off silently; an empty cell there is no matter."""
    assert texts(read_sheet(book(["氏名"], ["森", *[None] * 200]), "a.xlsx")) == [("森",)]
    with pytest.raises(Refused) as refusal:
        read_sheet(book(["氏名"], ["森", *[None] * 200, "x"]), "a.xlsx")
    assert refusal.value.code == "too_many_columns"


def test_sheets_that_were_not_read_are_named():
    """Only the first is read, and the person is told."""
    assert read_sheet(book(["氏名"], other="退会者"), "a.xlsx").others == ("退会者",)


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.csv", "empty_table"),
        (b"\n\n", "a.csv", "empty_table"),
        (b"\xff\xfe\x0f\x6c", "a.csv", "unreadable_text"),
        ("氏名\n森".encode("euc_jp") + b"\xfd", "a.csv", "unreadable_text"),
        ('氏名\n"森'.encode(), "a.csv", "broken_csv"),
        (b"a\x00b", "a.csv", "not_a_table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "a.xlsx", "not_a_table"),
        (b"PK\x03\x04", "a.xlsx", "zip_broken"),
        ("氏名\n森".encode(), "a.ods", "not_a_table"),
        (b"a\n" * (MOST_ROWS + 2), "a.csv", "too_many_rows"),
        ((",".join("a" * 101)).encode(), "a.csv", "too_many_columns"),
    ],
)
def test_other_files_are_refused(data, name, code):
    """Each with a code of its own."""
    with pytest.raises(Refused) as refusal:
        read_sheet(data, name)
    assert refusal.value.code == code


def test_an_unreadable_line_is_named():
    """The person can find it."""
    with pytest.raises(Refused) as refusal:
        read_sheet("氏名\n森\n".encode("cp932") + b"\xfd\xfd\n", "a.csv")
    assert refusal.value.line == 3


def test_a_zip_that_is_no_workbook_is_refused():
    """A document, a photo album."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    with pytest.raises(Refused) as refusal:
        read_sheet(out.getvalue(), "a.xlsx")
    assert refusal.value.code == "not_a_table"


def test_entities_in_a_workbook_are_refused():
    """A document type definition, the way of XXE and entity bombs, is not read."""
    data = _edit(book(["氏名"], ["森"]), b"<worksheet", b'<!DOCTYPE worksheet [<!ENTITY a "aaaa">]><worksheet')
    with pytest.raises(Refused) as refusal:
        read_sheet(data, "a.xlsx")
    assert refusal.value.code == "not_a_table"


def test_a_row_far_below_is_refused():
    """A workbook may claim a row at the end of the sheet."""
    workbook = openpyxl.Workbook()
    workbook.active.append(["氏名"])
    workbook.active.cell(row=MOST_ROWS + 5, column=1, value="森")
    out = BytesIO()
    workbook.save(out)
    with pytest.raises(Refused) as refusal:
        read_sheet(out.getvalue(), "a.xlsx")
    assert refusal.value.code == "too_many_rows"


SHEET = "xl/worksheets/sheet1.xml"
SHARED = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"


def _edit(data, old, new, part=SHEET, more=()):
    """The workbook with `old` replaced in one of its parts, and `more` (name, body) parts."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            body = source.read(name)
            if name == part:
                assert old in body
                body = body.replace(old, new)
            target.writestr(name, body)
        for name, body in more:
            target.writestr(name, body)
    return out.getvalue()


def _shared(data, text, string):
    """The workbook with `text` moved to a table of shared strings, as Excel writes it."""
    cell = f't="inlineStr"><is><t>{text}</t></is>'.encode()
    strings = f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si>{string}</si></sst>'
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{SHARED}" /></Types>'.encode()
    named = _edit(data, b"</Types>", override, "[Content_Types].xml", [("xl/sharedStrings.xml", strings)])
    return _edit(named, cell, b't="s"><v>0</v>')
