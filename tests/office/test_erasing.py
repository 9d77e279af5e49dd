"""An erased supporter is gone wherever names are; the books tie as before; no old backup and no bank file brings them back."""

import pyrage
import pytest
from django.db import connection

from donations.importing import import_statement
from donations.models import ErasedRow, Slip, Transaction
from donations.totals import balance
from members.errors import refuse_erased
from members.learning import learn_payer_name
from members.models import BankAccount, Consent, Household, PayerName, Supporter, SupporterState
from newsletters.models import Delivery, SuppressReason
from office.backing_up import back_up
from office.backup_lock import PublicKeys, SecretKeys
from office.erasing import erase_supporter
from office.erasure_list import listed
from office.restoring import restore
from privacy.errors import Refused
from privacy.models import AuditEvent
from privacy.sweep import ask_connection, text_columns
from receipts.models import Receipt
from receipts.printing import plan_print_run
from tests.donations.bank_file import bank_file, year
from tests.factories.donations import AllocationFactory, SlipFactory, TransactionFactory
from tests.factories.members import AssociationFactory, BankAccountFactory, SupporterFactory
from tests.factories.newsletters import mail_reader, prepared
from tests.factories.receipts import make_receipt

WORDS = ("徳本", "ﾄｸﾓﾄ", "トクモト", "杉並区阿佐谷南", "hanako@example.jp", "03-1111-2222", "元気な方")
FACTS = {
    "name": "徳本　花子", "reading": "トクモト ハナコ", "postal_code": "166-0004", "prefecture": "東京都",
    "address": "杉並区阿佐谷南1-2-3", "email": "hanako@example.jp", "phone": "03-1111-2222", "note": "元気な方",
}  # fmt: skip
IDENTITY = pyrage.x25519.Identity.generate()
LOCK, OPENER = PublicKeys((IDENTITY.to_public(),)), SecretKeys((IDENTITY,))


@pytest.fixture(autouse=True)
def own_data_directory(settings, tmp_path) -> None:
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()


@pytest.fixture
def hanako(db) -> Supporter:
    AssociationFactory()
    return mail_reader(household=Household.objects.create(code="徳本家"), legacy_number="A-17", **FACTS)


@pytest.fixture
def known(hanako, now) -> Supporter:
    """Somebody of whom every table tells: a row with words, a slip, a learned name, a receipt, a letter."""
    receipt = make_receipt(hanako, transaction__detail_2="ﾄｸﾓﾄ ﾊﾅｺ", transaction__message="徳本です")
    row = receipt.lines.get().allocation.transaction
    SlipFactory(
        account=row.account, amount_yen=row.received_yen, transaction=row, row_yen=row.received_yen,
        payer_name="徳本花子", address="東京都杉並区阿佐谷南1-2-3",
    )  # fmt: skip
    learn_payer_name(payer_text="ﾄｸﾓﾄ ﾀﾛｳ", supporters=[hanako], on=row.booked_on, at=now, by="kaikei")
    prepared()
    return hanako


def words_in_the_database() -> list[str]:
    """Which of the person's words stand in any text column of any table."""
    quote = connection.ops.quote_name
    rows = [
        ask_connection(f"SELECT {', '.join(map(quote, columns[1:]))} FROM {quote(table)}")
        for table, columns in text_columns().items()
    ]
    text = repr(rows)
    return [word for word in WORDS if word in text]


def test_the_words_are_there_before(known) -> None:
    """Else the next test could not fail."""
    assert words_in_the_database() == list(WORDS)


def test_no_word_is_left_anywhere(known, now) -> None:
    """Every table is looked through."""
    erase_supporter(supporter=known, at=now, by="kaikei")
    assert words_in_the_database() == []


def test_the_books_tie_as_before(known, now) -> None:
    """Not a yen moves."""
    before = balance()
    erase_supporter(supporter=known, at=now, by="kaikei")
    assert balance() == before


def test_numbers_days_and_yen_stay(known, now) -> None:
    """The receipt is a receipt of that number for nobody."""
    before = list(Receipt.objects.values_list("number", "total_yen", "issued_on"))
    erase_supporter(supporter=known, at=now, by="kaikei")
    known.refresh_from_db()
    after = list(Receipt.objects.values_list("number", "total_yen", "issued_on"))
    assert (after, known.state, known.name) == (before, SupporterState.LEFT, "(消去した支援者)")


def test_what_only_told_of_the_person_is_deleted(known, now) -> None:
    """Payer names, consents, the household of one."""
    erase_supporter(supporter=known, at=now, by="kaikei")
    counts = PayerName.objects.count(), Consent.objects.count(), Household.objects.count()
    assert counts == (0, 0, 0)


def test_a_letter_still_to_come_is_stopped(known, now) -> None:
    """Nobody writes to an erased address."""
    erase_supporter(supporter=known, at=now, by="kaikei")
    delivery = Delivery.objects.get(supporter=known)
    assert (delivery.reason, delivery.email) == (SuppressReason.LEFT, "")


def test_the_slip_of_somebody_else_stays(known, now) -> None:
    """A slip of another name, on no row of theirs."""
    other = SlipFactory(payer_name="森　進", kana="モリ ススム")
    erase_supporter(supporter=known, at=now, by="kaikei")
    assert list(Slip.objects.filter(text_was_erased=False)) == [other]


