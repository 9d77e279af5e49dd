"""Lists of supporters, whole or not at all."""

from datetime import date

import pytest
from stdnum.jp import in_

from members.consenting import withdraw_consent
from members.errors import RowsRefused
from members.importing_supporters import import_supporters, preview_supporters
from members.models import Channel, Consent, Household, PayerName, Supporter, SupporterKind
from privacy.errors import NationalIdRefused, Refused
from privacy.models import AuditEvent
from tests.factories.members import AssociationFactory, SupporterFactory
from tests.members.files import HANAKO, MIDORI, csv_file, xlsx_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def take(today, now):
    """Import bytes as 帳簿さん would; the group exists."""
    AssociationFactory()

    def take(data, name="meibo.csv"):
        return import_supporters(data=data, file_name=name, today=today, at=now, by="choubo").as_json()

    return take


@pytest.fixture
def problems(take):
    """(line, column) of every problem of a file that is refused; nothing may be stored."""

    def problems(*rows, **options):
        before = Supporter.objects.count()
        with pytest.raises(RowsRefused) as refusal:
            take(csv_file(*rows, **options))
        assert Supporter.objects.count() == before
        return [(problem.line, problem.column) for problem in refusal.value.problems]

    return problems


def test_a_list_is_taken_in_whole(take):
    """Every fact arrives where it belongs."""
    assert take(csv_file(HANAKO, MIDORI)) == {"rows": 2, "new": 2, "changed": 0, "unchanged": 0}
    hanako = Supporter.objects.get(legacy_number="A-1")
    assert (hanako.name, hanako.reading, hanako.household.code, hanako.address, hanako.channel) == (
        "髙﨑　花子", "タカサキ ハナコ", "髙﨑家", "渋谷区渋谷1-1", Channel.POST,
    )  # fmt: skip
    assert hanako.consents.values_list("given_on", "source").get() == (date(2025, 4, 1), "名簿の取り込み")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_the_same_file_again_changes_nothing(take, encoding):
    """Neither rows nor events nor payer names are added, in any encoding."""
    data = csv_file(HANAKO, MIDORI, encoding=encoding)
    take(data)
    before = (Supporter.objects.count(), AuditEvent.objects.count(), PayerName.objects.count(), Consent.objects.count())
    assert take(data) == {"rows": 2, "new": 0, "changed": 0, "unchanged": 2}
    assert before == (
        Supporter.objects.count(), AuditEvent.objects.count(), PayerName.objects.count(), Consent.objects.count(),
    )  # fmt: skip


def test_a_workbook_and_a_csv_are_the_same_list(take):
    """What came as XLSX is unchanged as CSV."""
    take(xlsx_file(HANAKO, MIDORI), "meibo.xlsx")
    assert take(csv_file(HANAKO, MIDORI))["unchanged"] == 2


def test_a_list_without_numbers_is_recognised_by_name_and_address(take):
    """Name, reading, postal code and address stand for the person."""
    rows = [{key: text for key, text in row.items() if key != "支援者番号"} for row in (HANAKO, MIDORI)]
    take(csv_file(*rows))
    assert take(csv_file(*rows))["unchanged"] == 2


def test_our_own_number_names_the_supporter(take):
    """A row under our number changes that supporter, and only what it says."""
    supporter = SupporterFactory(name="森　誠", phone="03-1111-1111", email="mori@example.jp")
    result = take(csv_file({"支援者番号": supporter.number, "氏名": "森　誠", "電話": "03-2222-2222", "メール": ""}))
    supporter.refresh_from_db()
    assert (result["changed"], supporter.phone, supporter.email) == (1, "03-2222-2222", "mori@example.jp")


def test_an_older_number_that_looks_like_ours_stays_an_older_number(take):
    """A list whose numbers happen to pass our check digit may be imported twice."""
    rows = [{"支援者番号": f"{n:05d}", "氏名": f"森　{n}"} for n in range(60)]
    take(csv_file(*rows))
    assert take(csv_file(*rows)) == {"rows": 60, "new": 0, "changed": 0, "unchanged": 60}


def test_a_number_of_somebody_else_entirely_is_refused(problems):
    """Neither name nor address nor phone fit: probably a list of another group."""
    supporter = SupporterFactory(name="森　誠", reading="モリ マコト")
    assert problems({"支援者番号": supporter.number, "氏名": "林　京子", "フリガナ": "ハヤシ キョウコ"}) == [(2, "支援者番号")]


