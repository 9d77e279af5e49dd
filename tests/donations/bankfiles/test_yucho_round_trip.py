"""read(write(x)) == x for any ledger the bank could print, in every form a spreadsheet saves it again."""

from datetime import date, datetime, time

from hypothesis import given
from hypothesis import strategies as st

from donations.bankfiles import read
from donations.bankfiles.errors import BankFileError
from donations.bankfiles.statement import StatementLine
from donations.bankfiles.yucho_direct_csv_writer import ledger, write

CP932 = [
    chr(code)
    for code in [
        *range(0x20, 0x7F),
        *range(0x3000, 0x3100),
        *range(0xFF01, 0xFFA0),
        *map(ord, "髙﨑㈱①邊料金山田花子会費"),
    ]
    if chr(code).encode("cp932", "ignore").decode("cp932") == chr(code)
]
text = st.text(st.sampled_from(CP932), max_size=20)
days = st.dates(date(2019, 5, 1), date(2060, 12, 31))
amounts = st.integers(1, 999_999_999).flatmap(lambda yen: st.sampled_from((yen, -yen)))
movements = st.lists(st.tuples(days, amounts, text, text), max_size=12).map(
    lambda rows: sorted(rows, key=lambda row: row[0])
)
openings = st.integers(-10_000_000, 9_999_999_999)
moments = st.builds(datetime.combine, days, st.times().map(lambda at: time(at.hour, at.minute)))
periods = st.none() | st.tuples(days, days).map(lambda two: (min(two), max(two)))


@st.composite
def files(draw: st.DrawFn) -> tuple[tuple[StatementLine, ...], dict]:
    """Rows with their line numbers, and what the preamble says."""
    period = draw(periods)
    rows = ledger(draw(openings), draw(movements), first_line=9 if period else 8)
    controls = {
        "account_as_written": draw(
            st.from_regex(r"\d{5}-\d-\d{1,6}", fullmatch=True, alphabet=st.characters(codec="ascii"))
        ),
        "produced_at": draw(moments),
        "period": period,
        "balance_at_output_yen": draw(openings),
    }
    return rows, controls


@given(files())
def test_what_was_written_is_read(made: tuple[tuple[StatementLine, ...], dict]) -> None:
    """Rows, account, moment, period and balance come back as they went in."""
    rows, controls = made
    statement = read(write(rows, **controls))
    assert (statement.lines, _controls(statement)) == (rows, controls)


@given(files(), st.sampled_from(["cp932", "utf-8", "utf-8-sig"]), st.sampled_from(["\n", "\r\n", "\r"]))
def test_saving_it_again_changes_nothing(
    made: tuple[tuple[StatementLine, ...], dict], encoding: str, line_end: str
) -> None:
    """Another character set and another line end give the same rows."""
    rows, controls = made
    again = write(rows, **controls).decode("cp932").replace("\n", line_end).encode(encoding)
    assert read(again).lines == rows


@given(files(), st.data())
def test_a_row_taken_out_is_noticed(
    made: tuple[tuple[StatementLine, ...], dict], data: st.DataObject
) -> None:
    """No row can be lost between bank and program: count or chain or both complain."""
    rows, controls = made
    lines = write(rows, **controls).split(b"\n")
    if not rows:
        return
    gone = data.draw(st.integers(len(lines) - 1 - len(rows), len(lines) - 2))
    assert _code(b"\n".join(lines[:gone] + lines[gone + 1 :])) in {"broken_chain", "wrong_count"}


@given(files(), st.data())
def test_a_cut_file_is_noticed(made: tuple[tuple[StatementLine, ...], dict], data: st.DataObject) -> None:
    """Cut anywhere before the last comma, a file with rows is refused."""
    rows, controls = made
    whole = write(rows, **controls)
    if not rows:
        return
    assert _code(whole[: data.draw(st.integers(0, len(whole) - 2))]) is not None


@given(st.binary(max_size=300))
def test_any_bytes_give_a_statement_or_a_typed_error(data: bytes) -> None:
    """Nothing else is ever raised."""
    _code(
        "取引日,入出金明細ＩＤ,受入金額（円）,払出金額（円）,詳細１,詳細２,現在（貸付）高,\n".encode("cp932")
        + data
    )


def _code(data: bytes) -> str | None:
    try:
        read(data)
    except BankFileError as error:
        return error.code
    return None


def _controls(statement: object) -> dict:
    begins = statement.period_from
    return {
        "account_as_written": statement.account_as_written,
        "produced_at": statement.produced_at,
        "period": (begins, statement.period_to) if begins else None,
        "balance_at_output_yen": statement.balance_at_output_yen,
    }
