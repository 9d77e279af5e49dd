"""Who may have paid each row, with reasons: the stored ledger and register, wired to the pure matching."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date
from functools import cached_property

from django.db.models import QuerySet

from donations.bank_lines import line_of, whole_slip
from donations.certainty import current_policy
from donations.matching.gate import Policy
from donations.matching.match import match_batch, without_garbage_collection
from donations.matching.register import Person
from donations.matching.suggestions import Evidence, Match, Pile, Suggestion
from donations.models import Slip, Transaction
from donations.payer_register import Crowd, StoredRegister
from donations.payment_rules import current_rules
from donations.predicting import Predicted
from donations.row_answers import Candidate, RowSuggestions
from donations.shares import FIRST_UNPAID, Payer, default_shares, joint_shares
from donations.slip_suggestions import SlipAnswer, lines_of_parts, parts_of, verdict
from donations.slips import slips_of
from donations.withdrawals import rows_said_to_be_returned
from members.in_parts import in_parts
from members.models import MembershipTerm

__all__ = ["Candidate", "RowSuggestions", "Suggester", "predicted_for", "suggest", "suggest_all"]

NO_PRICE = Evidence("no_price", "この日の1口の金額が「会の設定」にありません。金額の分けかたを確かめてください。", speaks_for=False)
PART_DECIDED = Evidence("part_decided", "この入金の一部は、もう決まっています。残りだけを決めてください。", speaks_for=False)
RETURNED = Evidence("returned", "同じ払込人名・同じ金額の組戻があります。銀行が返した入金かもしれません。", speaks_for=False)
TWICE = Evidence("twice", "同じ方の入金がほかにもあります。どの年度の分か、1件ずつ確かめてください。", speaks_for=False)


def suggest(transactions: Iterable[Transaction], suggester: "Suggester | None" = None) -> list[RowSuggestions]:
    """One answer for each unreconciled row, in the order given; the rows carry `open_yen` (`with_open_yen()`)."""
    return list((suggester or Suggester()).suggest(list(transactions)))


def predicted_for(row: Transaction) -> Predicted | None:
    """What the program held about a row before a person decides it; None where a part of it is decided already."""
    if row.open_yen != row.received_yen:
        return None
    (answer,) = suggest([row])
    return answer.predicted


def suggest_all(
    rows: QuerySet[Transaction] | None = None, suggester: "Suggester | None" = None
) -> Iterator[RowSuggestions]:
    """Answers for all unreconciled rows (or for `rows`), oldest first, read in parts so that memory stays flat."""
    suggester = suggester or Suggester()
    found = Transaction.objects.unreconciled() if rows is None else rows
    ordered = found.order_by("booked_on", "account_id", "position")
    repeated = suggester.payers_with_several(ordered) if suggester.rules.fiscal_year_rule == FIRST_UNPAID else {}
    returned = rows_said_to_be_returned()
    for part in in_parts(ordered.iterator(chunk_size=500)):
        for row in suggester.suggest(part):
            yield _ask_about_return(_ask_about_year(row, repeated), returned)


class Suggester:
    """Reads the rules and the register once, then answers for any number of rows.

    `confidence`: the least probability (0 to 1) of a CERTAIN row; None: as `donations.certainty.current_policy` has it.
    """

    def __init__(self, confidence: float | None = None) -> None:
        self.rules = current_rules()
        self.confidence = confidence
        self.crowd = Crowd(self.rules)
        self._registers: dict[date, StoredRegister] = {}

    @cached_property
    def policy(self) -> Policy:
        """How sure the program must be."""
        return current_policy(self.confidence)

    @without_garbage_collection()
    def suggest(self, transactions: Sequence[Transaction]) -> list[RowSuggestions]:
        """One answer for each row, in the order given."""
        slips = slips_of(transactions)
        matches: dict[int, tuple[Match, StoredRegister]] = {}
        of_slips: dict[int, Match] = {}
        for price_day, rows in self._by_price(transactions).items():
            register = self._register(price_day)
            lines = [line_of(row, whole_slip(slips.get(row.pk, ()))) for row in rows]
            for match in match_batch(lines, register, policy=self.policy):
                matches[match.line_id] = (match, register)
            if parts := lines_of_parts(rows, slips):
                of_slips |= {match.line_id: match for match in match_batch(parts, register, policy=self.policy)}
        paid_years = self._paid_years((*(match for match, _register in matches.values()), *of_slips.values()))
        return [
            self._by_slips(row, [(slip, of_slips[slip.pk]) for slip in of_row], matches[row.pk][1], paid_years)
            if (of_row := parts_of(row, slips))
            else self._answer(row, *matches[row.pk], paid_years, whole_slip(slips.get(row.pk, ())))
            for row in transactions
        ]

    def payer(self, person: Person, paid_years: Collection[int] = ()) -> Payer:
        """What sharing needs to know of this supporter."""
        return Payer(person.id, person.kind, person.last_amount_yen, paid_years)

    def candidate(self, transaction: Transaction, supporter_id: int) -> Candidate | None:
        """The shares of a row for a supporter whom a person chose; None where there is no such supporter."""
        return next(iter(self.candidates(transaction, [supporter_id])), None)

    def candidates(self, transaction: Transaction, supporters: Sequence[int]) -> list[Candidate]:
        """The same for several supporters, in their order, without those who do not exist."""
        register = self._register(self._price_day(transaction.booked_on))
        known = register.people(supporters)
        paid = self._read_paid_years(known)
        return [self._candidate(transaction, Suggestion(one, 0.0, ()), register, paid) for one in known]

    def _answer(
        self,
        row: Transaction,
        match: Match,
        register: StoredRegister,
        paid_years: Mapping[int, Collection[int]],
        slip: Slip | None,
    ) -> RowSuggestions:
        candidates = tuple(self._candidate(row, one, register, paid_years) for one in match.suggestions)
        shares = candidates[0].shares if candidates else ()
        asks = list(match.asks)
        people = {one: register.person(one) for one in match.supporter_ids}
        if match.joint_ids:
            payers = [self.payer(people[one], paid_years.get(one, ())) for one in match.joint_ids]
            shares = joint_shares(amount_yen=row.open_yen, payers=payers, paid_on=row.booked_on, rules=self.rules)
        if any(not person.unit_price_yen for person in people.values()):
            asks.append(NO_PRICE)
        if row.open_yen != row.received_yen:
            asks.append(PART_DECIDED)
        return RowSuggestions(
            transaction=row,
            open_yen=row.open_yen,
            pile=Pile.LIKELY if asks and match.pile is Pile.CERTAIN else match.pile,
            candidates=candidates,
            asks=tuple(asks),
            payers=tuple(people.values()),
            shares=shares,
            expected_error=match.expected_error,
            slip=slip,
        )

    def _by_slips(
        self,
        row: Transaction,
        matched: Sequence[tuple[Slip, Match]],
        register: StoredRegister,
        paid_years: Mapping[int, Collection[int]],
    ) -> RowSuggestions:
        """The answer for a row whose slips are matched one by one; nobody is credited with a row that is decided in part."""
        answers = []
        for slip, match in matched:
            people = register.people(match.supporter_ids)
            payers = [self.payer(one, paid_years.get(pk, ())) for pk, one in people.items()]
            yen, day = slip.amount_yen, row.booked_on
            shares = joint_shares(amount_yen=yen, payers=payers, paid_on=day, rules=self.rules) if payers else ()
            answers.append(SlipAnswer(slip, match, tuple(people.values()), shares))
        found = verdict(row, answers, () if row.open_yen == row.received_yen else [PART_DECIDED])
        return RowSuggestions(
            transaction=row,
            open_yen=row.open_yen,
            pile=found.pile,
            candidates=(),
            asks=found.asks,
            payers=found.payers,
            shares=found.shares,
            expected_error=found.expected_error,
            slips=tuple(answers),
        )

    def _candidate(
        self,
        row: Transaction,
        suggestion: Suggestion,
        register: StoredRegister,
        paid_years: Mapping[int, Collection[int]],
    ) -> Candidate:
        person = register.person(suggestion.supporter_id)
        payer = self.payer(person, paid_years.get(person.id, ()))
        shares = default_shares(amount_yen=row.open_yen, payer=payer, paid_on=row.booked_on, rules=self.rules)
        return Candidate(person, suggestion, shares, row.pk, row.open_yen)

    def payers_with_several(self, rows: QuerySet[Transaction]) -> Mapping[int, int]:
        """{supporter: rows} of the best answers, for supporters with more than one row to decide."""
        found: Counter[int] = Counter()
        for part in in_parts(rows.iterator(chunk_size=500)):
            found.update(one for answer in self.suggest(part) for one in {share.supporter_id for share in answer.shares} if one)
        return {supporter: count for supporter, count in found.items() if count > 1}

    def _by_price(self, transactions: Sequence[Transaction]) -> dict[date, list[Transaction]]:
        """The rows by the day from which the prices of their day hold; mostly one group."""
        groups: dict[date, list[Transaction]] = {}
        for row in transactions:
            groups.setdefault(self._price_day(row.booked_on), []).append(row)
        return groups

    def _price_day(self, day: date) -> date:
        starts = [valid_from for _kind, valid_from, _yen in self.rules.prices if valid_from <= day]
        return max(starts, default=date.min)

    def _register(self, price_day: date) -> StoredRegister:
        if price_day not in self._registers:
            self._registers[price_day] = StoredRegister(rules=self.rules, day=price_day, crowd=self.crowd)
        return self._registers[price_day]

    def _paid_years(self, matches: Iterable[Match]) -> Mapping[int, Collection[int]]:
        if self.rules.fiscal_year_rule != FIRST_UNPAID:
            return {}
        return self._read_paid_years(
            {one for match in matches for one in (*match.joint_ids, *(found.supporter_id for found in match.suggestions))}
        )

    def _read_paid_years(self, supporters: Iterable[int]) -> Mapping[int, Collection[int]]:
        """{supporter: fiscal years with a live term}; asked only under the rule that looks at them."""
        if self.rules.fiscal_year_rule != FIRST_UNPAID:
            return {}
        found: dict[int, set[int]] = {}
        for part in in_parts(sorted(supporters)):
            terms = MembershipTerm.objects.filter(supporter__in=part, cancelled_at=None)
            for supporter, year in terms.values_list("supporter_id", "fiscal_year"):
                found.setdefault(supporter, set()).add(year)
        return found


def _ask_about_year(row: RowSuggestions, repeated: Mapping[int, int]) -> RowSuggestions:
    """Where dues go to the first unpaid year, two open rows of one supporter depend on each other: ask."""
    if not row.is_certain or not any(share.supporter_id in repeated for share in row.shares):
        return row
    return replace(row, pile=Pile.LIKELY, asks=(*row.asks, TWICE))


def _ask_about_return(row: RowSuggestions, returned: Set[int]) -> RowSuggestions:
    """A row that the bank seems to have given back is nobody's gift until a person looked at the 組戻."""
    if not row.is_certain or row.transaction.pk not in returned:
        return row
    return replace(row, pile=Pile.LIKELY, asks=(*row.asks, RETURNED))
