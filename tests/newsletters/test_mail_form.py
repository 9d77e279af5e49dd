"""The mail that everybody gets: headers, both bodies, and nothing remote."""

import re
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from newsletters.letter import compose
from newsletters.mail_form import make_skeleton, sender_of
from newsletters.merge_fields import EXAMPLE
from newsletters.skeleton import Skeleton
from privacy.errors import Refused
from tests.factories.members import AssociationFactory

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)


def skeleton(**facts: str) -> Skeleton:
    association = AssociationFactory(**facts)
    return make_skeleton(
        title="ひとくち通信 髙﨑𠮷", letter=compose("{{氏名}}{{敬称}}\n\n**「強調」**です。"), association=association,
        sender=sender_of(association),
    )  # fmt: skip


def mail(made: Skeleton, values: dict[str, str] | None = None) -> EmailMessage:
    content = made.fill(to="a@example.jp", message_id="<x@example.jp>", token="abc", date=DAY, values=values or dict(EXAMPLE))
    return message_from_bytes(content, policy=policy.default)  # type: ignore[return-value]


def test_both_bodies_are_utf8_in_base64() -> None:
    """髙 and 𠮷 arrive, and no server re-encodes anything."""
    parts = list(mail(skeleton()).iter_parts())
    assert [(one.get_content_type(), one["Content-Transfer-Encoding"], one.get_content_charset()) for one in parts] == [
        ("text/plain", "base64", "utf-8"), ("text/html", "base64", "utf-8"),
    ]  # fmt: skip


def test_the_headers_of_bulk_mail(settings) -> None:
    """Subject, sender, and what RFC 2369, 8058 and 3834 ask for."""
    settings.PUBLIC_URL = "https://hitokuchi.example.jp"
    found = mail(skeleton())
    assert {name: found[name] for name in found.keys() if name not in {"Content-Type", "From", "Date"}} == {  # noqa: SIM118
        "To": "a@example.jp",
        "Subject": "ひとくち通信 髙﨑𠮷",
        "Message-ID": "<x@example.jp>",
        "List-Id": "<newsletter.example.jp>",
        "List-Unsubscribe": "<https://hitokuchi.example.jp/newsletters/u/abc/>, <mailto:mizuumi@example.jp?subject=unsubscribe%20abc>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Precedence": "bulk",
        "Auto-Submitted": "auto-generated",
        "MIME-Version": "1.0",
    }
    assert (found["From"].addresses[0].display_name, found["From"].addresses[0].addr_spec) == ("みずうみの会", "mizuumi@example.jp")


def test_without_a_public_address_one_can_stop_by_mail() -> None:
    """Mailto only, and no promise of one click."""
    found = mail(skeleton())
    assert (found["List-Unsubscribe"], found["List-Unsubscribe-Post"]) == ("<mailto:mizuumi@example.jp?subject=unsubscribe%20abc>", None)


def test_the_mailbox_for_stopping_can_be_another(settings) -> None:
    """HITOKUCHI_UNSUBSCRIBE_MAILBOX comes first."""
    settings.UNSUBSCRIBE_MAILBOX = "stop@example.jp"
    assert "mailto:stop@example.jp" in mail(skeleton())["List-Unsubscribe"]


def test_a_configured_sender_comes_first_and_answers_go_to_the_group(settings) -> None:
    """HITOKUCHI_MAIL_FROM is the sender; Reply-To the group's own address."""
    settings.DEFAULT_FROM_EMAIL = "tsushin@mail.example.jp"
    found = mail(skeleton())
    assert (found["From"].addresses[0].addr_spec, found["Reply-To"]) == ("tsushin@mail.example.jp", "mizuumi@example.jp")


def test_without_any_address_the_sender_is_not_real() -> None:
    """Good enough for files; `prepare` and `start_sending` look at it."""
    assert sender_of(AssociationFactory(email="")).is_real is False


def test_a_sender_that_cannot_be_written_is_refused(settings) -> None:
    """Named before anything is frozen."""
    settings.DEFAULT_FROM_EMAIL = "花子@example.jp"
    with pytest.raises(Refused) as refusal:
        sender_of(AssociationFactory())
    assert refusal.value.code == "bad_sender"


def test_the_page_is_accessible_and_loads_nothing() -> None:
    """Japanese, layout tables without meaning, 16 px or more, no picture, no remote style, no tracking."""
    html = mail(skeleton()).get_body(("html",)).get_content()
    assert '<html lang="ja">' in html
    assert html.count("<table") == html.count('role="presentation"')
    assert re.findall(r"<img|<link|<script|url\(|@import", html) == []
    assert min(int(size) for size in re.findall(r"font-size: (\d+)px", html)) >= 16


def test_both_bodies_say_who_sends_and_how_to_stop(settings) -> None:
    """Name, postal address, contact, and the way out."""
    settings.PUBLIC_URL = "https://hitokuchi.example.jp"
    found = mail(skeleton())
    wanted = ["みずうみの会", "〒100-0001", "東京都千代田区千代田1-1", "mizuumi@example.jp", "https://hitokuchi.example.jp/newsletters/u/abc/"]
    for kind in ("plain", "html"):
        body = found.get_body((kind,)).get_content()
        assert [one for one in wanted if one not in body] == []


def test_a_name_with_html_in_it_stays_a_name() -> None:
    """Values are escaped in HTML and plain in text."""
    found = mail(skeleton(), {**EXAMPLE, "氏名": "<b>A&B</b>"})
    assert "&lt;b&gt;A&amp;B&lt;/b&gt;" in found.get_body(("html",)).get_content()
    assert "<b>A&B</b>" in found.get_body(("plain",)).get_content()


def test_what_is_stored_comes_back_the_same() -> None:
    """The frozen bytes are the mail."""
    made = skeleton()
    assert Skeleton.from_bytes(made.to_bytes()) == made


def test_a_header_cannot_be_smuggled_in() -> None:
    """A line break in what goes into a header is refused."""
    with pytest.raises(ValueError, match="line break"):
        skeleton().fill(to="a@example.jp\r\nBcc: x@example.jp", message_id="<x@y>", token="t", date=DAY, values=dict(EXAMPLE))
