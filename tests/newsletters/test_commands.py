"""prepare_newsletter, send_newsletter, print_newsletter: their JSON, their words, their refusals."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command

from newsletters.models import Delivery, Newsletter
from tests.factories.members import AssociationFactory, HouseholdFactory, SupporterFactory
from tests.factories.newsletters import MARKDOWN, mail_reader, post_reader, prepared

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "tsushin.md"
    path.write_text(MARKDOWN, encoding="utf-8")
    return path


def run(capsys, *words: object, fails: bool = False) -> dict:
    """Run with --json and give the one line that it prints."""
    if fails:
        with pytest.raises(SystemExit) as stop:
            call_command(*map(str, words), "--json")
        assert stop.value.code == 1
    else:
        call_command(*map(str, words), "--json")
    (line,) = capsys.readouterr().out.splitlines()
    return json.loads(line)


def test_prepare_counts_everybody(capsys, letter: Path) -> None:
    """Mails, letters, who reads along, who left, and who is not reached."""
    AssociationFactory()
    home = HouseholdFactory()
    mail_reader()
    post_reader(household=home)
    post_reader(household=home)
    SupporterFactory()
    SupporterFactory(state="left")
    found = run(capsys, "prepare_newsletter", letter, "--title", "ひとくち通信")
    assert found == {
        "newsletter": Newsletter.objects.get().pk, "title": "ひとくち通信", "audience": "all", "email": 1, "print": 1,
        "covered": 1, "resigned": 1, "not_reached": 1, "sender": "mizuumi@example.jp",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        ("一\n\n{{名前}}\n".encode(), "unknown_placeholder", 3),
        ("個人番号: 123456789018\n".encode(), "national_id_refused", 1),
        ("受付 123456789018 番\n".encode(), "national_id_doubt", 1),
        ("通信".encode("cp932"), "not_utf8", None),
        (b"", "body_missing", None),
    ],
)
def test_prepare_refuses_and_leaves_nothing(capsys, tmp_path: Path, content: bytes, code: str, line: int | None) -> None:
    """Code and line in JSON, exit 1, and no half-made newsletter."""
    AssociationFactory()
    path = tmp_path / "tsushin.md"
    path.write_bytes(content)
    error = run(capsys, "prepare_newsletter", path, "--title", "題", fails=True)["error"]
    assert (error["code"], error["line"], Newsletter.objects.count()) == (code, line, 0)


def test_prepare_takes_another_number_when_somebody_looked(capsys, tmp_path: Path) -> None:
    """--other-numbers-ok, as the tick box on the page."""
    AssociationFactory()
    path = tmp_path / "tsushin.md"
    path.write_text("受付 123456789018 番\n", encoding="utf-8")
    assert run(capsys, "prepare_newsletter", path, "--title", "題", "--other-numbers-ok")["title"] == "題"


def test_prepare_without_the_file(capsys) -> None:
    """A sentence with the path, no traceback."""
    assert run(capsys, "prepare_newsletter", "/nowhere/tsushin.md", "--title", "題", fails=True)["error"]["code"] == "cannot_open"


def test_send_without_a_server_writes_files(no_server, capsys, own_data_folder: Path) -> None:
    """It says that nothing was sent, in JSON and in words; again, it writes no more."""
    mail_reader()
    newsletter = prepared()
    expected = {
        "newsletter": newsletter.pk, "accepted": 0, "deferred": 0, "refused": 0, "unknown": 0, "written": 1, "left": 0,
        "sent": False, "trouble": "",
    }  # fmt: skip
    assert run(capsys, "send_newsletter", newsletter.pk) == expected
    assert run(capsys, "send_newsletter", newsletter.pk) == expected
    call_command("send_newsletter", str(newsletter.pk))
    assert "だれにも送っていません" in capsys.readouterr().out
    assert len(list((own_data_folder / "mail" / str(newsletter.pk)).iterdir())) == 1


def test_send_with_a_server(sink, capsys) -> None:
    """Accepted by the server."""
    mail_reader()
    found = run(capsys, "send_newsletter", prepared().pk)
    assert (found["accepted"], found["sent"], len(sink.received)) == (1, True, 1)


def test_send_says_what_stopped_it(sink, capsys, settings) -> None:
    """The rest stays; the same command goes on."""
    settings.EMAIL_PORT = 1
    mail_reader()
    found = run(capsys, "send_newsletter", prepared().pk)
    assert (found["left"], found["sent"], found["trouble"][:18]) == (1, False, "メールサーバーにつながりませんでした")


@pytest.mark.parametrize("command", [("send_newsletter", "99"), ("print_newsletter", "99", "--output", "x.pdf")])
def test_an_unknown_newsletter(capsys, command: tuple[str, ...]) -> None:
    """Exit 1 and a code."""
    assert run(capsys, *command, fails=True)["error"]["code"] == "unknown_newsletter"


def test_print_makes_both_files(capsys, tmp_path: Path) -> None:
    """The labels lie beside the edition unless told otherwise; nothing is marked unless told so."""
    post_reader()
    newsletter = prepared()
    output = tmp_path / "out" / "tsushin.pdf"
    found = run(capsys, "print_newsletter", newsletter.pk, "--output", output, "--label-sheet", "A-one 28187", "--start-cell", 12)
    assert found == {
        "newsletter": newsletter.pk, "output": str(output), "labels": str(output.with_name("tsushin-宛名ラベル.pdf")),
        "label_sheet": "エーワン 28187(12面、84×42ミリ)", "letters": 1, "people": 1, "sheets": 1, "marked_printed": 0,
    }  # fmt: skip
    assert [path.read_bytes()[:5] for path in sorted(output.parent.iterdir())] == [b"%PDF-", b"%PDF-"]
    assert Delivery.objects.get().state == "to_print"


def test_print_can_mark_at_once(capsys, tmp_path: Path) -> None:
    """--mark-printed, for those who watch the printer."""
    post_reader()
    assert run(capsys, "print_newsletter", prepared().pk, "--output", tmp_path / "a.pdf", "--mark-printed")["marked_printed"] == 1
    assert Delivery.objects.get().state == "printed"


def test_print_without_letters_makes_no_labels(capsys, tmp_path: Path) -> None:
    """The edition is made all the same."""
    mail_reader()
    found = run(capsys, "print_newsletter", prepared().pk, "--output", tmp_path / "a.pdf")
    assert (found["labels"], found["letters"], [path.name for path in tmp_path.glob("*.pdf")]) == (None, 0, ["a.pdf"])


def test_print_refuses_an_unknown_sheet_before_writing(capsys, tmp_path: Path) -> None:
    """Nothing half-done."""
    post_reader()
    error = run(capsys, "print_newsletter", prepared().pk, "--output", tmp_path / "a.pdf", "--label-sheet", "X-1", fails=True)["error"]
    assert (error["code"], list(tmp_path.glob("*.pdf"))) == ("wrong_content", [])
