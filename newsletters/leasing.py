"""Be the only sender: a lock on this machine, and a row in the database for the case of several machines."""

import platform
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from newsletters.models import SendingLease
from newsletters.process_lock import ProcessLock
from privacy.errors import Refused
from privacy.random_words import letters

LEASE = timedelta(minutes=20)
"""Longer than the longest wait for one message (10 minutes after the final dot, a few before) and the time between two
renewals. Every claim asks for the lease in its own statement, so a late sender stops in any case."""


class LeaseLost(Exception):  # noqa: N818
    """Another machine took over; nothing more may be handed over by this process."""


@contextmanager
def sending_lease(*, clock: Callable[[], datetime]) -> Iterator[str]:
    """Be the sender inside the `with`; gives the word to `renew` with.

    On this machine a dead sender's lease is taken over at once, since the system dropped its lock; from another
    machine after `LEASE` without a word. Raises `Refused` with code "already_sending".
    """
    lock = ProcessLock(Path(settings.DATA_DIR) / "sending.lock")
    if not lock.take():
        raise _already_sending()
    with lock:
        word = _take_row(clock())
        try:
            yield word
        finally:
            SendingLease.objects.filter(holder=word).update(holder="", until=None)


def renew(word: str, *, at: datetime) -> None:
    """Hold the lease `LEASE` longer. Raises `LeaseLost`."""
    if not SendingLease.objects.filter(holder=word).update(until=at + LEASE):
        raise LeaseLost


def _take_row(at: datetime) -> str:
    word, host = letters(32), f"{platform.node()} {settings.DATA_DIR}"[-120:]
    with transaction.atomic():
        lease, _made = SendingLease.objects.select_for_update().get_or_create(singleton=1)
        elsewhere = lease.holder and lease.host != host
        if elsewhere and lease.until is not None and lease.until > at:
            raise _already_sending()
        lease.holder, lease.host, lease.until = word, host, at + LEASE
        lease.save()
    return word


def _already_sending() -> Refused:
    return Refused(
        _("いま別の処理が通信を送っています。二重に送らないように、この操作は止めました。終わるのを待ってください。"),
        code="already_sending",
    )
