"""A ZIP is judged before it is unpacked."""

import zipfile
from io import BytesIO

import pytest

from privacy.errors import Refused
from privacy.zip_directory import MOST_BYTES, MOST_ENTRIES, is_zip, open_zip


def archive(entries, compression=zipfile.ZIP_DEFLATED):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", compression) as target:
        for name, body in entries:
            target.writestr(name, body)
    return out.getvalue()


def code_of(data):
    with pytest.raises(Refused) as refusal:
        open_zip(data)
    return refusal.value.code


def test_a_small_zip_opens():
    """An honest file is opened."""
    with open_zip(archive([("a.txt", "あ" * 100)])) as opened:
        assert opened.namelist() == ["a.txt"]


def test_a_bomb_is_refused_by_its_ratio():
    """Ten megabytes of nothing pack into ten kilobytes."""
    assert code_of(archive([("a.txt", bytes(10 * 1024 * 1024))])) == "zip_too_large"


def test_a_large_content_is_refused():
    """More than 50 MB unpacked, however badly it packs."""
    half = bytes(range(256)) * (MOST_BYTES // 512)
    assert code_of(archive([("a", half), ("b", half), ("c", b"x")], zipfile.ZIP_STORED)) == "zip_too_large"


def test_many_entries_are_refused():
    """A workbook has a few dozen parts."""
    assert code_of(archive([(str(n), b"") for n in range(MOST_ENTRIES + 1)])) == "zip_too_large"


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"PK\x03\x04" + bytes(100)])
def test_a_broken_zip_is_refused(data):
    """Beginning as a ZIP is not being one."""
    assert is_zip(data)
    assert code_of(data) == "zip_broken"


def test_a_locked_zip_is_refused():
    """The flag of encryption, in the directory."""
    data = bytearray(archive([("a.txt", b"x")]))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert code_of(bytes(data)) == "zip_locked"
