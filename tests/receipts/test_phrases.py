"""The words on a receipt."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receipts.phrases import asks_for_receipt, purpose_line, purpose_text, receipt_number, received_text


def test_the_number_names_year_and_serial() -> None:
    """Five digits, filled with zeros."""
    assert receipt_number(2026, 123) == "R2026-00123"


@pytest.mark.parametrize(
    ("purpose", "units", "kind", "text"),
    [
        ("dues", 2, "individual", "2026年度 賛同金(個人 2口)"),
        ("dues", 1, "organisation", "2026年度 賛同金(団体 1口)"),
        ("donation", 0, "individual", "カンパ(寄付)"),
        ("other", 0, "individual", "その他"),
    ],
)
def test_what_a_payment_was_for(purpose, units, kind, text) -> None:
    """Dues name year, kind and units; gifts do not."""
    assert purpose_text(purpose=purpose, fiscal_year=2026, units=units, kind=kind) == text


def test_dues_and_gift_together() -> None:
    """Units of one year are added; the gift comes last."""
    assert purpose_line([("donation", 2026, 0), ("dues", 2026, 1), ("dues", 2026, 2)]) == (
        "2026年度 賛同金(3口)およびカンパとして"
    )


def test_a_gift_alone() -> None:
    """A gift needs no year."""
    assert purpose_line([("donation", 2026, 0)]) == "カンパとして"


def test_dues_of_two_years() -> None:
    """Each year is named with its units."""
    assert purpose_line([("dues", 2026, 1), ("dues", 2025, 2)]) == "2025年度 賛同金(2口)および2026年度 賛同金(1口)として"


@given(st.lists(st.tuples(st.sampled_from(["dues", "donation", "other"]), st.integers(2000, 2100), st.integers(1, 9)), min_size=1))
def test_every_purpose_line_ends_the_same_way(purposes) -> None:
    """Whatever was paid for, the line is one sentence part ending in として."""
    assert purpose_line(purposes).endswith("として")


def test_one_day_is_named_once() -> None:
    """Two payments on one day were received on that day."""
    assert received_text([date(2026, 5, 1), date(2026, 5, 1)]) == "2026年5月1日"


@pytest.mark.parametrize(
    ("text", "asks"),
    [("領収書お願いします", True), ("領収証 要", True), ("領収書不要です", False), ("領収書はいりません", False), ("応援しています", False)],
)
def test_who_asks_for_a_receipt(text, asks) -> None:
    """領収書 asks; 不要 does not."""
    assert asks_for_receipt(text) is asks
