"""What must hold for any number in any surroundings."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.jp import in_

from privacy.check_digits import is_individual_number
from privacy.national_ids import RULES, FieldClass, Level, blank, redact, scan

FULL = str.maketrans("0123456789", "０１２３４５６７８９")
KANJI = str.maketrans("0123456789", "〇一二三四五六七八九")
CIRCLED = str.maketrans("0123456789", "⓪①②③④⑤⑥⑦⑧⑨")
bodies = st.text("0123456789", min_size=11, max_size=11).filter(lambda body: len(set(body)) > 2)
numbers = bodies.map(lambda body: body + in_.calc_check_digit(body))
disguises = st.sampled_from(
    [
        lambda number: number,
        lambda number: "-".join((number[:4], number[4:8], number[8:])),
        lambda number: "ー".join((number[:4], number[4:8], number[8:])).translate(FULL),
        lambda number: number.translate(KANJI),
        lambda number: number.translate(CIRCLED),
        "\u200b".join,
        " ".join,
        "|".join,
        lambda number: f"{number[:6]}\n{number[6:]}",
    ]
)
labels = st.sampled_from(["マイナンバー：", "個人番号 ", "ﾏｲﾅﾝﾊﾞｰは", "My Number ", "マイナンバー（本人）→"])
anything = st.text(st.characters(blacklist_categories=("Cs",)), max_size=80)
number_like = st.text(
    "0123456789０１一二〇①-－ー 　.,、/:()|\nマイナンバー個人番号円年\u200b＋+Ee&#%x;", max_size=80
)


@given(
    numbers,
    disguises,
    labels,
    st.sampled_from(["", "賛同金2口。", "2026年11月23日 ", "反対です "]),
    st.sampled_from(["", "です", " 3000円", "、よろしく"]),
)
def test_a_labelled_number_is_found_in_every_disguise(number, disguise, label, before, after):
    """A label that touches is enough."""
    text = before + label + disguise(number) + after
    assert [finding.rule for finding in scan(text)] == ["individual_number_labelled"]


@given(numbers, disguises, labels)
def test_a_labelled_number_is_gone_after_blanking(number, disguise, label):
    """No digit of the number is left in the text."""
    text, count = blank("お世話になります。" + label + disguise(number) + "です")
    assert (count, [char for char in text if char.isdigit() or char in "〇一二三四五六七八九"]) == (1, [])


@given(st.one_of(anything, number_like), st.sampled_from(FieldClass))
def test_findings_lie_in_the_text_in_order(text, field_class):
    """Any text can be scanned; each finding is a stretch of it with a known rule."""
    findings = scan(text, field_class)
    places = [place for finding in findings for place in (finding.start, finding.end)]
    assert places == sorted(places)
    assert all(
        0 <= finding.start < finding.end <= len(text) and finding.rule in RULES for finding in findings
    )


@given(st.one_of(anything, number_like), st.sampled_from(FieldClass))
def test_a_blanked_text_scans_clean(text, field_class):
    """Blanking leaves nothing that is refused, and with `warn` nothing at all."""
    refused = [
        finding for finding in scan(blank(text, field_class)[0], field_class) if finding.level is Level.BLOCK
    ]
    assert (refused, scan(blank(text, field_class, warn=True)[0], field_class)) == ([], ())


@given(st.text("abc あいう。、マイナンバー個人番号", max_size=60))
def test_a_text_without_digits_is_left_alone(text):
    """Words alone are never a finding, and a log line with words alone is not touched."""
    assert (scan(text), redact(text)) == ((), text)


@given(bodies, st.integers(0, 11), st.integers(1, 9))
def test_the_check_digit_is_that_of_stdnum(body, at, slip):
    """Ours and python-stdnum's agree on right and on mistyped numbers."""
    number = body + in_.calc_check_digit(body)
    wrong = number[:at] + str((int(number[at]) + slip) % 10) + number[at + 1 :]
    assert (is_individual_number(number), is_individual_number(wrong)) == (True, in_.is_valid(wrong))


UNFRIENDLY = {
    "digits": "1", "digits and blanks": "1 ", "4-4-4 without end": "1234-", "nine digits": "123456789x", "invisible": "1\u200b",
    "line ends": "123456\n", "labels": "マイナンバー12 ", "brackets": "（1", "tags": "<b 1", "percent": "%31", "kanji": "一", "insurance": "保険者番号1・",
    "cards": "1234-5678-9018、", "web": "http://1-", "scientific": "1.2345678901E+11 ",
}  # fmt: skip


def work(text):
    """How many Python and C functions a scan calls."""
    calls = 0

    def count(frame, event, arg):
        nonlocal calls
        calls += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        scan(text)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("piece", UNFRIENDLY.values(), ids=UNFRIENDLY)
def test_work_grows_no_faster_than_the_text(piece):
    """Four times the text costs at most five times the calls, so 100,000 signs cost no minutes."""
    times = 1000 // len(piece)
    assert work(piece * times * 4) <= 5 * work(piece * times) + 500
