"""Names that look alike, for lines whose payer text nobody is known by: an n-gram index, then rapidfuzz.

Two keys are compared in their loose form (voicing and long vowels dropped).  The index counts shared character pairs over
the rarer pairs of the text only, so that its cost grows little with the size of the register.
"""

from __future__ import annotations

from array import array
from collections import Counter
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from japanese.names import loose_key

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST = 48
_POSTINGS_READ = 6000


class SimilarNames:
    """An index over a fixed set of keys; ``alike(key)`` returns at most ``MOST`` of them, best first."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = sorted(set(keys))
        self._loose = [loose_key(key) for key in self._keys]
        self._postings: dict[str, array[int]] = {}
        for place, loose in enumerate(self._loose):
            for pair in _pairs(loose):
                self._postings.setdefault(pair, array("I")).append(place)

    def alike(self, key: str) -> list[str]:
        """Return the known keys that look like this one, best first, itself left out."""
        wanted = loose_key(key)
        found = sorted(
            (postings for pair in _pairs(wanted) if (postings := self._postings.get(pair)) is not None),
            key=len,
        )
        shared: Counter[int] = Counter()
        read = 0
        for postings in found:
            if read and read + len(postings) > _POSTINGS_READ:
                break
            shared.update(postings)
            read += len(postings)
        near = sorted(shared, key=lambda place: (-shared[place] / (len(self._loose[place]) + len(wanted)), place))
        places = near[: 2 * MOST]
        ranked = process.extract(
            wanted, [self._loose[place] for place in places], scorer=fuzz.ratio, processor=None, limit=None,
        )
        best = [self._keys[places[index]] for _text, _score, index in ranked]
        return [other for other in best if other != key][:MOST]


def _pairs(text: str) -> list[str]:
    """Return the distinct character pairs of a text with its edges marked, in order."""
    marked = f"^{text}$"
    return list(dict.fromkeys(marked[place : place + 2] for place in range(len(marked) - 1)))
