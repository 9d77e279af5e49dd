"""Payer names learned from confirmations."""

from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from members.learning import Learned, learn_payer_name, learn_payer_names, weaken_payer_name
from members.models import NameOrigin, PayerName
from privacy.models import AuditEvent
from tests.factories.members import SupporterFactory

pytestmark = pytest.mark.django_db
MAY, JUNE = date(2026, 5, 15), date(2026, 6, 15)


@pytest.fixture
def hand(now):
    return {"at": now, "by": "choubo"}


def learned():
    return PayerName.objects.filter(origin=NameOrigin.LEARNED)


def test_a_confirmed_name_is_learned(hand):
    """Key, spelling, day and count are kept."""
    supporter = SupporterFactory()
    learn_payer_name(payer_text="ﾓﾘ ﾏｺﾄ", supporters=[supporter], on=MAY, **hand)
    assert learned().values_list("key", "as_written", "supporter", "confirmed_count", "last_confirmed_on").get() == (
        "モリマコト", "ﾓﾘ ﾏｺﾄ", supporter.pk, 1, MAY,
    )  # fmt: skip


def test_confirming_again_counts_two(hand):
    """Another spelling of one key is the same name; the later day stays."""
    supporter = SupporterFactory()
    learn_payer_name(payer_text="ﾓﾘ ﾏｺﾄ", supporters=[supporter], on=JUNE, **hand)
    learn_payer_name(payer_text="モリ　マコト", supporters=[supporter], on=MAY, **hand)
    assert learned().values_list("confirmed_count", "last_confirmed_on").get() == (2, JUNE)


def test_namesakes_are_two_rows(hand):
    """One name, two supporters: both are remembered, each on a row."""
    for supporter in SupporterFactory.create_batch(2):
        learn_payer_name(payer_text="ﾓﾘ ﾏｺﾄ", supporters=[supporter], on=MAY, **hand)
    assert learned().filter(joint_group=0).count() == 2


def test_a_joint_payment_is_one_group(hand):
    """Two who pay together share a group, and confirming again finds it."""
    couple = SupporterFactory.create_batch(2)
    for on in (MAY, JUNE):
        learn_payer_name(payer_text="ﾓﾘ ﾏｺﾄ･ﾒｸﾞﾐ", supporters=couple, on=on, **hand)
    assert set(learned().values_list("supporter", "joint_group", "confirmed_count")) == {
        (couple[0].pk, 1, 2),
        (couple[1].pk, 1, 2),
    }


def test_two_joint_payments_are_two_groups(hand):
    """Another couple gets another group, also within one batch."""
    one, two, three = SupporterFactory.create_batch(3)
    learn_payer_names(learned=[Learned("ﾓﾘ･ｲﾄｳ", [one, two], MAY), Learned("ﾓﾘ･ｶﾄｳ", [one, three], MAY)], **hand)
    assert set(learned().values_list("key", "joint_group")) == {("モリイトウ", 1), ("モリカトウ", 2)}


def test_nobodys_name_is_learned_once(hand):
    """A one-off giver is known to be nobody of ours."""
    for on in (MAY, JUNE):
        learn_payer_name(payer_text="ﾅｶﾞﾚ ﾓﾉ", supporters=[], on=on, **hand)
    assert learned().values_list("supporter", "confirmed_count").get() == (None, 2)


@pytest.mark.parametrize("text", ["", "　", "--"])
def test_a_text_without_a_name_teaches_nothing(hand, text):
    """No key, no row."""
    learn_payer_name(payer_text=text, supporters=[SupporterFactory()], on=MAY, **hand)
    assert learned().count() == 0


def test_an_undo_weakens_and_blocks(hand):
    """One confirmation less, and nothing automatic any more."""
    supporter = SupporterFactory()
    learn_payer_name(payer_text="ﾓﾘ ﾏｺﾄ", supporters=[supporter], on=MAY, **hand)
    weaken_payer_name(payer_text="ﾓﾘ ﾏｺﾄ", supporters=[supporter], **hand)
    assert learned().values_list("confirmed_count", "blocked_for_auto").get() == (0, True)


def test_an_undo_blocks_the_registered_name_too(hand):
    """The automatic match may have come from the reading."""
    supporter = SupporterFactory(reading="モリ マコト")
    weaken_payer_name(payer_text="ﾓﾘ ﾏｺﾄ", supporters=[supporter], **hand)
    assert supporter.payer_names.get(origin=NameOrigin.READING).blocked_for_auto is True


