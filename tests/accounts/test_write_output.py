"""The file that a command writes: whole, its owner's only, or a refusal and nothing."""

import os

import pytest

from accounts.commands import write_output
from privacy.errors import Refused


def test_the_file_is_replaced_whole(tmp_path):
    """The old one is gone, nothing else lies beside it."""
    path = tmp_path / "一覧.csv"
    path.write_bytes(b"old and longer")
    write_output(path, b"new")
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (b"new", [path])


def test_only_its_owner_reads_it(tmp_path):
    """Also where the file before was open to all."""
    path = tmp_path / "一覧.csv"
    path.write_bytes(b"old")
    path.chmod(0o644)
    write_output(path, b"new")
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    """With the place and the reason; nothing is made."""
    with pytest.raises(Refused, match="に書けませんでした") as refusal:
        write_output(tmp_path / "ない" / "一覧.csv", b"new")
    assert (refusal.value.code, list(tmp_path.iterdir())) == ("cannot_write", [])


def test_a_folder_is_made_where_that_is_wished(tmp_path):
    """With those above it."""
    write_output(tmp_path / "a" / "b" / "一覧.csv", b"new", make_folder=True)
    assert (tmp_path / "a" / "b" / "一覧.csv").read_bytes() == b"new"


def test_a_folder_in_its_place_is_refused(tmp_path):
    """The folder stays as it is."""
    (tmp_path / "一覧.csv").mkdir()
    with pytest.raises(Refused) as refusal:
        write_output(tmp_path / "一覧.csv", b"new")
    assert (refusal.value.code, [path.name for path in tmp_path.iterdir()]) == ("cannot_write", ["一覧.csv"])


def test_a_pipe_is_written_to(tmp_path):
    """`--output /dev/stdout` and the like must not be replaced by a file."""
    reading, writing = os.pipe()
    write_output(tmp_path.joinpath(f"/proc/self/fd/{writing}"), b"new")
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        assert pipe.read() == b"new"
