"""What the other rooms' tests may rely on."""

import pytest

from members.models import Association, NameOrigin
from tests.factories.members import AssociationFactory, SupporterFactory

pytestmark = pytest.mark.django_db


def test_asking_twice_gives_the_same_group():
    """There is one group in a database, so its factory makes one."""
    assert AssociationFactory() == AssociationFactory()
    assert Association.objects.count() == 1


def test_a_made_supporter_can_be_found_by_reading_and_name():
    """The factory leaves the same payer names behind as registering does."""
    supporter = SupporterFactory(name="髙橋　恵", reading="タカハシ メグミ")
    assert set(supporter.payer_names.values_list("key", "origin")) == {
        ("タカハシメグミ", NameOrigin.READING),
        ("高橋恵", NameOrigin.NAME),
    }


def test_units_make_a_live_term():
    """`units=2` stands for two units paid for 2026."""
    assert SupporterFactory(units=2).terms.get().units == 2
