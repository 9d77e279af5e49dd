"""The days of which files tell, and the days between them that nobody shows."""

from datetime import UTC, date, datetime

import pytest

from donations.account_ledgers import account_ledger
from donations.calendar_months import days_words, months_between
from donations.told_days import holes, told
from tests.factories.donations import BankStatementFactory
from tests.factories.members import BankAccountFactory

pytestmark = pytest.mark.django_db


def day(month, number):
    return date(2026, month, number)


def file_of(first, last, *, whole=True, **facts):
    complete = {"complete_from": first, "complete_to": last} if whole else {}
    return BankStatementFactory(first_on=first, last_on=last, row_count=1, **complete, **facts)


def test_a_file_tells_of_the_days_it_was_asked_for():
    """Rows on two days only, but the whole of October was asked for and is whole."""
    made = file_of(day(10, 5), day(10, 25))
    made.complete_from, made.complete_to = day(10, 1), day(10, 31)
    assert told(made) == (day(10, 1), day(10, 31))


def test_it_tells_of_no_day_after_it_was_made():
    """Asked for until the end of the month, made on the 20th: whole to the 18th, told to the 20th."""
    made = file_of(
        day(10, 1), day(10, 18), period_to=day(10, 31), produced_at=datetime(2026, 10, 20, 1, tzinfo=UTC)
    )
    assert told(made) == (day(10, 1), day(10, 20))


def test_a_file_without_known_days_tells_of_its_rows():
    """No period, no moment: from its first row to its last."""
    assert told(file_of(day(10, 5), day(10, 25), whole=False)) == (day(10, 5), day(10, 25))


def test_a_file_without_anything_tells_of_nothing():
    """Neither rows nor days."""
    assert told(BankStatementFactory(first_on=None, last_on=None)) is None


def test_days_between_two_files_are_unseen():
    """3 to 9 October."""
    found = holes([file_of(day(9, 1), day(10, 2)), file_of(day(10, 10), day(10, 31))])
    assert (found.unseen, found.in_part) == (((day(10, 3), day(10, 9)),), ())


def test_days_a_file_shows_in_part_are_not_unseen():
    """The newest day of the first file has rows, but may have grown since."""
    first = file_of(day(9, 1), day(10, 2))
    first.last_on = day(10, 3)
    found = holes([first, file_of(day(10, 5), day(10, 31))])
    assert (found.unseen, found.in_part) == (((day(10, 4), day(10, 4)),), ((day(10, 3), day(10, 3)),))


def test_files_that_overlap_or_touch_leave_no_hole():
    """In any order."""
    files = [file_of(day(10, 1), day(10, 31)), file_of(day(8, 1), day(9, 15)), file_of(day(9, 10), day(9, 30))]
    assert holes(files) == type(holes([]))((), ())


def test_a_hole_is_drawn_and_said():
    """In the picture and in words."""
    account = BankAccountFactory()
    file_of(day(9, 1), day(10, 2), account=account)
    file_of(day(10, 10), day(10, 31), account=account)
    ledger = account_ledger(account.pk)
    drawn = [bar.span.label for bar in ledger.picture.holes]
    assert (ledger.unseen_words, drawn) == ("2026年10月3日〜10月9日", ["2026年10月3日〜10月9日の明細がありません"])


def test_an_undone_file_is_not_in_the_picture():
    """What it showed, nobody shows."""
    account = BankAccountFactory()
    file_of(day(9, 1), day(9, 30), account=account, undone_at=datetime(2026, 11, 1, tzinfo=UTC), undone_by="choubo")
    assert (account_ledger(account.pk).picture, account_ledger(account.pk).count) == (None, 0)


@pytest.mark.parametrize(
    ("spans", "with_year", "words"),
    [
        ([(day(10, 3), day(10, 9)), (day(10, 31), day(10, 31))], False, "10月3日〜10月9日、10月31日"),
        ([(day(12, 30), date(2027, 1, 4))], True, "2026年12月30日〜2027年1月4日"),
        ([(day(10, 3), day(10, 9)), (day(11, 1), day(11, 1))], True, "2026年10月3日〜10月9日、11月1日"),
        ([], True, ""),
    ],
)
def test_days_are_said_in_words(spans, with_year, words):
    """The year where it is asked for and is another than before."""
    assert days_words(spans, with_year=with_year) == words


def test_months_go_over_the_new_year():
    """From November to January."""
    assert list(months_between(day(11, 30), date(2027, 1, 1))) == [day(11, 1), day(12, 1), date(2027, 1, 1)]
