"""What a file is that no reader takes: people upload the workbook, the PDF or a saved page by mistake.

The Web照会 of a 振替口座 gives a ZIP of PDFs whose pages are pictures (formats.md §1.2): its slips are typed by hand.
"""

from donations.bankfiles.errors import Guard, UnknownFormat
from donations.bankfiles.zip_archive import LIMITS
from privacy.zip_directory import is_zip

_TYPE_THE_SLIPS = (
    "払込票の名前や住所は、メニューの「払込票」で、画面を見ながら1枚ずつ入れてください。"
    "お金の行は、入出金明細のCSVから取り込みます。"
)
_SPREADSHEET = "表計算ソフトのファイルのようです。"
_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDFのようです。PDFには読み取れる明細がありません。"),
    (b"\xd0\xcf\x11\xe0", _SPREADSHEET),
    (b"\xff\xfe", "UTF-16という文字コードで保存されています。"),
    (b"\xfe\xff", "UTF-16という文字コードで保存されています。"),
    (b"\x89PNG", "画像のようです。"),
    (b"\xff\xd8\xff", "画像のようです。"),
    (b"<!DOCTYPE", "保存したウェブページのようです。"),
    (b"<html", "保存したウェブページのようです。"),
    (b"{\\rtf", "ワープロの文書のようです。"),
)
_DOWNLOAD_OR_TEACH = (
    "銀行の入出金明細を、CSVなどの形でダウンロードし直し、開かずにそのまま使ってください。"
    "ほかの銀行のCSVは、「銀行の明細」のページで列の名前をおしえると、読めるようになります。"
)


def refusal(data: bytes, *, names: str, file_name: str, guard: Guard) -> UnknownFormat:
    """The error for a file nobody claims, with what it seems to be and what can be done instead."""
    return UnknownFormat(
        f"このファイルの形式は読めません。{_kind(data)}",
        expected=names,
        next_step=_TYPE_THE_SLIPS if _is_web_notice(data) else _DOWNLOAD_OR_TEACH,
        file=file_name,
        guard=guard,
    )


def _kind(data: bytes) -> str:
    head = data.lstrip()[:1024] if data[:1].isspace() else data[:1024]
    if not head:
        return "中身が空です。"
    if head.startswith(b"PK"):
        if _is_web_notice(data):
            return "振替受払通知票のWeb照会(PDFの入ったZIP)のようです。中のページは画像なので、文字としては読めません。"
        return _SPREADSHEET if b"[Content_Types].xml" in data else "CSVの入っていないZIPのようです。"
    for beginning, kind in _BEGINNINGS:
        if head[: len(beginning)].lower() == beginning.lower():
            return kind
    return ""


def _is_web_notice(data: bytes) -> bool:
    """Whether this is a PDF, or a ZIP that holds PDFs: what the Web照会 gives, with pages that are pictures."""
    if data.lstrip()[:4] == b"%PDF":
        return True
    return is_zip(data) and b".pdf" in data[-LIMITS.entries * 1024 :].lower()
