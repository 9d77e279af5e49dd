"""Try to store a number of the state in every manner Django has; print what each attempt raised, as one JSON object.

The number comes on standard input, so that it stands in no list of processes.
"""

import json
import os
import sys
import traceback

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"


def main(number: str) -> dict[str, list[str]]:
    from django.db import transaction
    from django.db.models import Value

    from donations.models import Transaction
    from members.models import Association, Supporter

    spoken = f"マイナンバーは{number[:4]}-{number[4:8]}-{number[8:]}です"
    facts = {"number": "99999", "registered_on": "2024-11-23"}
    attempts = {
        "save": lambda: Supporter(name=number, **facts).save(),
        "create": lambda: Supporter.objects.create(name="山田 花子", note=spoken, **facts),
        "bulk_create": lambda: Supporter.objects.bulk_create([Supporter(name=number, **facts)]),
        "get_or_create": lambda: Supporter.objects.get_or_create(number="99999", defaults={"name": number, **facts}),
        "update": lambda: Association.objects.update(name=number),
        "update of a value": lambda: Association.objects.update(name=Value(number)),
        "bulk_update": lambda: Transaction.objects.bulk_update([Transaction(pk=1, message=spoken)], ["message"]),
        "in a transaction": lambda: transaction.atomic(Association.objects.update)(name=spoken),
    }
    raised = {}
    for way, attempt in attempts.items():
        try:
            attempt()
        except Exception as error:  # noqa: BLE001 - whatever it is, its text is looked at
            raised[way] = [type(error).__name__, str(error), repr(error), "".join(traceback.format_exception(error))]
    Association.objects.update(name="記録に出る名前")
    return raised


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(main(sys.stdin.readline().strip())))
