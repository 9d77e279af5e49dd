"""Places in a letter where a fact about its reader goes: `{{氏名}}`. Pure: no Django, no database.

The list is closed. Filling is one pass over the text, so that a name that looks like a placeholder stays a name.
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "氏名": "読む人の氏名、団体名",
        "敬称": "個人は「様」、団体は「御中」",
        "支援者番号": "読む人の支援者番号",
        "年度": "送る日の年度(2026 など)",
        "口数": "今年度に払った口数(0 のこともある)",
    }
)
"""Every name that may stand between the braces, and what it becomes."""

EXAMPLE: Mapping[str, str] = MappingProxyType(
    {"氏名": "見本 花子", "敬称": "様", "支援者番号": "00013", "年度": "2026", "口数": "1"}
)
"""An invented reader, for the preview and the test mail."""

ON_PAPER: Mapping[str, str] = MappingProxyType(
    {
        "氏名": "支援者",
        "敬称": "のみなさま",
        "支援者番号": "(宛名のかたの番号)",
        "口数": "(宛名のかたの口数)",
    }
)
"""The paper edition is the same for all. 年度 is the only field that keeps its own value there."""

_PLACEHOLDER = re.compile(r"(?:\{\{|｛｛)[ \t\u3000]*([^{}｛｝\n]*?)[ \t\u3000]*(?:\}\}|｝｝)")
_LOOSE_BRACES = re.compile(r"\{\{|\}\}|｛｛|｝｝")


class UnknownPlaceholder(ValueError):  # noqa: N818 - the writer's slip, not the program's
    """A name between braces that we do not know. Carries `name`, `line` (1-based) and what is accepted."""

    code = "unknown_placeholder"
    column = "本文"

    def __init__(self, name: str, line: int) -> None:
        self.name = name
        self.line = line
        self.accepted = tuple(FIELDS)
        known = " ".join(f"{{{{{field}}}}}" for field in FIELDS)
        self.message = (
            f"{line}行目の {{{{{name}}}}} という差し込みはありません。使える差し込みは {known} です。"
            "名前を直すか、けしてください。"
        )
        super().__init__(self.message)


class BrokenPlaceholder(ValueError):  # noqa: N818
    """Braces that were opened and not closed, or the other way round. Carries `line` (1-based)."""

    code = "broken_placeholder"
    column = "本文"

    def __init__(self, line: int) -> None:
        self.line = line
        self.message = (
            f"{line}行目の差し込みの波かっこ({{{{ と }}}})が、片方しかありません。{{{{氏名}}}} のように、同じ行の中で両側に書いてください。"
        )
        super().__init__(self.message)


def canonical(text: str) -> str:
    """Write every placeholder as `{{name}}`: half-width braces, no spaces inside.

    Raises `UnknownPlaceholder` and `BrokenPlaceholder` for the first slip.

    >>> canonical("｛｛ 氏名 ｝｝ {{敬称}}、こんにちは")
    '{{氏名}} {{敬称}}、こんにちは'
    """

    def known(match: re.Match[str]) -> str:
        if match[1] not in FIELDS:
            raise UnknownPlaceholder(match[1], _line_at(text, match.start()))
        return f"{{{{{match[1]}}}}}"

    written = _PLACEHOLDER.sub(known, text)
    loose = _LOOSE_BRACES.search(_PLACEHOLDER.sub(lambda match: "." * len(match[0]), text))
    if loose:
        raise BrokenPlaceholder(_line_at(text, loose.start()))
    return written


def names_in(text: str) -> tuple[str, ...]:
    """The names of the placeholders in `text`, each once, in the order of the closed list.

    >>> names_in("{{口数}} {{氏名}} {{口数}}")
    ('氏名', '口数')
    """
    found = {match[1] for match in _PLACEHOLDER.finditer(text)}
    return tuple(name for name in FIELDS if name in found)


def fill(text: str, values: Mapping[str, str], *, escape: Callable[[str], str] = str) -> str:
    """Put `values` (each through `escape`) in their places; a name without a value raises KeyError.

    >>> fill("{{氏名}}{{敬称}}", {"氏名": "{{敬称}}", "敬称": "様"})
    '{{敬称}}様'
    """
    return _PLACEHOLDER.sub(lambda match: escape(values[match[1]]), text)


def _line_at(text: str, index: int) -> int:
    return text.count("\n", 0, index) + 1