def test_it_is_recorded_without_a_name(known, now) -> None:
    """Who, when, how many rows."""
    erase_supporter(supporter=known, at=now, by="kaikei")
    event = AuditEvent.objects.get(action="office.supporter_erased")
    assert (event.by, event.subject_id, event.count) == ("kaikei", known.pk, 1)


def test_twice_is_once(known, now) -> None:
    """The second time nothing happens."""
    erase_supporter(supporter=known, at=now, by="kaikei")
    assert (erase_supporter(supporter=known, at=now, by="kaikei"), ErasedRow.objects.count()) == (0, 1)


def test_a_waiting_print_run_comes_first(known, now) -> None:
    """Its file holds the name: refused, and everything is as before."""
    plan_print_run(receipts=list(Receipt.objects.all()), at=now, by="insatsu")
    with pytest.raises(Refused) as refused:
        erase_supporter(supporter=known, at=now, by="kaikei")
    assert (refused.value.code, words_in_the_database()) == ("print_run_waits", list(WORDS))


def test_mail_files_are_removed(known, now, settings, django_capture_on_commit_callbacks) -> None:
    """A letter that was written to a file."""
    file = settings.DATA_DIR / "mail" / "1" / f"{known.number}.eml"
    file.parent.mkdir(parents=True)
    file.write_text("徳本　花子様")
    with django_capture_on_commit_callbacks(execute=True):
        erase_supporter(supporter=known, at=now, by="kaikei")
    assert not file.exists()


def test_nothing_is_written_about_an_erased_supporter(known, now) -> None:
    """The record stays as it is."""
    erase_supporter(supporter=known, at=now, by="kaikei")
    known.refresh_from_db()
    with pytest.raises(Refused) as refused:
        refuse_erased(known)
    assert refused.value.code == "erased"


@pytest.mark.django_db(transaction=True)
def test_an_old_backup_does_not_bring_them_back(known, now, tmp_path) -> None:
    """What was erased after the backup is erased again when it is restored."""
    file = tmp_path / "hikae"
    back_up(path=file, lock=LOCK, at=now, by="kaikei")
    erase_supporter(supporter=known, at=now, by="kaikei")
    restore(path=file, opener=OPENER, replace=True, at=now)
    assert (words_in_the_database(), Transaction.objects.get().text_was_erased) == ([], True)


@pytest.mark.django_db(transaction=True)
def test_a_list_of_another_computer_is_applied(known, now, tmp_path, settings) -> None:
    """A successor's new machine knows nobody who was erased: the list says it."""
    file = tmp_path / "hikae"
    back_up(path=file, lock=LOCK, at=now, by="kaikei")
    erase_supporter(supporter=known, at=now, by="kaikei")
    carried = (settings.DATA_DIR / "erased.json").rename(tmp_path / "erased.json")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM office_erasure")
        cursor.execute("DELETE FROM donations_erasedrow")
    restore(path=file, opener=OPENER, replace=True, erased=carried, at=now)
    assert (words_in_the_database(), len(listed().keys)) == ([], 1)


def test_an_overlapping_file_adds_nothing_and_no_word(hanako, now) -> None:
    """The erased row is known by its balance; the bank's words are not a change."""
    BankAccountFactory(opening_balance_yen=None, opening_on=None)
    import_statement(data=bank_file(year()[:8]), file_name="a.csv", account=_ours(), at=now, by="kaikei")
    AllocationFactory(supporter=hanako, transaction=Transaction.objects.filter(detail_2="ﾄｸﾓﾄ ﾊﾅｺ").first())
    erase_supporter(supporter=hanako, at=now, by="kaikei")
    again = import_statement(data=bank_file(year()), file_name="b.csv", account=_ours(), at=now, by="kaikei")
    assert (again.new, again.reworded, Transaction.objects.count()) == (4, 0, 12)


def test_a_file_that_brings_an_erased_row_anew_leaves_its_words_out(hanako, now) -> None:
    """After the import was undone, or in a database that was restored from before it."""
    BankAccountFactory(opening_balance_yen=None, opening_on=None)
    account = _ours()
    erased = year()[0]
    ErasedRow.objects.create(
        account=account, booked_on=erased.booked_on, received_yen=erased.received_yen, paid_out_yen=0,
        balance_yen=erased.balance_yen,
    )  # fmt: skip
    import_statement(data=bank_file(year()), file_name="a.csv", account=account, at=now, by="kaikei")
    without = Transaction.objects.filter(text_was_erased=True)
    assert list(without.values_list("position", "detail_2", "received_yen")) == [(1, "", 1_000)]


def _ours() -> BankAccount:
    return BankAccount.objects.get(number="00100-2-729745")


def test_a_supporter_of_a_shared_row_takes_its_words_along(hanako, now) -> None:
    """The bank wrote both names into one line."""
    row = TransactionFactory(received_yen=4_000, detail_2="ﾄｸﾓﾄ ﾊﾅｺ･ﾀﾛｳ")
    for one in (hanako, SupporterFactory()):
        AllocationFactory(supporter=one, transaction=row, amount_yen=2_000)
    erase_supporter(supporter=hanako, at=now, by="kaikei")
    row.refresh_from_db()
    assert (row.detail_2, row.received_yen) == ("", 4_000)
