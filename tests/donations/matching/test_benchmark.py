"""The benchmark itself, and what matching must never fall below on it (small worlds, fixed seeds)."""

import pytest

from benchmarks.matching.methods import ExactKey, Ours, WordsInText
from benchmarks.matching.score import Score
from benchmarks.matching.transfers import World
from donations.matching.gate import Policy


def score(make, seeds=range(1, 4)):
    total = Score()
    for seed in seeds:
        world = World(seed, 250, 250)
        total.add(world.rows, make(world).answers(world.rows))
    return total


@pytest.fixture(scope="module")
def ours():
    return score(lambda world: Ours(world, Policy.posterior(0.99)))


def test_one_seed_makes_one_world():
    """The same seed gives the same register, history and rows; another seed gives others."""
    first, again, other = (World(seed, 60, 60).rows for seed in (7, 7, 8))
    assert (first == again, first == other) == (True, False)


def test_every_row_knows_its_truth():
    """A row for a supporter names one; a stranger's and the bank's name none."""
    rows = World(7, 200, 200).rows
    assert all(bool(row.ids) == (row.type in {"match", "optional", "ask"}) for row in rows)


def test_nothing_forbidden_is_done_by_itself(ours):
    """No namesake, no contradicting number, no reversal."""
    assert ours.forbidden == 0


def test_most_rows_are_done_by_themselves(ours):
    """At least 84 of a hundred rows, with at most one error in 750."""
    assert (ours.auto >= 0.84 * ours.rows, ours.false <= 1) == (True, True)


def test_the_right_supporter_is_among_three(ours):
    """For at least 98 of a hundred rows that a supporter paid."""
    assert ours.among_three >= 0.98 * ours.with_payer


def test_more_is_done_than_by_exact_and_learned_names(ours):
    """The plain method with the same knowledge does less."""
    assert ours.auto > score(lambda world: ExactKey(world, learn=True)).auto


def test_without_history_less_is_done(ours):
    """Last year's ledger is worth more than five points."""
    first_year = score(lambda world: Ours(world, Policy.posterior(0.99), with_history=False))
    assert first_year.auto < ours.auto - 0.05 * ours.rows


def test_a_rule_of_words_in_the_text_gives_rows_to_the_wrong_people():
    """What it does by itself is wrong far more often than ours."""
    theirs = score(WordsInText)
    assert theirs.false > 10
