"""Confirm who gave a row's yen and for what: allocations, the term they buy, the payer name they teach."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from donations.models import Allocation, ReconcileBatch, Transaction
from donations.predicting import Payers, Predicted, note_decisions
from donations.remembered_payers import remembered_payers
from donations.reversing import link_reversal, unlink_reversal
from donations.row_state import RowsChanged, lock_row, lock_rows, refuse_unless_open
from donations.setting_aside import set_aside, undo_set_aside
from donations.share_checks import refuse_unless_possible
from donations.shares import DUES, Share
from donations.undoing import undo, undo_batch
from members.in_parts import in_parts
from members.learning import Learned, learn_payer_names
from members.models import Supporter
from members.renewing import Renewal, renew_many
from privacy.errors import Refused
from privacy.inserting import insert_rows
from privacy.recording import record

__all__ = [
    "Decision",
    "RowsChanged",
    "confirm",
    "confirm_many",
    "link_reversal",
    "mark_receipted",
    "set_aside",
    "undo",
    "undo_batch",
    "undo_set_aside",
    "unlink_reversal",
    "unmark_receipted",
]


SHARE_COLUMNS = ("supporter_id", "purpose", "amount_yen", "fiscal_year", "units")
"""What an allocation takes from its share as it is."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a row's yen are; `expected_open_yen` is what the person was shown as still open.

    `predicted` is what the program held to be the best answer, for its record; None where it was not asked.
    """

    transaction_id: int
    shares: Sequence[Share]
    expected_open_yen: int
    predicted: Predicted | None = None


def confirm(
    *,
    transaction_id: int,
    shares: Sequence[Share],
    automatic: bool = False,
    batch: ReconcileBatch | None = None,
    learn: bool = True,
    expected_open_yen: int | None = None,
    predicted: Predicted | None = None,
    at: datetime,
    by: str,
) -> list[int]:
    """Confirm one row under its lock: write its allocations, renew terms, learn the payer name.

    Gives the keys of the allocations, in the order of `shares`. Without `batch` it gets one of its own. `learn=False` where the payer text says nothing about who paid.
    Raises `Transaction.DoesNotExist`; `Refused` with the codes of `donations.row_state.refuse_unless_open` and
    `donations.share_checks.refuse_unless_possible`, or "unknown_supporter". Nothing is written then.
    """
    with transaction.atomic():
        row = lock_row(transaction_id)
        refuse_unless_open(row, expected_open_yen=expected_open_yen)
        refuse_unless_possible(shares, open_yen=row.open_yen)
        people = _supporters(share.supporter_id for share in shares)
        batch = batch or ReconcileBatch.objects.create(at=at, by=by, automatic=automatic)
        made = _allocate([(row, shares)], batch=batch, automatic=automatic, at=at, by=by)
        note_decisions(decided=[(row.pk, _payers(shares), predicted)], at=at)
        if learn:
            learn_payer_names(learned=_learned([(row, shares)], people), at=at, by=by)
        record(action="donations.confirmed", at=at, by=by, subject=row, changed=("allocations",), count=len(made))
    return made


def confirm_many(
    *, decisions: Sequence[Decision], automatic: bool, at: datetime, by: str
) -> ReconcileBatch:
    """Confirm many rows as one batch, all or none, in few queries for 500 rows. Names are learned at the end.

    Raises `RowsChanged` (it carries the rows) where any row has other yen to decide about than was shown, else
    as `confirm`; "no_shares" without decisions.
    """
    if not decisions:
        raise Refused(_("確定する入金がありません。1件以上に印を付けてください。"), code="no_shares")
    with transaction.atomic():
        batch = ReconcileBatch.objects.create(at=at, by=by, automatic=automatic)
        changed: list[int] = []
        learned: list[Learned] = []
        people: dict[int, Supporter] = {}
        for part in in_parts(decisions):
            rows = lock_rows(decision.transaction_id for decision in part)
            changed.extend(_changed(part, rows))
            if changed:
                continue
            pairs = [(rows[decision.transaction_id], decision.shares) for decision in part]
            for row, shares in pairs:
                refuse_unless_possible(shares, open_yen=row.open_yen)
            named = {share.supporter_id for _row, shares in pairs for share in shares}
            people |= _supporters(named - people.keys())
            _allocate(pairs, batch=batch, automatic=automatic, at=at, by=by)
            note_decisions(decided=[(one.transaction_id, _payers(one.shares), one.predicted) for one in part], at=at)
            learned.extend(_learned(pairs, people))
        if changed:
            raise RowsChanged(changed)
        learn_payer_names(learned=learned, at=at, by=by)
        record(action="donations.batch_confirmed", at=at, by=by, subject=batch, count=len(decisions))
    return batch


def mark_receipted(*, allocation_ids: Collection[int], at: datetime) -> int:
    """A receipt names these allocations now: from here on `undo` refuses them. Gives how many were marked.

    Raises `Refused` "not_receiptable" where one is undone, has a receipt already or does not exist.
    """
    with transaction.atomic():
        marked = sum(
            Allocation.objects.unreceipted().filter(pk__in=part).update(receipted_at=at)
            for part in in_parts(sorted(set(allocation_ids)))
        )
        if marked != len(set(allocation_ids)):
            raise Refused(
                _("領収書を出そうとした入金のなかに、取り消されたもの、またはもう領収書を出したものがあります。"),
                code="not_receiptable",
            )
    return marked


def unmark_receipted(*, allocation_ids: Collection[int]) -> int:
    """The receipt that named these allocations is void: they may be undone again. Gives how many were marked."""
    with transaction.atomic():
        return sum(
            Allocation.objects.filter(pk__in=part, receipted_at__isnull=False).update(receipted_at=None)
            for part in in_parts(sorted(set(allocation_ids)))
        )


def _changed(decisions: Iterable[Decision], rows: Mapping[int, Transaction]) -> list[int]:
    """The rows that have not the open yen that were shown."""
    return [
        decision.transaction_id
        for decision in decisions
        if decision.transaction_id not in rows
        or rows[decision.transaction_id].open_yen != decision.expected_open_yen
        or not decision.expected_open_yen
    ]


def _payers(shares: Iterable[Share]) -> Payers:
    return frozenset(share.supporter_id for share in shares)


def _supporters(ids: Iterable[int | None]) -> dict[int, Supporter]:
    wanted = sorted({one for one in ids if one is not None})
    found = {pk: one for part in in_parts(wanted) for pk, one in Supporter.objects.only("pk").in_bulk(part).items()}
    if len(found) < len(wanted):
        raise Refused(_("選んだ支援者が名簿にいません。もう一度さがしてください。"), code="unknown_supporter")
    return found


def _allocate(
    pairs: Sequence[tuple[Transaction, Sequence[Share]]],
    *,
    batch: ReconcileBatch,
    automatic: bool,
    at: datetime,
    by: str,
) -> list[int]:
    """Write the terms, then the allocations that bought them; no checks any more. Gives the allocations' keys."""
    flat = [(row, share) for row, shares in pairs for share in shares]
    renewals = [
        Renewal(share.supporter_id, share.units, share.unit_price_yen, share.fiscal_year, row.booked_on)
        for row, share in flat
        if share.purpose == DUES and share.supporter_id is not None
    ]
    terms = iter(renew_many(renewals=renewals, at=at, by=by))
    return insert_rows(
        like=Allocation(batch=batch, automatic=automatic, confirmed_at=at, confirmed_by=by),
        columns={
            "transaction_id": [row.pk for row, _share in flat],
            "term_id": [next(terms) if share.purpose == DUES else None for _row, share in flat],
            **{name: [getattr(share, name) for _row, share in flat] for name in SHARE_COLUMNS},
        },
    )


def _learned(
    pairs: Iterable[tuple[Transaction, Sequence[Share]]], people: Mapping[int, Supporter]
) -> list[Learned]:
    """Which payer text stood for whom; nobody where all of it was given anonymously."""
    yen: list[tuple[Transaction, Counter[int | None]]] = []
    for row, shares in pairs:
        payers: Counter[int | None] = Counter()
        for share in shares:
            payers[share.supporter_id] += share.amount_yen
        yen.append((row, payers))
    return [
        Learned(one.text, [people[pk] for pk in one.supporter_ids], one.row.booked_on, one.last_text)
        for one in remembered_payers(yen)
    ]
