"""What import-linter cannot see: string keys, reverse accessors, writers, file names, templates."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ["japanese", "paper", "privacy", "accounts", "members", "donations", "receipts", "newsletters", "office", "config"]
HEIGHT = {
    "japanese": 0, "paper": 1, "privacy": 1, "accounts": 2, "members": 3, "donations": 4,
    "receipts": 5, "newsletters": 5, "office": 6, "config": 7,
}
WRITES = {
    "save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete",
}
NO_MODELS = {"workbook", "picture"}
SILENT_NAMES = {"utils", "helpers", "services", "common", "misc", "base_utils"}
FRAMEWORK_WRITERS = {"privacy/middleware.py"}


def sources(*, inside: str | None = None) -> Iterator[Path]:
    for room in [inside] if inside else ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def writes_in(tree: ast.AST) -> list[str]:
    """Names of manager or model writes in the tree: `x.objects.create(…)`, `row.save()`, `rows.update(…)`."""
    found = []
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        name = node.func.attr
        value = ast.unparse(node.func.value)
        if value in NO_MODELS:
            continue
        if name in WRITES and (".objects" in value or name in {"save", "delete", "bulk_update"}) and "form" not in value:
            found.append(f"{value}.{name}")
        if name == "update" and ".objects" in value:
            found.append(f"{value}.update")
    return found


def upward_names(tree: ast.AST, room: str) -> list[str]:
    """String foreign keys and `get_model` calls that point at a room above."""
    above = {name for name, height in HEIGHT.items() if height > HEIGHT[room]}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        and re.fullmatch(r"[a-z]+\.[A-Z]\w+", node.value) and node.value.split(".")[0] in above
    ]


@pytest.mark.parametrize("path", list(sources()), ids=relative)
def test_only_files_ending_in_ing_write(path: Path) -> None:
    """Database writes stand in files whose first or last word ends in -ing (and the refusal middleware)."""
    if path.stem.endswith("ing") or path.stem.split("_")[0].endswith("ing") or relative(path) in FRAMEWORK_WRITERS:
        return
    assert writes_in(ast.parse(path.read_text(encoding="utf-8"))) == []


def test_a_planted_write_is_seen() -> None:
    """The writer check notices `objects.create`, `save` and `objects.filter().update`."""
    planted = ast.parse("Supporter.objects.create(name=n)\nrow.save()\nSupporter.objects.filter(pk=1).update(a=1)")
    assert writes_in(planted) == ["Supporter.objects.create", "row.save", "Supporter.objects.filter(pk=1).update"]


@pytest.mark.parametrize("path", list(sources()), ids=relative)
def test_no_string_points_at_a_room_above(path: Path) -> None:
    """No "app.Model" string reaches upward, which import contracts would miss."""
    room = path.relative_to(ROOT).parts[0]
    if room == "config":
        return
    assert upward_names(ast.parse(path.read_text(encoding="utf-8")), room) == []


def test_a_planted_upward_string_is_seen() -> None:
    """The string check notices a foreign key from members up to donations."""
    assert upward_names(ast.parse('models.ForeignKey("donations.Allocation")'), "members") == ["donations.Allocation"]


def test_no_file_has_a_name_that_says_nothing() -> None:
    """No utils, helpers, services or common."""
    assert [relative(path) for path in sources() if path.stem in SILENT_NAMES] == []


def test_modules_stay_under_300_lines() -> None:
    """Where a module passes 300 lines, it has a seam."""
    long = {
        relative(path): lines
        for path in sources()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 300
    }
    assert long == {}


@pytest.mark.parametrize("room", ["members", "donations", "receipts", "newsletters"])
def test_reverse_accessors_are_not_used_upward(room: str) -> None:
    """A lower room never walks `allocation_set`, `receipts`, `deliveries` … of a room above."""
    accessors = {
        relation.get_accessor_name()
        for model in apps.get_app_config(room).get_models()
        for relation in model._meta.related_objects
        if HEIGHT.get(relation.related_model._meta.app_label, 0) > HEIGHT[room]
    } - {None, "+"}
    used = [
        f"{relative(path)}: .{node.attr}"
        for path in sources(inside=room)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in accessors
    ]
    allowed = {f"{room}/urls.py"}
    assert [use for use in used if use.split(":")[0] not in allowed] == []


def templates() -> Iterator[Path]:
    yield from sorted((ROOT / "templates").rglob("*.html"))


PRINTED = ("templates/paper/", "templates/receipts/print", "templates/newsletters/mail", "templates/newsletters/email")


@pytest.mark.parametrize("path", list(templates()), ids=relative)
def test_templates_hold_no_inline_code(path: Path) -> None:
    """No inline script or style, no event attribute, no htmx expression, no remote address."""
    if relative(path).startswith(PRINTED):
        return
    text = path.read_text(encoding="utf-8")
    found = re.findall(
        r"<script(?![^>]*\bsrc=)|\sstyle=|<style|\son[a-z]+=|hx-on|hx-vals=.js:|hx-trigger=\"[^\"]*\[|(?:src|href)=\"https?://",
        text,
    )
    assert found == []


def test_no_model_field_asks_for_a_national_id() -> None:
    """No column, label or help text names a number of the state."""
    forbidden = re.compile("マイナンバー|個人番号|住民票コード|基礎年金番号|運転免許|旅券|保険証|my_?number", re.IGNORECASE)
    asked = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if forbidden.search(" ".join([field.name, str(getattr(field, "verbose_name", "")), str(getattr(field, "help_text", ""))]))
    ]
    assert asked == []
