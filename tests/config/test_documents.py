"""Documents say what is there: every dependency has its reason, every command its description, no link is dead."""

import re
import tomllib
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

ROOT = Path(__file__).resolve().parents[2]
OWN = {"accounts", "privacy", "members", "donations", "receipts", "newsletters", "office"}
COMMANDS = sorted(name for name, app in get_commands().items() if app in OWN)
COMMON_OPTIONS = {
    "--help", "--version", "--verbosity", "--settings", "--pythonpath", "--traceback", "--no-color", "--force-color",
    "--skip-checks", "--json", "--as",
}
PAGES = sorted(path for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def test_every_dependency_has_its_reason() -> None:
    """docs/explanation/dependencies.md names each package of pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"], *project["optional-dependencies"]["postgres"]]
    names = {re.split(r"[\[<>=~!;]", line)[0].lower().replace("_", "-") for line in wanted}
    text = (ROOT / "docs/explanation/dependencies.md").read_text(encoding="utf-8")
    named = {name.lower().replace("_", "-") for name in re.findall(r"\*\*([A-Za-z0-9_.-]+)\*\*", text)}
    assert sorted(names - named) == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_described(name: str) -> None:
    """docs/reference/commands.md has a section for it that names each of its options."""
    text = (ROOT / "docs/reference/commands.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^## `([a-z_]+)`$(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))
    parser = load_command_class(get_commands()[name], name).create_parser("manage.py", name)
    options = {word for action in parser._actions for word in action.option_strings if word.startswith("--")}
    missing = sorted(word for word in options - COMMON_OPTIONS if word not in sections.get(name, ""))
    assert (name in sections, missing) == (True, [])


def test_no_command_is_described_that_is_not_there() -> None:
    """Sections are only for real commands."""
    text = (ROOT / "docs/reference/commands.md").read_text(encoding="utf-8")
    assert sorted(set(re.findall(r"^## `([a-z_]+)`$", text, re.MULTILINE)) - set(COMMANDS)) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_link_is_dead(page: Path) -> None:
    """Every relative link of a document leads to a file."""
    targets = re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []
