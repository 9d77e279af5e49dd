"""What guarding against national ID numbers costs a row: ``python -m benchmarks.guard_cost``.

The same writes with all layers (guarded fields, statement guard, triggers) and without any, on a fresh SQLite file with
the program's own settings; CPU time of the process, the best of several rounds, one transaction a round. "save" is one
`save()` a supporter, "update" one `save()` of it changed, "in bulk" `bulk_create`, "rows of a bank" the importer's own
way. The budget of the promise is 0.2 ms a row on save and 0.05 ms a row in bulk.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from typing import Any
from unittest.mock import patch

ON_SAVE_MS, IN_BULK_MS = 0.2, 0.05
FAMILY = ("佐藤", "髙橋", "渡邊", "山﨑", "吉田", "小林", "齋藤", "中村")
GIVEN = ("花子", "一郎", "恵", "健", "由美子", "誠", "京子", "進")


def supporters(count: int) -> list[Any]:
    from members.models import Supporter

    chance = random.Random(20261123)
    return [
        Supporter(
            number=f"{at:05}", name=f"{chance.choice(FAMILY)}　{chance.choice(GIVEN)}", reading="サトウ ハナコ",
            postal_code=f"{chance.randrange(10**7):07}", prefecture="東京都", address=f"千代田区神田{at % 9 + 1}-{at % 30 + 1}-{at % 7 + 1} コーポ{at % 300}号",
            email=f"hanako{at}@example.jp", phone=f"03-{at % 9000 + 1000}-{chance.randrange(10_000):04}",
            note="集会で知り合った方。2024年から通信を希望。会場係。", registered_on=date(2026, 11, 23),
        )
        for at in range(count)
    ]  # fmt: skip


def bank_rows(count: int) -> dict[str, list[Any]]:
    return {
        "position": list(range(1, count + 1)),
        "booked_on": [date(2026, 4, 1)] * count,
        "received_yen": [1_000] * count,
        "detail_1": ["振込"] * count,
        "detail_2": [f"ｻﾄｳ ﾊﾅｺ{at}" for at in range(count)],
        "external_id": [f"2026040100{at:05}" for at in range(count)],
    }


@contextmanager
def unguarded() -> Iterator[None]:
    """Nothing of the guard: no scan in a field, no look at a statement, no trigger."""
    from django.db import connection

    from privacy.fields import GuardedTextMixin
    from privacy.guarding_tables import drop_guards, guard_tables
    from privacy.statement_guard import guard_statement

    connection.execute_wrappers.remove(guard_statement)
    drop_guards(connection)
    with ExitStack() as stack:
        stack.enter_context(patch.object(GuardedTextMixin, "_refuse", lambda self, value: None))
        yield
    guard_tables(connection)
    connection.execute_wrappers.append(guard_statement)


def seconds(work: Callable[[int], object], rows: int, rounds: int) -> float:
    """CPU seconds of the best round; what it wrote is rolled back."""
    from django.db import transaction

    best = float("inf")
    for _ in range(rounds):
        with transaction.atomic():
            began = time.process_time()
            work(rows)
            best = min(best, time.process_time() - began)
            transaction.set_rollback(True)
    return best


def save(rows: int) -> None:
    for supporter in supporters(rows):
        supporter.save()


def update(rows: int) -> None:
    from members.models import Supporter

    supporter = supporters(1)[0]
    supporter.save()
    for at in range(rows):
        supporter.note = f"電話 {at}"
        supporter.save()
    assert Supporter.objects.count() == 1  # noqa: S101


def bulk(rows: int) -> None:
    from members.models import Supporter

    Supporter.objects.bulk_create(supporters(rows), batch_size=500)


def bank(rows: int) -> None:
    from donations.models import Transaction
    from members.models import BankAccount
    from privacy.inserting import insert_rows

    account = BankAccount.objects.get_or_create(name="みずうみの会", kind="yucho_giro", number="00100-2-729745")[0]
    insert_rows(like=Transaction(account=account, recorded_by="kaikei"), columns=bank_rows(rows))


WAYS = (("save", save, ON_SAVE_MS), ("update", update, ON_SAVE_MS), ("in bulk", bulk, IN_BULK_MS), ("rows of a bank", bank, IN_BULK_MS))


def measure(rows: int, rounds: int) -> bool:
    """Print a line for each way; whether all keep to the budget."""
    kept = True
    for name, work, budget_ms in WAYS:
        count = rows if budget_ms == IN_BULK_MS else max(rows // 5, 1)
        work_once = seconds(work, 10, 1)
        guarded = seconds(work, count, rounds)
        with unguarded():
            bare = seconds(work, count, rounds)
        cost_ms = (guarded - bare) / count * 1000
        kept = kept and cost_ms <= budget_ms
        print(
            f"  {name:<15} {bare / count * 1000:7.4f} ms a row without, {guarded / count * 1000:7.4f} with: {cost_ms:7.4f} ms"
            f" (budget {budget_ms})   first ten rows of a connection {work_once * 1000:.1f} ms"
        )
    return kept


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(HITOKUCHI_DATA_DIR=folder, DJANGO_SETTINGS_MODULE="config.settings", DATABASE_URL="")
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        kept = measure(chosen.rows, chosen.rounds)
        connection.close()
    print("  within the budget" if kept else "  OVER THE BUDGET")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
