"""Addresses on the wire, the old telephone ones included (newsletters.md §6.1)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletters.mail_address import UnsendableAddress, as_written, on_the_wire


@pytest.mark.parametrize(
    ("address", "wire"),
    [
        ("hanako@example.jp", "hanako@example.jp"),
        ("foo..bar@docomo.ne.jp", '"foo..bar"@docomo.ne.jp'),
        ("foo.@docomo.ne.jp", '"foo."@docomo.ne.jp'),
        (".foo@ezweb.ne.jp", '".foo"@ezweb.ne.jp'),
        ('"foo..bar"@docomo.ne.jp', '"foo..bar"@docomo.ne.jp'),
        ("-foo@docomo.ne.jp", "-foo@docomo.ne.jp"),
        ("foo/bar@docomo.ne.jp", "foo/bar@docomo.ne.jp"),
        ("a@b@example.jp", '"a@b"@example.jp'),
    ],
)
def test_each_form_is_written_as_the_grammar_asks(address: str, wire: str) -> None:
    """Quoted only where the local part is no dot-atom."""
    assert on_the_wire(address) == wire


@pytest.mark.parametrize(
    "address", ["", "hanako", "@example.jp", "花子@example.jp", "ha na@example.jp", "a@example.jp\r\nBcc: x@y", "a@-x.jp", "a@", "a" * 250 + "@b.jp"]
)
def test_what_no_server_takes_is_refused(address: str) -> None:
    """With a Japanese sentence that does not repeat the address."""
    with pytest.raises(UnsendableAddress) as error:
        on_the_wire(address)
    assert address not in error.value.message or not address


@given(st.from_regex(r"[a-z.\-_]{1,20}@docomo\.ne\.jp", fullmatch=True))
def test_quoting_comes_back(address: str) -> None:
    """The unquoted form of what was quoted is what was written."""
    wire = on_the_wire(address)
    assert wire == address or as_written(wire) == address
