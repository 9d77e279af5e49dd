"""What the samples cannot show: big files, readers side by side, hostile sizes."""

import io
import random
import time
import zipfile
from datetime import date, datetime, timedelta

import pytest

from donations import bankfiles
from donations.bankfiles import csv_text, read, yucho_direct_csv, zip_archive
from donations.bankfiles.errors import AmbiguousFormat, BankFileError, BrokenLine, TooLarge, WrongCount
from donations.bankfiles.yucho_direct_csv_writer import ledger, write

HEADER = "取引日,入出金明細ＩＤ,受入金額（円）,払出金額（円）,詳細１,詳細２,現在（貸付）高,\n"


def written(rows: int, *, opening_yen: int = 0) -> bytes:
    """A file of the bank with so many rows, ten on a day."""
    first = date(2026, 1, 1)
    movements = [(first + timedelta(days=number // 10), 1000, "振込", "ﾔﾏﾀﾞ ﾊﾅｺ") for number in range(rows)]
    return write(
        ledger(opening_yen, movements),
        account_as_written="00990-0-000001",
        produced_at=datetime(2026, 12, 31, 9, 5),
        period=None,
        balance_at_output_yen=opening_yen + rows * 1000,
    )


def test_three_thousand_rows_are_read() -> None:
    """The most a bank puts in one CSV."""
    statement = read(written(3000))
    assert (len(statement.lines), statement.received_yen) == (3000, 3_000_000)


@pytest.mark.parametrize(
    "count", ["明細件数：3,000", '明細件数：,"3,000",件', '"明細件数：3,000件"', "明細件数：３０００"]
)
def test_count_is_read_through_its_thousands_comma(count: str) -> None:
    """A comma cuts the cell; 3 rows must not be read out of 3,000."""
    data = written(3000).decode("cp932").replace("明細件数：3000", count).encode("cp932")
    assert len(read(data).lines) == 3000


def test_count_cut_by_its_comma_is_still_checked() -> None:
    """2,999 rows are not 3,000."""
    data = written(2999).decode("cp932").replace("明細件数：2999", "明細件数：3,000").encode("cp932")
    with pytest.raises(WrongCount) as caught:
        read(data)
    assert (caught.value.found, caught.value.expected) == ("2,999行", "3,000行")


def test_ten_parts_of_three_thousand_rows_are_one_statement() -> None:
    """The most a bank gives at all: 30,000 rows in one ZIP."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(10):
            archive.writestr(f"a_{number + 1:02d}.csv", written(3000, opening_yen=number * 3_000_000))
    statement = read(packed.getvalue())
    assert (len(statement.lines), statement.closing_yen) == (30_000, 30_000_000)


def test_two_readers_that_claim_a_file_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody chooses between them."""
    monkeypatch.setattr(bankfiles, "READERS", (yucho_direct_csv, yucho_direct_csv))
    with pytest.raises(AmbiguousFormat):
        read(written(1))


def test_the_id_column_is_never_taken_for_paid_out() -> None:
    """入出金明細ＩＤ contains 出金: a header is known by its whole cell."""
    with pytest.raises(BrokenLine) as caught:
        read(
            (
                "明細件数：1\n" + HEADER.replace("払出金額（円）", "払出") + "20260901,5,,,振込,ｷﾑﾗ,9000,\n"
            ).encode("cp932")
        )
    assert caught.value.column == "払出金額（円）"


def test_a_file_above_the_cap_is_refused_before_anyone_looks() -> None:
    """Twenty megabytes are no statement."""
    with pytest.raises(TooLarge):
        read(b"x" * (bankfiles.MOST_BYTES + 1))


def test_more_rows_than_any_bank_gives_are_refused() -> None:
    """The cap on lines holds for rows that are otherwise right."""
    row = "20260901,,1,,,,{},\n"
    rows = "".join(row.format(number) for number in range(1, csv_text.MOST_LINES + 2))
    with pytest.raises(TooLarge):
        read((HEADER + rows).encode("cp932"))


@pytest.mark.parametrize(
    "filling",
    [
        b"\n",
        b",",
        b'"',
        b"\r\n",
        b'"\n',
        b"1,",
        b"\x81\x40",
        "取引日,".encode("cp932"),
        b"20260901,,1,,,,1,\n",
    ],
)
def test_ten_megabytes_of_anything_are_refused_in_two_seconds(filling: bytes) -> None:
    """No hang: CPU time of this process, whatever the filling."""
    data = HEADER.encode("cp932") + filling * (10_000_000 // len(filling))
    before = time.process_time()
    with pytest.raises(BankFileError):
        read(data)
    assert time.process_time() - before < 2


def test_a_zip_that_understates_its_content_is_refused() -> None:
    """The directory says 10 bytes, the stream holds more: never unpacked beyond the promise."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a_01.csv", written(100))
    lying = bytearray(packed.getvalue())
    place = lying.index(b"PK\x01\x02") + 24
    lying[place : place + 4] = (10).to_bytes(4, "little")
    with pytest.raises(BankFileError) as caught:
        read(bytes(lying))
    assert caught.value.code == "unknown_format"


def test_a_zip_with_too_much_in_all_is_refused_by_its_directory() -> None:
    """Each part is under the ratio, together they are above the cap."""
    packed = io.BytesIO()
    part = random.Random(5).randbytes(20_000) * 110
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(1, 11):
            archive.writestr(f"a_{number:02d}.csv", part)
    assert len(packed.getvalue()) < bankfiles.MOST_BYTES < 10 * len(part)
    assert zip_archive.is_zip_of_csv(packed.getvalue())
    with pytest.raises(TooLarge):
        read(packed.getvalue())
