"""A ZIP is judged before it is unpacked."""

import zipfile
from io import BytesIO

import pytest

from privacy.errors import Refused
from privacy.opened_workbook import WORKBOOK, open_workbook
from privacy.zip_directory import Limits, Unfit, UnfitZip, is_zip, open_zip


def archive(entries, compression=zipfile.ZIP_DEFLATED):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", compression) as target:
        for name, body in entries:
            target.writestr(name, body)
    return out.getvalue()


def code_of(data):
    with pytest.raises(Refused) as refusal:
        open_workbook(data)
    return refusal.value.code


def test_a_small_zip_opens():
    """An honest file is opened."""
    with open_workbook(archive([("a.txt", "あ" * 100)])) as opened:
        assert opened.namelist() == ["a.txt"]


def test_a_bomb_is_refused_by_its_ratio():
    """Ten megabytes of nothing pack into ten kilobytes."""
    assert code_of(archive([("a.txt", bytes(10 * 1024 * 1024))])) == "zip_too_large"


def test_a_large_content_is_refused():
    """More than 50 MB unpacked, however badly it packs."""
    half = bytes(range(256)) * (WORKBOOK.bytes // 512)
    assert code_of(archive([("a", half), ("b", half), ("c", b"x")], zipfile.ZIP_STORED)) == "zip_too_large"


def test_many_entries_are_refused():
    """A workbook has a few dozen parts."""
    assert code_of(archive([(str(n), b"") for n in range(WORKBOOK.entries + 1)])) == "zip_too_large"


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


def shared_bytes(names):
    """A ZIP whose directory names one packed entry many times over."""
    data = archive([("a", bytes(60_000))])
    end = data.rindex(b"PK\x05\x06")
    begins = data.index(b"PK\x01\x02")
    entry, count = data[begins:end], len(names)
    directory = b"".join(entry[:46] + name.encode() + entry[47:] for name in names)
    tail = bytearray(data[end:])
    tail[8:10] = tail[10:12] = count.to_bytes(2, "little")
    tail[12:16] = len(directory).to_bytes(4, "little")
    return data[:begins] + directory + bytes(tail)


@pytest.mark.parametrize(
    ("data", "limits", "reason"),
    [
        (archive([("a", b"1"), ("b", b"2")]), Limits(bytes=100, entries=1, ratio=100), Unfit.TOO_MANY),
        (archive([("a", b"12")]), Limits(bytes=1, entries=9, ratio=100), Unfit.TOO_LARGE),
        (archive([("a", bytes(60_000))]), Limits(bytes=10**6, entries=9, ratio=100), Unfit.BOMB),
        (shared_bytes("abcdef"), Limits(bytes=10**6, entries=9, ratio=400), Unfit.BOMB),
        (b"PK\x03\x04", Limits(bytes=100, entries=9, ratio=100), Unfit.BROKEN),
    ],
)
def test_the_reason_is_told(data, limits, reason):
    """Too many entries, too many bytes, packed too small, packed bytes that several entries share, no ZIP at all."""
    with pytest.raises(UnfitZip) as refusal:
        open_zip(data, limits)
    assert refusal.value.reason is reason
