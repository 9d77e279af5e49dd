"""The window of an envelope and what is seen through it."""

from collections.abc import Callable
from typing import Any

import pytest
from pypdf import PdfReader

from paper.address import Addressee
from paper.envelopes import EnvelopeProfile
from paper.envelopes import test_sheet_pdf as ruler_sheet_pdf
from paper.errors import DoesNotFit, WrongContent
from paper.fonts import text_width_mm
from paper.geometry import Rectangle


def test_what_is_always_visible() -> None:
    """A 90 × 45 window less the letter's play in a 長形3号 (25 sideways, 21 down) leaves 65 × 24 mm."""
    assert EnvelopeProfile().always_visible == Rectangle(20, 12, 65, 24)


def test_what_may_come_into_sight() -> None:
    """The window and the play to its left and above, no further than the paper."""
    assert EnvelopeProfile().sometimes_visible == Rectangle(0, 0, 110, 57)


def test_every_position_of_the_letter_shows_the_address() -> None:
    """Slide the letter in 1 mm steps: the always visible rectangle never leaves the window."""
    profile = EnvelopeProfile()
    window = Rectangle(profile.left_mm, profile.top_mm, profile.width_mm, profile.height_mm)
    seen = profile.always_visible
    for right in range(int(profile.slack_right_mm) + 1):
        for down in range(int(profile.slack_down_mm) + 1):
            moved = Rectangle(seen.left + right, seen.top + down, seen.width, seen.height)
            assert moved.intersection(window) == moved


@pytest.mark.parametrize("changes", [{"width_mm": 60.0}, {"height_mm": 30.0}, {"envelope_height_mm": 90.0}])
def test_a_window_of_no_use_is_refused(changes: dict[str, float]) -> None:
    """Where no address can always be seen, the profile says so."""
    with pytest.raises(WrongContent):
        EnvelopeProfile(**changes)


def test_an_ordinary_address_is_large(profile: EnvelopeProfile, hanako: Addressee) -> None:
    """Postcode, address, building, name: four lines at 10.5 points, the name larger."""
    block = profile.set_address(hanako)
    assert [line.text for line in block.lines] == [
        "〒100-0001",
        "東京都千代田区千代田1-1-1",
        "みどりマンション405",
        "髙﨑 邊子　様",
    ]
    assert [line.size_pt for line in block.lines][:3] == [10.5, 10.5, 10.5]
    assert block.lines[3].size_pt > 10.5


def test_the_longest_address_shrinks_and_stays_whole(
    profile: EnvelopeProfile, long_organisation: Addressee
) -> None:
    """Every character is there, no line is wider than its place, no block higher, no type under 7 points."""
    block = profile.set_address(long_organisation)
    place = profile.address_place
    written = long_organisation.prefecture + long_organisation.address + long_organisation.name
    printed = "".join(line.text for line in block.lines if line.role != "postal")
    assert "".join(printed.split()) == "".join((written + long_organisation.contact + "様").split())
    assert max(text_width_mm(line.text, line.size_pt) for line in block.lines) <= place.width
    assert block.height_mm <= place.height
    assert min(line.size_pt for line in block.lines) >= 7


def test_an_address_has_four_lines_at_most(profile: EnvelopeProfile, long_organisation: Addressee) -> None:
    """Postcode and names not counted."""
    lines = [line for line in profile.set_address(long_organisation).lines if line.role == "address"]
    assert len(lines) <= 4


def test_an_impossible_address_is_named_not_cut(profile: EnvelopeProfile) -> None:
    """The error carries the name of the addressee."""
    with pytest.raises(DoesNotFit) as caught:
        profile.set_address(Addressee(name="山田 花子", address="東京都" + "長" * 200))
    assert caught.value.what == ("山田 花子",)


def test_the_ruler_sheet_shows_the_sample_in_the_window(
    profile: EnvelopeProfile, read: Callable[[bytes], PdfReader], words: Callable[[Any], list[Any]]
) -> None:
    """One page; the sample name stands in the always visible rectangle; the settings are told."""
    reader = read(ruler_sheet_pdf(profile))
    (page,) = reader.pages
    (name,) = [word for word in words(page) if word.text.startswith("見本 花子")]
    seen = profile.always_visible
    assert seen.left <= name.x <= seen.right
    assert seen.top <= name.y <= seen.bottom
    assert "窓の左 20 ミリ、上 12 ミリ、幅 90 ミリ、高さ 45 ミリ" in page.extract_text()


def test_the_grid_is_numbered_true_to_size(
    profile: EnvelopeProfile, read: Callable[[bytes], PdfReader], words: Callable[[Any], list[Any]]
) -> None:
    """Moving right by 100 mm on the paper is moving by 100 on the ruler."""
    ruler = {word.text: word.x for word in words(read(ruler_sheet_pdf(profile)).pages[0]) if 5 < word.y < 8}
    assert ruler["110"] - ruler["10"] == pytest.approx(100, abs=1.2)  # wider numbers begin further left
