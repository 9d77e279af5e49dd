"""A backup holds everything, is made while in use, and comes back whole or not at all."""

import io
import json
import os
import stat
import zipfile
from datetime import timedelta

import pyrage
import pytest
from django.core.management import call_command
from django.db import connection
from stdnum.jp import in_

from members.models import Association, Supporter
from office.backing_up import back_up, clear_leftovers
from office.backup_facts import fact_names
from office.backup_file import MANIFEST
from office.backup_lock import Passphrase, PublicKeys, SecretKeys, lock_file
from office.database_copy import copy_data
from office.drilling import drill
from office.keeping_backup_keys import add_backup_key
from office.models import Backup
from office.restoring import open_backup, restore
from privacy.errors import Refused
from tests.conftest import NOW
from tests.factories.donations import AllocationFactory
from tests.factories.members import AssociationFactory, SupporterFactory
from tests.factories.receipts import make_receipt
from tests.planting import plant

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def own_data_directory(settings, tmp_path) -> None:
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()


@pytest.fixture
def file(tmp_path):
    return tmp_path / "hikae.hitokuchi-backup"


IDENTITY = pyrage.x25519.Identity.generate()
LOCK = PublicKeys((IDENTITY.to_public(),))
OPENER = SecretKeys((IDENTITY,))


def opened(file, tmp_path):
    """The zip inside a backup, as bytes by member."""
    folder = tmp_path / "opened"
    folder.mkdir()
    data, manifest = open_backup(file, OPENER, folder)
    return data.read_bytes(), manifest


def relocked(file, tmp_path, change):
    """The backup with members changed by `change(name, bytes)`, locked again with the same key."""
    plain, changed = tmp_path / "plain.zip", tmp_path / "changed.zip"
    with file.open("rb") as source, plain.open("wb") as target:
        pyrage.decrypt_io(source, target, [IDENTITY])
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    locked = tmp_path / "changed.hitokuchi-backup"
    locked.touch()
    lock_file(changed, locked, LOCK)
    return locked


def test_a_backup_comes_back(file, now) -> None:
    """What was there at the backup is there again; what came later is gone."""
    AssociationFactory()
    make_receipt(SupporterFactory(name="髙﨑　𠮷子"))
    back_up(path=file, lock=LOCK, at=now, by="kaikei")
    SupporterFactory(name="あとから")
    restore(path=file, at=NOW, opener=OPENER, replace=True)
    assert list(Supporter.objects.values_list("name", flat=True)) == ["髙﨑　𠮷子"]


def test_the_manifest_counts(file, now) -> None:
    """Rows and yen stand in the manifest."""
    AssociationFactory()
    AllocationFactory(transaction__received_yen=5_000)
    made = back_up(path=file, lock=LOCK, at=now, by="kaikei")
    assert [made.as_told()[name] for name in ("supporters", "transactions", "received_yen")] == [1, 1, 5_000]


def test_a_backup_is_for_our_user_only(file, now) -> None:
    """Mode 0600: it holds the list of supporters."""
    back_up(path=file, lock=LOCK, at=now, by="kaikei")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_backup_is_remembered(file, now) -> None:
    """The home page says how old it is."""
    back_up(path=file, lock=LOCK, at=now, by="kaikei")
    assert Backup.objects.get().size_bytes == file.stat().st_size


def test_a_backup_never_overwrites_a_file(file, now) -> None:
    """An existing file is refused and kept."""
    file.write_text("mine")
    with pytest.raises(Refused) as refused:
        back_up(path=file, lock=LOCK, at=now, by="kaikei")
    assert (refused.value.code, file.read_text()) == ("file_exists", "mine")


def test_a_failed_backup_leaves_nothing(tmp_path, now) -> None:
    """A folder that is not there is named; no half file, no record."""
    with pytest.raises(Refused) as refused:
        back_up(path=tmp_path / "no" / "hikae.zip", lock=LOCK, at=now, by="kaikei")
    assert (refused.value.code, Backup.objects.count()) == ("cannot_write", 0)


def test_restore_refuses_to_overwrite(file, now) -> None:
    """Without --replace present data stay."""
    AssociationFactory()
    back_up(path=file, lock=LOCK, at=now, by="kaikei")
    Association.objects.update(name="新しい名前")
    with pytest.raises(Refused) as refused:
        restore(path=file, at=NOW, opener=OPENER)
    assert (refused.value.code, Association.get().name) == ("would_overwrite", "新しい名前")


