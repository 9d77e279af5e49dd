"""Dues become terms."""

from datetime import date

import pytest

from members.models import MembershipTerm, Supporter, SupporterState
from members.renewing import Renewal, cancel_term, cancel_terms, renew, renew_many
from privacy.errors import Refused
from privacy.models import AuditEvent
from tests.factories.members import AssociationFactory, MembershipTermFactory, SupporterFactory

pytestmark = pytest.mark.django_db
PAID = {"units": 2, "unit_price_yen": 1000, "fiscal_year": 2026, "paid_on": date(2026, 5, 15)}


@pytest.fixture
def hand(now):
    AssociationFactory()
    return {"at": now, "by": "choubo"}


def test_a_term_runs_for_the_fiscal_year(hand):
    """2026年度 runs from April to March."""
    term = renew(supporter=SupporterFactory(), **PAID, **hand)
    assert (term.starts_on, term.ends_on, term.units) == (date(2026, 4, 1), date(2027, 3, 31), 2)


def test_a_lapsed_supporter_who_pays_is_active_again(hand):
    """Paying dues is supporting."""
    supporter = SupporterFactory(state=SupporterState.LAPSED)
    renew(supporter=supporter, **PAID, **hand)
    assert supporter.state == SupporterState.ACTIVE


def test_who_left_stays_so(hand):
    """A late payment does not bring somebody back who left."""
    supporter = SupporterFactory(state=SupporterState.LEFT)
    renew(supporter=supporter, **PAID, **hand)
    assert supporter.state == SupporterState.LEFT


def test_no_units_no_term(hand):
    """Less than one unit is not dues."""
    with pytest.raises(Refused) as refusal:
        renew(supporter=SupporterFactory(), **{**PAID, "units": 0}, **hand)
    assert refusal.value.code == "no_units"


def test_without_a_group_there_is_no_fiscal_year(now):
    """Our own group comes first."""
    with pytest.raises(Refused) as refusal:
        renew(supporter=SupporterFactory(), **PAID, at=now, by="choubo")
    assert refusal.value.code == "not_set_up"


def test_a_cancelled_term_counts_no_units(hand, now):
    """Marked, kept, not counted."""
    term = MembershipTermFactory(units=3)
    cancel_term(term=term, **hand)
    term.refresh_from_db()
    assert term.cancelled_at == now
    assert Supporter.objects.with_units(2026).get().units == 0


def test_cancelling_twice_is_one_event(hand):
    """The second time changes nothing."""
    term = MembershipTermFactory()
    for _ in range(2):
        cancel_term(term=term, **hand)
    assert AuditEvent.objects.count() == 1


def test_many_terms_take_few_queries(hand, django_assert_max_num_queries):
    """Two hundred renewals, and their undo, ask the database only a few times."""
    supporters = SupporterFactory.create_batch(200)
    with django_assert_max_num_queries(8):
        keys = renew_many(renewals=[Renewal(one.pk, **PAID) for one in supporters], **hand)
    found = MembershipTerm.objects.in_bulk(keys)
    terms = [found[key] for key in keys]
    with django_assert_max_num_queries(5):
        cancel_terms(terms=terms, **hand)
    assert [term.supporter_id for term in terms] == [one.pk for one in supporters]


def test_units_of_several_terms_add_up_beside_the_last_day(hand):
    """Two payments this year and one last year: this year's units, the latest end."""
    supporter = SupporterFactory()
    for year, units in ((2026, 2), (2026, 3), (2025, 9)):
        MembershipTermFactory(supporter=supporter, fiscal_year=year, units=units)
    found = Supporter.objects.with_units(2026).with_paid_until().with_has_paid(2026).get()
    assert (found.units, found.paid_until, found.has_paid) == (5, date(2027, 3, 31), True)
