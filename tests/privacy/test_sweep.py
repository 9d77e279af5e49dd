"""A sweep finds a number wherever it lies, says where, and never which."""

import base64
import gzip
import io
import json
import zipfile

import pytest
from django.core.management import call_command
from stdnum.jp import in_
from weasyprint import HTML

from privacy.containers import texts_in
from privacy.models import Sweep
from privacy.sweep import ask_connection as ask
from privacy.sweep import sweep_files, sweep_tables, text_columns
from tests.factories.members import SupporterFactory
from tests.planting import plant

BODY = "40271836591"
NUMBER = BODY + in_.calc_check_digit(BODY)
LABELLED = f"マイナンバー：{NUMBER}"


def zipped(data: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner.txt", data)
    return file.getvalue()


CONTAINERS = {
    "utf-8": LABELLED.encode(),
    "cp932": LABELLED.encode("cp932"),
    "utf-16": LABELLED.encode("utf-16"),
    "utf-16 without mark": LABELLED.encode("utf-16-le") + NUMBER.encode("utf-16-le") * 3,
    "zip": zipped(LABELLED.encode()),
    "gzip": gzip.compress(LABELLED.encode()),
    "base64": b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(LABELLED.encode()),
    "quoted-printable": b"".join(b"=%02X" % byte for byte in LABELLED.encode()),
    "zip in base64": base64.encodebytes(zipped(LABELLED.encode())),
    "among bytes": b"\xff\xfe\x00\x01\x80"[2:] + LABELLED.encode() + b"\x00\xff\x81",
}


@pytest.mark.parametrize("name", CONTAINERS)
def test_a_text_is_found_in_every_container(name) -> None:
    """The words come out as they were put in."""
    assert any(LABELLED in text for text in texts_in(CONTAINERS[name]))


def test_the_words_of_a_pdf_are_read() -> None:
    """Though a PDF writes numbers of signs, not signs."""
    data = HTML(string=f"<p>{LABELLED}</p>").write_pdf()
    assert any(NUMBER in text for text in texts_in(data))


def test_a_bomb_costs_little() -> None:
    """Of 200 MB of nothing as much as allowed is read."""
    data = gzip.compress(b"\x00" * 80_000_000)
    assert sum(len(text) for text in texts_in(data)) < 140_000_000


@pytest.mark.django_db
def test_every_text_column_is_looked_through() -> None:
    """All tables, also those of others; a column of ours is among them."""
    columns = text_columns()
    assert ("note" in columns["members_supporter"], "session_data" in columns["django_session"]) == (True, True)


@pytest.mark.django_db
def test_clean_data_are_clean() -> None:
    """Nothing is found among ordinary supporters."""
    SupporterFactory.create_batch(3)
    swept = sweep_tables(ask)
    assert (swept.found, swept.places, swept.columns) == (0, (), sum(len(one) - 1 for one in text_columns().values()))


@pytest.mark.django_db(transaction=True)
def test_a_number_is_found_with_its_place() -> None:
    """Table, column, row; nothing of the number."""
    supporter = SupporterFactory()
    plant("members_supporter", "note", LABELLED)
    (place,) = sweep_tables(ask).places
    assert (place.where, place.count, place.rows) == ("members_supporter.note", 1, (supporter.pk,))


@pytest.mark.django_db(transaction=True)
def test_every_row_is_looked_at(monkeypatch) -> None:
    """Rows are read in parts; the last row of the last part too."""
    monkeypatch.setattr("privacy.sweep.ROWS_AT_ONCE", 2)
    supporters = SupporterFactory.create_batch(4)
    plant("members_supporter", "note", LABELLED)
    (place,) = sweep_tables(ask).places
    assert place.rows == tuple(one.pk for one in supporters)


def test_files_are_looked_into(tmp_path) -> None:
    """By their path under the folder; the database itself and locked files apart."""
    (tmp_path / "prints").mkdir()
    (tmp_path / "prints" / "a.txt").write_text(LABELLED)
    (tmp_path / "hitokuchi.sqlite3").write_text(LABELLED)
    (tmp_path / "old.hitokuchi-backup").write_bytes(b"age-encryption.org/v1\n-> X25519 x\n")
    swept = sweep_files(tmp_path)
    assert (swept.files, swept.locked, [place.where for place in swept.places]) == (1, 1, ["prints/a.txt"])


@pytest.mark.django_db(transaction=True)
def test_the_command_tells_places_and_keeps_them(settings, tmp_path) -> None:
    """One line of JSON; a row that says when and where; the number in neither."""
    settings.DATA_DIR = tmp_path
    SupporterFactory()
    plant("members_supporter", "note", LABELLED)
    out = io.StringIO()
    call_command("idguard_sweep", "--json", stdout=out)
    told = json.loads(out.getvalue())
    kept = Sweep.objects.get()
    assert (told["found"], kept.found, kept.places, NUMBER in out.getvalue()) == (
        1, 1, "members_supporter.note individual_number_labelled 1", False,
    )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_a_session_is_opened(treasurer) -> None:
    """Session data are letters that stand for a text."""
    from django.core import signing

    data = signing.dumps({"words": LABELLED}, salt="django.contrib.sessions.SessionStore", compress=True)
    plant("django_session", "session_data", data)
    assert [place.where for place in sweep_tables(ask).places] == ["django_session.session_data"]
