"""The examples in the scanner's docstrings are true."""

import doctest
import importlib

import pytest

MODULES = ("check_digits", "columns", "everyday_numbers", "filler", "labels", "national_ids")


@pytest.mark.parametrize("name", MODULES)
def test_examples(name):
    """Each module has examples and all of them hold."""
    result = doctest.testmod(importlib.import_module(f"privacy.{name}"))
    assert (result.failed, result.attempted > 0) == (0, True)
