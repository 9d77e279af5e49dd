"""Who gets it, how, and why not."""

from datetime import date

import pytest

from members.consenting import withdraw_consent
from members.models import Channel, Supporter, SupporterState
from newsletters.audience import plan, readers
from newsletters.models import Audience
from tests.factories.members import (
    AssociationFactory,
    ConsentFactory,
    HouseholdFactory,
    MembershipTermFactory,
    SupporterFactory,
)
from tests.factories.newsletters import mail_reader, post_reader

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def decided(audience: str = Audience.ALL) -> list[tuple[str, str, str]]:
    return [(one.channel, one.state, one.reason) for one in plan(readers(audience, on=TODAY))]


def test_mail_to_who_wants_mail_and_paper_to_the_others() -> None:
    """Mail wanted and possible; post wanted; mail wanted without an address for it."""
    mail_reader()
    post_reader()
    mail_reader(email="")
    assert decided() == [("email", "queued", ""), ("print", "to_print", ""), ("print", "to_print", "")]


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"channel": Channel.POST}, "no_consent"),
        ({"channel": Channel.NONE, "consented": True}, "opted_out"),
        ({"state": SupporterState.LEFT, "consented": True}, "left"),
        ({"channel": Channel.POST, "address": "", "consented": True}, "no_address"),
        ({"channel": Channel.EMAIL, "email": "", "address": " ", "consented": True}, "no_address"),
    ],
)
def test_each_reason_why_not(facts, reason: str) -> None:
    """Nothing is sent, and the row says why."""
    SupporterFactory(**facts)
    assert decided() == [("none", "suppressed", reason)]


def test_a_withdrawn_consent_is_an_opt_out_whatever_the_channel(now) -> None:
    """Also where somebody set the channel back by hand."""
    reader = mail_reader()
    withdraw_consent(supporter=reader, on=TODAY, source="電話", at=now, by="tayori")
    Supporter.objects.update(channel=Channel.EMAIL)
    assert decided() == [("none", "suppressed", "opted_out")]


def test_a_new_consent_counts_again() -> None:
    """Withdrawn once, given again later."""
    reader = SupporterFactory(channel=Channel.EMAIL)
    ConsentFactory(supporter=reader, given_on=date(2024, 1, 1), withdrawn_on=date(2025, 1, 1))
    ConsentFactory(supporter=reader, given_on=date(2026, 1, 1))
    assert decided() == [("email", "queued", "")]


def test_a_consent_of_tomorrow_does_not_count_today() -> None:
    """Live on the day it is asked about."""
    ConsentFactory(supporter=SupporterFactory(), given_on=date(2026, 11, 24))
    assert decided() == [("none", "suppressed", "no_consent")]


def test_one_mail_to_one_mailbox() -> None:
    """Upper and lower case are one mailbox; the lower supporter number gets it."""
    first = mail_reader(email="home@example.jp")
    mail_reader(email="HOME@example.jp")
    routes = plan(readers(Audience.ALL, on=TODAY))
    assert [(one.reason, one.covered_by) for one in routes] == [("", None), ("same_address", first.pk)]


def test_one_letter_to_a_household() -> None:
    """Only letters are shared: a housemate with mail gets the mail."""
    home = HouseholdFactory()
    first = post_reader(household=home)
    mail_reader(household=home)
    post_reader(household=home)
    routes = plan(readers(Audience.ALL, on=TODAY))
    assert [(one.channel, one.covered_by) for one in routes] == [("print", None), ("email", None), ("print", first.pk)]


def test_who_opted_out_heads_no_household() -> None:
    """The letter goes to the housemate who wants it."""
    home = HouseholdFactory()
    SupporterFactory(household=home, channel=Channel.NONE, consented=True)
    post_reader(household=home)
    assert [state for _channel, state, _reason in decided()] == ["suppressed", "to_print"]


@pytest.mark.parametrize(
    ("audience", "expected"),
    [
        (Audience.ALL, ["paid", "unpaid", "lapsed", "left", "left-paid"]),
        (Audience.ACTIVE, ["paid", "unpaid"]),
        (Audience.PAID_THIS_YEAR, ["paid", "left-paid"]),
        (Audience.UNPAID_THIS_YEAR, ["unpaid", "lapsed"]),
    ],
)
def test_each_audience(audience: str, expected: list[str]) -> None:
    """A cancelled term is no payment; last year's does not count."""
    AssociationFactory()
    names = {}
    for name, state, paid in [
        ("paid", SupporterState.ACTIVE, True), ("unpaid", SupporterState.ACTIVE, False), ("lapsed", SupporterState.LAPSED, False),
        ("left", SupporterState.LEFT, False), ("left-paid", SupporterState.LEFT, True),
    ]:  # fmt: skip
        one = SupporterFactory(state=state)
        names[one.pk] = name
        MembershipTermFactory(supporter=one, fiscal_year=2025)
        if paid:
            MembershipTermFactory(supporter=one)
        else:
            from datetime import UTC, datetime

            MembershipTermFactory(supporter=one, cancelled_at=datetime(2026, 6, 1, tzinfo=UTC))
    assert [names[one.supporter_id] for one in readers(audience, on=TODAY)] == expected


@pytest.mark.parametrize("count", [1, 3])
def test_reading_is_one_query(count: int, django_assert_num_queries) -> None:
    """However many people."""
    for _n in range(count):
        mail_reader()
    with django_assert_num_queries(1):
        readers(Audience.ALL, on=TODAY)