def test_restore_into_an_empty_installation(file, now) -> None:
    """A successor's new machine needs no --replace."""
    AssociationFactory(name="みずうみの会")
    back_up(path=file, lock=LOCK, at=now, by="kaikei")
    Association.objects.all().delete()
    restore(path=file, at=NOW, opener=OPENER)
    assert Association.get().name == "みずうみの会"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"name,address\n"])
def test_restore_refuses_what_is_no_backup(file, content) -> None:
    """Any other file is refused and nothing changes."""
    AssociationFactory()
    file.write_bytes(content)
    with pytest.raises(Refused) as refused:
        restore(path=file, at=NOW, opener=OPENER, replace=True)
    assert (refused.value.code, Association.objects.count()) == ("not_a_backup", 1)


def test_restore_refuses_a_changed_backup(file, now, tmp_path) -> None:
    """The digest must fit."""
    AssociationFactory()
    back_up(path=file, lock=LOCK, at=now, by="kaikei")
    changed = relocked(file, tmp_path, lambda name, data: data if name == MANIFEST else data[:-1] + b"x")
    with pytest.raises(Refused) as refused:
        restore(path=changed, at=NOW, opener=OPENER, replace=True)
    assert (refused.value.code, Association.objects.count()) == ("damaged_backup", 1)


@pytest.mark.parametrize("fact", ["rows of members_association", "yen of donations_transaction.received_yen", "text of "])
def test_restore_refuses_a_backup_that_does_not_prove_itself(file, now, tmp_path, fact) -> None:
    """A count, a sum or an audit trail other than in the manifest stops before anything changes."""
    AssociationFactory()
    back_up(path=file, lock=LOCK, at=now, by="kaikei")

    def change(name, data):
        if name != MANIFEST:
            return data
        manifest = json.loads(data)
        (named,) = [one for one in manifest["facts"] if one.startswith(fact)]
        manifest["facts"][named] = 7
        return json.dumps(manifest).encode()

    with pytest.raises(Refused) as refused:
        restore(path=relocked(file, tmp_path, change), at=NOW, opener=OPENER, replace=True)
    assert (refused.value.code, Association.objects.count()) == ("counts_differ", 1)


def test_a_backup_of_another_version_is_refused(file, now, tmp_path) -> None:
    """A fact about a table that nobody knows here."""
    AssociationFactory()
    back_up(path=file, lock=LOCK, at=now, by="kaikei")

    def change(name, data):
        if name != MANIFEST:
            return data
        manifest = json.loads(data)
        manifest["facts"]["rows of members_future"] = 0
        return json.dumps(manifest).encode()

    with pytest.raises(Refused) as refused:
        restore(path=relocked(file, tmp_path, change), at=NOW, opener=OPENER, replace=True)
    assert (refused.value.code, Association.objects.count()) == ("other_version", 1)


def test_a_backup_is_locked(file, now) -> None:
    """No name can be read in the file without the key."""
    AssociationFactory(name="みずうみの会")
    back_up(path=file, lock=LOCK, at=now, by="kaikei")
    data = file.read_bytes()
    assert (data[:22], "みずうみの会".encode() in data, b"PK\x03\x04" in data) == (b"age-encryption.org/v1\n", False, False)


def test_another_key_does_not_open_it(file, now) -> None:
    """Refused, and nothing changes."""
    AssociationFactory()
    back_up(path=file, lock=LOCK, at=now, by="kaikei")
    with pytest.raises(Refused) as refused:
        restore(path=file, at=NOW, opener=SecretKeys((pyrage.x25519.Identity.generate(),)), replace=True)
    assert (refused.value.code, Association.objects.count()) == ("wrong_key", 1)


def test_a_cut_off_backup_does_not_open(file, now) -> None:
    """The stick was pulled too early."""
    AssociationFactory()
    back_up(path=file, lock=LOCK, at=now, by="kaikei")
    file.write_bytes(file.read_bytes()[:-20])
    with pytest.raises(Refused) as refused:
        restore(path=file, at=NOW, opener=OPENER, replace=True)
    assert (refused.value.code, Association.objects.count()) == ("wrong_key", 1)


def test_a_passphrase_locks_and_opens(file, now) -> None:
    """The way for one person without key files."""
    AssociationFactory(name="みずうみの会")
    words = Passphrase("あおい そら しろい くも")
    back_up(path=file, lock=words, at=now, by="kaikei")
    Association.objects.update(name="新しい名前")
    restore(path=file, at=NOW, opener=words, replace=True)
    assert Association.get().name == "みずうみの会"


