"""Names that look alike, for lines whose payer text nobody is known by: an n-gram index, then rapidfuzz.

Keys are compared in their loose form (voicing and long vowels dropped).  The index counts shared character pairs over the
rarer pairs of the text only, so that its cost grows little with the size of the register.
"""

from __future__ import annotations

from array import array
from collections import Counter
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from japanese.names import loose_key

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST = 32
_POSTINGS_READ = 1200


class SimilarNames:
    """An index over a fixed set of keys; ``alike(key)`` returns at most ``MOST`` of them, best first."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = sorted(set(keys))
        self._loose = [loose_key(key) for key in self._keys]
        self._postings: dict[str, array[int]] = {}
        for place, loose in enumerate(self._loose):
            for pair in _pairs(loose):
                found = self._postings.get(pair)
                if found is None:
                    found = self._postings[pair] = array("I")
                found.append(place)

    def alike(self, key: str) -> list[str]:
        """Return the known keys that look like this one, best first, itself left out."""
        wanted = loose_key(key)
        postings = [found for pair in _pairs(wanted) if (found := self._postings.get(pair)) is not None]
        postings.sort(key=len)
        shared: Counter[int] = Counter()
        read = 0
        for found in postings:
            read += len(found)
            if shared and read > _POSTINGS_READ:
                break
            shared.update(found)
        places = _best(shared)
        ranked = process.extract(
            wanted, [self._loose[place] for place in places], scorer=fuzz.ratio, processor=None, limit=MOST,
        )
        best = [self._keys[places[index]] for _text, _score, index in ranked]
        return [other for other in best if other != key]


def _best(shared: Counter[int]) -> list[int]:
    """Return the places that share most, about twice ``MOST`` of them, in a fixed order."""
    wanted = 2 * MOST
    least = 1
    for count, many in sorted(Counter(shared.values()).items(), reverse=True):
        least = count
        wanted -= many
        if wanted <= 0:
            break
    places = sorted([place for place, count in shared.items() if count > least])
    room = max(0, 2 * MOST - len(places))
    return places + sorted([place for place, count in shared.items() if count == least])[:room]


def _pairs(text: str) -> list[str]:
    """Return the distinct character pairs of a text with its edges marked, in order."""
    marked = f"^{text}$"
    return list(dict.fromkeys([marked[place : place + 2] for place in range(len(marked) - 1)]))
