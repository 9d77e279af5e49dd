"""Sheets of labels."""

from collections.abc import Callable
from typing import Any

import pytest
from pypdf import PdfReader

from paper.address import Addressee
from paper.errors import DoesNotFit, MissingCharacters, WrongContent
from paper.geometry import PRINTABLE_A4, Rectangle
from paper.label_sheets import LABEL_SHEETS, LabelSheet, label_sheet
from paper.labels import label_pages, outline_pdf

Read = Callable[[bytes], PdfReader]
Words = Callable[[Any], list[Any]]
A4 = Rectangle(0, 0, 210, 297)


def people(count: int) -> list[Addressee]:
    return [
        Addressee(name=f"見本 {number}号", postal_code="1000001", address=f"東京都千代田区千代田{number}-1")
        for number in range(1, count + 1)
    ]


@pytest.mark.parametrize("sheet", LABEL_SHEETS.values(), ids=LABEL_SHEETS.keys())
def test_every_face_lies_on_the_paper(sheet: LabelSheet) -> None:
    """All faces are on A4 and no two overlap."""
    cells = list(sheet.cells())
    assert len(cells) == sheet.faces
    for index, cell in enumerate(cells):
        assert cell.right <= A4.right + 0.05
        assert cell.bottom <= A4.bottom + 0.05
        for other in cells[:index]:
            both = cell.intersection(other)
            assert both.width < 0.01 or both.height < 0.01


@pytest.mark.parametrize("sheet", LABEL_SHEETS.values(), ids=LABEL_SHEETS.keys())
def test_text_keeps_off_the_edge_of_the_paper(sheet: LabelSheet) -> None:
    """Where a face touches the paper's edge, 5 mm stay white, as printers need."""
    for place in sheet.text_places():
        assert place.intersection(PRINTABLE_A4) == place
        assert place.width >= 55


@pytest.mark.parametrize(
    ("number", "faces"), [("ELM006", 10), ("elm008 ", 12), ("28185", 18), ("31538", 21), ("ELM012", 24)]
)
def test_a_sheet_is_known_by_its_product_number(number: str, faces: int) -> None:
    """In any letter case."""
    assert label_sheet(number).faces == faces


def test_an_unknown_sheet_lists_the_known() -> None:
    """Nobody has to guess."""
    with pytest.raises(WrongContent, match="ELM008"):
        label_sheet("12面")


def test_labels_begin_at_the_chosen_face(read: Read, words: Words) -> None:
    """With start 3 on a sheet of 12, the first label stands in the second row, the eleventh on the next sheet."""
    sheet = label_sheet("ELM008")
    reader = read(label_pages(people(11), sheet, start_cell=3))
    assert len(reader.pages) == 2
    places = sheet.text_places()
    for page, text, cell in ((0, "見本 1号　様", 2), (0, "見本 10号　様", 11), (1, "見本 11号　様", 0)):
        (word,) = [word for word in words(reader.pages[page]) if word.text == text]
        assert places[cell].left - 0.1 <= word.x <= places[cell].right
        assert places[cell].top <= word.y <= places[cell].bottom


def test_the_offset_moves_every_label(read: Read, words: Words) -> None:
    """2 mm right and 3 mm down, on a sheet with margins."""
    sheet = label_sheet("ELM008")
    (before,) = [w for w in words(read(label_pages(people(1), sheet)).pages[0]) if w.text.startswith("見本")]
    moved_pdf = label_pages(people(1), sheet, offset_mm=(2, 3))
    (after,) = [w for w in words(read(moved_pdf).pages[0]) if w.text.startswith("見本")]
    assert (after.x - before.x, after.y - before.y) == pytest.approx((2, 3), abs=0.05)


def test_the_longest_address_fits_the_smallest_face(read: Read, long_organisation: Addressee) -> None:
    """Whole, on a 66 × 33.9 mm label."""
    text = "".join(
        read(label_pages([long_organisation], label_sheet("ELM012"))).pages[0].extract_text().split()
    )
    assert "全国ネットワーク東日本支部連絡協議会邉見栁太郎様" in text
    assert "３号棟１２０５号室" in text


def test_every_label_that_does_not_fit_is_named() -> None:
    """All of them at once, and nothing is printed."""
    labels = [
        *people(2),
        Addressee(name="長い甲", address="長" * 300),
        Addressee(name="長い乙", address="長" * 300),
    ]
    with pytest.raises(DoesNotFit) as caught:
        label_pages(labels, label_sheet("ELM012"))
    assert caught.value.what == ("長い甲", "長い乙")


def test_the_label_with_a_missing_character_is_named() -> None:
    """Character and name."""
    with pytest.raises(MissingCharacters) as caught:
        label_pages([*people(1), Addressee(name="山田😀", address="東京都")], label_sheet("ELM012"))
    assert (caught.value.characters, caught.value.whose) == (("😀",), ("山田😀",))


@pytest.mark.parametrize("start_cell", [0, 13])
def test_a_face_the_sheet_does_not_have_is_refused(start_cell: int) -> None:
    """Faces are counted from 1."""
    with pytest.raises(WrongContent) as caught:
        label_pages(people(1), label_sheet("ELM008"), start_cell=start_cell)
    assert caught.value.field == "start_cell"


@pytest.mark.parametrize("labels", [[], [Addressee(name="山田 花子", address=" ")]])
def test_a_label_needs_an_address(labels: list[Addressee]) -> None:
    """No labels, or one without address, is refused."""
    with pytest.raises(WrongContent):
        label_pages(labels, label_sheet("ELM008"))


def test_the_outline_numbers_every_face(read: Read, words: Words) -> None:
    """A trial sheet for plain paper."""
    found = {word.text for word in words(read(outline_pdf(label_sheet("ELM012"))).pages[0])}
    assert {str(face) for face in range(1, 25)} <= found
