"""`python -m benchmarks.paper [N]`: receipts a second and peak memory, each way in a process of its own.

naive      a new font configuration, new style sheets and a file for each receipt
one by one `render_pdf`: font and rules prepared once, a file for each receipt
one file   `render_pdfs`: one printable file, pages kept as drawings
all pages  WeasyPrint's documented way to one file: every laid-out page kept until the end
"""

import resource
import subprocess
import sys
import time
from collections.abc import Callable

from paper import press
from paper.address import Addressee
from paper.envelopes import EnvelopeProfile
from paper.issuer import Issuer
from paper.pdf import render_pdf, render_pdfs, whole_page
from paper.receipt_design import receipt_css, receipt_html
from paper.receipt_page import ReceiptLine, ReceiptPage

SURNAMES = [
    "青木",
    "赤井",
    "秋山",
    "浅野",
    "新井",
    "池田",
    "石井",
    "上田",
    "遠藤",
    "大野",
    "岡本",
    "小川",
    "加藤",
    "木村",
    "工藤",
    "小林",
    "近藤",
    "坂本",
    "島田",
    "髙﨑",
    "𠮷田",
    "渡邊",
]
GIVEN = ["一郎", "花子", "德子", "美咲", "健太", "さくら", "栁子", "由紀"]
PROFILE = EnvelopeProfile()
CSS = receipt_css(PROFILE)
ISSUER = Issuer(
    name="みどりの町をまもる会",
    postal_code="1000000",
    address="東京都千代田区見本町4丁目5番6号 見本会館2階",
    contact="電話 03-0000-0000",
    treasurer="濵田 𠮷德",
)


def receipt(serial: int) -> str:
    name = f"{SURNAMES[serial % len(SURNAMES)]} {GIVEN[serial % len(GIVEN)]}"
    lines = (
        ReceiptLine(received_on="2026年10月2日", purpose="2026年度 個人賛同会費(2口)", amount_yen=2000),
        ReceiptLine(received_on="2026年10月2日", purpose="カンパ(寄付)", amount_yen=1000 + serial),
    )
    page = ReceiptPage(
        number=f"R2026-{serial:05}",
        addressee=Addressee(
            name=name,
            postal_code="1000001",
            address=f"東京都千代田区千代田{serial}-1 みどりマンション{serial}",
        ),
        addressee_name=name,
        honorific="様",
        issued_on="2026年11月23日",
        received_on="2026年10月2日",
        lines=lines,
        total_yen=3000 + serial,
        purpose_line="2026年度 個人賛同会費(2口)およびカンパとして",
        issuer=ISSUER,
        message="いつも活動をささえてくださり、ありがとうございます。",
    )
    return receipt_html(page, PROFILE)


def naive(bodies: list[str]) -> int:
    size = 0
    for body in bodies:
        for prepared in (press.style_sheet, press._base_sheets, press.font_configuration):
            prepared.cache_clear()
        size += len(render_pdf(body, css=CSS, title="領収書"))
    return size


def one_by_one(bodies: list[str]) -> int:
    return sum(len(render_pdf(body, css=CSS, title="領収書")) for body in bodies)


def one_file(bodies: list[str]) -> int:
    return len(render_pdfs(bodies, css=CSS, title="領収書"))


def all_pages(bodies: list[str]) -> int:
    with press.strict():
        documents = [press.lay_out(whole_page("領収書", body), CSS) for body in bodies]
        pages = [page for document in documents for page in document.pages]
        return len(documents[0].copy(pages).write_pdf())


WAYS: dict[str, Callable[[list[str]], int]] = {
    "naive": naive, "one by one": one_by_one, "one file": one_file, "all pages": all_pages,
}  # fmt: skip


def measure(way: str, count: int) -> None:
    bodies = [receipt(serial) for serial in range(1, count + 1)]
    render_pdf(bodies[0], css=CSS, title="領収書")  # imports and font are not counted
    began, used = time.perf_counter(), time.process_time()
    size = WAYS[way](bodies)
    seconds, cpu = time.perf_counter() - began, time.process_time() - used
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{way:<11}{count:>6} receipts {count / seconds:>6.1f}/s {1000 * cpu / count:>6.0f} CPU-ms each "
        f"{peak_mb:>6.0f} MB peak {size / 1024:>8.0f} KB",
        flush=True,
    )


def main() -> None:
    if len(sys.argv) == 3:
        measure(sys.argv[1], int(sys.argv[2]))
        return
    count = int(sys.argv[1]) if len(sys.argv) == 2 else 100
    for way in WAYS:
        subprocess.run([sys.executable, "-m", "benchmarks.paper", way, str(count)], check=True)


if __name__ == "__main__":
    main()
