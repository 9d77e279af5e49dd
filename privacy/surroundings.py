"""Words around a row of digits that make it less likely, or impossible, that it is a person's number."""

import re
import string

_SHOP_TALK = re.compile(
    "荷物|発送|配達|配送|宅配|宅急便|ヤマト|佐川|ゆうパック|レターパック|追跡|注文|送料|商品|在庫|伝票|出荷|梱包|購入|納品"
)
_SHOP_TALK_NEAR = 40
_WEB_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s=　]*\Z", re.IGNORECASE)
_WEB_NEAR = 200
_UUID = re.compile(r"(?<![0-9a-zA-Z])[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}(?![0-9a-zA-Z])")
_UUID_NEAR = 24
_WORD_NEAR = 40
_ALPHANUMERIC = string.ascii_letters + string.digits
_HEX_DIGITS = frozenset(string.hexdigits.lower())
_MASK_BEFORE = re.compile(r"[xX*＊●]{2,}[-ー－ 　]?\Z")
_MASK_AFTER = re.compile(r"[-ー－ 　]?[xX*＊●]{2,}")
_MASK_NEAR = 8
_PLACE = re.compile(r"(?:[都道府県市区町村郡]|〒)[^。\n]{0,24}[^\W\d_a-zA-Zすたはがをでとへもにま]\Z")
_PLACE_AND_BLANK = re.compile(_PLACE.pattern.removesuffix(r"\Z") + r"[ 　]?\Z")
_PLACE_NEAR = 32


def amid_shop_talk(text: str, start: int, end: int) -> bool:
    """Whether parcels or orders are spoken of within 40 signs of `text[start:end]`."""
    before = _SHOP_TALK.search(text, max(0, start - _SHOP_TALK_NEAR), start)
    return before is not None or _SHOP_TALK.search(text, end, end + _SHOP_TALK_NEAR) is not None


def follows_place(text: str, start: int, *, over_blank: bool) -> bool:
    """Whether the name of a place, with its prefecture, town or postal mark, touches `text[start]` from the left.

    With `over_blank`, one blank may stand between.
    """
    place = _PLACE_AND_BLANK if over_blank else _PLACE
    return place.search(text, max(0, start - _PLACE_NEAR), start) is not None


def stands_in_code(text: str, start: int, end: int, *, exempt_web: bool) -> bool:
    """Whether `text[start:end]` is part of a UUID, of a hexadecimal word, of 第…号, or of a number masked already.

    With `exempt_web`, a place in a web address before any `=` counts too.
    """
    head, tail = text[max(0, start - _WEB_NEAR) : start], text[end : end + _WORD_NEAR]
    masked = _MASK_BEFORE.search(head[-_MASK_NEAR:]) is not None or _MASK_AFTER.match(tail) is not None
    return (
        masked
        or (head.endswith("第") and tail.startswith("号"))
        or _stands_in_uuid(text, start, end)
        or _is_hexadecimal(head[-_WORD_NEAR:], tail)
        or (exempt_web and _WEB_ADDRESS.search(head) is not None)
    )


def _stands_in_uuid(text: str, start: int, end: int) -> bool:
    """Whether one of the UUIDs around holds the whole stretch: its three middle groups may be digits by chance."""
    near = _UUID.finditer(text, max(0, start - _UUID_NEAR), end + _UUID_NEAR)
    return any(found.start() <= start and end <= found.end() for found in near)


def _is_hexadecimal(head: str, tail: str) -> bool:
    """Whether the digits between `head` and `tail` belong to a word of hexadecimal digits."""
    word = head[len(head.rstrip(_ALPHANUMERIC)) :] + tail[: len(tail) - len(tail.lstrip(_ALPHANUMERIC))]
    return len(word) >= 4 and set(word.lower()) <= _HEX_DIGITS and not word.isdigit() and not word.isalpha()