def test_confirming_after_an_undo_lifts_the_mark(hand):
    """The treasurer has the last word."""
    supporter = SupporterFactory()
    weaken_payer_name(payer_text="ﾓﾘ ﾏｺﾄ", supporters=[supporter], **hand)
    learn_payer_name(payer_text="ﾓﾘ ﾏｺﾄ", supporters=[supporter], on=MAY, **hand)
    assert learned().values_list("confirmed_count", "blocked_for_auto").get() == (1, False)


def test_learning_many_takes_few_queries(hand, django_assert_max_num_queries):
    """Three hundred confirmations ask the database only a few times."""
    supporters = SupporterFactory.create_batch(300)
    batch = [Learned(f"ﾃｽﾄ{chr(0xFF71 + n % 40)}{n}", [one], MAY) for n, one in enumerate(supporters)]
    with django_assert_max_num_queries(8):
        learn_payer_names(learned=batch, **hand)
    assert learned().count() == 300


def test_the_whole_text_of_the_last_transfer_is_kept(hand):
    """Beside the bare name also what the bank wrote; of two transfers the later one's."""
    supporter = SupporterFactory()
    june, may = Learned("ﾓﾘ ﾏｺﾄ", [supporter], JUNE, "ﾓﾘ ﾏｺﾄ ｶｲﾋ"), Learned("ﾓﾘ ﾏｺﾄ", [supporter], MAY, "ﾓﾘ ﾏｺﾄ")
    learn_payer_names(learned=[june, may], **hand)
    assert learned().values_list("as_written", "last_text").get() == ("ﾓﾘ ﾏｺﾄ", "ﾓﾘ ﾏｺﾄ ｶｲﾋ")


def proposed(supporter):
    return set(supporter.payer_names.filter(origin=NameOrigin.PROPOSED_READING).values_list("as_written", flat=True))


def test_a_person_without_a_reading_gets_guesses():
    """Every reading that the written name may have, none of them as the フリガナ."""
    supporter = SupporterFactory(name="佐藤　裕子", reading="")
    assert {"サトウ ユウコ", "サトウ ヒロコ"} <= proposed(supporter)


def test_a_person_with_a_reading_gets_no_guess():
    """What is registered is not guessed."""
    assert proposed(SupporterFactory(name="佐藤　裕子", reading="サトウ ヒロコ")) == set()


def test_the_first_confirmed_transfer_verifies_a_guess(hand):
    """The guess becomes the フリガナ and the other guesses go."""
    supporter = SupporterFactory(name="佐藤　裕子", reading="")
    learn_payer_name(payer_text="ｻﾄｳ ﾋﾛｺ", supporters=[supporter], on=MAY, **hand)
    supporter.refresh_from_db()
    assert (supporter.reading, proposed(supporter)) == ("サトウ ヒロコ", set())


def test_a_transfer_by_another_name_verifies_nothing(hand):
    """A relative who pays says nothing about how the name is read."""
    supporter = SupporterFactory(name="佐藤　裕子", reading="")
    learn_payer_name(payer_text="ｻﾄｳ ｲﾁﾛｳ", supporters=[supporter], on=MAY, **hand)
    supporter.refresh_from_db()
    assert (supporter.reading, "サトウ ヒロコ" in proposed(supporter)) == ("", True)


def test_a_verified_reading_is_in_the_audit_trail(hand):
    """Which supporter and which field; not the name."""
    supporter = SupporterFactory(name="佐藤　裕子", reading="")
    learn_payer_name(payer_text="ｻﾄｳ ﾋﾛｺ", supporters=[supporter], on=MAY, **hand)
    event = AuditEvent.objects.get(action="members.reading_verified")
    assert (event.subject_id, event.changed_fields) == (supporter.pk, "reading")


@given(order=st.permutations(range(6)))
def test_the_order_within_a_batch_plays_no_part(order):
    """Six transfers of two days, in any order, leave the same rows."""
    at = datetime(2026, 11, 23, tzinfo=UTC)
    texts = ("ﾓﾘ ﾏｺﾄ", "モリ　マコト", "ﾓﾘﾏｺﾄ")
    with transaction.atomic():
        one, two = SupporterFactory(), SupporterFactory()
        made = [Learned(text, [who], day, f"{text} ｶｲﾋ") for (who, day) in ((one, MAY), (two, JUNE)) for text in texts]
        learn_payer_names(learned=[made[place] for place in order], at=at, by="choubo")
        rows = learned().order_by("last_confirmed_on")
        found = list(rows.values_list("key", "as_written", "last_text", "confirmed_count", "last_confirmed_on"))
        transaction.set_rollback(True)
    assert found == [("モリマコト", "ﾓﾘﾏｺﾄ", "ﾓﾘﾏｺﾄ ｶｲﾋ", 3, MAY), ("モリマコト", "ﾓﾘﾏｺﾄ", "ﾓﾘﾏｺﾄ ｶｲﾋ", 3, JUNE)]
