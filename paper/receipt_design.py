"""How a receipt looks: an A4 sheet folded in three, the address in the window, the receipt in the middle, the breakdown below.

Plain text without letter-spacing, so that 領収書 can be searched and read aloud; amounts as ￥7,000－, so that no digit can
be added. Whatever may slide into the window's sight carries nothing but the address (receipts design 2.1).
"""

from collections.abc import Sequence
from math import ceil

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from japanese.yen import receipt_amount
from paper.address import address_costs, postal_code_line, with_honorific
from paper.address_block import SetLine, address_rules, set_lines, set_name, size_class
from paper.envelopes import FOLDS_MM, PANEL_HEIGHT_MM, EnvelopeProfile
from paper.errors import DoesNotFit
from paper.fonts import MM_PER_POINT, text_width_mm
from paper.geometry import A4_WIDTH_MM, Rectangle
from paper.issuer import Issuer
from paper.line_breaks import Break, plain_costs
from paper.press import style
from paper.receipt_page import STAMP_DUTY_FROM_YEN, ReceiptLine, ReceiptPage

SIDE_MARGIN_MM = 22.0  # as in styles/receipt.css
TEXT_WIDTH_MM = A4_WIDTH_MM - 2 * SIDE_MARGIN_MM
SENDER = Rectangle(126, 15, 62, 34)
NAME_WIDTH_MM = 126.0
NAME_SIZES_PT = (16.0, 14.0, 12.0, 11.0, 10.0, 9.0)
ISSUER_WIDTH_MM = 62.0
ISSUER_PT = 9.0
STATE_NOTE_PT = 8.5
STATE_NOTE_WIDTH_MM = 88.0
COVER_PT = 10.0
COVER_LEADING = 1.7


def receipt_css(profile: EnvelopeProfile) -> str:
    """The rules for `receipt_html`, for letters in this envelope."""
    return "\n".join(
        (
            style("receipt"),
            address_rules(*NAME_SIZES_PT, ISSUER_PT),
            f".window {{ {_on_page(profile.address_place).css()} }}",
            f".sender {{ {_on_page(SENDER).css()} }}",
            f".cover {{ {_on_page(_cover(profile)).css()} }}",
            *(f".fold-{number} {{ top: {fold}mm }}" for number, fold in enumerate(FOLDS_MM, start=1)),
        )
    )


def receipt_html(page: ReceiptPage, profile: EnvelopeProfile) -> SafeString:
    """The inside of the `<body>`, for `render_pdf` and `render_pdfs` with `receipt_css(profile)`.

    Raises `DoesNotFit` naming the address, the name or the message that is too long for its place.
    """
    sender_is_hidden = profile.sometimes_visible.intersection(SENDER)
    return format_html(
        PAGE,
        window=profile.set_address(page.addressee).html(),
        sender=_issuer(page.issuer) if sender_is_hidden.width <= 0 else "",
        cover=_message(page, _cover(profile)),
        void=format_html('<p class="void">{}</p>', page.state) if page.state == "無効" else "",
        state=_state(page),
        mark=page.state,
        number=page.number,
        issued_on=page.issued_on,
        received_on=page.received_on,
        name=_name(page),
        amount=receipt_amount(page.total_yen),
        purpose=page.purpose_line,
        issuer=_issuer(page.issuer),
        treasurer=f"会計担当　{page.issuer.treasurer}" if page.issuer.treasurer else "",
        seal=_seal(page.issuer),
        rows=_rows(page.lines),
        notes=_notes(page),
    )


PAGE = """
<div class="fold fold-1"></div><div class="fold fold-2"></div>
<div class="window">{window}</div>
<div class="sender">{sender}</div>
<div class="cover">{cover}</div>
<main data-number="{number}" data-mark="{mark}">
{void}
<header>{state}<h1>領収書</h1>
<dl><dt>番号</dt><dd>{number}</dd><dt>発行日</dt><dd>{issued_on}</dd></dl></header>
<div class="addressee">{name}</div>
<p class="amount">{amount}</p>
<p class="purpose">但し　{purpose}</p>
<div class="foot">
<div class="received"><p>受領日　{received_on}</p><p>上記の金額を確かに受け取りました。</p></div>
<div class="issuer">{seal}{issuer}<p>{treasurer}</p></div>
</div>
</main>
<section>
<table>
<caption>内訳</caption>
<thead><tr><th scope="col" class="day">受領日</th><th scope="col">摘要</th><th scope="col" class="yen">金額</th></tr></thead>
<tbody>{rows}<tr class="total"><th scope="row" colspan="2">合計</th><td class="yen">{amount}</td></tr></tbody>
</table>
{notes}
</section>
"""


