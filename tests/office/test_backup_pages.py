"""The pages that make a backup, keep its keys, and show where numbers were looked for."""

import pyrage
import pytest
from django.urls import reverse

from office.models import Backup, BackupKey
from privacy.models import Sweep
from privacy.sweeping import sweep_now
from tests.factories.members import AssociationFactory

WORDS = "あおい そら しろい くも"


@pytest.fixture(autouse=True)
def own_data_directory(settings, tmp_path) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def public_key() -> str:
    return str(pyrage.x25519.Identity.generate().to_public())


@pytest.fixture
def key(public_key, now) -> BackupKey:
    return BackupKey.objects.create(holder="会計", public_key=public_key, added_at=now, added_by="kanri")


POSTS = ["office:download_backup", "office:add_backup_key", "office:sweeps"]


@pytest.mark.parametrize("name", ["office:backups", "office:sweeps"])
def test_the_auditor_may_look(auditor, name) -> None:
    """Reading is for those who check."""
    assert auditor.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", POSTS)
def test_the_auditor_may_not_act(auditor, name) -> None:
    """403, and nothing is made."""
    assert (auditor.post(reverse(name)).status_code, Backup.objects.count(), Sweep.objects.count()) == (403, 0, 0)


def test_the_auditor_may_not_remove_a_key(auditor, key) -> None:
    """403."""
    assert auditor.post(reverse("office:remove_backup_key", args=[key.pk])).status_code == 403


@pytest.mark.parametrize("name", POSTS)
def test_the_organiser_is_refused(organiser, name) -> None:
    """Another role."""
    assert organiser.post(reverse(name)).status_code == 403


@pytest.mark.parametrize("name", POSTS)
def test_outsiders_are_sent_to_sign_in(outsider, name) -> None:
    """Nobody unknown gets the list of supporters, locked or not."""
    assert outsider.post(reverse(name)).status_code == 302


@pytest.mark.parametrize("name", ["office:download_backup", "office:add_backup_key"])
def test_only_buttons_lead_there(treasurer, name) -> None:
    """405 for an address that was typed."""
    assert treasurer.get(reverse(name)).status_code == 405


def test_an_unknown_key_is_not_there(treasurer) -> None:
    """404."""
    assert treasurer.post(reverse("office:remove_backup_key", args=[99])).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_backup_is_handed_out_under_the_passphrase(treasurer) -> None:
    """An age file that the words open; it is remembered."""
    AssociationFactory()
    answer = treasurer.post(reverse("office:download_backup"), {"words": WORDS, "words_again": WORDS})
    opened = pyrage.passphrase.decrypt(answer.content, WORDS)
    assert (opened[:4], Backup.objects.count()) == (b"PK\x03\x04", 1)


@pytest.mark.django_db(transaction=True)
def test_nothing_stays_here(treasurer, key, tmp_path) -> None:
    """The data directory is as empty as before."""
    AssociationFactory()
    answer = treasurer.post(reverse("office:download_backup"), {"words": "", "words_again": ""})
    assert (answer.status_code, list(tmp_path.iterdir())) == (200, [])


@pytest.mark.parametrize(
    ("words", "again"), [("", ""), ("みじかい", "みじかい"), (WORDS, "ちがう言葉をここに書きました")]
)
def test_no_weak_or_doubtful_backup(treasurer, words, again) -> None:
    """No key and no words, a short passphrase, two different ones: 422 and nothing is made."""
    answer = treasurer.post(reverse("office:download_backup"), {"words": words, "words_again": again})
    assert (answer.status_code, Backup.objects.count()) == (422, 0)


def test_a_public_key_is_registered(treasurer, public_key) -> None:
    """Under the name of who holds the secret half."""
    treasurer.post(reverse("office:add_backup_key"), {"holder": "会計", "public_key": public_key})
    assert list(BackupKey.objects.live().values_list("holder", "public_key")) == [("会計", public_key)]


def test_a_new_pair_is_shown_once(treasurer) -> None:
    """The secret half stands on the answer and nowhere in the database."""
    page = treasurer.post(reverse("office:add_backup_key"), {"holder": "会計", "public_key": ""}).content.decode()
    secret = page[page.index("AGE-SECRET-KEY-1") :].split("<")[0]
    made = pyrage.x25519.Identity.from_str(secret).to_public()
    assert BackupKey.objects.live().get().public_key == str(made)


@pytest.mark.parametrize("typed", [{"holder": "", "public_key": ""}, {"holder": "会計", "public_key": "age1x"}])
def test_a_bad_key_is_refused(treasurer, typed) -> None:
    """422 and nothing is kept."""
    answer = treasurer.post(reverse("office:add_backup_key"), typed)
    assert (answer.status_code, BackupKey.objects.count()) == (422, 0)


def test_the_same_key_twice_is_refused(treasurer, key) -> None:
    """One is enough."""
    answer = treasurer.post(reverse("office:add_backup_key"), {"holder": "会計2", "public_key": key.public_key})
    assert (answer.status_code, BackupKey.objects.count()) == (422, 1)


def test_a_removed_key_stays_on_record(treasurer, key) -> None:
    """By mark, not by deletion."""
    treasurer.post(reverse("office:remove_backup_key", args=[key.pk]))
    key.refresh_from_db()
    assert (key.removed_by, BackupKey.objects.live().count()) == ("choubo", 0)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_pages_cost_the_same_for_any_number_of_rows(treasurer, django_assert_num_queries, now, rows) -> None:
    """No query per row."""
    for one in range(rows):
        Backup.objects.create(at=now, by="kaikei", size_bytes=1, sha256="x")
        BackupKey.objects.create(holder="会計", public_key=f"age1{one}", added_at=now, added_by="kanri")
        Sweep.objects.create(asked_at=now, finished_at=now, by="system")
    with django_assert_num_queries(6):
        treasurer.get(reverse("office:backups"))
    with django_assert_num_queries(6):
        treasurer.get(reverse("office:sweeps"))


def test_a_look_can_be_asked_for(treasurer) -> None:
    """One waits; asking twice is one."""
    for _twice in range(2):
        treasurer.post(reverse("office:sweeps"))
    assert Sweep.objects.filter(finished_at=None, by="choubo").count() == 1


def test_the_home_page_says_when_it_was_looked(treasurer, now) -> None:
    """In one line, with the number of columns."""
    AssociationFactory()
    record, _swept = sweep_now(at=now)
    page = treasurer.get(reverse("office:home")).content.decode()
    assert f"国の番号：0件（{record.columns}項目を確認、11月23日 10:30）" in page


def test_a_find_is_the_first_thing_to_do(treasurer, now) -> None:
    """The home page leads to the places."""
    AssociationFactory()
    Sweep.objects.create(asked_at=now, finished_at=now, by="system", found=2, places="members_supporter.note x 2")
    page = treasurer.get(reverse("office:home")).content.decode()
    assert "国が個人に付けた番号らしい数字が 2 件、データの中にあります。" in page
