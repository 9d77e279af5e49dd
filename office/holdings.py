"""Everything that is held about one supporter, table by table, as the declarations of personal columns say; reads only."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from donations.models import Allocation, PastPayment, Reversal, Slip, Transaction
from members.models import Consent, MembershipTerm, PayerName, Supporter
from newsletters.models import Delivery
from privacy.models import AuditEvent
from privacy.personal_columns import columns_to_disclose, word_of
from receipts.models import Receipt, ReceiptLine, ReceiptReissue

Row = dict[str, str | int | None]


@dataclass(frozen=True, slots=True)
class Holding:
    """One kind of record: its name, and the rows as {word on the screen: value}."""

    title: str
    rows: tuple[Row, ...]


def holdings(supporter: Supporter) -> list[Holding]:
    """All records that tell of this supporter, empty kinds left out; the words of joint payments name others too."""
    paid = Allocation.objects.filter(supporter=supporter)
    returned = Reversal.objects.filter(original__in=paid.values("transaction"))
    rows = Transaction.objects.filter(Q(pk__in=paid.values("transaction")) | Q(pk__in=returned.values("withdrawal")))
    groups = PayerName.objects.filter(supporter=supporter)
    asked: tuple[models.QuerySet[Any], ...] = (
        Supporter.objects.filter(pk=supporter.pk),
        Consent.objects.filter(supporter=supporter),
        groups,
        MembershipTerm.objects.filter(supporter=supporter),
        rows,
        paid,
        Slip.objects.filter(Q(transaction__in=rows) | Q(supporter_number=supporter.number)),
        PastPayment.objects.filter(Q(supporter=supporter) | Q(name__in=groups)),
        Receipt.objects.filter(supporter=supporter),
        ReceiptLine.objects.filter(receipt__supporter=supporter),
        ReceiptReissue.objects.filter(receipt__supporter=supporter),
        Delivery.objects.filter(supporter=supporter),
        AuditEvent.objects.filter(subject_type=Supporter._meta.label, subject_id=supporter.pk),
    )
    found = [Holding(str(one.model._meta.verbose_name), tuple(_rows(one.order_by("pk")))) for one in asked]
    return [one for one in found if one.rows]


def _rows(query: models.QuerySet[Any]) -> Iterator[Row]:
    fields = columns_to_disclose(query.model)
    for one in query:
        yield {word_of(field): _told(one, field) for field in fields}


def _told(row: models.Model, field: Any) -> str | int | None:
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    value: Any = getattr(row, field.attname)
    if isinstance(value, bool):
        return _("はい") if value else _("いいえ")
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if field.is_relation:
        return str(getattr(row, field.name)) if value is not None else None
    return value if isinstance(value, int | None) else str(value)
