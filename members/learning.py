"""Remember under which name a supporter paid, and be less sure after an undo. Nothing is trained: every row is shown."""

from collections.abc import Iterable, Sequence, Set
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Max

from members.in_parts import in_parts
from members.models import NameOrigin, PayerName, Supporter
from members.naming import verify_readings
from members.payer_names import KEY_LENGTH, payer_key
from privacy.inserting import insert_rows
from privacy.recording import record
from privacy.updating import update_rows

IDENTITY = ("key", "supporter_id", "joint_group")
CHANGING = ("confirmed_count", "last_confirmed_on", "blocked_for_auto", "as_written", "last_text")
"""The columns of a learned name that tell it from others, and those that a confirmation changes."""
Weakened = tuple[str, Sequence[Supporter]]
Payers = frozenset[int | None]


class Learned(NamedTuple):
    """A transfer that a person (or the program, undoably) credited to `supporters`: none of them is nobody of ours.

    `payer_text` is what names the payer; `last_text` all that the bank wrote in its place, "" where that is not known.
    """

    payer_text: str
    supporters: Sequence[Supporter]
    on: date
    last_text: str = ""


def learn_payer_name(
    *, payer_text: str, supporters: Sequence[Supporter], on: date, at: datetime, by: str
) -> None:
    """Learn that a transfer named `payer_text`, booked on `on`, came from `supporters`.

    None of them: it is nobody's (a one-off giver). Several: they pay jointly. A text without a key teaches nothing.
    """
    learn_payer_names(learned=[Learned(payer_text, supporters, on)], at=at, by=by)


def learn_payer_names(*, learned: Sequence[Learned], at: datetime, by: str) -> int:
    """Learn many in few queries; one audit event counts them.

    Each confirmation counts one and lifts the mark of an earlier undo. A reading that was only guessed is verified
    by the first transfer that shows it. Returns how many had a key.
    """
    with transaction.atomic():
        return len(learn_rows(learned=learned, at=at, by=by))


def learn_rows(*, learned: Sequence[Learned], at: datetime, by: str) -> list[tuple[int, PayerName]]:
    """Do so inside the caller's transaction; give (place in `learned`, stored name) of each that had a key.

    Of a joint payment it is the first name of its group.
    """
    keyed = [(place, key, one) for place, one in enumerate(learned) if (key := payer_key(one.payer_text))]
    if not keyed:
        return []
    known = _Known(key for _place, key, _one in keyed)
    names = []
    for place, key, one in keyed:
        rows = known.rows(key, payers_of(one.supporters), one.payer_text)
        for row in rows:
            row.confirmed_count += 1
            row.blocked_for_auto = False
            seen = (one.on, one.last_text[:KEY_LENGTH], one.payer_text[:KEY_LENGTH])
            if seen >= (row.last_confirmed_on or date.min, row.last_text, row.as_written):
                row.last_confirmed_on, row.last_text, row.as_written = seen
        names.append((place, rows[0]))
    known.save()
    verify_readings(proposed=known.verified(names), at=at, by=by)
    record(action="members.payer_names_learned", at=at, by=by, count=len(keyed))
    return names


def weaken_payer_name(*, payer_text: str, supporters: Sequence[Supporter], at: datetime, by: str) -> None:
    """Take one confirmation back and never confirm this name for these supporters automatically again.

    Their registered names with the same key are blocked as well, since the automatic match may have come from one.
    """
    weaken_payer_names(weakened=[(payer_text, supporters)], at=at, by=by)


def weaken_payer_names(*, weakened: Sequence[Weakened], at: datetime, by: str) -> int:
    """Weaken many (payer text, supporters) in few queries; one audit event counts them. Returns how many had a key."""
    keyed = [(key, text, payers_of(supporters)) for text, supporters in weakened if (key := payer_key(text))]
    if not keyed:
        return 0
    known = _Known(key for key, _text, _payers in keyed)
    for key, text, payers in keyed:
        for row in known.rows(key, payers, text):
            row.confirmed_count = max(0, row.confirmed_count - 1)
            row.blocked_for_auto = True
    with transaction.atomic():
        known.save()
        _block({(key, payer) for key, _text, payers in keyed for payer in payers})
        record(action="members.payer_name_weakened", at=at, by=by, count=len(keyed))
    return len(keyed)


