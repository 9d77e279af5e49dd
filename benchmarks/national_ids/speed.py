"""What a scan costs: notes, log lines, megabytes, and texts made to be slow."""

from collections.abc import Callable
from random import Random
from time import perf_counter

from privacy.national_ids import redact, scan

from . import harmless
from .carriers import CAUSE, PLAIN

NOTE = "賛同金2口と会費をお送りします。電話は03-1234-5678、会報は129号から2026年11月分までお願いします。口座は00100-2-729745でした。よろしくお願いいたします。"
QUIET = "いつも会報をありがとうございます。マイナンバーはいりません。これからもよろしくお願いいたします。体に気をつけてがんばってください。楽しみに読んでいます。"
LOG_LINE = '2026-11-23 12:34:56,789 INFO donations.importing [4711] "POST /import/ HTTP/1.1" 200 5120 file=statement rows=123'
UNFRIENDLY = {
    "digits": "1" * 100_000,
    "digits and blanks": "1 " * 50_000,
    "digits and five blanks": "1     " * 16_000,
    "nine digits, a word": "123456789x" * 10_000,
    "4-4-4 without end": "1234-" * 20_000,
    "invisible signs": "1" + "\u200b" * 100_000,
    "digits, invisible signs": "1\u200b" * 50_000,
    "line ends": "123456\n" * 14_000,
    "labels": "マイナンバー" * 16_000 + "1234",
    "labels with numbers": "マイナンバー12" * 12_000,
    "open brackets": "（" * 50_000 + "1" * 12,
    "tags": "<b " * 33_000 + "1234",
    "percent": "%31" * 33_000,
    "web": "http://" + "1-" * 50_000,
    "kanji digits": "一" * 100_000,
    "card letters": "AB" * 40_000 + "12345678",
    "insurance": "保険者番号" + "1・" * 40_000,
}


def _best(work: Callable[[str], object], text: str, rounds: int) -> float:
    times = []
    for _ in range(rounds):
        start = perf_counter()
        work(text)
        times.append(perf_counter() - start)
    return min(times)


def report() -> None:
    for name, share in (("letters, 1 line in 20 with digits", 0.05), ("1 line in 3 with digits", 0.33)):
        _megabytes(name, share)
    print(f"\nnote of {len(NOTE)} signs with digits {_best(scan, NOTE, 200) * 1e6:8.1f} µs")
    print(f"note of {len(QUIET)} signs without     {_best(scan, QUIET, 200) * 1e6:8.1f} µs")
    print(f"log line of {len(LOG_LINE)} signs          {_best(redact, LOG_LINE, 200) * 1e6:8.1f} µs")
    for name, text in UNFRIENDLY.items():
        print(f"unfriendly: {name:26} {len(text):7} signs {_best(scan, text, 1):8.3f} s")


def _megabytes(name: str, share: float) -> None:
    rng = Random(1)
    kinds = list(harmless.KINDS)
    lines = [
        harmless.line(rng, rng.choice(kinds))
        if rng.random() < share
        else rng.choice(PLAIN + CAUSE).replace("{x}", "応援しています")
        for _ in range(20_000)
    ]
    megabytes = len("\n".join(lines).encode()) / 1e6
    whole = _best(scan, "\n".join(lines), 2)
    start = perf_counter()
    for line in lines:
        scan(line)
    by_line = perf_counter() - start
    print(
        f"{megabytes:.1f} MB, {name}: whole {megabytes / whole:.1f} MB/s, by line {megabytes / by_line:.1f} MB/s"
    )
