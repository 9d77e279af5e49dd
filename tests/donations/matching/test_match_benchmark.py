"""The command that is measured by others: the three files in, answers and figures out."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from donations.matching.gate import default_tau

REGISTER = """id,number,kind,name,kana,contact,contact_kana,postcode,prefecture,address,phone,email,household,fee_type,unit_yen,units,usual_month,is_new
7,00071,P,佐藤 一郎,サトウ イチロウ,,,9990001,東京都,北1,09000000001,,h3,A,1000,3,4,0
8,00082,P,佐藤 花子,サトウ ハナコ,,,9990001,東京都,北1,,a@example.jp,h3,A,1000,1,4,0
9,,P,佐々木 歳三,,,,,,,,,,,,,,
12,00123,O,特定非営利活動法人みどりの会,ミドリノカイ,北川 さくら,キタガワ サクラ,,,,,,,B,3000,1,6,1
"""
HISTORY = """id,date,amount,channel,payer,message,supporter_ids
1,2025-04-10,3000,bank,ｻﾄｳ ｲﾁﾛｳ,,7
2,2025-04-11,4000,slip,佐藤 一郎・花子,,7|8
3,2025-06-11,5000,bank,ﾔﾏｸﾞﾁ ﾓﾓｺ,,
"""
TRANSFERS = """id,date,amount,channel,payer,message
t-01,2026-04-10,3000,bank,ｻﾄｳ ｲﾁﾛｳ,
2,2026-04-12,4000,slip,佐藤　一郎・花子,
3,2026-06-02,5000,bank,ﾔﾏｸﾞﾁ ﾓﾓｺ,
4,2026-06-03,1000,bank,ｻｻｷ ﾄｼｿﾞｳ,
5,2026-06-04,3000,slip,00123 ﾐﾄﾞﾘﾉｶｲ,
6,2026-06-05,3000,bank,,
"""


@pytest.fixture
def folder(tmp_path):
    for name, text in (("register", REGISTER), ("history", HISTORY), ("transfers", TRANSFERS)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def answers(folder, *options):
    call_command("match_benchmark", str(folder), "--output", str(folder / "pred.json"), *options, stdout=io.StringIO())
    return json.loads((folder / "pred.json").read_text(encoding="utf-8"))


def figures(folder, *options):
    out = io.StringIO()
    call_command("match_benchmark", str(folder), "--output", str(folder / "pred.json"), *options, "--json", stdout=out)
    return json.loads(out.getvalue())


def refusal(folder):
    out = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("match_benchmark", str(folder), "--output", str(folder / "pred.json"), "--json", stdout=out)
    error = json.loads(out.getvalue())["error"]
    return error["code"], error["line"], error["column"]


def test_every_transfer_is_answered_under_its_own_id(folder):
    """The ids of the file, letters and all, in its order."""
    assert list(answers(folder)) == ["t-01", "2", "3", "4", "5", "6"]


def test_a_known_payer_is_automatic(folder):
    """Supporter 7 as an integer, ranked first with the confidence that is also the posterior."""
    row = answers(folder)["t-01"]
    assert (row["auto"], row["ids"], row["ranked"][0]) == (True, [7], [7, row["conf"]])


def test_a_learned_joint_payment_credits_both(folder):
    """Last year's ledger says that the two names stand for 7 and 8."""
    row = answers(folder)["2"]
    assert (row["auto"], row["ids"], [one for one, _confidence in row["ranked"]]) == (True, [7, 8], [7, 8])


def test_a_one_off_giver_is_nobodys(folder):
    """A row of last year without supporters teaches that the name is no supporter's."""
    row = answers(folder)["3"]
    assert (row["auto"], row["ids"], row["ranked"]) == (False, [], [])


def test_a_supporter_without_a_reading_is_found_by_kana(folder):
    """By the proposed reading, and never by itself."""
    row = answers(folder)["4"]
    assert (row["auto"], row["ranked"][0][0]) == (False, 9)


def test_leading_zeros_of_a_number_do_not_matter(folder):
    """00123 before the name is supporter 12's number."""
    assert answers(folder)["5"]["ids"] == [12]


def test_a_row_without_a_name_has_no_candidates(folder):
    """Amount alone points at nobody."""
    assert answers(folder)["6"]["ranked"] == []


def test_the_figures_tell_what_was_read(folder):
    """Three supporters' files, counted; the usual τ of a small register."""
    measured = figures(folder)
    found = [measured[name] for name in ("supporters", "history_rows", "transfers", "automatic", "tau")]
    assert found == [4, 3, 6, 3, 0.99]


