"""Long streams in parts, so that memory stays flat and one query carries no more values than a database takes."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Value = TypeVar("Value")
BATCH = 500


def in_parts(values: Iterable[Value], size: int = BATCH) -> Iterator[list[Value]]:
    """Yield the values in lists of at most `size`, in their order.

    >>> list(in_parts("abcde", 2))
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    waiting = iter(values)
    while part := list(islice(waiting, size)):
        yield part
