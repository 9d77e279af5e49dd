"""How fast letters leave, with the ledger kept durably: `python -m benchmarks.send_letters [--letters 1000] [--rounds 2]`.

Three senders take turns against the same SMTP server (aiosmtpd, a process of its own, on loopback), each with about
20 kB of Japanese text in two parts:

- django: Django's backend, one connection for all, two templates rendered and a message built for each person; no ledger.
- bare: our frozen mail filled for each person and our SMTP step; no ledger.
- ledger: the same as it is really sent: consent read again, claimed before DATA, settled after the reply, each step
  committed with `synchronous=FULL`.

The server in Python is the limit for the fastest of them; read the ratios, not the rates.
"""

import argparse
import os
import signal
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

PARAGRAPH = "これは{{氏名}}さんへの**お知らせ**です。一口千円の賛同金と、みなさまのカンパで、この会は続いています。"


def serve(port_pipe: int) -> None:
    """Take every message and forget it; never returns."""
    import sys

    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from tests.newsletters.mail_sink import Sink

    with Sink() as sink:
        sink.on_message = lambda _recipient: sink.received.clear()
        os.write(port_pipe, f"{sink.port}\n".encode())
        signal.pause()


def with_django(port: int, addresses: list[str], html: str, text: str) -> None:
    from django.core.mail import EmailMultiAlternatives, get_connection
    from django.template import Context, Template

    as_html, as_text = (Template(one.replace("{{氏名}}", "{{ name }}").replace("{{token}}", "{{ token }}")) for one in (html, text))
    connection = get_connection("django.core.mail.backends.smtp.EmailBackend", host="127.0.0.1", port=port)
    connection.open()
    for number, address in enumerate(addresses):
        person = Context({"name": f"見本 {number}", "token": "a" * 32})
        message = EmailMultiAlternatives(
            "みずうみ通信 第12号", as_text.render(person), "みずうみの会 <mizuumi@example.jp>", [address],
            headers={
                "List-Unsubscribe": "<mailto:mizuumi@example.jp?subject=unsubscribe>", "Precedence": "bulk",
                "Auto-Submitted": "auto-generated", "List-Id": "<newsletter.example.jp>",
            },
        )  # fmt: skip
        message.attach_alternative(as_html.render(person), "text/html")
        connection.send_messages([message])
    connection.close()


def bare(port: int, addresses: list[str], skeleton_bytes: bytes) -> None:
    from django.utils import timezone

    from newsletters.merge_fields import EXAMPLE
    from newsletters.skeleton import Skeleton
    from newsletters.smtp_step import Relay, RelayFacts

    skeleton, relay = Skeleton.from_bytes(skeleton_bytes), Relay(RelayFacts(host="127.0.0.1", port=port))
    for number, address in enumerate(addresses):
        message = skeleton.fill(
            to=address, message_id=f"<{number}@example.jp>", token="a" * 32, date=timezone.localtime(), values=EXAMPLE
        )
        relay.offer(sender="mizuumi@example.jp", recipient=address)
        relay.hand_over(message)
    relay.close()


def measure(name: str, letters: int, work: Callable[[], object]) -> float:
    cpu, began = time.process_time(), time.perf_counter()
    work()
    seconds = time.perf_counter() - began
    rate = letters / seconds
    own = (time.process_time() - cpu) / letters * 1000
    print(f"{name:8}{rate:8.0f} letters/s {own:6.2f} ms of our CPU each   load {os.getloadavg()[0]:.1f}")
    return rate


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--letters", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=2)
    wanted = parser.parse_args()
    read_end, write_end = os.pipe()
    server = os.fork()
    if server == 0:
        serve(write_end)
    try:
        run(int(os.read(read_end, 16)), wanted.letters, wanted.rounds)
    finally:
        os.kill(server, signal.SIGKILL)
        os.waitpid(server, 0)


def one_round(port: int, letters: int, newsletter: Any) -> dict[str, float]:
    """Let the three send the same letters, one after the other; give their rates."""
    from django.utils import timezone

    from newsletters.models import Delivery
    from newsletters.sending import drain, start_sending
    from newsletters.skeleton import Skeleton

    skeleton = Skeleton.from_bytes(bytes(newsletter.skeleton))
    mails = Delivery.objects.filter(newsletter=newsletter)
    addresses = list(mails.values_list("email", flat=True))
    print(f"{letters} letters of {len((skeleton.html + skeleton.text).encode()) / 1000:.1f} kB of text")
    rates = {
        "django": measure("django", letters, lambda: with_django(port, addresses, skeleton.html, skeleton.text)),
        "bare": measure("bare", letters, lambda: bare(port, addresses, bytes(newsletter.skeleton))),
    }
    start_sending(newsletter=newsletter, at=timezone.now(), by="system")
    rates["ledger"] = measure("ledger", letters, lambda: drain(newsletter, at=timezone.now(), clock=timezone.now))
    if mails.filter(state="accepted").count() != letters:
        raise SystemExit("not every letter was accepted: the rates mean nothing")
    return rates


def run(port: int, letters: int, rounds: int) -> None:
    os.environ.update(
        HITOKUCHI_DATA_DIR=tempfile.mkdtemp(prefix="hitokuchi-bench-"), EMAIL_URL=f"smtp://127.0.0.1:{port}",
        DATABASE_URL="", HITOKUCHI_PUBLIC_URL="", HITOKUCHI_MAIL_PER_HOUR="0", DJANGO_SETTINGS_MODULE="config.settings",
    )  # fmt: skip
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    call_command("migrate", verbosity=0, skip_checks=True)
    from tests.factories.newsletters import mail_reader, prepared

    for _n in range(letters):
        mail_reader()
    markdown = "\n\n".join([PARAGRAPH] * 45)
    rates: dict[str, list[float]] = {"django": [], "bare": [], "ledger": []}
    for _round in range(rounds):
        for name, rate in one_round(port, letters, prepared(markdown=markdown, at=timezone.now())).items():
            rates[name].append(rate)
    best = {name: max(found) for name, found in rates.items()}
    print(f"ledger / django = {best['ledger'] / best['django']:.2f}, bare / django = {best['bare'] / best['django']:.2f} (best rounds)")


if __name__ == "__main__":
    main()
