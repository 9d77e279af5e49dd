"""What a database says of a row in its errors, cut off before anybody can write it down.

PostgreSQL adds to "duplicate key value violates …" a DETAIL with the values, and to others the whole row.
"""

import re

_DETAIL = re.compile(r"^DETAIL:.*?(?=^(?:Traceback|The above exception|During handling)|\Z)", re.MULTILINE | re.DOTALL)


def forget_rows(error: BaseException | None) -> None:
    """Leave of each driver's error in the chain, and of Django's error around it, only the first line of its message.

    Errors that carry no `diag` (SQLite's, our own) stay as they are.
    """
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        inner = error.__cause__ or error.__context__
        for told in (error, inner):
            said = getattr(getattr(told, "diag", None), "message_primary", None)
            if said is not None:
                error.args = (said,)
        error = inner


def without_details(text: str) -> str:
    """`text` without the DETAIL of an error, to its end or to the next error of a traceback."""
    return _DETAIL.sub("", text)
