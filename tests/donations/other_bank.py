"""The CSV of another bank for tests, and the presses that teach its columns."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from members.models import AccountKind
from tests.factories.members import BankAccountFactory

PREVIEW = reverse("donations:statement_preview")
TEACH = reverse("donations:mapping_teach")
TITLES = ("取引日", "お取引内容", "お支払金額", "お預り金額", "差引残高", "お名前")
CSV = (
    "みどり信用金庫 入出金明細,,,,,\r\n"
    "取引日,お取引内容,お支払金額,お預り金額,差引残高,お名前\r\n"
    '2026/9/1,振込,,"1,000","101,000",ﾔﾏﾀﾞ ﾊﾅｺ\r\n'
    '2026/9/2,手数料,330,,"100,670",\r\n'
    '2026/9/5,振込,,"3,000","103,670",ﾐﾄﾞﾘﾉｶｲ\r\n'
)
MORE = CSV + '2026/10/1,振込,,"2,000","105,670",ｻﾄｳ ｲﾁﾛｳ\r\n'
ROLES = ("day", "detail_1", "paid_out", "received", "balance", "detail_2")
ANSER_TITLES = (
    "照会口座", "番号", "勘定日", "(起算日)", "出金金額(円)", "入金金額(円)", "小切手区分", "残高(円)", "取引区分", "明細区分",
    "金融機関名", "支店名", "摘要",
)  # fmt: skip


def other_bank(**facts):
    """Our account at みどり信用金庫."""
    given = {
        "name": "みどり", "kind": AccountKind.OTHER_BANK, "bank_name": "みどり信用金庫", "branch_name": "本店", "number": "0000001",
        "opening_balance_yen": None, "opening_on": None, **facts,
    }  # fmt: skip
    return BankAccountFactory(**given)


def upload(client, text=CSV, **facts):
    """Choose the file and press 中身を確かめる."""
    return client.post(PREVIEW, {"file": SimpleUploadedFile("meisai.csv", text.encode("cp932")), **facts})


def carried(response):
    """The signed word of the page."""
    return re.search(r'name="carried" value="([^"]*)"', response.content.decode())[1]


def choices(account, roles=ROLES, *, line=2, **facts):
    """What the form sends when every column has its role."""
    named = {f"column_{line}_{place}": role for place, role in enumerate(roles)}
    return {"line": line, "day_written": "whole", "name": "みどり信用金庫", "account": account.pk, **named, **facts}


def teach(client, account, text=CSV, *, do="save", **facts):
    """Upload an unknown file, name its columns and press the button."""
    return client.post(TEACH, {"carried": carried(upload(client, text)), "do": do, **choices(account, **facts)})


def anser(rows=2, *, folded=False):
    """Thirteen quoted titles, then thirteen quoted cells a row; `folded`: the titles before the cells of every row."""
    made = [
        ("ﾎﾝﾃﾝ 普通 0000001 ﾋﾄｸﾁﾉｶｲ", f"{number:05d}", f"2026年09月{number:02d}日", "", "", "1,000", "", f"{number},000", "振込", "",
         "ﾐﾂﾎﾞｼ", "ﾎﾝﾃﾝ", f"ﾔﾏﾀﾞ ﾊﾅｺ{number}")
        for number in range(1, rows + 1)
    ]  # fmt: skip
    lines = [(*ANSER_TITLES, *cells) for cells in made] if folded else [ANSER_TITLES, *made]
    return "".join(",".join(f'"{cell}"' for cell in line) + "\r\n" for line in lines)
