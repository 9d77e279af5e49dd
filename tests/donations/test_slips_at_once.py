"""Two people type and hang slips at the same moment: real threads, as in an installation."""

from datetime import date

import pytest

from donations.attaching_slips import attach_slip
from donations.models import Slip
from donations.typing_slips import SlipFacts, type_slip
from tests.at_once import at_once, database_for_threads, in_a_thread
from tests.factories.donations import SlipFactory, TheAccountFactory, TransactionFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def row():
    return TransactionFactory(account=TheAccountFactory(), received_yen=5_000, detail_2="")


@pytest.fixture
def slips(row):
    """Three slips of ¥3,000 and of ¥2,000 more than the row together."""
    return [SlipFactory(account=row.account, amount_yen=yen) for yen in (3_000, 3_000, 2_000)]


@pytest.fixture
def database_file(tmp_path, slips):
    with database_for_threads(tmp_path):
        yield


def hanging(slip, row, now, by):
    return lambda: attach_slip(slip_id=slip.pk, transaction_id=row.pk, at=now, by=by)


def hung_yen(row):
    return sum(Slip.objects.live().filter(transaction=row.pk).values_list("amount_yen", flat=True))


def test_two_slips_do_not_take_the_same_yen(database_file, slips, row, now):
    """¥3,000 and ¥3,000 for a row of ¥5,000: one is refused in words."""
    outcomes = at_once(*(hanging(slip, row, now, f"kaikei{n}") for n, slip in enumerate(slips[:2])))
    assert (outcomes, in_a_thread(lambda: hung_yen(row))) == (["done", "slip_too_large"], 3_000)


def test_slips_that_fit_together_are_both_hung(database_file, slips, row, now):
    """¥3,000 and ¥2,000: the row is complete."""
    outcomes = at_once(*(hanging(slip, row, now, f"kaikei{n}") for n, slip in enumerate(slips[1:])))
    assert (outcomes, in_a_thread(lambda: hung_yen(row))) == (["done", "done"], 5_000)


def test_a_slip_hangs_once(tmp_path, row, slips, now):
    """Two people choose a row for the same slip: it hangs on one of them."""
    other = TransactionFactory(account=row.account, received_yen=5_000, detail_2="")
    with database_for_threads(tmp_path):
        outcomes = at_once(hanging(slips[0], row, now, "choubo"), hanging(slips[0], other, now, "kaikei2"))
        places = in_a_thread(lambda: list(Slip.objects.filter(pk=slips[0].pk).values_list("transaction_id", flat=True)))
    assert (outcomes, places[0] in {row.pk, other.pk}) == (["done", "slip_hangs_already"], True)


def test_the_same_slip_typed_by_two_is_kept_once(database_file, row, now):
    """The slower one is asked whether there are two."""
    facts = SlipFacts(day=date(2026, 4, 9), amount_yen=700, payer_name="佐伯 一郎")

    def typing(by):
        return lambda: type_slip(account=row.account, facts=facts, at=now, by=by)

    outcomes = at_once(typing("choubo"), typing("kaikei2"))
    kept = in_a_thread(lambda: Slip.objects.filter(amount_yen=700).count())
    assert (outcomes, kept) == (["done", "same_slip"], 1)
