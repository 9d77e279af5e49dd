"""One sender at a time, on one machine and on several."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from newsletters.leasing import LEASE, LeaseLost, renew, sending_lease
from newsletters.models import SendingLease
from newsletters.process_lock import ProcessLock
from privacy.errors import Refused

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]


def test_a_dead_holder_on_this_machine_is_succeeded_at_once(now) -> None:
    """Its lock went with it; the row it left does not count."""
    with sending_lease(clock=lambda: now):
        host = SendingLease.objects.get().host
    SendingLease.objects.update(holder="dead", host=host, until=now + LEASE)
    with sending_lease(clock=lambda: now) as word:
        assert SendingLease.objects.get().holder == word


def test_a_holder_on_another_machine_has_its_time(now) -> None:
    """Refused until its lease has run out."""
    SendingLease.objects.create(holder="other", host="other-machine", until=now + LEASE)
    with pytest.raises(Refused) as refusal, sending_lease(clock=lambda: now):
        pass
    assert refusal.value.code == "already_sending"
    later = now + LEASE + timedelta(seconds=1)
    with sending_lease(clock=lambda: later) as word:
        assert SendingLease.objects.get().holder == word


def test_whoever_lost_the_lease_may_not_go_on(now) -> None:
    """Another machine took over while this one was slow."""
    with sending_lease(clock=lambda: now) as word:
        SendingLease.objects.update(holder="other")
        with pytest.raises(LeaseLost):
            renew(word, at=now)


def test_the_lease_is_given_back(now) -> None:
    """The next sender needs not wait."""
    with sending_lease(clock=lambda: now):
        pass
    assert SendingLease.objects.values_list("holder", "until").get() == ("", None)


def test_the_lock_goes_with_its_process(tmp_path) -> None:
    """A child that takes it and dies without a word leaves it free."""
    path = tmp_path / "lock"
    mine = ProcessLock(path)
    assert mine.take()
    assert not ProcessLock(path).take()
    mine.drop()
    code = "import os, sys; from pathlib import Path; from newsletters.process_lock import ProcessLock\n"
    code += "os._exit(0 if ProcessLock(Path(sys.argv[1])).take() else 1)"
    assert subprocess.run([sys.executable, "-c", code, str(path)], cwd=ROOT, check=False).returncode == 0
    assert ProcessLock(path).take()
