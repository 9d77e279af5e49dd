"""Numbers as people type them, brought to plain ASCII before a format looks at them."""

import unicodedata

from japanese.kana import DASHES

_TO_HYPHEN = dict.fromkeys(map(ord, DASHES), "-")


def to_plain(text: str) -> str:
    """Give NFKC with every dash an ASCII hyphen, invisible characters and outer spaces gone.

    For codes and amounts only. Never for names or addresses: it would turn ー into a hyphen.

    >>> to_plain('〒１２３ー４５６７\u200b ')
    '〒123-4567'
    """
    plain = unicodedata.normalize("NFKC", text).translate(_TO_HYPHEN)
    if not plain.isascii():
        plain = "".join(char for char in plain if unicodedata.category(char) != "Cf")
    return plain.strip()