def _on_page(place: Rectangle) -> Rectangle:
    """Absolute positions in CSS count from the text area, ours from the paper's corner."""
    return Rectangle(place.left - SIDE_MARGIN_MM, place.top, place.width, place.height)


def _cover(profile: EnvelopeProfile) -> Rectangle:
    """Below what the window may show, above the first fold."""
    top = max(62.0, profile.sometimes_visible.bottom + 5)
    return Rectangle(SIDE_MARGIN_MM, top, TEXT_WIDTH_MM, PANEL_HEIGHT_MM - 3 - top)


def _message(page: ReceiptPage, place: Rectangle) -> SafeString:
    paragraphs = [line.strip() for line in page.message.splitlines() if line.strip()]
    lines = sum(ceil(text_width_mm(text, COVER_PT) / (place.width - 4)) for text in paragraphs)
    if lines * COVER_PT * COVER_LEADING * MM_PER_POINT > place.height:
        raise DoesNotFit([page.message], "領収書の上のあいさつの場所")
    return format_html_join("", "<p>{}</p>", ((text,) for text in paragraphs))


def _name(page: ReceiptPage) -> SafeString:
    name = with_honorific(page.addressee_name, page.honorific)
    lines = set_name(name, width_mm=NAME_WIDTH_MM, sizes_pt=NAME_SIZES_PT)
    if not lines:
        raise DoesNotFit([name], "領収書の宛名")
    return _set(lines)


def _set(lines: Sequence[SetLine]) -> SafeString:
    return format_html_join(
        "",
        '<p class="set {}">{}</p>',
        ((size_class(line.size_pt), line.text) for line in lines),
    )


def _state(page: ReceiptPage) -> SafeString | str:
    if not page.state:
        return ""
    note = page.state_note if _beside_the_mark(page.state_note) else ""
    return format_html('<div class="state"><p class="mark">{}</p><p>{}</p></div>', page.state, note)


def _beside_the_mark(note: str) -> bool:
    """Whether it fits the two short lines there; a longer one stands with the notes below the table."""
    return text_width_mm(note, STATE_NOTE_PT) < STATE_NOTE_WIDTH_MM


def _issuer(issuer: Issuer) -> SafeString:
    name = set_name(issuer.name, width_mm=ISSUER_WIDTH_MM, sizes_pt=(12.0, 11.0, 10.0, 9.0))
    address = _small(issuer.address, address_costs(issuer.address))
    contact = _small(issuer.contact, plain_costs(issuer.contact))
    if not name or (issuer.address and not address) or (issuer.contact and not contact):
        raise DoesNotFit([issuer.name], "領収書の発行者の場所")
    postal = [SetLine("postal", postal_code_line(issuer.postal_code), ISSUER_PT)]
    return _set([*name, *(postal if issuer.postal_code else ()), *address, *contact])


def _small(text: str, costs: Sequence[int]) -> list[SetLine]:
    lines = set_lines(text, ISSUER_PT, ISSUER_WIDTH_MM, 2, costs, Break.FORBIDDEN) if text else ()
    return [SetLine("address", line, ISSUER_PT) for line in lines]


def _seal(issuer: Issuer) -> SafeString | str:
    if not issuer.seal:
        return ""
    return format_html('<img class="seal" src="{}" alt="{}の印">', issuer.seal, issuer.name)


def _rows(lines: Sequence[ReceiptLine]) -> SafeString:
    return format_html_join(
        "",
        '<tr><td class="day">{}</td><td>{}</td><td class="yen">{}</td></tr>',
        ((line.received_on, line.purpose, receipt_amount(line.amount_yen)) for line in lines),
    )


def _notes(page: ReceiptPage) -> SafeString:
    stamp = page.stamp_note if page.total_yen >= STAMP_DUTY_FROM_YEN else ""
    state = "" if _beside_the_mark(page.state_note) else f"{page.state}: {page.state_note}"
    notes = [note for note in (state, *page.notes, page.deduction_note, stamp) if note]
    items = format_html_join("", "<li>{}</li>", ((note,) for note in notes))
    return format_html('<ul class="notes">{}</ul>', items) if notes else items
