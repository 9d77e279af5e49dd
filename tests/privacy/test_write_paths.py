"""Every way into the database that we know: each refuses, nothing is stored, and nobody repeats the number.

The 25 rows of the list in docs/explanation/guards.md and what was found besides; `make test-postgres` runs them on
PostgreSQL too.
"""

import json
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.sessions.backends.db import SessionStore as PlainSessions
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction
from django.db.models import Case, CharField, F, Value, When
from django.db.models.functions import Coalesce, Concat
from django.forms import modelform_factory
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from import_export.resources import modelresource_factory
from tablib import Dataset

from accounts.models import User
from members.models import Household, PayerName, Supporter
from privacy.errors import NationalIdRefused
from privacy.findings import FieldClass
from privacy.forms import GuardedFormMixin
from privacy.guarding_tables import text_columns
from privacy.inserting import insert_rows
from privacy.sessions import SessionStore
from privacy.text_columns import HeldColumn, columns_by_table
from tests.factories.members import SupporterFactory
from tests.privacy.plain_numbers import grouped, made_number

pytestmark = pytest.mark.django_db
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
KANJI = str.maketrans("0123456789", "〇一二三四五六七八九")
FORMS: dict[str, Callable[[str], str]] = {
    "bare": str,
    "4-4-4": grouped,
    "wide": lambda number: number.translate(WIDE),
    "kanji": lambda number: number.translate(KANJI),
    "named": lambda number: f"マイナンバー（本人）：{number}",
}


