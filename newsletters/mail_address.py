"""How an e-mail address stands on the wire. Pure.

Old Japanese telephone addresses (`foo..bar@docomo.ne.jp`, `foo.@ezweb.ne.jp`) break the grammar of RFC 5321. Put in
quotation marks they keep it, and mean the same mailbox: Postfix itself rewrites them so (measured 2026-11-23).
"""

import re

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\-]+"
_DOT_ATOM = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_QUOTED = re.compile(r'"(?:[ !#-\[\]-~]|\\[ -~])*"')
_LOOSE = re.compile(r"[!-~]+")
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?"
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
LONGEST = 254


class UnsendableAddress(ValueError):  # noqa: N818
    """An address that no server could take. `message` is Japanese and does not repeat it."""

    code = "unsendable_address"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def on_the_wire(address: str) -> str:
    """Give the address for `RCPT TO` and `To:`, its local part quoted where the grammar asks for it.

    Raises `UnsendableAddress`: no `@`, letters outside ASCII, spaces or control signs, or too long.

    >>> on_the_wire("hanako@example.jp"), on_the_wire("foo..bar@docomo.ne.jp")
    ('hanako@example.jp', '"foo..bar"@docomo.ne.jp')
    """
    local, at, domain = address.rpartition("@")
    if not at or not local:
        raise UnsendableAddress("メールアドレスの形ではありません。アドレスを直してください。")
    if not address.isascii():
        raise UnsendableAddress("メールアドレスに全角の文字があります。半角に直してください。")
    if len(address) > LONGEST or not _DOMAIN.fullmatch(domain):
        raise UnsendableAddress("メールアドレスの「@」より後ろが正しくありません。アドレスを直してください。")
    if _DOT_ATOM.fullmatch(local) or _QUOTED.fullmatch(local):
        return address
    if not _LOOSE.fullmatch(local):
        raise UnsendableAddress("メールアドレスに空白など使えない文字があります。アドレスを直してください。")
    escaped = re.sub(r'(["\\])', r"\\\1", local)
    return f'"{escaped}"@{domain}'


def as_written(wire: str) -> str | None:
    """The unquoted form of a quoted address, for servers that refuse the quoted one; None where there is none.

    >>> as_written('"foo..bar"@docomo.ne.jp'), as_written("hanako@example.jp")
    ('foo..bar@docomo.ne.jp', None)
    """
    local, _at, domain = wire.rpartition("@")
    if not _QUOTED.fullmatch(local):
        return None
    bare = re.sub(r"\\(.)", r"\1", local[1:-1])
    return f"{bare}@{domain}" if re.fullmatch(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\-.]+", bare) else None


def domain_of(address: str) -> str:
    """The part behind the last `@`, in lower case."""
    return address.rpartition("@")[2].lower()
