import csv
import io
from datetime import date

import pytest

from donations.allocation_csv import allocation_csv, harmless
from donations.models import Purpose
from tests.factories.donations import AllocationFactory, TransactionFactory
from tests.factories.members import BankAccountFactory, SupporterFactory

pytestmark = pytest.mark.django_db
HEADER = ["日付", "金額", "払込人名", "支援者番号", "用途", "自動/手動"]


@pytest.fixture
def account():
    return BankAccountFactory()


def lines():
    data, _count = allocation_csv()
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_file_begins_with_a_byte_order_mark():
    """Excel reads UTF-8 only with the mark."""
    assert allocation_csv()[0].startswith(b"\xef\xbb\xbf")


def test_an_empty_ledger_has_a_header_only():
    """The six columns, in the order the group expects."""
    assert lines() == [HEADER]


def test_one_row_for_each_live_allocation(account, now):
    """Two shares of one row are two lines; an undone one is none."""
    row = TransactionFactory(account=account, received_yen=3_500, booked_on=date(2026, 4, 10))
    hanako = SupporterFactory()
    AllocationFactory(transaction=row, supporter=hanako, amount_yen=3_000, purpose=Purpose.DUES, units=3)
    AllocationFactory(transaction=row, supporter=None, amount_yen=500, automatic=True)
    AllocationFactory(transaction=row, amount_yen=1, undone_at=now)
    assert lines()[1:] == [
        ["2026-04-10", "3000", "ﾄｸﾓﾄ ﾊﾅｺ", hanako.number, "賛同金", "手動"],
        ["2026-04-10", "500", "ﾄｸﾓﾄ ﾊﾅｺ", "", "カンパ", "自動"],
    ]


def test_the_order_is_the_banks(account):
    """By day, then by the bank's order."""
    for position, day in ((3, 12), (2, 10), (1, 11)):
        AllocationFactory(
            transaction=TransactionFactory(account=account, position=position, booked_on=date(2026, 4, day))
        )
    assert [line[0] for line in lines()[1:]] == ["2026-04-10", "2026-04-11", "2026-04-12"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "＝"])
def test_a_formula_is_made_harmless(start):
    """A payer text that a spreadsheet would run gets an apostrophe."""
    assert harmless(f"{start}1+1") == f"'{start}1+1"


def test_an_ordinary_name_stays():
    """Names are written as the bank wrote them."""
    assert harmless("ｶ)ｱｵﾊﾞ") == "ｶ)ｱｵﾊﾞ"


@pytest.mark.parametrize("count", [1, 3])
def test_the_file_takes_one_query(account, django_assert_num_queries, count):
    """However many rows it has."""
    for _n in range(count):
        AllocationFactory(transaction=TransactionFactory(account=account))
    with django_assert_num_queries(1):
        allocation_csv()
