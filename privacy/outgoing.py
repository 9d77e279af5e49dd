"""What leaves on paper, by mail or as a file is looked at once more: a hit stops the job."""

from collections.abc import Iterable

from privacy.errors import NationalIdRefused
from privacy.findings import FieldClass, Level
from privacy.national_ids import scan


def refuse_outgoing(texts: Iterable[tuple[str, str]]) -> None:
    """Raise `NationalIdRefused` for the first (place, text) with a number; `place` is what the person knows it as.

    Read as free text: what a person vouched for may leave.
    """
    for place, text in texts:
        rules = [finding.rule for finding in scan(text, FieldClass.FREE_TEXT) if finding.level is Level.BLOCK]
        if rules:
            raise NationalIdRefused(place, rules)