def run(sql: str, params: object = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def run_many(sql: str, rows: list[tuple[object, ...]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(sql, rows)


def one() -> Household:
    return Household.objects.get_or_create(code="a")[0]


def changed(code: str) -> Household:
    household = one()
    household.code = code
    return household


def imported(code: str, **options: object) -> None:
    resource = modelresource_factory(Household, meta_options={"import_id_fields": ("id",), "fields": ("id", "code"), **options})()
    answer = resource.import_data(Dataset(("", code), headers=["id", "code"]), raise_errors=False)
    for failed in (*answer.base_errors, *(error for _row, errors in answer.row_errors() for error in errors)):
        raise failed.error
    for row in answer.invalid_rows:
        raise row.error


def loaded(code: str) -> None:
    rows = [{"model": "members.household", "pk": 1, "fields": {"code": code}}]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdin", StringIO(json.dumps(rows)))
        call_command("loaddata", "-", format="json", verbosity=0)


def filled_form(code: str, *, guarded: bool) -> None:
    form = modelform_factory(Household, fields=["code"])
    if guarded:
        form = type("GuardedForm", (GuardedFormMixin, form), {})
    bound = form({"code": code})
    if bound.is_valid():
        bound.save()
    else:
        assert code not in bound.as_div() or not guarded
        raise ValidationError(bound.errors["code"].as_data())


def in_session(code: str, store: type[PlainSessions]) -> None:
    session = store()
    session["typed"] = code
    session.save()


def as_json(code: object) -> None:
    run("INSERT INTO mfa_authenticator (type, data, user_id) VALUES (%s, %s, %s)", ["totp", json.dumps({"note": [code]}), 1])


INSERT = "INSERT INTO members_household (code) VALUES (%s)"
PATHS: dict[str, Callable[[str], object]] = {
    "save": lambda code: Household(code=code).save(),
    "save of a change": lambda code: changed(code).save(),
    "save with update_fields": lambda code: changed(code).save(update_fields=["code"]),
    "create": lambda code: Household.objects.create(code=code),
    "get_or_create": lambda code: Household.objects.get_or_create(pk=9, defaults={"code": code}),
    "update_or_create": lambda code: Household.objects.update_or_create(pk=one().pk, defaults={"code": code}),
    "bulk_create": lambda code: Household.objects.bulk_create([Household(code="b"), Household(code=code)]),
    "bulk_create, conflicts ignored": lambda code: Household.objects.bulk_create([Household(code=code)], ignore_conflicts=True),
    "bulk_create as an update": lambda code: Household.objects.bulk_create(
        [Household(pk=one().pk, code=code)], update_conflicts=True, unique_fields=["id"], update_fields=["code"]
    ),
    "bulk_update": lambda code: Household.objects.bulk_update([changed(code)], ["code"]),
    "QuerySet.update": lambda code: Household.objects.update(code=code),
    "update of a Value": lambda code: Household.objects.update(code=Value(code)),
    "update of a Case": lambda code: Household.objects.update(code=Case(When(pk=one().pk, then=Value(code)), default=F("code"), output_field=CharField())),
    "update of a function": lambda code: Household.objects.update(code=Coalesce(Value(code), F("code"), output_field=CharField())),
    "rows without objects": lambda code: insert_rows(like=Household(code=""), columns={"code": ["b", code]}),
    "save_base, raw": lambda code: Household(pk=9, code=code).save_base(raw=True),
    "loaddata": loaded,
    "a model form": lambda code: filled_form(code, guarded=False),
    "a guarded form": lambda code: filled_form(code, guarded=True),
    "import-export": imported,
    "import-export in bulk": lambda code: imported(code, use_bulk=True),
    "import-export, models cleaned": lambda code: imported(code, clean_model_instances=True),
    "execute with parameters": lambda code: run(INSERT, [code]),
    "execute with named parameters": lambda code: run("INSERT INTO members_household (code) VALUES (%(code)s)", {"code": code}),
    "execute with a literal": lambda code: run(f"INSERT INTO members_household (code) VALUES ('{code}')"),
    "executemany": lambda code: run_many(INSERT, [("b",), (code,)]),
    "insert from a query": lambda code: run("INSERT INTO members_household (code) SELECT %s", [code]),
    "insert behind WITH": lambda code: run("WITH x AS (SELECT %s AS code) INSERT INTO members_household (code) SELECT code FROM x", [code]),
    "update by raw SQL": lambda code: run("UPDATE members_household SET code = %s WHERE id > 0", [code]),
    "JSON by raw SQL": as_json,
    "the user's name": lambda code: User.objects.create(username=code),
    "another part's table": lambda code: Group.objects.create(name=code),
    "a column with choices": lambda code: Supporter.objects.update(channel=code),
    "our session": lambda code: in_session(code, SessionStore),
    "a session packed otherwise": lambda code: in_session(code, PlainSessions),
    "a session's row": lambda code: Session.objects.create(
        session_key="k", session_data=PlainSessions().encode({"a": code}), expire_date=timezone.now()
    ),
}


def everything_stored() -> str:
    """All texts of all tables, sessions unpacked."""
    found: list[str] = []
    for column in text_columns(connection):
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT "{column.column}" FROM "{column.table}"')
            found += [str(cell) for (cell,) in cursor.fetchall()]
    found += [str(PlainSessions().decode(session.session_data)) for session in Session.objects.all()]
    return "\n".join(found)


def digits_of(text: str) -> str:
    table = {**dict(zip("０１２３４５６７８９", "0123456789", strict=True)), **dict(zip("〇一二三四五六七八九", "0123456789", strict=True))}
    return "".join(table.get(char, char) for char in text if char not in "- ")


def refusal_of(write: Callable[[], object]) -> Exception:
    with pytest.raises((NationalIdRefused, ValidationError)) as caught, transaction.atomic():
        write()
    return caught.value


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
def test_no_way_in_stores_a_number(path, form, caplog) -> None:
    """Refused with our own error; nothing is stored; error, cause and log hold nothing of it."""
    one()
    number = made_number()
    error = refusal_of(lambda: path(form(number)))
    told = [str(error), repr(error), str(error.__cause__), caplog.text]
    assert [text for text in told if number in digits_of(text)] == []
    assert number not in digits_of(everything_stored())


def test_two_halves_put_together_by_the_database_are_refused(caplog) -> None:
    """The one way on which no program sees the whole number: the triggers see the row."""
    one()
    number = made_number()
    halves = Concat(Value(number[:7]), Value(number[7:]), output_field=CharField())
    error = refusal_of(lambda: Household.objects.update(code=halves))
    assert [text for text in (str(error), str(error.__cause__), caplog.text) if number in digits_of(text)] == []


def test_a_whole_number_for_a_text_is_refused() -> None:
    """A JSON number, and an int in a text column."""
    number = made_number()
    for write in (lambda: Household.objects.create(code=int(number)), lambda: as_json(int(number))):
        assert number not in str(refusal_of(write))


def test_a_unique_constraint_tells_no_name() -> None:
    """PostgreSQL would add the row to the error; our log shows tracebacks."""
    payer = SupporterFactory(payer_names=["トクモト ハナコ"]).payer_names.first()
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        PayerName.objects.bulk_create([payer])
    assert [text for text in (str(caught.value), str(caught.value.__cause__)) if "トクモト" in text] == []


def models_with_text() -> list[tuple[type[models.Model], "models.Field[Any, Any]", HeldColumn]]:
    return [
        (model, field, column)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_concrete_fields
        if (column := columns_by_table()[model._meta.db_table][str(field.column)]).field_class is not None
        and isinstance(field, models.CharField | models.TextField | models.JSONField)
    ]


COLUMNS = {f"{column.table}.{column.column}": (model, field, column) for model, field, column in models_with_text()}
surrounded = st.tuples(st.sampled_from(sorted(FORMS)), st.sampled_from(["", "山田 ", "賛同金2口。", "2026年11月 "]), st.sampled_from(["", " です", "、よろしく"]))


@pytest.mark.parametrize("place", COLUMNS)
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=surrounded)
def test_every_column_of_every_table_refuses(place, drawn) -> None:
    """Every text column found by introspection, by `update` and by raw SQL; free text may hold what a person vouched for."""
    model, field, column = COLUMNS[place]
    form, before, after = drawn
    if column.field_class is FieldClass.FREE_TEXT and place != "django_session.session_data":
        form = "named" if form in {"bare", "wide"} else form
    number = made_number()
    text = before + FORMS[form](number) + after
    if place == "django_session.session_data":
        text = PlainSessions().encode({"a": text})
    value = {"a": text} if isinstance(field, models.JSONField) else text
    for write in (
        lambda: model._base_manager.update(**{field.attname: value}),
        lambda: run(f'UPDATE "{column.table}" SET "{column.column}" = %s', [json.dumps(value) if isinstance(value, dict) else text]),
    ):
        assert number not in digits_of(str(refusal_of(write)))


LONG_ENOUGH = [
    place for place, (_model, field, _column) in COLUMNS.items()
    if not isinstance(field, models.JSONField) and (field.max_length or 99) >= len("マイナンバー") + 12
]  # fmt: skip
"""JSON is read by the statement guard; a shorter column holds no number with its name."""


@pytest.mark.parametrize("place", LONG_ENOUGH)
def test_the_database_itself_refuses_in_every_column(place) -> None:
    """Two halves put together in SQL, in an INSERT that has nothing else."""
    held = COLUMNS[place][2]
    number = made_number()
    error = refusal_of(lambda: run(f'INSERT INTO "{held.table}" ("{held.column}") SELECT %s || %s', ["マイナンバー" + number[:5], number[5:]]))
    assert (error.place, number in str(error)) == (held.label, False)