def test_a_new_surname_under_the_same_number_is_a_change(take):
    """The mail address still fits."""
    supporter = SupporterFactory(name="森　恵", email="megumi@example.jp")
    row = {"支援者番号": supporter.number, "氏名": "井上　恵", "フリガナ": "イノウエ メグミ", "メール": "megumi@example.jp"}
    assert take(csv_file(row))["changed"] == 1


def test_an_older_number_is_added_to_a_known_person(take):
    """Name and address lead to a supporter who has no older number yet."""
    take(csv_file({**HANAKO, "支援者番号": ""}))
    assert take(csv_file(HANAKO)) == {"rows": 1, "new": 0, "changed": 1, "unchanged": 0}
    assert Supporter.objects.get().legacy_number == "A-1"


def test_a_namesake_with_another_number_is_another_person(take):
    """Two older numbers, two supporters, and the preview says that the name is known."""
    take(csv_file({"支援者番号": "A-1", "氏名": "森　誠"}))
    preview = preview_supporters(csv_file({"支援者番号": "A-2", "氏名": "森　誠"}), "a.csv", today=date(2026, 11, 23))
    assert (len(preview.new), [note.line for note in preview.notes]) == (1, [2])


def test_any_order_and_many_words_for_the_headers(take):
    """Full-width letters, hiragana, other usual words."""
    rows = [{"ＴＥＬ": "０３（１２３４）５６７８", "ふりがな": "もり まこと", "お名前": "森　誠", "メールアドレス": "ＡＢ@example.jp", "〒": "１５０ー０００２"}]
    take(csv_file(*rows, headers=list(rows[0])))
    assert Supporter.objects.values_list("name", "reading", "phone", "email", "postal_code").get() == (
        "森　誠", "モリ マコト", "03-1234-5678", "AB@example.jp", "150-0002",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("header", "typed", "field", "kept"),
    [
        ("種別", "法人", "kind", SupporterKind.ORGANISATION),
        ("連絡方法", "ﾒｰﾙ", "channel", Channel.EMAIL),
        ("連絡方法", "不要", "channel", Channel.NONE),
        ("都道府県", "東京", "prefecture", "東京都"),
        ("住所", "北海道札幌市1", "prefecture", "北海道"),
        ("電話", "+81-90-1234-5678", "phone", "090-1234-5678"),
        ("備考", "一\r\n二", "note", "一\n二"),
    ],
)
def test_values_are_read_tolerantly(take, header, typed, field, kept):
    """Width and the usual words are forgiven."""
    take(csv_file({"氏名": "森　誠", header: typed}, headers=["氏名", header]))
    assert getattr(Supporter.objects.get(), field) == kept


@pytest.mark.parametrize("typed", ["2025年4月1日", "令和7年4月1日", "R7.4.1", "20250401", "2025/4/1"])
def test_dates_are_read_as_people_write_them(take, typed):
    """西暦 and 和暦."""
    take(csv_file({"氏名": "森　誠", "同意日": typed}))
    assert Consent.objects.get().given_on == date(2025, 4, 1)


def test_a_number_cell_gives_its_zero_back(take):
    """060-0001 and 03… lost their zero in a spreadsheet; the preview says so."""
    data = xlsx_file({"氏名": "森　誠", "郵便番号": 600001, "電話": 312345678})
    preview = preview_supporters(data, "a.xlsx", today=date(2026, 11, 23))
    take(data, "a.xlsx")
    assert Supporter.objects.values_list("postal_code", "phone").get() == ("060-0001", "0312345678")
    assert len(preview.notes) == 2


def test_two_lost_zeros_are_not_guessed(problems):
    """Five digits may be a code of before 1998."""
    assert problems({"氏名": "森　誠", "郵便番号": "10010"}) == [(2, "郵便番号")]


