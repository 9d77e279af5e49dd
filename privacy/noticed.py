"""What forms refused during one request, kept until the request ends and its register entry is written."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

Noticed = list[tuple[str, tuple[str, ...]]]
_noticed: ContextVar[Noticed | None] = ContextVar("noticed", default=None)


def notice(place: str, rules: Sequence[str]) -> None:
    """Note that `rules` were refused at `place` (the field's label); outside a request nothing happens."""
    found = _noticed.get()
    if found is not None:
        found.append((place, tuple(rules)))


@contextmanager
def noticing() -> Iterator[Noticed]:
    """Collect what is noticed inside; the list is complete when the block ends."""
    found: Noticed = []
    token = _noticed.set(found)
    try:
        yield found
    finally:
        _noticed.reset(token)
