"""Rows of the bank and what was decided about them; each one as small as the database allows."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from donations.models import (
    Allocation,
    BankStatement,
    MappedColumn,
    Purpose,
    ReconcileBatch,
    Reversal,
    SavedMapping,
    SetAside,
    SetAsideReason,
    Slip,
    Transaction,
)
from tests.factories.members import BankAccountFactory

MOMENT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


class TheAccountFactory(BankAccountFactory):
    """The one 振替口座: rows made one after another lie in the same account."""

    class Meta:
        django_get_or_create = ("kind", "number")


class BankStatementFactory(DjangoModelFactory):
    """An imported file without rows: give `row_count` and make the transactions yourself."""

    class Meta:
        model = BankStatement

    account = factory.SubFactory(TheAccountFactory)
    format = "yucho_direct_csv"
    sha256 = factory.Sequence(lambda n: n.to_bytes(32))
    row_count = 0
    new_row_count = 0
    first_on = date(2026, 4, 1)
    last_on = date(2026, 4, 30)
    imported_at = MOMENT
    imported_by = "choubo"


class SavedMappingFactory(DjangoModelFactory):
    """The taught form of a CSV; by default of three columns, the first the day, the second money in, the third a name."""

    class Meta:
        model = SavedMapping
        skip_postgeneration_save = True

    account = factory.SubFactory(TheAccountFactory)
    name = factory.Sequence(lambda n: f"みどり銀行の形 {n}")
    made_at = MOMENT
    made_by = "choubo"

    @factory.post_generation
    def titles(self, create, extracted, **kwargs):
        roles = ("day", "received", "detail_2")
        for place, title in enumerate(extracted or ("日付", "入金", "名前")):
            MappedColumn.objects.create(mapping=self, place=place, title=title, role=roles[place])


class TransactionFactory(DjangoModelFactory):
    """One row of ¥1,000 in, with a payer in half-width kana as banks send it; `withdrawal=True` for money out."""

    class Meta:
        model = Transaction

    class Params:
        withdrawal = factory.Trait(received_yen=0, paid_out_yen=165, detail_1="料　金", detail_2="")

    account = factory.SubFactory(TheAccountFactory)
    position = factory.Sequence(lambda n: n + 1)
    booked_on = date(2026, 4, 10)
    received_yen = 1000
    paid_out_yen = 0
    detail_1 = "振込"
    detail_2 = "ﾄｸﾓﾄ ﾊﾅｺ"
    recorded_by = "choubo"


class SlipFactory(DjangoModelFactory):
    """One slip of ¥1,000 stamped 10 April, waiting for its row; with `transaction` it covers that row whole."""

    class Meta:
        model = Slip

    account = factory.SubFactory(TheAccountFactory)
    day = date(2026, 4, 10)
    amount_yen = factory.LazyAttribute(lambda slip: slip.row_yen or 1000)
    row_yen = factory.LazyAttribute(lambda slip: slip.transaction.received_yen if slip.transaction else None)
    payer_name = "徳本 花子"
    kana = "トクモト ハナコ"
    transaction = None
    typed_at = MOMENT
    typed_by = "choubo"


class ReconcileBatchFactory(DjangoModelFactory):
    class Meta:
        model = ReconcileBatch

    at = MOMENT
    by = "choubo"
    automatic = False


class AllocationFactory(DjangoModelFactory):
    """All yen of a row as カンパ of a supporter; for dues give `purpose` and `units`."""

    class Meta:
        model = Allocation

    transaction = factory.SubFactory(TransactionFactory)
    supporter = factory.SubFactory("tests.factories.members.SupporterFactory")
    purpose = Purpose.DONATION
    amount_yen = factory.SelfAttribute("transaction.received_yen")
    fiscal_year = 2026
    automatic = False
    batch = factory.SubFactory(ReconcileBatchFactory)
    confirmed_at = MOMENT
    confirmed_by = "choubo"


class SetAsideFactory(DjangoModelFactory):
    class Meta:
        model = SetAside

    transaction = factory.SubFactory(TransactionFactory)
    reason = SetAsideReason.ASKING
    amount_yen = factory.SelfAttribute("transaction.received_yen")
    at = MOMENT
    by = "choubo"


class ReversalFactory(DjangoModelFactory):
    """A row paid out that gives back a row that came in, on the same account."""

    class Meta:
        model = Reversal

    original = factory.SubFactory(TransactionFactory)
    withdrawal = factory.SubFactory(
        TransactionFactory,
        account=factory.SelfAttribute("..original.account"),
        received_yen=0,
        paid_out_yen=factory.SelfAttribute("..original.received_yen"),
        detail_1="組戻",
    )
    at = MOMENT
    by = "choubo"
