"""The Web照会 of a transfer account is refused by name, with what to do instead."""

import io
import zipfile
from datetime import date

import pytest

from donations.bankfiles import read
from donations.bankfiles.errors import UnknownFormat


def packed(*names):
    """A ZIP of files of these names."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, b"%PDF-1.4 a picture")
    return stream.getvalue()


def refused(data):
    with pytest.raises(UnknownFormat) as refusal:
        read(data, today=date(2026, 11, 23))
    return refusal.value


@pytest.mark.parametrize("data", [packed("20261003.pdf", "20261004.PDF"), b"%PDF-1.4\n%pages"])
def test_pages_that_are_pictures_are_refused_by_name(data):
    """PDFs, alone or in a ZIP: the slips are typed, the money comes from the CSV."""
    error = refused(data)
    assert ("PDF" in error.message, "「払込票」で、画面を見ながら1枚ずつ入れてください" in error.message) == (True, True)


def test_a_zip_of_pdfs_is_called_the_web_notice():
    """By its name in the bank."""
    assert "振替受払通知票のWeb照会" in refused(packed("20261003.pdf")).message


def test_another_zip_is_not_called_so():
    """No PDF, no slips."""
    error = refused(packed("a.txt"))
    assert ("Web照会" in error.message, "払込票" in error.message) == (False, False)
