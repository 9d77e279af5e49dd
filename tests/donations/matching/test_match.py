"""From lines to piles, suggestions and reasons."""

from dataclasses import replace
from datetime import date

import pytest
from stdnum import damm

from donations.matching.gate import Policy
from donations.matching.in_memory import InMemoryRegister
from donations.matching.lines import Line
from donations.matching.match import match_batch
from donations.matching.register import KnownName, Person
from donations.matching.suggestions import Pile

LAST_YEAR = date(2025, 5, 1)


def number(serial):
    return f"{serial:04d}{damm.calc_check_digit(f'{serial:04d}')}"


ICHIRO = Person(1, number(1), "", "individual", "佐藤 一郎", "サトウ イチロウ", 1000, last_amount_yen=2500, last_paid_on=LAST_YEAR)
HANAKO = Person(2, number(2), "", "individual", "鈴木 花子", "スズキ ハナコ", 1000)
HANAKO_TOO = Person(3, number(3), "", "individual", "鈴木 華子", "スズキ ハナコ", 1000)
MIDORI = Person(
    4, number(4), "", "organisation", "特定非営利活動法人みどりの会", "ミドリノカイ", 3000, contact="山田 春子", contact_reading="ヤマダ ハルコ",
)
PEOPLE = [ICHIRO, HANAKO, HANAKO_TOO, MIDORI]


def one(payer_text, received_yen=3000, *, names=(), people=PEOPLE, message="", policy=None, paid_out_yen=0):
    line = Line(7, date(2026, 5, 2), received_yen, paid_out_yen, payer_text, message, "振込")
    return match_batch([line], InMemoryRegister(people, names), policy=policy)[0]


def codes(match):
    return [ask.code for ask in match.asks]


@pytest.mark.parametrize("text", ["ｻﾄｳ ｲﾁﾛｳ", "ｻﾄｳｲﾁﾛｳ", "佐藤　一郎", "さとう　いちろう", "ｻﾄｳ ｲﾁﾛｳ ｶｲﾋ"])
def test_the_only_one_of_that_name_is_certain(text):
    """Own reading or own kanji, whole units: certain."""
    match = one(text)
    assert (match.pile, match.supporter_ids, match.asks) == (Pile.CERTAIN, (1,), ())


@pytest.mark.parametrize("text", ["ﾄｸﾋ)ﾐﾄﾞﾘﾉｶｲ", "ﾐﾄﾞﾘﾉｶｲ(ﾄｸﾋ", "NPO法人みどりの会", "ﾄｸﾋ)ﾐﾄﾞﾘﾉｶｲ ﾀﾞｲﾋﾖｳ ﾔﾏﾀﾞ ﾊﾙｺ"])
def test_an_organisation_by_any_of_its_spellings(text):
    """The legal form may stand anywhere or nowhere; a title and a person may follow."""
    assert (one(text).pile, one(text).supporter_ids) == (Pile.CERTAIN, (4,))


def test_three_thousand_of_an_individual_is_three_units():
    """The kind of the supporter found reads the amount: three units of one thousand."""
    sentences = [reason.sentence for reason in one("ｻﾄｳ ｲﾁﾛｳ").suggestions[0].evidence]
    assert "3,000円は、この支援者の3口分です。支援者ではない方からも、よくある額です。" in sentences


def test_three_thousand_of_an_unknown_payer_is_asked():
    """Three individual units or one of an organisation: never guessed."""
    match = one("ﾖｼﾀﾞ ｶﾝﾀ")
    assert (match.pile, match.suggestions, match.asks[-1].sentence) == (
        Pile.ASK, (), "3,000円は、個人の3口とも、団体の1口とも読めます。払込人が分からないので、決めてください。",
    )


def test_the_same_amount_as_last_time_is_enough_for_the_plain_rule():
    """2,500 yen are no whole units, but what he gave last time."""
    assert one("ｻﾄｳ ｲﾁﾛｳ", 2500).pile == Pile.CERTAIN


def test_an_odd_amount_is_only_likely():
    """The name alone does not make it certain under the plain rule."""
    match = one("ｻﾄｳ ｲﾁﾛｳ", 2835)
    assert (match.pile, codes(match), match.supporter_ids) == (Pile.LIKELY, ["amount"], (1,))


def test_an_odd_amount_does_not_stop_the_gate_by_probability():
    """There the amount is evidence, no condition."""
    assert one("ｻﾄｳ ｲﾁﾛｳ", 2835, policy=Policy.posterior(0.9)).pile == Pile.CERTAIN


def test_a_gate_that_wants_more_than_can_be_known():
    """With a limit of one nothing is certain."""
    match = one("ｻﾄｳ ｲﾁﾛｳ", policy=Policy.posterior(1.0))
    assert (match.pile, codes(match)) == (Pile.LIKELY, ["not_sure"])


