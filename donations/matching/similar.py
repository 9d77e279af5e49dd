"""Names that look alike, for lines whose payer text nobody is known by: an n-gram index, then rapidfuzz.

Keys are compared in their loose form (voicing and long vowels dropped).  The index counts shared character pairs over the
rarer pairs of the text only, so that its cost grows little with the size of the register.
"""

from __future__ import annotations

from array import array
from collections import Counter
from io import StringIO
from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from japanese.names import loosened

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST = 32
_POSTINGS_READ, _COMPARED = 1200, 44
#: Names that share less than this are not alike at all (twice the signs in common of a hundred in both).
_LEAST = 25


class SimilarNames:
    """An index over a fixed set of keys; ``alike(key)`` returns at most ``MOST`` of them, best first.

    The loose forms stand one after another in one text: as texts of their own they would need ten times the memory.
    """

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = sorted(set(keys))
        self._postings: dict[str, array[int]] = {}
        self._ends = array("I", (0,))
        loose = StringIO()
        for place, key in enumerate(self._keys):
            text = loosened(key)
            loose.write(text)
            self._ends.append(self._ends[-1] + len(text))
            for pair in _pairs(text):
                found = self._postings.get(pair)
                if found is None:
                    self._postings[pair] = array("I", (place,))
                else:
                    found.append(place)
        self._loose = loose.getvalue()

    def alike(self, key: str) -> list[str]:
        """Return the known keys that look like this one, best first, itself left out."""
        wanted = loosened(key)
        postings = [found for pair in _pairs(wanted) if (found := self._postings.get(pair)) is not None]
        postings.sort(key=len)
        places = _best(_read(postings))
        loose, ends = self._loose, self._ends
        texts = [loose[ends[place] : ends[place + 1]] for place in places]
        ranked = process.extract(wanted, texts, scorer=fuzz.ratio, processor=None, limit=MOST, score_cutoff=_LEAST)
        best = [self._keys[places[index]] for _text, _score, index in ranked]
        return [other for other in best if other != key]


def _read(postings: list[array[int]]) -> list[list[int]]:
    """Return the places of the rarer pairs: always the rarest, then as many as may be read."""
    found: list[list[int]] = []
    read = 0
    for places in postings:
        read += len(places)
        if found and read > _POSTINGS_READ:
            break
        found.append(places.tolist())
    return found


def _best(postings: list[list[int]]) -> list[int]:
    """Return the places that share most pairs, then those that share one, a rare one first; the order is fixed."""
    seen: set[int] = set()
    again: Counter[int] = Counter()
    for places in postings:
        again.update(seen.intersection(places))
        seen.update(places)
    twice = sorted([(-count, place) for place, count in again.items()])
    best = [place for _count, place in twice[:_COMPARED]]
    if len(best) < _COMPARED:
        once = (place for place in chain.from_iterable(postings) if place not in again)
        best.extend(islice(once, _COMPARED - len(best)))
    return best


def _pairs(text: str) -> list[str]:
    """Return the distinct character pairs of a text with its edges marked, in order."""
    marked = f"^{text}$"
    return list(dict.fromkeys(map("".join, pairwise(marked))))
