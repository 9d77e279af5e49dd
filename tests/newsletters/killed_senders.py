"""Kill the sender with SIGKILL at random moments, and let the mail server be the witness.

`python -m tests.newsletters.killed_senders PEOPLE KILLS SEED` prints one line of JSON. It works on a data directory of
its own; sender and server are processes of their own.
"""

import json
import os
import random
import re
import signal
import sys
import tempfile
import time
from pathlib import Path

MESSAGE_ID = re.compile(rb"(?mi)^Message-ID: (<[^>]+>)")


def serve(log: Path, port_pipe: int, seed: int) -> None:
    """Take every message, note its Message-ID when it is accepted, answer a little later; never returns."""
    from tests.newsletters.mail_sink import Sink

    dice = random.Random(seed)
    with Sink() as sink, log.open("ab", buffering=0) as file:

        def note(_recipient: str) -> None:
            file.write(MESSAGE_ID.search(sink.received.pop()[1])[1] + b"\n")
            time.sleep(dice.uniform(0, 0.004))

        sink.on_message = note
        os.write(port_pipe, f"{sink.port}\n".encode())
        signal.pause()


def main(people: int, kills: int, seed: int) -> dict[str, object]:
    folder = Path(tempfile.mkdtemp(prefix="hitokuchi-kill-"))
    log = folder / "accepted.log"
    log.touch()
    read_end, write_end = os.pipe()
    server = os.fork()
    if server == 0:
        serve(log, write_end, seed)
    port = int(os.read(read_end, 16))
    try:
        return _drive(folder, log, port, people, kills, random.Random(seed))
    finally:
        os.kill(server, signal.SIGKILL)
        os.waitpid(server, 0)


def _drive(folder: Path, log: Path, port: int, people: int, kills: int, dice: random.Random) -> dict[str, object]:
    os.environ.update(HITOKUCHI_DATA_DIR=str(folder), EMAIL_URL=f"smtp://127.0.0.1:{port}", DATABASE_URL="")
    os.environ.update(DJANGO_SETTINGS_MODULE="config.settings", HITOKUCHI_PUBLIC_URL="")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections
    from django.utils import timezone

    call_command("migrate", verbosity=0, skip_checks=True)
    from newsletters.models import Delivery, DeliveryState, Newsletter, NewsletterState
    from tests.factories.newsletters import mail_reader, prepared

    for _n in range(people):
        mail_reader()
    newsletter = prepared(at=timezone.now())
    done_kills = runs = 0
    while Newsletter.objects.get(pk=newsletter.pk).state != NewsletterState.CLOSED:
        connections.close_all()
        runs += 1
        child = os.fork()
        if child == 0:
            _send(newsletter.pk)
        if done_kills < kills:
            before = log.stat().st_size
            while log.stat().st_size == before and os.waitpid(child, os.WNOHANG) == (0, 0):
                time.sleep(0.001)
            time.sleep(dice.uniform(0, 0.06))
            try:
                os.kill(child, signal.SIGKILL)
                done_kills += os.waitpid(child, 0)[1] == signal.SIGKILL
            except (ProcessLookupError, ChildProcessError):
                pass
        else:
            os.waitpid(child, 0)
    accepted = [line.decode() for line in log.read_bytes().split()]
    rows = {row["message_id"]: row["state"] for row in Delivery.objects.values("message_id", "state")}
    unknown = {one for one, state in rows.items() if state == DeliveryState.UNKNOWN}
    missing = set(rows) - set(accepted)
    return {
        "people": people,
        "runs": runs,
        "kills": done_kills,
        "duplicates": len(accepted) - len(set(accepted)),
        "missing": len(missing),
        "missing_not_unknown": len(missing - unknown),
        "unknown": len(unknown),
        "unknown_but_arrived": len(unknown - missing),
        "accepted_in_the_books": sum(state == DeliveryState.ACCEPTED for state in rows.values()),
    }


def _send(newsletter_id: int) -> None:
    """Send in this child process and end it."""
    from django.utils import timezone

    from newsletters.models import Newsletter
    from newsletters.sending import drain, start_sending

    code = 1
    try:
        newsletter = Newsletter.objects.get(pk=newsletter_id)
        start_sending(newsletter=newsletter, at=timezone.now(), by="tayori")
        drain(newsletter, at=timezone.now(), clock=timezone.now)
        code = 0
    finally:
        os._exit(code)


if __name__ == "__main__":
    print(json.dumps(main(*(int(word) for word in sys.argv[1:4]))))
