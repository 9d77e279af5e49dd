"""`make demo`: the main job from the bank's file to receipts and newsletter, through the same commands as in daily use."""

import io
import json
import secrets
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.granting import create_user
from accounts.roles import Role
from japanese.yucho_account import check_digit
from office.demo.letter import MARKDOWN, TITLE
from office.demo.payments import OPENING_YEN, bank_files, year_up_to
from office.demo.people import as_csv, invent
from privacy.errors import Refused

SEED = 20260401
MARK = "これはひとくちのデモです.txt"
SIGN_IN = "サインイン.txt"
KEY_FILE = "控えのひみつの鍵.txt"
"""In the demo beside the backup, so that it can be tried; in earnest never."""
USERS = (
    ("kaikei", (Role.TREASURER, Role.PRINTER, Role.ORGANISER)),
    ("tayori", (Role.ORGANISER,)),
    ("kanri", (Role.ADMIN,)),
)
NUMBER = "990004"
ACCOUNT = f"001{check_digit('00100', NUMBER)}0-5-{NUMBER}"
AS_WRITTEN = f"{ACCOUNT[:5]}-00{NUMBER}"
Say = Callable[[str], object]


def show(*, folder: Path, today: date, say: Say) -> None:
    """Build the demo anew in `folder` and tell each step in plain Japanese.

    Raises `Refused` "not_a_demo_folder" for a folder with other things in it, and when the program's data
    directory is not inside `folder`: the demo never touches real data.
    """
    _make_room(folder)
    random = Random(SEED)  # noqa: S311 - invented people, no secret
    people = invent(random, today=today)
    files = bank_files(people, random, account_as_written=AS_WRITTEN, today=today)
    supporters = folder / "支援者名簿.csv"
    supporters.write_bytes(as_csv(people))
    letter = folder / "広場だより.md"
    letter.write_text(MARKDOWN, encoding="utf-8")
    for file in files:
        (folder / file.name).write_bytes(file.data)

    say(_("作り物の会「みんなの広場ネット」でやってみます。出てくる人・会・口座はすべて架空です。"))
    call_command("migrate", verbosity=0)
    password = _make_users(folder)
    _told("setup_association", "--name", "みんなの広場ネット", "--account", ACCOUNT, "--postal-code", "166-0004",
          "--address", "東京都杉並区阿佐谷南0-0-0 ひろばビル2階", "--email", "hiroba@example.jp", "--fiscal-year-start", "4",
          "--opening-balance", str(OPENING_YEN), "--opening-on", year_up_to(today)[0].isoformat())  # fmt: skip
    listed = _told("import_supporters", str(supporters))
    say(_("1. 支援者の名簿(%(file)s)から %(new)d 人・団体を登録しました。") % {"file": supporters.name, **listed})
    _import_bank_files(folder, [file.name for file in files], say)
    _reconcile(say)
    _print_receipts(folder, today, say)
    _send_letter(folder, letter, say)
    _close_the_books(folder, say)
    say(_("ブラウザーで見るには make serve と打ってください。利用者の名前は kaikei、パスワードは %s です(%s にも書きました)。")
        % (password, f"{folder.name}/{SIGN_IN}"))


def _make_room(folder: Path) -> None:
    """Empty `folder` of an earlier demo; the secret key may stay."""
    data = Path(settings.DATA_DIR)
    found = {path.name for path in folder.iterdir()} if folder.exists() else set()
    if data.parent != folder.resolve() or (found - {data.name} and MARK not in found):
        raise Refused(
            _("%s には、デモではないものがあります。make demo を使うか、空のフォルダーを選んでください。") % folder,
            code="not_a_demo_folder",
        )
    shutil.rmtree(folder)
    data.mkdir(parents=True, mode=0o700)
    (folder / MARK).write_text(_("make demo が作ったフォルダーです。消してもかまいません。\n"), encoding="utf-8")


def _told(*words: str) -> dict[str, Any]:
    """Run one of our commands with --json and give what it told. Raises `Refused` with what it refused."""
    out = io.StringIO()
    try:
        call_command(*words, "--json", stdout=out)
    except SystemExit as stopped:
        error = json.loads(out.getvalue())["error"]
        raise Refused(f"{words[0]}: {error['message']}", code=error["code"]) from stopped
    told: dict[str, Any] = json.loads(out.getvalue())
    return told


def _make_users(folder: Path) -> str:
    password = secrets.token_urlsafe(12)
    for name, roles in USERS:
        create_user(name=name, roles=roles, password=password, at=timezone.now())
    names = "、".join(name for name, _roles in USERS)
    (folder / SIGN_IN).write_text(_("利用者: %s\nパスワード: %s\n") % (names, password), encoding="utf-8")
    return password


def _import_bank_files(folder: Path, names: list[str], say: Say) -> None:
    for name in (*names, names[0]):
        told = _told("import_statement", str(folder / name))
        say(_("2. 銀行の明細 %(name)s を取り込みました: %(rows)d 行のうち新しい行 %(new)d、もうあった行 %(already_known)d。")
            % {"name": name, **told})


def _reconcile(say: Say) -> None:
    rows = _told("suggest_matches")["rows"]
    told = _told("reconcile", "--auto")
    say(_("3. 入金 %(rows)d 件のうち、確かな %(confirmed)d 件(%(yen)s 円)を自動で照合しました。残りは人が決めます。")
        % {"rows": len(rows), "confirmed": told["confirmed"], "yen": f"{told['confirmed_yen']:,}"})


def _print_receipts(folder: Path, today: date, say: Say) -> None:
    issued = _told("issue_receipts", "--until", today.isoformat())
    _told("print_receipts", "--output", str(folder / "領収書.pdf"))
    say(_("4. 領収書を %(issued)d 枚発行し、領収書.pdf に書きました(%(first)s から %(last)s)。") % issued)


def _send_letter(folder: Path, letter: Path, say: Say) -> None:
    told = _told("prepare_newsletter", str(letter), "--title", TITLE)
    number = str(told["newsletter"])
    sent = _told("send_newsletter", number)
    _told("print_newsletter", number, "--output", str(folder / "通信.pdf"), "--labels", str(folder / "宛名ラベル.pdf"))
    say(_("5. 通信「%(title)s」: メール %(email)d 通、紙 %(print)d 通、届けられない人 %(not_reached)d 人。") % {"title": TITLE, **told})
    say(_("   メールサーバーの設定がないので、%d 通はファイルに書いただけで、送っていません。") % sent["written"])


def _close_the_books(folder: Path, say: Say) -> None:
    told = _told("balance")
    _told("export_allocations", "--output", str(folder / "消込一覧.csv"))
    key = _told("backup_key", _("会計"))["secret_key"]
    (folder / KEY_FILE).write_text(f"{key}\n", encoding="ascii")
    _told("backup", str(folder / "控え.hitokuchi-backup"))
    say(_("6. 受け取り %(received_yen)s 円 = 照合 %(allocated_yen)s 円 + 保留 %(set_aside_yen)s 円 + これから %(open_yen)s 円。"
          "銀行の残高との差は %(bank_difference_yen)s 円です。") % {key: f"{yen:,}" for key, yen in told.items()})
    say(_("できたものは %s/ にあります: 領収書.pdf、通信.pdf、宛名ラベル.pdf、消込一覧.csv、控え(暗号)とその鍵。") % folder.name)
