"""The worker finishes what pages started, and stops when told."""

import pytest

from office.working import work_on, work_once
from receipts.models import PrintState, ReceiptPrintRun
from receipts.printing import plan_print_run
from tests.factories.receipts import make_receipt

pytestmark = pytest.mark.django_db(transaction=True)  # the worker lets go of old connections


@pytest.fixture(autouse=True)
def own_data_directory(settings, tmp_path) -> None:
    settings.DATA_DIR = tmp_path


def test_a_planned_print_run_is_made(now) -> None:
    """One round makes the file."""
    plan_print_run(receipts=[make_receipt()], at=now, by="insatsu")
    done = work_once(at=now)
    assert (done, ReceiptPrintRun.objects.get().state) == (1, PrintState.READY)


def test_with_nothing_to_do_nothing_is_done(now) -> None:
    """A round of zero."""
    assert work_once(at=now) == 0


def test_the_worker_stops_when_told(now) -> None:
    """It looks before each round."""
    plan_print_run(receipts=[make_receipt()], at=now, by="insatsu")
    rounds = iter([False, False, True])
    work_on(now=lambda: now, is_over=lambda: next(rounds, True))
    assert ReceiptPrintRun.objects.get().state == PrintState.READY
