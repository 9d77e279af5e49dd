"""How sure the program must be before it confirms a row without a look."""

from donations.matching.gate import Policy
from members.models import Association, Supporter

SMALL_REGISTER = 2_000
"""Up to so many supporters, namesakes are so rare that `CONFIDENCE` is enough (measured: docs/explanation/matching.md)."""
CONFIDENCE, CONFIDENCE_OF_MANY = 0.99, 0.995


def usual_confidence(supporters: int) -> float:
    """The least probability (0 to 1) that suits a register of this size.

    >>> usual_confidence(2_000), usual_confidence(2_001)
    (0.99, 0.995)
    """
    return CONFIDENCE if supporters <= SMALL_REGISTER else CONFIDENCE_OF_MANY


def current_policy(confidence: float | None = None) -> Policy:
    """The gate with this least probability; without one that of 会の設定, else the usual one for the register's size."""
    if confidence is None:
        association = Association.objects.current()
        confidence = association.auto_confidence if association else None
    return Policy.posterior(usual_confidence(Supporter.objects.count()) if confidence is None else confidence)
