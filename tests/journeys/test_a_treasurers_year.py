"""A treasurer's year, from the first bank file to the closing of the books, told in order through the daily commands."""

import io
import json
from datetime import date, datetime
from pathlib import Path

import pytest
from django.core.management import call_command

from donations.allocating import confirm, link_reversal, set_aside, undo
from donations.bankfiles.yucho_direct_csv_writer import ledger, write
from donations.models import Purpose, SetAsideReason, Transaction
from donations.shares import Share
from members.consenting import withdraw_consent
from members.models import PayerName, Supporter
from newsletters.models import Delivery, SuppressReason
from receipts.issuing import void
from receipts.models import Receipt

pytestmark = pytest.mark.django_db(transaction=True)

LIST = """\
支援者番号,種別,氏名,フリガナ,郵便番号,都道府県,住所,メール,連絡方法,同意日
A1,個人,徳本　花子,トクモト ハナコ,166-0004,東京都,杉並区阿佐谷南1-2-3,hanako@example.jp,メール,2025-04-01
A2,個人,髙﨑 邦子,タカサキ クニコ,155-0031,東京都,世田谷区北沢4-5-6,,郵送,2025-04-01
A3,個人,田中 実,タナカ ミノル,271-0077,千葉県,松戸市根本7-8,,郵送,2025-04-01
A4,個人,田中 稔,タナカ ミノル,330-0061,埼玉県,さいたま市浦和区常盤9-1,,郵送,2025-04-01
B1,団体,特定非営利活動法人みどりの森,ミドリノモリ,980-0011,宮城県,仙台市青葉区上杉2-2,,郵送,2025-04-01
"""
SPRING = [
    (date(2026, 4, 6), 2_000, "振込", "ﾄｸﾓﾄ ﾊﾅｺ"),
    (date(2026, 4, 6), 1_000, "送金", "髙﨑　邦子"),
    (date(2026, 4, 8), 3_000, "振込", "ﾄｸﾋ)ﾐﾄﾞﾘﾉﾓﾘ"),
    (date(2026, 4, 10), 1_000, "振込", "ﾀﾅｶ ﾐﾉﾙ"),
    (date(2026, 4, 13), 3_000, "振込", "ｵｵﾆｼ ﾊﾔﾄ"),
    (date(2026, 4, 20), -203, "料　金", ""),
]
SUMMER = [
    (date(2026, 7, 1), 1_500, "振込", "ﾄｸﾓﾄ ﾀﾛｳ"),
    (date(2026, 7, 2), 10_000, "送金", "髙﨑　邦子"),
    (date(2026, 7, 6), -10_000, "組戻", "髙﨑　邦子"),
]


def told(*words: str) -> dict:
    out = io.StringIO()
    call_command(*words, "--json", stdout=out)
    return json.loads(out.getvalue())


def bank_file(folder: Path, name: str, rows: list) -> str:
    """The file as the bank gives it on the day after its last row."""
    path = folder / name
    path.write_bytes(
        write(
            ledger(50_000, rows), account_as_written="00100-00729745", period=None,
            produced_at=datetime(2026, 7, 31, 9, 0), balance_at_output_yen=50_000 + sum(row[1] for row in rows),
        )
    )
    return str(path)


def supporter(old_number: str) -> Supporter:
    return Supporter.objects.get(legacy_number=old_number)


def row(payer: str, yen: int) -> Transaction:
    return Transaction.objects.get(detail_2=payer, received_yen=yen)


