"""Learn, rename and stop using the form of a CSV."""

import pytest

from donations.bankfiles.mapping_roles import Role
from donations.mapping_columns import rename_mapping, retire_mapping, save_mapping
from donations.mappings import as_columns
from donations.models import MappedColumn, SavedMapping
from privacy.errors import NationalIdRefused, Refused
from privacy.models import AuditEvent
from tests.donations.other_bank import ROLES, TITLES, other_bank
from tests.factories.members import BankAccountFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def midori():
    return other_bank()


@pytest.fixture
def learn(midori, now):
    def learn(**facts):
        given = {"account": midori, "name": "みどり", "titles": TITLES, "roles": [Role(role) for role in ROLES], **facts}
        return save_mapping(**given, at=now, by="choubo")

    return learn


def refusal(learn, **facts):
    with pytest.raises(Refused) as found:
        learn(**facts)
    return found.value.code


def test_a_form_is_kept_with_every_column(learn):
    """Six columns, who taught it, one event."""
    saved = learn()
    assert (saved.columns.count(), saved.made_by) == (6, "choubo")
    assert list(AuditEvent.objects.values_list("action", flat=True)) == ["donations.mapping_saved"]


def test_what_was_kept_reads_as_what_was_said(learn):
    """Titles and words come back as the reader takes them."""
    roles = [Role(role) for role in ("day", "direction", "unused", "amount", "balance", "detail_2")]
    read = as_columns(learn(roles=roles, words_in=("入金", "振込入金"), words_out=("出金",)))
    assert (read.day, read.amount, read.direction, read.words_in, read.words_out) == (("取引日",), "お預り金額", "お取引内容", ("入金", "振込入金"), ("出金",))


def test_the_very_same_again_changes_nothing(learn):
    """Pressed twice: one form, one event."""
    assert (learn(), SavedMapping.objects.count()) == (learn(), 1)
    assert AuditEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"roles": [Role.UNUSED] * 6}, "mapping_unusable"),
        ({"titles": ("別", *TITLES[1:])}, "name_taken"),
        ({"name": "ほか"}, "header_known"),
        ({"name": " "}, "bad_value"),
    ],
)
def test_what_cannot_be_kept_is_refused(learn, facts, code):
    """Nothing named; the name taken by other columns; the header known under another name; no name."""
    learn()
    assert (refusal(learn, **facts), SavedMapping.objects.count(), MappedColumn.objects.count()) == (code, 1, 6)


def test_cash_has_no_columns(learn):
    """The cash box has no file."""
    assert refusal(learn, account=BankAccountFactory(cash=True)) == "cash_has_no_file"


def test_a_number_of_a_person_is_no_title(learn):
    """The database refuses it as everywhere; nothing is kept."""
    with pytest.raises(NationalIdRefused):
        learn(titles=("取引日", "123456789018", *TITLES[2:]))
    assert SavedMapping.objects.count() == 0


def test_two_accounts_may_have_files_of_one_form(learn):
    """The same header under another name for another account."""
    learn()
    learn(account=other_bank(number="0000002"), name="二つ目")
    assert SavedMapping.objects.count() == 2


def test_a_name_is_free_again_after_the_end(learn, now):
    """Taught anew under the old name; the ended form stays on record."""
    old = learn()
    retire_mapping(mapping_id=old.pk, at=now, by="choubo")
    learn(roles=[Role(role) for role in ("day", "unused", "paid_out", "received", "balance", "detail_2")])
    assert SavedMapping.objects.count() == 2


def test_the_end_is_recorded_once(learn, now):
    """Who and when; ended twice is ended once."""
    saved = learn()
    ended, _ = [retire_mapping(mapping_id=saved.pk, at=now, by="choubo") for _ in range(2)]
    assert (ended.retired_at, ended.retired_by) == (now, "choubo")
    assert AuditEvent.objects.filter(action="donations.mapping_retired").count() == 1


def test_a_new_name_is_recorded_and_the_same_is_not(learn, now):
    """One event for one change."""
    saved = learn()
    for name in ("しんきん", "しんきん"):
        rename_mapping(mapping_id=saved.pk, name=name, at=now, by="choubo")
    assert AuditEvent.objects.filter(action="donations.mapping_renamed").count() == 1
