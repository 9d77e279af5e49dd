"""Twelve digits that pass the check and are still no person's number."""

from itertools import pairwise

from privacy.everyday_numbers import is_clock, is_day, is_written_date, is_year


def is_blank_form(digits: str) -> bool:
    """Twelve digits that fill a blank: one or two different digits, six zeros together, or four in front.

    >>> is_blank_form("000000003000"), is_blank_form("123456789018")
    (True, False)
    """
    return len(set(digits)) <= 2 or digits.startswith("0000") or "000000" in digits


def is_moment_or_call(digits: str) -> bool:
    """Twelve digits in a row that tell a moment (YYYYMMDD…, YYMMDDhhmmss) or dial Japan from abroad (81 90…).

    Of the individual numbers, 2.4 in 1,000 begin so: 0.7 as YYYYMMDD, 1.3 as YYMMDDhhmmss up to 2040, 0.4 as 81 and
    a mobile number.

    >>> is_moment_or_call("202611231234"), is_moment_or_call("819012345678")
    (True, True)
    """
    return (
        is_written_date(digits[:8])
        or (digits.startswith("81") and digits[2] in "5789" and digits[3] == "0")
        or (digits[:2] <= "40" and is_day(digits[2:4], digits[4:6]) and is_clock(digits[6:]))
    )


def is_giro_like(digits: str) -> bool:
    """Twelve digits in a row that begin as the 記号 of a 振替口座 does: 00, 01 or 02, and a zero in the fifth place.

    Of the individual numbers, 3 in 1,000 begin so.

    >>> is_giro_like("001002729745")
    True
    """
    return digits[:2] in {"00", "01", "02"} and digits[4] == "0"


def is_series(groups: tuple[str, ...]) -> bool:
    """Groups that are years, round amounts, steps, days or hours rather than the parts of one number.

    >>> is_series(("2024", "2025", "2026")), is_series(("3000", "5000", "1000")), is_series(("1234", "5678", "9018"))
    (True, True, False)
    """
    if len(groups) == 2:
        return _is_pair_of_facts(*groups)
    if len(groups) == 12:
        return False
    steps = {int(after) - int(before) for before, after in pairwise(groups)}
    return (
        len(steps) == 1
        or all(group.endswith("00") for group in groups)
        or (len(groups) == 3 and _is_dated_row(groups))
        or (len(groups) == 6 and all(before < after for before, after in pairwise(groups)))
    )


def _is_dated_row(groups: tuple[str, ...]) -> bool:
    if all(map(is_year, groups)):
        return True
    if is_year(groups[0]) and is_day(groups[1][:2], groups[1][2:]):
        return True
    return all(is_clock(group) and group[2:] in {"00", "15", "30", "45"} for group in groups)


def _is_pair_of_facts(first: str, second: str) -> bool:
    if len(first) == len(second) == 6:
        days = all(is_day(group[2:4], group[4:]) for group in (first, second))
        return days or first[:3] == second[:3] or (is_day(first[2:4], first[4:]) and is_clock(second))
    if len(first) == 4:
        return "2000" <= first <= "2039"
    return second.endswith("000") or is_written_date(first)
