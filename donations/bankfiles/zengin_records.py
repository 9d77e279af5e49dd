"""What the 全銀 fixed-length files share: records of 200 bytes, sliced by bytes, with era dates of six digits.

Layout: 全国銀行協会 record formats (令和元年12月), as two unrelated implementations and two banks' pages agree
(formats.md §1.8). N fields are digits, right-aligned; C fields JIS X 0201, left-aligned, one byte a character.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from donations.bankfiles.errors import BrokenLine, NotDecodable
from donations.bankfiles.source import Source
from donations.bankfiles.statement import Warning_

LENGTH = 200
HEADER, DATA, TRAILER, END = b"1", b"2", b"8", b"9"
REIWA_BEFORE, HEISEI_BEFORE = 2018, 1988
REIWA_BEGINS = date(2019, 5, 1)
THREE_YEARS = timedelta(days=3 * 365)

_BEGINNING = re.compile(r"1(\d\d)[0-9 ][0-9 ]{18}\d{4}")
_NOTHING = b""
_LINE_END = re.compile(rb"\r\n|\n|\r")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_ASK_THE_BANK = "銀行のサービスで、JISコード（コード区分0）の全銀形式を選んで、ダウンロードし直してください。"


def claims(data: bytes, kind: str) -> bool:
    """True for a header record of this 種別コード, in JIS or in EBCDIC (which is then refused by name)."""
    return any((match := _BEGINNING.match(head)) and match[1] == kind for head in (_jis(data), _ebcdic(data)))


def _jis(data: bytes) -> str:
    return data[:26].decode("ascii", errors="replace")


def _ebcdic(data: bytes) -> str:
    """Digits and the space stand at the same places in every EBCDIC."""
    return data[:26].decode("cp037")


@dataclass(frozen=True, slots=True)
class Record:
    """One record; `number` counts from 1 and is the physical line where records stand on lines."""

    number: int
    data: bytes
    source: Source

    def text(self, begins: int, ends: int, column: str) -> str:
        """A C field without its trailing blanks. `begins`, `ends`: byte positions from 0, `ends` not included.

        Raises `NotDecodable` for bytes that are no text, `BrokenLine` for control characters.
        """
        raw = self.data[begins:ends].rstrip(b" ")
        if not raw:
            return ""
        text = raw.decode("cp932", errors="replace")
        if "\ufffd" in text:
            raise NotDecodable(
                "文字として読めないところがあります。",
                line=self.number,
                column=column,
                expected="半角のカナ・英数字",
                file=self.source.file,
                guard=self.source.guard,
            )
        if _CONTROL.search(text):
            raise self.broken("文字ではない制御コードが入っています。", column)
        return text

    def number_in(self, begins: int, ends: int, column: str) -> int | None:
        """An N field; None when it is blank. Raises `BrokenLine` when it holds anything but digits."""
        written = self.data[begins:ends]
        if not written.strip(b" "):
            return None
        if not written.isdigit():
            raise self.broken(
                "数字でない文字が入っています。",
                column,
                found=_shown(written),
                expected=f"{ends - begins}けたの数字",
            )
        return int(written)

    def required(self, begins: int, ends: int, column: str) -> int:
        """An N field that must not be blank."""
        value = self.number_in(begins, ends, column)
        if value is None:
            raise self.broken("空になっています。", column, expected=f"{ends - begins}けたの数字")
        return value

    def code(self, begins: int, ends: int) -> str:
        """A code as written, blanks removed; '' when blank."""
        return _shown(self.data[begins:ends]).strip()

    def broken(self, what: str, column: str, *, found: str = "", expected: str = "") -> BrokenLine:
        """A `BrokenLine` at this record."""
        return self.source.broken(what, line=self.number, column=column, found=found, expected=expected)


@dataclass(frozen=True, slots=True)
class Account:
    """The file's records, each group checked for its place: one header, data, one trailer, one end."""

    header: Record
    data: Sequence[Record]
    trailer: Record
    end: Record

    @property
    def count(self) -> int:
        """All records."""
        return len(self.data) + 3


def read_records(data: bytes, source: Source) -> Account:
    """The records of one account.

    Raises `BrokenLine` for EBCDIC, a record that is not 200 bytes long, records in another order than header, data,
    trailer, end, and for a second account in the file (its rows would be mixed with the first's).
    """
    if _jis(data)[3:4] == "1" or not _BEGINNING.match(_jis(data)):
        raise source.broken(
            "文字コードがEBCDICです。この形式は読めません。",
            line=1,
            column="コード区分",
            found="1",
            expected="0（JIS）",
            next_step=_ASK_THE_BANK,
        )
    records = [Record(number, raw, source) for number, raw in enumerate(_split(data, source), start=1)]
    return _account(records)


def _split(data: bytes, source: Source) -> list[bytes]:
    """With CRLF, LF or CR after each record, or none; an end-of-file sign (0x1A) may follow."""
    data = data.rstrip(b"\x1a").rstrip(b"\r\n")
    parts = []
    for number, part in enumerate(_parts(data), start=1):
        if len(part) != LENGTH:
            raise source.broken(
                "1件の長さが違います。途中で切れたか、別のソフトで保存し直されています。",
                line=number,
                found=f"{len(part)}バイト",
                expected=f"{LENGTH}バイト",
            )
        parts.append(part)
    return parts


