"""The import contracts hold, and notice a violation when there is one."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ["config", "office", "receipts", "newsletters", "donations", "members", "privacy", "accounts", "paper", "japanese"]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [str(program), "--no-cache"], cwd=folder, capture_output=True, text=True, check=False,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(folder)},
    )


@pytest.fixture
def copy_of_the_house(tmp_path: Path) -> Path:
    for room in ROOMS:
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_contracts_hold() -> None:
    """The house as it stands breaks no contract."""
    assert lint(ROOT).returncode == 0


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("members/fees.py", "import donations"),
        ("receipts/phrases.py", "import newsletters"),
        ("japanese/kana.py", "import django"),
        ("donations/bankfiles/statement.py", "import django"),
        ("privacy/recording.py", "import members"),
        ("members/fees.py", "import weasyprint"),
    ],
)
def test_a_planted_violation_is_seen(copy_of_the_house: Path, file: str, line: str) -> None:
    """Each kind of forbidden import makes the check fail."""
    path = copy_of_the_house / file
    path.write_text(path.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    assert lint(copy_of_the_house).returncode == 1
