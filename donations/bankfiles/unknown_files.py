"""What a file is that no reader takes: people upload the workbook, the PDF or a saved page by mistake."""

from donations.bankfiles.errors import Guard, UnknownFormat

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


def refusal(data: bytes, *, names: str, file_name: str, guard: Guard) -> UnknownFormat:
    """The error for a file nobody claims, with what it seems to be and what can be read instead."""
    return UnknownFormat(
        f"このファイルの形式は読めません。{_kind(data)}",
        expected=names,
        next_step="銀行の入出金明細を、CSVなどの形でダウンロードし直し、開かずにそのまま使ってください。",
        file=file_name,
        guard=guard,
    )


def _kind(data: bytes) -> str:
    head = data.lstrip()[:1024] if data[:1].isspace() else data[:1024]
    if not head:
        return "中身が空です。"
    if head.startswith(b"PK"):
        return _SPREADSHEET if b"[Content_Types].xml" in data else "CSVの入っていないZIPのようです。"
    for beginning, kind in _BEGINNINGS:
        if head[: len(beginning)].lower() == beginning.lower():
            return kind
    return ""
