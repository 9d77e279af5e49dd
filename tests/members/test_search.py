"""Finding a supporter by what one has in hand."""

import pytest

from members.models import NameOrigin
from members.search import find_supporters
from tests.factories.members import PayerNameFactory, SupporterFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def megumi():
    SupporterFactory(name="森　誠", reading="モリ マコト", phone="03-9999-0000", email="makoto@example.jp")
    return SupporterFactory(
        name="髙橋　恵", reading="タカハシ メグミ", phone="03-1234-5678", email="megumi@example.jp", legacy_number="A-12"
    )


@pytest.mark.parametrize(
    "text",
    ["髙橋", "高橋", "高橋恵", "高橋 恵", "たかはし", "ﾀｶﾊｼ ﾒｸﾞﾐ", "メグミ", "5678", "1234-5678", "03-1234-5678", "megumi@", "A-12", "Ａ-12"],
)
def test_she_is_found_and_nobody_else(megumi, text):
    """Variant kanji, kana of any width, the end of the phone number, mail and older number lead to one person."""
    assert list(find_supporters(text)) == [megumi]


def test_her_number_finds_her(megumi):
    """The whole number, typed in any width."""
    wide = megumi.number.translate({ord(digit): chr(ord(digit) + 0xFEE0) for digit in "0123456789"})
    assert list(find_supporters(wide)) == [megumi]


def test_a_learned_payer_name_finds_her(megumi):
    """What the bank wrote leads to her as well, once."""
    PayerNameFactory(supporter=megumi, as_written="ﾄﾘﾋｷ ｼｮｳｶｲ")
    PayerNameFactory(supporter=megumi, as_written="トリヒキ", origin=NameOrigin.CONTACT)
    assert list(find_supporters("トリヒキ")) == [megumi]


@pytest.mark.parametrize("text", ["", "  ", "該当なし", "%", "_"])
def test_nothing_finds_nobody(megumi, text):
    """An empty or unknown text, or a sign that databases treat as a wildcard, finds nobody."""
    assert list(find_supporters(text)) == []


def test_a_supporter_without_a_reading_is_found_by_kana():
    """By what the written name may sound like."""
    hiroko = SupporterFactory(name="佐藤　裕子", reading="")
    assert hiroko in find_supporters("さとう ひろこ")
