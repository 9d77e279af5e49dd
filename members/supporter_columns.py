"""Which columns a list of supporters may have, and by which words people head them."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from members.spreadsheet import letter
from privacy.errors import Refused


@dataclass(frozen=True, slots=True)
class Column:
    """`header` is the word we write; `also` are words that mean the same; `fact` is the attribute it fills."""

    header: str
    fact: str
    also: tuple[str, ...] = ()


COLUMNS: Sequence[Column] = (
    Column("支援者番号", "number", ("番号", "会員番号", "No", "No.")),
    Column("種別", "kind", ("区分", "個人団体")),
    Column("氏名", "name", ("名前", "お名前", "氏名団体名", "団体名")),
    Column("フリガナ", "reading", ("ふりがな", "カナ", "かな", "氏名カナ", "よみ", "よみがな", "読み", "ヨミガナ")),
    Column("担当者名", "contact_name", ("担当者", "担当", "代表者名")),
    Column("郵便番号", "postal_code", ("〒", "郵便")),
    Column("都道府県", "prefecture", ("県", "県名")),
    Column("住所", "address", ("ご住所",)),
    Column("電話", "phone", ("電話番号", "TEL", "お電話", "携帯", "携帯電話")),
    Column("メール", "email", ("メールアドレス", "Eメール", "Email", "E-mail", "mail", "電子メール")),
    Column("世帯", "household", ("世帯名",)),
    Column("連絡方法", "channel", ("送付方法", "通信の送付")),
    Column("同意日", "consent_on", ("同意した日",)),
    Column("備考", "note", ("メモ", "注記")),
    Column("前の番号", "legacy_number", ("旧番号",)),
    Column("状態", "state"),
)
"""In the order in which we write them. The last two appear in our own exports; 状態 is read but changes nothing."""

TEMPLATE_HEADERS: Sequence[str] = tuple(column.header for column in COLUMNS[:14])
BY_FACT: Mapping[str, Column] = {column.fact: column for column in COLUMNS}


def _plain(header: str) -> str:
    text = unicodedata.normalize("NFKC", header).casefold()
    return "".join(char for char in text if char.isalnum() or char == "〒")


_BY_WORD = {_plain(word): column for column in COLUMNS for word in (column.header, *column.also)}


def match_headers(headers: Sequence[str], *, line: int) -> tuple[Column | None, ...]:
    """Give the column of each header, in any order, width and case; None where a header is empty.

    Raises `Refused`: "unknown_column" (names every one and what is accepted), "repeated_column", "missing_column"
    (氏名). `line` is where the headers stand; `column` is the first wrong header.
    """
    found = [_BY_WORD.get(_plain(header)) for header in headers]
    unknown = [
        (index, header) for index, header in enumerate(headers) if header and found[index] is None
    ]
    if unknown:
        raise Refused(
            _("知らない見出しがあります: %(unknown)s。使える見出しは %(known)s です。この列を消すか、見出しを直してください。")
            % {
                "unknown": "、".join(f"{letter(index)}列「{header}」" for index, header in unknown),
                "known": "、".join(column.header for column in COLUMNS),
            },
            code="unknown_column",
            line=line,
            column=unknown[0][1],
        )
    named = [column for column in found if column is not None]
    for column in named:
        if named.count(column) > 1:
            raise Refused(
                _("「%(header)s」の列が2つあります。1つにしてください。") % {"header": column.header},
                code="repeated_column",
                line=line,
                column=column.header,
            )
    if BY_FACT["name"] not in named:
        raise Refused(
            _("「氏名」の列がありません。見出しの行を1行目に書いてください。"), code="missing_column", line=line, column=BY_FACT["name"].header
        )
    return tuple(found)
