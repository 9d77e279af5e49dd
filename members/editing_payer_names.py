"""What a person decides about a remembered payer name: whose it is, whether it may decide by itself, that it goes.

A name of somebody who is no supporter is personal data that nobody gave us for keeping, so forgetting deletes the
row for good; the audit trail holds its id and never the name.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from members.learning import learn_payer_name, payers_of
from members.models import NameOrigin, PayerName, Supporter
from privacy.errors import Refused
from privacy.recording import record


def reassign_payer_name(*, name_id: int, supporters: Sequence[Supporter], at: datetime, by: str) -> PayerName:
    """Say whose a learned name is: one supporter's, several who pay together, or nobody's (none given).

    It begins anew, with one confirmation (this one) and without the mark of an undo; where the new payers have the
    name already, it becomes one more confirmation of theirs. The same payers again change nothing. Gives the first row of the name. Raises `PayerName.DoesNotExist`, and `Refused` with code
    "registered_name" for a name that follows from the list of supporters.
    """
    with transaction.atomic():
        first, rows = _learned(name_id)
        if frozenset(row.supporter_id for row in rows) == payers_of(supporters):
            return first
        record(action="members.payer_name_reassigned", at=at, by=by, subject=first)
        payer = supporters[0] if supporters else None
        theirs = PayerName.objects.filter(supporter=payer, key=first.key, origin=NameOrigin.LEARNED)
        if not first.joint_group and len(supporters) < 2 and not theirs.filter(joint_group=0).exists():
            rows.update(supporter=payer, confirmed_count=1, blocked_for_auto=False)
            return first
        day = first.last_confirmed_on or timezone.localdate(at)
        rows.delete()
        learn_payer_name(payer_text=first.as_written, supporters=supporters, on=day, at=at, by=by)
        return theirs.filter(joint_group__gt=0).latest("pk") if len(supporters) > 1 else theirs.get(joint_group=0)


def allow_payer_name(*, name_id: int, may_decide: bool, at: datetime, by: str) -> bool:
    """Let this name decide by itself again, or never more; say whether that changed anything.

    Any name may be asked about, also one of the list of supporters. Raises `PayerName.DoesNotExist`.
    """
    with transaction.atomic():
        first = PayerName.objects.get(pk=name_id)
        changed = _rows_of(first).filter(blocked_for_auto=may_decide).update(blocked_for_auto=not may_decide)
        if changed:
            action = "members.payer_name_allowed" if may_decide else "members.payer_name_blocked"
            record(action=action, at=at, by=by, subject=first)
    return bool(changed)


def forget_payer_name(*, name_id: int, at: datetime, by: str) -> None:
    """Delete a learned name for good, for all who pay under it together.

    Raises `PayerName.DoesNotExist`, and `Refused` with code "registered_name".
    """
    with transaction.atomic():
        first, rows = _learned(name_id)
        record(action="members.payer_name_forgotten", at=at, by=by, subject=first)
        rows.delete()


def forget_names_of(*, supporter: Supporter, at: datetime, by: str) -> int:
    """Delete every name of a supporter who is erased; give how many rows went.

    A name of several who pay together goes whole: it names the erased one, and must not become the name of the others.
    """
    with transaction.atomic():
        theirs = supporter.payer_names.all()
        groups = list(theirs.filter(joint_group__gt=0).values_list("joint_group", flat=True))
        gone, _kinds = PayerName.objects.filter(Q(supporter=supporter) | Q(joint_group__in=groups)).delete()
        if gone:
            record(action="members.payer_names_erased", at=at, by=by, subject=supporter, count=gone)
    return gone


def _learned(name_id: int) -> "tuple[PayerName, QuerySet[PayerName]]":
    first = PayerName.objects.get(pk=name_id)
    if first.origin != NameOrigin.LEARNED:
        raise Refused(
            _("この名前は、名簿の氏名・フリガナ・担当者名から作られています。変えるときは、支援者の記録を書き直してください。"),
            code="registered_name",
        )
    return first, _rows_of(first)


def _rows_of(first: PayerName) -> "QuerySet[PayerName]":
    if first.joint_group:
        return PayerName.objects.filter(key=first.key, joint_group=first.joint_group)
    return PayerName.objects.filter(pk=first.pk)
