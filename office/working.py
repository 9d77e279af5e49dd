"""What a page starts and somebody must finish: print runs, the mail of newsletters, and the nightly look for numbers."""

import time
from collections.abc import Callable
from datetime import datetime

from django.db import close_old_connections

from newsletters.sending import drain_all
from privacy.sweeping import sweep_if_due
from receipts.printing import render_planned

PAUSE_SECONDS = 1.0


def work_once(*, at: datetime, is_over: Callable[[], bool] = lambda: False) -> int:
    """One round: how many things were done. Safe to stop at any moment; the rows say where to go on."""
    close_old_connections()
    return render_planned(at=at) + drain_all(at=at, should_stop=is_over) + sweep_if_due(at=at)


def work_on(*, now: Callable[[], datetime], is_over: Callable[[], bool]) -> None:
    """Work round after round until `is_over()`."""
    while not is_over():
        if not work_once(at=now(), is_over=is_over):
            time.sleep(PAUSE_SECONDS)
