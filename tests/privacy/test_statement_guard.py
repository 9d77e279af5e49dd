"""Raw SQL, other parts' tables, packed values: nothing gets past the connection."""

import json

import pytest
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import IntegrityError, connection
from django.db.models import CharField, F, Value
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.connection import ConnectionProxy

from accounts.models import User
from members.models import Household, Supporter
from privacy.errors import NationalIdRefused
from privacy.guarding_tables import drop_guards, guard_tables, missing_guards
from privacy.sessions import SessionStore
from privacy.statement_guard import guard_statement
from privacy.written_values import Written, only_reads, written_by
from tests.privacy.plain_numbers import grouped, made_number

WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
INSERT = "INSERT INTO members_household (code) VALUES (%s)"
pytestmark = pytest.mark.django_db


def refused(write, *words: str) -> str:
    """The label of the field that the refusal names; nothing of the words is in it."""
    with pytest.raises(NationalIdRefused) as caught:
        write()
    told = caught.value.message + repr(caught.value)
    assert [word for word in words if word in told] == []
    return caught.value.place


def execute(sql: str, params: object = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


@pytest.mark.parametrize("write", [str, grouped, lambda number: number.translate(WIDE), int])
def test_a_parameter_of_raw_sql_is_refused_under_its_field(write) -> None:
    """Bare, grouped, wide, and as a whole number."""
    number = made_number()
    assert refused(lambda: execute(INSERT, [write(number)]), number) == str(Household._meta.get_field("code").verbose_name)


@pytest.mark.parametrize("write", [str, grouped, lambda number: number.translate(WIDE)])
def test_a_number_in_the_statement_itself_is_refused(write) -> None:
    """A literal value has no parameter."""
    number = made_number()
    refused(lambda: execute(f"INSERT INTO members_household (code) VALUES ('{write(number)}')"), number)


def test_many_rows_are_looked_at_one_by_one() -> None:
    """executemany: the third of three rows."""
    number = made_number()

    def write() -> None:
        with connection.cursor() as cursor:
            cursor.executemany(INSERT, [("a",), ("b",), (grouped(number),)])

    refused(write, number)
    assert Household.objects.count() == 0


def test_two_halves_put_together_in_sql_are_refused_by_the_database() -> None:
    """No layer before the database sees the whole number; the refusal still names the field."""
    number = made_number()
    Household.objects.create(code="a")
    whole = Concat(Value(number[:6]), Value(number[6:]), output_field=CharField())
    assert refused(lambda: Household.objects.update(code=whole), number) == str(Household._meta.get_field("code").verbose_name)


def test_a_column_with_choices_is_guarded_too() -> None:
    """It has no guarded field of its own."""
    number = made_number()
    refused(lambda: Supporter.objects.update(channel=number.translate(WIDE)), number)


@pytest.mark.parametrize("column", ["username", "email", "first_name"])
def test_the_name_to_sign_in_with_is_guarded(column) -> None:
    """Django's own columns of the user."""
    if column not in {field.name for field in User._meta.fields}:
        return
    number = made_number()
    refused(lambda: User.objects.create(**{"username": "a", column: number}), number)


def test_a_table_of_another_part_is_guarded() -> None:
    """Django's groups."""
    number = made_number()
    assert refused(lambda: Group.objects.create(name=number), number) == str(Group._meta.get_field("name").verbose_name)


def test_json_is_read_before_it_is_judged() -> None:
    r"""Django writes \uXXXX for each Japanese sign."""
    number = made_number()
    packed = json.dumps({"番号": f"マイナンバーは{number.translate(WIDE)}"})
    refused(lambda: execute("INSERT INTO mfa_authenticator (type, data, user_id) VALUES (%s, %s, %s)", ["totp", packed, 1]), number)


def test_a_session_refuses_before_it_is_packed() -> None:
    """What is stored is compressed and signed."""
    number = made_number()
    store = SessionStore()
    store["words"] = {"typed": [number]}
    assert refused(store.save, number) == "画面をまたいで覚えておく言葉"
    assert Session.objects.count() == 0


def test_a_packed_session_is_unpacked_by_the_guard() -> None:
    """Whoever packs it otherwise."""
    from django.contrib.sessions.backends.db import SessionStore as Plain

    number = made_number()
    packed = Plain().encode({"words": number})
    refused(lambda: Session.objects.create(session_key="k", session_data=packed, expire_date=timezone.now()), number)


def test_a_fixture_is_refused(tmp_path) -> None:
    """Writing by `loaddata` goes past `clean` and `save`."""
    number = made_number()
    path = tmp_path / "rows.json"
    path.write_text(json.dumps([{"model": "members.household", "pk": 1, "fields": {"code": number}}]), encoding="utf-8")
    refused(lambda: call_command("loaddata", str(path), verbosity=0), number)


def test_a_whole_number_given_to_a_text_field_is_refused() -> None:
    """A field turns it into text on the way."""
    number = made_number()
    refused(lambda: Household.objects.create(code=int(number)), number)


def test_reading_by_a_number_is_no_writing() -> None:
    """A search stores nothing."""
    assert list(Household.objects.filter(code=made_number())) == []


def test_a_condition_is_no_writing() -> None:
    """The WHERE of an UPDATE stores nothing."""
    assert Household.objects.filter(code=made_number()).update(code="a") == 0


def test_a_vouched_number_in_a_note_is_stored(now) -> None:
    """In free text a bare number is asked about once, by the form; the database knows only the answer."""
    number = made_number()
    supporter = Supporter.objects.create(number="1", name="山田 花子", note=f"荷物 {number}", registered_on=now.date())
    assert Supporter.objects.filter(pk=supporter.pk, note__contains=number).update(state=F("state")) == 1


def test_the_guard_is_on_the_connection_once() -> None:
    """However often it connects."""
    connection.ensure_connection()
    assert isinstance(connection, ConnectionProxy)
    assert connection.execute_wrappers.count(guard_statement) == 1


def test_every_table_with_text_is_guarded() -> None:
    """Nothing is missing after the migrations."""
    assert missing_guards(connection) == []


def test_what_is_taken_off_is_seen_and_put_back() -> None:
    """A second run changes nothing."""
    drop_guards(connection)
    assert len(missing_guards(connection)) > 30
    assert (guard_tables(connection), guard_tables(connection), missing_guards(connection)) == (True, False, [])


def test_a_new_column_is_covered(now) -> None:
    """The columns are read from the database."""
    execute('CREATE TABLE "elsewhere" ("id" integer PRIMARY KEY, "words" text)')
    assert guard_tables(connection)
    number = made_number()
    place = refused(lambda: execute("INSERT INTO elsewhere (words) SELECT 'マイナンバー' || %s || %s", [number[:5], number[5:]]), number)
    assert place == "elsewhere.words"


def test_an_ordinary_error_of_the_database_stays_one() -> None:
    """Only refusals of numbers change their type."""
    Household.objects.create(pk=1, code="a")
    with pytest.raises(IntegrityError):
        Household.objects.bulk_create([Household(pk=1, code="b")])


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ('INSERT INTO "t" ("a", "b") VALUES (%s, %s), (%s, %s)', Written("t", ("a", "b"), repeats=True)),
        ("insert or replace into t (a) values (%s)", Written("t", ("a",), repeats=True)),
        ('INSERT INTO "t" ("a", "b") VALUES (%s, (SELECT 1 + %s))', Written("t", None)),
        ("INSERT INTO t SELECT %s", Written("t", None)),
        ('UPDATE "t" SET "a" = %s, "b" = "t"."b" + %s WHERE "t"."id" = %s', Written("t", ("a", None))),
        (
            'UPDATE "t" SET "a" = CASE WHEN ("t"."id" = %s) THEN %s WHEN ("t"."id" = %s) THEN %s ELSE NULL END WHERE "id" IN (%s, %s)',
            Written("t", ("id", "a", "id", "a")),
        ),
        ("CREATE TABLE t (a text)", None),
    ],
)
def test_the_column_of_each_parameter_is_known(statement, expected) -> None:
    """As Django writes it, and as people do."""
    assert written_by(statement) == expected


@pytest.mark.parametrize(
    ("statement", "reads"),
    [
        ("SELECT 1", True), ("  select a from t where b = %s", True), ("SAVEPOINT s1", True), ("DELETE FROM t", True),
        ("SELECT a INTO u FROM t", False), ("SELECT 1; INSERT INTO t VALUES (1)", False), ("WITH x AS (SELECT 1) INSERT INTO t SELECT * FROM x", False),
        ("UPDATE t SET a = 1", False), ("SELECT 1;", True),
    ],
)  # fmt: skip
def test_what_only_reads_is_told_from_what_writes(statement, reads) -> None:
    """A query that goes on as something else writes."""
    assert only_reads(statement) is reads
