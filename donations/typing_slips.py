"""Type a 払込取扱票 from paper or from the Web照会 page, correct it, take it back. No yen are added by it."""

from dataclasses import asdict, dataclass, fields
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from donations.attaching_slips import attach_waiting, hang, lock_slip, refuse_decided, take_off
from donations.entering import LARGEST_YEN
from donations.models import Slip
from donations.slips import accounts_with_slips
from members.models import BankAccount
from privacy.errors import Refused
from privacy.recording import record

PLACE_FACTS = ("day", "amount_yen")


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipFacts:
    """What stands on a slip: the stamped day, the yen, and the payer's words as written ('' where empty or unreadable)."""

    day: date
    amount_yen: int
    payer_name: str = ""
    kana: str = ""
    postal_code: str = ""
    address: str = ""
    phone: str = ""
    message: str = ""
    supporter_number: str = ""


def type_slip(
    *,
    account: BankAccount,
    facts: SlipFacts,
    transaction_id: int | None = None,
    is_second: bool = False,
    entry_key: str = "",
    at: datetime,
    by: str,
) -> Slip:
    """Keep a slip and hang it on its row: on `transaction_id` where a person chose it, else where it has one place only.

    Other waiting slips may find their place with it (a pile that makes up the sum of a day). `entry_key` names one
    filled-in sheet: the same key again gives the slip kept before. `is_second`: a person said that there are two
    slips just alike. Raises `Refused`: "no_slips_here" (not a 振替口座), "yen_not_positive", "yen_too_large",
    "day_in_future", "same_slip", and those of `donations.attaching_slips.attach_slip`; `Transaction.DoesNotExist`.
    """
    _check(facts, at=at)
    with transaction.atomic():
        owner = BankAccount.objects.select_for_update().get(pk=account.pk)
        _refuse_unless_postal(owner)
        slips = Slip.objects.filter(account=owner)
        if entry_key and (known := slips.filter(entry_key=entry_key).first()):
            return known
        if not is_second:
            _refuse_same(owner, facts)
        slip = Slip.objects.create(account=owner, entry_key=entry_key, typed_at=at, typed_by=by, **asdict(facts))
        record(action="donations.slip_typed", at=at, by=by, subject=slip)
        if transaction_id is not None:
            hang(slip, transaction_id, at=at, by=by)
        else:
            attach_waiting(account=owner, at=at, by=by)
            slip.refresh_from_db()
    return slip


def correct_slip(*, slip_id: int, facts: SlipFacts, at: datetime, by: str) -> Slip:
    """Put right what was misread; the audit trail keeps the names of the changed fields, not the texts.

    With another day or other yen the slip leaves its row and looks for its place anew. Nothing is written where
    nothing changed. Raises `Slip.DoesNotExist`; `Refused`: those of `type_slip`, "slip_withdrawn", "row_decided".
    """
    _check(facts, at=at)
    with transaction.atomic():
        slip = lock_slip(slip_id)
        changed = [one.name for one in fields(facts) if getattr(slip, one.name) != getattr(facts, one.name)]
        if not changed:
            return slip
        refuse_decided(slip)
        for name in changed:
            setattr(slip, name, getattr(facts, name))
        moves = any(name in PLACE_FACTS for name in changed)
        if moves:
            take_off(slip)
            slip.detached_at = None
        slip.save()
        record(action="donations.slip_corrected", at=at, by=by, subject=slip, changed=changed)
        if slip.transaction_id is None:
            attach_waiting(account=slip.account, at=at, by=by)
            slip.refresh_from_db()
    return slip


def withdraw_slip(*, slip_id: int, at: datetime, by: str) -> Slip:
    """Take a slip back, by mark; it leaves its row.

    Raises `Slip.DoesNotExist`; `Refused`: "slip_withdrawn", "row_decided".
    """
    with transaction.atomic():
        slip = lock_slip(slip_id)
        take_off(slip)
        slip.withdrawn_at, slip.withdrawn_by = at, by
        slip.save(update_fields=["transaction", "row_yen", "withdrawn_at", "withdrawn_by"])
        record(action="donations.slip_withdrawn", at=at, by=by, subject=slip)
    return slip


def _check(facts: SlipFacts, *, at: datetime) -> None:
    if facts.amount_yen <= 0:
        raise Refused(_("金額は1円以上で入れてください。"), code="yen_not_positive", column=_("金額"))
    if facts.amount_yen > LARGEST_YEN:
        raise Refused(_("金額が大きすぎます。けた数を確かめてください。"), code="yen_too_large", column=_("金額"))
    if facts.day > timezone.localdate(at):
        raise Refused(
            _("日付が今日より先です。払込票の日附印の日を入れてください。"), code="day_in_future", column=_("日付")
        )


def _refuse_unless_postal(account: BankAccount) -> None:
    if not accounts_with_slips().filter(pk=account.pk).exists():
        raise Refused(
            _("「%s」は振替口座ではありません。払込票で入金があるのは、ゆうちょの振替口座だけです。") % account.name,
            code="no_slips_here",
        )


def _refuse_same(account: BankAccount, facts: SlipFacts) -> None:
    alike = Slip.objects.live().filter(
        account=account,
        day=facts.day,
        amount_yen=facts.amount_yen,
        payer_name=facts.payer_name,
        kana=facts.kana,
        message=facts.message,
    )
    if alike.exists():
        raise Refused(
            _(
                "日付・金額・名前・通信欄が同じ払込票が、もう入っています。同じ紙なら、入れなくてかまいません。"
                "本当に2枚あるときは「同じ内容の2枚目です」に印を付けて、もう一度保存してください。"
            ),
            code="same_slip",
        )
