"""The newsletter's paper edition."""

from collections.abc import Callable
from typing import Any

import pytest
from pypdf import PdfReader

from paper.errors import WrongContent
from paper.issuer import Issuer
from paper.newsletter_design import newsletter_pdf
from paper.paper_html import for_paper


@pytest.mark.parametrize(
    ("html", "printed"),
    [
        ("<p>　字下げ</p>", "<p>字下げ</p>"),
        ('<p class="x" onclick="y" style="z">本文</p>', "<p>本文</p>"),
        ('<ol start="3"><li>三</li></ol>', '<ol start="3"><li>三</li></ol>'),
        ('<ol start="x"><li>一</li></ol>', "<ol><li>一</li></ol>"),
        ("<p>A &amp; B &lt;b&gt;</p>", "<p>A &amp; B &lt;b&gt;</p>"),
        ("一<br>二<hr>", "一<br>二<hr>"),
    ],
)
def test_html_is_made_fit_for_paper(html: str, printed: str) -> None:
    """Tags stay, attributes go, typed indents go, text stays escaped."""
    assert for_paper(html) == (printed, ())


@pytest.mark.parametrize("tag", ["script", "style", "img", "iframe", "link", "object", "svg", "form"])
def test_what_cannot_be_printed_is_refused(tag: str) -> None:
    """Tags outside the list stop the edition and are named."""
    with pytest.raises(WrongContent, match=f"<{tag}>"):
        for_paper(f"<p>x</p><{tag} src='x'></{tag}>")


def test_links_become_numbered_notes() -> None:
    """The address is noted without https:// and its last slash; a second link there has the same number."""
    html = (
        '<a href="https://example.org/a/">甲</a>、<a href="mailto:info@example.org">乙</a>、'
        '<a href="https://example.org/a/">丙</a>'
    )
    assert for_paper(html) == (
        '甲<sup class="ref">1</sup>、乙<sup class="ref">2</sup>、丙<sup class="ref">1</sup>',
        ("example.org/a", "info@example.org"),
    )


@pytest.mark.parametrize(
    "link",
    [
        '<a href="https://example.org/">https://example.org</a>',
        '<a href="mailto:info@example.org">info@example.org</a>',
        '<a href="#top">上へ</a>',
        '<a href="javascript:alert(1)">押す</a>',
    ],
)
def test_a_link_that_says_its_address_gets_no_note(link: str) -> None:
    """Nor does one that leads nowhere on paper."""
    assert for_paper(link)[1] == ()


def test_the_edition_is_whole(issuer: Issuer, read: Callable[[bytes], PdfReader]) -> None:
    """Masthead, text, notes, colophon and page numbers over several pages; every paragraph once."""
    body = "".join(f"<h2>見出し{number}</h2><p>段落{number}。{'本文です。' * 40}</p>" for number in range(30))
    body += '<p><a href="https://example.org/x">記録</a></p>'
    content = newsletter_pdf(title="みどりだより", issue_label="第42号", html_body=body, issuer=issuer)
    pages = ["".join(page.extract_text().split()) for page in read(content).pages]
    whole = "".join(pages)
    assert "みどりだより" in pages[0]
    assert [whole.count(f"段落{number}。") for number in range(30)] == [1] * 30
    assert "example.org/x" in pages[-1]
    assert "発行みどりの町をまもる会" in pages[-1]
    assert [f"{number}／{len(pages)}" in page for number, page in enumerate(pages, start=1)] == [True] * len(
        pages
    )


def test_text_runs_in_two_columns(
    issuer: Issuer, read: Callable[[bytes], PdfReader], words: Callable[[Any], list[Any]]
) -> None:
    """Lines begin at the margin and in the middle; every full line has 24 characters."""
    content = newsletter_pdf(title="題", issue_label="", html_body=f"<p>{'本文' * 900}</p>", issuer=issuer)
    lines = [word for word in words(read(content).pages[0]) if "本文本" in word.text]
    starts = {round(word.x) for word in lines}
    assert {len(word.text) for word in lines if round(word.x) == 16} == {24}
    assert starts == {16, 20, 109}  # margin, first line's indent, second column
