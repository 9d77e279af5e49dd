"""The receipt commands: one line of JSON, exit 1 when refused."""

import io
import json

import pytest
from django.core.management import call_command

from receipts.models import Receipt, ReceiptState
from tests.factories.donations import AllocationFactory
from tests.factories.members import AssociationFactory
from tests.factories.receipts import make_receipt


def told(*words: str) -> dict:
    out = io.StringIO()
    call_command(*words, "--json", stdout=out)
    assert out.getvalue().count("\n") == 1
    return json.loads(out.getvalue())


def refusal(*words: str) -> tuple[int, str]:
    out = io.StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command(*words, "--json", stdout=out)
    return stopped.value.code, json.loads(out.getvalue())["error"]["code"]


def test_issue_receipts_names_the_numbers(db) -> None:
    """Count, sum, first and last number."""
    AssociationFactory()
    AllocationFactory()
    result = told("issue_receipts", "--until", "2026-11-20")
    number = Receipt.objects.get().number
    assert result == {"issued": 1, "total_yen": 1000, "first": number, "last": number, "numbers": [number]}


def test_issue_receipts_for_nobody_is_refused(db) -> None:
    """An unknown supporter number is named as such."""
    AssociationFactory()
    assert refusal("issue_receipts", "--until", "2026-11-20", "--supporter", "9999") == (1, "unknown_supporter")


def test_print_receipts_writes_the_unprinted(db, tmp_path) -> None:
    """The PDF holds the unprinted ones and nothing is marked without the word."""
    make_receipt()
    file = tmp_path / "r.pdf"
    assert told("print_receipts", "--output", str(file)) == {
        "printed": 1, "marked": 0, "file": str(file), "numbers": ["R2026-00001"],
    }


def test_print_receipts_marks_when_told(db, tmp_path) -> None:
    """After --mark-printed nothing is left to print."""
    make_receipt()
    told("print_receipts", "--output", str(tmp_path / "r.pdf"), "--mark-printed")
    assert told("print_receipts", "--output", str(tmp_path / "s.pdf"))["printed"] == 0


def test_print_receipts_again_by_number(db, tmp_path) -> None:
    """A spoiled paper is printed again without any mark."""
    make_receipt()
    told("print_receipts", "--output", str(tmp_path / "r.pdf"), "--mark-printed")
    assert told("print_receipts", "--output", str(tmp_path / "s.pdf"), "--number", "R2026-00001")["printed"] == 1


def test_print_receipts_of_an_unknown_number_is_refused(db, tmp_path) -> None:
    """The number is named and no file is written."""
    file = tmp_path / "r.pdf"
    assert (refusal("print_receipts", "--output", str(file), "--number", "R1999-00001"), file.exists()) == (
        (1, "unknown_receipt"), False,
    )


def test_print_receipts_into_no_folder_is_refused(db, tmp_path) -> None:
    """A place that does not exist is named."""
    make_receipt()
    assert refusal("print_receipts", "--output", str(tmp_path / "no" / "r.pdf")) == (1, "cannot_write")


def test_void_receipt(db) -> None:
    """The state is told."""
    make_receipt()
    assert told("void_receipt", "R2026-00001", "--reason", "宛名ちがい") == {"number": "R2026-00001", "state": "void"}


def test_reissue_receipt(db, tmp_path) -> None:
    """The paper is written and counted."""
    make_receipt()
    file = tmp_path / "r.pdf"
    assert told("reissue_receipt", "R2026-00001", "--reason", "なくした", "--output", str(file)) == {
        "number": "R2026-00001", "nth": 1, "file": str(file),
    }


def test_a_reissue_without_paper_is_not_recorded(db, tmp_path) -> None:
    """When the file cannot be written, no reissue is counted."""
    made = make_receipt()
    refusal("reissue_receipt", made.number, "--reason", "なくした", "--output", str(tmp_path / "no" / "r.pdf"))
    assert (made.reissues.count(), Receipt.objects.get().state) == (0, ReceiptState.ISSUED)
