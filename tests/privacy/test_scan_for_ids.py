"""The command reads a file and tells places, never numbers."""

import json
from io import BytesIO
from random import Random

import openpyxl
import pytest
from django.core.management import call_command
from stdnum.jp import in_

from privacy.errors import Refused
from privacy.file_scan import FileFinding, scan_lines, scan_table
from privacy.national_ids import FieldClass, Level

LABELLED = "個人番号 123456789018"


def numbers(count):
    rng = Random(3)
    bodies = ["".join(rng.choices("123456789", k=11)) for _ in range(count)]
    return [body + in_.calc_check_digit(body) for body in bodies]


def run(capsys, *arguments):
    """Exit code and the one line of JSON."""
    code = 0
    try:
        call_command("scan_for_ids", *map(str, arguments), "--json")
    except SystemExit as stop:
        code = stop.code
    [line] = capsys.readouterr().out.splitlines()
    return code, json.loads(line)


def code_of(scanner, data):
    with pytest.raises(Refused) as refusal:
        scanner(data)
    return refusal.value.code, refusal.value.line


def workbook(*sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_each_line_is_a_text(tmp_path, capsys):
    """Places are lines from 1; the number is not told."""
    path = tmp_path / "notes.txt"
    path.write_text(f"こんにちは\n{LABELLED}\n追跡番号 1234-5678-9018\n123456789018\n")
    assert run(capsys, path) == (
        0,
        {
            "lines": 4,
            "findings": [
                {"line": 2, "level": "block", "rule": "individual_number_labelled"},
                {"line": 4, "level": "warn", "rule": "individual_number_bare"},
            ],
        },
    )


def test_structured_reads_each_line_as_a_field(tmp_path, capsys):
    """Twelve digits without a check digit are refused."""
    path = tmp_path / "names.txt"
    path.write_text("山田花子\n123456789012\n")
    assert run(capsys, path, "--structured")[1]["findings"] == [
        {"line": 2, "level": "block", "rule": "individual_number_bare"}
    ]


def test_table_names_the_column(tmp_path, capsys):
    """A column of numbers is refused by its letter."""
    path = tmp_path / "members.csv"
    path.write_text("氏名,番号\n" + "".join(f"会員,{number}\n" for number in numbers(4)), encoding="cp932")
    assert run(capsys, path, "--table") == (
        0,
        {
            "lines": 5,
            "findings": [{"line": 1, "level": "block", "rule": "individual_number_column", "column": "B"}],
        },
    )


def test_a_missing_file_is_an_error(tmp_path, capsys):
    """Exit 1 and an error object."""
    code, answer = run(capsys, tmp_path / "none.txt")
    assert (code, answer["error"]["code"], answer["error"]["line"]) == (1, "cannot_read", None)


def test_wrong_usage_is_two(capsys):
    """No file, no answer."""
    from django.core.management import execute_from_command_line

    with pytest.raises(SystemExit) as stop:
        execute_from_command_line(["manage.py", "scan_for_ids", "--nothing"])
    assert stop.value.code == 2


def test_people_read_sentences(tmp_path, capsys):
    """Without --json the place, the weight and the kind are said in Japanese."""
    path = tmp_path / "notes.txt"
    path.write_text(f"{LABELLED}\n")
    call_command("scan_for_ids", str(path))
    assert capsys.readouterr().out == (
        "1行目 [保存しない] マイナンバー（個人番号）と書いてある番号です\n1行を調べ、1件見つけました。番号を消してから使ってください。\n"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_three_encodings_are_read(encoding):
    """UTF-8 with and without BOM, and CP932."""
    assert scan_lines(f"{LABELLED}\r\n髙﨑\r\n".encode(encoding)).findings == (
        FileFinding(1, Level.BLOCK, "individual_number_labelled"),
    )


def test_only_line_feeds_end_a_line():
    """A vertical tab or U+2028 inside a number does not cut it."""
    assert scan_lines("1234\u20285678\x0b9018\n".encode()).lines == 1


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"a\nb\n\x81\x20", ("unreadable_text", 3)),
        (b"PK\x03\x04rest", ("not_text", None)),
        (b"a\x00b", ("not_text", None)),
        (b"\xd0\xcf\x11\xe0", ("not_text", None)),
    ],
)
def test_what_is_no_text_is_refused(data, expected):
    """Broken bytes by their line, workbooks and binary files as such."""
    assert code_of(scan_lines, data) == expected


def test_cells_of_words_are_scanned_in_a_table():
    """A labelled number inside a note is found by line and column."""
    assert scan_table(f"氏名,備考\n山田,よろしく\n佐藤,{LABELLED}\n".encode()).findings == (
        FileFinding(3, Level.BLOCK, "individual_number_labelled", "B"),
    )


def test_a_column_of_parcels_is_no_finding():
    """Where three numbers stand, the column decides, not one that passes by chance."""
    assert scan_table("荷物\n1234-5678-9018\n1234-5678-9012\n2345-6789-0123\n".encode()).findings == ()


def test_every_sheet_of_a_workbook_is_read():
    """Numbers stored as numbers on the second sheet."""
    rows = [["番号"], *[[int(number)] for number in numbers(3)]]
    found = scan_table(workbook([["氏名"], ["山田"]], rows))
    assert (found.lines, found.findings) == (
        6,
        (FileFinding(1, Level.BLOCK, "individual_number_column", "A", 2),),
    )


def test_a_formula_is_scanned_by_its_answer_only():
    """A workbook without stored answers has nothing to scan and does not fail."""
    assert scan_table(workbook([["=1+1"]])).findings == ()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04" + b"x" * 50, "zip_broken"),
        (b"\xd0\xcf\x11\xe0", "broken_workbook"),
        (("a\n" * 50_001).encode(), "too_many_rows"),
    ],
)
def test_tables_that_cannot_be_read_are_refused(data, code):
    """A broken workbook, an old one, and too many rows."""
    assert code_of(scan_table, data)[0] == code


def test_a_zip_that_is_no_workbook_is_refused():
    """Any other archive."""
    import zipfile

    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "text")
    assert code_of(scan_table, out.getvalue())[0] == "broken_workbook"


def test_a_cell_too_long_for_csv_is_refused_by_its_line():
    """Python's reader has a limit; the row is named."""
    assert code_of(scan_table, b"a\nb\n" + b"c" * 200_000) == ("broken_csv", 3)


def test_structured_table_cells():
    """Field rules inside a table."""
    assert scan_table("氏名\n123456789012 山田\n".encode(), FieldClass.STRUCTURED).findings == (
        FileFinding(2, Level.BLOCK, "individual_number_bare", "A"),
    )
