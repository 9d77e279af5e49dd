"""No column about a person is held without a purpose and a term; the check says so, and the notice is made from it."""

from privacy import personal_columns
from privacy.personal_columns import Held, Table, every_column_is_declared, tables

NEW = "members.Supporter"


def without(model: str) -> list[Table]:
    return [one for one in tables() if one.model != model]


def changed(**facts: object) -> list[Table]:
    (table,) = [one for one in tables() if one.model == "members.Consent"]
    fields = {"model": table.model, "whose": table.whose, "personal": table.personal, "who": table.who, "plain": table.plain}
    return [*without("members.Consent"), Table(**{**fields, **facts})]


def ids(found) -> list[str]:
    return [error.id for error in found]


def test_every_column_is_declared() -> None:
    """As the house stands."""
    assert every_column_is_declared() == []


def test_a_table_without_declaration_is_an_error(monkeypatch) -> None:
    """For each of its columns."""
    monkeypatch.setattr(personal_columns, "tables", lambda: iter(without("members.FeeRate")))
    assert ids(every_column_is_declared()) == ["privacy.E010"] * 4


def test_a_column_without_declaration_is_an_error(monkeypatch) -> None:
    """A new column needs a purpose before it can be used."""
    monkeypatch.setattr(personal_columns, "tables", lambda: iter(changed(plain=())))
    assert [error.msg for error in every_column_is_declared()] == [
        "members.Consent.id is not declared in personal_columns.py."
    ]


def test_a_declaration_of_nothing_is_an_error(monkeypatch) -> None:
    """A column that is no longer there, or one declared twice."""
    monkeypatch.setattr(personal_columns, "tables", lambda: iter(changed(plain=("id", "gone", "source"))))
    assert ids(every_column_is_declared()) == ["privacy.E011"] * 2


def test_a_declaration_of_no_table_is_an_error(monkeypatch) -> None:
    """A model that was removed."""
    monkeypatch.setattr(personal_columns, "tables", lambda: iter([*tables_now(), Table("members.Gone")]))
    assert ids(every_column_is_declared()) == ["privacy.E011"]


def tables_now() -> list[Table]:
    return list(tables())


def test_nothing_is_asked_that_need_not_be_known() -> None:
    """No birthday, sex or occupation, and no number of the state, by name or label."""
    from django.apps import apps

    forbidden = ("birth", "sex", "gender", "occupation", "生年月日", "性別", "職業", "個人番号", "マイナンバー")
    named = [
        (model._meta.label, field.name)
        for model in apps.get_models()
        for field in model._meta.local_fields
        if any(word in f"{field.name} {field.verbose_name}" for word in forbidden)
    ]
    assert named == []


def test_every_purpose_and_term_is_a_sentence_for_people() -> None:
    """Terms end as sentences do; purposes say what for."""
    held: list[Held] = [one for table in tables() for one in table.personal.values()]
    wrong = [one for one in held if not str(one.term).endswith("。") or not str(one.purpose)]
    assert (wrong, len(held) > 50) == ([], True)
