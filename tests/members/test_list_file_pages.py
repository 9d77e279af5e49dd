"""Lists in and out on pages."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from members.carried_table import MINUTES, pack, unpack
from members.models import Supporter
from members.supporter_table import read_supporter_table
from privacy.errors import Refused
from privacy.models import AuditEvent, Refusal
from tests.factories.members import AssociationFactory, SupporterFactory
from tests.members.files import HANAKO, MIDORI, csv_file, xlsx_file

pytestmark = pytest.mark.django_db
IMPORT, ROWS, EXPORT = "/supporters/import/", "/supporters/import/rows/", "/supporters/export/"


@pytest.fixture(autouse=True)
def group():
    return AssociationFactory()


def upload(client, data, name="meibo.csv"):
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, data)})


def word_in(response):
    found = re.search(r'name="table" value="([^"]+)"', response.content.decode())
    return found[1] if found else None


@pytest.mark.parametrize(("write", "name"), [(csv_file, "a.csv"), (xlsx_file, "a.xlsx")])
def test_a_list_is_previewed_then_imported(organiser, write, name):
    """Nothing is stored before the second press."""
    preview = upload(organiser, write(HANAKO, MIDORI), name)
    assert (preview.status_code, Supporter.objects.count()) == (200, 0)
    assert "2人を取り込む" in preview.content.decode()
    response = organiser.post(ROWS, {"table": word_in(preview)})
    assert (response.status_code, response.url, Supporter.objects.count()) == (302, "/supporters/", 2)


def test_a_changed_fact_is_shown_before_and_after(treasurer):
    """The person sees what would be overwritten."""
    supporter = SupporterFactory(name="森　誠", phone="03-1111-1111")
    shown = upload(treasurer, csv_file({"支援者番号": supporter.number, "氏名": "森　誠", "電話": "03-2222-2222"})).content.decode()
    assert "<del>03-1111-1111</del>" in shown
    assert "<ins>03-2222-2222</ins>" in shown


def test_refused_rows_are_all_shown_and_cannot_be_imported(treasurer):
    """422, each row with its reason, no button."""
    response = upload(treasurer, csv_file({**HANAKO, "電話": "1", "メール": "x"}, MIDORI))
    assert response.status_code == 422
    assert [(row.line, row.column) for row in response.context["refused"]] == [(2, "電話"), (2, "メール")]
    assert word_in(response) is None


def test_a_list_without_news_says_so(treasurer):
    """No button for nothing."""
    treasurer.post(ROWS, {"table": word_in(upload(treasurer, csv_file(HANAKO)))})
    response = upload(treasurer, csv_file(HANAKO))
    assert (response.status_code, word_in(response)) == (200, None)
    assert "取り込むものはありません" in response.content.decode()


@pytest.mark.parametrize("data", [b"", "血液型\nA\n".encode(), b"PK\x03\x04"])
def test_other_files_come_back_with_a_sentence(treasurer, data):
    """422 on the page to choose a file."""
    response = upload(treasurer, data)
    assert response.status_code == 422
    assert response.templates[0].name == "members/import.html"


def test_no_file_is_told_beside_the_field(treasurer):
    """Pressing without choosing."""
    response = treasurer.post(IMPORT, {})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["file"])


def test_a_refused_number_goes_to_the_register_and_nowhere_else(treasurer):
    """Where and by which rule; not in the page, not in the database."""
    response = upload(treasurer, csv_file({**HANAKO, "備考": "マイナンバー 123456789018"}))
    assert response.status_code == 422
    assert "123456789018" not in response.content.decode()
    assert Refusal.objects.values_list("place", "rule", "by").get() == ("2行目 備考", "individual_number_labelled", "choubo")


def test_a_refused_column_goes_to_the_register(treasurer):
    """Named by letter and header."""
    response = upload(treasurer, csv_file({"氏名": "森", "個人番号": "1234"}, headers=["氏名", "個人番号"]))
    assert response.status_code == 422
    assert Refusal.objects.get().place == "B列「個人番号」"


@pytest.mark.parametrize("word", ["", "x", "eyJ:1:2"])
def test_a_damaged_preview_imports_nothing(treasurer, word):
    """The signature is checked first."""
    response = treasurer.post(ROWS, {"table": word})
    assert (response.status_code, Supporter.objects.count()) == (422, 0)


def test_a_preview_grows_old(monkeypatch):
    """After half an hour the file is asked for again."""
    table = read_supporter_table(csv_file(HANAKO), "a.csv")
    word = pack(table)
    assert unpack(word).rows == table.rows
    monkeypatch.setattr("django.core.signing.time.time", lambda: __import__("time").time_ns() / 1e9 + MINUTES * 60 + 1)
    with pytest.raises(Refused) as refusal:
        unpack(word)
    assert refusal.value.code == "preview_expired"


def test_a_list_with_problems_is_never_carried():
    """What was refused does not travel in a page."""
    table = read_supporter_table(csv_file({**HANAKO, "備考": "マイナンバー 123456789018"}), "a.csv")
    with pytest.raises(ValueError, match="problems"):
        pack(table)


def test_what_changed_in_between_is_told(treasurer):
    """Somebody registered a supporter with that number after the preview."""
    word = word_in(upload(treasurer, csv_file({"支援者番号": "Z-1", "氏名": "森　誠"})))
    SupporterFactory(name="林　京子", reading="ハヤシ キョウコ", legacy_number="Z-1")
    response = treasurer.post(ROWS, {"table": word})
    assert (response.status_code, Supporter.objects.count()) == (422, 1)
    assert [row.column for row in response.context["refused"]] == ["支援者番号"]


def test_without_a_group_the_page_says_what_to_do_first(treasurer, group):
    """422 with the sentence of the action."""
    word = word_in(upload(treasurer, csv_file(HANAKO)))
    group.delete()
    response = treasurer.post(ROWS, {"table": word})
    assert response.status_code == 422
    assert "会の設定" in response.content.decode()


def test_the_template_is_handed_out(treasurer):
    """As a workbook."""
    response = treasurer.get("/supporters/import/template/")
    assert response.headers["Content-Disposition"] == 'attachment; filename="supporters-template.xlsx"'
    assert read_supporter_table(response.content, "a.xlsx").rows == ()


@pytest.mark.parametrize(("form", "ending"), [("xlsx", "xlsx"), ("csv", "csv"), ("csv-cp932", "csv")])
def test_the_list_is_handed_out_and_recorded(organiser, form, ending):
    """In the form that was asked for, under a name without anybody's name."""
    SupporterFactory.create_batch(2, name="髙橋")
    response = organiser.post(EXPORT, {"form": form})
    assert re.fullmatch(rf'attachment; filename="supporters-\d{{4}}-\d\d-\d\d\.{ending}"', response.headers["Content-Disposition"])
    assert len(read_supporter_table(response.content, f"a.{ending}").rows) == 2
    assert AuditEvent.objects.values_list("action", "by", "count").get() == ("members.supporters_exported", "tayori", 2)


