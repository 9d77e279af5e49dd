from dataclasses import replace
from datetime import date

import pytest
from django.core import signing
from hypothesis import given
from hypothesis import strategies as st

from donations import carried_file
from donations.bankfiles.statement import Statement, StatementLine, Warning_
from donations.carried_file import pack, unpack
from donations.guarded_file import FoundNumber, GuardedFile, read_guarded
from privacy.errors import Refused
from tests.donations.bank_file import bank_file, year

FILE = read_guarded(data=bank_file(year()))
YEN = st.integers(1, 10**12)
DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
WORDS = st.text(max_size=20)
BALANCES = st.none() | st.integers(-(10**12), 10**12)
INCOMING = st.builds(
    StatementLine, st.integers(1, 30_000), DAYS, YEN, st.just(0), WORDS, WORDS, BALANCES, WORDS, WORDS, st.booleans()
)
OUTGOING = st.builds(
    StatementLine, st.integers(1, 30_000), DAYS, st.just(0), YEN, WORDS, WORDS, BALANCES, WORDS, WORDS, st.booleans()
)
PLACES = st.builds(FoundNumber, st.integers(0, 9), st.integers(1, 99), WORDS, st.lists(WORDS, max_size=3).map(tuple))
STATEMENTS = st.builds(
    Statement, WORDS, WORDS, st.none() | DAYS, st.none() | DAYS, st.none() | st.datetimes(), BALANCES,
    st.lists(INCOMING | OUTGOING, max_size=8).map(tuple), BALANCES, BALANCES,
    st.lists(st.builds(Warning_, WORDS, WORDS, st.none() | st.integers(1, 99), st.none() | WORDS, WORDS), max_size=3).map(tuple),
)  # fmt: skip
FILES = st.builds(
    GuardedFile, STATEMENTS, st.binary(min_size=32, max_size=32), st.lists(PLACES, max_size=3).map(tuple), st.lists(PLACES, max_size=3).map(tuple)
)


@given(FILES, st.integers(1, 2**40))
def test_what_is_packed_comes_back_whole(file, account_id):
    """Any file, to the last sign, and the account it was shown for."""
    assert unpack(pack(file, account_id=account_id)) == (file, account_id)


def test_a_changed_sign_is_noticed():
    """Nobody adds a zero on the way."""
    word = pack(FILE, account_id=1)
    with pytest.raises(Refused) as refusal:
        unpack(f"A{word[1:]}" if word[0] != "A" else f"B{word[1:]}")
    assert refusal.value.code == "preview_damaged"


def test_another_pages_signed_word_is_not_taken():
    """What was signed for another purpose is no file."""
    with pytest.raises(Refused) as refusal:
        unpack(signing.dumps({"account": 1}, salt="something else", compress=True))
    assert refusal.value.code == "preview_damaged"


def test_an_old_word_is_refused(monkeypatch):
    """The preview holds for half an hour."""
    word = pack(FILE, account_id=1)
    monkeypatch.setattr(carried_file, "MINUTES", -1)
    with pytest.raises(Refused) as refusal:
        unpack(word)
    assert refusal.value.code == "preview_expired"


def test_three_thousand_rows_fit_into_a_page():
    """The bank's largest file stays under 200 kB, far below the limit of a form."""
    lines = tuple(replace(line, line_number=number) for number in range(250) for line in FILE.statement.lines)
    assert len(pack(replace(FILE, statement=replace(FILE.statement, lines=lines)), account_id=1)) < 200_000
