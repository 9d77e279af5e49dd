"""Confirm a year of rows in a real database: ``python -m benchmarks.reconcile_rows --rows 10000 --supporters 5000``.

The invented world of ``benchmarks.matching`` is stored in a fresh SQLite file in a temporary folder: the register, last
year's rows confirmed to their true payers, this year's rows open.  A second process, which never saw the generator,
then runs the steps and measures itself: wall-clock and processor seconds (rows/s are of the latter)
and its own peak memory after each step.  The truth is
looked at last, to count wrong confirmations.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

AT = datetime(2027, 1, 5, 1, 0, tzinfo=UTC)
TODAY = date(2027, 1, 5)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--supporters", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1001)
    parser.add_argument("--first-year", action="store_true", help="without the confirmed rows of last year")
    parser.add_argument("--step", choices=("fill", "run"), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.step:
        start_django()
        fill(chosen) if chosen.step == "fill" else run()
        return
    with TemporaryDirectory(prefix="hitokuchi-bench-") as folder:
        environment = {**os.environ, "HITOKUCHI_DATA_DIR": folder}
        for step in ("fill", "run"):
            command = [sys.executable, "-m", "benchmarks.reconcile_rows", *sys.argv[1:], "--step", step]
            subprocess.run(command, env=environment, check=True)


def start_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()


def fill(chosen: argparse.Namespace) -> None:
    """Store the world; the truth goes to a file that only the last step reads."""
    from django.conf import settings
    from django.core.management import call_command

    from benchmarks.matching.transfers import World
    from members.models import BankAccount
    from members.setting_up import set_up_association

    call_command("migrate", verbosity=0)
    set_up_association(name="みずうみの会", account_number="00100-2-729745", today=TODAY, at=AT, by="bench")
    world = World(chosen.seed, chosen.supporters, chosen.rows)
    store_register(world)
    account = BankAccount.objects.order_by("pk").first()
    if not chosen.first_year:
        confirm_history(store_rows(world.history, account, 0))
    stored = store_rows(world.rows, account, len(world.history))
    truth = {str(row.pk): list(known.ids) for row, known in stored}
    (settings.DATA_DIR / "truth.json").write_text(json.dumps(truth))


def store_register(world: object) -> None:
    from members.models import PayerName, Supporter, SupporterKind
    from members.payer_names import unsaved_names

    people = [
        Supporter(
            pk=member.id,
            number=member.number,
            kind=SupporterKind.INDIVIDUAL if member.name else SupporterKind.ORGANISATION,
            name=member.kanji,
            reading=member.reading,
            contact_name=member.contact.kanji if member.contact else "",
            postal_code=f"{member.postcode[:3]}-{member.postcode[3:]}",
            phone=f"{member.phone[:3]}-{member.phone[3:7]}-{member.phone[7:]}",
            registered_on=date(2026, 2, 1) if member.is_new else date(2020, 4, 1),
        )
        for member in world.members
    ]
    Supporter.objects.bulk_create(people, batch_size=500)
    PayerName.objects.bulk_create(unsaved_names(people), batch_size=500)


def store_rows(rows: list, account: object, before: int) -> list:
    """Give (stored row, known row); the bank's own bookings and reversals are money out."""
    from benchmarks.matching.transfers import CHANNEL_WORD
    from donations.models import Transaction

    stored = []
    for place, row in enumerate(rows, start=before + 1):
        out = row.type == "none"
        stored.append(
            Transaction(
                account=account,
                position=place,
                booked_on=row.on,
                received_yen=0 if out else row.amount_yen,
                paid_out_yen=row.amount_yen if out else 0,
                detail_1=CHANNEL_WORD.get(row.channel, row.channel),
                detail_2=row.payer,
                message=row.message,
                recorded_by="bench",
            )
        )
    return list(zip(Transaction.objects.bulk_create(stored, batch_size=500), rows, strict=True))


def confirm_history(stored: list) -> None:
    """Last year a person confirmed every row to whom it truly came from."""
    from donations.allocating import Decision, confirm_many
    from donations.shares import DONATION, Share

    decisions = [
        Decision(row.pk, joint(known.ids, row.received_yen) or (Share(None, DONATION, row.received_yen, 2025),), row.received_yen)
        for row, known in stored
        if row.received_yen
    ]
    confirm_many(decisions=decisions, automatic=False, at=AT, by="bench")


def joint(ids: tuple[int, ...], yen: int) -> tuple:
    from donations.shares import DONATION, Share

    if not ids:
        return ()
    parts = [yen // len(ids)] * len(ids)
    parts[0] += yen - sum(parts)
    return tuple(Share(one, DONATION, part, 2025) for one, part in zip(ids, parts, strict=True))


def run() -> None:
    from django.conf import settings

    from donations.models import Transaction
    from donations.reconciling import reconcile_certain
    from donations.suggestions import suggest_all
    from donations.undoing import undo_batch

    rows = Transaction.objects.unreconciled().count()
    print(f"memory before the first step: {peak()} MB")
    measured(f"suggest {rows} rows", rows, lambda: sum(1 for _row in suggest_all()))
    result = measured(f"judge {rows} rows, confirm the certain ones", rows, lambda: reconcile_certain(today=TODAY, at=AT, by="bench"))
    print(f"confirmed {result.confirmed} of {rows}, expected errors {result.expected_errors:.1f}, left {result.left}")
    compare(settings.DATA_DIR / "truth.json")
    measured(f"suggest the {result.left} rows that are left", result.left, lambda: sum(1 for _row in suggest_all()))
    measured("undo the batch", result.confirmed, lambda: undo_batch(batch_id=result.batch, at=AT, by="bench"))


def measured(what: str, rows: int, step: Callable[[], object]) -> object:
    start, busy = time.perf_counter(), time.process_time()
    result = step()
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    print(f"{what}: {seconds:.2f} s ({busy:.2f} s of processor), {rows / busy:.0f} rows/s, peak memory {peak()} MB")
    return result


def compare(path: Path) -> None:
    """Count the confirmed rows that went to somebody else than who paid."""
    from donations.models import Allocation

    truth = json.loads(path.read_text())
    given: dict[str, set[int]] = {}
    for row, supporter in Allocation.objects.live().filter(automatic=True).values_list("transaction_id", "supporter_id"):
        given.setdefault(str(row), set()).add(supporter)
    wrong = sum(set(truth[row]) != supporters for row, supporters in given.items())
    print(f"wrong: {wrong} of {len(given)}")


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