def _parts(data: bytes) -> Iterator[bytes]:
    """What stands between line ends, where there is one; else pieces of 200 bytes."""
    if b"\n" not in data and b"\r" not in data:
        yield from (data[place : place + LENGTH] for place in range(0, len(data), LENGTH))
        return
    begins = 0
    for line_end in _LINE_END.finditer(data):
        yield data[begins : line_end.start()]
        begins = line_end.end()
    yield data[begins:]


def _account(records: Sequence[Record]) -> Account:
    kinds = [record.data[:1] for record in records]
    for record, kind, expected in zip(records, kinds, _expected_kinds(kinds), strict=False):
        if kind != expected:
            second = kind == HEADER and record.number > 1
            raise record.broken(
                "一つのファイルに二つの口座が入っています。口座ごとに分けてダウンロードしてください。"
                if second
                else "レコードの順番が違います。",
                "データ区分",
                found=_shown(kind),
                expected=expected.decode() or "何もないこと",
            )
    if len(records) < 3 or kinds[-1] != END:
        raise records[-1].broken(
            "エンド・レコード（9）がありません。途中で切れています。", "データ区分", found=_shown(kinds[-1])
        )
    return Account(records[0], records[1:-2], records[-2], records[-1])


def _expected_kinds(kinds: Sequence[bytes]) -> list[bytes]:
    """What should stand at each place: header, then data as long as there is data, trailer, end."""
    rows = next((place for place, kind in enumerate(kinds[1:]) if kind != DATA), len(kinds) - 1)
    wanted = [HEADER, *[DATA] * rows, TRAILER, END]
    return [*wanted, *[_NOTHING] * (len(kinds) - len(wanted))]


def created_on(header: Record) -> tuple[date, list[Warning_]]:
    """作成日 of the header, and a warning for one that is not plainly of 令和.

    平成 where 令和 and a year of the West would both lie after the day of reading. Raises `BrokenLine` when it is blank,
    and where it may be a year of 平成 or of the West, and nothing says which.
    """
    latest = header.source.today + timedelta(days=1) if header.source.today else date.max
    day, odd = era_day(header, 4, "作成日", latest, heisei=False)
    if day is None:
        raise header.broken("作成日が空です。", "作成日", expected="和暦のYYMMDD")
    return day, [_era_warning(header)] if odd else []


def era_day(
    record: Record, begins: int, column: str, latest: date, *, heisei: bool = True
) -> tuple[date | None, bool]:
    """Six digits YYMMDD of an era without its name: (day, whether the reading is unusual); (None, False) when blank.

    令和, or 平成 when that is after `latest` and 平成 gives a day of the three years before it: a file made soon after
    the change of eras. Unusual: 平成, or a day the era does not have (令和1年4月). Raises `BrokenLine` for all else.
    """
    written = record.number_in(begins, begins + 6, column)
    if not written:
        return None, False
    year, month, day = written // 10_000, written // 100 % 100, written % 100
    in_reiwa, in_heisei = (_calendar(year + before, month, day) for before in (REIWA_BEFORE, HEISEI_BEFORE))
    if year and in_reiwa and in_reiwa <= latest:
        return in_reiwa, in_reiwa < REIWA_BEGINS
    if year and in_heisei and _may_be_heisei(written, in_heisei, latest, heisei=heisei):
        return in_heisei, True
    limit = "作成日までの" if heisei else "今日までの"
    raise record.broken(
        "日付を読めません。", column, found=f"{written:06d}", expected=f"{limit}、暦にある令和のYYMMDD"
    )


def _may_be_heisei(written: int, day: date, latest: date, *, heisei: bool) -> bool:
    """A row of the years before its file was made; or a day of making that as a year of the West were still to come."""
    if heisei:
        return latest - THREE_YEARS <= day <= latest
    western = _calendar(2000 + written // 10_000, day.month, day.day)
    return day <= latest and (western is None or western > latest)


def period(header: Record, made_on: date) -> tuple[date | None, date | None, list[Warning_]]:
    """勘定日（自）and（至）of the header, None where blank; an unreadable one is a warning, it says nothing of the money.

    The days asked for may end after the file was made, by a year at most.
    """
    days: list[date | None] = []
    warnings = []
    for begins, column in ((10, "勘定日（自）"), (16, "勘定日（至）")):
        try:
            days.append(era_day(header, begins, column, made_on + timedelta(days=366))[0])
        except BrokenLine as error:
            days.append(None)
            message = f"「{column}」を読めません。明細には影響しません。"
            warnings.append(Warning_("unreadable_preamble", message, header.number, column, error.found))
    return days[0], days[1], warnings


def odd_days(records: Sequence[Record], source: Source) -> list[Warning_]:
    """One warning for the records whose era reading is unusual."""
    if not records:
        return []
    others = f"（ほかに{len(records) - 1}件）" if len(records) > 1 else ""
    warning = _era_warning(records[0])
    return [source.warning(warning.code, warning.message + others, line=warning.line, column=warning.column)]


def _era_warning(record: Record) -> Warning_:
    message = "元号のない日付を、令和ではなく平成として読んだか、元号の変わり目の前後として読みました。日付を確かめてください。"
    return record.source.warning("unusual_era", message, line=record.number, column="日付")


def _calendar(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _shown(raw: bytes) -> str:
    return raw.decode("cp932", errors="replace")
