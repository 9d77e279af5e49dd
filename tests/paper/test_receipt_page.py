"""The words of a receipt are checked before they may be printed."""

from collections.abc import Callable

import pytest

from paper.errors import WrongContent
from paper.issuer import Issuer, data_image
from paper.receipt_page import NO_DEDUCTION, ReceiptPage

MakeReceipt = Callable[..., ReceiptPage]


def test_the_total_is_the_sum_of_the_lines(make_receipt: MakeReceipt) -> None:
    """A receipt over another sum is refused, with both sums."""
    with pytest.raises(WrongContent, match=r"8,000円.*7,000円"):
        make_receipt(2000, 5000, total_yen=8000)


@pytest.mark.parametrize("yen", [(0,), (-100, 7100)])
def test_a_line_is_at_least_one_yen(make_receipt: MakeReceipt, yen: tuple[int, ...]) -> None:
    """There is no receipt for nothing."""
    with pytest.raises(WrongContent):
        make_receipt(*yen)


@pytest.mark.parametrize(("field", "value"), [("state", "再交付"), ("honorific", "上様")])
def test_only_known_words_are_taken(make_receipt: MakeReceipt, field: str, value: str) -> None:
    """States and honorifics are closed lists; the field is named."""
    with pytest.raises(WrongContent) as caught:
        make_receipt(1000, **{field: value})
    assert caught.value.field == field


@pytest.mark.parametrize(
    "claim",
    [
        "この領収書で寄附金控除が受けられます。",
        "確定申告で寄付金控除の手続きをしてください",
        "税額控除の対象です。",
        "寄附金受領証明書",
        "対象ではありません。ただし税制優遇があります。",
        "所得控除はできませんが、税額控除はできます。",
    ],
)
@pytest.mark.parametrize("field", ["purpose_line", "message", "stamp_note", "state_note", "deduction_note"])
def test_no_deduction_is_ever_claimed(make_receipt: MakeReceipt, field: str, claim: str) -> None:
    """In no field can a sentence promise a tax deduction."""
    with pytest.raises(WrongContent) as caught:
        make_receipt(1000, **{field: claim})
    assert caught.value.field == field


def test_no_deduction_is_claimed_in_notes(make_receipt: MakeReceipt) -> None:
    """Nor in the notes below the table."""
    with pytest.raises(WrongContent):
        make_receipt(1000, notes=("ありがとうございます。", "所得控除ができます。"))


@pytest.mark.parametrize("denial", [NO_DEDUCTION, "寄附金控除は受けられません。", "税制優遇の対象外です。"])
def test_a_denial_is_allowed(make_receipt: MakeReceipt, denial: str) -> None:
    """The opposite may be said."""
    assert make_receipt(1000, notes=(denial,)).notes == (denial,)


@pytest.mark.parametrize(
    ("content", "begins"),
    [
        (b"\x89PNG\r\n\x1a\n...", "data:image/png;base64,"),
        (b"\xff\xd8\xff\xe0...", "data:image/jpeg;base64,"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "data:image/svg+xml;base64,"),
    ],
)
def test_a_seal_is_carried_in_the_page(content: bytes, begins: str) -> None:
    """Pictures become data addresses by what their bytes are."""
    assert data_image(content).startswith(begins)


def test_no_seal_is_no_picture() -> None:
    """Empty bytes, empty text."""
    assert data_image(b"") == ""


def test_another_file_is_no_seal() -> None:
    """A PDF is refused."""
    with pytest.raises(WrongContent):
        data_image(b"%PDF-1.7")


@pytest.mark.parametrize("seal", ["file:///etc/passwd", "https://example.org/seal.png", "data:text/html,x"])
def test_a_seal_is_never_an_address(seal: str) -> None:
    """Only pictures inside the text itself."""
    with pytest.raises(WrongContent):
        Issuer(name="みどりの会", seal=seal)