def _block(wanted: Set[tuple[str, int | None]]) -> None:
    """Mark every row of these (key, supporter) that stands for the supporter alone."""
    for keys in in_parts(sorted({key for key, _payer in wanted})):
        rows = PayerName.objects.filter(key__in=keys, joint_group=0, blocked_for_auto=False)
        found = [pk for pk, key, payer in rows.values_list("pk", "key", "supporter_id") if (key, payer) in wanted]
        for pks in in_parts(found):
            PayerName.objects.filter(pk__in=pks).update(blocked_for_auto=True)


def payers_of(supporters: Sequence[Supporter]) -> Payers:
    """Give the ids of who pays under a name; {None} stands for nobody of ours."""
    return frozenset(one.pk for one in supporters) or frozenset({None})


class _Known:
    """The learned rows of some keys, loaded once; `rows` adds what is missing, `save` writes."""

    def __init__(self, keys: Iterable[str]) -> None:
        self.found: dict[tuple[str, Payers], list[PayerName]] = {}
        self.proposed: dict[tuple[str, int | None], PayerName] = {}
        groups: dict[tuple[str, int], list[PayerName]] = {}
        for chunk in in_parts(sorted(set(keys))):
            for row in PayerName.objects.filter(key__in=chunk, origin__in=(NameOrigin.LEARNED, NameOrigin.PROPOSED_READING)):
                if row.origin == NameOrigin.PROPOSED_READING:
                    self.proposed[row.key, row.supporter_id] = row
                elif row.joint_group:
                    groups.setdefault((row.key, row.joint_group), []).append(row)
                else:
                    self.found[row.key, frozenset({row.supporter_id})] = [row]
        for (key, _group), rows in groups.items():
            self.found[key, frozenset(row.supporter_id for row in rows)] = rows
        self.touched: dict[int, PayerName] = {}
        self.new: list[PayerName] = []
        self.last_group: int | None = None

    def rows(self, key: str, payers: Payers, text: str) -> list[PayerName]:
        """Give the row of a payer, or the rows of all who pay jointly, made where there are none."""
        rows = self.found.get((key, payers))
        if rows is None:
            group = self._next_group() if len(payers) > 1 else 0
            rows = [
                PayerName(
                    key=key,
                    as_written=text[:KEY_LENGTH],
                    origin=NameOrigin.LEARNED,
                    supporter_id=payer,
                    joint_group=group,
                )
                for payer in sorted(payers, key=lambda pk: pk or 0)
            ]
            self.found[key, payers] = rows
            self.new.extend(rows)
        self.touched |= {row.pk: row for row in rows if row.pk}
        return rows

    def verified(self, names: Iterable[tuple[int, PayerName]]) -> list[PayerName]:
        """Give the guessed readings that these learned names of one supporter confirm."""
        if not self.proposed:
            return []
        places = {(name.key, name.supporter_id) for _place, name in names if not name.joint_group}
        return [row for place, row in self.proposed.items() if place in places]

    def save(self) -> None:
        """Write what `rows` gave and the caller changed; the new rows get their keys."""
        if self.new:
            keys = insert_rows(like=PayerName(origin=NameOrigin.LEARNED), columns=_columns(self.new, IDENTITY + CHANGING))
            for row, key in zip(self.new, keys, strict=True):
                row.pk = key
        if self.touched:
            changed = list(self.touched.values())
            update_rows(model=PayerName, keys=list(self.touched), columns=_columns(changed, CHANGING))

    def _next_group(self) -> int:
        if self.last_group is None:
            self.last_group = PayerName.objects.aggregate(last=Max("joint_group"))["last"] or 0
        self.last_group += 1
        return self.last_group


def _columns(rows: Sequence[PayerName], names: Iterable[str]) -> dict[str, list[Any]]:
    return {name: [getattr(row, name) for row in rows] for name in names}
