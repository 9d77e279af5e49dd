"""Builds 全銀 records from the lengths of their fields, as the printed layout lists them, not from the reader's slices."""

from collections.abc import Sequence

Fields = Sequence[tuple[str, int, object]]
"""(N or C, length, value); None leaves an N field blank."""


def record(fields: Fields) -> bytes:
    """One record of 200 bytes; N right-aligned with zeros, C left-aligned with blanks."""
    parts = []
    for kind, length, value in fields:
        raw = str("" if value is None else value).encode("cp932")
        blank = kind == "C" or value is None
        parts.append(raw.ljust(length) if blank else raw.rjust(length, b"0"))
        assert len(parts[-1]) == length, (kind, length, value)
    whole = b"".join(parts)
    assert len(whole) == 200, len(whole)
    return whole


def header_03(
    *, created="080922", begins="080901", ends="080920", code=0, kind=2, sign=1, opening=200000, number="0000001"
) -> bytes:
    return record(
        [
            ("N", 1, 1), ("N", 2, "03"), ("N", 1, code), ("N", 6, created), ("N", 6, begins), ("N", 6, ends),
            ("N", 4, "9900"), ("C", 15, "ﾕｳﾁﾖ"), ("N", 3, "019"), ("C", 15, "ｾﾞﾛｲﾁｷﾕｳ"), ("N", 3, "000"), ("N", 1, kind),
            ("N", 10, number), ("C", 40, "ﾋﾄｸﾁﾉｶｲ"), ("N", 1, sign), ("N", 1, 1), ("N", 14, opening), ("C", 71, ""),
        ]
    )  # fmt: skip


def data_03(day, amount, name="", *, out=False, kind=11, note="", edi="", inquiry=None) -> bytes:
    return record(
        [
            ("N", 1, 2), ("N", 8, inquiry), ("N", 6, day), ("N", 6, day), ("N", 1, 2 if out else 1), ("N", 2, kind),
            ("N", 12, amount), ("N", 12, 0), ("N", 6, None), ("N", 6, None), ("N", 1, None), ("N", 7, None), ("N", 3, "019"),
            ("N", 10, None), ("C", 48, name), ("C", 15, ""), ("C", 15, ""), ("C", 20, note), ("C", 20, edi), ("C", 1, ""),
        ]
    )  # fmt: skip


def trailer_03(*, came=(0, 0), went=(0, 0), sign=1, closing=0, rows=0) -> bytes:
    return record(
        [
            ("N", 1, 8), ("N", 6, came[0]), ("N", 13, came[1]), ("N", 6, went[0]), ("N", 13, went[1]), ("N", 1, sign),
            ("N", 14, closing), ("N", 7, rows), ("C", 139, ""),
        ]
    )  # fmt: skip


def end_03(records, accounts=1) -> bytes:
    return record([("N", 1, 9), ("N", 10, records), ("N", 5, accounts), ("C", 184, "")])


def header_01(*, created="080922", begins="080901", ends="080920", code=0, kind=2, number="0000001") -> bytes:
    return record(
        [
            ("N", 1, 1), ("N", 2, "01"), ("N", 1, code), ("N", 6, created), ("N", 6, begins), ("N", 6, ends),
            ("N", 4, "9900"), ("C", 15, "ﾕｳﾁﾖ"), ("N", 3, "019"), ("C", 15, "ｾﾞﾛｲﾁｷﾕｳ"), ("N", 1, kind), ("N", 7, number),
            ("C", 40, "ﾋﾄｸﾁﾉｶｲ"), ("C", 93, ""),
        ]
    )  # fmt: skip


def data_a(day, amount, name="", *, cancel=None, edi="", inquiry=None) -> bytes:
    return record(
        [
            ("N", 1, 2), ("N", 6, inquiry), ("N", 6, day), ("N", 6, day), ("N", 10, amount), ("N", 10, 0), ("N", 10, None),
            ("C", 48, name), ("C", 15, "ﾐﾂﾎﾞｼ"), ("C", 15, "ﾎﾝﾃﾝ"), ("N", 1, cancel), ("C", 20, edi), ("C", 52, ""),
        ]
    )  # fmt: skip


def data_b(day, amount, name="", *, second=0, cancel=None, edi="", inquiry=None) -> bytes:
    return record(
        [
            ("N", 1, 2), ("N", 6, inquiry), ("N", 6, day), ("N", 6, day), ("N", 10, amount), ("N", 10, 0), ("N", 10, None),
            ("C", 48, name), ("C", 15, "ﾐﾂﾎﾞｼ"), ("C", 15, "ﾎﾝﾃﾝ"), ("N", 1, cancel), ("N", 12, second), ("N", 12, 0),
            ("C", 20, edi), ("C", 28, ""),
        ]
    )  # fmt: skip


def trailer_01(*, came=(0, 0), cancelled=(None, None)) -> bytes:
    return record(
        [
            ("N", 1, 8),
            ("N", 6, came[0]),
            ("N", 12, came[1]),
            ("N", 6, cancelled[0]),
            ("N", 12, cancelled[1]),
            ("C", 163, ""),
        ]
    )


def end_01() -> bytes:
    return record([("N", 1, 9), ("C", 199, "")])
