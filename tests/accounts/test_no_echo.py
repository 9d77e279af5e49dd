"""What a person typed at the terminal by mistake is not repeated by the answer."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

NUMBER = "123456789018"


def test_a_refusal_does_not_repeat_a_number(db) -> None:
    """The sentence stands, the number is taken out."""
    out = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("create_user", "x", "--role", "admin", "--as", NUMBER, "--json", stdout=out)
    error = json.loads(out.getvalue())["error"]
    assert (error["code"], NUMBER in error["message"], "という利用者はいません" in error["message"]) == ("unknown_user", False, True)


def test_wrong_usage_does_not_repeat_a_number(db) -> None:
    """Neither does what the argument parser says."""
    with pytest.raises(CommandError) as refused:
        call_command("create_user", "x", "--role", NUMBER)
    assert NUMBER not in str(refused.value)
