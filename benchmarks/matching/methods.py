"""The methods that are compared: ours, and the plain ones it has to beat.  Each gives an ``Answer`` for each row."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from rapidfuzz import fuzz, process

from donations.matching.gate import Policy
from donations.matching.in_memory import InMemoryRegister
from donations.matching.learned import Confirmed, learned_names
from donations.matching.lines import Line
from donations.matching.match import match_batch
from donations.matching.rates import population_of
from donations.matching.suggestions import Pile
from japanese.names import comparison_key

if TYPE_CHECKING:
    from benchmarks.matching.transfers import World
    from benchmarks.matching.world import Row

_CHANNEL_WORD = {"bank": "振込", "direct": "送金", "slip": "払込み"}
_BATCH = 1000


@dataclass(slots=True)
class Answer:
    """What a method says about one row: ranked supporters with confidence, and whether it would act by itself."""

    ranked: list[tuple[int, float]]
    auto: bool
    ids: tuple[int, ...]
    confidence: float
    asks: tuple[str, ...] = ()


def line_of(row: Row) -> Line:
    """Return a row of the benchmark as a bank line."""
    return Line(row.id, row.on, row.amount_yen, 0, row.payer, row.message, _CHANNEL_WORD.get(row.channel, ""))


class Method(Protocol):
    """What every method can do."""

    def answers(self, rows: list[Row]) -> list[Answer]: ...


class Ours:
    """donations.matching itself, built from the register and last year's ledger."""

    def __init__(self, world: World, policy: Policy, *, with_history: bool = True) -> None:
        people = [member.as_person() for member in world.members]
        if not with_history:
            people = [replace(person, last_amount_yen=None, last_paid_on=None) for person in people]
        confirmed = [Confirmed(line_of(row), frozenset(row.ids)) for row in world.history] if with_history else []
        self.policy = policy
        self.register = InMemoryRegister(people, learned_names(confirmed), population=population_of(people, confirmed))
        self.register.prepare()

    def answers(self, rows: list[Row]) -> list[Answer]:
        found = []
        for start in range(0, len(rows), _BATCH):
            for match in match_batch([line_of(row) for row in rows[start : start + _BATCH]], self.register, policy=self.policy):
                ranked = [(suggestion.supporter_id, suggestion.confidence) for suggestion in match.suggestions]
                auto = match.pile is Pile.CERTAIN
                asks = tuple(reason.code for reason in match.asks)
                found.append(Answer(ranked, auto, match.supporter_ids, 1.0 - match.expected_error, asks))
        return found


class ExactKey:
    """One supporter with exactly this normalised name; with ``learn`` also names confirmed last year."""

    def __init__(self, world: World, *, learn: bool, raw: bool = False) -> None:
        self.key = (lambda text: text) if raw else (lambda text: comparison_key(text)[1])
        self.known: dict[str, set[tuple[int, ...]]] = {}
        for member in world.members:
            for text in (member.kanji, member.reading):
                if text and not raw:
                    self.known.setdefault(self.key(text), set()).add((member.id,))
        for row in world.history if learn else ():
            self.known.setdefault(self.key(row.payer), set()).add(tuple(row.ids))

    def answers(self, rows: list[Row]) -> list[Answer]:
        found = []
        for row in rows:
            owners = sorted(self.known.get(self.key(row.payer), ()))
            ids = owners[0] if len(owners) == 1 else ()
            ranked = [(supporter, 1.0) for owner in owners for supporter in owner][:3]
            found.append(Answer(ranked, bool(ids), ids, 1.0))
        return found


class AllPairs:
    """rapidfuzz ratio against every name; acts by itself on one exact key, else only ranks."""

    def __init__(self, world: World) -> None:
        self.exact = ExactKey(world, learn=False)
        self.names = sorted((key, ids) for key, owners in self.exact.known.items() for ids in owners)

    def answers(self, rows: list[Row]) -> list[Answer]:
        found = self.exact.answers(rows)
        texts = [name for name, _ids in self.names]
        for row, answer in zip(rows, found, strict=True):
            if not answer.auto:
                near = process.extract(comparison_key(row.payer)[1], texts, scorer=fuzz.ratio, limit=3)
                answer.ranked = [(self.names[place][1][0], score / 100) for _text, score, place in near]
        return found


class WordsInText:
    """A rule as bookkeeping programs have it: the first partner all of whose words of two signs and more stand in the text.

    Stated in our words after matching.md, section 4 (OCA account_reconcile_model_oca); width and spaces are folded, which the
    original does not do, so that half-width kana has a chance.
    """

    def __init__(self, world: World) -> None:
        self.words: list[tuple[tuple[str, ...], int]] = []
        for member in world.members:
            for text in (member.kanji, member.reading):
                words = tuple(key for word in text.split() if len(key := comparison_key(word)[1]) > 1)
                if words:
                    self.words.append((words, member.id))

    def answers(self, rows: list[Row]) -> list[Answer]:
        found = []
        for row in rows:
            text = comparison_key(row.payer)[1]
            owners = list(dict.fromkeys(owner for words, owner in self.words if all(word in text for word in words)))[:3]
            found.append(Answer([(owner, 1.0) for owner in owners], bool(owners), tuple(owners[:1]), 1.0))
        return found
