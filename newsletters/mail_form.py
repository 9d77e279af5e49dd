"""The frame of every newsletter mail: one accessible page, a text part, and the headers that bulk mail owes its readers.

Sources (newsletters.md §7, read 2026-11-23): RFC 2369 and RFC 8058 (List-Unsubscribe, one click by POST), RFC 3834
(Auto-Submitted), RFC 2919 (List-Id). No tracking, no picture, nothing remote. UTF-8 and base64 always: ISO-2022-JP
cannot write 髙 or 𠮷, and 8-bit bodies are re-encoded under way. MAIL FROM is the sender's plain address: whether the
mailbox takes `name+word@` is unknown here, so a returned mail is recognised by the Message-ID it quotes.
"""

from dataclasses import dataclass
from email.header import Header
from email.utils import parseaddr
from urllib.parse import quote

import css_inline
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from members.models import Association
from newsletters.letter import Letter
from newsletters.mail_address import UnsendableAddress, domain_of, on_the_wire
from newsletters.skeleton import CRLF, Skeleton
from privacy.errors import Refused
from privacy.random_words import letters

TOKEN = "{{token}}"  # noqa: S105 - a placeholder
STOP_WORD = "unsubscribe"


@dataclass(frozen=True, slots=True)
class Sender:
    """Whom the mail is from. `address` is `…@localhost` where nobody said one: good for files, never for sending."""

    name: str
    address: str
    reply_to: str
    stop_mailbox: str

    @property
    def is_real(self) -> bool:
        return domain_of(self.address) != "localhost"


def sender_of(association: Association) -> Sender:
    """Take the addresses from the settings, else from our own group.

    `HITOKUCHI_MAIL_FROM`, else the group's mail; unsubscribing goes to `HITOKUCHI_UNSUBSCRIBE_MAILBOX`, else to the
    group's mail, else to the sender. Raises `Refused` with code "bad_sender" for an address that cannot be sent from.
    """
    configured = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    said = configured if domain_of(configured) != "localhost" else ""
    address = said or association.email or configured
    reply_to = association.email or address
    stop_mailbox = settings.UNSUBSCRIBE_MAILBOX or association.email or address
    try:
        for one in (address, reply_to, stop_mailbox):
            on_the_wire(one)
    except UnsendableAddress as error:
        raise Refused(
            _("会のメールアドレスが使えません。%(why)s 「会の設定」か HITOKUCHI_MAIL_FROM を直してください。") % {"why": error.message},
            code="bad_sender",
        ) from error
    return Sender(association.name, address, reply_to, stop_mailbox)


def stop_url() -> str:
    """The public page on which a reader stops the newsletter, with {{token}}; '' where nobody outside reaches us."""
    return f"{settings.PUBLIC_URL}/newsletters/u/{TOKEN}/" if settings.PUBLIC_URL else ""


def stop_mail(sender: Sender) -> str:
    """The mailto address that stops the newsletter; the token stands in the subject, so any mailbox will do."""
    return f"mailto:{quote(sender.stop_mailbox, safe='@+')}?subject={STOP_WORD}%20{TOKEN}"


def make_skeleton(*, title: str, letter: Letter, association: Association, sender: Sender) -> Skeleton:
    """Freeze one newsletter into the mail that everybody gets; `letter` still holds its placeholders."""
    context = {
        "title": title,
        "association": association,
        "postal": f"〒{association.postal_code}" if association.postal_code else "",
        "contact": association.email,
        "website": association.website if association.website.startswith("https://") else "",
        "stop_url": stop_url(),
        "stop_mailbox": sender.stop_mailbox,
        "stop_mail": stop_mail(sender),
        "token": TOKEN,
    }
    html = render_to_string("newsletters/mail.html", {**context, "body": letter.html})
    text = render_to_string("newsletters/mail.txt", {**context, "body": letter.text})
    boundary = f"=_{letters(24)}"
    return Skeleton(head=_head(title, sender, boundary), text=text, html=_inline(html), boundary=boundary)


def _inline(html: str) -> str:
    inliner = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
    return str(inliner.inline(html))


def _head(title: str, sender: Sender, boundary: str) -> str:
    domain = domain_of(sender.address)
    url = stop_url()
    ways = [f"<{url}>"] if url else []
    ways.append(f"<{stop_mail(sender)}>")
    lines = [
        f"From: {_named(sender.name, sender.address)}",
        "To: {{to}}",
        *([f"Reply-To: {sender.reply_to}"] if sender.reply_to != sender.address else []),
        f"Subject: {Header(title, 'utf-8', header_name='Subject').encode(linesep=CRLF)}",
        "Date: {{date}}",
        "Message-ID: {{message_id}}",
        f"List-Id: <newsletter.{domain}>",
        f"List-Unsubscribe: {f',{CRLF} '.join(ways)}",
        *(["List-Unsubscribe-Post: List-Unsubscribe=One-Click"] if url.startswith("https://") else []),
        "Precedence: bulk",
        "Auto-Submitted: auto-generated",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/alternative; boundary="{boundary}"',
    ]
    return CRLF.join([*lines, "", ""])


def _named(name: str, address: str) -> str:
    written = Header(name, "utf-8", header_name="From").encode(linesep=CRLF)
    return f"{written} <{on_the_wire(address)}>"
