"""read(write(x)) == x to the last field of the statement: a ZIP of parts, 全銀 03, 全銀 01 in both formats."""

import io
import zipfile
from dataclasses import replace
from datetime import date, datetime, time
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from donations.bankfiles import read
from donations.bankfiles.statement import Statement, StatementLine
from donations.bankfiles.yucho_direct_csv_writer import write
from tests.donations.bankfiles import zengin_forms as forms
from tests.donations.bankfiles.test_yucho_round_trip import files
from tests.donations.bankfiles.test_zengin_round_trip import days, edi, ends, name, placed, six

FIRST_ROW = {True: 9, False: 8}
"""The physical line of the first row, with a period asked for and without."""
yens = st.integers(1, 9_999_999_999)
movements = st.lists(st.tuples(days, yens, st.booleans(), name, edi), max_size=6)


@settings(max_examples=40)
@given(files(), st.lists(st.integers(0, 12), max_size=4), st.booleans(), st.randoms(use_true_random=False))
def test_a_zip_of_parts_is_one_statement(made, cuts, of_the_whole, chance):
    """Cut anywhere into _01 to _05, packed in any order, each count its own or that of all: the rows in their order."""
    rows, controls = made
    edges = [0, *sorted(min(cut, len(rows)) for cut in cuts), len(rows)]
    parts = [rows[begins:ends] for begins, ends in pairwise(edges)]
    packed = [(f"meisai_{number:02d}.csv", _part(part, controls, rows if of_the_whole else part)) for number, part in enumerate(parts, 1)]
    chance.shuffle(packed)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for member, data in packed:
            file.writestr(member, data)
    first = FIRST_ROW[controls["period"] is not None]
    expected = tuple(replace(row, line_number=first + place) for part in parts for place, row in enumerate(part))
    found = read(archive.getvalue())
    assert (found.lines, found.account_as_written, found.produced_at) == (expected, controls["account_as_written"], controls["produced_at"])
    assert (found.opening_yen, found.closing_yen) == _ends(rows)


def _part(part, controls, counted):
    """One CSV of the ZIP; the bank may print the number of rows of the whole in each."""
    data = write(part, **controls)
    return data.replace(f"明細件数：{len(part)}\n".encode("cp932"), f"明細件数：{len(counted)}\n".encode("cp932"))


def _ends(rows):
    return (rows[0].balance_yen - rows[0].received_yen + rows[0].paid_out_yen, rows[-1].balance_yen) if rows else (None, None)


@settings(max_examples=40)
@given(movements, st.integers(-(10**13), 10**13), ends, days, st.tuples(days, days).map(sorted))
def test_03_gives_back_the_whole_statement(rows, opening, line_end, made_on, asked):
    """Every field: account, days, balances, and of each row the kind, the name, the message and the record's number."""
    made_on = max([made_on, asked[1], *(row[0] for row in rows)])
    closing = opening + sum(-yen if out else yen for _day, yen, out, _name, _edi in rows)
    came, went = ([row[1] for row in rows if row[2] is out] for out in (False, True))
    file = [
        forms.header_03(created=six(made_on), begins=six(asked[0]), ends=six(asked[1]), sign=1 if opening >= 0 else 2, opening=abs(opening)),
        *(forms.data_03(six(day), yen, text, out=out, edi=message) for day, yen, out, text, message in rows),
        forms.trailer_03(
            came=(len(came), sum(came)), went=(len(went), sum(went)), sign=1 if closing >= 0 else 2, closing=abs(closing), rows=len(rows)
        ),
        forms.end_03(len(rows) + 3),
    ]
    found = read(placed(file, line_end))
    balances = [opening + sum(-row[1] if row[2] else row[1] for row in rows[: place + 1]) for place in range(len(rows))]
    expected = tuple(_line(place, row, balance, "振込") for place, (row, balance) in enumerate(zip(rows, balances, strict=True), start=2))
    assert found == _statement("zengin_03", expected, made_on, asked, (opening, closing), found)


@settings(max_examples=40)
@given(movements, ends, st.sampled_from([forms.data_a, forms.data_b]), days, st.tuples(days, days).map(sorted))
def test_01_gives_back_the_whole_statement(rows, line_end, data, made_on, asked):
    """Both formats: no balance, a cancelled row is money out and says so."""
    made_on = max([made_on, asked[1], *(row[0] for row in rows)])
    came, gone = ([row[1] for row in rows if row[2] is out] for out in (False, True))
    file = [
        forms.header_01(created=six(made_on), begins=six(asked[0]), ends=six(asked[1])),
        *(data(six(day), yen, text, cancel=1 if out else None, edi=message) for day, yen, out, text, message in rows),
        forms.trailer_01(came=(len(came), sum(came)), cancelled=(len(gone), sum(gone))),
        forms.end_01(),
    ]
    found = read(placed(file, line_end))
    details = [line.detail_1 for line in found.lines]
    expected = tuple(
        replace(_line(place, row, None, detail), reverses=row[2]) for place, (row, detail) in enumerate(zip(rows, details, strict=True), start=2)
    )
    assert found == _statement("zengin_01", expected, made_on, asked, (None, None), found)


def _line(number, row, balance_yen, detail_1):
    day, yen, out, text, message = row
    return StatementLine(number, day, 0 if out else yen, yen if out else 0, detail_1, text, balance_yen, "", message)


def _statement(of_format, lines, made_on: date, asked, balances, found: Statement):
    """The statement these records tell; its warnings (rows outside the days asked for) are taken from `found`."""
    return Statement(
        of_format, "9900-019-2-0000001" if of_format == "zengin_01" else "9900-019-2-0000000001", asked[0], asked[1],
        datetime.combine(made_on, time()), found.balance_at_output_yen, lines, *balances, found.warnings,
    )  # fmt: skip
