"""What a scan costs: notes, log lines, megabytes, and texts made to be slow."""

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


def _best(work: object, text: str, rounds: int) -> float:
    times = []
    for _ in range(rounds):
        start = perf_counter()
        work(text)
        times.append(perf_counter() - start)
    return min(times)


def report() -> None:
    rng = Random(1)
    body = "\n".join(harmless.line(rng, rng.choice(list(harmless.KINDS))) if rng.random() < 0.3 else rng.choice(PLAIN + CAUSE).replace("{x}", "応援しています") for _ in range(20_000))
    size = len(body.encode())
    whole = _best(scan, body, 2)
    lines = body.split("\n")
    start = perf_counter()
    for text in lines:
        scan(text)
    by_line = perf_counter() - start
    print(f"\nnote of {len(NOTE)} signs with digits {_best(scan, NOTE, 200) * 1e6:8.1f} µs")
    print(f"note of {len(QUIET)} signs without     {_best(scan, QUIET, 200) * 1e6:8.1f} µs")
    print(f"log line of {len(LOG_LINE)} signs          {_best(redact, LOG_LINE, 200) * 1e6:8.1f} µs")
    print(f"{size / 1e6:.1f} MB of text, whole {size / 1e6 / whole:6.1f} MB/s, by line {size / 1e6 / by_line:6.1f} MB/s")
    for name, text in UNFRIENDLY.items():
        print(f"unfriendly: {name:26} {len(text):7} signs {_best(scan, text, 1):8.3f} s")
