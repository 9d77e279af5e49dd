"""Ways to write twelve digits in ordinary Japanese typing: 33 that count, and more that are only reported."""

from collections.abc import Callable
from random import Random

from stdnum.jp import in_

from .numbers import digits, grouped

Disguise = Callable[[Random, str], str]

FULL = str.maketrans("0123456789", "０１２３４５６７８９")
CIRCLED = str.maketrans("0123456789", "⓪①②③④⑤⑥⑦⑧⑨")
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
KANJI = str.maketrans("0123456789", "〇一二三四五六七八九")
ROUND = str.maketrans("0123456789", "○一二三四五六七八九")
FORMAL = str.maketrans("0123456789", "零壱弐参四五六七八九")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
BOLD = str.maketrans("0123456789", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗")
BRACKETED = str.maketrans("123456789", "⑴⑵⑶⑷⑸⑹⑺⑻⑼")
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e"
HYPHENS = "‐‑‒–—―−－﹣ー─━ｰ"


def fours(sign: str) -> Disguise:
    return lambda rng, number: sign.join(grouped(number, 4, 4, 4))


def sized(*sizes: int) -> Disguise:
    return lambda rng, number: rng.choice("- ・－").join(grouped(number, *sizes))


def written(table: dict[int, str], sign: str = "") -> Disguise:
    return lambda rng, number: (sign.join(grouped(number, 4, 4, 4)) if sign else number).translate(table)


def hyphens(rng: Random, number: str) -> str:
    return rng.choice(HYPHENS).join(grouped(number, 4, 4, 4))


def mixed_width(rng: Random, number: str) -> str:
    return "".join(char.translate(FULL) if rng.random() < 0.5 else char for char in number)


def zero_width(rng: Random, number: str) -> str:
    return rng.choice(INVISIBLE).join(grouped(number, 4, 4, 4))


def zero_width_everywhere(rng: Random, number: str) -> str:
    return "".join(char + (rng.choice(INVISIBLE) if rng.random() < 0.6 else "") for char in number)


def boxed(rng: Random, number: str) -> str:
    sign = rng.choice(["|", "｜", "│", " | ", "][", "・", "-", "］［"])
    return sign.join(number)


def bracketed_boxes(rng: Random, number: str) -> str:
    left, right = rng.choice(["[]", "［］", "()", "（）", "「」", "【】"])
    return "".join(left + char + right for char in number)


def spaced(rng: Random, number: str) -> str:
    return rng.choice([" ", "　", "  "]).join(number)


def spaced_in_fours(rng: Random, number: str) -> str:
    return rng.choice(["  ", "　　", " - ", "-"]).join(" ".join(part) for part in grouped(number, 4, 4, 4))


def wrapped(rng: Random, number: str) -> str:
    at = rng.randint(2, 10)
    return number[:at] + "\n" + number[at:]


def wrapped_fours(rng: Random, number: str) -> str:
    text = rng.choice("- ").join(grouped(number, 4, 4, 4))
    at = rng.randint(2, len(text) - 2)
    return text[:at] + "\n" + text[at:]


def mixed_signs(rng: Random, number: str) -> str:
    first, second = rng.sample("- ・.ー", 2)
    a, b, c = grouped(number, 4, 4, 4)
    return a + first + b + second + c


def with_year(rng: Random, number: str) -> str:
    return f"{number} {rng.randint(2015, 2030)}{rng.choice(['', '年', '年度'])}"


def fours_with_year(rng: Random, number: str) -> str:
    return f"{rng.choice('- ').join(grouped(number, 4, 4, 4))} {rng.randint(2015, 2030)}{rng.choice(['', '年', '年度'])}"


def glued(rng: Random, number: str) -> str:
    extra = digits(rng, rng.randint(1, 4))
    return number + extra if rng.random() < 0.5 else extra + number


def without_zero(_: Random, number: str) -> str:
    body = "0" + number[1:11]
    return (body + in_.calc_check_digit(body))[1:]


def mistyped(rng: Random, number: str) -> str:
    while True:
        at = rng.randrange(12)
        slip = number[:at] + rng.choice("0123456789".replace(number[at], "")) + number[at + 1 :]
        if in_.calc_check_digit(slip[:11]) != slip[11]:
            return slip


BY_DESIGN_MISSED: dict[str, Disguise] = {
    "glued to other digits": glued,
    "leading zero lost": without_zero,
    "one digit mistyped": mistyped,
}

COUNTED: dict[str, Disguise] = {
    "plain": lambda rng, number: number,
    "full width": written(FULL),
    "mixed width": mixed_width,
    "4-4-4 hyphen": fours("-"),
    "4-4-4 blank": fours(" "),
    "4-4-4 wide blank": fours("　"),
    "4-4-4 dot": fours("."),
    "4-4-4 middle dot": fours("・"),
    "4-4-4 long vowel sign": fours("ー"),
    "4-4-4 one of 13 hyphens": hyphens,
    "4-4-4 blanks around": fours(" - "),
    "4-4-4 slash": fours("/"),
    "4-4-4 underscore": fours("_"),
    "4-4-4 comma": fours(","),
    "full width 4-4-4": written(FULL, "－"),
    "full width, long vowel": written(FULL, "ー"),
    "kanji": written(KANJI),
    "kanji 4-4-4": written(KANJI, "ー"),
    "circled": written(CIRCLED),
    "circled 4-4-4": written(CIRCLED, " "),
    "raised": written(RAISED),
    "zero width 4-4-4": zero_width,
    "zero width anywhere": zero_width_everywhere,
    "one digit a box": boxed,
    "one digit a blank": spaced,
    "3-3-3-3": sized(3, 3, 3, 3),
    "6-6": sized(6, 6),
    "4-8": sized(4, 8),
    "wrapped": wrapped,
    "followed by a year": with_year,
    **BY_DESIGN_MISSED,
}

EXTRA: dict[str, Disguise] = {
    "8-4": sized(8, 4),
    "pairs": sized(2, 2, 2, 2, 2, 2),
    "brackets as boxes": bracketed_boxes,
    "boxes in fours": spaced_in_fours,
    "4-4-4 wrapped": wrapped_fours,
    "4-4-4, two signs": mixed_signs,
    "4-4-4 before a year": fours_with_year,
    "4-4-4 の": fours("の"),
    "4-4-4 tilde": fours("～"),
    "4-4-4 読点": fours("、"),
    "4-4-4 colon": fours(":"),
    "4-4-4 tab": fours("\t"),
    "4-4-4 in brackets": lambda rng, number: "".join(f"({part})" for part in grouped(number, 4, 4, 4)),
    "thousands": lambda rng, number: ",".join(grouped(number, 3, 3, 3, 3)),
    "kanji, round zero": written(ROUND),
    "kanji, formal": written(FORMAL),
    "kanji 4-4-4 blank": written(KANJI, "　"),
    "arabic": written(ARABIC),
    "bold": written(BOLD),
    "bracketed digits": written(BRACKETED),
    "keycaps": lambda rng, number: "".join(char + "\ufe0f\u20e3" for char in number),
    "struck through": lambda rng, number: "".join(char + "\u0336" for char in number),
    "page code": lambda rng, number: "".join(f"&#{ord(char.translate(FULL))};" for char in number),
    "bold tags": lambda rng, number: "".join(f"<b>{part}</b>" for part in grouped(number, 4, 4, 4)),
    "address code": lambda rng, number: "%20".join(grouped(number, 4, 4, 4)),
    "log code": lambda rng, number: "".join(f"\\u{ord(char.translate(FULL)):04x}" for char in number),
    "float": lambda rng, number: number + ".0",
}
