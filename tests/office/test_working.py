"""The worker finishes what pages started, and stops when told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from office.working import work_on, work_once
from privacy.models import Sweep
from privacy.sweeping import ask_for_sweep, sweep_now
from receipts.models import PrintState, ReceiptPrintRun
from receipts.printing import plan_print_run
from tests.factories.receipts import make_receipt

pytestmark = pytest.mark.django_db(transaction=True)  # the worker lets go of old connections


@pytest.fixture(autouse=True)
def own_data_directory(settings, tmp_path) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def swept(now) -> Sweep:
    """Tonight's look for numbers is over."""
    return sweep_now(at=now)[0]


def test_a_planned_print_run_is_made(now, swept) -> None:
    """One round makes the file."""
    plan_print_run(receipts=[make_receipt()], at=now, by="insatsu")
    done = work_once(at=now)
    assert (done, ReceiptPrintRun.objects.get().state) == (1, PrintState.READY)


def test_with_nothing_to_do_nothing_is_done(now, swept) -> None:
    """A round of zero."""
    assert work_once(at=now) == 0


def test_the_worker_stops_when_told(now) -> None:
    """It looks before each round."""
    plan_print_run(receipts=[make_receipt()], at=now, by="insatsu")
    rounds = iter([False, False, True])
    work_on(now=lambda: now, is_over=lambda: next(rounds, True))
    assert ReceiptPrintRun.objects.get().state == PrintState.READY


def test_the_worker_looks_for_numbers_once_a_night(now) -> None:
    """The first round after three o'clock looks, the second does not, the next night's does."""
    rounds = [work_once(at=at) for at in (now, now + timedelta(hours=1), now + timedelta(days=1))]
    assert (rounds, Sweep.objects.count()) == ([1, 0, 1], 2)


def test_before_three_the_worker_waits(now) -> None:
    """01:30 in Japan: yesterday's look still counts."""
    night = timezone.localtime(now).replace(hour=1)
    assert work_once(at=night) == 0


def test_a_look_that_was_asked_for_is_done_at_once(now, swept) -> None:
    """The row that waited is the one that is finished."""
    asked = ask_for_sweep(at=now, by="kanri")
    work_once(at=now)
    asked.refresh_from_db()
    assert (asked.finished_at, Sweep.objects.count()) == (now, 2)
