"""Every value that an installation may set, read in this one place.

Each reader names the variable, the value found and what would be accepted, so that the person who
installs the program can mend it without reading code. `docs/reference/settings.md` lists the same
names; a test keeps the two together.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from secrets import token_urlsafe
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

SECRET_KEY_FILE = "secret-key" # noqa: S105 - a file name
TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"0", "false", "no", "off", ""}


def _refuse(name: str, found: str, expected: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"環境変数 {name} の値「{found}」は使えません。使える値: {expected}")


def _truth(source: Mapping[str, str], name: str, *, default: bool) -> bool:
    found = source.get(name)
    if found is None:
        return default
    if found.lower() in TRUE_WORDS:
        return True
    if found.lower() in FALSE_WORDS:
        return False
    raise _refuse(name, found, "1 または 0")


def _count(source: Mapping[str, str], name: str) -> int:
    found = source.get(name, "0")
    if not (found.isascii() and found.isdecimal() and len(found) <= 9):
        raise _refuse(name, found, "0 以上の整数(0 は上限なし)")
    return int(found)


def _public_url(source: Mapping[str, str]) -> str:
    found = source.get("HITOKUCHI_PUBLIC_URL", "").rstrip("/")
    if not found:
        return ""
    parts = urlsplit(found)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise _refuse("HITOKUCHI_PUBLIC_URL", found, "https://example.jp の形の住所(なければ空)")
    return found


def _database(source: Mapping[str, str], data_dir: Path) -> dict[str, object]:
    found = source.get("DATABASE_URL", "")
    if not found:
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(data_dir / "hitokuchi.sqlite3")}
    config = environ.Env.db_url_config(found)
    if config.get("ENGINE") not in {"django.db.backends.sqlite3", "django.db.backends.postgresql"}:
        shown = found.split(":", 1)[0]  # the rest may hold a password
        raise _refuse("DATABASE_URL", f"{shown}:…", "sqlite:///… または postgres://利用者:暗証@相手/名前")
    return dict(config)


def _email(source: Mapping[str, str], data_dir: Path) -> dict[str, object]:
    found = source.get("EMAIL_URL", "")
    if not found:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": str(data_dir / "mail"),
        }
    scheme = found.split(":", 1)[0]
    if scheme not in {"smtp", "smtp+tls", "smtp+ssl"}:
        raise _refuse("EMAIL_URL", f"{scheme}:…", "smtp+tls://利用者:暗証@相手:587(smtp, smtp+tls, smtp+ssl)")
    return dict(environ.Env.email_url_config(found))


def _hosts(source: Mapping[str, str], public_url: str) -> list[str]:
    named = [host.strip() for host in source.get("HITOKUCHI_ALLOWED_HOSTS", "").split(",") if host.strip()]
    own = [urlsplit(public_url).hostname or ""] if public_url else []
    return [*named, *own, "localhost", "127.0.0.1", "[::1]"]


def _secret_key(data_dir: Path) -> str:
    """Return the key in the data directory; make it there once with mode 0600."""
    path = data_dir / SECRET_KEY_FILE
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process was faster
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        key = token_urlsafe(64)
        file.write(key)
    return key


@dataclass(frozen=True, slots=True)
class Environment:
    """What the installation decided. `public_url` is '' where nobody outside can reach the program; `mail_per_hour`
    is 0 where the mail server has no limit.
    """

    data_dir: Path
    secret_key: str
    debug: bool
    public_url: str
    https: bool
    allowed_hosts: list[str]
    database: dict[str, object]
    email: dict[str, object]
    mail_from: str
    unsubscribe_mailbox: str
    mail_per_hour: int


def read(source: Mapping[str, str], *, base_dir: Path) -> Environment:
    """Read and check every variable.

    Raises `ImproperlyConfigured` naming the variable, the value found and the accepted values.
    """
    data_dir = Path(source.get("HITOKUCHI_DATA_DIR") or base_dir / "data").expanduser().resolve()
    public_url = _public_url(source)
    return Environment(
        data_dir=data_dir,
        secret_key=_secret_key(data_dir),
        debug=_truth(source, "HITOKUCHI_DEBUG", default=False),
        public_url=public_url,
        https=_truth(source, "HITOKUCHI_HTTPS", default=public_url.startswith("https://")),
        allowed_hosts=_hosts(source, public_url),
        database=_database(source, data_dir),
        email=_email(source, data_dir),
        mail_from=source.get("HITOKUCHI_MAIL_FROM", ""),
        unsubscribe_mailbox=source.get("HITOKUCHI_UNSUBSCRIBE_MAILBOX", ""),
        mail_per_hour=_count(source, "HITOKUCHI_MAIL_PER_HOUR"),
    )
