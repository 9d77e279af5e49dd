"""Setting short texts in few lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paper.line_breaks import FREELY, Break, plain_costs, wrap

SIGNS = st.text(alphabet="東京町みどりカンパー12ab 、」（", min_size=1, max_size=40)


def set_in(
    text: str, width: float, max_lines: int = 4, limit: int = Break.FORBIDDEN
) -> tuple[str, ...] | None:
    return wrap(text, [1.0] * len(text), width, max_lines=max_lines, costs=plain_costs(text), limit=limit)


def test_a_text_that_fits_stays_on_one_line() -> None:
    """Nothing is broken without need."""
    assert set_in("東京都千代田区", 7) == ("東京都千代田区",)


def test_a_space_is_the_best_place_and_disappears() -> None:
    """The line breaks at the space, and neither line keeps it."""
    assert set_in("山田 花子会長", 5) == ("山田", "花子会長")


@pytest.mark.parametrize("text", ["みどり。まち", "「みどりまち"])
def test_no_line_begins_or_ends_with_a_forbidden_sign(text: str) -> None:
    """A full stop never begins a line and an opening bracket never ends one."""
    lines = set_in(text, 3, max_lines=6)
    assert lines is not None
    assert not any(line.startswith("。") or line.endswith("「") for line in lines)


def test_a_number_is_never_broken() -> None:
    """Digits stay together even where the line gets short."""
    assert set_in("東京町12345番", 6) == ("東京町", "12345番")


def test_a_text_too_long_for_its_lines_is_no_setting() -> None:
    """Nothing is cut: the answer is None."""
    assert set_in("東京都千代田区", 3, max_lines=2) is None


@given(text=SIGNS, width=st.integers(3, 20), limit=st.sampled_from(FREELY))
def test_every_setting_keeps_the_text_and_the_width(text: str, width: int, limit: int) -> None:
    """Joined again the lines give the text without spaces; no line is wider than allowed; there are at most four."""
    lines = set_in(text, width, limit=limit)
    if lines is not None:
        assert "".join("".join(lines).split()) == "".join(text.split())
        assert max(map(len, lines)) <= width
        assert len(lines) <= 4