def test_namesakes_are_asked():
    """Two supporters with one reading: both are named, nobody is chosen."""
    match = one("ｽｽﾞｷ ﾊﾅｺ")
    assert (match.pile, codes(match), sorted(s.supporter_id for s in match.suggestions)) == (
        Pile.ASK, ["namesake", "two_readings"], [2, 3],
    )


def test_namesakes_know_of_each_other():
    """Each of two namesakes carries the other as a reason against."""
    reasons = {reason.code: reason for reason in one("ｽｽﾞｷ ﾊﾅｺ").suggestions[0].evidence}
    assert (reasons["namesake"].speaks_for, "鈴木 華子" in reasons["namesake"].sentence) == (False, True)


def test_a_checked_number_decides_between_namesakes():
    """The number of one of them, with a good check digit, and the name agrees."""
    match = one(f"{HANAKO_TOO.number} ｽｽﾞｷ ﾊﾅｺ")
    assert (match.pile, match.supporter_ids) == (Pile.CERTAIN, (3,))


def test_a_number_of_somebody_else_contradicts():
    """The name of one and the number of another: asked, both suggested."""
    match = one(f"{MIDORI.number} ｻﾄｳ ｲﾁﾛｳ")
    assert (match.pile, "number_conflict" in codes(match), {s.supporter_id for s in match.suggestions}) == (Pile.ASK, True, {1, 4})


def test_a_number_without_a_name_is_not_certain():
    """The right number with a strange name suggests its owner, no more."""
    match = one(f"{ICHIRO.number} ﾖｼﾀﾞ ｶﾝﾀ")
    assert (match.pile == Pile.CERTAIN, match.suggestions[0].supporter_id) == (False, 1)


def test_a_learned_name_is_certain():
    """A wife's name that was confirmed for him."""
    learned = KnownName("サトウハルコ", frozenset({1}), "learned", 1, LAST_YEAR)
    match = one("ｻﾄｳ ﾊﾙｺ", names=[learned])
    assert (match.pile, match.supporter_ids) == (Pile.CERTAIN, (1,))


def test_a_learned_name_of_two_is_asked():
    """Confirmed once for each of two supporters: a namesake like any other."""
    learned = [KnownName("サトウハルコ", frozenset({supporter}), "learned", 1, LAST_YEAR) for supporter in (1, 2)]
    assert one("ｻﾄｳ ﾊﾙｺ", names=learned).pile == Pile.ASK


def test_a_name_that_was_undone_is_not_certain():
    """Blocked for auto, still suggested."""
    blocked = KnownName("サトウハルコ", frozenset({1}), "learned", 1, LAST_YEAR, blocked_for_auto=True)
    match = one("ｻﾄｳ ﾊﾙｺ", names=[blocked])
    assert (match.pile, codes(match)) == (Pile.LIKELY, ["blocked"])


def test_a_known_nobody_is_never_given_to_anybody():
    """A one-off giver with the name of a supporter."""
    nobody = KnownName("サトウイチロウ", frozenset(), "learned", 1, LAST_YEAR)
    match = one("ｻﾄｳ ｲﾁﾛｳ", names=[nobody])
    assert (match.pile, "known_nobody" in codes(match)) == (Pile.ASK, True)


def test_joint_names_are_asked():
    """Two names in one payment, one of them a supporter."""
    match = one("佐藤　一郎・春子")
    assert (match.pile, "joint" in codes(match), match.suggestions[0].supporter_id) == (Pile.ASK, True, 1)


def test_a_learned_joint_name_credits_both():
    """Confirmed last year for both of them together."""
    learned = KnownName("佐藤一郎春子", frozenset({1, 2}), "learned", 1, LAST_YEAR)
    match = one("佐藤　一郎・春子", 4000, names=[learned])
    assert (match.pile, match.joint_ids) == (Pile.CERTAIN, (1, 2))


def test_a_payment_for_somebody_is_not_certain():
    """佐藤一郎分: he is suggested, the treasurer looks."""
    match = one("佐藤一郎分")
    assert (match.pile, match.suggestions[0].supporter_id, "on_behalf" in codes(match)) == (Pile.LIKELY, 1, True)


def test_who_left_is_not_certain():
    """An exact name of somebody who is no longer active."""
    people = [replace(ICHIRO, is_active=False)]
    assert codes(one("ｻﾄｳ ｲﾁﾛｳ", people=people)) == ["not_active"]


@pytest.mark.parametrize(("text", "route"), [("ｻﾄｳ ｲﾁﾛ", "name_cut_off"), ("ｻﾄｳ ｲﾁﾓｳ", "name_slip"), ("ｲﾁﾛｳ ｻﾄｳ", "name_reading")])
def test_a_name_not_quite_the_same_is_likely(text, route):
    """Cut off, one slip, or the other order: suggested first, not certain."""
    match = one(text)
    assert (match.pile, match.suggestions[0].supporter_id, match.suggestions[0].evidence[0].code) == (Pile.LIKELY, 1, route)