def test_registered_keys_lock_a_backup(file, now) -> None:
    """Nobody has to name a key for the nightly backup."""
    AssociationFactory()
    add_backup_key(holder="会計", public_key=str(IDENTITY.to_public()), at=now, by="kanri")
    back_up(path=file, at=now, by="kaikei")
    assert restore(path=file, at=NOW, opener=OPENER, replace=True).as_told()["supporters"] == 0


def test_without_a_key_no_backup_is_made(file, now) -> None:
    """The list of supporters never lies about unlocked."""
    with pytest.raises(Refused) as refused:
        back_up(path=file, at=now, by="kaikei")
    assert (refused.value.code, file.exists()) == ("no_key", False)


def test_sessions_are_not_in_a_backup(file, now, tmp_path, treasurer) -> None:
    """Who was signed in is nobody's to keep."""
    session = treasurer.session.session_key
    back_up(path=file, lock=LOCK, at=now, by="kaikei")
    assert session.encode() not in opened(file, tmp_path)[0]


def test_a_number_in_the_data_stops_the_backup(file, now) -> None:
    """The copy is searched; the place is told, the number is not."""
    SupporterFactory()
    number = "40271836591" + in_.calc_check_digit("40271836591")
    plant("members_supporter", "note", f"マイナンバー：{number}")
    with pytest.raises(Refused) as refused:
        back_up(path=file, lock=LOCK, at=now, by="kaikei")
    assert (refused.value.code, "members_supporter.note" in refused.value.message, number in refused.value.message) == (
        "number_in_data", True, False,
    )  # fmt: skip


def test_what_a_killed_backup_left_is_removed(settings, now) -> None:
    """An old folder with an open copy goes; a young one may be somebody's who is at work."""
    old, young = settings.DATA_DIR / "hikae-old", settings.DATA_DIR / "hikae-young"
    for folder, age in ((old, timedelta(hours=2)), (young, timedelta(minutes=5))):
        folder.mkdir()
        (folder / "database.sqlite3").write_bytes(b"x")
        moment = (now - age).timestamp()
        os.utime(folder, (moment, moment))
    clear_leftovers(at=now)
    assert (old.exists(), young.exists()) == (False, True)


def test_deleted_names_are_not_in_a_backup(file, now, tmp_path) -> None:
    """The bytes of erased rows stay behind; those of the others are there."""
    AssociationFactory()
    SupporterFactory(name="残った人の名前")
    SupporterFactory(name="消えた人の名前").delete()
    back_up(path=file, lock=LOCK, at=now, by="kaikei")
    data, _manifest = opened(file, tmp_path)
    assert ("残った人の名前".encode() in data, "消えた人の名前".encode() in data) == (True, False)


def test_a_backup_is_made_while_another_connection_writes(tmp_path, now) -> None:
    """An open write transaction of somebody else does not stop or enter it."""
    AssociationFactory()
    other = connection.copy()
    other.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    try:
        with other.cursor() as cursor:
            cursor.execute("UPDATE members_association SET name = 'まだ'")
        data, facts, _swept = copy_data(tmp_path)
        assert ("みずうみの会".encode() in data.read_bytes(), "まだ".encode() in data.read_bytes()) == (True, False)
        assert facts["rows of members_supporter"] == 0
    finally:
        other.rollback()
        other.close()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="on a server it needs an empty database: tests/postgres")
def test_a_drill_compares_every_fact(settings, now) -> None:
    """Into an empty place and back, in another process; nothing stays, and no backup is remembered."""
    AssociationFactory()
    make_receipt(SupporterFactory())
    done = drill(at=now)
    assert (done.compared, Backup.objects.count(), list(settings.DATA_DIR.iterdir())) == (len(fact_names()), 0, [])


def test_the_commands_tell_the_counts(file, tmp_path) -> None:
    """One line of JSON each, with equal counts; the key is made by a command too."""
    AssociationFactory()
    SupporterFactory()
    out = io.StringIO()
    call_command("backup_key", "会計", "--json", stdout=out)
    key = tmp_path / "key.txt"
    key.write_text(json.loads(out.getvalue())["secret_key"])
    told = []
    for words in (["backup", str(file)], ["restore", str(file), "--replace", "--key-file", str(key)]):
        out = io.StringIO()
        call_command(*words, "--json", stdout=out)
        told.append(json.loads(out.getvalue()))
    assert [(one["supporters"], one["received_yen"]) for one in told] == [(1, 0), (1, 0)]
