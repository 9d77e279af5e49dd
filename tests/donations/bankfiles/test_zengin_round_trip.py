"""read(build(x)) == x for 全銀 files built from the printed layout, with and without line ends."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from donations.bankfiles import read
from donations.bankfiles.errors import BankFileError
from tests.donations.bankfiles import zengin_forms as forms

KANA = "ｱｲｳｴｵｶｷｸｹｺﾔﾏﾀﾞﾊﾅﾝ ABC().-09"
name = st.text(st.sampled_from(KANA), max_size=48).map(lambda text: text.strip(" "))
edi = st.text(st.sampled_from(KANA), max_size=20).map(lambda text: text.strip(" "))
days = st.dates(date(2019, 5, 1), date(2026, 9, 22))
ends = st.sampled_from([b"", b"\r\n", b"\n", b"\r"])


def six(day: date) -> str:
    """YYMMDD of 令和."""
    return f"{day.year - 2018:02d}{day:%m%d}"


def placed(records: list[bytes], line_end: bytes) -> bytes:
    """The file, each record followed by `line_end`."""
    return b"".join(record + line_end for record in records)


@given(
    st.lists(st.tuples(days, st.integers(1, 999_999_999_999), st.booleans(), name, edi), max_size=8),
    st.integers(-(10**13), 10**13),
    ends,
)
def test_03_gives_back_every_row(rows: list, opening: int, line_end: bytes) -> None:
    """Day, amount, direction, name, message and the running balance."""
    came = [row[1] for row in rows if not row[2]]
    went = [row[1] for row in rows if row[2]]
    closing = opening + sum(came) - sum(went)
    file = [
        forms.header_03(sign=1 if opening >= 0 else 2, opening=abs(opening)),
        *(forms.data_03(six(day), yen, name, out=out, edi=edi) for day, yen, out, name, edi in rows),
        forms.trailer_03(
            came=(len(came), sum(came)),
            went=(len(went), sum(went)),
            sign=1 if closing >= 0 else 2,
            closing=abs(closing),
            rows=len(rows),
        ),
        forms.end_03(len(rows) + 3),
    ]
    statement = read(placed(file, line_end))
    balance, expected = opening, []
    for day, yen, out, text, message in rows:
        balance += -yen if out else yen
        expected.append((day, 0 if out else yen, yen if out else 0, text, message, balance))
    assert expected == [
        (line.booked_on, line.received_yen, line.paid_out_yen, line.detail_2, line.message, line.balance_yen)
        for line in statement.lines
    ]


@given(
    st.lists(st.tuples(days, st.integers(1, 9_999_999_999), st.booleans(), name, edi), max_size=8),
    ends,
    st.sampled_from([forms.data_a, forms.data_b]),
)
def test_01_gives_back_every_row(rows: list, line_end: bytes, data: Callable[..., bytes]) -> None:
    """Formats A and B: day, amount, cancellation, name and message."""
    came = [row[1] for row in rows if not row[2]]
    gone = [row[1] for row in rows if row[2]]
    file = [
        forms.header_01(),
        *(data(six(day), yen, name, cancel=1 if out else None, edi=edi) for day, yen, out, name, edi in rows),
        forms.trailer_01(came=(len(came), sum(came)), cancelled=(len(gone), sum(gone))),
        forms.end_01(),
    ]
    assert [
        (line.booked_on, line.received_yen + line.paid_out_yen, line.reverses, line.detail_2, line.message)
        for line in read(placed(file, line_end)).lines
    ] == rows


@given(st.data())
def test_a_changed_digit_is_noticed_or_changes_no_money(data: st.DataObject) -> None:
    """One byte of the amounts or controls of a 03 file replaced: refused, or read to the same money."""
    file = [
        forms.header_03(),
        forms.data_03("080901", 1000, "ﾔﾏﾀﾞ"),
        forms.data_03("080902", 165, out=True, kind=18),
        forms.trailer_03(came=(1, 1000), went=(1, 165), closing=200835, rows=2),
        forms.end_03(5),
    ]
    number = data.draw(st.integers(0, 4))
    place = data.draw(st.sampled_from([*range(24, 36), *range(113, 129)] if number < 3 else range(1, 61)))
    sign = data.draw(st.sampled_from(b"0123456789 X"))
    file[number] = file[number][:place] + bytes([sign]) + file[number][place + 1 :]
    try:
        statement = read(b"".join(file))
    except BankFileError:
        return
    assert (statement.received_yen, statement.paid_out_yen) == (1000, 165)


@given(st.binary(max_size=600), st.sampled_from(["01", "03"]))
def test_any_bytes_after_a_header_give_a_statement_or_a_typed_error(data: bytes, kind: str) -> None:
    """Nothing else is ever raised."""
    header = forms.header_03() if kind == "03" else forms.header_01()
    with suppress(BankFileError):
        read(header + data)
