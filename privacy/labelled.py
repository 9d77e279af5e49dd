"""Numbers that a touching label names: then the check digit does not matter, a slip of the pen is still a number."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from privacy.check_digits import is_corporate_number, is_individual_number
from privacy.digit_runs import Run
from privacy.everyday_numbers import Fact, is_year, pieces
from privacy.findings import Level
from privacy.label_words import Label
from privacy.labels import is_glue, label_after, label_before
from privacy.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class _Kind:
    rule: str
    lengths: tuple[int, ...]
    """Digits, the usual length first."""


_KINDS = {
    Label.INDIVIDUAL: _Kind("individual_number_labelled", (12,)),
    Label.RESIDENT: _Kind("resident_code_labelled", (11,)),
    Label.PENSION: _Kind("pension_number_labelled", (10, 14)),
    Label.EMPLOYMENT: _Kind("employment_insurance_labelled", (11, 10)),
    Label.LICENCE: _Kind("driving_licence_labelled", (12,)),
}
_SLIPPED = 1
"""Digits too many or too few that a slip explains."""


_AS_BEFORE = 16
"""Signs between two numbers that one label may name: マイナンバー 本人 … 、妻 …."""


def judge_by_label(runs: Sequence[Run], text: str) -> Iterator[Verdict]:
    """The stretches of `runs` that a label names: right before, or tied by a bracket or a particle right after.

    A number that follows a labelled one over nothing but glue has its label.
    """
    label: Label | None = None
    end = -1
    for run in runs:
        between = text[end : run.start] if label is not None and run.start - end <= _AS_BEFORE else "。"
        before = label_before(text, run.start)
        if before is None and "。" not in between and is_glue(between):
            before = label
        label, end = before, run.end
        if before in _KINDS:
            yield from _from_left(run, text, before)
        elif before is not Label.HARMLESS:
            after, bound = label_after(text, run.end)
            if after in _KINDS:
                yield from _from_right(run, text, after, bound=bound)


def _from_left(run: Run, text: str, label: Label) -> Iterator[Verdict]:
    kind = _KINDS[label]
    if _opens_with_everyday_number(run, text):
        return
    last = _last_group(run, kind, 0)
    if last is None:
        yield from _nearly(run, label)
        return
    first, form = 0, tuple(map(len, run.digits[: last + 1]))
    if label is Label.INDIVIDUAL and _is_nobody(run.digits[: last + 1]):
        return
    while tuple(map(len, run.digits[first : first + len(form)])) == form:
        corporate = label is Label.INDIVIDUAL and is_corporate_number("".join(run.digits[: last + 1]))
        level = Level.WARN if corporate else Level.BLOCK
        yield Verdict(level, kind.rule, run.spans[first][0], run.spans[first + len(form) - 1][1])
        first += len(form)


def _last_group(run: Run, kind: _Kind, first: int) -> int | None:
    """The group where the labelled number ends: at a usual length, or else where too many digits are reached."""
    total = 0
    reached: dict[int, int] = {}
    for at in range(first, len(run.digits)):
        total += len(run.digits[at])
        reached.setdefault(total, at)
        if total >= max(kind.lengths):
            break
    exact = [reached[length] for length in kind.lengths if length in reached]
    if exact:
        return exact[0]
    beyond = [at for length, at in reached.items() if length > kind.lengths[0]]
    return beyond[0] if beyond else None


def _nearly(run: Run, label: Label) -> Iterator[Verdict]:
    """Fewer digits than there should be: a leading zero is lost, or a digit was forgotten."""
    kind, digits = _KINDS[label], "".join(run.digits)
    if len(digits) < kind.lengths[0] - _SLIPPED:
        if label is Label.INDIVIDUAL and digits[0] != "0":
            yield Verdict(Level.WARN, kind.rule, run.start, run.end)
        return
    mobile = label is Label.INDIVIDUAL and digits[0] == "0" and digits[2] == "0" and digits[1] in "5789"
    if not mobile or is_individual_number("0" + digits):
        yield Verdict(Level.BLOCK, kind.rule, run.start, run.end)


def _from_right(run: Run, text: str, label: Label, *, bound: bool) -> Iterator[Verdict]:
    kind, total = _KINDS[label], 0
    for first in range(len(run.digits) - 1, -1, -1):
        total += len(run.digits[first])
        if total >= kind.lengths[0]:
            break
    digits = "".join(run.digits[first:])
    sure = bound or is_individual_number(digits)
    if (
        total != kind.lengths[0]
        or not sure
        or _in_everyday_number(run, text, first)
        or _is_nobody(run.digits[first:])
    ):
        return
    yield Verdict(Level.BLOCK, kind.rule, run.spans[first][0], run.end)


def _opens_with_everyday_number(run: Run, text: str) -> bool:
    """Three groups or more that read as a telephone number, a date or an account, or any number with its country."""
    abroad = text[max(0, run.start - 1) : run.start] in {"+", "＋"}
    return any(
        piece.first == 0 and (piece.count > 2 or abroad) and piece.fact is not Fact.CARD
        for piece in pieces(run, text)
    )


def _in_everyday_number(run: Run, text: str, first: int) -> bool:
    return any(piece.groups[-1] >= first and piece.count > 2 for piece in pieces(run, text))


def _is_nobody(groups: tuple[str, ...]) -> bool:
    """A blank filled with one digit or zeros, or years."""
    digits = "".join(groups)
    return len(set(digits)) == 1 or digits.startswith("000000") or all(map(is_year, groups))
