"""予想と結果: the record of what the program predicted, as a page and as a picture."""

import doctest
from datetime import UTC, datetime

import pytest

from donations import calibration_picture
from donations.calibration_picture import Pair, draw
from donations.models import Outcome, Prediction
from donations.views import calibration
from tests.factories.donations import TransactionFactory

pytestmark = pytest.mark.django_db
PAGE = "/donations/reconcile/record/"


def predicted(probability, outcome=Outcome.AS_SUGGESTED, *, month=11, was_certain=True, count=1):
    rows = TransactionFactory.create_batch(count)
    at = datetime(2026, month, 20, 3, 0, tzinfo=UTC)
    for row in rows:
        Prediction.objects.create(
            transaction=row, probability=probability, was_certain=was_certain, decided_at=at, outcome=outcome
        )


def body(response):
    return response.content.decode()


def test_the_examples_hold():
    """Words of the bins, bars of the picture."""
    assert [doctest.testmod(module).failed for module in (calibration, calibration_picture)] == [0, 0]


@pytest.mark.parametrize("who", ["treasurer", "auditor"])
def test_who_keeps_or_checks_the_books_may_look(request, who):
    """Also before there is anything to see."""
    assert "まだ記録がありません" in body(request.getfixturevalue(who).get(PAGE))


def test_an_outsider_signs_in_first(outsider, treasurer):
    """As everywhere."""
    assert outsider.get(PAGE).headers["Location"] == f"/accounts/login/?next={PAGE}"


@pytest.mark.parametrize("who", ["organiser", "printer", "admin"])
def test_other_roles_are_refused(request, who):
    """403."""
    assert request.getfixturevalue(who).get(PAGE).status_code == 403


def test_the_page_takes_no_post(treasurer):
    """405: it only shows."""
    assert treasurer.post(PAGE).status_code == 405


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_as_often_for_three_as_for_one(treasurer, rows, django_assert_num_queries):
    """Session, user, roles, the table, the sums."""
    for month in range(rows):
        predicted(0.995, month=month + 1)
    with django_assert_num_queries(5):
        treasurer.get(PAGE)


def test_a_bin_is_a_sentence(treasurer):
    """How sure, how many, how many wrong, how many were to be expected wrong."""
    predicted(0.992, count=4)
    predicted(0.992, Outcome.UNDONE)
    assert "確からしさ99%以上99.9%未満と言った5件のうち、まちがいは1件（予想は0.04件）" in body(treasurer.get(PAGE))


def test_all_months_are_added_up(treasurer):
    """Of the rows that lay on the certain pile."""
    predicted(0.9, count=2)
    predicted(0.9, Outcome.CHANGED, month=10)
    predicted(0.6, Outcome.CHANGED, was_certain=False)
    assert "これまでの3件のうち、まちがいは1件でした。予想は0.3件でした。" in body(treasurer.get(PAGE))


def test_it_says_when_the_own_record_will_count(treasurer):
    """After 200 rows."""
    predicted(0.999, count=3)
    assert "200件たまると、この会の記録による見積りに変わります。あと197件です。" in body(treasurer.get(PAGE))


def test_the_newest_month_stands_first_in_the_table_and_last_in_the_picture(treasurer):
    """Time runs from left to right."""
    for month in (9, 10, 11):
        predicted(0.99, month=month)
    context = treasurer.get(PAGE).context
    assert [month.month.month for month, _bins in context["months"]] == [11, 10, 9]
    columns = context["picture"].columns
    assert [(column.label, column.year) for column in columns] == [("9月", "2026年"), ("10月", ""), ("11月", "")]


def test_twelve_months_are_on_a_page(treasurer):
    """Older ones on the next."""
    for month in range(1, 13):
        predicted(0.99, month=month)
    predicted(0.99)
    Prediction.objects.filter(pk=Prediction.objects.latest("pk").pk).update(decided_at=datetime(2025, 12, 20, tzinfo=UTC))
    assert [len(treasurer.get(PAGE, {"page": n}).context["months"]) for n in (1, 2)] == [12, 1]


# --- the picture


def test_nothing_is_no_picture():
    """Not an empty frame."""
    assert draw([]) is None


def test_all_months_share_one_scale():
    """Twice as many errors, twice as high; the most errors reach the ceiling."""
    columns = draw([Pair("9月", "", 2.0, 1), Pair("10月", "", 4.0, 4)]).columns
    assert [(column.predicted.height, column.seen.height) for column in columns] == [(95, 48), (190, 190)]


def test_a_month_without_errors_can_be_seen():
    """A thin line, with its figure."""
    (column,) = draw([Pair("9月", "", 0.0, 0)]).columns
    assert (column.seen.height, column.seen.figure) == (2, "0")


@pytest.mark.parametrize("months", [1, 2, 12])
def test_no_bar_leaves_the_picture(months):
    """However many months."""
    picture = draw([Pair("4月", "", 1.5, 3)] * months)
    bars = [bar for column in picture.columns for bar in (column.predicted, column.seen)]
    assert all(bar.x >= 0 and bar.x + picture.bar_width <= picture.width and bar.y >= 0 for bar in bars)
