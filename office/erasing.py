"""Erase a supporter everywhere (個人情報保護法 35条, read 2026-11-23), and once more after an old backup came back."""

from datetime import datetime

from django.db import transaction

from donations.erased_rows import erased_rows
from donations.erasing import erase_words, remember_erased_rows
from members.erasing import erase_person
from members.models import Supporter
from newsletters.erasing import erase_addresses
from office.erasure_list import Erased, listed, write_list
from office.models import Erasure
from privacy.models import SYSTEM
from privacy.recording import record
from privacy.sweeping import forget_deleted_rows
from receipts.erasing import erase_addressees


def erase_supporter(*, supporter: Supporter, at: datetime, by: str) -> int:
    """Erase who this supporter is, in the register, the bank's words, receipts and letters; how many rows lost words.

    Numbers, days and yen stay, so every sum is as before. Erasing twice changes nothing. Raises `Refused`
    "print_run_waits", "mail_on_its_way"; then nothing is changed.
    """
    count = _erase(supporter, at=at, by=by)
    if count is None:
        return 0
    _keep_the_list()
    return count


def present() -> Erased:
    """Everything this database and the list beside it know to be erased."""
    keys = frozenset(Erasure.objects.values_list("key", flat=True))
    return listed() | Erased(keys, erased_rows())


def erase_again(*, known: Erased, at: datetime) -> int:
    """Apply the list to a database that an old backup brought back; how many supporters were erased again."""
    again = list(Supporter.objects.filter(key__in=known.keys, erased_at=None))
    for supporter in again:
        _erase(supporter, at=at, by=SYSTEM)
    with transaction.atomic():
        for key in known.keys - frozenset(Erasure.objects.values_list("key", flat=True)):
            Erasure.objects.create(key=key, at=at, by=SYSTEM)
        if blanked := remember_erased_rows(rows=known.rows):
            record(action="office.rows_erased_again", at=at, by=SYSTEM, count=blanked)
    _keep_the_list()
    return len(again)


def _erase(supporter: Supporter, *, at: datetime, by: str) -> int | None:
    """Erase in one transaction; None for one who was erased before."""
    with transaction.atomic():
        row = Supporter.objects.select_for_update().get(pk=supporter.pk)
        if row.erased_at is not None:
            return None
        count = erase_words(supporter=row)
        erase_addressees(supporter=row)
        erase_addresses(supporter=row)
        erase_person(supporter=row, at=at, by=by)
        Erasure.objects.get_or_create(key=row.key, defaults={"at": at, "by": by})
        record(action="office.supporter_erased", at=at, by=by, subject=row, count=count)
    return count


def _keep_the_list() -> None:
    """Write the list beside the database, and empty the database's log of the words that were there."""
    write_list(present())
    forget_deleted_rows()
