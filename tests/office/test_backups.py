"""A backup holds everything, is made while in use, and comes back whole or not at all."""

import io
import json
import stat
import zipfile

import pytest
from django.core.management import call_command
from django.db import connection

from members.models import Association, Supporter
from office.backing_up import back_up, copy_data
from office.backup_file import MANIFEST, read_manifest
from office.models import Backup
from office.restoring import restore
from privacy.errors import Refused
from tests.factories.donations import AllocationFactory
from tests.factories.members import AssociationFactory, SupporterFactory
from tests.factories.receipts import make_receipt

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def own_data_directory(settings, tmp_path) -> None:
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()


@pytest.fixture
def file(tmp_path):
    return tmp_path / "hikae.zip"


def test_a_backup_comes_back(file, now) -> None:
    """What was there at the backup is there again; what came later is gone."""
    AssociationFactory()
    make_receipt(SupporterFactory(name="髙﨑　𠮷子"))
    back_up(path=file, at=now, by="kaikei")
    SupporterFactory(name="あとから")
    restore(path=file, replace=True)
    assert list(Supporter.objects.values_list("name", flat=True)) == ["髙﨑　𠮷子"]


def test_the_manifest_counts(file, now) -> None:
    """Rows and yen stand in the manifest."""
    AssociationFactory()
    AllocationFactory(transaction__received_yen=5_000)
    made = back_up(path=file, at=now, by="kaikei")
    assert (made.supporters, made.transactions, made.received_yen) == (1, 1, 5_000)


def test_a_backup_is_for_our_user_only(file, now) -> None:
    """Mode 0600: it holds the list of supporters."""
    back_up(path=file, at=now, by="kaikei")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_backup_is_remembered(file, now) -> None:
    """The home page says how old it is."""
    back_up(path=file, at=now, by="kaikei")
    assert Backup.objects.get().size_bytes == file.stat().st_size


def test_a_backup_never_overwrites_a_file(file, now) -> None:
    """An existing file is refused and kept."""
    file.write_text("mine")
    with pytest.raises(Refused) as refused:
        back_up(path=file, at=now, by="kaikei")
    assert (refused.value.code, file.read_text()) == ("file_exists", "mine")


def test_a_failed_backup_leaves_nothing(tmp_path, now) -> None:
    """A folder that is not there is named; no half file, no record."""
    with pytest.raises(Refused) as refused:
        back_up(path=tmp_path / "no" / "hikae.zip", at=now, by="kaikei")
    assert (refused.value.code, Backup.objects.count()) == ("cannot_write", 0)


def test_restore_refuses_to_overwrite(file, now) -> None:
    """Without --replace present data stay."""
    AssociationFactory()
    back_up(path=file, at=now, by="kaikei")
    Association.objects.update(name="新しい名前")
    with pytest.raises(Refused) as refused:
        restore(path=file)
    assert (refused.value.code, Association.get().name) == ("would_overwrite", "新しい名前")


def test_restore_into_an_empty_installation(file, now) -> None:
    """A successor's new machine needs no --replace."""
    AssociationFactory(name="みずうみの会")
    back_up(path=file, at=now, by="kaikei")
    Association.objects.all().delete()
    restore(path=file)
    assert Association.get().name == "みずうみの会"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"name,address\n"])
def test_restore_refuses_what_is_no_backup(file, content) -> None:
    """Any other file is refused and nothing changes."""
    AssociationFactory()
    file.write_bytes(content)
    with pytest.raises(Refused) as refused:
        restore(path=file, replace=True)
    assert (refused.value.code, Association.objects.count()) == ("not_a_backup", 1)


def test_restore_refuses_a_changed_backup(file, now, tmp_path) -> None:
    """The digest must fit."""
    AssociationFactory()
    back_up(path=file, at=now, by="kaikei")
    changed = tmp_path / "changed.zip"
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data if name == MANIFEST else data[:-1] + b"x")
    with pytest.raises(Refused) as refused:
        restore(path=changed, replace=True)
    assert (refused.value.code, Association.objects.count()) == ("damaged_backup", 1)


def test_deleted_names_are_not_in_a_backup(file, now) -> None:
    """The bytes of erased rows stay behind; those of the others are there."""
    AssociationFactory()
    SupporterFactory(name="残った人の名前")
    SupporterFactory(name="消えた人の名前").delete()
    back_up(path=file, at=now, by="kaikei")
    with zipfile.ZipFile(file) as archive:
        data = archive.read(read_manifest(file).member)
    assert ("残った人の名前".encode() in data, "消えた人の名前".encode() in data) == (True, False)


def test_a_backup_is_made_while_another_connection_writes(tmp_path, now) -> None:
    """An open write transaction of somebody else does not stop or enter it."""
    AssociationFactory()
    other = connection.copy()
    other.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    try:
        with other.cursor() as cursor:
            cursor.execute("UPDATE members_association SET name = 'まだ'")
        data, facts = copy_data(tmp_path)
        assert ("みずうみの会".encode() in data.read_bytes(), "まだ".encode() in data.read_bytes()) == (True, False)
        assert facts["supporters"] == 0
    finally:
        other.rollback()
        other.close()


def test_the_commands_tell_the_counts(file) -> None:
    """One line of JSON each, with equal counts."""
    AssociationFactory()
    SupporterFactory()
    told = []
    for words in (["backup", str(file)], ["restore", str(file), "--replace"]):
        out = io.StringIO()
        call_command(*words, "--json", stdout=out)
        told.append(json.loads(out.getvalue()))
    assert [(one["supporters"], one["received_yen"]) for one in told] == [(1, 0), (1, 0)]
