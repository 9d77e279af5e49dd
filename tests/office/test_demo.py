"""`make demo` does the whole job through the daily commands, to the yen, and again."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command

from donations.models import Allocation, Transaction
from members.models import Supporter
from newsletters.models import Delivery, DeliveryState
from office.demo.payments import bank_files
from office.demo.people import invent
from office.demo.showing import AS_WRITTEN, SEED, show
from privacy.errors import Refused
from receipts.models import Receipt

TODAY = date(2026, 11, 23)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def folder(settings, tmp_path) -> Path:
    folder = tmp_path / "demo"
    settings.DATA_DIR = folder / "data"
    settings.DATA_DIR.mkdir(parents=True)
    return folder


@pytest.fixture
def shown(folder) -> tuple[Path, list[str]]:
    said: list[str] = []
    show(folder=folder, today=TODAY, say=said.append)
    return folder, said


def told(*words: str) -> dict:
    out = io.StringIO()
    call_command(*words, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_the_demo_accounts_for_every_yen_and_writes_its_papers(shown) -> None:
    """One run, looked at from all sides: the run itself is what costs time."""
    folder, said = shown
    books = told("balance")
    assert books["received_yen"] == books["allocated_yen"] + books["set_aside_yen"] + books["open_yen"]
    assert books["bank_difference_yen"] == 0
    assert Supporter.objects.count() == 120
    assert Allocation.objects.filter(automatic=False).count() == 0
    assert Receipt.objects.count() == len({row.transaction_id for row in Allocation.objects.all()})
    assert Delivery.objects.filter(state=DeliveryState.ACCEPTED).count() == 0
    assert [(folder / name).read_bytes()[:5] for name in ("領収書.pdf", "通信.pdf", "宛名ラベル.pdf")] == [b"%PDF-"] * 3
    rows = list(csv.reader((folder / "消込一覧.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0] == ["日付", "金額", "払込人名", "支援者番号", "用途", "自動/手動"]
    assert sum(int(row[1]) for row in rows[1:]) == books["allocated_yen"]
    before = Transaction.objects.count()
    for file in folder.glob("2026*.csv"):
        assert told("import_statement", str(file))["new"] == 0
    assert Transaction.objects.count() == before
    assert told("import_supporters", str(folder / "支援者名簿.csv"))["unchanged"] == 120
    assert "送っていません" in "".join(said)


def test_the_demo_refuses_a_folder_of_somebody_else(folder) -> None:
    """Other files are never deleted."""
    (folder / "大事な手紙.txt").write_text("x", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        show(folder=folder, today=TODAY, say=print)
    assert (refused.value.code, (folder / "大事な手紙.txt").exists()) == ("not_a_demo_folder", True)


def test_the_demo_refuses_the_real_data_directory(settings, tmp_path) -> None:
    """Data outside the demo folder is never touched."""
    settings.DATA_DIR = tmp_path / "data"
    with pytest.raises(Refused) as refused:
        show(folder=tmp_path / "demo", today=TODAY, say=print)
    assert refused.value.code == "not_a_demo_folder"


def demo_files() -> tuple[bytes, bytes]:
    from random import Random

    random = Random(SEED)
    people = invent(random, today=TODAY)
    return tuple(file.data for file in bank_files(people, random, account_as_written=AS_WRITTEN, today=TODAY))


def test_the_demo_files_have_the_bank_s_bytes() -> None:
    """CP932, LF, 7 and 6 lines before the header, a comma at the end of every row."""
    first, second = (data.decode("cp932") for data in demo_files())
    header = "取引日,入出金明細ＩＤ,受入金額（円）,払出金額（円）,詳細１,詳細２,現在（貸付）高,"
    assert (first.split("\n")[7], second.split("\n")[6]) == (header, header)
    assert ("\r" in first + second, all(line.endswith(",") for line in first.split("\n")[7:-1])) == (False, True)


def test_the_demo_files_hold_the_troubles_of_real_ones() -> None:
    """Equal amounts on a day, twice the same payer, kana, kanji, no payer, fees, organisations, 組戻, an overlap."""
    first, second = (
        [line.split(",") for line in data.decode("cp932").split("\n")[8 - n : -1]] for n, data in enumerate(demo_files())
    )
    rows = first + [row for row in second if row not in first]
    words = "".join(row[5] for row in rows)
    same_day = {}
    for row in rows:
        same_day.setdefault((row[0], row[2]), []).append(row[5])
    assert max(len(payers) for (_day, yen), payers in same_day.items() if yen) >= 6
    assert any(len(payers) != len(set(payers)) and payers[0] for payers in same_day.values())
    assert ["ﾄｸﾋ)" in words, "ｼﾔ)" in words, "ｶ)" in words, "　" in words, "髙﨑" in words] == [True] * 5
    assert any(row[2] and not row[5] for row in rows)
    assert any(row[4] == "料　金" for row in rows)
    assert any(row[4] == "組戻" and row[3] == "10000" for row in rows)
    assert len([row for row in second if row in first]) > 10
    assert len([row for row in rows if row[5] == "ﾀﾅｶ ﾐﾉﾙ"]) == 2
