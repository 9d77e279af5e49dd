"""Every text inside a value that is about to be stored: of JSON its keys, strings and numbers, of bytes the text."""

import json
from collections.abc import Iterator, Mapping

from django.core import signing

_OPENS_JSON = ("{", "[", '"')
_DEEPEST = 40
SESSION_COLUMN = "django_session.session_data"
SESSION_SALT = "django.contrib.sessions.SessionStore"


def texts_in(value: object, *, depth: int = 0) -> Iterator[str]:
    r"""What a reader of `value` would see, however it is packed.

    Django writes JSON with `\uXXXX` for each Japanese sign, so JSON is read before it is looked at. Whole numbers count
    as text, floats and moments do not. What nests deeper than 40 is given as it stands.

    >>> list(texts_in('{"\\u756a\\u53f7": [123456789018, true]}'))
    ['番号', '123456789018']
    """
    if isinstance(value, str):
        yield from _in_text(value, depth)
    elif isinstance(value, bytes | bytearray | memoryview):
        yield from _in_bytes(bytes(value), depth)
    elif isinstance(value, Mapping) and depth < _DEEPEST:
        for key, inner in value.items():
            yield from texts_in(key, depth=depth + 1)
            yield from texts_in(inner, depth=depth + 1)
    elif isinstance(value, list | tuple | set | frozenset) and depth < _DEEPEST:
        for inner in value:
            yield from texts_in(inner, depth=depth + 1)
    elif isinstance(value, int) and not isinstance(value, bool):
        yield str(value)
    elif hasattr(value, "obj"):  # psycopg's Jsonb and Json
        yield from texts_in(value.obj, depth=depth + 1)


def _in_text(text: str, depth: int) -> Iterator[str]:
    if text.lstrip()[:1] in _OPENS_JSON and depth < _DEEPEST:
        try:
            read = json.loads(text)
        except (ValueError, RecursionError):
            pass
        else:
            if isinstance(read, dict | list | str):
                yield from texts_in(read, depth=depth + 1)
                return
    yield text


def _in_bytes(data: bytes, depth: int) -> Iterator[str]:
    """Text in either of the two encodings that Japan writes; a picture or a digest is neither."""
    for encoding in ("utf-8", "cp932"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        yield from _in_text(text, depth)
        return


def texts_in_session(value: object) -> Iterator[str]:
    """What the stored form of a session holds; what cannot be read is given as it stands."""
    try:
        held = signing.loads(str(value), salt=SESSION_SALT)
    except signing.BadSignature:
        held = value
    yield from texts_in(held)