def test_a_treasurers_year(settings, tmp_path, now, today) -> None:
    """Every step leaves the books tied, and the year ends with every yen explained."""
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()
    acting = {"at": now, "by": "kaikei"}

    # April: the group is set up and the list of supporters comes in.
    told("setup_association", "--name", "みずうみの会", "--account", "00100-2-729745", "--email", "mizuumi@example.jp",
         "--opening-balance", "50000", "--opening-on", "2026-04-01")
    (tmp_path / "list.csv").write_text(LIST, encoding="cp932", errors="strict")
    assert told("import_supporters", str(tmp_path / "list.csv"))["new"] == 5

    # The first bank file: six rows, the balance follows from row to row.
    spring = bank_file(tmp_path, "spring.csv", SPRING)
    assert told("import_statement", spring) == {
        "format": "yucho_direct_csv", "account": "00100-2-729745", "rows": 6, "new": 6, "already_known": 0,
        "received_yen": 10_000, "paid_out_yen": 203, "opening_yen": 50_000, "closing_yen": 59_797,
    }

    # The certain rows are confirmed at once; the namesake and the stranger are left to a person.
    assert told("reconcile", "--auto")["confirmed"] == 3
    assert {one["payer"] for one in told("suggest_matches")["rows"]} == {"ﾀﾅｶ ﾐﾉﾙ", "ｵｵﾆｼ ﾊﾔﾄ"}

    # The treasurer telephones: it was 田中 稔. The stranger's gift is anonymous for now.
    confirm(
        transaction_id=row("ﾀﾅｶ ﾐﾉﾙ", 1_000).pk,
        shares=[Share(supporter("A4").pk, Purpose.DUES, 1_000, 2026, units=1)], **acting,
    )
    set_aside(transaction_id=row("ｵｵﾆｼ ﾊﾔﾄ", 3_000).pk, reason=SetAsideReason.ASKING, note="電話で問い合わせ中", **acting)
    assert told("balance") == {
        "received_yen": 10_000, "allocated_yen": 7_000, "set_aside_yen": 3_000, "open_yen": 0,
        "paid_out_yen": 203, "bank_difference_yen": 0,
    }

    # July: the next file overlaps the first; only three rows are new.
    summer = told("import_statement", bank_file(tmp_path, "summer.csv", SPRING + SUMMER))
    assert (summer["new"], summer["already_known"]) == (3, 6)

    # 花子's husband paid for her: the program learns his name, and undoing makes it careful again.
    paid_by_husband = row("ﾄｸﾓﾄ ﾀﾛｳ", 1_500).pk
    shares = [
        Share(supporter("A1").pk, Purpose.DUES, 1_000, 2026, units=1),
        Share(supporter("A1").pk, Purpose.DONATION, 500, 2026),
    ]
    confirm(transaction_id=paid_by_husband, shares=shares, **acting)
    undo(transaction_id=paid_by_husband, **acting)
    assert PayerName.objects.get(as_written="ﾄｸﾓﾄ ﾀﾛｳ").blocked_for_auto
    confirm(transaction_id=paid_by_husband, shares=shares, **acting)

    # The bank took 10,000 yen back: the withdrawal finds its original, and neither counts as a gift.
    link_reversal(
        withdrawal_id=Transaction.objects.get(paid_out_yen=10_000).pk, original_id=row("髙﨑　邦子", 10_000).pk, **acting
    )
    assert told("balance") == {
        "received_yen": 21_500, "allocated_yen": 8_500, "set_aside_yen": 13_000, "open_yen": 0,
        "paid_out_yen": 10_203, "bank_difference_yen": 0,
    }

    # Receipts: one for each payment, numbered without gaps; one is made void and written anew.
    issued = told("issue_receipts", "--until", today.isoformat())
    assert (issued["issued"], issued["total_yen"]) == (5, 8_500)
    void(receipt=Receipt.objects.get(number=issued["first"]), reason="宛名のまちがい", **acting)
    anew = told("issue_receipts", "--until", today.isoformat())
    replacement = Receipt.objects.get(number=anew["first"])
    assert (replacement.serial, replacement.replaces.number) == (6, issued["first"])
    assert told("print_receipts", "--output", str(tmp_path / "receipts.pdf"), "--mark-printed")["marked"] == 5

    # 田中 実 telephones: no more letters. The newsletter reaches the others, by mail and on paper.
    withdraw_consent(supporter=supporter("A3"), on=today, source="電話", **acting)
    (tmp_path / "letter.md").write_text("{{氏名}} さま\n\n## 夏の報告\n\nありがとうございました。\n", encoding="utf-8")
    letter = told("prepare_newsletter", str(tmp_path / "letter.md"), "--title", "みずうみ通信 第1号")
    assert (letter["email"], letter["print"], letter["not_reached"]) == (1, 3, 1)
    assert Delivery.objects.get(supporter=supporter("A3")).reason == SuppressReason.OPTED_OUT
    assert told("send_newsletter", str(letter["newsletter"]))["sent"] is False

    # The year ends: every yen is listed, a backup is made, and the same files change nothing.
    assert told("export_allocations", "--output", str(tmp_path / "list-of-yen.csv"))["rows"] == 6
    assert told("backup", str(tmp_path / "hikae"), "--key", told("backup_key", "会計")["public_key"])["received_yen"] == 21_500
    assert told("import_statement", spring)["new"] == 0
