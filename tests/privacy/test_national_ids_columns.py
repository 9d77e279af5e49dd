"""A column is judged as a whole."""

from random import Random

import pytest
from stdnum.jp import in_

from privacy.findings import ColumnFinding
from privacy.national_ids import Level, scan_column


def made(count, seed=1):
    rng = Random(seed)
    bodies = ["".join(rng.choices("0123456789", k=11)) for _ in range(count)]
    return [body + in_.calc_check_digit(body) for body in bodies]


@pytest.mark.parametrize(
    "form",
    [
        str, int, lambda number: float(int(number)), lambda number: f"{number}.0", lambda number: number.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
        lambda number: f"{int(number) / 10**11:.11f}E+11", lambda number: f"{number[:4]}-{number[4:8]}-{number[8:]}", lambda number: f"'{number}",
    ],
)  # fmt: skip
def test_three_numbers_that_pass_are_a_column_of_them(form):
    """As text, int, float, with .0, full width, E notation, hyphens or a spreadsheet's quote."""
    values = [form(number) for number in made(3)]
    assert scan_column(values) == ColumnFinding(Level.BLOCK, "individual_number_column", 3)


def test_two_numbers_are_no_column():
    """Two may be chance."""
    assert scan_column(made(2)) is None


def test_a_number_repeated_counts_once():
    """Distinct values count."""
    assert scan_column(made(2) * 5) is None


def test_zeros_lost_in_front_are_put_back():
    """0012… comes out of a spreadsheet as 12…."""
    bodies = ["00345678901", "01234567890", "98765432109"]
    values = [int(body + in_.calc_check_digit(body)) for body in bodies]
    assert scan_column(values) == ColumnFinding(Level.BLOCK, "individual_number_column", 3)


def test_a_mistyped_number_does_not_save_a_long_column():
    """Nine of ten are beyond chance."""
    values = made(9)
    assert scan_column([*values, "123456789012"]) == ColumnFinding(Level.BLOCK, "individual_number_column", 9)


def test_words_and_empty_cells_are_passed_over():
    """なし and nothing are no numbers."""
    assert scan_column(["番号", None, "", "なし", *made(3)]) == ColumnFinding(
        Level.BLOCK, "individual_number_column", 3
    )


def test_random_order_numbers_pass():
    """Of 400 columns of ten random numbers none is refused."""
    rng = Random(5)
    columns = [["".join(rng.choices("0123456789", k=12)) for _ in range(10)] for _ in range(400)]
    assert [column for column in columns if scan_column(column)] == []


def test_shortened_numbers_hold_nothing():
    """1.23457E+11 has lost the digits that matter."""
    assert scan_column(["1.23457E+11", "2.34568E+11", "3.45679E+11"]) is None


@pytest.mark.parametrize(
    "header", ["マイナンバー", "個人番号（本人）", "【個人番号】", "My Number", "ﾏｲﾅﾝﾊﾞｰ"]
)
def test_a_header_that_is_a_label_decides(header):
    """One cell with digits is enough, whatever the digits are."""
    assert scan_column([header, "1.23457E+11"], header) == ColumnFinding(
        Level.BLOCK, "individual_number_header", 1
    )


@pytest.mark.parametrize(
    ("header", "rule"),
    [
        ("基礎年金番号", "pension_number_header"),
        ("住民票コード", "resident_code_header"),
        ("保険者番号", "health_insurance_header"),
        ("旅券番号", "passport_header"),
    ],
)
def test_headers_of_other_numbers_decide_too(header, rule):
    """Each kind has its own rule."""
    assert scan_column(["12345678"], header) == ColumnFinding(Level.BLOCK, rule, 1)


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("マイナンバー制度への意見", ["2026年から反対しています"]),
        ("マイナンバー", ["提出しない", "なし"]),
        ("電話番号", ["09012345678"]),
        ("追跡番号", ["123456789018"]),
    ],
)
def test_other_headers_decide_nothing(header, cells):
    """A survey, a column of words, a phone book."""
    assert scan_column(cells, header) is None


@pytest.mark.parametrize("head", ["001202", "202611231"])
def test_accounts_and_moments_that_pass_by_chance_are_no_column(head):
    """All of them begin as accounts or as days: the column is one of those."""
    bodies = [head + str(10 ** (10 - len(head)) + step) for step in range(3)]
    assert scan_column([body + in_.calc_check_digit(body) for body in bodies]) is None
