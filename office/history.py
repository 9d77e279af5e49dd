"""Everything about one supporter on one line of time: payments, dues, receipts, letters, consent; reads only."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from donations.models import Allocation, Purpose
from members.models import Consent, MembershipTerm, Supporter
from newsletters.models import Delivery
from receipts.models import Receipt, ReceiptState


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened on a day; `address` leads to it, '' where there is no page for this role."""

    day: date
    kind: str
    sentence: str
    address: str = ""


def history(supporter: Supporter, *, with_amounts: bool) -> list[Event]:
    """Newest first. Without amounts: units instead of yen, and no receipts."""
    events = [*_consents(supporter), *_letters(supporter)]
    events += [*_payments(supporter), *_receipts(supporter)] if with_amounts else [*_terms(supporter)]
    return sorted(events, key=lambda event: event.day, reverse=True)


def _payments(supporter: Supporter) -> Iterator[Event]:
    rows = Allocation.objects.filter(supporter=supporter).select_related("transaction")
    for row in rows:
        what = Purpose(row.purpose).label
        units = _(" %d口") % row.units if row.units else ""
        undone = _("(取り消しずみ)") if row.undone_at else ""
        yield Event(
            row.transaction.booked_on,
            _("入金"),
            f"{what}{units} {row.amount_yen:,}円({row.fiscal_year}年度){undone}",
            reverse("donations:transaction", args=[row.transaction_id]),
        )


def _terms(supporter: Supporter) -> Iterator[Event]:
    for term in MembershipTerm.objects.filter(supporter=supporter, cancelled_at=None):
        yield Event(term.paid_on, _("賛同金"), _("%(year)d年度 %(units)d口") % {"year": term.fiscal_year, "units": term.units})


def _receipts(supporter: Supporter) -> Iterator[Event]:
    for receipt in Receipt.objects.filter(supporter=supporter):
        void = _("(無効)") if receipt.state == ReceiptState.VOID else ""
        yield Event(
            receipt.issued_on,
            _("領収書"),
            f"{receipt.number} {receipt.total_yen:,}円{void}",
            reverse("receipts:receipt", args=[receipt.number]),
        )


def _letters(supporter: Supporter) -> Iterator[Event]:
    for delivery in Delivery.objects.filter(supporter=supporter).select_related("newsletter"):
        frozen = delivery.newsletter.frozen_at or delivery.newsletter.created_at
        state = delivery.get_reason_display() or delivery.get_state_display()
        yield Event(timezone.localdate(frozen), _("通信"), f"「{delivery.newsletter.title}」{state}")


def _consents(supporter: Supporter) -> Iterator[Event]:
    for consent in Consent.objects.filter(supporter=supporter):
        yield Event(consent.given_on, _("同意"), _("同意を記録(%s)") % consent.source)
        if consent.withdrawn_on:
            yield Event(
                consent.withdrawn_on, _("同意"), _("「送らないでほしい」を記録(%s)") % consent.withdrawn_source
            )
