"""Whose support ended long ago is shown, so that nobody is kept for ever by forgetting."""

from datetime import date

import pytest
from django.urls import reverse

from members.models import Association, Supporter, SupporterState
from office.ended_support import ended_supporters
from tests.factories.donations import AllocationFactory
from tests.factories.members import AssociationFactory, SupporterFactory


@pytest.fixture
def association(db) -> Association:
    return AssociationFactory()


def left(**facts: object) -> Supporter:
    return SupporterFactory(**{"state": SupporterState.LEFT, "registered_on": date(2020, 4, 1), "left_on": date(2023, 5, 1), **facts})


def paid(supporter: Supporter, day: date) -> None:
    AllocationFactory(supporter=supporter, transaction__booked_on=day)


@pytest.mark.parametrize(("day", "count"), [(date(2024, 3, 31), 1), (date(2024, 4, 1), 0)])
def test_two_whole_fiscal_years_must_have_passed(association, today, day, count) -> None:
    """In fiscal year 2026: the last yen came before April 2024."""
    paid(left(), day)
    assert ended_supporters(association=association, today=today).count() == count


@pytest.mark.parametrize(
    "facts",
    [{"state": SupporterState.ACTIVE}, {"left_on": date(2025, 1, 1)}, {"registered_on": date(2025, 1, 1), "left_on": None}],
)
def test_others_are_not_shown(association, today, facts) -> None:
    """Who still supports, left lately, or came lately."""
    left(**facts)
    assert not ended_supporters(association=association, today=today).exists()


def test_the_longest_ago_comes_first(association, today) -> None:
    """With the day of the last payment."""
    late, early = left(), left()
    paid(late, date(2022, 5, 1))
    paid(early, date(2021, 5, 1))
    assert [(one, one.last_paid_on) for one in ended_supporters(association=association, today=today)] == [
        (early, date(2021, 5, 1)), (late, date(2022, 5, 1)),
    ]


def test_the_home_page_says_so(treasurer, association) -> None:
    """One sentence, one button."""
    left()
    assert "支援が終わって2年度たった人が 1 人います" in treasurer.get(reverse("office:home")).content.decode()


def test_the_page_leads_to_the_erasing(treasurer, association) -> None:
    """For the treasurer."""
    one = left()
    assert reverse("office:erase", args=[one.number]) in treasurer.get(reverse("office:ended")).content.decode()


def test_the_auditor_only_looks(auditor, association) -> None:
    """No button there."""
    one = left()
    answer = auditor.get(reverse("office:ended"))
    assert (answer.status_code, reverse("office:erase", args=[one.number]) in answer.content.decode()) == (200, False)


def test_the_organiser_is_refused(organiser, association) -> None:
    """Who paid last when is not theirs to see."""
    assert organiser.get(reverse("office:ended")).status_code == 403


def test_it_takes_no_post(treasurer, association) -> None:
    """405."""
    assert treasurer.post(reverse("office:ended")).status_code == 405


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_any_number_of_rows(treasurer, association, django_assert_num_queries, rows) -> None:
    """No query per row."""
    for _one in range(rows):
        left()
    with django_assert_num_queries(6):
        treasurer.get(reverse("office:ended"))
