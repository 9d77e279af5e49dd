"""Settings are read in one typed place, refuse by name, and are documented."""

import re
import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.environment import read

ROOT = Path(__file__).resolve().parents[2]


def read_with(tmp_path: Path, **source: str):
    return read({"HITOKUCHI_DATA_DIR": str(tmp_path / "data"), **source}, base_dir=tmp_path)


def test_the_defaults_are_safe(tmp_path) -> None:
    """No debug, no public address, local hosts only, mail into files, SQLite in the data directory."""
    env = read_with(tmp_path)
    assert (env.debug, env.public_url, env.https, env.allowed_hosts, env.email["EMAIL_BACKEND"], env.database["NAME"]) == (
        False, "", False, ["localhost", "127.0.0.1", "[::1]"],
        "django.core.mail.backends.filebased.EmailBackend", str(tmp_path / "data" / "hitokuchi.sqlite3"),
    )


def test_the_data_directory_defaults_to_the_project(tmp_path) -> None:
    """`data/` beside the program."""
    assert read({}, base_dir=tmp_path).data_dir == tmp_path / "data"


def test_the_secret_key_is_made_once_for_our_user_only(tmp_path) -> None:
    """Mode 0600, and the same key the next time."""
    first, second = read_with(tmp_path).secret_key, read_with(tmp_path).secret_key
    assert (first == second, len(first) > 50, stat.S_IMODE((tmp_path / "data" / "secret-key").stat().st_mode)) == (
        True, True, 0o600,
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HITOKUCHI_DEBUG", "maybe"),
        ("HITOKUCHI_PUBLIC_URL", "example.jp"),
        ("HITOKUCHI_PUBLIC_URL", "https://example.jp/?a=1"),
        ("EMAIL_URL", "pigeon://host"),
        ("DATABASE_URL", "mysql://u:p@host/name"),
        ("HITOKUCHI_HTTPS", "ja"),
    ],
)
def test_a_bad_value_is_refused_by_name(tmp_path, name, value) -> None:
    """The message names the variable."""
    with pytest.raises(ImproperlyConfigured, match=name):
        read_with(tmp_path, **{name: value})


@pytest.mark.parametrize("name", ["DATABASE_URL", "EMAIL_URL"])
def test_a_refused_address_does_not_show_its_password(tmp_path, name) -> None:
    """Errors end up in logs."""
    with pytest.raises(ImproperlyConfigured) as refused:
        read_with(tmp_path, **{name: "foo://user:himitsu@host/x"})
    assert "himitsu" not in str(refused.value)


def test_a_public_address_allows_its_host(tmp_path) -> None:
    """And turns on https for an https address."""
    env = read_with(tmp_path, HITOKUCHI_PUBLIC_URL="https://hiroba.example.jp/", HITOKUCHI_ALLOWED_HOSTS="pc.local")
    assert (env.public_url, env.https, env.allowed_hosts[:2]) == (
        "https://hiroba.example.jp", True, ["pc.local", "hiroba.example.jp"],
    )


def test_postgresql_by_address(tmp_path) -> None:
    """The URL's parts arrive."""
    env = read_with(tmp_path, DATABASE_URL="postgres://u:p@db.local:5433/hitokuchi")
    assert (env.database["ENGINE"], env.database["HOST"], env.database["PORT"], env.database["NAME"]) == (
        "django.db.backends.postgresql", "db.local", 5433, "hitokuchi",
    )


def test_a_mail_server_by_address(tmp_path) -> None:
    """STARTTLS with the port."""
    env = read_with(tmp_path, EMAIL_URL="smtp+tls://u:p@mail.local:587")
    assert (env.email["EMAIL_HOST"], env.email["EMAIL_PORT"], env.email["EMAIL_USE_TLS"]) == ("mail.local", 587, True)


def test_every_variable_is_documented() -> None:
    """docs/reference/settings.md names what the code reads, and nothing else."""
    code = "".join((ROOT / name).read_text(encoding="utf-8") for name in ("config/environment.py", "start.py"))
    read_by_code = set(re.findall(r'"(HITOKUCHI_[A-Z_]+|DATABASE_URL|EMAIL_URL|PORT|TEST_WORKERS)"', code))
    table = (ROOT / "docs/reference/settings.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([A-Z_]+)`", table, re.MULTILINE)) == read_by_code
