"""A row that is the sum of several slips: each slip is matched by itself, and the row is shared out slip by slip."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import prod

from django.utils.translation import gettext as _

from donations.bank_lines import line_of_slip, whole_slip
from donations.matching.lines import Line
from donations.matching.register import Person
from donations.matching.suggestions import Evidence, Match, Pile
from donations.models import Slip, Transaction
from donations.shares import Share
from donations.slips import rest_of

EVERY_SLIP = Evidence("slips", "払込票の名前で、それぞれ1人に決まりました。", speaks_for=True)


@dataclass(frozen=True, slots=True)
class SlipAnswer:
    """What one slip of a row says: its match, whom the best answer credits (nobody: no candidate) and with what."""

    slip: Slip
    match: Match
    people: tuple[Person, ...]
    shares: tuple[Share, ...]

    @property
    def is_certain(self) -> bool:
        return self.match.pile is Pile.CERTAIN and all(person.unit_price_yen for person in self.people)


def parts_of(row: Transaction, slips: Mapping[int, Sequence[Slip]]) -> Sequence[Slip]:
    """The slips of a row that is a sum of several, or of which some are not typed yet; none for any other row."""
    of_row = slips.get(row.pk, ())
    return of_row if of_row and whole_slip(of_row) is None else ()


def lines_of_parts(rows: Iterable[Transaction], slips: Mapping[int, Sequence[Slip]]) -> list[Line]:
    """One line for each such slip, under the slip's own id."""
    return [replace(line_of_slip(row, slip), id=slip.pk) for row in rows for slip in parts_of(row, slips)]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The slips of a row taken together: what `donations.suggestions.RowSuggestions` says of the row."""

    pile: Pile
    asks: tuple[Evidence, ...]
    payers: tuple[Person, ...]
    shares: tuple[Share, ...]
    expected_error: float


def verdict(row: Transaction, answers: Sequence[SlipAnswer], asks: Sequence[Evidence]) -> Verdict:
    """The answers of all slips of a row as one; `asks` is what else speaks against confirming it.

    A row that is decided in part is not shared out by slips: nobody can tell whose are decided.
    """
    asked = (*_asks(row, answers), *asks)
    people = {person.id: person for answer in answers for person in answer.people}
    shares = tuple(share for answer in answers for share in answer.shares)
    return Verdict(
        pile=_pile(answers, asked),
        asks=asked,
        payers=tuple(people.values()),
        shares=shares if row.open_yen == row.received_yen else (),
        expected_error=1.0 - prod(1.0 - answer.match.expected_error for answer in answers),
    )


def _pile(answers: Sequence[SlipAnswer], asks: Sequence[Evidence]) -> Pile:
    """CERTAIN only when every slip is, they cover the row whole, and nothing else is asked."""
    if any(not answer.people for answer in answers):
        return Pile.ASK
    return Pile.LIKELY if asks else Pile.CERTAIN


def _asks(row: Transaction, answers: Sequence[SlipAnswer]) -> list[Evidence]:
    """Why a person has to look: yen without a slip, slips without a sure payer, somebody twice."""
    found = []
    if rest := rest_of(row, [answer.slip for answer in answers]):
        sentence = _("この入金には払込票が%(count)d枚付いていて、残りの%(rest)s円の払込票がまだです。")
        found.append(_against("slips_missing", sentence % {"count": len(answers), "rest": f"{rest:,}"}))
    for answer in answers:
        if not answer.is_certain:
            why = answer.match.asks[0].sentence if answer.match.asks else _("目で確かめてください。")
            who = {"name": answer.slip.name_written or _("名前なし"), "yen": f"{answer.slip.amount_yen:,}", "why": why}
            found.append(_against("slip_to_check", _("「%(name)s」の%(yen)s円: %(why)s") % who))
    paid = Counter(person.id for answer in answers for person in answer.people)
    if any(count > 1 for count in paid.values()):
        found.append(_against("slips_twice", _("同じ方の払込票が2枚以上あります。別の方ではないか確かめてください。")))
    return found


def _against(code: str, sentence: str) -> Evidence:
    return Evidence(code, sentence, speaks_for=False)
