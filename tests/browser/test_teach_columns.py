"""The CSV of another bank in a real browser, with and without JavaScript: unknown → columns named → imported → known."""

import pytest

from donations.models import SavedMapping, Transaction
from tests.donations.other_bank import CSV, MORE, other_bank

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def choose(desk, path):
    desk.open("/donations/statements/")
    desk.page.locator("input[type=file]").set_input_files(path)
    desk.press("中身を確かめる")


def test_the_columns_are_named_once(desk, javascript, tmp_path) -> None:
    """A person chooses meanings, sees the rows change, keeps the form; the next file needs no word."""
    other_bank()
    first, second = tmp_path / "meisai.csv", tmp_path / "meisai2.csv"
    first.write_bytes(CSV.encode("cp932"))
    second.write_bytes(MORE.encode("cp932"))
    page = desk.page

    choose(desk, first)
    desk.press("列の名前をおしえる")
    page.get_by_text("残高のつながりも").wait_for()
    page.wait_for_load_state("load")  # the scripts listen from then on
    page.get_by_label("差引残高").select_option("unused")
    if not javascript:
        desk.press("読みかたを確かめる")
    page.get_by_text("抜けている行があっても見つけられません").wait_for()
    page.get_by_label("差引残高").select_option("balance")
    page.get_by_label("この形の呼び名").fill("みどり信用金庫")
    page.get_by_label("どの口座のファイルか").select_option(label="みどり 0000001")
    desk.press("覚えて、ファイルの中身を確かめる")
    desk.press("3行を取り込む")
    page.get_by_text("新しい3行を取り込みました").wait_for()

    choose(desk, second)
    desk.press("1行を取り込む")
    page.get_by_text("新しい1行を取り込みました").wait_for()
    assert (Transaction.objects.count(), SavedMapping.objects.get().name) == (4, "みどり信用金庫")
    assert [said for said in desk.complaints if "422" not in said] == []