def test_every_problem_is_named(problems):
    """All rows, all columns; the good row is not taken either."""
    found = problems(
        {**HANAKO, "郵便番号": "12", "電話": "1", "メール": "x"},
        MIDORI,
        {"氏名": "", "種別": "猫", "同意日": "あした", "連絡方法": "鳩", "都道府県": "江戸", "フリガナ": "漢字"},
    )
    assert found == [
        (2, "郵便番号"), (2, "電話"), (2, "メール"),
        (4, "種別"), (4, "フリガナ"), (4, "都道府県"), (4, "連絡方法"), (4, "同意日"), (4, "氏名"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ({"氏名": "森", "支援者番号": "001002729745"}, "支援者番号"),
        ({"氏名": "森", "支援者番号": "１２３-４５６-７８９-０１３"}, "支援者番号"),
        ({"氏名": "森", "同意日": "2026-11-24"}, "同意日"),
        ({"氏名": "森" * 121}, "氏名"),
        ({"氏名": "森\x07"}, "氏名"),
        ({"氏名": "森", "備考": "あ" * 2001}, "備考"),
    ],
)
def test_what_cannot_be_kept_is_refused(problems, row, column):
    """A twelve-digit number, a day to come, a text too long, an invisible sign."""
    assert problems(row) == [(2, column)]


def test_one_person_on_two_rows_is_refused(problems):
    """The second row is named, with the first in its words."""
    assert problems(HANAKO, MIDORI, HANAKO) == [(4, "氏名")]


def test_one_person_by_number_and_by_address_is_refused(problems):
    """Two ways to one supporter."""
    supporter = SupporterFactory(name="森　誠", reading="", postal_code="", prefecture="", address="")
    assert problems({"氏名": "森　誠"}, {"氏名": "森　誠", "支援者番号": supporter.number}) == [(3, "氏名")]


def test_two_supporters_who_look_alike_are_asked_about(problems):
    """Without a number nobody can know which of them is meant."""
    SupporterFactory.create_batch(2, name="森　誠", reading="", postal_code="", prefecture="", address="")
    assert problems({"氏名": "森　誠"}) == [(2, "支援者番号")]


@pytest.mark.parametrize(
    ("headers", "code", "column"),
    [
        (["氏名", "血液型"], "unknown_column", "血液型"),
        (["フリガナ"], "missing_column", "氏名"),
        (["氏名", "お名前"], "repeated_column", "氏名"),
    ],
)
def test_wrong_headers_are_refused_by_name(take, headers, code, column):
    """And the message says what is accepted."""
    with pytest.raises(Refused) as refusal:
        take(csv_file({headers[0]: "森"}, headers=headers))
    assert (refusal.value.code, refusal.value.column, refusal.value.line) == (code, column, 1)


def test_a_text_beside_the_named_columns_is_refused(take):
    """Nothing is skipped silently."""
    with pytest.raises(RowsRefused) as refusal:
        take("氏名\n森,わすれもの\n".encode())
    assert refusal.value.problems[0].column == "B列"


NUMBERS = [base + in_.calc_check_digit(base) for base in ("12345678901", "23456789012", "98765432109")]


def test_a_column_of_national_id_numbers_is_refused_before_anything_else(take):
    """The column is named by its letter and header, also where the header is unknown; no number is repeated."""
    rows = [{"氏名": f"森　{n}", "管理": number} for n, number in enumerate(NUMBERS)]
    with pytest.raises(NationalIdRefused) as refusal:
        take(csv_file(*rows, headers=["氏名", "管理"]))
    assert refusal.value.column == "B列「管理」"
    assert not any(number in refusal.value.message for number in NUMBERS)


def test_a_column_headed_as_one_is_refused(take):
    """The word alone decides as soon as there are digits under it."""
    with pytest.raises(NationalIdRefused) as refusal:
        take(csv_file({"氏名": "森", "マイナンバー": "1234"}, headers=["氏名", "マイナンバー"]))
    assert refusal.value.column == "B列「マイナンバー」"


def test_a_cell_with_a_national_id_number_is_named_and_not_repeated(take):
    """Line, column, what to do; the good rows are not taken."""
    with pytest.raises(RowsRefused) as refusal:
        take(csv_file(HANAKO, {**MIDORI, "備考": "マイナンバーは 123456789018"}))
    (problem,) = refusal.value.problems
    assert (problem.line, problem.column, Supporter.objects.count()) == (3, "備考", 0)
    assert "123456789018" not in problem.message
    assert refusal.value.national_ids == [("3行目 備考", ("individual_number_labelled",))]


