"""Which columns a ledger of earlier years may have, and by which words people head them."""

import unicodedata
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from privacy.errors import Refused

WORDS: Mapping[str, Sequence[str]] = {
    "booked_on": ("日付", "取引日", "入金日", "受入日", "払込日", "振込日", "年月日", "月日"),
    "amount_yen": ("金額", "入金額", "受入金額", "払込金額", "振込金額", "入金", "金額円", "入金額円", "受入金額円", "お預り金額"),
    "payer": (
        "払込人名", "払込人", "払込人氏名", "振込人名", "振込人", "振込名義", "振込名義人", "振込依頼人", "振込依頼人名", "依頼人", "依頼人名",
        "ご依頼人", "名義", "名義人", "入金者", "入金者名", "支払人", "詳細2",
    ),
    "message": ("通信欄", "メッセージ", "通信", "伝言", "備考"),
    "numbers": ("支援者番号", "会員番号", "賛同人番号", "支援者", "会員No", "前の番号", "旧番号"),
    "channel": ("入金方法", "入金の方法", "経路", "取引", "取引種別", "種類", "詳細1"),
    "paid_out_yen": ("出金", "出金額", "払出金額", "支払金額", "お支払金額", "引出", "出金額円", "払出金額円"),
}  # fmt: skip
"""Never 番号 or No alone: in a ledger that is mostly the number of the row."""
HEADERS: Mapping[str, str] = {fact: words[0] for fact, words in WORDS.items()}
NEEDED = ("booked_on", "amount_yen", "payer", "numbers")
ROWS_ABOVE = 10
"""A ledger may begin with so many lines of title before its headers."""


def _plain(header: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKC", header).casefold() if char.isalnum())


_FACTS = {_plain(word): fact for fact, words in WORDS.items() for word in words}


def find_headers(rows: Sequence[tuple[int, Sequence[str]]]) -> tuple[int, Mapping[str, int], tuple[str, ...]]:
    """Give (line of the headers, {fact: place of its column}, headers of the columns that are not read).

    `rows` are (line, cells) of the first rows. Width, case, spaces and signs of a header play no part. Raises
    `Refused` "missing_column" (names what is missing and what was found) and "repeated_column".
    """
    best = max(rows[: ROWS_ABOVE + 1], key=lambda row: len(_known(row[1]) & set(NEEDED)))
    line, cells = best
    missing = [HEADERS[fact] for fact in NEEDED if fact not in _known(cells)]
    if missing:
        raise Refused(
            _("「%(missing)s」の列がありません。読んだ見出しは %(found)s です。見出しを書き足すか、直してください。")
            % {"missing": "」「".join(missing), "found": "、".join(cell.strip() for cell in cells if cell.strip())},
            code="missing_column",
            line=line,
            column=missing[0],
        )
    places: dict[str, int] = {}
    unread = []
    for place, header in enumerate(cells):
        fact = _FACTS.get(_plain(header))
        if fact is None:
            unread.extend([header.strip()] if header.strip() else [])
        elif fact in places:
            raise Refused(
                _("「%(first)s」と「%(second)s」は、どちらも%(meaning)sの列に見えます。1つにしてください。")
                % {"first": cells[places[fact]].strip(), "second": header.strip(), "meaning": HEADERS[fact]},
                code="repeated_column",
                line=line,
                column=header.strip(),
            )
        else:
            places[fact] = place
    return line, places, tuple(unread)


def _known(cells: Sequence[str]) -> set[str]:
    return {_FACTS[word] for cell in cells if (word := _plain(cell)) in _FACTS}
