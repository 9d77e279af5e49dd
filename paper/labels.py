"""Address labels on sheets known by their product number, beginning at any face, and an outline to try the sheet with."""

from collections.abc import Callable, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from paper.address import Addressee, full_address
from paper.address_block import SetBlock, address_rules, addressee_texts, set_block
from paper.errors import DoesNotFit, MissingCharacters, WrongContent
from paper.fonts import missing_characters
from paper.geometry import A4_PAGE, Rectangle
from paper.label_sheets import LabelSheet
from paper.pdf import render_pdf, render_pdfs
from paper.press import style

LARGEST_PT = 11.0


def label_pages(
    labels: Sequence[Addressee],
    sheet: LabelSheet,
    *,
    start_cell: int = 1,
    offset_mm: tuple[float, float] = (0.0, 0.0),
    on_progress: Callable[[int, int], None] | None = None,
) -> bytes:
    """A PDF, one page a sheet; the first `start_cell - 1` faces of the first sheet stay empty.

    `offset_mm`: (right, down), for printers that pull paper askew. `on_progress(sheets_done, sheets)`.
    Raises, before anything is drawn, `MissingCharacters` or `DoesNotFit` naming every label concerned, and
    `WrongContent` for an empty list or a start face the sheet does not have.
    """
    _refuse(labels, sheet, start_cell)
    places = sheet.text_places(offset_mm)
    cells = [(start_cell - 1 + index) % sheet.faces for index in range(len(labels))]
    blocks = [_block(label, places[cell]) for label, cell in zip(labels, cells, strict=True)]
    too_long = [label.name for label, block in zip(labels, blocks, strict=True) if block is None]
    if too_long:
        raise DoesNotFit(too_long, f"ラベル({sheet.product})")
    faces: list[list[SafeString]] = [[]]
    for cell, block in zip(cells, blocks, strict=True):
        if cell == 0 and faces[-1]:
            faces.append([])
        if block is not None:
            faces[-1].append(_face(cell, block, places[cell]))
    pages = [format_html_join("", "{}", ((face,) for face in page)) for page in faces]
    css = "\n".join((A4_PAGE, address_rules(), *_place_rules(places)))
    return render_pdfs(pages, css=css, title="宛名ラベル", chunk=1, on_progress=on_progress)


def outline_pdf(sheet: LabelSheet, *, offset_mm: tuple[float, float] = (0.0, 0.0)) -> bytes:
    """One page with every face's outline and number: printed on plain paper and held against a real sheet of labels."""
    rules = [f".c-{cell} {{ {place.css()} }}" for cell, place in enumerate(sheet.cells(offset_mm))]
    note = format_html(
        '<p class="note">{}。試し刷りです。ふつうの紙に「実際のサイズ(100%)」で印刷し、'
        "ラベル用紙と重ねて明かりに透かします。今は右へ{}ミリ、下へ{}ミリずらしています。</p>",
        sheet.product,
        f"{offset_mm[0]:g}",
        f"{offset_mm[1]:g}",
    )
    faces = format_html_join(
        "",
        '<div class="cell c-{}"><p>{}</p>{}</div>',
        ((cell, cell + 1, "" if cell else note) for cell in range(sheet.faces)),
    )
    css = "\n".join((A4_PAGE, style("labels"), *rules))
    return render_pdf(faces, css=css, title=f"ラベルの試し刷り {sheet.number}")


def _refuse(labels: Sequence[Addressee], sheet: LabelSheet, start_cell: int) -> None:
    if not labels:
        raise WrongContent("labels", "宛名が一つもないので、ラベルを作りませんでした。")
    if not 1 <= start_cell <= sheet.faces:
        raise WrongContent(
            "start_cell",
            f"はじめの位置は1から{sheet.faces}までの番号で指定してください({start_cell}番の面はありません)。",
        )
    homeless = [label.name for label in labels if not full_address(label)]
    if homeless:
        raise WrongContent(
            "labels", f"住所のない宛名があります: {'、'.join(homeless)}。住所を入れてください。"
        )
    missing = {label.name: missing_characters(addressee_texts(label)) for label in labels}
    whose = [name for name, characters in missing.items() if characters]
    if whose:
        found = dict.fromkeys(character for name in whose for character in missing[name])
        raise MissingCharacters(tuple(found), whose)


def _block(label: Addressee, place: Rectangle) -> SetBlock | None:
    return set_block(label, width_mm=place.width, height_mm=place.height, largest_pt=LARGEST_PT)


def _face(cell: int, block: SetBlock, place: Rectangle) -> SafeString:
    down = (place.height - block.height_mm) / 2
    return format_html(
        '<div class="cell c-{}" style="padding-top: {}mm">{}</div>', cell, f"{down:.2f}", block.html()
    )


def _place_rules(places: Sequence[Rectangle]) -> list[str]:
    box = ".cell { position: absolute; box-sizing: border-box }"
    return [box, *(f".c-{cell} {{ {place.css()} }}" for cell, place in enumerate(places))]
