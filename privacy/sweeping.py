"""Look for national ID numbers every night, and keep when that was and what was found: places, never values."""

from datetime import datetime, time

from django.db import connection
from django.utils import timezone

from privacy.models import SYSTEM, Sweep
from privacy.sweep import Swept, sweep

EVERY_NIGHT_AT = time(3, 0)


def ask_for_sweep(*, at: datetime, by: str) -> Sweep:
    """Have the worker look now. One that waits already is enough."""
    waiting = Sweep.objects.filter(finished_at=None).first()
    return waiting or Sweep.objects.create(asked_at=at, by=by)


def sweep_now(*, at: datetime, by: str = SYSTEM) -> tuple[Sweep, Swept]:
    """Look through everything and keep the result; the asked-for sweep that waits is thereby done."""
    swept = sweep()
    record = Sweep.objects.filter(finished_at=None).first() or Sweep(asked_at=at, by=by)
    record.finished_at = at
    record.columns, record.files, record.locked = swept.columns, swept.files, swept.locked
    record.found, record.doubtful = swept.found, swept.doubtful
    record.places = "\n".join(f"{place.where} {place.rule} {place.count}" for place in swept.places)
    record.save()
    return record, swept


def sweep_if_due(*, at: datetime) -> int:
    """What the worker calls each round: 1 when it looked, because somebody asked or the night's hour has passed."""
    if not _is_due(at):
        return 0
    forget_deleted_rows()
    sweep_now(at=at)
    return 1


def forget_deleted_rows() -> None:
    """Empty SQLite's log of writes, which holds the pages as they were; `secure_delete` cleans the database itself."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _is_due(at: datetime) -> bool:
    if Sweep.objects.filter(finished_at=None).exists():
        return True
    here = timezone.localtime(at)
    tonight = here.replace(hour=EVERY_NIGHT_AT.hour, minute=EVERY_NIGHT_AT.minute, second=0, microsecond=0)
    if here < tonight:
        return False
    return not Sweep.objects.filter(finished_at__gte=tonight).exists()
