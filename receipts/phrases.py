"""The words on a receipt, pure: what was paid for, and the number in print."""

from collections.abc import Iterable
from datetime import date

KIND_WORDS = {"individual": "個人", "organisation": "団体"}


def receipt_number(fiscal_year: int, serial: int) -> str:
    """The number as printed; it can never look like twelve digits.

    >>> receipt_number(2026, 123)
    'R2026-00123'
    """
    return f"R{fiscal_year}-{serial:05d}"


def purpose_text(*, purpose: str, fiscal_year: int, units: int, kind: str) -> str:
    """What one payment was for; `purpose` dues, donation or other, `kind` individual or organisation.

    >>> purpose_text(purpose="dues", fiscal_year=2026, units=2, kind="individual")
    '2026年度 賛同金(個人 2口)'
    """
    if purpose == "dues":
        return f"{fiscal_year}年度 賛同金({KIND_WORDS[kind]} {units}口)"
    return "カンパ(寄付)" if purpose == "donation" else "その他"


def purpose_line(purposes: Iterable[tuple[str, int, int]]) -> str:
    """但し書き for a receipt of (purpose, fiscal year, units) lines, in the order dues, donation, other.

    >>> purpose_line([("donation", 2026, 0), ("dues", 2026, 2), ("dues", 2026, 1)])
    '2026年度 賛同金(3口)およびカンパとして'
    """
    rows = list(purposes)
    units: dict[int, int] = {}
    for purpose, year, count in rows:
        if purpose == "dues":
            units[year] = units.get(year, 0) + count
    parts = [f"{year}年度 賛同金({count}口)" for year, count in sorted(units.items())]
    kinds = {purpose for purpose, _year, _units in rows}
    parts += ["カンパ"] if "donation" in kinds else []
    parts += ["その他のご入金"] if "other" in kinds else []
    return f"{'、'.join(parts[:-1])}および{parts[-1]}として" if len(parts) > 1 else f"{parts[0]}として"


def received_text(days: Iterable[date]) -> str:
    """受領日 of one or several payments; equal days are named once.

    >>> received_text([date(2026, 5, 1), date(2026, 6, 2)])
    '2026年5月1日から2026年6月2日まで'
    """
    ordered = sorted(set(days))
    first = f"{ordered[0].year}年{ordered[0].month}月{ordered[0].day}日"
    if len(ordered) == 1:
        return first
    last = ordered[-1]
    return f"{first}から{last.year}年{last.month}月{last.day}日まで"


def asks_for_receipt(*texts: str) -> bool:
    """Whether the words beside a payment ask for a receipt (領収書要, 領収証希望); a refusal (不要) is not asking."""
    text = "".join(texts)
    if "領収書" not in text and "領収証" not in text:
        return False
    return not any(word in text for word in ("不要", "いりません", "いらない", "要りません", "無用"))
