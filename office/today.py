"""What waits for a decision today, as sentences with a number and one button; reads only."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.roles import (
    BOOKS_READ,
    LETTERS_READ,
    RECEIPTS_READ,
    SETTINGS_READ,
    Role,
)
from donations.models import BankStatement, Transaction
from donations.slips import nameless_rows, waiting_slips
from members.models import Association
from newsletters.models import Delivery, Newsletter, NewsletterState
from office.ended_support import ended_supporters
from office.models import Backup
from privacy.models import Sweep
from receipts.due import due_receipts
from receipts.models import PrintState, Receipt, ReceiptPrintRun

BACKUP_IS_OLD_AFTER = timedelta(days=7)
STATEMENT_IS_OLD_AFTER = timedelta(days=35)


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: the sentence, what the button says, where it leads. `is_urgent` comes with a mark in words."""

    sentence: str
    button: str
    address: str
    is_urgent: bool = False


def tasks(
    *, roles: frozenset[Role], association: Association | None, sweep: Sweep | None = None, today: date
) -> list[Task]:
    """The tasks of these roles, most pressing first; `sweep` is the last look for national ID numbers."""
    if association is None:
        return list(_first_steps(roles))
    found: list[Task] = []
    if roles & BOOKS_READ:
        found += _for_the_books(today)
        found += _for_the_privacy(association, today)
    if roles & RECEIPTS_READ:
        found += _for_receipts(association, today)
    if roles & LETTERS_READ:
        found += _for_letters()
    if roles & SETTINGS_READ:
        found += _for_safety(sweep, today)
    return found


def _first_steps(roles: frozenset[Role]) -> Iterator[Task]:
    if roles & SETTINGS_READ:
        yield Task(_("会の名前と口座がまだ登録されていません。"), _("会の設定をする"), reverse("members:association"), True)


def _for_the_books(today: date) -> Iterator[Task]:
    waiting = Transaction.objects.unreconciled().count()
    if waiting:
        yield Task(
            _("まだ照合していない入金が %d 件あります。") % waiting, _("照合する"), reverse("donations:reconcile")
        )
    yield from _for_slips()
    last = BankStatement.objects.aggregate(day=Max("last_on"))["day"]
    if last is None:
        yield Task(_("銀行の明細をまだ取り込んでいません。"), _("取り込む"), reverse("donations:statements"))
    elif today - last > STATEMENT_IS_OLD_AFTER:
        yield Task(
            _("銀行の明細は %(day)s までです。新しい明細を取り込んでください。") % {"day": f"{last.month}月{last.day}日"},
            _("取り込む"), reverse("donations:statements"),
        )


def _for_slips() -> Iterator[Task]:
    where = reverse("donations:slips")
    nameless = nameless_rows().count()
    if nameless:
        sentence = _("名前のない入金が %d 件あります。払込票を入れると、だれからかが分かります。") % nameless
        yield Task(sentence, _("払込票を入れる"), f"{where}#nameless")
    waiting = waiting_slips().count()
    if waiting:
        yield Task(_("明細の行を待っている払込票が %d 枚あります。") % waiting, _("行をたしかめる"), f"{where}#waiting")


def _for_the_privacy(association: Association, today: date) -> Iterator[Task]:
    ended = ended_supporters(association=association, today=today).count()
    if ended:
        yield Task(
            _("支援が終わって2年度たった人が %d 人います。記録を消すかどうか、考えてください。") % ended,
            _("見る"), reverse("office:ended"),
        )


def _for_receipts(association: Association, today: date) -> Iterator[Task]:
    where = reverse("receipts:receipts")
    due = len(due_receipts(until=today, association=association))
    if due:
        yield Task(_("領収書を発行できる入金が %d 件あります。") % due, _("発行する"), where)
    unprinted = Receipt.objects.unprinted().count()
    if unprinted:
        yield Task(_("まだ印刷していない領収書が %d 枚あります。") % unprinted, _("印刷する"), where)
    open_runs = ReceiptPrintRun.objects.filter(state__in=[PrintState.READY, PrintState.FAILED]).count()
    if open_runs:
        yield Task(_("「印刷できましたか」にまだ答えていない印刷が %d 件あります。") % open_runs, _("答える"), where)


def _for_letters() -> Iterator[Task]:
    where = reverse("newsletters:newsletters")
    drafts = Newsletter.objects.filter(state=NewsletterState.DRAFT).count()
    if drafts:
        yield Task(_("書きかけの通信が %d 通あります。") % drafts, _("続きを書く"), where)
    frozen = Newsletter.objects.filter(state=NewsletterState.FROZEN).count()
    if frozen:
        yield Task(_("確定して、まだ送っていない通信が %d 通あります。") % frozen, _("送る"), where)
    unknown = Delivery.objects.needs_decision().count()
    if unknown:
        yield Task(_("届いたか分からない、または断られたメールが %d 通あります。") % unknown, _("確かめる"), where)


def _for_safety(sweep: Sweep | None, today: date) -> Iterator[Task]:
    if sweep is not None and sweep.found:
        yield Task(
            _("国が個人に付けた番号らしい数字が %d 件、データの中にあります。") % sweep.found, _("場所を見る"), reverse("office:sweeps"), True
        )
    age = backup_age(today)
    if age is None:
        yield Task(_("控え(バックアップ)をまだ取っていません。"), _("控えの取りかた"), reverse("office:backups"), True)
    elif age > BACKUP_IS_OLD_AFTER:
        yield Task(
            _("最後の控え(バックアップ)から %d 日たちました。") % age.days, _("控えの取りかた"), reverse("office:backups"), True
        )


def backup_age(today: date) -> timedelta | None:
    """How old the last backup is; None when there is none."""
    last = Backup.objects.aggregate(at=Max("at"))["at"]
    return None if last is None else max(today - timezone.localdate(last), timedelta(0))