def test_amount_alone_never_decides():
    """A stranger with the very amount of a supporter gets nobody."""
    match = one("ﾖｼﾀﾞ ｶﾝﾀ", 2500)
    assert (match.pile, match.suggestions) == (Pile.ASK, ())


def test_a_line_without_a_name_says_what_to_do():
    """A slip whose name is not in the file."""
    assert codes(one("", 2500)) == ["no_name"]


def test_the_answer_does_not_depend_on_the_other_lines():
    """A batch in reverse gives the same answers."""
    texts = ["ｻﾄｳ ｲﾁﾛｳ", "ｽｽﾞｷ ﾊﾅｺ", "ﾖｼﾀﾞ ｶﾝﾀ", "ｻﾄｳ ｲﾁﾛ", "ﾄｸﾋ)ﾐﾄﾞﾘﾉｶｲ", "佐藤　一郎・花子"]
    lines = [Line(place, date(2026, 5, 2), 3000, 0, text) for place, text in enumerate(texts)]
    register = InMemoryRegister(PEOPLE)
    assert match_batch(lines[::-1], register)[::-1] == match_batch(lines, register)


def test_the_expected_error_is_what_the_best_suggestion_leaves():
    """One minus its confidence."""
    match = one("ｻﾄｳ ｲﾁﾛｳ")
    assert match.expected_error == pytest.approx(1 - match.suggestions[0].confidence)


def test_a_common_name_is_less_sure_than_a_rare_one():
    """佐藤 一郎 may be a stranger sooner than 蓬莱谷 一郎."""
    rare = replace(ICHIRO, name="蓬莱谷 一郎", reading="ホウライダニ イチロウ")
    assert one("ｻﾄｳ ｲﾁﾛｳ").expected_error > one("ﾎｳﾗｲﾀﾞﾆ ｲﾁﾛｳ", people=[rare, HANAKO, HANAKO_TOO, MIDORI]).expected_error


def test_a_name_that_only_sounds_like_for_somebody():
    """ケンブン ends in ブン, and is the whole name of a supporter."""
    people = [replace(ICHIRO, name="佐藤 建文", reading="サトウ ケンブン")]
    assert one("ｻﾄｳ ｹﾝﾌﾞﾝ", people=people).pile == Pile.CERTAIN


def test_a_message_that_names_another_supporter_is_not_certain():
    """The payer is known, but the message names somebody else."""
    match = one("ｻﾄｳ ｲﾁﾛｳ", message="みどりの会")
    assert (match.pile, codes(match)) == (Pile.LIKELY, ["another_named"])


def test_a_learned_payer_who_pays_for_another_this_time_is_not_certain():
    """Confirmed for him last year; this time 「みどりの会分」 is written."""
    learned = KnownName("サトウハルコ", frozenset({1}), "learned", 1, LAST_YEAR)
    match = one("ｻﾄｳ ﾊﾙｺ", names=[learned], message="みどりの会分")
    assert (match.pile == Pile.CERTAIN, "another_named" in codes(match)) == (False, True)


def test_a_checked_number_carries_a_weak_name_under_the_gate_by_probability():
    """A slip in the name and the right number with its check digit, nobody else in the house."""
    match = one(f"{ICHIRO.number} ｻﾄｳ ｲﾁﾓｳ", policy=Policy.posterior(0.99))
    assert (match.pile, match.supporter_ids) == (Pile.CERTAIN, (1,))


def test_a_checked_number_does_not_carry_a_weak_name_where_two_live_together():
    """The same, but another supporter lives in the house."""
    people = [replace(ICHIRO, household=5), replace(HANAKO, household=5), MIDORI]
    match = one(f"{ICHIRO.number} ｻﾄｳ ｲﾁﾓｳ", people=people, policy=Policy.posterior(0.99))
    assert (match.pile, codes(match)) == (Pile.LIKELY, ["weak_name"])


def test_a_relative_is_suggested():
    """The same surname, a given name nobody has: suggested, never certain."""
    match = one("佐藤　春海", people=[ICHIRO, MIDORI])
    assert (match.pile == Pile.CERTAIN, match.suggestions[0].supporter_id, match.suggestions[0].evidence[0].code) == (False, 1, "name_family")


def test_a_supporter_without_a_reading_is_found_by_a_proposed_one():
    """佐藤 一郎 without フリガナ: the bank's kana suggests him, and the reason says that the reading is a guess."""
    match = one("ｻﾄｳ ｲﾁﾛｳ", people=[replace(ICHIRO, reading="")])
    assert (match.pile, match.supporter_ids, match.suggestions[0].evidence[0].code) == (Pile.LIKELY, (1,), "name_proposed_reading")


