import pickle

from japanese.errors import FormatError, Reason


def test_error_is_a_value_error_with_facts():
    """Reason and expected are facts for the caller; str() is the sentence for the screen."""
    error = FormatError("読めません。", reason=Reason.LENGTH, expected="7桁")
    assert (isinstance(error, ValueError), str(error), error.message) == (
        True,
        "読めません。",
        "読めません。",
    )
    assert (error.reason, error.expected) == ("length", "7桁")


def test_error_survives_pickling():
    """A worker process can hand it back."""
    error = pickle.loads(pickle.dumps(FormatError("読めません。", reason=Reason.LENGTH, expected="7桁")))
    assert (error.message, error.reason, error.expected) == ("読めません。", Reason.LENGTH, "7桁")
