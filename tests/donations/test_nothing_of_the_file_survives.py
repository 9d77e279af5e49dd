"""Of an uploaded file remain its digest and the guarded rows; what the import drops is found nowhere afterwards."""

import logging
import re
import tempfile
from dataclasses import replace

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from donations.carried_file import unpack
from donations.importing import import_statement
from donations.models import Transaction
from tests.donations.bank_file import bank_file, year
from tests.factories.members import BankAccountFactory

pytestmark = pytest.mark.django_db
MARK = "ﾄﾞｺﾆﾓ ﾉｺﾗﾅｲ ｺﾄﾊﾞ"
NOTICE = "ｷﾞﾝｺｳ ﾉ ｵｼﾗｾ"
YEAR = year()
NUMBER = "123456789018"
PREVIEW = reverse("donations:statement_preview")
IMPORT = reverse("donations:statement_import")


def marked(data):
    """The file with the mark in a column of its own, and a notice in a line of the preamble that no reader knows."""
    head, *lines = data.decode("cp932").split("\n")
    at = next(index for index, line in enumerate(lines) if line.startswith("取引日"))
    told = [f"{line}{'備考' if index == at else MARK}," if index >= at and line else line for index, line in enumerate(lines)]
    return "\n".join([head, f"お知らせ：{NOTICE}", *told]).encode("cp932")


@pytest.fixture
def everywhere(tmp_path, monkeypatch, caplog, settings):
    """All that is at rest after a step: each cell of each table, open sessions, temporary files, the log."""
    (tmp_path / "tmp").mkdir()
    (tmp_path / "data").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "tmp")
    caplog.set_level(logging.DEBUG)

    def everywhere():
        cells = [repr(row) for model in apps.get_models() for row in model._base_manager.values_list()]
        sessions = [repr(session.get_decoded()) for session in Session.objects.all()]
        files = [path.read_bytes().decode("cp932", "replace") for path in tmp_path.rglob("*") if path.is_file()]
        return "\n".join([*cells, *sessions, *files, caplog.text])

    return everywhere


@pytest.fixture
def ours():
    return BankAccountFactory(opening_balance_yen=None, opening_on=None)


def upload(client, data):
    return client.post(PREVIEW, {"file": SimpleUploadedFile(f"{MARK}.csv", data)})


def hidden(response):
    return dict(re.findall(r'<input type="hidden" name="(carried|shown)" value="([^"]*)">', response.content.decode()))


def test_a_dropped_column_is_nowhere_after_the_upload(treasurer, ours, everywhere):
    """The page that shows the file says that a column is not used; its cells are not in the page, nor at rest."""
    page = upload(treasurer, marked(bank_file(YEAR)))
    carried, _account = unpack(hidden(page)["carried"])
    assert (page.status_code, "知らない列があります" in page.content.decode(), MARK in page.content.decode()) == (200, True, False)
    assert (MARK in repr(carried), MARK in everywhere()) == (False, False)


def test_a_dropped_column_is_nowhere_after_the_import(treasurer, ours, everywhere):
    """The rows are stored, whole; of the rest of the file nothing is."""
    treasurer.post(IMPORT, hidden(upload(treasurer, marked(bank_file(YEAR)))))
    found = everywhere()
    assert (Transaction.objects.count(), "ﾄｸﾓﾄ ﾊﾅｺ" in found, MARK in found, NOTICE in found) == (12, True, False, False)


def test_a_blanked_number_is_nowhere_after_the_import(treasurer, ours, everywhere):
    """The row keeps its yen, and the number stands in no table, session, file or log."""
    rows = tuple(replace(row, detail_2=f"マイナンバー {NUMBER}") if row is YEAR[2] else row for row in YEAR)
    page = upload(treasurer, marked(bank_file(rows)))
    treasurer.post(IMPORT, {**hidden(page), "blank_numbers": "on"})
    assert (Transaction.objects.count(), NUMBER in page.content.decode(), NUMBER in everywhere()) == (12, False, False)


def test_a_refused_file_leaves_nothing(treasurer, ours, everywhere):
    """A file that cannot be read: the page names the file and the line, and nothing of it is kept."""
    page = upload(treasurer, marked(bank_file(YEAR)).replace(b"1000,,", b"1000,1000,", 1))
    assert (page.status_code, Transaction.objects.count(), MARK in everywhere()) == (422, 0, False)


def test_the_command_line_leaves_nothing_either(ours, everywhere, now):
    """The same file read without a page."""
    import_statement(data=marked(bank_file(YEAR)), file_name=f"{MARK}.csv", at=now, by="choubo")
    assert (Transaction.objects.count(), MARK in everywhere(), NOTICE in everywhere()) == (12, False, False)


def test_the_search_finds_what_is_at_rest(ours, everywhere, now):
    """What stays, the words of a row, is found by the same search, in the database and in the log."""
    rows = tuple(replace(row, detail_2=MARK) if row is YEAR[2] else row for row in YEAR)
    assert MARK not in everywhere()
    logging.getLogger("django.request").warning("読みました：%s", MARK[:5])
    assert MARK[:5] in everywhere()
    import_statement(data=bank_file(rows), at=now, by="choubo")
    assert MARK in everywhere()
