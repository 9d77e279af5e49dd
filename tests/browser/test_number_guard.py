"""The small check in the browser: it sees what the scanner sees in plain disguises, asks once, and leaves the word to the server."""

import random
from pathlib import Path

import pytest

from benchmarks.national_ids.harmless import KINDS
from privacy.national_ids import FieldClass, scan
from tests.factories.members import AssociationFactory
from tests.privacy.plain_numbers import grouped, made_number

pytestmark = pytest.mark.browser
SCRIPT = Path(__file__).resolve().parents[2] / "static/js/number_guard.js"
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
KANJI = str.maketrans("0123456789", "〇一二三四五六七八九")
CIRCLED = str.maketrans("0123456789", "⓪①②③④⑤⑥⑦⑧⑨")
DISGUISES = {
    "bare": str,
    "4-4-4": grouped,
    "blanks": lambda number: grouped(number, " "),
    "wide": lambda number: number.translate(WIDE),
    "wide with a long vowel": lambda number: grouped(number.translate(WIDE), "ー"),
    "wide with wide hyphens": lambda number: grouped(number.translate(WIDE), "－"),
    "kanji": lambda number: number.translate(KANJI),
    "circled": lambda number: number.translate(CIRCLED),
    "hidden signs": "\u200b".join,
    "boxes": "|".join,
    "a digit and a blank": " ".join,
    "middle dots": lambda number: grouped(number, "・"),
    "in a sentence": lambda number: f"よろしくお願いします。{number}",
    "behind its name, mistyped": lambda number: f"マイナンバーは{number[:11]}{(int(number[11]) + 1) % 10}です",
}


@pytest.fixture(scope="module")
def finds(chromium):
    """The check's own function, for a list of texts."""
    page = chromium.new_page()
    page.add_script_tag(path=SCRIPT)
    yield lambda texts: page.evaluate("texts => texts.map(window.numberGuard.finds)", texts)
    page.close()


@pytest.mark.parametrize("disguise", DISGUISES.values(), ids=DISGUISES)
def test_plain_disguises_are_seen_by_both(finds, disguise) -> None:
    """Three hundred numbers made now: browser and scanner say yes to all."""
    written = [disguise(made_number()) for _ in range(300)]
    assert finds(written) == [True] * 300
    assert [text for text in written if not scan(text, FieldClass.STRUCTURED)] == []


def test_where_the_browser_asks_the_scanner_sees_something_too(finds) -> None:
    """Twenty thousand lines of everyday numbers: nobody is asked without a reason."""
    chance = random.Random(random.randrange(10**9))
    written = [maker(chance) for maker in KINDS.values() for _ in range(20_000 // len(KINDS))]
    asked = [text for text, found in zip(written, finds(written), strict=True) if found]
    assert [text for text in asked if not (scan(text, FieldClass.STRUCTURED) or scan(text))] == []


@pytest.mark.parametrize(
    "text", ["", "共通番号いらないネット 00100-2-729745", "マイナンバーはいりません", "090-1234-5678", "2026年11月23日", "追跡番号 1234-5678-9018", "1234567890182"]
)
def test_ordinary_texts_are_not_asked_about(finds, text) -> None:
    """Accounts, telephones, dates, labelled parcels, longer numbers."""
    assert finds([text]) == [False]


@pytest.fixture
def javascript() -> bool:
    return True


@pytest.mark.django_db(transaction=True)
def test_a_form_with_a_number_is_not_sent_before_it_was_asked(desk) -> None:
    """The message names the field and the next step; a second press sends it to the server, which refuses it."""
    AssociationFactory()
    page = desk.open("/supporters/add/")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    field = page.get_by_label("氏名", exact=False).first
    number = made_number()
    field.fill(number)
    desk.press("登録")
    said = page.get_by_role("alert").first.inner_text()
    assert ("まだ送っていません" in said, "番号を消してください" in said, number in said, sent) == (True, True, False, [])
    assert page.evaluate("document.activeElement.value") == number
    desk.press("登録")
    page.get_by_text("保存しませんでした").first.wait_for()
    assert (len(sent), page.get_by_label("氏名", exact=False).first.input_value()) == (1, "")


@pytest.mark.django_db(transaction=True)
def test_the_question_goes_when_the_number_goes(desk) -> None:
    """Typing takes the message away."""
    AssociationFactory()
    page = desk.open("/supporters/add/")
    field = page.get_by_label("氏名", exact=False).first
    field.fill(made_number())
    desk.press("登録")
    page.get_by_text("まだ送っていません").wait_for()
    field.fill("山田 花子")
    assert (page.get_by_text("まだ送っていません").count(), field.get_attribute("aria-invalid")) == (0, None)
