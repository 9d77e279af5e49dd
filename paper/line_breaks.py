r"""Setting a short text in few lines at its best places. Pure; `\d` means any digit here, full-width ones too."""

import re
from collections.abc import Sequence
from enum import IntEnum
from itertools import accumulate, pairwise

NEVER_FIRST = frozenset(
    "、。，．・：；）」』〕】〉》ーァィゥェォッャュョヮヵヶぁぃぅぇぉっゃゅょゎ々‐−～〜:;)]}-\uff0d\uff70"
)
NEVER_LAST = frozenset("（「『〔【〈《〒([{")
WORD_SIGN = re.compile(r"[\dA-Za-z\uff21-\uff3a\uff41-\uff5a.\uff0e]")
KATAKANA = re.compile(r"[\u30a1-\u30ff\uff66-\uff9f]")
HIRAGANA = re.compile(r"[\u3041-\u309f]")


class Break(IntEnum):
    """What it costs to begin a new line at a place; the setting with the smallest sum wins."""

    WANTED = -5  # a line of its own is better even where there is room
    SPACE = 1
    NATURAL = 2
    SCRIPT_CHANGE = 12
    BETWEEN_KANJI = 20
    BEFORE_ENDING = 40  # 守|る
    INSIDE_WORD = 60
    FORBIDDEN = 1000


FREELY = (Break.SCRIPT_CHANGE, Break.INSIDE_WORD, Break.FORBIDDEN)  # how far one may go, step by step


def plain_costs(text: str) -> list[int]:
    """For each index 0…len(text): what a line beginning there costs, known from the two characters around it."""
    costs = [0] * (len(text) + 1)
    for index, (before, after) in enumerate(pairwise(text), start=1):
        costs[index] = int(_cost_between(before, after))
    return costs


def _cost_between(before: str, after: str) -> Break:
    if before.isspace():
        return Break.SPACE
    if after.isspace() or after in NEVER_FIRST or before in NEVER_LAST:
        return Break.FORBIDDEN
    kinds = [_kind(before), _kind(after)]
    if kinds == ["word", "word"]:
        return Break.FORBIDDEN
    if kinds == ["katakana", "katakana"]:
        return Break.INSIDE_WORD
    if kinds[1] == "hiragana":
        return Break.BEFORE_ENDING
    return Break.BETWEEN_KANJI if kinds[0] == kinds[1] else Break.SCRIPT_CHANGE


def _kind(sign: str) -> str:
    if WORD_SIGN.fullmatch(sign):
        return "word"
    if KATAKANA.fullmatch(sign):
        return "katakana"
    return "hiragana" if HIRAGANA.fullmatch(sign) else "kanji"


def wrap(
    text: str, advances: Sequence[float], width: float, *, max_lines: int, costs: Sequence[int], limit: int
) -> tuple[str, ...] | None:
    """The cheapest setting in at most `max_lines` lines no wider than `width`, breaking only where it costs less than `limit`.

    `advances`: the width of each character, in the unit of `width`. Each line costs one more; between equals the fuller
    first line wins. None when nothing fits. Spaces at a line's ends are dropped and take no room.
    """
    edges = list(accumulate(advances, initial=0.0))
    stops = [*(index for index in range(1, len(text)) if costs[index] < limit), len(text)]
    reached: dict[int, tuple[float, tuple[str, ...]]] = {0: (0.0, ())}
    whole: list[tuple[float, tuple[str, ...]]] = []
    for _ in range(max_lines):
        longer: dict[int, tuple[float, tuple[str, ...]]] = {}
        for start, (cost, lines) in reached.items():
            for end in stops:
                line = text[start:end].strip()
                if not line:
                    continue
                first = text.index(line[0], start)
                if edges[first + len(line)] - edges[first] > width:
                    break
                total = cost + costs[end] + 1 - end / 10_000
                if end not in longer or total < longer[end][0]:
                    longer[end] = (total, (*lines, line))
        reached = longer
        if len(text) in reached:
            whole.append(reached[len(text)])
    return min(whole, key=lambda setting: setting[0])[1] if whole else None
