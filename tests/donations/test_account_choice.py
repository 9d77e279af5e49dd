import pytest

from donations.account_choice import AccountChoice, choose_account, find_account, formatted_number
from members.models import AccountAlias, AccountKind
from privacy.errors import Refused
from tests.factories.members import BankAccountFactory

pytestmark = pytest.mark.django_db
MASKED = "00100-*-***745"


@pytest.fixture
def ours():
    return BankAccountFactory()


@pytest.fixture
def savings():
    return BankAccountFactory(savings=True)


def refused(**facts):
    with pytest.raises(Refused) as refusal:
        choose_account(**facts)
    return refusal.value.code


@pytest.mark.parametrize("as_written", ["00100-2-729745", "00100-20729745", "００１００－２－７２９７４５", "019-0729745"])
def test_known_spellings_need_no_question(ours, as_written):
    """The number in any known spelling finds its account."""
    assert choose_account(as_written=as_written) == AccountChoice(ours, is_known=True)


def test_the_right_one_of_several_is_found(ours, savings):
    """With two accounts of the bank, the number decides."""
    assert choose_account(as_written="14030-12345671") == AccountChoice(savings, is_known=True)


def test_an_unknown_spelling_is_asked(ours):
    """A masked number may be ours: a person has to say so."""
    assert choose_account(as_written=MASKED) == AccountChoice(ours, is_known=False)


def test_a_remembered_spelling_is_not_asked_again(ours):
    """What a person confirmed once is known."""
    AccountAlias.objects.create(account=ours, as_written=MASKED)
    assert choose_account(as_written=MASKED) == AccountChoice(ours, is_known=True)


def test_an_unknown_spelling_with_two_accounts_needs_a_choice(ours, savings):
    """Where it may be either, nobody guesses."""
    assert refused(as_written=MASKED) == "account_not_chosen"


def test_a_choice_among_two_is_still_asked_once(ours, savings):
    """The chosen account is taken, its spelling not yet known."""
    assert choose_account(as_written=MASKED, chosen=savings) == AccountChoice(savings, is_known=False)


def test_another_groups_account_is_refused(ours):
    """A number that reads, check digit included, as somebody else's account is refused, chosen or not."""
    assert [refused(as_written="00180-2-687915", chosen=chosen) for chosen in (None, ours)] == ["not_our_account"] * 2


def test_the_other_of_our_accounts_is_refused(ours, savings):
    """A file of the 総合口座 is not imported into the 振替口座 that was chosen."""
    assert refused(as_written="14030-12345671", chosen=ours) == "other_account"


def test_a_remembered_spelling_of_the_other_account_is_refused(ours, savings):
    """The alias says whose file it is."""
    AccountAlias.objects.create(account=ours, as_written=MASKED)
    assert refused(as_written=MASKED, chosen=savings) == "other_account"


def test_a_file_without_a_number_needs_a_choice(ours):
    """Nothing in the file says whose it is."""
    assert refused(as_written="") == "account_not_named"


def test_a_file_without_a_number_is_the_chosen_accounts(ours):
    """The choice is the answer; there is no spelling to remember."""
    assert choose_account(as_written="", chosen=ours) == AccountChoice(ours, is_known=True)


def test_cash_has_no_file(ours):
    """The cash box gives no file."""
    assert refused(as_written="", chosen=BankAccountFactory(cash=True)) == "cash_has_no_file"


def test_without_any_account_nothing_is_imported():
    """Before the first run there is no ledger to import into."""
    assert refused(as_written="00100-2-729745") == "no_account"


def test_another_bank_is_known_by_its_digits(ours):
    """The number of another bank is compared by its digits, leading zeros aside."""
    bank = BankAccountFactory(kind=AccountKind.OTHER_BANK, name="みどり信金", number="0012345")
    assert choose_account(as_written="12345") == AccountChoice(bank, is_known=True)


@pytest.mark.parametrize("text", ["00100-2-729745", "00100‐2‐729745", "00100-2 729745"])
def test_an_account_is_found_by_its_number(ours, text):
    """What is typed after --account may be spelled freely."""
    assert find_account(text) == ours


def test_a_number_nobody_registered_is_refused(ours):
    """A wrong --account says so."""
    with pytest.raises(Refused) as refusal:
        find_account("00180-2-687915")
    assert refusal.value.code == "unknown_account"


def test_our_own_spelling_is_given_back():
    """Results name the account with hyphens and half-width digits, however it was stored."""
    assert formatted_number(BankAccountFactory.build(number="00100-20729745")) == "00100-2-729745"


# the spelling of the 全銀 files


@pytest.mark.parametrize("as_written", ["9900-019-2-0000729745", "9900-019-2-0729745"])
def test_the_spelling_of_the_zengin_files_needs_no_question(ours, savings, as_written):
    """Bank, branch, 当座 and number follow from 00100-2-729745 (03 has ten digits, 01 seven)."""
    assert choose_account(as_written=as_written) == AccountChoice(ours, is_known=True)


def test_the_savings_account_loses_its_last_one(ours, savings):
    """14030-12345671 is 408, 普通, 1234567."""
    assert choose_account(as_written="9900-408-1-0001234567") == AccountChoice(savings, is_known=True)


@pytest.mark.parametrize(
    "as_written",
    ["9900-019-1-0000729745", "9900-029-2-0000729745", "9900-019-2-0000729746", "0001-019-2-0000729745"],
)
def test_one_difference_makes_it_another_account(ours, as_written):
    """普通 in place of 当座, another branch, number or bank: certainly not ours, nobody is asked."""
    assert refused(as_written=as_written) == "not_our_account"


@pytest.fixture
def other_bank():
    return BankAccountFactory(
        name="みずほ", kind=AccountKind.OTHER_BANK, bank_name="みずほ銀行", branch_name="丸の内支店", number="0012345"
    )


@pytest.mark.parametrize(("bank", "branch"), [("みずほ銀行", "丸之内支店"), ("0001", "丸之内"), ("みずほ", "店番００５")])
def test_another_banks_account_is_found_by_bank_branch_and_number(ours, bank, branch):
    """Names with and without 銀行 and 支店, or the codes."""
    account = BankAccountFactory(kind=AccountKind.OTHER_BANK, bank_name=bank, branch_name=branch, number="0012345")
    assert choose_account(as_written="0001-005-1-0000012345") == AccountChoice(account, is_known=True)


def test_another_banks_branch_that_reads_otherwise_is_asked(ours, other_bank):
    """The number and the bank are ours, the branch's name is not in the list of banks as typed: a person says."""
    assert choose_account(as_written="0001-005-1-0000012345") == AccountChoice(other_bank, is_known=False)


@pytest.mark.parametrize("as_written", ["0001-005-1-0000012346", "0005-001-1-0000012345"])
def test_the_same_number_elsewhere_is_another_account(ours, other_bank, as_written):
    """Another number at our branch; our number at another bank and branch."""
    assert refused(as_written=as_written) == "not_our_account"
