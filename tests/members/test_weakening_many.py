import pytest

from members.learning import Learned, learn_payer_names, weaken_payer_names
from members.models import NameOrigin, PayerName
from tests.factories.members import SupporterFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def hanako(today, now):
    supporter = SupporterFactory(name="徳本　花子", reading="トクモト ハナコ")
    learn_payer_names(learned=[Learned("ﾄｸﾓﾄ ﾊﾅｺ", [supporter], today)] * 2, at=now, by="choubo")
    return supporter


def test_two_confirmations_taken_back_at_once_count_down_by_two(hanako, now):
    """A batch that is undone takes each of its confirmations back."""
    weaken_payer_names(weakened=[("ﾄｸﾓﾄ ﾊﾅｺ", [hanako])] * 2, at=now, by="choubo")
    assert PayerName.objects.get(origin=NameOrigin.LEARNED).confirmed_count == 0


def test_only_the_names_of_these_supporters_are_blocked(hanako, now):
    """A namesake's own reading with the same key stays as it is."""
    SupporterFactory(name="徳元　華子", reading="トクモト ハナコ")
    weaken_payer_names(weakened=[("ﾄｸﾓﾄ ﾊﾅｺ", [hanako])], at=now, by="choubo")
    assert {name.supporter for name in PayerName.objects.filter(blocked_for_auto=True)} == {hanako}


def test_weakening_many_takes_a_fixed_number_of_queries(now, django_assert_num_queries):
    """Twenty names cost as much as two."""
    people = SupporterFactory.create_batch(20)
    with django_assert_num_queries(7):
        weaken_payer_names(weakened=[(one.reading, [one]) for one in people], at=now, by="choubo")
