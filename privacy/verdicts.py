"""From the way digits stand, their check digit and the label beside them to a level and a rule."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from privacy.characters import EXOTIC_DIGITS
from privacy.check_digits import is_individual_number, is_parcel_number, is_product_or_card_number
from privacy.decoding import Reading
from privacy.digit_runs import TIGHT, Run
from privacy.everyday_numbers import pieces
from privacy.filler import is_blank_form, is_giro_like, is_moment_or_call, is_series
from privacy.findings import FieldClass, Level
from privacy.label_words import Label
from privacy.labels import label_after, label_before, names_another_number
from privacy.line_breaks import wrapped_stretches
from privacy.shapes import Shape, Stretch, stretch_of, windows
from privacy.surroundings import amid_shop_talk, follows_place, stands_in_code

_MOST_LABELLED_GROUPS = 60
_SCIENTIFIC = re.compile(r"[eEｅＥ][+＋]?0?(?P<power>10|11)(?!\d)")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What `text[start:end]` of a reading is taken for."""

    level: Level
    rule: str
    start: int
    end: int


def judge_by_form(runs: Sequence[Run], reading: Reading, field_class: FieldClass) -> Iterator[Verdict]:
    """Judge every row of digits by its own form; a harmless label that touches a stretch clears it."""
    strict = field_class is FieldClass.STRUCTURED
    candidates = [(run, stretch) for run in runs for stretch in _stretches(run, reading.text, strict=strict)]
    in_list = len(candidates) > 0 and _is_list(runs)
    for run, stretch in candidates:
        level = _level(run, stretch, reading, field_class, in_list=in_list)
        if level is not None:
            yield Verdict(level, _RULES[stretch.shape], *_span(run, stretch, reading.text))
    for run in runs:
        yield from _employment_form(run, reading.text)


_RULES = {
    Shape.CARD: "individual_number_grouped",
    Shape.BOXES: "individual_number_grouped",
    Shape.PLAIN: "individual_number_bare",
    Shape.LOOSE: "individual_number_split",
}


def _stretches(run: Run, text: str, *, strict: bool) -> Iterator[Stretch]:
    """The stretches of twelve digits that pass the check; with `strict`, those of one group or 4-4-4 anyway."""
    scientific = _scientific(run, text)
    if scientific is not None:
        yield scientific
    worth = [
        (first, last)
        for first, last in windows(run)
        if is_individual_number("".join(run.digits[first : last + 1])) or (strict and last - first in {0, 2})
    ]
    broken = any(gap.broken for gap in run.gaps)
    if not worth and not broken:
        return
    taken = {at: piece.fact for piece in pieces(run, text) for at in piece.groups}
    for first, last in worth:
        stretch = stretch_of(run, first, last, taken)
        if stretch is not None:
            yield stretch
    if broken:
        yield from wrapped_stretches(run, taken)


def _span(run: Run, stretch: Stretch, text: str) -> tuple[int, int]:
    """Where the stretch stands, with the E+11 behind it."""
    start, end = run.spans[stretch.first][0], run.spans[stretch.last][1]
    scientific = len(stretch.groups) == 1 and stretch.first < stretch.last
    power = _SCIENTIFIC.match(text, end) if scientific else None
    return start, power.end() if power else end


def _is_list(runs: Sequence[Run]) -> bool:
    """Whether the text holds several 4-4-4 numbers and not all pass: then they are parcels or orders."""
    cards = {
        "".join(run.digits[first : last + 1])
        for run in runs
        for first, last in windows(run)
        if run.sizes[first : last + 1] == (4, 4, 4) and len(set(run.gaps[first:last])) == 1
    }
    return len(cards) > 1 and not all(map(is_individual_number, cards))


def _scientific(run: Run, text: str) -> Stretch | None:
    """1.23456789018E+11, as a spreadsheet prints a number that is too long for its cell."""
    if (
        len(run.digits) < 2
        or len(run.digits[-2]) != 1
        or run.gaps[-1].sign != "."
        or run.gaps[-1].looseness != TIGHT
    ):
        return None
    match = _SCIENTIFIC.match(text, run.end)
    if match is None:
        return None
    digits = (run.digits[-2] + run.digits[-1]).ljust(int(match["power"]) + 1, "0").zfill(12)
    last = len(run.digits) - 1
    return Stretch(digits, (digits,), Shape.PLAIN, last - 1, last) if len(digits) == 12 else None


def _level(
    run: Run, stretch: Stretch, reading: Reading, field_class: FieldClass, *, in_list: bool
) -> Level | None:
    passes = is_individual_number(stretch.digits)
    strict = field_class is FieldClass.STRUCTURED and stretch.shape in {Shape.PLAIN, Shape.CARD}
    if not (passes or strict):
        return None
    text, start, end = reading.text, run.spans[stretch.first][0], run.spans[stretch.last][1]
    odd = reading.hides_within(start, end) or _is_exotic(run, stretch, text)
    if _is_nothing(stretch, odd=odd, must_stay=strict and passes) or _is_cleared(
        run, stretch, text, field_class, passes=passes
    ):
        return None
    if strict:
        return Level.BLOCK
    certain = stretch.shape is not Shape.LOOSE and (
        odd or (stretch.shape is not Shape.PLAIN and not amid_shop_talk(text, start, end))
    )
    doubtful = not odd and stretch.shape is Shape.CARD and (in_list or _is_another_kind(run, stretch))
    return Level.BLOCK if certain and not doubtful else Level.WARN


def _is_another_kind(run: Run, stretch: Stretch) -> bool:
    """Whether a 4-4-4 fits a parcel, or, between hyphens, where shops write theirs, a product or a card."""
    hyphened = run.gaps[stretch.first].sign == "-"
    return is_parcel_number(stretch.digits) or (hyphened and is_product_or_card_number(stretch.digits))


def _is_cleared(run: Run, stretch: Stretch, text: str, field_class: FieldClass, *, passes: bool) -> bool:
    """Whether a label or what stands around says that the stretch is something else."""
    start, end = run.spans[stretch.first][0], run.spans[stretch.last][1]
    if _opens_row(run, stretch):
        before = label_before(text, run.start)
        if before is Label.HARMLESS or (before is None and names_another_number(text, run.start)):
            return True
    strict = field_class is FieldClass.STRUCTURED and stretch.shape in {Shape.PLAIN, Shape.CARD}
    return (
        label_after(text, end) == (Label.HARMLESS, True)
        or stands_in_code(text, start, end, exempt_web=field_class is FieldClass.FREE_TEXT or not passes)
        or (not passes and _goes_on(run, stretch))
        or (not strict and _is_house_number(run, stretch, text))
    )


def _is_nothing(stretch: Stretch, *, odd: bool, must_stay: bool) -> bool:
    """Fillers, series, and, in plain digits, moments, calls and accounts.

    `odd` digits (circled, with hidden signs) are none of these last; with `must_stay` an account is no excuse.
    """
    if is_blank_form(stretch.digits) or (len(stretch.groups) > 1 and is_series(stretch.groups)):
        return True
    if odd or stretch.shape not in {Shape.PLAIN, Shape.LOOSE}:
        return False
    if is_moment_or_call(stretch.digits):
        return True
    return stretch.shape is Shape.PLAIN and is_giro_like(stretch.digits) and not must_stay


def _goes_on(run: Run, stretch: Stretch) -> bool:
    """Whether more groups follow or precede over the same gap: an account of another country, a table."""
    if stretch.first == stretch.last:
        return False
    beside = run.gaps[max(0, stretch.first - 1) : stretch.first] + run.gaps[stretch.last : stretch.last + 1]
    return run.gaps[stretch.first] in beside


def _is_house_number(run: Run, stretch: Stretch, text: str) -> bool:
    """Groups between hyphens that begin right behind the name of a place; 3-3-3-3 may stand off by a blank."""
    hyphened = stretch.first < stretch.last and all(
        gap.sign == "-" for gap in run.gaps[stretch.first : stretch.last]
    )
    start = run.spans[stretch.first][0]
    return hyphened and follows_place(text, start, over_blank=stretch.shape is Shape.LOOSE)


def _opens_row(run: Run, stretch: Stretch) -> bool:
    """Whether a label before the row speaks for the stretch: it comes first, or after a few others of the same form."""
    if stretch.first > _MOST_LABELLED_GROUPS:
        return False
    form = run.sizes[stretch.first : stretch.last + 1]
    return run.sizes[: stretch.first] == form * (stretch.first // len(form))


def _is_exotic(run: Run, stretch: Stretch, text: str) -> bool:
    spans = run.spans[stretch.first : stretch.last + 1]
    return all(char in EXOTIC_DIGITS for start, end in spans for char in text[start:end])


def _employment_form(run: Run, text: str) -> Iterator[Verdict]:
    """4-6-1 between hyphens and alone is how an employment insurance number is printed."""
    if run.sizes != (4, 6, 1) or any(gap.sign != "-" for gap in run.gaps):
        return
    if label_before(text, run.start) is None and label_after(text, run.end)[0] is None:
        yield Verdict(Level.WARN, "employment_insurance_form", run.start, run.end)
