"""Receipts as PDF, through the room `paper`."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from japanese.era import format_long
from members.models import Association
from paper.address import Addressee
from paper.envelopes import EnvelopeProfile
from paper.issuer import Issuer, data_image
from paper.pdf import render_pdfs
from paper.receipt_design import receipt_css, receipt_html
from paper.receipt_page import ReceiptLine as PrintedLine
from paper.receipt_page import ReceiptPage
from privacy.outgoing import refuse_outgoing
from receipts.models import Receipt, ReceiptReissue, ReceiptState
from receipts.phrases import received_text

COPY = "控え"
Progress = Callable[[int, int], None]


def envelope_of(association: Association) -> EnvelopeProfile:
    """The window envelope that the group set. Raises `paper.errors.WrongContent` when no address fits its window."""
    return EnvelopeProfile(
        left_mm=association.window_left_mm,
        top_mm=association.window_top_mm,
        width_mm=association.window_width_mm,
        height_mm=association.window_height_mm,
    )


def issuer_of(association: Association) -> Issuer:
    """Our group as it stands on a receipt."""
    contact = "\n".join(part for part in (association.phone, association.email, association.website) if part)
    return Issuer(
        name=association.name,
        postal_code=association.postal_code,
        address=association.address,
        contact=contact,
        treasurer=association.treasurer_name,
        seal=data_image(bytes(association.seal_png)),
    )


def page_of(
    receipt: Receipt, *, issuer: Issuer, reissue: ReceiptReissue | None = None, is_copy: bool = False
) -> ReceiptPage:
    """The words of one paper. A void receipt is always marked 無効; `is_copy` marks 控え."""
    state, note = _state(receipt, reissue, is_copy=is_copy)
    lines = list(receipt.lines.all())
    return ReceiptPage(
        number=receipt.number,
        addressee=Addressee(
            name=receipt.addressee,
            address=receipt.address,
            postal_code=receipt.postal_code,
            is_organisation=receipt.honorific == "御中",
            contact=receipt.contact_name,
        ),
        addressee_name=receipt.addressee,
        honorific=receipt.honorific,
        issued_on=format_long(receipt.issued_on),
        received_on=received_text(line.received_on for line in lines),
        lines=tuple(
            PrintedLine(
                received_on=format_long(line.received_on), purpose=line.purpose_text, amount_yen=line.amount_yen
            )
            for line in lines
        ),
        total_yen=receipt.total_yen,
        purpose_line=receipt.purpose_line,
        issuer=issuer,
        state=state,
        state_note=note,
        message=receipt.wording,
        notes=_notes(receipt),
    )


def receipts_pdf(
    receipts: Sequence[Receipt],
    *,
    association: Association,
    reissues: dict[int, ReceiptReissue] | None = None,
    is_copy: bool = False,
    on_progress: Progress | None = None,
) -> bytes:
    """One printable file, a page or more for each receipt in the given order.

    `reissues` maps receipt ids to the reissue that this paper is. Raises a `paper.errors.PrintError`; its
    `document` is the place of the receipt in `receipts`; or `NationalIdRefused`, which names the receipt.
    """
    issuer, profile = issuer_of(association), envelope_of(association)
    papers = [page_of(one, issuer=issuer, reissue=(reissues or {}).get(one.pk), is_copy=is_copy) for one in receipts]
    refuse_outgoing((_("領収書 %s") % paper.number, text) for paper in papers for text in _words(paper))
    pages = [receipt_html(paper, profile) for paper in papers]
    return render_pdfs(pages, css=receipt_css(profile), title=_("領収書"), on_progress=on_progress)


def _words(paper: ReceiptPage) -> tuple[str, ...]:
    """What people typed of the words on one paper."""
    addressee = paper.addressee
    purposes = (line.purpose for line in paper.lines)
    return (addressee.name, addressee.address, addressee.contact, paper.purpose_line, paper.message, *purposes)


def _state(receipt: Receipt, reissue: ReceiptReissue | None, *, is_copy: bool) -> tuple[str, str]:
    if receipt.state == ReceiptState.VOID:
        return "無効", ""
    if reissue is not None:
        return "再発行", _("再発行日 %s") % format_long(reissue.on)
    return (COPY, "") if is_copy else ("", "")


def _notes(receipt: Receipt) -> tuple[str, ...]:
    if receipt.replaces is None:
        return ()
    return (_("この領収書は、無効になった領収書 %s の代わりです。") % receipt.replaces.number,)
