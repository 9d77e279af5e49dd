"""What the commands ask for to lock or open a backup: a passphrase at the keyboard, or a file that holds it."""

import getpass
import sys
from pathlib import Path

from django.utils.translation import gettext as _

from office.backup_lock import (
    Lock,
    Opener,
    Passphrase,
    asks_for_passphrase,
    is_locked,
    passphrase,
    public_keys,
    secret_keys,
)
from privacy.errors import Refused


def lock_for(*, keys: list[str], ask: bool, passphrase_file: Path | None) -> Lock | None:
    """The lock that was asked for; None for the registered keys.

    Raises `Refused` "two_locks", "cannot_read", "passphrases_differ" and those of `backup_lock`.
    """
    if bool(keys) + ask + bool(passphrase_file) > 1:
        raise Refused(_("鍵と合言葉は、どれか1つだけ選んでください。"), code="two_locks")
    if keys:
        return public_keys(keys)
    if passphrase_file:
        return passphrase(_first_line(passphrase_file))
    if not ask:
        return None
    words = passphrase(getpass.getpass(_("控えの合言葉: ")))
    if getpass.getpass(_("もう一度: ")).strip() != words.words:
        raise Refused(_("2回の合言葉がちがいます。何もしていません。もう一度やり直してください。"), code="passphrases_differ")
    return words


def opener_for(path: Path, *, key_file: Path | None, passphrase_file: Path | None) -> Opener:
    """What opens the backup at `path`. Raises `Refused` "needs_key", "cannot_read", "bad_secret_key"."""
    if key_file:
        return secret_keys(_read(key_file))
    if passphrase_file:
        return Passphrase(_first_line(passphrase_file))
    try:
        wants_passphrase = is_locked(path) and asks_for_passphrase(path)
    except OSError:
        wants_passphrase = False
    if wants_passphrase and sys.stdin.isatty():
        return Passphrase(getpass.getpass(_("控えの合言葉: ")).strip())
    raise Refused(
        _("この控えは合言葉で開きます。--passphrase-file で、合言葉を書いたファイルを選んでください。")
        if wants_passphrase
        else _("控えを開くには、ひみつの鍵がいります。--key-file で、AGE-SECRET-KEY-1 で始まる行を書いたファイルを選んでください。"),
        code="needs_key",
    )


def _first_line(path: Path) -> str:
    return _read(path).strip().partition("\n")[0].strip()


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(_("%s を読めませんでした。ファイルの場所を確かめてください。") % path, code="cannot_read") from error
