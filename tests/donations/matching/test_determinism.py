"""The same answers whatever Python's hash seed."""

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = """
from datetime import date
from donations.matching.gate import Policy
from donations.matching.in_memory import InMemoryRegister
from donations.matching.lines import Line
from donations.matching.match import match_batch
from donations.matching.register import KnownName, Person

names = ["佐藤 一郎/サトウ イチロウ", "佐藤 花子/サトウ ハナコ", "斎藤 花子/サイトウ ハナコ", "斉藤 華子/サイトウ ハナコ", "佐々木 一朗/"]
people = [
    Person(place, "", "", "individual", *name.split("/"), 1000, household=place // 2) for place, name in enumerate(names, 1)
]
learned = [KnownName("サトウイチロウハナコ", frozenset({1, 2}), "learned", 1)]
texts = ["ｻｲﾄｳ ﾊﾅｺ", "ｻﾄｳ ｲﾁﾛｳ･ﾊﾅｺ", "佐藤　二郎", "ｻｻｷ ｲﾁﾛｳ", "ｻﾄｳ ﾊﾅ", "ﾊﾅｺ ｻｲﾄｳ", "佐藤一郎、佐藤花子"]
lines = [Line(place, date(2026, 5, 2), 3000, 0, text) for place, text in enumerate(texts)]
print(match_batch(lines, InMemoryRegister(people, learned), policy=Policy.posterior(0.9)))
"""


def answers(hash_seed):
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONIOENCODING": "utf-8"}
    root = Path(__file__).resolve().parents[3]
    run = subprocess.run([sys.executable, "-c", PROGRAM], cwd=root, env=environment, capture_output=True, check=True)
    return run.stdout


def test_answers_do_not_depend_on_the_hash_seed():
    """Two processes with different seeds print the same matches."""
    assert answers("1") == answers("4711")
