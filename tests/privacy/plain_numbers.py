"""Numbers made for one run, and texts in which the database and the scanner might disagree."""

import random
import sqlite3
from collections.abc import Callable

from hypothesis import strategies as st
from stdnum.jp import in_

from privacy.check_digits import is_parcel_number, is_product_or_card_number
from privacy.filler import is_blank_form
from privacy.findings import FieldClass
from privacy.label_words import BARE_WORDS, COUNTERS, THINGS
from privacy.plain_numbers import WORD_CHARS
from privacy.table_guards import sqlite_objects
from privacy.text_columns import HeldColumn


def made_number() -> str:
    """A valid number that looks like no date, call, account, parcel, product, card, series or blank to fill in."""
    while True:
        first_eleven = f"{random.randrange(50, 81)}{random.randrange(10**9):09}"
        number = first_eleven + in_.calc_check_digit(first_eleven)
        if not (is_parcel_number(number) or is_product_or_card_number(number) or is_blank_form(number) or is_series(number)):
            return number


def is_series(number: str) -> bool:
    """Three groups in equal steps, or three round ones: amounts and years are written so, and nobody asks about them."""
    first, second, third = (int(number[at : at + 4]) for at in (0, 4, 8))
    return second - first == third - second or first % 100 == second % 100 == third % 100 == 0


def grouped(number: str, sign: str = "-") -> str:
    """As on the card: 4-4-4."""
    return sign.join((number[:4], number[4:8], number[8:]))


HELD = {
    FieldClass.STRUCTURED: HeldColumn("facts", "name", FieldClass.STRUCTURED, "氏名"),
    FieldClass.FREE_TEXT: HeldColumn("facts", "note", FieldClass.FREE_TEXT, "備考"),
}


def refusing_database() -> Callable[[str, FieldClass], bool]:
    """A SQLite of its own with the guards; the function tells whether it refuses a text."""
    database = sqlite3.connect(":memory:", isolation_level=None)
    database.execute("CREATE TABLE facts (id INTEGER PRIMARY KEY, name TEXT, note TEXT)")
    for statement in sqlite_objects(HELD.values()).values():
        database.execute(statement)

    def refuses(text: str, field_class: FieldClass) -> bool:
        column = HELD[field_class]
        try:
            database.execute(f"INSERT INTO facts ({column.column}) VALUES (?)", [text])
        except sqlite3.IntegrityError as error:
            if str(error) == f"national_id_refused: facts.{column.column}":
                return True
            raise
        return False

    return refuses


valid = st.text("0123456789", min_size=11, max_size=11).map(lambda body: body + in_.calc_check_digit(body))
any_twelve = st.one_of(valid, valid, st.text("0123456789", min_size=12, max_size=12), st.sampled_from([
    "202611231234", "261123123456", "819012345678", "001002729745", "000000000000", "111111111118", "202420252026",
    "090010001200", "123456781230",
]))  # fmt: skip
written = st.builds(lambda number, sign: grouped(number, sign) if sign else number, any_twelve, st.sampled_from(["", "", "-", " "]))
words = st.sampled_from([
    *(word for table in (BARE_WORDS, THINGS) for group in table.values() for word in group), *COUNTERS, "番号", "コード", "ナンバー", "マイナンバー",
    "第", "号", "円", "年", "県", "市", "の", "は", "ノ", "ー", "：", ":", "、", "。", " ", "　", "-", "（", "+", "※", "a", "1", "山田", "花子", "様",
])  # fmt: skip
loose = st.text([*"ぁのはがを々、。：: 　ーアマルト円年口号番第一二〇第県山田人", *WORD_CHARS.replace("-", "")], max_size=6)
beside = st.lists(st.one_of(words, loose), max_size=4).map("".join)
texts = st.builds(lambda before, number, after: before + number + after, beside, written, beside)
