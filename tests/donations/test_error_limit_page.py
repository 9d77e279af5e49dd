"""The limit of expected errors on the desk: the sentence, the slider, and what stays certain."""

import doctest

import pytest

from donations.models import Outcome, Prediction, Transaction
from donations.views import error_limit
from donations.views.error_limit import LIMIT_KEY, slider
from members.models import Association
from privacy.models import AuditEvent
from tests.conftest import NOW
from tests.factories.donations import TransactionFactory
from tests.factories.members import AssociationFactory, BankAccountFactory, FeeRateFactory, SupporterFactory

pytestmark = pytest.mark.django_db
DESK = "/donations/reconcile/"
LIMIT = "/donations/reconcile/limit/"


@pytest.fixture
def rows():
    """Two certain rows of people with very common names."""
    AssociationFactory()
    FeeRateFactory()
    account = BankAccountFactory()
    made = []
    for name, reading, payer in (("佐藤　恵", "サトウ メグミ", "ｻﾄｳ ﾒｸﾞﾐ"), ("徳本　花子", "トクモト ハナコ", "ﾄｸﾓﾄ ﾊﾅｺ")):
        SupporterFactory(name=name, reading=reading)
        made.append(TransactionFactory(account=account, detail_2=payer))
    return made


def body(response):
    return response.content.decode()


def highest(client):
    return client.get(DESK).context["desk"].highest_errors


def put(client, **data):
    return client.post(LIMIT, {"was": "9", "slide": "9", "most": "99", **data}, follow=True)


def counts(response):
    return [tab["count"] for tab in response.context["tabs"]][:2]


def test_the_examples_hold():
    """Words for small numbers, stops of the slider."""
    assert doctest.testmod(error_limit).failed == 0


def test_the_sentence_says_how_many_and_how_wrong(treasurer, rows):
    """Before anything is confirmed."""
    assert "2件を自動で照合します。誤りの見込みは0.01件未満です（試験データによる見積り）。" in body(treasurer.get(DESK))


def test_a_limit_leaves_the_least_certain_out(treasurer, rows):
    """Count and expectation follow, and the row lies in 確認してください with the reason."""
    limit = highest(treasurer) * 0.999
    response = put(treasurer, limit=f"{limit:.9f}")
    likely = body(treasurer.get(DESK, {"pile": "likely"}))
    assert (counts(response), "上限をこえる1件" in body(response), "まとめて確定するものから外しました" in likely) == (
        [1, 1], True, True,
    )  # fmt: skip


def test_the_slider_counts_where_it_was_moved(treasurer, rows):
    """Without a script the number beside it still says the old limit."""
    put(treasurer, was="0.5", limit="0.5", slide="0")
    assert treasurer.session[LIMIT_KEY] == 0.0


def test_the_number_counts_where_the_slider_stayed(treasurer, rows):
    """Typed by hand."""
    put(treasurer, was="0.5", slide="0.5", limit="0.25")
    assert treasurer.session[LIMIT_KEY] == 0.25


def test_the_far_end_is_no_limit(treasurer, rows):
    """Also when more rows come in later."""
    put(treasurer, limit="0")
    response = put(treasurer, slide="0.3", most="0.3")
    assert (treasurer.session[LIMIT_KEY], counts(response)) == (None, [2, 0])


def test_a_limit_of_nothing_says_what_to_do(treasurer, rows):
    """The slider stays, so that one comes back."""
    page = body(put(treasurer, limit="0"))
    assert ("この上限では、まとめて確定できる入金はありません" in page, 'id="limit-slide"' in page) == (True, True)


@pytest.mark.parametrize("typed", ["", "x", "-1", "nan", "inf"])
def test_what_is_no_number_is_refused_in_words(treasurer, rows, typed):
    """And nothing changes."""
    page = body(put(treasurer, limit=typed))
    assert ("上限は変えていません" in page, LIMIT_KEY in treasurer.session) == (True, False)


def test_the_group_keeps_a_limit(treasurer, rows):
    """For every sitting and for the command; the audit trail says so."""
    put(treasurer, limit="0.25", always="yes")
    events = list(AuditEvent.objects.values_list("action", "changed_fields"))
    assert (Association.objects.get().auto_error_limit, events) == (
        0.25, [("members.association_changed", "auto_error_limit")],
    )  # fmt: skip


def test_the_groups_limit_holds_from_the_start(treasurer, rows):
    """Without a word in this sitting."""
    Association.objects.update(auto_error_limit=0.0)
    assert counts(treasurer.get(DESK)) == [0, 2]


def test_no_limit_in_this_sitting_is_stronger(treasurer, rows):
    """The slider at its far end lets all in, whatever the group's rule."""
    Association.objects.update(auto_error_limit=0.0)
    assert counts(put(treasurer, slide="99", most="99")) == [2, 0]


def test_the_auditor_moves_nothing(auditor, rows):
    """There is no slider, and a POST is refused."""
    assert ('id="limit-slide"' in body(auditor.get(DESK)), auditor.post(LIMIT).status_code) == (False, 403)


def test_an_outsider_signs_in_first(outsider, treasurer, rows):
    """As everywhere."""
    assert outsider.post(LIMIT).headers["Location"].startswith("/accounts/login/")


def test_the_limit_is_not_set_by_get(treasurer, rows):
    """405."""
    assert treasurer.get(LIMIT).status_code == 405


def test_a_row_over_the_limit_can_be_confirmed_by_itself(treasurer, rows):
    """It is opened in 確認してください like any other."""
    put(treasurer, limit="0")
    page = treasurer.get(DESK, {"pile": "likely", "row": rows[1].pk})
    assert (page.context["open_id"], page.context["pile"], len(page.context["rows"])) == (rows[1].pk, "likely", 2)


@pytest.mark.parametrize("errors", [0.0, 0.0004, 0.03, 0.31, 1.7, 42.0, 5_000.0])
def test_the_far_end_of_the_slider_is_never_too_low(errors):
    """Every row is let in there."""
    assert float(slider(errors, None).most) >= errors


def test_the_own_record_replaces_the_test_data(treasurer, rows):
    """After 200 decided rows the figure is the group's own, and the sentence says so."""
    decided = TransactionFactory.create_batch(200, detail_2="ﾐｼﾗﾇ ﾋﾄ")
    Prediction.objects.bulk_create(
        Prediction(transaction=row, probability=0.999, was_certain=True, decided_at=NOW, outcome=Outcome.AS_SUGGESTED)
        for row in decided
    )
    assert "（この会のこれまでの記録による見積り）" in body(treasurer.get(DESK, {"pile": "certain"}))


def test_only_what_is_within_the_limit_is_confirmed_together(treasurer, rows):
    """The row that was left out still waits."""
    put(treasurer, limit=f"{highest(treasurer) * 0.999:.9f}")
    shown = [f"{row.transaction.pk}:{row.digest}" for row in treasurer.get(DESK, {"pile": "certain"}).context["rows"]]
    treasurer.post("/donations/reconcile/confirm/", {"row": shown})
    assert list(Transaction.objects.unreconciled()) == [rows[0]]