def test_the_limit_can_be_moved(folder):
    """With τ = 1 nothing is automatic."""
    assert figures(folder, "--tau", "1")["automatic"] == 0


def test_a_limit_that_is_no_share_is_wrong_usage(folder):
    """τ is between 0 and 1."""
    with pytest.raises(CommandError, match="0から1まで"):
        figures(folder, "--tau", "99")


def test_a_plain_sentence_for_a_person(folder):
    """How many rows are automatic, without --json."""
    out = io.StringIO()
    call_command("match_benchmark", str(folder), "--output", str(folder / "pred.json"), stdout=out)
    assert "τ=0.99 で、3件が自動です。" in out.getvalue()


def test_files_with_a_byte_order_mark_and_columns_in_another_order(folder):
    """Spreadsheets write both; the answers stay."""
    before = answers(folder)
    rows = [line.split(",") for line in TRANSFERS.splitlines()]
    turned = "\r\n".join(",".join(reversed(row)) for row in rows)
    (folder / "transfers.csv").write_text(turned, encoding="utf-8-sig", newline="")
    assert answers(folder) == before


def test_columns_that_only_help_may_be_missing(folder):
    """Id and name are enough for a register."""
    (folder / "register.csv").write_text("id,name,kana\n7,佐藤 一郎,サトウ イチロウ\n", encoding="utf-8")
    assert answers(folder)["t-01"]["ids"] == [7]


def test_without_history_it_is_the_first_year(folder):
    """A benchmark may have no ledger of last year."""
    (folder / "history.csv").unlink()
    assert figures(folder)["history_rows"] == 0


def test_last_year_may_name_somebody_who_has_left(folder):
    """Such a row is counted, and teaches nothing about those who stayed."""
    (folder / "history.csv").write_text(HISTORY + "4,2025-07-01,1000,bank,ﾑｶｼ ﾉﾋﾄ,,99\n", encoding="utf-8")
    measured = figures(folder)
    assert (measured["history_rows"], measured["history_rows_of_unknown_supporters"]) == (3, 1)


@pytest.mark.parametrize(
    ("name", "old", "new", "error"),
    [
        ("register", "7,00071,P", "七,00071,P", ("bad_cell", 2, "id")),
        ("register", "8,00082,P", "7,00082,P", ("bad_cell", 3, "id")),
        ("register", "7,00071,P", "7,00071,X", ("bad_cell", 2, "kind")),
        ("register", "1000,3,4,0", "1000,3,13,0", ("bad_cell", 2, "usual_month")),
        ("register", "1000,3,4,0", "1000,3,4,maybe", ("bad_cell", 2, "is_new")),
        ("register", "id,number", "nummer,number", ("missing_column", 1, "id")),
        ("history", ",7|8", ",7|b", ("bad_cell", 3, "supporter_ids")),
        ("transfers", "2026-04-12", "2026-04-31", ("bad_cell", 3, "date")),
        ("transfers", ",4000,", ",四千,", ("bad_cell", 3, "amount")),
        ("transfers", "\n3,2026", "\n2,2026", ("bad_cell", 4, "id")),
        ("transfers", "bank,ｻﾄｳ ｲﾁﾛｳ,", "bank,ｻﾄｳ ｲﾁﾛｳ", ("columns_differ", 2, None)),
        ("transfers", "ﾔﾏｸﾞﾁ ﾓﾓｺ", '"ﾔﾏｸﾞﾁ" ﾓﾓｺ', ("not_csv", 4, None)),
    ],
)
def test_what_cannot_be_read_is_named(folder, name, old, new, error):
    """The refusal says file, line and column, and nothing is written."""
    path = folder / f"{name}.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    assert (refusal(folder), (folder / "pred.json").exists()) == (error, False)


def test_another_encoding_is_named(folder):
    """The first line that is not UTF-8."""
    (folder / "transfers.csv").write_bytes(TRANSFERS.encode("cp932"))
    assert refusal(folder) == ("not_utf8", 2, None)


def test_a_missing_file_is_named(folder):
    """The folder has to hold the register."""
    (folder / "register.csv").unlink()
    assert refusal(folder) == ("cannot_read", None, None)


def test_the_usual_limit_is_higher_for_a_large_register():
    """.99 up to 2,000 supporters, .995 above."""
    assert (default_tau(2000), default_tau(2001)) == (0.99, 0.995)
