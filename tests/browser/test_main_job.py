"""The main job in a real browser, with and without JavaScript: bank file → reconcile → receipt → newsletter preview."""

import re
from datetime import date, datetime
from pathlib import Path

import pytest

from donations.bankfiles.yucho_direct_csv_writer import ledger, write
from donations.models import Allocation
from newsletters.models import Newsletter
from receipts.models import Receipt
from tests.factories.members import AssociationFactory, BankAccountFactory, FeeRateFactory, SupporterFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROWS = [
    (date(2026, 4, 6), 2_000, "振込", "ﾄｸﾓﾄ ﾊﾅｺ"),
    (date(2026, 4, 7), 1_500, "送金", "髙﨑　邦子　分"),
    (date(2026, 4, 8), 3_000, "振込", "ｵｵﾆｼ ﾊﾔﾄ"),
]


@pytest.fixture
def bank_file(tmp_path) -> Path:
    path = tmp_path / "202604093612_01.csv"
    path.write_bytes(
        write(
            ledger(0, ROWS), account_as_written="00100-00729745", produced_at=datetime(2026, 4, 9, 17, 36), period=None,
            balance_at_output_yen=6_500,
        )
    )
    return path


def test_the_main_job(desk, bank_file) -> None:
    """A person reads, decides and prints; at the end nothing complained in the console."""
    AssociationFactory()
    BankAccountFactory()
    FeeRateFactory()
    FeeRateFactory(organisation=True)
    SupporterFactory(name="徳本　花子", reading="トクモト ハナコ")
    SupporterFactory(name="髙﨑　邦子", reading="タカサキ クニコ")
    page = desk.page

    desk.open("/donations/statements/")
    page.locator("input[type=file]").set_input_files(bank_file)
    desk.press("中身を確かめる")
    page.get_by_role("button", name="3行を取り込む").click()
    page.get_by_role("link", name="入金の照合へ進む").wait_for()
    desk.open("/donations/statements/")
    page.get_by_text("残高は銀行と一致しています").first.wait_for()

    desk.open("/donations/reconcile/?pile=certain")
    page.get_by_role("button", name=re.compile("1 ?件を確定する")).click()
    page.wait_for_url(re.compile("done="))
    desk.open("/donations/reconcile/?pile=likely")
    desk.press("この人に確定")
    page.wait_for_url(re.compile("done="))
    desk.open("/donations/reconcile/?pile=ask")
    desk.press("匿名のカンパ")
    page.wait_for_url(re.compile("done="))

    desk.open("/receipts/")
    desk.press("領収書を発行する")
    page.get_by_text("領収書を 2 枚発行しました").wait_for()
    page.get_by_role("button", name="2 枚を印刷する").click()
    desk.press("いますぐ作る")
    page.get_by_role("link", name="PDFを開く").wait_for()
    desk.press("はい、2 枚とも印刷できました")
    page.get_by_text("印刷済み").first.wait_for()

    desk.open("/newsletters/")
    page.get_by_role("link", name="新しい通信を書く").click()
    page.get_by_label("題名").fill("みずうみ通信")
    page.get_by_label("本文").fill("これは**「強調」**です。")
    desk.press("見え方を確かめる")
    assert page.locator("#preview strong").inner_text() == "「強調」"

    assert (Allocation.objects.count(), Receipt.objects.unprinted().count(), desk.complaints) == (4, 0, [])
    assert Newsletter.objects.count() == 0


def test_a_number_typed_into_a_field_is_not_shown_again(desk, javascript) -> None:
    """The words come back without the number, with a sentence; the browser asks before, where it can."""
    AssociationFactory()
    page = desk.open("/supporters/add/")
    page.get_by_label("氏名・団体名").fill("徳本　花子")
    page.get_by_label("備考").fill("会場係。マイナンバー 1234 5678 9018")
    desk.page.locator("main form button.main").click()
    if javascript:
        page.get_by_text("まだ送っていません").wait_for()
        desk.page.locator("main form button.main").click()
    page.get_by_text("番号を消してから").first.wait_for()
    assert ("5678" in page.content(), page.get_by_label("備考").input_value(), page.get_by_label("氏名・団体名").input_value()) == (
        False, "会場係。マイナンバー ［番号は保存しません］", "徳本　花子",
    )
