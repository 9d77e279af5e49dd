"""The search finds the number in each kind of file, and nothing where there is nothing."""

import pyrage
import pytest
from stdnum.jp import in_

from tests.canary.controls import plant
from tests.canary.search import Canary, search

BODY = "40271836591"
KEY = pyrage.x25519.Identity.generate()


@pytest.fixture
def canary() -> Canary:
    return Canary(BODY + in_.calc_check_digit(BODY))


def test_every_control_is_found(tmp_path, canary) -> None:
    """One file of each kind."""
    planted = plant(tmp_path, canary.number, KEY.to_public())
    assert search(tmp_path, canary, keys=[KEY]) == planted


def test_another_number_is_not_found(tmp_path, canary) -> None:
    """The controls of a different number are silent."""
    plant(tmp_path, "123456789018", KEY.to_public())
    assert search(tmp_path, canary, keys=[KEY]) == []


def test_a_name_of_a_file_is_looked_at(tmp_path, canary) -> None:
    """Uploads have names, too."""
    (tmp_path / f"{canary.number}.csv").touch()
    assert search(tmp_path, canary) == [f"{canary.number}.csv"]
