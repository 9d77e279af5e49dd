"""The last step: hand one message to the group's mail server, and know exactly what became of it.

Django's backend sends a batch and counts; here every reply belongs to one person. `offer` (MAIL, RCPT) commits the
server to nothing, so whatever happens there may be tried again. From `hand_over` (DATA) on, a lost connection leaves
it unknown whether the server has the message.
"""

import contextlib
import re
import smtplib
import ssl
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils.translation import gettext as _

from newsletters.mail_address import as_written

MESSAGES_PER_CONNECTION = 50
BEFORE_DATA_SECONDS = 60.0
AFTER_DATA_SECONDS = 600.0  # RFC 5321 §4.5.3.2.6 asks for ten minutes
BAD_ADDRESS_SYNTAX = {501, 553}
CLOSING = 421
_LEADING_DOT = re.compile(rb"(?m)^\.")


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server said: the SMTP code and its text in one line."""

    code: int
    text: str

    @property
    def is_yes(self) -> bool:
        return 200 <= self.code < 300

    @property
    def is_later(self) -> bool:
        return 400 <= self.code < 500

    def __str__(self) -> str:
        return f"{self.code} {self.text}"


class RelayTrouble(Exception):  # noqa: N818
    """The server does not work with us at all: no fault of any one recipient, and nothing was handed over.

    Carries `message` (Japanese, for the organiser) and `is_lasting`: somebody must mend the settings.
    """

    def __init__(self, message: str, *, is_lasting: bool) -> None:
        super().__init__(message)
        self.message = message
        self.is_lasting = is_lasting


class LostBeforeMessage(Exception):  # noqa: N818
    """The connection broke before a byte of the message was sent: the server cannot have it."""


class LostAfterMessage(Exception):  # noqa: N818
    """The connection broke after the message began and before the reply: nobody knows whether the server has it."""


@dataclass(frozen=True, slots=True, repr=False)
class RelayFacts:
    """The server of `EMAIL_URL`. Times in seconds."""

    host: str
    port: int
    username: str = ""
    password: str = ""
    use_tls: bool = False
    use_ssl: bool = False
    before_data_seconds: float = BEFORE_DATA_SECONDS
    after_data_seconds: float = AFTER_DATA_SECONDS

    @classmethod
    def from_settings(cls) -> "RelayFacts":
        """The server this installation is configured with."""
        return cls(
            host=settings.EMAIL_HOST,
            port=int(settings.EMAIL_PORT),
            username=settings.EMAIL_HOST_USER or "",
            password=settings.EMAIL_HOST_PASSWORD or "",
            use_tls=bool(settings.EMAIL_USE_TLS),
            use_ssl=bool(settings.EMAIL_USE_SSL),
            before_data_seconds=float(settings.EMAIL_TIMEOUT or BEFORE_DATA_SECONDS),
        )


class Relay:
    """One connection at a time, kept for up to 50 messages. Use `offer`, then `hand_over` or `forget`; `close` at the end."""

    def __init__(self, facts: RelayFacts) -> None:
        self.facts = facts
        self._smtp: smtplib.SMTP | None = None
        self._handed = 0

    def offer(self, *, sender: str, recipient: str) -> Reply:
        """Say from whom to whom; give the reply to RCPT.

        A quoted address that the server cannot read (501, 553) is offered once more without quotes. Raises
        `RelayTrouble`: no connection, no sign-in, or the sender refused.
        """
        if self._handed >= MESSAGES_PER_CONNECTION:
            self.close()
        is_fresh = self._smtp is None
        try:
            return self._offer(sender, recipient)
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            if is_fresh:
                raise _trouble(error) from error
        try:  # an old connection may have been closed for idleness: once more with a new one
            return self._offer(sender, recipient)
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise _trouble(error) from error

    def hand_over(self, message: bytes) -> Reply:
        """Give the message to the server; its reply decides. Raises `LostBeforeMessage` or `LostAfterMessage`."""
        smtp = self._smtp
        if smtp is None or smtp.sock is None:
            raise LostBeforeMessage
        self._handed += 1
        try:
            reply = _reply(smtp.docmd("DATA"))
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise LostBeforeMessage from error
        if reply.is_yes:  # 354 is the only good answer here; the server has lost its thread
            self._drop()
            raise LostBeforeMessage
        if reply.code != 354:
            self._after(reply)
            return reply
        try:
            smtp.sock.settimeout(self.facts.after_data_seconds)
            smtp.send(_LEADING_DOT.sub(b"..", message) + b".\r\n")
            reply = _reply(smtp.getreply())
            smtp.sock.settimeout(self.facts.before_data_seconds)
        except (OSError, smtplib.SMTPException, AttributeError) as error:
            self._drop()
            raise LostAfterMessage from error
        self._after(reply)
        return reply

    def forget(self) -> None:
        """Take an offer back (RSET); nothing was handed over."""
        if self._smtp is not None:
            try:
                self._smtp.docmd("RSET")
            except (OSError, smtplib.SMTPException):
                self._drop()

    def close(self) -> None:
        """Say good-bye."""
        if self._smtp is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                self._smtp.quit()
        self._drop()

    def _offer(self, sender: str, recipient: str) -> Reply:
        smtp = self._smtp = self._smtp or self._connect()
        reply = _reply(smtp.docmd(f"MAIL FROM:<{sender}>"))
        if not reply.is_yes:
            self.forget()
            raise RelayTrouble(
                _("メールサーバーが差出人 %(sender)s を断りました(%(reply)s)。")
                % {"sender": sender, "reply": reply},
                is_lasting=not reply.is_later,
            )
        reply = _reply(smtp.docmd(f"RCPT TO:<{recipient}>"))
        bare = as_written(recipient)
        if reply.code in BAD_ADDRESS_SYNTAX and bare:
            reply = _reply(smtp.docmd(f"RCPT TO:<{bare}>"))
        if not reply.is_yes:
            self._after(reply)
            self.forget()
        return reply

    def _connect(self) -> smtplib.SMTP:
        facts, timeout = self.facts, self.facts.before_data_seconds
        if facts.use_ssl:
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(facts.host, facts.port, timeout=timeout, context=_certificates())
        else:
            smtp = smtplib.SMTP(facts.host, facts.port, timeout=timeout)
        try:
            if facts.use_tls:
                smtp.starttls(context=_certificates())
            smtp.ehlo_or_helo_if_needed()
            if facts.username:
                smtp.login(facts.username, facts.password)
        except BaseException:
            smtp.close()
            raise
        self._handed = 0
        return smtp

    def _after(self, reply: Reply) -> None:
        if reply.code == CLOSING:
            self._drop()

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
        self._smtp = None


@cache
def _certificates() -> ssl.SSLContext:
    """The system's list of trusted authorities, read once (55 ms)."""
    return ssl.create_default_context()


def _reply(answer: tuple[int, bytes]) -> Reply:
    code, text = answer
    if code == -1:
        raise smtplib.SMTPServerDisconnected("no answer")
    return Reply(code, " ".join(text.decode("utf-8", "replace").split()))


def _trouble(error: Exception) -> RelayTrouble:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return RelayTrouble(
            _("メールサーバーにサインインできませんでした。EMAIL_URL の利用者名と暗証を確かめてください。"), is_lasting=True
        )
    if isinstance(error, ssl.SSLError):
        return RelayTrouble(
            _("メールサーバーと安全につながりませんでした。EMAIL_URL の書き方(smtp+tls か smtp+ssl)と相手の名前を確かめてください。"),
            is_lasting=True,
        )
    return RelayTrouble(
        _("メールサーバーにつながりませんでした。つながるようになったら、続きから送ります。"), is_lasting=False
    )