def test_a_fee_taken_off_is_said():
    """Last time's 2,500 yen less 165: the reason names both amounts."""
    sentences = [reason.sentence for reason in one("ｻﾄｳ ｲﾁﾛｳ", 2335).suggestions[0].evidence]
    assert "いつもの2,500円より165円少ない額です。手数料が引かれたのかもしれません。" in sentences


def test_a_turned_name_is_certain_under_the_gate_by_probability():
    """Given name first: nothing of the name is missing."""
    assert one("ｲﾁﾛｳ ｻﾄｳ", policy=Policy.posterior(0.9)).pile == Pile.CERTAIN


def test_a_namesake_without_a_reading_is_asked():
    """Two 鈴木 花子, one without a reading that may be read just so: not certain by the kana alone."""
    people = [HANAKO, replace(HANAKO_TOO, name="鈴木 花子", reading=""), ICHIRO]
    match = one("ｽｽﾞｷ ﾊﾅｺ", people=people)
    assert (match.pile, "namesake" in codes(match)) == (Pile.ASK, True)


@pytest.mark.parametrize(("message", "decided"), [("〒999-0002", True), ("TEL 090-0000-0002", True), ("〒999-0009", False)])
def test_a_phone_or_a_postcode_decides_between_namesakes(message, decided):
    """Only where it is one namesake's and nobody else's."""
    people = [replace(HANAKO, postal_code="9990002", phone="09000000002"), HANAKO_TOO]
    match = one("ｽｽﾞｷ ﾊﾅｺ", people=people, message=message, policy=Policy.posterior(0.9))
    assert ("namesake" not in codes(match), match.pile is Pile.CERTAIN) == (decided, decided)


def test_a_number_without_a_check_digit_carries_a_weak_name():
    """A wrong number would be some other supporter's, not just one whose name is alike."""
    people = [replace(ICHIRO, number="0010")]
    assert one("0010 ｻﾄｳ ｲﾁﾛｵ", people=people, policy=Policy.posterior(0.9)).pile is Pile.CERTAIN


@pytest.mark.parametrize(("message", "pile"), [("番号0010", Pile.CERTAIN), ("〒999-0001", Pile.LIKELY)])
def test_a_relative_is_carried_by_a_number_and_not_by_an_address(message, pile):
    """Relatives share an address; a number is the supporter's own."""
    people = [replace(ICHIRO, number="0010", postal_code="9990001")]
    assert one("ｻﾄｳ ﾊﾙｺ", people=people, message=message, policy=Policy.posterior(0.9)).pile is pile


def test_without_a_ledger_two_of_one_house_are_less_sure():
    """Who pays for whom in a house is not known in the first year."""
    pair = [replace(ICHIRO, household=1), replace(HANAKO, household=1)]
    alone = one("ｻﾄｳ ｲﾁﾛｳ").expected_error
    assert one("ｻﾄｳ ｲﾁﾛｳ", people=pair).expected_error > 4 * alone


@pytest.mark.parametrize("text", ["98765 ｻﾄｳ ｲﾁﾛｳ", "ｻﾄｳ ｲﾁﾛｳ 98765"])
def test_a_number_that_nobody_has_is_not_certain(text):
    """Somebody's number was miswritten; the name alone may be a namesake's."""
    match = one(text, policy=Policy.posterior(0.9))
    assert (match.pile, codes(match)) == (Pile.LIKELY, ["number_unknown"])


@pytest.mark.parametrize(("text", "message"), [("ｻﾄｳ ｲﾁﾛｳ 3000", ""), ("ｻﾄｳ ｲﾁﾛｳ 2026", ""), ("ｻﾄｳ ｲﾁﾛｳ", "会費 98765")])
def test_the_amount_a_year_and_a_bare_number_are_no_supporter_numbers(text, message):
    """They stand in the way of nothing."""
    assert one(text, message=message, policy=Policy.posterior(0.9)).pile is Pile.CERTAIN


def test_a_reversal_in_the_message_is_asked():
    """組戻 beside the name."""
    assert codes(one("ｻﾄｳ ｲﾁﾛｳ", message="組戻")) == ["reversal"]


def test_a_housemate_who_pays_this_amount_makes_it_less_sure():
    """He writes the name, and it is just what she gives, in the month in which she does."""
    mate = replace(HANAKO, household=1, last_paid_on=LAST_YEAR, last_amount_yen=10000)
    pays_so, pays_else = ([replace(ICHIRO, household=1), replace(mate, last_amount_yen=yen)] for yen in (3000, 10000))
    assert one("ｻﾄｳ ｲﾁﾛｳ", people=pays_so).expected_error > 2 * one("ｻﾄｳ ｲﾁﾛｳ", people=pays_else).expected_error