def test_the_choices_of_the_list_are_the_choices_of_the_file(treasurer):
    """The address says who; the page says how many."""
    SupporterFactory(organisation=True)
    SupporterFactory()
    assert treasurer.get(f"{EXPORT}?kind=organisation").context["count"] == 1
    response = treasurer.post(f"{EXPORT}?kind=organisation", {"form": "csv"})
    assert len(read_supporter_table(response.content, "a.csv").rows) == 1


def test_what_shift_jis_lacks_is_named_on_the_page(treasurer):
    """422, no file, no event."""
    SupporterFactory(name="𠮷田　花子")
    response = treasurer.post(EXPORT, {"form": "csv-cp932"})
    assert response.status_code == 422
    assert "𠮷" in response.content.decode()
    assert AuditEvent.objects.count() == 0


def test_an_unknown_form_is_refused(treasurer):
    """422."""
    assert treasurer.post(EXPORT, {"form": "pdf"}).status_code == 422


@pytest.mark.parametrize("rows", [1, 3])
def test_a_preview_asks_as_often_for_three_as_for_one(treasurer, rows, django_assert_num_queries):
    """Session, user, roles, all supporters, all consents."""
    data = csv_file(*({"氏名": f"森　{n}"} for n in range(rows)))
    with django_assert_num_queries(5):
        upload(treasurer, data)
