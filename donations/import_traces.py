"""What hangs on an import: why it cannot be undone now, and what to do first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import CASCADE, Model, Q, QuerySet
from django.utils.translation import gettext as _

from donations.calendar_months import first_of, last_of, month_words
from donations.models import (
    Allocation,
    BankStatement,
    MonthClosing,
    Reversal,
    SetAside,
    SetAsideReason,
    Transaction,
)
from donations.month_chain import uncovered
from donations.months import closed_now
from donations.told_days import shown_whole, told

ROWS_NAMED = 5
MARKS = ("undone_at", "withdrawn_at")
"""Fields by which our tables mark a record that stands no longer."""


@dataclass(frozen=True, slots=True)
class Trace:
    """One kind of thing that hangs on an import, `count` of it; `words` say so and `next` what to do.

    `rows` are the first of the rows it hangs on, `imports` the later files and `months` the closed months: to link to.
    """

    count: int
    words: str
    next: str
    rows: Sequence[Transaction] = ()
    imports: Sequence[BankStatement] = ()
    months: Sequence[MonthClosing] = ()


def traces(statement: BankStatement) -> list[Trace]:
    """All that hangs on the import, [] when it may be undone. Read it under the account's lock to act."""
    rows = Transaction.objects.filter(statement=statement).order_by("position")
    found = [*_closed_months(statement), *_later_imports(statement), *_receipted(rows)]
    for model, names in _reverse_links().items():
        ids = _rows_with(model, names, rows)
        if ids:
            words, what_next = _words(model, len(ids))
            found.append(Trace(len(ids), words, what_next, rows=list(rows.filter(pk__in=ids)[:ROWS_NAMED])))
    return found


def _reverse_links() -> dict[type[Model], list[str]]:
    """Every model with foreign keys to a row of the ledger, with the names of these; also those of rooms above.

    What would be deleted with its row (CASCADE) is a note of ours about it and holds nothing.
    """
    found: dict[type[Model], list[str]] = {}
    for relation in Transaction._meta.related_objects:
        if relation.on_delete is CASCADE:
            continue
        found.setdefault(relation.related_model, []).append(relation.field.name)
    return found


def _rows_with(model: type[Model], names: Sequence[str], rows: QuerySet[Transaction]) -> set[int]:
    """Ids of the rows that a standing record of `model` points to."""
    fields = {field.name for field in model._meta.get_fields()}
    standing = Q(**{mark: None for mark in MARKS if mark in fields})
    pointed: set[int] = set()
    for name in names:
        records = model._base_manager.filter(standing, **{f"{name}__in": rows.order_by()})
        if model is SetAside:
            records = records.exclude(reason=SetAsideReason.REVERSED)  # it stands and falls with its 組戻
        pointed.update(records.values_list(f"{name}_id", flat=True))
    return pointed


def _words(model: type[Model], count: int) -> tuple[str, str]:
    if model is Allocation:
        return (
            _("だれの入金かを確定した行が%(count)d件あります。") % {"count": count},
            _("その行のページで、確定を取り消してください。"),
        )
    if model is SetAside:
        return (
            _("保留・対象外にした行が%(count)d件あります。") % {"count": count},
            _("その行のページで、保留・対象外を取り消してください。"),
        )
    if model is Reversal:
        return (
            _("組戻を決めた行が%(count)d件あります。") % {"count": count},
            _("出金の行のページで、組戻を取り消してください。"),
        )
    return (
        _("「%(name)s」が付いている行が%(count)d件あります。") % {"name": model._meta.verbose_name, "count": count},
        _("先に、それを行から外してください。"),
    )


def _receipted(rows: QuerySet[Transaction]) -> Iterable[Trace]:
    named = rows.filter(allocations__undone_at=None, allocations__receipted_at__isnull=False).distinct()
    count = named.count()
    if count:
        yield Trace(
            count,
            _("領収書を出した行が%(count)d件あります。") % {"count": count},
            _("「領収書」のページで、その領収書を無効にしてください。"),
            rows=list(named[:ROWS_NAMED]),
        )


def _later_imports(statement: BankStatement) -> Iterable[Trace]:
    """Later files were compared with the rows of this one, or joined to its balance: they go first."""
    later = BankStatement.objects.filter(account=statement.account_id, pk__gt=statement.pk).exclude(row_count=0)
    imports = list(later.order_by("-pk"))
    if imports:
        yield Trace(
            len(imports),
            _("この口座に、このファイルのあとで取り込んだファイルが%(count)d個あります。") % {"count": len(imports)},
            _("あとのファイルは、このファイルの残高をもとに確かめてあります。新しく取り込んだものから順に取り消してください。"),
            imports=imports,
        )


def _closed_months(statement: BankStatement) -> Iterable[Trace]:
    """Months that were closed with a row of this import, or on the strength of the days that it alone shows whole."""
    days = told(statement)
    if days is None:
        return
    standing = closed_now().filter(account=statement.account_id, month__gte=first_of(days[0]), month__lte=days[1])
    months = [closing for closing in standing if _rests_on(statement, closing)]
    if months:
        yield Trace(
            len(months),
            _("締めた月(%(months)s)の明細があります。") % {"months": "、".join(month_words(one.month) for one in months)},
            _("口座のページで、その月を開いてください。"),
            months=months,
        )


def _rests_on(statement: BankStatement, closing: MonthClosing) -> bool:
    month = (closing.month, last_of(closing.month))
    if Transaction.objects.filter(statement=statement, booked_on__range=month).exists():
        return True
    own = shown_whole(statement)
    if own is None:
        return False
    files = BankStatement.objects.filter(account=statement.account_id).exclude(pk=statement.pk)
    others = [days for one in files if (days := shown_whole(one))]
    return uncovered(month, others) != uncovered(month, [*others, own])
