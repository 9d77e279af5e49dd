"""Dues become membership terms; only `donations.allocating` calls this, with money in hand."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from members.fiscal_year import fiscal_year_bounds
from members.in_parts import in_parts
from members.models import Association, MembershipTerm, Supporter, SupporterState
from privacy.errors import Refused
from privacy.inserting import insert_rows
from privacy.recording import record, record_many


@dataclass(frozen=True, slots=True)
class Renewal:
    """`units` 口 at `unit_price_yen` for `fiscal_year`, paid on `paid_on`."""

    supporter_id: int
    units: int
    unit_price_yen: int
    fiscal_year: int
    paid_on: date


def renew(
    *, supporter: Supporter, units: int, unit_price_yen: int, fiscal_year: int, paid_on: date, at: datetime, by: str
) -> MembershipTerm:
    """Add the term that a payment of dues buys; a lapsed supporter is active again, one who left stays so.

    Raises `Refused`: "no_units" (units or price below 1), "not_set_up".
    """
    renewal = Renewal(supporter.pk, units, unit_price_yen, fiscal_year, paid_on)
    (key,) = renew_many(renewals=[renewal], at=at, by=by)
    supporter.refresh_from_db(fields=["state"])
    return MembershipTerm.objects.get(pk=key)


def renew_many(*, renewals: Sequence[Renewal], at: datetime, by: str) -> list[int]:
    """Add the terms of many payments in few queries and give their keys, in that order; one audit event counts them."""
    if any(one.units < 1 or one.unit_price_yen < 1 for one in renewals):
        raise Refused(_("賛同金は1口以上です。口数を確かめてください。"), code="no_units", column=_("口数"))
    if not renewals:
        return []
    association = Association.objects.first()
    if association is None:
        raise Refused(_("会の設定がまだありません。先に「会の設定」を済ませてください。"), code="not_set_up")
    with transaction.atomic():
        keys = insert_rows(like=MembershipTerm(), columns=_columns(renewals, association.fiscal_year_start_month))
        _wake({one.supporter_id for one in renewals}, at=at, by=by)
        single = Supporter.objects.get(pk=renewals[0].supporter_id) if len(renewals) == 1 else None
        record(action="members.terms_renewed", at=at, by=by, subject=single, changed=["terms"], count=len(keys))
    return keys


def cancel_term(*, term: MembershipTerm, at: datetime, by: str) -> None:
    """Take a term back by a mark, because its payment was undone. A cancelled one stays as it is."""
    cancel_terms(terms=[term], at=at, by=by)


def cancel_terms(*, terms: Sequence[MembershipTerm], at: datetime, by: str) -> None:
    """Take many terms back in few queries; one audit event counts them."""
    live = [term for term in terms if term.cancelled_at is None]
    if not live:
        return
    for term in live:
        term.cancelled_at = at
    with transaction.atomic():
        for pks in in_parts([term.pk for term in live]):
            MembershipTerm.objects.filter(pk__in=pks).update(cancelled_at=at)
        single = live[0].supporter if len(live) == 1 else None
        record(action="members.terms_cancelled", at=at, by=by, subject=single, changed=["terms"], count=len(live))


def _columns(renewals: Sequence[Renewal], start_month: int) -> dict[str, Sequence[Hashable]]:
    """The terms as columns of their table."""
    bounds = [fiscal_year_bounds(one.fiscal_year, start_month=start_month) for one in renewals]
    return {
        "starts_on": [starts_on for starts_on, _ends_on in bounds],
        "ends_on": [ends_on for _starts_on, ends_on in bounds],
        **{field.name: [getattr(one, field.name) for one in renewals] for field in fields(Renewal)},
    }


def _wake(supporter_ids: set[int], *, at: datetime, by: str) -> None:
    """Lapsed supporters who paid dues are active again."""
    for pks in in_parts(sorted(supporter_ids)):
        lapsed = list(Supporter.objects.filter(pk__in=pks, state=SupporterState.LAPSED))
        if lapsed:
            Supporter.objects.filter(pk__in=[one.pk for one in lapsed]).update(state=SupporterState.ACTIVE)
            record_many(
                action="members.supporter_returned", at=at, by=by, changes=[(one, ["state"]) for one in lapsed]
            )
