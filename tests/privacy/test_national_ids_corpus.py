"""A small draw from the benchmark's generator: what is promised there holds here on every run."""

from random import Random

import pytest

from benchmarks.national_ids import disguises, harmless
from benchmarks.national_ids.carriers import bare, labelled
from benchmarks.national_ids.numbers import individual_number
from privacy.national_ids import scan

DISGUISES = disguises.COUNTED | disguises.EXTRA


@pytest.mark.parametrize("name", DISGUISES)
def test_labelled_numbers_are_found(name):
    """None of 30 is missed, not even glued, shortened or mistyped ones."""
    rng = Random(f"labelled {name}")
    texts = [labelled(rng, DISGUISES[name](rng, individual_number(rng))) for _ in range(30)]
    assert [text for text in texts if not scan(text)] == []


@pytest.mark.parametrize("name", [name for name in DISGUISES if name not in disguises.BY_DESIGN_MISSED])
def test_bare_numbers_are_found(name):
    """At most 4 of 60 are missed."""
    rng = Random(f"bare {name}")
    texts = [bare(rng, DISGUISES[name](rng, individual_number(rng))) for _ in range(60)]
    assert len([text for text in texts if not scan(text)]) <= 4


@pytest.mark.parametrize("kind", harmless.ZERO_WANTED)
def test_everyday_numbers_raise_no_alarm(kind):
    """None of 150, though a quarter of the sentences talk of マイナンバー."""
    rng = Random(f"harmless {kind}")
    lines = [harmless.line(rng, kind) for _ in range(150)]
    assert [line for line in lines if scan(line)] == []


@pytest.mark.parametrize("kind", harmless.DOUBTFUL)
def test_numbers_that_cannot_be_told_apart_are_few(kind):
    """At most one in ten of random numbers passes the check digit."""
    rng = Random(f"doubtful {kind}")
    assert sum(bool(scan(harmless.line(rng, kind))) for _ in range(150)) <= 15
