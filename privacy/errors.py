"""Refusals: nothing was changed, and the person is told what to do next."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from privacy.national_ids import RULES


class Refused(Exception):  # noqa: N818 - the program refuses; it is not broken
    """Base of every refusal of an action. Nothing was written.

    Carries `code` (stable, snake_case), `message` (full Japanese sentences: what was found, what was expected,
    what to do) and, for files, `line` (1-based) and `column` (the header's or the sheet's word for it).
    """

    code = "refused"

    def __init__(
        self, message: str, *, code: str | None = None, line: int | None = None, column: str | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.code
        self.line = line
        self.column = column


class NationalIdRefused(Refused):
    """A text was refused before it was stored.

    Carries `place` (what the person knows it as: a field label, "12行目 備考") and `rules` (ids out of
    `privacy.national_ids.RULES`). It never carries the text or any part of the number.
    """

    code = "national_id_refused"

    def __init__(
        self, place: str, rules: Sequence[str], *, line: int | None = None, column: str | None = None
    ) -> None:
        self.place = place
        self.rules = tuple(dict.fromkeys(rules))
        super().__init__(refusal_sentence(place, self.rules), line=line, column=column)


def refusal_sentence(place: str, rules: Sequence[str]) -> str:
    """Say in plain Japanese what was refused and what to do; the number is not repeated."""
    kinds = "、".join(RULES.get(rule, "") for rule in dict.fromkeys(rules)).rstrip("。")
    return _(
        "「%(place)s」に、国が個人に付けた番号らしい数字があるため、保存しませんでした(%(kinds)s)。"
        "その番号を消してから、もう一度お試しください。"
        "追跡番号や注文番号のときは、番号のすぐ前に「追跡番号」のように書いてください。"
        "紙の票に番号が書いてあるときは、黒く塗りつぶしてください。"
    ) % {"place": place, "kinds": kinds}
