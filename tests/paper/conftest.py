"""Reading PDFs back: words with their places, fonts, and a receipt to print."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from pypdf import PdfReader

from paper.address import Addressee
from paper.envelopes import EnvelopeProfile
from paper.issuer import Issuer
from paper.receipt_page import ReceiptLine, ReceiptPage

MM_PER_POINT = 25.4 / 72


@dataclass(frozen=True)
class Word:
    """A run of text and where its baseline begins, in mm from the page's top left corner."""

    text: str
    x: float
    y: float


def words_of(page: Any) -> list[Word]:
    height = float(page.mediabox.height)
    found: list[Word] = []

    def visit(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        if text.strip():
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            found.append(Word(text.strip(), x * MM_PER_POINT, (height - y) * MM_PER_POINT))

    page.extract_text(visitor_text=visit)
    return found


@pytest.fixture
def read() -> Callable[[bytes], PdfReader]:
    return lambda content: PdfReader(io.BytesIO(content))


@pytest.fixture
def words() -> Callable[[Any], list[Word]]:
    return words_of


@pytest.fixture
def profile() -> EnvelopeProfile:
    return EnvelopeProfile()


@pytest.fixture
def hanako() -> Addressee:
    return Addressee(
        name="髙﨑 邊子",
        postal_code="1000001",
        prefecture="東京都",
        address="千代田区千代田1-1-1 みどりマンション405",
    )


@pytest.fixture
def long_organisation() -> Addressee:
    """A name of 40 characters, a contact person, an address that needs four lines."""
    return Addressee(
        name="特定非営利活動法人市民の暮らしと環境を守る全国ネットワーク東日本支部連絡協議会",
        contact="邉見 栁太郎",
        is_organisation=True,
        postal_code="192-0364",
        prefecture="東京都",
        address="八王子市南大沢三丁目１２３番地の４５ みどりヶ丘ニュータウン南団地東大通り第二街区３号棟１２０５号室",
    )


@pytest.fixture
def issuer() -> Issuer:
    return Issuer(
        name="みどりの町をまもる会",
        postal_code="1000000",
        address="東京都千代田区見本町4丁目5番6号 見本会館2階",
        contact="電話 03-0000-0000",
        treasurer="濵田 𠮷德",
    )


@pytest.fixture
def make_receipt(hanako: Addressee, issuer: Issuer) -> Callable[..., ReceiptPage]:
    """A receipt over ¥7,000; `lines` may be given as yen, any other field by name."""

    def make(*yen: int, **changes: Any) -> ReceiptPage:
        lines = tuple(
            ReceiptLine(received_on="2026年10月2日", purpose=f"カンパ(寄付) 第{number}回", amount_yen=amount)
            for number, amount in enumerate(yen or (2000, 5000), start=1)
        )
        words: dict[str, Any] = {
            "number": "R2026-00123",
            "addressee": hanako,
            "addressee_name": "髙﨑 邊子",
            "honorific": "様",
            "issued_on": "2026年11月23日",
            "received_on": "2026年10月2日",
            "lines": lines,
            "total_yen": sum(line.amount_yen for line in lines),
            "purpose_line": "カンパとして",
            "issuer": issuer,
        }
        return ReceiptPage(**(words | changes))

    return make
