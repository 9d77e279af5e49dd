"""The list of supporters as a file."""

import csv
from datetime import date
from io import BytesIO, StringIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tablib import Dataset

from members.errors import RowsRefused
from members.exporting_supporters import export_supporters
from members.importing_supporters import import_supporters
from members.models import Supporter
from members.spreadsheet import read_sheet
from members.supporter_columns import TEMPLATE_HEADERS
from members.supporter_files import CP932, csv_bytes, template_xlsx, xlsx_bytes
from privacy.models import AuditEvent
from tests.factories.members import AssociationFactory, SupporterFactory
from tests.members.files import HANAKO, MIDORI, csv_file

NAMES = ["髙橋　邊", "𠮷田　﨑", "森"]


@pytest.fixture
def hand(now):
    return {"at": now, "by": "choubo"}


def rows_of(data, name):
    sheet = read_sheet(data, name)
    return [dict(zip(sheet.headers, row.cells, strict=False)) for row in sheet.rows]


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_names_survive_the_way_out(hand, form):
    """Every character of real people's names is in the file."""
    for name in NAMES:
        SupporterFactory(name=name)
    exported = export_supporters(form=form, **hand)
    assert [row["氏名"] for row in rows_of(exported.data, f"a.{form}")] == NAMES


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_our_own_file_changes_nothing(hand, today, form):
    """Out and in again: every row is unchanged."""
    AssociationFactory()
    import_supporters(data=csv_file(HANAKO, MIDORI), file_name="a.csv", today=today, **hand)
    SupporterFactory(name="=森", note="-1\n二行目", organisation=True, consented=True)
    SupporterFactory(name="林", state="left", left_on=today, phone="03-1234-5678")
    data = export_supporters(form=form, **hand).data
    result = import_supporters(data=data, file_name=f"a.{form}", today=today, **hand)
    assert result.as_json() == {"rows": 4, "new": 0, "changed": 0, "unchanged": 4}


@pytest.mark.django_db
def test_every_fact_is_in_the_file(hand, today):
    """Under the headers that people write, with the words that people use."""
    AssociationFactory()
    import_supporters(data=csv_file(HANAKO), file_name="a.csv", today=today, **hand)
    (row,) = rows_of(export_supporters(form="csv", **hand).data, "a.csv")
    assert row == {
        **HANAKO, "支援者番号": Supporter.objects.get().number, "担当者名": "", "前の番号": "A-1", "状態": "賛同中",
    }  # fmt: skip


@pytest.mark.django_db
def test_an_export_is_recorded(hand):
    """Who, when, how many; no names."""
    SupporterFactory.create_batch(2)
    export_supporters(form="csv", **hand)
    assert AuditEvent.objects.values_list("action", "by", "count").get() == ("members.supporters_exported", "choubo", 2)


@pytest.mark.django_db
def test_some_supporters_may_be_chosen(hand):
    """A filtered list is exported as filtered."""
    SupporterFactory(name="森")
    SupporterFactory(name="林")
    exported = export_supporters(supporters=Supporter.objects.filter(name="森"), form="csv", **hand)
    assert (exported.rows, [row["氏名"] for row in rows_of(exported.data, "a.csv")]) == (1, ["森"])


@pytest.mark.django_db
def test_what_cp932_lacks_is_refused_by_row(hand):
    """𠮷 cannot be written: the rows are named, nothing is replaced, nothing is recorded."""
    for name in NAMES:
        SupporterFactory(name=name)
    with pytest.raises(RowsRefused) as refusal:
        export_supporters(form="csv", encoding=CP932, **hand)
    assert (refusal.value.code, [(one.line, one.column) for one in refusal.value.problems]) == (
        "not_in_cp932",
        [(3, "氏名")],
    )
    assert "𠮷" in refusal.value.problems[0].message
    assert AuditEvent.objects.count() == 0


@pytest.mark.django_db
def test_what_cp932_has_is_written(hand):
    """髙 and 﨑 fit."""
    SupporterFactory(name="髙橋　﨑")
    data = export_supporters(form="csv", encoding=CP932, **hand).data
    assert "髙橋　﨑" in data.decode("cp932")


@pytest.mark.django_db
def test_exporting_takes_two_queries_and_an_event(hand, django_assert_num_queries):
    """However many supporters there are."""
    SupporterFactory.create_batch(30, consented=True)
    with django_assert_num_queries(3):
        export_supporters(form="csv", **hand)


@given(text=st.text(st.sampled_from("'=+-@＝＠\t森1,\" "), max_size=8))
def test_no_cell_of_a_csv_is_a_formula_and_none_is_lost(text):
    """No cell begins with a sign that starts a formula, and our own reader gives the text back."""
    data = csv_bytes(Dataset((text, "x"), headers=["a", "b"]))
    (cell, _x) = list(csv.reader(StringIO(data.decode("utf-8-sig"))))[1]
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＠"))
    (row,) = read_sheet(data, "a.csv").rows
    assert row.cells == (text, "x")


def test_no_cell_of_a_workbook_is_a_formula():
    """Text stays text."""
    data = xlsx_bytes(Dataset(("=1+1", "0123"), headers=["a", "b"]))
    cells = openpyxl.load_workbook(BytesIO(data)).active[2]
    assert [(cell.value, cell.data_type, cell.number_format) for cell in cells] == [
        ("=1+1", "s", "@"),
        ("0123", "s", "@"),
    ]


def test_the_template_has_the_headers_and_keeps_zeros():
    """Columns are text from the start, so that 0600001 stays as typed."""
    sheet = openpyxl.load_workbook(BytesIO(template_xlsx())).active
    assert tuple(cell.value for cell in sheet[1]) == tuple(TEMPLATE_HEADERS)
    assert {sheet.column_dimensions[letter].number_format for letter in "ABFI"} == {"@"}


def test_the_template_never_asks_for_a_national_id_number():
    """番号法 article 15: nobody may ask for it."""
    assert not any(word in header for header in TEMPLATE_HEADERS for word in ("マイナンバー", "個人番号", "住民票"))


@pytest.mark.django_db
def test_a_consent_that_ended_is_not_exported(hand, today):
    """The file shows live consents only."""
    supporter = SupporterFactory(consented=True)
    supporter.consents.update(withdrawn_on=today)
    (row,) = rows_of(export_supporters(form="csv", **hand).data, "a.csv")
    assert (row["同意日"], supporter.consents.get().given_on) == ("", date(2025, 4, 1))
