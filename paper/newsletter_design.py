"""The newsletter's paper edition: A4, two columns, for those who have no e-mail."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from paper.address import postal_code_line
from paper.issuer import Issuer
from paper.paper_html import for_paper
from paper.pdf import Variant, render_pdf
from paper.press import style


def newsletter_pdf(
    *, title: str, issue_label: str, html_body: str, issuer: Issuer, variant: Variant | None = None
) -> bytes:
    """A PDF of one issue. `issue_label`: number and date as printed (第42号　2026年11月20日), may be empty.

    `html_body` is the same sanitised HTML that goes out by mail, without head or frame; the addresses of its links
    become numbered notes at the end. Raises `WrongContent` for a tag that cannot be printed, else as `render_pdf`.
    """
    body, notes = for_paper(html_body)
    page = format_html(
        PAGE,
        title=title,
        issue_label=issue_label,
        issuer=issuer.name,
        body=mark_safe(body),  # for_paper escaped every text and wrote every tag itself
        notes=_notes(notes),
        colophon=_colophon(issuer),
    )
    return render_pdf(page, css=style("newsletter"), title=title, variant=variant)


PAGE = """
<header><p class="issue">{issue_label}</p><h1>{title}</h1><p class="issuer">{issuer}</p></header>
<div class="running"><span>{issuer}　{title}　{issue_label}</span></div>
<main>{body}{notes}</main>
<footer>{colophon}</footer>
"""


def _notes(addresses: tuple[str, ...]) -> str:
    if not addresses:
        return ""
    items = format_html_join("", "<li>{}</li>", ((address,) for address in addresses))
    return format_html(
        '<h3 class="notes-title">文中の番号: ホームページとメールの宛先</h3><ol class="notes">{}</ol>', items
    )


def _colophon(issuer: Issuer) -> str:
    place = " ".join(part for part in (postal_code_line(issuer.postal_code), issuer.address) if part)
    lines = (f"発行　{issuer.name}", place, issuer.contact)
    return format_html_join("", "<p>{}</p>", ((line,) for line in lines if line))