def test_a_formula_without_an_answer_is_refused(take):
    """A reading made by =PHONETIC() that was never calculated would come in empty."""
    with pytest.raises(RowsRefused) as refusal:
        take(xlsx_file({"氏名": "森", "フリガナ": "=PHONETIC(A2)"}), "a.xlsx")
    assert [(one.line, one.column) for one in refusal.value.problems] == [(2, "フリガナ")]


def test_an_old_list_does_not_undo_an_opt_out(take, today, now):
    """Neither the older consent nor the channel comes back, and the preview says why."""
    data = csv_file(HANAKO)
    take(data)
    withdraw_consent(supporter=Supporter.objects.get(), on=today, source="電話", at=now, by="tayori")
    preview = preview_supporters(data, "a.csv", today=today)
    assert (preview.writes, len(preview.notes)) == (0, 1)
    assert take(data)["unchanged"] == 1
    assert Supporter.objects.get().channel == Channel.NONE


def test_a_later_consent_in_a_list_counts(take, today, now):
    """Somebody agreed again, on paper, after opting out."""
    take(csv_file(HANAKO))
    withdraw_consent(supporter=Supporter.objects.get(), on=date(2026, 5, 1), source="電話", at=now, by="tayori")
    assert take(csv_file({**HANAKO, "同意日": "2026-06-01"}))["changed"] == 1
    supporter = Supporter.objects.get()
    assert (supporter.channel, supporter.consents.get(withdrawn_on=None).given_on) == (Channel.POST, date(2026, 6, 1))


def test_a_consent_for_a_known_supporter_is_added(take):
    """The list brings the day; who it was stays."""
    supporter = SupporterFactory(name="森　誠")
    assert take(csv_file({"支援者番号": supporter.number, "氏名": "森　誠", "同意日": "2026-06-01"}))["changed"] == 1
    assert supporter.consents.get().given_on == date(2026, 6, 1)


def test_a_household_is_shared(take):
    """Two rows of one household, one row of it in the database."""
    take(csv_file({"氏名": "森　誠", "世帯": "森家"}, {"氏名": "森　恵", "世帯": "森家"}))
    assert Household.objects.get().supporters.count() == 2


def test_the_state_of_a_supporter_is_not_imported(problems):
    """It has its own buttons."""
    supporter = SupporterFactory(name="森　誠")
    headers = ["支援者番号", "氏名", "状態"]
    row = {"支援者番号": supporter.number, "氏名": "森　誠", "状態": "退会"}
    assert problems(row, headers=headers) == [(2, "状態")]


def test_without_a_group_nothing_is_imported(today, now):
    """Our own group comes first."""
    with pytest.raises(Refused) as refusal:
        import_supporters(data=csv_file(HANAKO), file_name="a.csv", today=today, at=now, by="choubo")
    assert refusal.value.code == "not_set_up"


def test_a_preview_writes_nothing(take, today):
    """It says what would be done, before and after of each changed fact."""
    take(csv_file(HANAKO))
    events = AuditEvent.objects.count()
    preview = preview_supporters(csv_file({**HANAKO, "電話": "03-9999-9999"}, MIDORI), "a.csv", today=today)
    (changed,) = preview.changed
    assert [(one.header, one.before, one.after) for one in changed.changes] == [("電話", "03-1234-5678", "03-9999-9999")]
    assert ([row.name for row in preview.new], Supporter.objects.count(), AuditEvent.objects.count()) == (
        ["みどり書房"], 1, events,
    )  # fmt: skip


def test_progress_is_told(today, now):
    """Every 500 rows and at the end."""
    AssociationFactory()
    told = []
    data = csv_file(*({"氏名": f"森　{n}"} for n in range(600)))
    import_supporters(
        data=data, file_name="a.csv", today=today, at=now, by="x", on_progress=lambda done, rows: told.append((done, rows))
    )
    assert told == [(500, 600), (600, 600)]


def test_the_import_is_one_event(take):
    """With the changed supporters named one by one."""
    take(csv_file(HANAKO))
    take(csv_file({**HANAKO, "電話": "03-9999-9999"}))
    assert list(AuditEvent.objects.order_by("pk").values_list("action", "changed_fields", "count")) == [
        ("members.supporters_registered", "", 1),
        ("members.supporters_imported", "", 1),
        ("members.supporter_changed", "phone", None),
        ("members.supporters_imported", "", 1),
    ]
