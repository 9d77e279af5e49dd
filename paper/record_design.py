"""A list of records on A4: for each kind a heading, for each record its words and values. For disclosure on request."""

from collections.abc import Mapping, Sequence

from django.utils.html import format_html, format_html_join

from paper.issuer import Issuer
from paper.pdf import render_pdf
from paper.press import style

Section = tuple[str, Sequence[Mapping[str, str | int | None]]]


def records_pdf(*, title: str, lead: str, sections: Sequence[Section], issuer: Issuer) -> bytes:
    """A PDF of `sections`: (heading, records as {word: value}). Empty values are left out. Raises as `render_pdf`."""
    body = format_html_join("", "<section><h2>{}</h2>{}</section>", ((name, _records(rows)) for name, rows in sections))
    page = format_html("<h1>{}</h1><p class=issuer>{}</p><p>{}</p>{}", title, issuer.name, lead, body)
    return render_pdf(page, css=style("records"), title=title)


def _records(rows: Sequence[Mapping[str, str | int | None]]) -> str:
    return format_html_join("", "<table>{}</table>", ((_cells(row),) for row in rows))


def _cells(row: Mapping[str, str | int | None]) -> str:
    told = ((word, _value(value)) for word, value in row.items() if value not in {None, ""})
    return format_html_join("", "<tr><th>{}</th><td>{}</td></tr>", told)


def _value(value: str | int | None) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)
