"""Long lists in pieces that every database takes as one question."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

BATCH = 500
Item = TypeVar("Item")


def chunks(items: Sequence[Item], size: int = BATCH) -> Iterator[Sequence[Item]]:
    """Give `items` in order, at most `size` at a time."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
