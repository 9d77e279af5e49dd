from hypothesis import given
from hypothesis import strategies as st

from japanese.plain import to_plain


def test_width_dashes_and_invisible_characters():
    """Full width becomes ASCII, every dash a hyphen; zero-width and outer spaces go."""
    assert to_plain("\ufeff　１２ー３４−５６‐７\u200b\u00a0") == "12-34-56-7"


@given(st.text())
def test_plain_is_a_fixed_point(text):
    """Plain text stays as it is."""
    assert to_plain(to_plain(text)) == to_plain(text)
